package rules

import (
	"strings"
	"testing"
)

// rehearsed is the comment on a rehearsal in a world that was changed.
func rehearsed(t *testing.T, change func(w *world), labels ...string) string {
	t.Helper()
	w := newWorld()
	change(w)
	w.label(dev, "100", append([]string{"disaster-rehearsal"}, labels...), nil)
	p := w.look(t)
	if len(p.acts) != 1 {
		t.Fatalf("a rehearsal is one comment, andon did %v", p.lines)
	}
	settled(t, w)
	return p.acts[0].(Say).Body
}

func TestARehearsalSaysWhoWouldBeToldAndWhatWouldBeRefused(t *testing.T) {
	manage, comments := Rights()[2], Rights()[5]
	for _, c := range []struct {
		name   string
		change func(w *world)
		has    []string
		lacks  []string
	}{
		{"everything is allowed", func(*world) {},
			[]string{"* Product Owner, who decides: Paula Owner\n", "* Stakeholders, by Jira's mail: nobody", "sprint 12 \"BLOG 1\" is left alone", "* the label system-restored, until these tasks are done: Restore the data", "closing the root-cause task as Won't Do, "},
			[]string{"lacks", "* over", "does not tell which permissions"}},
		{"permissions are missing, here and where the board shows issues",
			func(w *world) { w.outlook.Missing = []Missing{{comments, "SHOP"}, {manage, "BLOG"}} },
			[]string{"andon's account lacks *Add Comments* in SHOP: nobody is told on the issue", "andon's account lacks *Manage Sprints* in BLOG: sprints cannot be cancelled or deleted"}, nil},
		{"Jira does not tell the permissions", func(w *world) { w.outlook.Unreadable = "{quote}no" },
			[]string{"Jira does not tell which permissions andon's account has: \\{quote\\}no"}, nil},
		{"nobody can say who the Product Owners are", func(w *world) { w.unreadable = "403" },
			[]string{"every label that only a Product Owner may set: it cannot be read who that is: 403", "who decides: nobody"}, nil},
		{"there are stakeholders and channels",
			func(w *world) {
				w.outlook.Stakeholders, w.settings.Channels = []Person{{ID: "s", Name: "Stella [~accountid:x]"}, andon}, []string{MailChannel, "1 slack"}
			},
			[]string{"* Stakeholders, by Jira's mail: Stella \\[\\~accountid:x\\]\n", "* over 1 slack\n"}, []string{"over jira", "mail: andon"}},
		{"a sprint's issues cannot be read", func(w *world) { w.find(10).ScopeUnreadable = "no, 403" },
			[]string{"sprint 10 \"SHOP 1\" cannot be cancelled, since its issues cannot be read: no, 403"}, []string{"* cancel sprint 10"}},
		{"no task can be created", func(w *world) { w.project.Subtask, w.project.Task = IssueType{}, IssueType{} },
			[]string{"no task can be created: the project has no issue type for them"}, nil},
		{"any resolution counts", func(w *world) { w.settings.RefusedResolutions = nil }, nil, []string{"closing the root-cause task as"}},
		{"nothing waits for the return to service", func(w *world) {
			w.settings.Playbook = Playbook{Entries: []Entry{{ID: "root-cause", Title: "Find it", Gate: RootCause}}}
		}, []string{"until these tasks are done: none"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := rehearsed(t, c.change, "disaster")
			for _, text := range c.has {
				if !strings.Contains(body, text) {
					t.Errorf("%q is missing in\n%s", text, body)
				}
			}
			for _, text := range c.lacks {
				if strings.Contains(body, text) {
					t.Errorf("%q is there in\n%s", text, body)
				}
			}
		})
	}
}

func TestARehearsalKnowsTheGateOfEachKind(t *testing.T) {
	for label, title := range map[string]string{"disaster-security": "Rotate credentials", "disaster-data": "Reconcile lost changes", "disaster-accidental": "Roll back or disable"} {
		gate := func(body string) string {
			_, after, _ := strings.Cut(body, "until these tasks are done: ")
			line, _, _ := strings.Cut(after, "\n")
			return line
		}
		if got := gate(rehearsed(t, func(*world) {}, label)); !strings.Contains(got, title) {
			t.Errorf("%s: the gate is %q", label, got)
		}
		if got := gate(rehearsed(t, func(*world) {}, "disaster")); strings.Contains(got, title) {
			t.Errorf("%s belongs to its kind alone: %q", title, got)
		}
	}
}

func TestEveryRightSaysWhatDoesNotWorkWithoutIt(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rights() {
		if r.Key == "" || r.Name == "" || r.Without == "" || seen[r.Key] || r.Key != strings.ToUpper(r.Key) {
			t.Errorf("%+v", r)
		}
		seen[r.Key] = true
	}
}
