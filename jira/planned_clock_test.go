package jira

import (
	"strings"
	"testing"
	"time"
)

func TestAClockBehindTheFreezeLooksBackADay(t *testing.T) {
	began := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		now  time.Time
		want string
	}{
		{"ten minutes into the freeze", began.Add(10 * time.Minute), `"-25m"`},
		{"at its beginning", began, `"-15m"`},
		{"by a clock a minute behind", began.Add(-time.Minute), `"-1455m"`},
		{"by a clock an hour behind", began.Add(-time.Hour), `"-1455m"`},
	} {
		if got := plannedJQL("SHOP", []int64{2}, c.now, began); !strings.HasSuffix(got, "updated >= "+c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
