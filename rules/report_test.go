package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// reportTales are whole lives of disasters; what can be told at their end is kept in
// testdata/report.
func reportTales() map[string][]string {
	life := []string{
		"setting recovery-time 4h", "po labels SHOP-100 disaster", "time passes 20m", "po labels SHOP-100 disaster-data", "po labels SHOP-100 system-maintenance",
		"time passes 30m", "dev starts sprint 11", "dev creates sprint 20", "time passes 1h10m", "po labels SHOP-100 system-alternate",
		"dev closes gate of SHOP-100", "time passes 15m", "po labels SHOP-100 system-restored",
	}
	on := func(more ...string) []string { return slices.Concat(life, more) }
	resolved := on("time passes 26h", "dev closes root-cause of SHOP-100")
	return map[string][]string{
		"just-declared":      {"setting recovery-time 4h", "po labels SHOP-100 disaster"},
		"recovering":         life[:7],
		"late":               {"setting recovery-time 1h", "po labels SHOP-100 disaster-security", "time passes 2h"},
		"investigating":      on("time passes 3h"),
		"resolved":           resolved,
		"resumed":            slices.Concat(resolved, []string{"time passes 2h", "po labels SHOP-100 sprint-resume", "time passes 1h", "dev creates sprint 30", "dev starts sprint 30"}),
		"relapse":            slices.Concat(resolved, []string{"time passes 2h", "dev reopens root-cause of SHOP-100", "time passes 5h", "dev closes root-cause of SHOP-100"}),
		"service-taken-back": on("time passes 1h", "po unlabels SHOP-100 system-restored", "time passes 1h", "po labels SHOP-100 system-restored", "po unlabels SHOP-100 system-alternate"),
		"withdrawn":          {"po labels SHOP-100 disaster", "po labels SHOP-100 system-offline", "time passes 40m", "po unlabels SHOP-100 disaster", "time passes 3h"},
		"declared-again":     {"po labels SHOP-100 disaster", "dev starts sprint 11", "time passes 40m", "po unlabels SHOP-100 disaster", "time passes 3h", "po labels SHOP-100 disaster"},
		"proposed":           {"dev labels SHOP-100 disaster"},
		"rejected":           {"dev labels SHOP-100 disaster", "po unlabels SHOP-100 disaster"},
		"rehearsal":          {"po labels SHOP-100 disaster disaster-rehearsal"},
		"hidden":             {"po labels SHOP-100 disaster", "time passes 1h", "dev hides SHOP-100", "dev starts sprint 11", "time passes 1h"},
		"refused-by-jira":    {`jira refuses "cancel-sprint/"`, "po labels SHOP-100 disaster"},
		"record-made-anew":   {"po labels SHOP-100 disaster", "time passes 1h", "somebody forges SHOP-100"},
		"owners-unreadable":  {"po labels SHOP-100 disaster", "jira hides the owners", "po labels SHOP-100 system-offline"},
	}
}

// known gives the facts on which nothing is left to be done.
func known(t tb, w *world) Facts {
	t.Helper()
	f := w.facts()
	for prefix, why := range w.refuse { // what this look has been refused
		if prefix == "cancel-sprint/" {
			f = failing(f, "cancel-sprint/100/10", why)
		}
	}
	for range maxRounds {
		p := Decide(f)
		if p.Wants.Empty() {
			return f
		}
		f = w.fulfil(f, p.Wants)
	}
	t.Fatalf("there is no end of wishes")
	return f
}

// toldAfter plays a tale and gives what can be told at its end.
func toldAfter(t *testing.T, acts []string) (Report, *world) {
	t.Helper()
	w := newWorld()
	for _, act := range acts {
		w.play(t, act)
		w.look(t)
	}
	r, ok := Tell(known(t, w), "100")
	if !ok {
		t.Fatal("nothing can be told")
	}
	return r, w
}

func TestReportsOfWholeLives(t *testing.T) {
	for name, acts := range reportTales() {
		t.Run(name, func(t *testing.T) {
			r, _ := toldAfter(t, acts)
			file := filepath.Join("testdata/report", name+".txt")
			got := reportText(r)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("something else is told (-file +told):\n%s", diff)
			}
		})
	}
}

// clockText is a moment for the goldens.
func clockText(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.Format("02 15:04:05")
}

