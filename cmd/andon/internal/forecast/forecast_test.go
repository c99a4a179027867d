package forecast

import (
	"context"
	"encoding/json"
	"errors"
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
	owner  = rules.Person{ID: "po", Username: "paula", Name: "Paula Owner"}
	worker = rules.Person{ID: "dev", Name: "Dana Developer"}
	robot  = rules.Person{ID: "bot", Name: "Robot", App: true}
	self   = rules.Person{ID: "andon", Name: "Andon"}
)

// facts are those of a project with an active sprint and an issue that is no disaster.
func facts() rules.Facts {
	return rules.Facts{
		Now: start, Settings: rules.DefaultSettings(), Site: rules.Site{BaseURL: "https://jira.example.com", Flavour: rules.Cloud}, Self: self,
		Project: rules.Project{ID: "10000", Key: "SHOP", Subtask: rules.IssueType{ID: "5", Subtask: true, Level: -1}, Task: rules.IssueType{ID: "3"}},
		People:  rules.People{Read: true, Source: "role", ProductOwners: []rules.Person{robot, owner}, ScrumMasters: []rules.Person{worker}},
		Boards:  []rules.Board{{ID: 1, Name: "SHOP board", Type: "scrum", ProjectID: "10000", ProjectKey: "SHOP"}},
		Sprints: []rules.Sprint{{ID: 10, Name: "SHOP 1", Goal: "sell more", State: rules.SprintActive, Board: 1, Created: start.Add(-time.Hour), ScopeRead: true, Unfinished: []string{"101"}}},
		Disasters: []rules.Disaster{{ID: "100", Key: "SHOP-6", Summary: "the shop is down", ProjectID: "10000", Creator: worker, Created: start.Add(-time.Hour),
			Status: rules.Status{Name: "To Do", Category: rules.CategoryNew}, SaidRead: true}},
		Memory:  rules.ProjectMemory{Writable: true},
		Outlook: rules.Outlook{Read: true},
	}
}

// fromFile reads as from a file.
func fromFile(_ context.Context, f rules.Facts, w rules.Wants) (rules.Facts, []string, error) {
	f, unread := FromFile(f, w)
	return f, unread, nil
}

