package jiratest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// pretended is a simulated site that the suite gets to know by HTTP alone.
func pretended(t *testing.T, product string, deviate func(*Knobs)) (*foreign, *Jira) {
	t.Helper()
	s, is := simulatedPlace(t, product).(*simulated)
	if !is {
		t.Fatal("not the simulated place")
	}
	accounts := map[string]string{"user": "user@example.com:user", "admin": "admin@example.com:admin"}
	if product != "Cloud" {
		accounts = map[string]string{"user": "user", "admin": "admin"}
	}
	if deviate != nil {
		s.j.SetKnobs(deviate)
	}
	p, err := foreignPlace(s.srv.URL, "CONF", accounts)
	if err != nil {
		t.Fatal(err)
	}
	p.patience = 0
	return p, s.j
}

func TestAForeignSiteIsExaminedAndLeftClean(t *testing.T) {
	for _, product := range []string{"Cloud", "Data Center"} {
		p, j := pretended(t, product, nil)
		before := j.DumpProject("HIDE")
		wrong, shown, err := p.examine(t.Logf)
		if err != nil {
			t.Fatal(err)
		}
		for says, why := range wrong {
			t.Errorf("%s: %s: %v", product, says, why)
		}
		if shown < 60 {
			t.Errorf("%s: only %d behaviours were shown", product, shown)
		}
		if left := j.Issues("CONF"); len(left) > 0 {
			t.Errorf("%s: %d issues are left", product, len(left))
		}
		for _, s := range j.Sprints() {
			if s.OriginBoardID != 0 && s.State != SprintClosed && s.Name != "Hidden" {
				t.Errorf("%s: sprint %q is left %s", product, s.Name, s.State)
			}
		}
		if fmt.Sprint(before) != fmt.Sprint(j.DumpProject("HIDE")) {
			t.Errorf("%s: another project was touched", product)
		}
	}
}

func TestAProjectThatHoldsSomethingIsRefused(t *testing.T) {
	for name, fill := range map[string]func(*Jira) error{
		"an issue":      func(j *Jira) error { _, err := j.AddIssue(IssueSpec{Project: "CONF", Summary: "mine"}); return err },
		"a sprint":      func(j *Jira) error { _, err := j.AddSprint(Sprint{Name: "mine", OriginBoardID: 1}); return err },
		"it is another": func(*Jira) error { return nil },
	} {
		p, j := pretended(t, "Cloud", nil)
		try(t, fill(j))
		project := "CONF"
		if name == "it is another" {
			project = "NOWHERE"
		}
		if _, err := foreignPlace(p.base, project, p.accounts); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
		if fill := j.Issues("CONF"); name == "an issue" && len(fill) != 1 {
			t.Error("the issue is gone")
		}
	}
}

// TestASiteThatDeviatesIsFound plants one deviation at a time: the suite has to find it,
// and nothing else wrong.
func TestASiteThatDeviatesIsFound(t *testing.T) {
	for knob, deviate := range map[string]func(*Knobs){
		"SubtaskMove":       func(k *Knobs) { k.SubtaskMove = 204 },
		"SprintNameMax":     func(k *Knobs) { k.SprintNameMax = 40 },
		"CloseAgain":        func(k *Knobs) { k.CloseAgain = 200 },
		"ChangelogReversed": func(k *Knobs) { k.ChangelogReversed = true },
		"IssueUnknown":      func(k *Knobs) { k.IssueUnknown = 404 },
		"LabelMax":          func(k *Knobs) { k.LabelMax = 60 },
		"SprintGoalMax":     func(k *Knobs) { k.SprintGoalMax = 100 },
	} {
		t.Run(knob, func(t *testing.T) {
			p, _ := pretended(t, "Cloud", deviate)
			wrong, _, err := p.examine(func(string, ...any) {})
			if err != nil {
				t.Fatal(err)
			}
			about := map[string]bool{}
			for subject, all := range suite() {
				for _, b := range all {
					if b.knob == knob {
						about[subject+": "+b.says] = true
					}
				}
			}
			if len(wrong) == 0 {
				t.Error("nothing was found")
			}
			for _, says := range slices.Sorted(maps.Keys(wrong)) {
				if !about[says] {
					t.Errorf("found wrong without being so: %s: %v", says, wrong[says])
				}
			}
		})
	}
}

func TestAnAdministratorCreatesAProjectByREST(t *testing.T) {
	s := newRig(t, Cloud)
	const good = `{"key":"CONF","name":"Throw away","projectTypeKey":"software","leadAccountId":"712020:boss","projectTemplateKey":"com.pyxis.greenhopper.jira:gh-simplified-agility-scrum"}`
	s.want(403, "dev", "POST", "/rest/api/2/project", good)
	for wrong, with := range map[string]string{`"CONF"`: `"conf"`, `"Throw away"`: `" "`, `712020:boss`: `nobody`} {
		s.want(400, "boss", "POST", "/rest/api/2/project", strings.Replace(good, wrong, with, 1))
	}
	s.want(201, "boss", "POST", "/rest/api/2/project", good)
	s.want(400, "boss", "POST", "/rest/api/2/project", good)
	if a := s.want(200, "boss", "GET", "/rest/agile/1.0/board?projectKeyOrId=CONF", ""); !strings.Contains(a.raw, `"CONF board"`) {
		t.Errorf("boards: %s", a.raw)
	}
}
