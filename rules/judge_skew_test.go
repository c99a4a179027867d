package rules

import (
	"testing"
	"time"
)

// TestAnEndByAClockThatIsBehindDoesNotMakeTheSameLabelDeclareAgain is an issue that was
// created without labels just before: by andon's clock its story ended before that.
func TestAnEndByAClockThatIsBehindDoesNotMakeTheSameLabelDeclareAgain(t *testing.T) {
	d := candidate(l("disaster"), LabelChange{ID: "1", At: start.Add(time.Second), By: po, Added: l("disaster")})
	d.Created = start
	d.RecordState = RecordValid
	d.Record = Record{Version: RecordVersion, Issue: d.ID, Project: judgeFacts().Project.ID, Round: 1,
		Declared: Declaration{By: po, Label: "disaster", At: start.Add(time.Second), Change: "1"}}
	for name, end := range map[string]time.Time{"behind": start.Add(-2 * time.Minute), "right": start.Add(time.Minute)} {
		d.Record.Released = &Ending{At: end}
		if got := Judge(judgeFacts(), d); got.Verdict != NoDisaster || got.Reason.Code != "story-ended" {
			t.Errorf("by a clock that is %s: %s, %s", name, got.Verdict, got.Reason.Code)
		}
	}
}

// The end is by a clock that is an hour ahead; the label was taken off and set anew before
// that hour is over.
func TestAnEndByAClockThatIsAheadMissesNoNewDeclaration(t *testing.T) {
	w := declaredWorld(t)
	w.tick(time.Hour)
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	w.tick(-time.Hour + time.Minute)
	settled(t, w)
	w.take(po, "100", "disaster")
	w.add(po, "100", "disaster-security")
	w.look(t)
	settled(t, w)
	if rec, _ := w.recordOf("100"); rec.Round != 2 || !rec.open() || rec.Declared.Label != "disaster-security" {
		t.Errorf("round %d, open %v, declared with %q", rec.Round, rec.open(), rec.Declared.Label)
	}
}
