package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// rootCauseTitle is the title of the task for which planning waits.
const rootCauseTitle = "Investigate the root cause"

const fortnight = 14 * 24 * time.Hour

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (st *tale) replaceLabels(a []string) error {
	var verbs []map[string]string
	for _, l := range list(a[1]) {
		verbs = append(verbs, map[string]string{"remove": l})
	}
	for _, l := range list(a[2]) {
		verbs = append(verbs, map[string]string{"add": l})
	}
	_, err := st.as(a[0]).Do("PUT", "/rest/api/2/issue/"+st.issue(a[3]), map[string]any{"update": map[string]any{"labels": verbs}})
	return err
}

func (st *tale) create(who, typ, summary, project, labels string) error {
	n := jiratest.NewIssue{Project: project, Type: typ, Summary: summary}
	if labels != "" {
		n.Labels = list(labels)
	}
	_, err := st.as(who).CreateIssue(n)
	return err
}

func (st *tale) clone(a []string) error {
	c, err := st.w.jira.Clone(email(a[0]), st.key(a[1]))
	st.alias[a[2]] = itoa(c.ID)
	return err
}

// move keeps the old key as a name for the issue.
func (st *tale) move(a []string) error {
	id := st.issue(a[1])
	st.alias[strings.Trim(a[1], `"`)] = id
	_, err := st.w.jira.Move(email(a[0]), st.key(a[1]), a[2])
	return err
}

// closeOthers closes what the team does to recover, and leaves the cause open.
func (st *tale) closeOthers(a []string) error {
	for _, t := range st.tasks(a[1], "") {
		if strings.HasSuffix(t.Summary, rootCauseTitle) {
			continue
		}
		if err := st.as(a[0]).Transition(t.Key, "Done", a[2]); err != nil {
			return err
		}
	}
	return nil
}

func (st *tale) autoStart(a []string) error {
	d, err := duration(a[1], a[2])
	if err != nil {
		return err
	}
	id, at := st.sprint(a[0]).ID, st.w.clock.Now().Add(d)
	sm := st.as("sm")
	_, err = sm.Do("POST", "/rest/agile/1.0/sprint/"+itoa(id), map[string]any{
		"startDate": at.Format(time.RFC3339), "endDate": at.Add(fortnight).Format(time.RFC3339)})
	if err != nil {
		return err
	}
	return sm.SetAutoStartStop(id, true)
}

// forge changes a text in a record without being able to seal it again.
func (st *tale) forge(a []string) error {
	raw, ok := st.w.jira.Property(st.key(a[3]), "andon")
	if !ok || !strings.Contains(string(raw), a[1]) {
		return not("the record does not hold %q: %s", a[1], raw)
	}
	return st.as(a[0]).SetProperty(st.issue(a[3]), "andon", json.RawMessage(strings.ReplaceAll(string(raw), a[1], a[2])))
}

func (st *tale) copyRecord(a []string) error {
	raw, ok := st.w.jira.Property(st.key(a[1]), "andon")
	if !ok {
		return not("there is no record on %s", a[1])
	}
	return st.as(a[0]).SetProperty(st.issue(a[2]), "andon", raw)
}

// person adds an account that can act but not log in by REST.
func (st *tale) person(name, accountType string) {
	st.w.jira.AddUser(jiratest.User{Email: email(name), DisplayName: strings.ToUpper(name[:1]) + name[1:], AccountType: accountType})
}

func (st *tale) group(a []string) error {
	var members []string
	for _, who := range list(a[1]) {
		members = append(members, email(who))
	}
	_, err := st.w.jira.AddGroup(a[0], members...)
	return err
}

func (st *tale) role(a []string) error {
	var members []string
	for _, who := range list(a[2]) {
		if group, ok := strings.CutPrefix(who, "group "); ok {
			members = append(members, "group:"+group)
			continue
		}
		members = append(members, email(who))
	}
	return st.w.jira.SetRoleActors(a[1], a[0], members...)
}

func (st *tale) project(style, key, lead string, noSubtasks bool) error {
	spec := jiratest.ProjectSpec{Key: key, Name: strings.ToLower(key), Lead: email(lead), NoSubtasks: noSubtasks}
	if style == "team-managed" {
		spec.Style = jiratest.TeamManaged
	}
	if _, err := st.w.jira.AddProject(spec); err != nil {
		return err
	}
	return st.w.jira.SetRoleActors(key, "Administrators", "group:"+jiratest.GroupAdmins, email(lead))
}

func (st *tale) addBoard(typ, name, project, jql string) error {
	types := map[string]string{"scrum": jiratest.Scrum, "kanban": jiratest.Kanban, "simple": jiratest.Simple}
	_, err := st.w.jira.AddBoard(jiratest.BoardSpec{Name: name, Type: types[typ], Location: project, JQL: jql})
	return err
}

// addSprint adds a sprint by the back door and puts issues into it; people did that
// some days ago.
func (st *tale) addSprint(a []string) error {
	now := st.w.clock.Now()
	spec := jiratest.Sprint{Name: a[1], State: jiratest.SprintFuture, OriginBoardID: st.board(a[2]).ID, Created: now.Add(-80 * time.Hour)}
	if a[0] == "active" {
		spec.State, spec.Start, spec.End = jiratest.SprintActive, now.Add(-72*time.Hour), now.Add(fortnight-72*time.Hour)
	}
	s, err := st.w.jira.AddSprint(spec)
	if err != nil || a[3] == "nothing" {
		return err
	}
	_, err = st.as("andon").Do("POST", "/rest/agile/1.0/sprint/"+itoa(s.ID)+"/issue", map[string]any{"issues": st.issues(a[3])})
	return err
}

func (st *tale) oldIssue(a []string) error {
	d, err := duration(a[2], a[3])
	if err != nil {
		return err
	}
	_, err = st.w.jira.AddIssue(jiratest.IssueSpec{Project: a[1], Summary: a[0], Labels: list(a[4]), Creator: "po@example.com", Created: st.w.clock.Now().Add(-d)})
	return err
}

func (st *tale) oldIssues(a []string) error {
	n, err := strconv.Atoi(a[0])
	for i := range n {
		if err == nil {
			err = st.oldIssue([]string{fmt.Sprintf("Old trouble %d", i+1), a[1], a[2], a[3], a[4]})
		}
	}
	return err
}
