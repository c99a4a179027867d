package rules

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// update rewrites what andon does in the stories; read the difference before committing.
var update = flag.Bool("update", false, "write what andon does into the stories in testdata")

// TestStories plays the stories in testdata. Each line that begins with ">" is an act of
// somebody, after which andon looks; "&" is an act after which it does not. The indented
// lines below say what andon did and how things stand.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) < 20 {
		t.Fatalf("the stories are missing: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".story"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(raw))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(raw), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("andon does something else than the story tells (-story +andon):\n%s", diff)
			}
		})
	}
}

// play runs a story and gives it back with what really happens.
func play(t *testing.T, text string) string {
	t.Helper()
	w := newWorld()
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		act, looks := strings.CutPrefix(line, "> ")
		if !looks {
			if later, ok := strings.CutPrefix(line, "& "); ok {
				w.play(t, later)
			}
			if !strings.HasPrefix(line, "    ") {
				out.WriteString(line + "\n")
			}
			continue
		}
		out.WriteString(line + "\n")
		for _, l := range w.scene(t, act) {
			if l != "" {
				out.WriteString("    " + l + "\n")
			}
		}
	}
	return out.String()
}

// scene is one act and everything that comes of it.
func (w *world) scene(t *testing.T, act string) []string {
	t.Helper()
	if rest, ok := strings.CutPrefix(act, "show "); ok {
		return w.show(t, rest)
	}
	most := -1
	if n, ok := strings.CutPrefix(act, "andon dies after "); ok {
		if _, err := fmt.Sscanf(n, "%d acts", &most); err != nil {
			t.Fatalf("%q: %v", act, err)
		}
	} else {
		w.play(t, act)
	}
	p := w.lookUntil(t, most)
	var out []string
	for _, l := range p.lines {
		out = append(out, "andon: "+l)
	}
	if len(out) == 0 {
		out = append(out, "andon: does nothing")
	}
	for _, n := range p.plan.Notices {
		if !slices.Contains(w.logged, n.Text) {
			w.logged = append(w.logged, n.Text)
			out = append(out, "log: "+n.Text)
		}
	}
	return append(out, w.standing(p)...)
}

// standing says how things stand.
func (w *world) standing(p pass) []string {
	var out []string
	for _, s := range p.plan.States {
		if s.Phase != PhaseNone {
			out = append(out, fmt.Sprintf("now: %s is %s", orElse(s.Key, "issue "+s.ID), s.Phase))
		}
	}
	planning := "planning is free"
	if p.plan.Frozen {
		planning = "planning is frozen"
	}
	var sprints []string
	for _, s := range w.sprints {
		sprints = append(sprints, fmt.Sprintf("%d %s", s.ID, s.State))
	}
	return append(out, "now: "+planning+"; sprints: "+strings.Join(sprints, ", "))
}

// show prints a comment or the notices over channels.
func (w *world) show(t *testing.T, what string) []string {
	t.Helper()
	words := strings.Fields(what)
	i := w.issues[strings.TrimPrefix(words[len(words)-1], "SHOP-")]
	if i == nil {
		t.Fatalf("show what of which issue? %q", what)
	}
	switch words[0] {
	case "news":
		return i.told
	case "labels":
		return []string{strings.Join(i.Labels, " ")}
	}
	out := []string{"(no such comment)"}
	for _, ref := range sortedNames(i.bodies) {
		if strings.HasPrefix(ref, words[0]+".") {
			out = strings.Split(i.bodies[ref], "\n")
		}
	}
	return out
}

// person finds who acts.
func (w *world) person(t *testing.T, name string) Person {
	t.Helper()
	for _, p := range []Person{po, dev, sm, robot, andon} {
		if p.ID == name {
			return p
		}
	}
	t.Fatalf("nobody is called %q", name)
	return Person{}
}

