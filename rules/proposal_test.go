package rules

import (
	"strings"
	"testing"
	"time"
)

// proposalText is the text of the comment that answered the proposal with the given act.
func proposalText(t *testing.T, w *world) string {
	t.Helper()
	for ref, body := range w.issues["100"].bodies {
		if strings.HasPrefix(ref, "proposed.") {
			return body
		}
	}
	t.Fatal("nothing was said on the proposal")
	return ""
}

func TestTheCommentOnAProposalTellsWhatBecameOfIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		acts  []string
		phase Phase
		code  string
		want  string
	}{
		{"nobody has decided yet", nil, PhaseProposed, "added-by-other", "please decide"},
		{"the Product Owner takes it off", []string{"po unlabels SHOP-100 disaster"}, PhaseRejected, "proposal-over", "Paula Owner, Product Owner, *rejected* the proposal at 2026-03-02 09:00 UTC."},
		{"its author takes it off", []string{"dev unlabels SHOP-100 disaster"}, PhaseNone, "proposal-over", "Dev Eloper *took the proposal back* at"},
		{"somebody else takes it off", []string{"sm unlabels SHOP-100 disaster"}, PhaseNone, "proposal-over", "Sam Master *took the proposal back* at"},
		{"the Product Owner sets a kind", []string{"po labels SHOP-100 disaster-data"}, PhaseRecovering, "declared", "Paula Owner, Product Owner, *declared* the disaster with the label disaster-data at"},
		{"the Product Owner sets the same label again", []string{"po unlabels SHOP-100 disaster", "po labels SHOP-100 disaster"}, PhaseRecovering, "declared", "*rejected*"},
		{"it is rejected and declared later", []string{"po unlabels SHOP-100 disaster", "time passes 1h", "po labels SHOP-100 disaster"}, PhaseRecovering, "declared", "*rejected*"},
		{"a restart forgets everything", []string{"po unlabels SHOP-100 disaster", "andon restarts"}, PhaseRejected, "proposal-over", "*rejected*"},
		{"nobody knows who the Product Owners are", []string{"jira hides the owners", "po unlabels SHOP-100 disaster"}, PhaseNone, "no-label", "please decide"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			for _, act := range append([]string{"dev labels SHOP-100 disaster"}, c.acts...) {
				w.play(t, act)
				w.look(t)
			}
			p := w.look(t)
			if s := stateOf(t, p.plan, "100"); s.Phase != c.phase || s.Reason.Code != c.code {
				t.Errorf("the phase is %s (%s: %s), want %s (%s)", s.Phase, s.Reason.Code, s.Reason.Text, c.phase, c.code)
			}
			if text := proposalText(t, w); !strings.Contains(text, c.want) {
				t.Errorf("the comment says %q, want %q in it", text, c.want)
			}
			if len(p.acts) > 0 {
				t.Errorf("a second look still does %v", p.lines)
			}
		})
	}
}

func TestADecidedProposalMentionsNobodyAgain(t *testing.T) {
	w := newWorld()
	w.scene(t, "dev labels SHOP-100 disaster")
	if text := proposalText(t, w); !strings.Contains(text, "[~accountid:po]") {
		t.Fatalf("the Product Owner is not asked: %s", text)
	}
	w.scene(t, "po unlabels SHOP-100 disaster")
	if text := proposalText(t, w); strings.Contains(text, "[~") || strings.Contains(text, "please decide") {
		t.Errorf("an edited comment still asks somebody: %s", text)
	}
}

func TestARejectionLeavesNoRecordAndFreezesNothing(t *testing.T) {
	w := newWorld()
	w.scene(t, "dev labels SHOP-100 disaster")
	w.play(t, "po unlabels SHOP-100 disaster")
	p := w.look(t)
	if len(p.acts) != 1 || p.plan.Frozen || p.plan.Watched || w.issues["100"].record != nil {
		t.Errorf("it did %v, frozen %v, watched %v, record %s", p.lines, p.plan.Frozen, p.plan.Watched, w.issues["100"].record)
	}
}

func TestALabelFromBeforeThatIsTakenOffWasNoProposal(t *testing.T) {
	w := newWorld()
	w.play(t, "dev labels SHOP-100 disaster")
	w.tick(48 * time.Hour)
	w.play(t, "po unlabels SHOP-100 disaster")
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); s.Phase != PhaseNone || len(p.acts) > 0 || len(w.issues["100"].comments) > 0 {
		t.Errorf("the phase is %s, it did %v", s.Phase, p.lines)
	}
}

func TestADeletedAnswerToAProposalIsNotWrittenAgain(t *testing.T) {
	w := newWorld()
	w.scene(t, "dev labels SHOP-100 disaster")
	w.issues["100"].comments, w.issues["100"].bodies = nil, map[string]string{}
	w.play(t, "po unlabels SHOP-100 disaster")
	if p := w.look(t); len(p.acts) > 0 {
		t.Errorf("it did %v", p.lines)
	}
	w.play(t, "dev labels SHOP-100 disaster")
	w.look(t)
	if n := len(w.issues["100"].bodies); n != 1 {
		t.Errorf("a new proposal is asked about once, got %d comments", n)
	}
}

func TestProposalsOfEverySortAreFoundAgainByTheirReference(t *testing.T) {
	l := DefaultLabels()
	d := Disaster{ID: "7", Creator: dev, Created: start, Labels: []string{"disaster", "disaster-data"},
		History: []LabelChange{{ID: "55", At: start.Add(time.Hour), By: sm, Added: []string{"x", "disaster-data"}}}}
	for ref, want := range map[string]Attribution{
		"proposed.7.creation": {Label: "disaster", By: dev, At: start},
		"proposed.7.55":       {Label: "disaster-data", By: sm, At: start.Add(time.Hour), Change: "55"},
	} {
		if got, ok := proposedBy(l, d, ref); !ok || got != want {
			t.Errorf("%s: got %+v, %v", ref, got, ok)
		}
	}
	for _, ref := range []string{"proposed.8.55", "proposed.7.56", "decided.7.55", ""} {
		if got, ok := proposedBy(l, d, ref); ok {
			t.Errorf("%s is the reference of %+v", ref, got)
		}
	}
}

func TestAProposalSaysWhatADeclarationWouldCancel(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(w *world)
		want   string
	}{
		{"a sprint of the project and one of another", func(*world) {}, "Sprint 10 \"SHOP 1\" would be cancelled, sprint 12 \"BLOG 1\" of others left alone, and planning would be frozen"},
		{"nothing of the project runs", func(w *world) { w.find(10).State = SprintClosed }, "No sprint runs that would be cancelled, sprint 12"},
		{"nothing runs at all", func(w *world) { w.find(10).State, w.find(12).State = SprintClosed, SprintClosed }, "No sprint runs that would be cancelled, and planning would"},
		{"two sprints run", func(w *world) { w.find(11).State, w.find(11).Name = SprintActive, "{quote}" }, "Sprint 10 \"SHOP 1\", sprint 11 \"\\{quote\\}\" would be cancelled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			c.change(w)
			w.scene(t, "dev labels SHOP-100 disaster")
			if text := proposalText(t, w); !strings.Contains(text, c.want) {
				t.Errorf("%q is missing in\n%s", c.want, text)
			}
		})
	}
}
