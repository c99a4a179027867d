package jira

import (
	"strconv"
	"testing"
	"time"
)

func TestAProcessRemembersSoManyNotices(t *testing.T) {
	k := NewKnown(time.Now)
	for i := range maxToldKnown {
		k.setTold(strconv.Itoa(i))
	}
	if !k.wasTold("0") || !k.wasTold(strconv.Itoa(maxToldKnown-1)) || k.wasTold("never") {
		t.Error("what was told is not remembered")
	}
	k.setTold("one more")
	if k.wasTold("0") || !k.wasTold("one more") || len(k.told) != 1 {
		t.Errorf("%d notices are remembered", len(k.told))
	}
}