// reportText shows all of a report, so that the goldens can be read.
func reportText(r Report) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s %s %s %q %s", r.Project, r.Issue, r.Key, r.Summary, r.URL)
	line("at %s: %s, round %d, frozen %v, unreadable %v, kinds %v", clockText(r.At), r.Phase, r.Round, r.Frozen, r.Unreadable, r.Kinds)
	line("headline: %s\nreason: %s\nnext: %s", r.Headline, r.Reason, r.Next)
	if r.Declared != nil {
		line("declared by %s with %s", r.Declared.By.Name, r.Declared.Label)
	}
	if r.Mode != "" {
		line("mode %s since %s", r.Mode, clockText(r.ModeSince))
	}
	x := r.Times
	line("times: declared %s, restored %s, cause closed %s, unfrozen %s, resumed %s, withdrawn %s", clockText(x.Declared), clockText(x.Restored), clockText(x.CauseClosed), clockText(x.Unfrozen), clockText(x.Resumed), clockText(x.Withdrawn))
	line("figures: allowed %s, due %s, to restore %s, to cause %s, frozen %s, margin %s, counts %v", x.Allowed, clockText(x.Due), x.ToRestore, x.ToCause, x.Frozen, x.Margin, x.Counts)
	for _, s := range r.Steps {
		line("step %s %-16s %s [%s]", clockText(s.At), s.Code, s.Text, s.By.ID)
	}
	for _, s := range r.Bars {
		line("bar  %s .. %s %s: %s", clockText(s.From), clockText(s.To), s.Code, s.Text)
	}
	for _, s := range r.Tasks {
		line("task %s %q gate %q: %s %s %s done %v missing %v", s.Entry, s.Title, s.Gate, s.Status, s.Category, s.Resolution, s.Done, s.Missing)
	}
	for _, g := range r.Gates {
		line("gate %s passed %v: %s %q", g.Gate, g.Passed, g.Why, g.Waits)
	}
	for _, v := range r.Violations {
		line("violation %s .. %s, %d times: %s [%s]", clockText(v.At), clockText(v.Undone), v.Times, v.What, v.By.ID)
	}
	for _, s := range r.Sprints {
		line("sprint %d %q %s", s.ID, s.Name, s.Why)
	}
	for _, s := range r.Left {
		line("left %d %q: %s", s.ID, s.Name, s.Why)
	}
	for _, s := range r.Trouble {
		line("trouble: %s", s)
	}
	return b.String()
}

func TestNothingIsToldOfAnIssueThatIsNoDisaster(t *testing.T) {
	w := newWorld()
	if r, ok := Tell(known(t, w), "100"); ok {
		t.Errorf("it is told: %+v", r)
	}
	if all := Reports(known(t, w)); len(all) != 0 {
		t.Errorf("it is told: %+v", all)
	}
	w.issue("50", po, "disaster")
	w.tick(48 * time.Hour)
	if all := Reports(known(t, w)); len(all) != 0 {
		t.Errorf("a label from before is told: %+v", all)
	}
}

func TestReportsComeInTheOrderOfIds(t *testing.T) {
	w := newWorld()
	w.issue("99", dev)
	w.add(po, "100", "disaster")
	w.add(po, "99", "disaster-data")
	w.look(t)
	all := Reports(known(t, w))
	if len(all) != 2 || all[0].Issue != "99" || all[1].Issue != "100" {
		t.Fatalf("got %d reports: %+v", len(all), all)
	}
	if all[0].Frozen != true || all[1].Frozen != true {
		t.Error("one of them freezes nothing")
	}
}

func TestTellingChangesNothingInTheFacts(t *testing.T) {
	w := newWorld()
	for _, act := range reportTales()["relapse"] {
		w.play(t, act)
		w.look(t)
	}
	f := known(t, w)
	before, err := json.Marshal(f.Disasters)
	if err != nil {
		t.Fatal(err)
	}
	first := Reports(f)
	for i := range first {
		scribble(reflect.ValueOf(&first[i]).Elem())
	}
	after, err := json.Marshal(f.Disasters)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), string(after)); diff != "" {
		t.Errorf("scribbling on a report changes the facts: %s", diff)
	}
}

func TestAReportSurvivesBeingStored(t *testing.T) {
	for name, acts := range reportTales() {
		r, _ := toldAfter(t, acts)
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back Report
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Errorf("%s is not what was stored: %s", name, diff)
		}
	}
}

func TestAStepKnowsWhoDidIt(t *testing.T) {
	r, _ := toldAfter(t, reportTales()["resolved"])
	who := map[string]string{}
	for _, s := range r.Steps {
		who[s.Code] = s.By.ID
	}
	for code, want := range map[string]string{StepDeclared: "po", StepKind: "po", StepMode: "po", StepRestored: "po", StepCancelled: "", StepUnfrozen: ""} {
		if got, there := who[code]; !there || got != want {
			t.Errorf("%s was done by %q (there: %v), want %q", code, got, there, want)
		}
	}
}

func TestTheOwnersOfTasksAreTold(t *testing.T) {
	w := declaredWorld(t)
	w.task("100", "inform").assignee = dev
	w.task("100", "contain").assignee = Person{ID: "x", Name: hostileText}
	r, _ := Tell(known(t, w), "100")
	if r.Tasks[0].Assignee != "Dev Eloper" || r.Tasks[2].Assignee != "" {
		t.Errorf("the tasks belong to %q and %q", r.Tasks[0].Assignee, r.Tasks[2].Assignee)
	}
	if strings.ContainsAny(r.Tasks[1].Assignee, "\n\r") {
		t.Errorf("a name is more than one line: %q", r.Tasks[1].Assignee)
	}
}

