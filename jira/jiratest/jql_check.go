package jiratest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// walk visits every comparison.
func (c *clause) walk(f func(*clause) *Error) *Error {
	if c == nil {
		return nil
	}
	if c.kind == "is" {
		return f(c)
	}
	for _, k := range c.kids {
		if err := k.walk(f); err != nil {
			return err
		}
	}
	return nil
}

// checkJQL refuses fields and values that do not exist, or that the caller may
// not see, before anything is searched. Status 200 in the error means that the
// site answers with nothing instead, as it does for anonymous callers.
func (j *Jira) checkJQL(u *User, q query) *Error {
	quiet := u == nil || j.knobs.UnknownFieldEmpty
	unknown := func(e *Error) *Error {
		if quiet {
			e.Status = http.StatusOK
		}
		return e
	}
	err := q.where.walk(func(c *clause) *Error {
		if _, there := j.jql[c.field]; !there {
			return unknown(refuse(http.StatusBadRequest, "Field '%s' does not exist or you do not have permission to view it.", c.field))
		}
		for _, v := range c.values {
			if !j.valueExists(u, c.field, v) {
				return unknown(errNoValue(c.field, v))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, o := range q.order {
		if _, there := j.jql[o.field]; !there && o.field != "rank" && o.field != "duedate" && o.field != "due" {
			return unknown(refuse(http.StatusBadRequest, "Field '%s' does not exist or you do not have permission to view it.", o.field))
		}
	}
	return nil
}

func errNoValue(field string, v value) *Error {
	if v.fn != "" {
		return refuse(http.StatusBadRequest, "Unable to find JQL function '%s(%s)'.", v.fn, strings.Join(v.args, ", "))
	}
	if field == "key" || field == "issue" || field == "issuekey" || field == "id" {
		return refuse(http.StatusBadRequest, "An issue with key '%s' does not exist for field '%s'.", v.text, field)
	}
	return refuse(http.StatusBadRequest, "The value '%s' does not exist for the field '%s'.", v.text, field)
}

func (j *Jira) valueExists(u *User, field string, v value) bool {
	switch v.fn {
	case "":
	case "empty", "currentuser", "opensprints", "futuresprints", "closedsprints", "standardissuetypes", "subtaskissuetypes", "now", "startofday", "endofday", "currentlogin":
		return true
	default:
		return false
	}
	is := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, v.text) })
	}
	switch field {
	case "project":
		p := j.projectByKey(v.text)
		if p == nil {
			p = firstOf(sorted(j.projects), func(p *Project) bool { return is(p.Name) })
		}
		return p != nil && j.can(u, p, BrowseProjects)
	case "status":
		return firstOf(sorted(j.statuses), func(s *Status) bool { return is(s.Name, ids(s.ID)) }) != nil
	case "statuscategory":
		return is("new", "indeterminate", "done", "undefined", "To Do", "In Progress", "Done", "1", "2", "3", "4")
	case "issuetype", "type":
		return firstOf(sorted(j.types), func(t *IssueType) bool { return is(t.Name, ids(t.ID)) }) != nil
	case "resolution":
		return is("unresolved") || firstOf(sorted(j.resolutions), func(n *Named) bool { return is(n.Name, ids(n.ID)) }) != nil
	case "priority":
		return firstOf(sorted(j.priorities), func(n *Named) bool { return is(n.Name, ids(n.ID)) }) != nil
	case "sprint":
		return firstOf(sorted(j.sprints), func(s *Sprint) bool { return is(s.Name, ids(s.ID)) }) != nil
	case "key", "issue", "issuekey", "id", "parent":
		found := j.findIssue(v.text)
		return found != nil && j.sees(u, found)
	}
	return true
}

func firstOf[T any](all []*T, f func(*T) bool) *T {
	if i := slices.IndexFunc(all, f); i >= 0 {
		return all[i]
	}
	return nil
}

// projectsIn finds the explicit list of projects that a filter is limited to:
// project clauses at the top or in a chain of ANDs. Anything else is a complex
// filter, which Jira takes to concern every project of the site.
func (j *Jira) projectsIn(c *clause) ([]int64, bool) {
	if c == nil {
		return nil, false
	}
	if c.kind == "and" {
		for _, k := range c.kids {
			if found, ok := j.projectsIn(k); ok {
				return found, true
			}
		}
		return nil, false
	}
	if c.kind != "is" || c.field != "project" || c.op != "=" && c.op != "in" {
		return nil, false
	}
	var out []int64
	for _, v := range c.values {
		for _, p := range sorted(j.projects) {
			if strings.EqualFold(p.Key, v.text) || strings.EqualFold(p.Name, v.text) || v.text == ids(p.ID) {
				out = append(out, p.ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// order sorts hits; without ORDER BY the newest issue comes first.
func (j *Jira) order(hits []*Issue, by []ordering) {
	if len(by) == 0 {
		by = []ordering{{field: "id", desc: true}}
	}
	rank := make(map[int64]int, len(j.rank))
	for i, id := range j.rank {
		rank[id] = i
	}
	slices.SortStableFunc(hits, func(a, b *Issue) int {
		for _, o := range by {
			n := j.compareBy(a, b, o.field, rank)
			if o.desc {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return cmp.Compare(a.ID, b.ID)
	})
}

func (j *Jira) compareBy(a, b *Issue, field string, rank map[int64]int) int {
	switch field {
	case "rank":
		return cmp.Compare(rank[a.ID], rank[b.ID])
	case "created", "createddate":
		return a.Created.Compare(b.Created)
	case "updated", "updateddate":
		return a.Updated.Compare(b.Updated)
	case "resolved", "resolutiondate":
		return a.Resolved.Compare(b.Resolved)
	case "priority":
		return cmp.Compare(b.Priority, a.Priority)
	case "status":
		return cmp.Compare(a.StatusID, b.StatusID)
	case "issuetype", "type":
		return cmp.Compare(a.TypeID, b.TypeID)
	case "project":
		return cmp.Compare(a.ProjectID, b.ProjectID)
	case "summary":
		return strings.Compare(a.Summary, b.Summary)
	case "assignee":
		return strings.Compare(j.display(a.Assignee), j.display(b.Assignee))
	case "key", "issuekey", "issue":
		return cmp.Or(strings.Compare(j.projects[a.ProjectID].Key, j.projects[b.ProjectID].Key), cmp.Compare(keyNumber(a.Key), keyNumber(b.Key)))
	}
	return cmp.Compare(a.ID, b.ID)
}

func keyNumber(key string) int64 {
	n, err := strconv.ParseInt(key[strings.LastIndexByte(key, '-')+1:], 10, 64)
	if err != nil {
		return 0
	}
	return n
}
