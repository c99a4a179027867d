package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const mapped = `00400000-01307000 r-xp 00000000 fe:00 10019030                           /opt/an don/andon
Size:              15388 kB
Private_Dirty:         0 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
01307000-021d1000 r--p 00f07000 fe:00 10019030                           /opt/an don/andon
Size:              15144 kB
Private_Dirty:        64 kB
Anonymous:            64 kB
021d1000-02267000 rw-p 01dd1000 fe:00 10019030                           /opt/an don/andon
Anonymous:             0 kB
02267000-02300000 r--p 01dd1000 fe:00 10019030                           /opt/an don/andon
Anonymous:             0 kB
02300000-02301000 r--s 01dd1000 fe:00 10019030                           /opt/an don/andon
Anonymous:             0 kB
7f0000000000-7f0000001000 r--p 00000000 fe:00 77                         /usr/lib/andon
Anonymous:             0 kB
7f0000001000-7f0000002000 r--p 00000000 00:00 0 
Anonymous:             0 kB
`

func TestOnlyWhatTheFileStillHoldsIsLetGo(t *testing.T) {
	got, err := untouched(strings.NewReader(mapped), "/opt/an don/andon")
	if err != nil {
		t.Fatal(err)
	}
	if want := []span{{0x400000, 0x1307000}, {0x2267000, 0x2300000}}; !slices.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestTheProgramGoesOnAfterItsMemoryWasLetGo(t *testing.T) {
	before, said := os.Getenv("PATH"), versionText()
	if err := letGo(); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("PATH") != before || versionText() != said {
		t.Error("something is otherwise than before")
	}
}