// made is a forecast that comes off.
func made(t *testing.T, f rules.Facts, acts ...Act) Forecast {
	t.Helper()
	out, err := Make(t.Context(), f, "100", acts, fromFile)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// last is the last scene.
func last(o Forecast) Scene { return o.Scenes[len(o.Scenes)-1] }

// keys are the keys of a scene's actions.
func keys(s Scene) string {
	var out []string
	for _, a := range s.Actions {
		out = append(out, a.Key)
	}
	return strings.Join(out, " ")
}

func TestADeclarationStopsTheLineFirst(t *testing.T) {
	o := made(t, facts(), Act{Declare: true})
	if len(o.Scenes) != 2 || len(o.Scenes[0].Actions) != 0 {
		t.Fatalf("the scenes are %+v", o.Scenes)
	}
	want := "remember/100 cancel-sprint/100/10 remember-project/10000 create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause status/100 remember/100"
	if got := keys(last(o)); got != want {
		t.Errorf("planned: %s\nwant: %s", got, want)
	}
	if s := last(o); !s.Frozen || s.States[0].Phase != "recovering" || s.States[0].Reason.Evidence[0].Who != "Paula Owner" {
		t.Errorf("afterwards: %+v", s)
	}
}

func TestAWholeLifeEndsInAFreePlan(t *testing.T) {
	o := made(t, facts(), Act{Declare: true, Kinds: []rules.Kind{rules.Data, rules.Security}}, Act{Entry: GateEntry, Resolution: "Done"},
		Act{Label: "system-restored", By: Owner}, Act{Entry: "root-cause", Resolution: "Done"}, Act{Label: "sprint-resume", By: Owner})
	var phases []string
	for _, s := range o.Scenes {
		phases = append(phases, s.States[0].Phase)
	}
	if got, want := strings.Join(phases, " "), "none recovering recovering investigating resolved resolved"; got != want {
		t.Errorf("the phases are %s, want %s", got, want)
	}
	if !strings.Contains(keys(last(o)), "create-sprint/") || last(o).Frozen {
		t.Errorf("at the end: %s, frozen %v", keys(last(o)), last(o).Frozen)
	}
}

func TestWithPermissionsTakenAwayThereIsAnEndToo(t *testing.T) {
	f := facts()
	f.Settings.Freeze = rules.FreezePermissions
	f.Scheme = rules.Scheme{Read: true, Present: rules.SchemeRef{ID: 7, Name: "Own"}}
	o := made(t, f, Act{Declare: true}, Act{Entry: "root-cause", Resolution: "Done"})
	if got := keys(o.Scenes[1]); !strings.Contains(got, "swap-scheme/") {
		t.Errorf("the scheme is not exchanged: %s", got)
	}
	if got := keys(last(o)); !strings.Contains(got, "restore-scheme/") {
		t.Errorf("the scheme does not come back: %s", got)
	}
}

func TestActsOfOthersDecideNothing(t *testing.T) {
	o := made(t, facts(), Act{Label: "disaster", By: Developer})
	if s := last(o); s.Frozen || s.States[0].Phase != "proposed" || s.If != "somebody who is no Product Owner adds the label disaster to SHOP-6" {
		t.Errorf("afterwards: %+v", s)
	}
	o = made(t, facts(), Act{Declare: true}, Act{Label: "disaster", Off: true, By: "dev"})
	if s := last(o); !s.Frozen || !strings.Contains(keys(s), "labels/100/+disaster/-") {
		t.Errorf("the label is not put back: %s", keys(s))
	}
	o = made(t, facts(), Act{Declare: true}, Act{Label: "disaster", Off: true, By: "paula"})
	if s := last(o); s.Frozen || s.States[0].Phase != "withdrawn" {
		t.Errorf("a Product Owner by the user name does not withdraw: %+v", s.States)
	}
}

func TestAnIssueThatWasProposedCanBeDeclared(t *testing.T) {
	f := facts()
	f.Disasters[0].Labels = []string{"disaster", "disaster-rehearsal"}
	f.Disasters[0].History = []rules.LabelChange{{ID: "1", At: start.Add(-time.Minute), By: worker, Added: []string{"disaster", "disaster-rehearsal"}}}
	if s := last(made(t, f, Act{Declare: true})); !s.Frozen {
		t.Errorf("it is not declared: %+v", s.States)
	}
}

func TestWhatIfsThatCannotBe(t *testing.T) {
	hidden := facts()
	hidden.Disasters[0] = rules.Disaster{ID: "100", Unreadable: "Jira answers 404"}
	headless := facts()
	headless.People.ProductOwners = []rules.Person{robot}
	unread := facts()
	unread.People = rules.People{}
	elsewhere := facts()
	elsewhere.Disasters = nil
	for _, test := range []struct {
		name string
		f    rules.Facts
		act  Act
		want string
	}{
		{"the task is not there", facts(), Act{Entry: "dns"}, `SHOP-6 has no task "dns"; there are: none`},
		{"the issue is hidden", hidden, Act{Declare: true}, "Jira does not show the issue (Jira answers 404)"},
		{"nobody may decide", headless, Act{Declare: true}, "no Product Owner who may decide"},
		{"nobody knows who may", unread, Act{Label: "disaster", By: Owner}, "cannot be read who the Product Owners are"},
		{"the issue is not among the facts", elsewhere, Act{Declare: true}, "not among the facts of project SHOP"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, err := Make(t.Context(), test.f, "100", []Act{test.act}, fromFile)
			if err == nil || !strings.HasPrefix(err.Error(), "what if: ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if len(o.Scenes) != 1 {
				t.Errorf("how things stand is not told: %+v", o.Scenes)
			}
		})
	}
}

func TestAReadThatFailsEndsTheForecast(t *testing.T) {
	f := facts()
	f.People = rules.People{}
	f.Disasters[0].Labels = []string{"disaster"}
	boom := errors.New("jira is away")
	o, err := Make(t.Context(), f, "100", []Act{{Declare: true}}, func(_ context.Context, f rules.Facts, _ rules.Wants) (rules.Facts, []string, error) {
		return f, nil, boom
	})
	if !errors.Is(err, boom) || len(o.Scenes) != 1 {
		t.Errorf("got %v and %d scenes", err, len(o.Scenes))
	}
}

func TestTheFactsThatAreGivenStayAsTheyAre(t *testing.T) {
	f := facts()
	made(t, f, Act{Declare: true}, Act{Entry: GateEntry, Resolution: "Done"}, Act{Label: "disaster", Off: true, By: Owner})
	if diff := cmp.Diff(facts(), f); diff != "" {
		t.Errorf("they were changed: %s", diff)
	}
}

func TestWhatAFileDoesNotHoldIsSaidOnceAndTakenForNothing(t *testing.T) {
	f := facts()
	f.Sprints[0].ScopeRead, f.Disasters[0].SaidRead = false, false
	o := made(t, f, Act{Declare: true}, Act{Label: "disaster", Off: true, By: Owner}, Act{Label: "sprint-resume", By: Owner})
	for _, want := range []string{"the issues of sprint 10 (the facts file does not tell)", "what sprint 10 left open (the facts file does not tell)"} {
		if n := strings.Count(strings.Join(o.Unread, "\n"), want); n != 1 {
			t.Errorf("%q is said %d times: %q", want, n, o.Unread)
		}
	}
}

