package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"andon/jira/jiratest"
	"andon/rules"
)

// checkWords are what can be said after "then".
func checkWords() []word {
	return []word{
		// closed by andon, and the goal begins with the disaster's mark
		then(`{sprint} is cancelled by {issue}`, (*tale).isCancelled),
		then(`{sprint} is (future|active|closed)`, func(st *tale, a []string) error { return st.sprintState(a[0], a[1]) }),
		then(`there is one open {sprint}`, func(st *tale, a []string) error {
			n := 0
			for _, s := range st.w.jira.Sprints() {
				if s.Name == a[0] && s.State != jiratest.SprintClosed {
					n++
				}
			}
			if n != 1 {
				return not("there are %d", n)
			}
			return nil
		}),
		then(`{sprint} is gone`, func(st *tale, a []string) error { return st.sprintState(a[0], "") }),
		then(`{sprint} still holds {issues}`, (*tale).holds),
		// no open sprint holds it
		then(`{issue} is in the backlog`, (*tale).inBacklog),
		// the tasks that andon created, as sub-tasks or linked
		then(`{issue} has {n} tasks?`, func(st *tale, a []string) error { return st.taskCount(a[0], a[1], len(st.tasks(a[0], ""))) }),
		then(`{issue} has {n} linked tasks?`, func(st *tale, a []string) error { return st.taskCount(a[0], a[1], len(st.linked(a[0]))) }),
		// with our mark, wherever they hang
		then(`{P} has (\d+) tasks of andon`, func(st *tale, a []string) error {
			n := 0
			for _, i := range st.w.jira.Issues(a[0]) {
				if _, marked := i.Properties["andon.task"]; marked {
					n++
				}
			}
			if n != count(a[1]) {
				return not("there are %d", n)
			}
			return nil
		}),
		then(`tasks of {issue} have a description`, func(st *tale, a []string) error {
			for _, i := range st.tasks(a[0], "") {
				if !strings.Contains(i.Description, "*Done when:*") || !slices.Contains(i.Labels, "andon") {
					return not("%s says %q, with labels %v", i.Key, i.Description, i.Labels)
				}
			}
			return nil
		}),
		then(`{issue} has a task {text}`, func(st *tale, a []string) error { return st.taskCount(a[0], "1", len(st.tasks(a[0], a[1]))) }),
		// by andon's last look at the project
		then(`planning of {P} is (frozen|free)`, (*tale).planning),
		then(`{issue} is (none|proposed|rejected|rehearsal|recovering|investigating|resolved|withdrawn|unreadable)`, (*tale).phase),
		// how many comments of andon hold a text, the living status comment left out
		then(`andon says {text} on {issue} {n}`, (*tale).says),
		then(`andon says {text} on {issue} (\d+) times`, (*tale).says),
		then(`andon says nothing on {issue}`, func(st *tale, a []string) error {
			if all := st.w.comments(st.key(a[0])); len(all) > 0 {
				return not("it says:\n%s", strings.Join(all, "\n----\n"))
			}
			return nil
		}),
		then(`andon's status on {issue} says {text}`, (*tale).status),
		then(`{issue} carries {labels}`, func(st *tale, a []string) error { return st.labels(a[0], a[1], true) }),
		then(`{issue} does not carry {labels}`, func(st *tale, a []string) error { return st.labels(a[0], a[1], false) }),
		then(`andon writes nothing`, func(st *tale, _ []string) error { return st.wrote(st.atAct, 0) }),
		then(`andon has written nothing`, func(st *tale, _ []string) error { return st.wrote(st.atStart, 0) }),
		then(`andon has written (\d+) times?`, func(st *tale, a []string) error { return st.wrote(st.atStart, count(a[0])) }),
		// looks that failed; a story that says nothing of them fails
		then(`some looks failed`, func(st *tale, _ []string) error {
			if len(st.failed) == 0 {
				return not("none failed")
			}
			st.failed = nil
			return nil
		}),
		then(`some looks may have failed`, func(st *tale, _ []string) error { st.failed = nil; return nil }),
		then(`the log says {text}`, func(st *tale, a []string) error {
			if !strings.Contains(st.w.log.String(), a[0]) {
				return not("the log does not say %q", a[0])
			}
			return nil
		}),
	}
}

