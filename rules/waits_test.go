package rules

import (
	"fmt"
	"strings"
	"testing"
)

// waitsOf is what waits by a record, under a root-cause task.
func waitsOf(r Record) string {
	w := &work{f: Facts{Settings: DefaultSettings(), Site: Site{BaseURL: "https://jira.example.com"}}}
	return w.whatWaits(dossier{rec: r, state: State{Cause: Closure{Task: Task{Key: "SHOP-9"}}}})
}

func TestWhatWaitsIsListedWithLinksThatShowWhatIsStillOpen(t *testing.T) {
	many := make([]string, 60)
	for i := range many {
		many[i] = fmt.Sprint(1000 + i)
	}
	const jql = "(https://jira.example.com/issues/?jql="
	for _, c := range []struct {
		name  string
		rec   Record
		has   []string
		lacks []string
	}{
		{"nothing was cancelled", Record{}, nil, []string{"What waits"}},
		{"a release without sprints names what is to prevent the next time", Record{Released: &Ending{}},
			[]string{`linked to SHOP-9 ([show them|https://jira.example.com/issues/?jql=issue%20in%20linkedIssues%28%22SHOP-9%22%29])`}, []string{"sprint-resume"}},
		{"a withdrawal asks for no prevention", Record{Withdrawn: &Ending{}, Sprints: []SprintRecord{{ID: 7, Name: "S", Why: AtDeclaration, Issues: many[:2]}}},
			[]string{`Sprint 7 "S" (it was active when the disaster was declared): 2 unfinished issues ([show what is still open|https://jira.example.com/issues/?jql=sprint%20%3D%207%20AND%20statusCategory%20%21%3D%20Done%20ORDER%20BY%20Rank%20ASC])`,
				"With the label sprint-resume"}, []string{"linkedIssues"}},
		{"a deleted sprint is shown by its issues", Record{Sprints: []SprintRecord{{ID: 8, Name: "{quote}", Why: CreatedInFreeze, Issues: []string{"5", "6"}}}},
			[]string{`"\{quote\}"`, "jql=id%20in%20%285%2C%206%29%20AND"}, []string{"of the first"}},
		{"a long list is cut in the link", Record{Sprints: []SprintRecord{{ID: 8, Why: CreatedInFreeze, Issues: many}}},
			[]string{"60 unfinished issues ([show what of the first 50 is still open|", "1049%29"}, []string{"1050"}},
		{"an empty sprint has nothing to show", Record{Sprints: []SprintRecord{{ID: 8, Why: CreatedInFreeze}}}, []string{"0 unfinished issues"}, []string{jql, "show what"}},
		{"issues that went back, each once", Record{Returned: []Returned{{Issues: []string{"5", "6"}}, {Issues: []string{"6"}, Cut: 1}}, Merged: &Merged{Issues: []string{"9"}, Cut: 2}},
			[]string{"6 issues that were put into a sprint in the freeze and went back ([show what is still open|", "id%20in%20%285%2C%206%2C%209%29"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := waitsOf(c.rec)
			for _, text := range c.has {
				if !strings.Contains(got, text) {
					t.Errorf("%q is missing in\n%s", text, got)
				}
			}
			for _, text := range c.lacks {
				if strings.Contains(got, text) {
					t.Errorf("%q is there in\n%s", text, got)
				}
			}
		})
	}
}

func TestEverythingInALinkIsEscaped(t *testing.T) {
	got := percent("a|b]c ä\"(x) = 1&y#z+\n")
	if strings.ContainsAny(got, "|] \"()&#+\n=") || !strings.HasPrefix(got, "a%7Cb%5Dc%20%C3%A4%22") {
		t.Errorf("got %q", got)
	}
}