func TestATaskThatIsGoneIsMissing(t *testing.T) {
	w := declaredWorld(t)
	f := known(t, w)
	f.Disasters[0].Tasks = slices.DeleteFunc(slices.Clone(f.Disasters[0].Tasks), func(x Task) bool { return x.Entry == "dns" })
	r, _ := Tell(f, "100")
	i := slices.IndexFunc(r.Tasks, func(x TaskReport) bool { return x.Entry == "dns" })
	if i < 0 || !r.Tasks[i].Missing || r.Tasks[i].Done {
		t.Fatalf("the task is told as %+v", r.Tasks)
	}
	if r.Gates[0].Passed || !slices.ContainsFunc(r.Gates[0].Waits, func(s string) bool { return strings.Contains(s, "there is no such task") }) {
		t.Errorf("the gate does not wait for it: %+v", r.Gates[0])
	}
}

func TestATaskThatThePlaybookNoLongerKnowsIsStillTold(t *testing.T) {
	w := declaredWorld(t)
	f := known(t, w)
	f.Settings.Playbook.Entries = slices.DeleteFunc(slices.Clone(f.Settings.Playbook.Entries), func(e Entry) bool { return e.ID == "inform" })
	r, _ := Tell(f, "100")
	last := r.Tasks[len(r.Tasks)-1]
	if last.Entry != "inform" || last.Missing || last.Key == "" {
		t.Errorf("the last task is told as %+v", last)
	}
}

func TestARecordThatNobodyUnderstandsIsToldAsUnreadable(t *testing.T) {
	w := declaredWorld(t)
	f := known(t, w)
	f.Disasters[0].Record, f.Disasters[0].RecordState = Record{}, RecordNewer
	r, ok := Tell(f, "100")
	if !ok || !r.Unreadable || !r.Frozen || r.Declared != nil || !r.Times.Counts {
		t.Errorf("it is told as %+v", r)
	}
}

func TestADisasterThatNobodyKeptIsToldByItsId(t *testing.T) {
	w := declaredWorld(t)
	w.issues["100"].hidden = true
	f := known(t, w)
	f.Memory.Kept = nil
	r, ok := Tell(f, "100")
	if !ok || !r.Unreadable || r.Issue != "100" || r.Key != "" || r.URL != "" || len(r.Steps) != 0 {
		t.Errorf("it is told as %+v", r)
	}
}

func TestPlainGivesBackWhatWasEscaped(t *testing.T) {
	for _, s := range []string{"", "a", `\`, `\\`, "&", "&#65;", "&#x;", "a & b", hostileText, "h1. x", "bq. x", "http://x", ":)", ";)", "system-restored", "*b*", "日本語 ~x~"} {
		if got, want := plain(EscapeWiki(s)), printable(s, maxForeign); got != want {
			t.Errorf("%q comes back as %q", want, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if got, want := plain(EscapeWiki(s)), printable(s, maxForeign); got != want {
			t.Fatalf("%q comes back as %q", want, got)
		}
	})
	for _, broken := range []string{`x\`, "&", "&#", "&#;", "&#9", "a&b;"} {
		_ = plain(broken) // anything but a fault will do
	}
}

// What is told is what was decided, after each act of every story.
func TestEveryStoryIsToldAsItWasDecided(t *testing.T) {
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) < 20 {
		t.Fatalf("the stories are missing: %v, %v", files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld()
		for line := range strings.Lines(string(raw)) {
			act, looks := strings.CutPrefix(strings.TrimRight(line, "\n"), "> ")
			if later, ok := strings.CutPrefix(act, "& "); ok {
				w.play(t, later)
			}
			if looks && !strings.HasPrefix(act, "show ") && !strings.HasPrefix(act, "andon dies") {
				w.play(t, act)
				w.look(t)
				toldAsDecided(t, filepath.Base(file)+": "+act, known(t, w))
			}
		}
	}
}

// toldAsDecided compares what is told with what is decided.
func toldAsDecided(t *testing.T, where string, f Facts) {
	t.Helper()
	states := slices.DeleteFunc(Decide(f).States, func(s State) bool { return s.Phase == PhaseNone })
	told := Reports(f)
	if len(told) != len(states) {
		t.Fatalf("%s: %d are told, %d decided", where, len(told), len(states))
	}
	for i, r := range told {
		s := states[i]
		if r.Issue != s.ID || r.Phase != s.Phase || r.Frozen != s.Frozen || r.Reason != s.Reason.Text {
			t.Errorf("%s: told %s is %s, frozen %v; decided %s, %v", where, r.Issue, r.Phase, r.Frozen, s.Phase, s.Frozen)
		}
		if r.Frozen && !r.Unreadable && (len(r.Gates) != 2 || r.Times.Declared.IsZero() || !r.Times.Unfrozen.IsZero()) {
			t.Errorf("%s: of a freeze the gates %+v and the times %+v are told", where, r.Gates, r.Times)
		}
		if !slices.IsSortedFunc(r.Steps, func(a, b Step) int { return a.At.Compare(b.At) }) || strings.Contains(r.Next, "\\") {
			t.Errorf("%s: the steps are %+v, next %q", where, r.Steps, r.Next)
		}
	}
}
