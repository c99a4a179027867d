package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// movedHereWorld is an issue that came from another project with that one's open disaster.
func movedHereWorld() *world {
	w := newWorld()
	i := w.issue("300", dev)
	i.History = []LabelChange{{ID: "7", At: start.Add(-2 * time.Hour), By: po, Added: []string{"disaster", "disaster-security", "system-offline"}}}
	i.Labels, i.Foreign, i.Moved = []string{"disaster", "disaster-security", "system-offline"}, true, start.Add(-time.Hour)
	i.state = RecordAbsent
	return w
}

func TestAMovedDisasterIsNoneInTheNewProject(t *testing.T) {
	w := movedHereWorld()
	p := w.look(t)
	if s := stateOf(t, p.plan, "300"); s.Phase != PhaseNone || s.Reason.Code != "moved-here" || p.plan.Frozen || len(p.acts) > 0 {
		t.Errorf("the phase is %s (%s), it did %v", s.Phase, s.Reason.Code, p.lines)
	}
}

func TestAMovedDisasterIsDeclaredAnewByTheNewProjectsOwner(t *testing.T) {
	w := movedHereWorld()
	w.add(po, "300", "disaster-data")
	w.issues["300"].Second = true
	p := w.look(t)
	rec, _ := w.recordOf("300")
	if !p.plan.Frozen || !slices.Equal(rec.Kinds, []Kind{Data}) || len(rec.Modes) > 0 {
		t.Errorf("frozen %v, kinds %v, modes %v: what was set in the old project is that one's", p.plan.Frozen, rec.Kinds, rec.Modes)
	}
	body := w.issues["300"].bodies["status.300.10000"]
	if !strings.HasPrefix(body, "h3. Disaster SHOP-300 in project SHOP: recovering") {
		t.Errorf("the status comment is its own and names the project: %q", body)
	}
	settled(t, w)
}

func TestTheOldProjectLeavesTheLabelsOfAMovedDisasterAlone(t *testing.T) {
	w := newWorld()
	w.scene(t, "po labels SHOP-100 disaster")
	i := w.issues["100"]
	i.ProjectID, i.Foreign = "20000", true
	for _, act := range []string{"dev labels SHOP-100 system-offline disaster-data", "dev labels SHOP-100 system-restored", "dev unlabels SHOP-100 disaster disaster-data"} {
		w.play(t, act)
		p := w.look(t)
		for _, a := range p.acts {
			switch a.(type) {
			case EditLabels, Say:
				t.Errorf("after %q: %s", act, a.Line())
			}
		}
		if !p.plan.Frozen {
			t.Errorf("after %q the old freeze is over", act)
		}
	}
	if labels := w.issues["100"].Labels; !slices.Equal(labels, []string{"system-offline", "system-restored"}) {
		t.Errorf("the labels are %v", labels)
	}
}

// strayWorld is another project to which a disaster was moved: its tasks came along, its
// record is lost, and nobody there ever heard of it.
func strayWorld(t *testing.T) *world {
	t.Helper()
	w := declaredWorld(t)
	w.tick(time.Minute)
	i := w.issues["100"]
	i.Moved, i.state = w.now, RecordDamaged
	w.memory, w.kept, w.seen = nil, nil, map[string]bool{}
	return w
}

func TestAMovedDisasterWhoseRecordIsLostFreezesNothingInTheNewProject(t *testing.T) {
	w := strayWorld(t)
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); p.plan.Frozen || s.Frozen || len(p.acts) > 0 {
		t.Errorf("the phase is %s (%s), it did %v", s.Phase, s.Reason.Code, p.lines)
	}
	w.add(po, "100", "disaster-data")
	if p := w.look(t); !p.plan.Frozen {
		t.Error("labelled there anew, and planning is free")
	}
}

func TestAMovedDisasterThatIsOnlyHeldForWantOfTheOwnersFreezesNothingOnceTheyAreKnown(t *testing.T) {
	w := strayWorld(t)
	w.unreadable = "403"
	for range 2 {
		if p := w.look(t); !p.plan.Frozen || len(p.acts) > 0 {
			t.Fatalf("nobody knows who may have declared it there: frozen %v, it did %v", p.plan.Frozen, p.lines)
		}
	}
	w.unreadable = ""
	p := w.look(t)
	if s := stateOf(t, p.plan, "100"); p.plan.Frozen || s.Phase != PhaseNone || len(p.acts) > 0 {
		t.Errorf("the phase is %s (%s), it did %v", s.Phase, s.Reason.Code, p.lines)
	}
}