// count reads a number of times.
func count(n string) int {
	switch n {
	case "no", "never":
		return 0
	case "once":
		return 1
	case "twice":
		return 2
	}
	i, err := strconv.Atoi(n)
	if err != nil {
		return -1
	}
	return i
}

func (st *tale) sprintState(name, want string) error {
	s, there := st.findSprint(name)
	if there != (want != "") || s.State != want {
		return not("it is %q", s.State)
	}
	return nil
}

func (st *tale) isCancelled(a []string) error {
	mark := "CANCELLED by " + st.key(a[1]) + ":"
	if s := st.sprint(a[0]); s.State != jiratest.SprintClosed || !strings.HasPrefix(s.Goal, mark) {
		return not("it is %s, its goal %q", s.State, s.Goal)
	}
	return nil
}

func (st *tale) holds(a []string) error {
	got := st.w.jira.SprintIssues(st.sprint(a[0]).ID)
	for _, ref := range st.issues(a[1]) {
		if i, _ := st.w.jira.Issue(ref); !slices.Contains(got, i.Key) {
			return not("it holds %v", got)
		}
	}
	return nil
}

func (st *tale) inBacklog(a []string) error {
	i, _ := st.w.jira.Issue(st.issue(a[0]))
	for _, id := range i.Sprints {
		if s, ok := st.w.jira.Sprint(id); ok && s.State != jiratest.SprintClosed {
			return not("it is in sprint %q", s.Name)
		}
	}
	return nil
}

func (st *tale) taskCount(ref, n string, got int) error {
	if got != count(n) {
		var titles []string
		for _, i := range st.tasks(ref, "") {
			titles = append(titles, i.Summary)
		}
		return not("there are %d: %s", got, strings.Join(titles, "; "))
	}
	return nil
}

// lastPlan is the last plan for a project.
func (st *tale) lastPlan(project string) (rules.Plan, bool) {
	for _, p := range slices.Backward(st.w.passes) {
		if p.Project == project && (p.Err == nil || len(p.Plan.States) > 0) {
			return p.Plan, true
		}
	}
	return rules.Plan{}, false
}

func (st *tale) planning(a []string) error {
	p, looked := st.lastPlan(a[0])
	switch {
	case !looked && a[1] == "frozen":
		return not("andon has not looked at it")
	case p.Frozen != (a[1] == "frozen"):
		return not("it is the other way round: %+v", p.States)
	}
	return nil
}

func (st *tale) phase(a []string) error {
	id := st.issue(a[0])
	for _, p := range slices.Backward(st.w.passes) {
		for _, s := range p.Plan.States {
			switch {
			case s.ID != id:
			case string(s.Phase) == a[1]:
				return nil
			default:
				return not("it is %s, because %s", s.Phase, s.Reason.Text)
			}
		}
	}
	if a[1] == string(rules.PhaseNone) {
		return nil
	}
	return not("andon knows nothing of it")
}

func (st *tale) says(a []string) error {
	all, got := st.w.comments(st.key(a[1])), 0
	for _, c := range all {
		if strings.Contains(c, a[0]) && !strings.HasPrefix(c, "h3. Disaster") {
			got++
		}
	}
	if got != count(a[2]) {
		return not("%d comments say so; there are:%s", got, starts(all))
	}
	return nil
}

// starts are the first words of texts.
func starts(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		fmt.Fprintf(&b, "\n%.150q", t)
	}
	return b.String()
}

func (st *tale) status(a []string) error {
	var found []string
	for _, c := range st.w.comments(st.key(a[0])) {
		if strings.Contains(c, "h3. Disaster") {
			found = append(found, c)
		}
	}
	if len(found) != 1 || !strings.Contains(found[0], a[1]) {
		return not("there are %d, saying:\n%s", len(found), strings.Join(found, "\n----\n"))
	}
	return nil
}

func (st *tale) labels(ref, names string, want bool) error {
	i, _ := st.w.jira.Issue(st.issue(ref))
	for _, l := range list(names) {
		if slices.Contains(i.Labels, l) != want {
			return not("it carries %v", i.Labels)
		}
	}
	return nil
}

func (st *tale) wrote(since, want int) error {
	if n := st.w.jira.Writes() - since; n != want {
		return fmt.Errorf("%w: it wrote %d times: %s", errNot, n, st.w.lastWrites())
	}
	return nil
}
