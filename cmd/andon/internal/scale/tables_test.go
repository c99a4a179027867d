package scale

import (
	"fmt"
	"io"
	"testing"
	"time"
)

const (
	// siteHead begins the table of sites without a flood, for [outcome.row].
	siteHead = "| projects | boards | disasters | replicas | calls/s allowed, each | cancelled, median | 99th | all done | calls a disaster | of them before the last line was stopped | 429 | deepest queue | heap |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
	// floodHead begins those of sites with one, for [outcome.floodRow].
	floodHead = "| %s | projects | open before | disasters | replicas | cancelled, median | 99th | all done | calls | looks done | events | kept | refused | other answers | 429 | deepest queue | heap |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
)

// row prints an outcome as a line of the table.
func (o outcome) row(w io.Writer, sz size) error {
	_, err := fmt.Fprintf(w, "| %d | %d | %d | %d | %.0f | %v | %v | %v | %.1f | %.1f | %d | %d | %.1f MiB |\n", sz.projects, sz.boards, sz.disasters, sz.replicas, sz.perSecond,
		o.at(50), o.at(99), o.settled.Round(time.Second), float64(o.calls)/float64(sz.disasters), float64(o.early)/float64(sz.disasters), o.limited, o.deepest, o.memory)
	return err
}

// floodRow prints an outcome with what became of the events.
func (o outcome) floodRow(w io.Writer, sz size) error {
	_, err := fmt.Fprintf(w, "| %d | %d | %d | %d | %d | %v | %v | %v | %d | %d | %d | %d | %d | %d | %d | %d | %.1f MiB |\n", sz.events, sz.projects, sz.open, sz.disasters, sz.replicas,
		o.at(50), o.at(99), o.settled.Round(time.Second), o.calls, o.looks, o.events(), o.kept, o.refused, o.others, o.limited, o.deepest, o.memory)
	return err
}

// floods measures sites with and without a flood, each by the same means, and prints them.
func floods(t *testing.T, w io.Writer, title string, by func(*testing.T, size) outcome, sizes []size) {
	t.Helper()
	if _, err := fmt.Fprintf(w, "\n"+floodHead, title); err != nil {
		t.Fatal(err)
	}
	for _, sz := range sizes {
		out := by(t, sz)
		out.exact(t, sz)
		if err := out.floodRow(w, sz); err != nil {
			t.Fatal(err)
		}
	}
}