// play carries out one act.
func (w *world) play(t *testing.T, act string) {
	t.Helper()
	w.tick(time.Second)
	f := strings.Fields(act)
	for len(f) < 6 {
		f = append(f, "")
	}
	id := func(s string) string { return strings.TrimPrefix(s, "SHOP-") }
	var n int64
	if f[2] == "sprint" {
		if _, err := fmt.Sscan(f[3], &n); err != nil {
			t.Fatalf("%q: %v", act, err)
		}
	}
	switch f[1] {
	case "labels", "unlabels", "swaps", "opens", "clones":
		w.playLabels(t, f, strings.Fields(act))
	case "creates":
		board := int64(1)
		if f[4] == "on" {
			board = int64(f[5][0] - '0')
		}
		w.sprint(n, fmt.Sprintf("Sprint %d", n), SprintFuture, board, "105")
	case "starts", "completes", "reopens":
		if f[2] == "sprint" {
			w.find(n).State = map[string]SprintState{"starts": SprintActive, "completes": SprintClosed, "reopens": SprintActive}[f[1]]
		} else {
			w.reopenTask(id(f[4]), f[2])
		}
	case "adds":
		if _, err := fmt.Sscan(f[5], &n); err != nil {
			t.Fatalf("%q: %v", act, err)
		}
		s := w.find(n)
		s.issues = append(slices.Clone(s.issues), id(f[2]))
	case "closes":
		resolution := "Done"
		if _, as, ok := strings.Cut(act, " as "); ok {
			resolution = as
		}
		if f[2] == "gate" {
			for _, e := range w.settings.Playbook.Entries {
				if e.Gate == ReturnToService {
					w.closeTask(id(f[4]), e.ID, resolution)
				}
			}
			return
		}
		w.closeTask(id(f[4]), f[2], resolution)
	case "deletes":
		if f[2] == "task" {
			w.deleteTask(id(f[5]), f[3])
		} else {
			delete(w.issues, id(f[2]))
		}
	default:
		w.playWorld(t, act, f, id)
	}
}

// playLabels carries out an act on labels.
func (w *world) playLabels(t *testing.T, f, all []string) {
	t.Helper()
	who, issue := w.person(t, f[0]), strings.TrimPrefix(f[2], "SHOP-")
	switch f[1] {
	case "labels":
		w.label(who, issue, all[3:], nil)
	case "unlabels":
		w.label(who, issue, nil, all[3:])
	case "swaps":
		w.label(who, issue, []string{f[5]}, []string{f[3]})
	case "opens":
		w.issue(issue, who, all[3:]...)
	case "clones":
		old, clone := w.issues[issue], strings.TrimPrefix(f[4], "SHOP-")
		i := w.issue(clone, who, old.Labels...)
		i.record, i.state = old.record, RecordVoid
	}
}

// playWorld carries out what happens to Jira, to andon or to the clock.
func (w *world) playWorld(t *testing.T, act string, f []string, id func(string) string) {
	t.Helper()
	switch {
	case f[0] == "time":
		d, err := time.ParseDuration(f[2])
		if err != nil {
			t.Fatalf("%q: %v", act, err)
		}
		w.tick(d)
	case act == "andon looks":
	case act == "andon restarts":
		w.seen = map[string]bool{}
	case act == "jira allows everything":
		w.refuse, w.unreadable, w.boards[0].Unreadable = map[string]Failure{}, "", false
	case act == "jira hides the owners":
		w.unreadable = "Jira answers 404"
	case act == "jira hides board 1":
		w.boards[0].Unreadable = true
	case act == "jira forbids the project's property":
		w.writable = false
	case act == "the setting names board 2":
		w.settings.Boards = []int64{2}
	case strings.HasPrefix(act, "jira refuses "):
		w.refuse[strings.Trim(f[2], `"`)] = Failure{Text: "you do not have the permission", Final: !strings.HasSuffix(act, "for a moment")}
	case f[0] == "operator" && f[1] == "releases":
		w.order(id(f[2]), 1)
	case f[1] == "hides", f[1] == "shows":
		w.issues[id(f[2])].hidden = f[1] == "hides"
	case f[1] == "moves":
		w.moveTo(id(f[2]), map[string]string{"SHOP": "10000", "BLOG": "20000"}[f[4]])
	case f[1] == "loses", f[1] == "forges":
		i := w.issues[id(f[2])]
		i.state = map[string]RecordState{"loses": RecordAbsent, "forges": RecordDamaged}[f[1]]
		if f[1] == "loses" {
			i.record = nil
		}
	case f[0] == "owners:":
		w.owners = nil
		for _, name := range strings.Fields(act)[1:] {
			w.owners = append(w.owners, w.person(t, name))
		}
	case f[0] == "setting":
		w.playSetting(t, f)
	default:
		t.Fatalf("nobody knows how to play %q", act)
	}
}

// playSetting changes the operator's settings.
func (w *world) playSetting(t *testing.T, f []string) {
	t.Helper()
	switch f[1] {
	case "recovery-time":
		d, err := time.ParseDuration(f[2])
		if err != nil {
			t.Fatal(err)
		}
		w.settings.RecoverySLA = d
	case "channel":
		w.settings.Channels = append(w.settings.Channels, f[2])
	case "release-waits-for-restored":
		w.settings.RestoredNeeded = true
	case "owners-accept":
		w.settings.OwnersAccept = true
	default:
		t.Fatalf("no setting %q", f[1])
	}
}

// moveTo moves an issue with its sub-tasks to another project.
func (w *world) moveTo(id, project string) {
	for _, i := range w.issues {
		if i.ID == id || i.mark != nil && i.mark.ParentID == id && !i.mark.Linked {
			i.ProjectID, i.Moved = project, w.now
		}
	}
}
