package jiratest

import (
	"slices"
	"strings"
)

// eval tells whether an issue matches; a nil clause matches everything.
func (j *Jira) eval(c *clause, is *Issue, u *User) (bool, *Error) {
	return j.evalNeg(c, is, u, false)
}

// evalNeg pushes NOT down to the comparisons, as Jira does: NOT a = b is
// a != b, which leaves out issues whose field is empty.
func (j *Jira) evalNeg(c *clause, is *Issue, u *User, neg bool) (bool, *Error) {
	if c == nil {
		return !neg, nil
	}
	switch c.kind {
	case "not":
		return j.evalNeg(c.kids[0], is, u, !neg)
	case "and", "or":
		all := (c.kind == "and") != neg
		for _, k := range c.kids {
			m, err := j.evalNeg(k, is, u, neg)
			if err != nil || m != all {
				return m, err
			}
		}
		return all, nil
	}
	op := c.op
	if neg {
		op = opposite(op)
	}
	return j.compare(c, op, is, u)
}

func opposite(op string) string {
	pairs := [][2]string{{"=", "!="}, {"in", "not in"}, {"is", "is not"}, {"~", "!~"}, {"<", ">="}, {">", "<="}}
	for _, p := range pairs {
		if op == p[0] {
			return p[1]
		}
		if op == p[1] {
			return p[0]
		}
	}
	return op
}

// jqlField is a field that queries may name: each of its values is the set of
// names by which an operand may mean it. A nil names makes it a date or text.
type jqlField struct {
	names func(j *Jira, is *Issue) [][]string
	date  bool
	text  func(is *Issue) string
}

func jqlFields() map[string]jqlField {
	set := func(f func(j *Jira, is *Issue) [][]string) jqlField { return jqlField{names: f} }
	user := func(f func(is *Issue) string) jqlField {
		return set(func(j *Jira, is *Issue) [][]string { return j.userNames(f(is)) })
	}
	text := func(f func(is *Issue) string) jqlField { return jqlField{text: f} }
	m := map[string]jqlField{
		"project": set((*Jira).projectNames), "key": set(keyNames), "labels": set(labelNames), "status": set(statusNames),
		"statuscategory": set(categoryNames), "resolution": set(resolutionNames), "issuetype": set(typeNames),
		"parent": set(parentNames), "sprint": set(sprintNames), "priority": set(priorityNames),
		"assignee": user(func(is *Issue) string { return is.Assignee }), "reporter": user(func(is *Issue) string { return is.Reporter }),
		"creator": user(func(is *Issue) string { return is.Creator }), "watcher": set(watcherNames),
		"created": {date: true}, "updated": {date: true}, "resolved": {date: true},
		"summary":     text(func(is *Issue) string { return is.Summary }),
		"description": text(func(is *Issue) string { return is.Description }),
		"comment":     text(commentText),
		"text":        text(func(is *Issue) string { return is.Summary + "\n" + is.Description + "\n" + commentText(is) }),
	}
	for alias, name := range map[string]string{"id": "key", "issue": "key", "issuekey": "key", "type": "issuetype", "label": "labels",
		"createddate": "created", "updateddate": "updated", "resolutiondate": "resolved", "cf[10020]": "sprint"} {
		m[alias] = m[name]
	}
	return m
}

func commentText(is *Issue) string {
	var b strings.Builder
	for _, c := range is.Comments {
		b.WriteString(c.Body)
		b.WriteByte('\n')
	}
	return b.String()
}

func (j *Jira) projectNames(is *Issue) [][]string {
	p := j.projects[is.ProjectID]
	return [][]string{append([]string{p.Key, p.Name, ids(p.ID)}, p.OldKeys...)}
}

func keyNames(_ *Jira, is *Issue) [][]string {
	return [][]string{append([]string{is.Key, ids(is.ID)}, is.OldKeys...)}
}

func labelNames(_ *Jira, is *Issue) [][]string {
	var out [][]string
	for _, l := range is.Labels {
		out = append(out, []string{l})
	}
	return out
}

func statusNames(j *Jira, is *Issue) [][]string {
	s := j.statuses[is.StatusID]
	return [][]string{{s.Name, ids(s.ID)}}
}

