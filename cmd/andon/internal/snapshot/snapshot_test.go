package snapshot

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/rules"
)

// start is the moment of the facts.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var (
	owner  = rules.Person{ID: "acc-zebra", Username: "zebra", Name: "Zebra Owner"}
	worker = rules.Person{ID: "712020:ok-api", Name: "Okapi Worker"}
	self   = rules.Person{ID: "andon", Name: "Andon"}
)

// facts are those of a project in which much has happened. Every name in them is a beast.
func facts() rules.Facts {
	s := rules.DefaultSettings()
	s.RecoverySLA, s.RecoverySLAByKind = 4*time.Hour, map[rules.Kind]time.Duration{rules.Data: time.Hour}
	s.Channels, s.ChannelNames = []string{"jira", "slack-0123456789ab"}, map[string]string{"slack-0123456789ab": "1 zebra"}
	s.Playbook.Entries = append(slices.Clone(s.Playbook.Entries), rules.Entry{ID: "own", Title: "Call the zebra", Done: "The zebra answered"})
	source := "issues/" + worker.ID
	return rules.Facts{
		Now: start, Settings: s, Site: rules.Site{BaseURL: "https://zebra.example.net", Flavour: rules.Cloud}, Self: self,
		Project: rules.Project{ID: "10000", Key: "ZEBRA", Name: "Zebra", Lead: owner, Subtask: rules.IssueType{ID: "5", Name: "Zebra-task", Subtask: true}},
		People:  rules.People{Read: true, Source: "role", ProductOwners: []rules.Person{owner}, AppsAllowed: []string{worker.ID}},
		Boards:  []rules.Board{{ID: 1, Name: "Zebra board", Type: "scrum", ProjectID: "10000", ProjectKey: "ZEBRA"}},
		Sprints: []rules.Sprint{{ID: 20, Name: "Zebra 2", Goal: "CANCELLED by ZEBRA-6: see the okapi", State: rules.SprintFuture, Board: 1, Unfinished: []string{"101"}, ScopeRead: true, Created: start.Add(-time.Hour)}},
		Keys:    map[string]string{"101": "ZEBRA-1"},
		Disasters: []rules.Disaster{{ID: "100", Key: "ZEBRA-6", Summary: "the zebra is loose", ProjectID: "10000", Labels: []string{"disaster", "okapi-label"}, Creator: worker, Created: start.Add(-2 * time.Hour),
			History:     []rules.LabelChange{{ID: "1", At: start.Add(-time.Hour), By: owner, Added: []string{"disaster", "okapi-label"}}},
			RecordState: rules.RecordValid,
			Record: rules.Record{Version: 1, Issue: "100", Project: "10000", Key: "ZEBRA-6", Round: 1, Declared: rules.Declaration{By: owner, Label: "disaster", At: start.Add(-time.Hour), Change: "1", Judged: start.Add(-time.Hour)},
				Baseline: rules.Baseline{Number: 1, Since: start.Add(-time.Hour), Sprint: 10, Boards: []int64{1}},
				Sources:  []rules.Source{{Of: source, By: worker, Count: 6, Recent: []time.Time{start, start, start, start, start}, Fight: start.Add(-time.Minute)}},
				Said:     []string{"fight.100.issues-712020-ok-api.1772441940"}, Told: []string{"0123456789abcdef"}, Masters: []rules.Person{worker}},
			Tasks: []rules.Task{{ID: "200", Key: "ZEBRA-20", Entry: "root-cause", Round: 1, Summary: "ZEBRA-6: Investigate the root cause", Status: rules.Status{Name: "To Do", Category: rules.CategoryNew}, ProjectID: "10000", ParentID: "100", Assignee: worker, Labels: []string{"cause-architecture"}}},
		}},
		PlannedIn: []int64{20},
		Memory:    rules.ProjectMemory{Disasters: []string{"100"}, Writable: true},
		Outlook:   rules.Outlook{Read: true, Missing: []rules.Missing{{Right: rules.Rights()[2], Project: "ZEBRA"}}},
		Failed:    map[string]rules.Failure{"say/100/fight.100.issues-712020-ok-api.1772441940": {Text: "the okapi says no", Final: true}},
	}
}

