package rules

import (
	"slices"
	"time"
)

// maxTurns bounds how many such moments a record keeps; the oldest are forgotten first.
const maxTurns = 20

// Turn is a moment that was in force once and was taken back: a return to service, or a
// freeze that ended and came back. Nothing is decided by it; it is kept to be told.
type Turn struct {
	// Code is the code of the step: restored, restored-off, frozen or unfrozen.
	Code string    `json:"code"`
	At   time.Time `json:"at"`
	By   Person    `json:"by,omitzero"`
}

// turn remembers moments before the record loses them.
func (r *Record) turn(turns ...Turn) {
	r.Past = append(slices.Clone(r.Past), turns...)
	r.Past = r.Past[max(0, len(r.Past)-maxTurns):]
}

// turnedBack remembers a return to service that a Product Owner took back.
func (c *dossier) turnedBack(off LabelChange) {
	was := c.rec.Restored
	c.rec.turn(Turn{Code: StepRestored, At: was.At, By: brief(was.By)}, Turn{Code: StepRestoredOff, At: off.At, By: brief(off.By)})
}

// turns are the remembered moments of one pair of codes, each begun one with its end.
func (r Record) turns(begin, end string) [][2]Turn {
	var out [][2]Turn
	for i, t := range r.Past {
		if t.Code != begin {
			continue
		}
		rest := r.Past[i+1:]
		if k := slices.IndexFunc(rest, func(o Turn) bool { return o.Code == end }); k >= 0 {
			out = append(out, [2]Turn{t, rest[k]})
		}
	}
	return out
}