func categoryNames(j *Jira, is *Issue) [][]string {
	o := j.categoryJSON(j.statuses[is.StatusID].Category)
	name, _ := o["name"].(string)
	id, _ := o["id"].(int)
	return [][]string{{j.statuses[is.StatusID].Category, name, ids(int64(id))}}
}

func namedNames(n *Named) [][]string {
	if n == nil {
		return nil
	}
	return [][]string{{n.Name, ids(n.ID)}}
}

func resolutionNames(j *Jira, is *Issue) [][]string { return namedNames(j.resolutions[is.Resolution]) }

func priorityNames(j *Jira, is *Issue) [][]string { return namedNames(j.priorities[is.Priority]) }

func typeNames(j *Jira, is *Issue) [][]string {
	t := j.types[is.TypeID]
	fn := "standardissuetypes()"
	if t.Subtask {
		fn = "subtaskissuetypes()"
	}
	return [][]string{{t.Name, ids(t.ID), fn}}
}

func parentNames(j *Jira, is *Issue) [][]string {
	p := j.issues[is.ParentID]
	if p == nil {
		return nil
	}
	return [][]string{{p.Key, ids(p.ID)}}
}

func sprintNames(j *Jira, is *Issue) [][]string {
	var out [][]string
	for _, id := range j.sprintsOf(is) {
		if s := j.sprints[id]; s != nil {
			fn := map[string]string{SprintActive: "opensprints()", SprintFuture: "futuresprints()", SprintClosed: "closedsprints()"}[s.State]
			out = append(out, []string{ids(id), s.Name, fn})
		}
	}
	return out
}

func watcherNames(j *Jira, is *Issue) [][]string {
	var out [][]string
	for _, w := range is.Watchers {
		out = append(out, j.userNames(w)...)
	}
	return out
}

func (j *Jira) userNames(id string) [][]string {
	u := j.users[id]
	if u == nil {
		return nil
	}
	return [][]string{{u.ID, u.Email, u.Name, u.DisplayName}}
}

// compare evaluates one comparison. Labels and names match without regard to
// case, as Jira's index folds them.
func (j *Jira) compare(c *clause, op string, is *Issue, u *User) (bool, *Error) {
	f := j.jql[c.field]
	switch {
	case f.date:
		return j.compareDate(c, op, is)
	case f.text != nil:
		return compareText(c, op, f.text(is))
	case f.names == nil:
		return false, nil
	}
	got := f.names(j, is)
	if op == "is" || op == "is not" {
		return (len(got) == 0) == (op == "is"), nil
	}
	if op != "=" && op != "!=" && op != "in" && op != "not in" {
		return false, errOperator(op, c.field)
	}
	hit, empty := false, false
	for _, v := range c.values {
		switch {
		case v.fn == "empty" || c.field == "resolution" && strings.EqualFold(v.text, "unresolved"):
			empty = true
			hit = hit || len(got) == 0
		case j.hasValue(got, v, u):
			hit = true
		}
	}
	if op == "=" || op == "in" {
		return hit, nil
	}
	return !hit && (len(got) > 0 || empty), nil
}

func (j *Jira) hasValue(got [][]string, v value, u *User) bool {
	want := v.text
	if v.fn == "currentuser" {
		want = who(u)
	} else if v.fn != "" {
		want = v.fn + "()"
	}
	return want != "" && slices.ContainsFunc(got, func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, want) })
	})
}

func errOperator(op, field string) *Error {
	return refuse(400, "The operator '%s' is not supported by the '%s' field.", op, field)
}

// compareText: every word must be there; * at the end of a word is a prefix match.
func compareText(c *clause, op, text string) (bool, *Error) {
	if op == "is" || op == "is not" {
		return (text == "") == (op == "is"), nil
	}
	if op != "~" && op != "!~" {
		return false, errOperator(op, c.field)
	}
	words := strings.FieldsFunc(strings.ToLower(text), notWord)
	for _, want := range strings.FieldsFunc(strings.ToLower(c.values[0].text), func(r rune) bool { return r != '*' && notWord(r) }) {
		prefix, star := strings.CutSuffix(want, "*")
		if !slices.ContainsFunc(words, func(w string) bool { return w == want || star && strings.HasPrefix(w, prefix) }) {
			return op == "!~", nil
		}
	}
	return op == "~", nil
}

func notWord(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
}