// written is a file as text.
func written(t *testing.T, f File) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// back reads a text.
func back(t *testing.T, text string) File {
	t.Helper()
	f, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFactsSurviveBeingKept(t *testing.T) {
	f := back(t, written(t, File{By: "1.2.3", Issue: "100", Facts: facts()}))
	if diff := cmp.Diff(facts(), f.Facts); diff != "" {
		t.Errorf("the facts are others: %s", diff)
	}
	if f.Issue != "100" || f.By != "1.2.3" || f.Redacted || f.Version != Version {
		t.Errorf("the head is %+v", f)
	}
}

func TestTheTextsOfNoticesAreNoFacts(t *testing.T) {
	in := facts()
	texts, err := rules.ParseTexts(`{{define "declared.text"}}zebra{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	in.Settings.Texts = texts
	if f := back(t, written(t, File{Facts: in})); f.Facts.Settings.Texts != nil {
		t.Error("they are kept")
	}
}

// plan is what is decided on facts, by keys.
func plan(f rules.Facts) string {
	p := rules.Decide(f)
	out := string(p.Stage)
	for _, a := range p.Actions {
		out += " " + a.Key()
	}
	for _, s := range p.States {
		out += " " + string(s.Phase)
	}
	return out
}

func TestARedactedFileNamesNobody(t *testing.T) {
	f, err := Redact(File{Issue: "100", Facts: facts()})
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, f)
	for _, beast := range []string{"zebra", "okapi", "ok-api", "712020", "Andon\""} {
		if strings.Contains(strings.ToLower(text), beast) {
			i := strings.Index(strings.ToLower(text), beast)
			t.Errorf("the file still holds %q: ...%s...", beast, text[max(0, i-80):min(len(text), i+80)])
		}
	}
	if !back(t, text).Redacted {
		t.Error("it does not say that it is redacted")
	}
	if got, want := plan(back(t, text).Facts), plan(facts()); strings.ReplaceAll(got, "person-2", "712020-ok-api") != want {
		t.Errorf("the redacted plan is\n%s\nwant\n%s", got, want)
	}
}

func TestTheSameIsReplacedByTheSame(t *testing.T) {
	f, err := Redact(File{Facts: facts()})
	if err != nil {
		t.Fatal(err)
	}
	d := f.Facts.Disasters[0]
	if d.History[0].By.ID != f.Facts.People.ProductOwners[0].ID || d.Record.Declared.By.ID != d.History[0].By.ID {
		t.Error("one person has become several")
	}
	if d.Key != d.Record.Key || !strings.HasPrefix(d.Key, f.Facts.Project.Key+"-") || !strings.HasPrefix(d.Tasks[0].Key, f.Facts.Project.Key+"-") {
		t.Errorf("the keys are %s, %s, %s in %s", d.Key, d.Record.Key, d.Tasks[0].Key, f.Facts.Project.Key)
	}
	if d.Labels[1] != d.History[0].Added[1] || d.Labels[0] != "disaster" || d.Tasks[0].Labels[0] != "cause-architecture" {
		t.Errorf("the labels are %q and %q", d.Labels, d.History[0].Added)
	}
	if d.Record.Sources[0].Of != "issues/"+d.Record.Sources[0].By.ID || !strings.HasPrefix(f.Facts.Sprints[0].Goal, "CANCELLED by "+d.Key+": text-") {
		t.Errorf("the source is %q of %q, the goal %q", d.Record.Sources[0].Of, d.Record.Sources[0].By.ID, f.Facts.Sprints[0].Goal)
	}
	if f.Facts.People.AppsAllowed[0] != d.Creator.ID {
		t.Errorf("the app is %q, the creator %q", f.Facts.People.AppsAllowed[0], d.Creator.ID)
	}
}

func TestRedactingLeavesTheFactsAlone(t *testing.T) {
	in := facts()
	if _, err := Redact(File{Facts: in}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(facts(), in); diff != "" {
		t.Errorf("they were changed: %s", diff)
	}
}

func TestFilesThatAreNotUnderstood(t *testing.T) {
	good := written(t, File{Facts: facts()})
	lacking := func(change func(*rules.Facts)) string {
		f := facts()
		change(&f)
		return written(t, File{Facts: f})
	}
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "it is no JSON"},
		{"something else", `{"a":1}`, `it is no facts file`},
		{"a list", `[]`, "it is no JSON"},
		{"cut off", good[:len(good)/2], "it is no JSON"},
		{"a later version", strings.Replace(good, `"version": 1`, `"version": 2`, 1), "the file has version 2"},
		{"an unknown field", strings.Replace(good, `"facts": {`, `"facts": {"Nope": 1,`, 1), `unknown field "Nope"`},
		{"something behind it", good + "{}", "it is no JSON"},
		{"a wrong type", strings.Replace(good, `"Disasters": [`, `"Disasters": 7, "x": [`, 1), "read the facts"},
		{"no moment", lacking(func(f *rules.Facts) { f.Now = time.Time{} }), "of when they are"},
		{"no project", lacking(func(f *rules.Facts) { f.Project.Key = "" }), "of which project they are"},
		{"no playbook", lacking(func(f *rules.Facts) { f.Settings.Playbook.Entries = nil }), "no playbook"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Read(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	if _, err := Read(endless{}); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("an endless file gives %v", err)
	}
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// FuzzRead reads anything. Whatever is understood can be judged, told and redacted.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	short := facts() // a short file is mutated more to the point
	short.Settings.Playbook.Entries = []rules.Entry{{ID: "root-cause", Title: "Why", Gate: rules.RootCause}}
	if err := Write(&b, File{Issue: "100", Facts: short}); err != nil {
		f.Fatal(err)
	}
	var small bytes.Buffer
	if err := json.Compact(&small, b.Bytes()); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add([]byte(`{"kind":"andon facts","version":1,"facts":{"Now":"2026-03-02T09:00:00Z","Settings":{"Labels":{"Disaster":"d"},"Playbook":{"Entries":[{"ID":"c","Gate":"rc"}]}},"Project":{"ID":"1","Key":"A"},"Disasters":[{"ID":"x","RecordState":1},{"ID":"x"}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Read(bytes.NewReader(raw))
		if err != nil {
			return
		}
		rules.Decide(file.Facts)
		rules.Reports(file.Facts)
		if _, err := Redact(file); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := Write(&again, file); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(&again); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}

// A file of the first version is opened for ever, or the version has to change.
func TestAFileFromBeforeIsRead(t *testing.T) {
	file := filepath.Join("testdata", "facts-v1.json")
	if os.Getenv("ANDON_TEST_UPDATE") == "1" {
		if err := os.WriteFile(file, []byte(written(t, File{By: "0.1.0", Issue: "100", Facts: facts()})), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := back(t, string(raw))
	if got, want := plan(f.Facts), plan(facts()); got != want {
		t.Errorf("it gives the plan\n%s\nwant\n%s", got, want)
	}
}
