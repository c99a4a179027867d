package scale

import (
	"fmt"
	"io"
	"time"
)

// head is that of the table, for [outcome.row].
const head1 = ""

// row prints an outcome as a line of the table.
func (o outcome) row(w io.Writer, sz size) error {
	_, err := fmt.Fprintf(w, "| %d | %d | %d | %d | %.0f | %v | %v | %v | %.1f | %.1f | %d | %d | %.1f MiB |\n", sz.projects, sz.boards, sz.disasters, sz.replicas, sz.perSecond,
		o.at(50), o.at(99), o.settled.Round(time.Second), float64(o.calls)/float64(sz.disasters), float64(o.early)/float64(sz.disasters), o.limited, o.deepest, o.memory)
	return err
}
