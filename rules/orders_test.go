package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// ordersDepth is how many acts are tried in every order. Each act more takes about ten
// times as long.
const ordersDepth = 4

// orderActs are the acts that matter, by the people who may think of them.
func orderActs() []string {
	return []string{
		"po labels SHOP-100 disaster",
		"dev labels SHOP-100 disaster",
		"po unlabels SHOP-100 disaster",
		"dev unlabels SHOP-100 disaster",
		"dev labels SHOP-100 disaster-rehearsal",
		"dev unlabels SHOP-100 disaster-rehearsal",
		"dev closes root-cause of SHOP-100",
		"dev reopens root-cause of SHOP-100",
		"dev deletes task root-cause of SHOP-100",
		"dev starts sprint 11",
		"dev reopens sprint 10",
	}
}

// snapshot is everything of a world that later decisions can depend on, so that the
// same situation is explored once.
func snapshot(t *testing.T, w *world) string {
	t.Helper()
	var b strings.Builder
	i := w.issues["100"]
	fmt.Fprint(&b, i.Labels, w.memory, i.state)
	for _, c := range i.History {
		fmt.Fprint(&b, c.By.ID, c.Added, c.Removed)
	}
	rec, _ := w.recordOf("100")
	raw, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	b.Write(raw)
	for _, s := range w.sprints {
		fmt.Fprint(&b, s.ID, s.State)
	}
	if task := w.task("100", "root-cause"); task != nil {
		fmt.Fprint(&b, task.ID, task.Status.Category)
	}
	return b.String()
}

// replay plays acts from the beginning, with a look after each.
func replay(t *testing.T, acts []string) (*world, pass) {
	t.Helper()
	w := newWorld()
	var p pass
	for _, act := range acts {
		w.play(t, act)
		p = w.look(t)
	}
	return w, p
}

func TestEveryOrderOfActs(t *testing.T) {
	if testing.Short() {
		t.Log("explored to a smaller depth")
	}
	depth := ordersDepth
	if testing.Short() {
		depth--
	}
	level, seen, explored := [][]string{{}}, map[string]bool{}, 0
	for range depth {
		var next [][]string
		for _, acts := range level {
			for _, act := range orderActs() {
				path := append(slices.Clone(acts), act)
				w, p := replay(t, path)
				explored++
				invariants(t, w, p, path)
				if key := snapshot(t, w); !seen[key] {
					seen[key] = true
					next = append(next, path)
				}
				if t.Failed() {
					t.Fatalf("after %s", strings.Join(path, "; "))
				}
			}
		}
		level = next
	}
	t.Logf("%d stories, %d situations", explored, len(seen))
}

// invariants are the promises that hold in every situation, told from the acts alone.
func invariants(t *testing.T, w *world, p pass, acts []string) {
	t.Helper()
	declared := slices.Contains(acts, "po labels SHOP-100 disaster")
	if !declared && (p.plan.Frozen || w.find(10).State != SprintActive || len(w.issues["100"].record) > 0) {
		t.Error("something happened without the Product Owner")
	}
	if w.find(12).State != SprintActive {
		t.Error("a sprint of another project was touched")
	}
	if p.plan.Frozen {
		for _, s := range w.sprints {
			if s.Board == 1 && s.State == SprintActive {
				t.Errorf("planning is frozen, and sprint %d runs", s.ID)
			}
		}
		if w.task("100", "root-cause") == nil {
			t.Error("planning is frozen, and there is no root-cause task that could free it")
		}
		if !slices.Contains(w.issues["100"].Labels, "disaster") {
			t.Error("planning is frozen, and the label is off")
		}
	}
	if p.plan.Frozen != slices.Contains(w.memory, "100") {
		t.Errorf("frozen is %v, the list says %v", p.plan.Frozen, w.memory)
	}
	if last := acts[len(acts)-1]; last == "po unlabels SHOP-100 disaster" && p.plan.Frozen {
		t.Error("the Product Owner took the last label off, and planning is frozen")
	}
	if again := w.look(t); len(again.lines) > 0 {
		t.Errorf("a second look still does %v", again.lines)
	}
}

// However far two looks come before they die, the third ends where one look would have.
func TestTwoDeathsInARowAreSurvived(t *testing.T) {
	for first := range 9 {
		for second := range 9 {
			t.Run(fmt.Sprintf("%d acts of the one, %d of the other", first, second), func(t *testing.T) {
				w := newWorld()
				w.add(po, "100", "disaster-data")
				w.tick(time.Second)
				w.lookUntil(t, first)
				w.lookUntil(t, second)
				w.look(t)
				settled(t, w)
				rec, _ := w.recordOf("100")
				if w.find(10).State != SprintClosed || len(rec.Tasks) != 13 || len(rec.Sprints) != 1 || rec.Sprints[0].Times != 1 {
					t.Errorf("sprint %s, %d tasks, remembered %+v", w.find(10).State, len(rec.Tasks), rec.Sprints)
				}
				if n := len(bodies(w, "status")); n != 1 {
					t.Errorf("%d status comments", n)
				}
			})
		}
	}
}

// A replica that was paused in the middle writes what it had decided long ago. What it
// may still write is only what the record already says.
func TestALateReplicaRepeatsOnlyWhatWasRemembered(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "disaster")
	f := w.facts()
	var late []Action
	for range 8 {
		p := Decide(f)
		f = w.fulfil(f, p.Wants)
		if p.Stage == StageStop {
			late = p.Actions
			break
		}
		for _, a := range p.Actions {
			f = Effect(f, a, w.apply(t, a))
		}
	}
	if len(late) != 1 {
		t.Fatalf("decided %v", late)
	}
	w.look(t) // the other one does it all
	if s := w.find(10); s.State != SprintClosed || s.Goal != late[0].(CancelSprint).Goal {
		t.Errorf("the late write would change the sprint from %q to %q", s.Goal, late[0].(CancelSprint).Goal)
	}
}