func TestEveryWishIsAnsweredFromAFile(t *testing.T) {
	f := facts()
	f.People, f.Outlook, f.Disasters[0].SaidRead, f.Sprints[0].ScopeRead = rules.People{}, rules.Outlook{}, false, false
	got, unread := FromFile(f, rules.Wants{People: true, Outlook: true, Scheme: true, Scopes: []int64{10}, Entered: []int64{10}, Waiting: []int64{10}, Said: []string{"100"},
		Keys: []string{"101"}, Planned: rules.PlannedWant{Sprints: []int64{10}}})
	if _, known := got.Keys["101"]; !known || got.People.Unreadable == "" || !got.Outlook.Read || !got.Scheme.Read || !got.Sprints[0].ScopeRead || !got.Sprints[0].EnteredRead ||
		len(got.Waiting) != 1 || !got.Disasters[0].SaidRead || !slices.Equal(got.PlannedIn, []int64{10}) {
		t.Errorf("a wish is left: %+v", got)
	}
	if len(unread) != 8 { // the keys of issues are for words alone
		t.Errorf("said: %q", unread)
	}
	if f.Sprints[0].ScopeRead || f.Disasters[0].SaidRead {
		t.Error("the facts that were given have changed")
	}
}

func TestActsAsTheyAreWritten(t *testing.T) {
	for in, want := range map[string]Act{"dns": {Entry: "dns", Resolution: "Done"}, "root-cause=Won't Do": {Entry: "root-cause", Resolution: "Won't Do"}} {
		if got, err := ParseTask(in); err != nil || got.Entry != want.Entry || got.Resolution != want.Resolution {
			t.Errorf("%q is %+v, %v", in, got, err)
		}
	}
	for in, want := range map[string]Act{"+disaster": {Label: "disaster", By: "po"}, "-x by dev": {Label: "x", Off: true, By: "dev"}, "+y by PO": {Label: "y", By: "po"}, "+y by Developer": {Label: "y", By: "dev"}, " +a  by 712020:x ": {Label: "a", By: "712020:x"}} {
		if got, err := ParseLabel(in); err != nil || got.Label != want.Label || got.Off != want.Off || got.By != want.By {
			t.Errorf("%q is %+v, %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "=", "=x", "x="} {
		if got, err := ParseTask(bad); err == nil {
			t.Errorf("the task %q is taken as %+v", bad, got)
		}
	}
	for _, bad := range []string{"", "+", "x", "disaster", "+a b", "+a by", "+a from po", "+a by po now"} {
		if got, err := ParseLabel(bad); err == nil {
			t.Errorf("the label %q is taken as %+v", bad, got)
		}
	}
}

func TestATextForATerminal(t *testing.T) {
	f := facts()
	f.Disasters[0].Key, f.Sprints[0].Name = "SHOP-6\x1b[2J", "evil\nsprint \u202e\x1b[31m"
	f.Outlook = rules.Outlook{Read: true, Missing: []rules.Missing{{Right: rules.Rights()[2], Project: "SHOP"}}}
	text := made(t, f, Act{Declare: true}).Text(true)
	if strings.ContainsAny(text, "\x1b\u202e") {
		t.Error("what steers a terminal is printed")
	}
	for _, want := range []string{"== As things stand", "Andon would do nothing.", "Andon would, in this order:", "  stop the line\n", "Planning is frozen.", "        | h3. Disaster", "Andon's account lacks:\n  Manage Sprints in project SHOP"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	if plain := made(t, facts(), Act{Declare: true}).Text(false); strings.Contains(plain, "h3.") || !strings.Contains(plain, "has every permission that it needs") {
		t.Errorf("without texts:\n%s", plain)
	}
}

func TestPermissionsThatCannotBeRead(t *testing.T) {
	f := facts()
	f.Outlook = rules.Outlook{Read: true, Unreadable: "Jira answers 403"}
	o := made(t, f)
	if o.PermissionsRead || !slices.Contains(o.Unread, "the permissions of andon's account: Jira answers 403") {
		t.Errorf("told: %v, %q", o.PermissionsRead, o.Unread)
	}
}

func TestAForecastSurvivesBeingStored(t *testing.T) {
	o := made(t, facts(), Act{Declare: true})
	raw, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var back Forecast
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(o, back); diff != "" {
		t.Error(diff)
	}
}
