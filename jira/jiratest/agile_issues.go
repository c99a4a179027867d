package jiratest

import (
	"slices"
	"strings"
)

// picker chooses the issues of a list. It returns a test, since the lists of
// Cloud's software/1.0 run it over the search index instead of the issues.
type picker func(c *call) (func(*Issue) bool, *Error)

func (j *Jira) pickSprint(c *call) (func(*Issue) bool, *Error) {
	s, err := j.visibleSprint(c)
	if err != nil {
		return nil, err
	}
	return func(is *Issue) bool { return slices.Contains(j.sprintsOf(is), s.ID) }, nil
}

func (j *Jira) pickBoard(c *call) (func(*Issue) bool, *Error) {
	b, err := j.visibleBoard(c)
	if err != nil {
		return nil, err
	}
	return func(is *Issue) bool { return j.inFilter(b, is) }, nil
}

func (j *Jira) pickBoardSprint(c *call) (func(*Issue) bool, *Error) {
	onBoard, err := j.pickBoard(c)
	if err != nil {
		return nil, err
	}
	inSprint, err := j.pickSprint(c)
	if err != nil {
		return nil, err
	}
	return func(is *Issue) bool { return inSprint(is) && onBoard(is) }, nil
}

// pickBacklog: the backlog holds incomplete issues that are in no future or
// active sprint (Agile REST, "Get issues for backlog").
func (j *Jira) pickBacklog(c *call) (func(*Issue) bool, *Error) {
	onBoard, err := j.pickBoard(c)
	if err != nil {
		return nil, err
	}
	return func(is *Issue) bool { return onBoard(is) && !j.complete(is) && j.openSprint(is) == nil }, nil
}

// openSprint is the future or active sprint that holds an issue.
func (j *Jira) openSprint(is *Issue) *Sprint {
	for _, id := range j.sprintsOf(is) {
		if s := j.sprints[id]; s != nil && s.State != SprintClosed {
			return s
		}
	}
	return nil
}

func (j *Jira) sprintIssues(c *call) reply      { return j.agileList(c, j.pickSprint) }
func (j *Jira) boardIssues(c *call) reply       { return j.agileList(c, j.pickBoard) }
func (j *Jira) boardBacklog(c *call) reply      { return j.agileList(c, j.pickBacklog) }
func (j *Jira) boardSprintIssues(c *call) reply { return j.agileList(c, j.pickBoardSprint) }

// agileList is one of the old issue lists, which Cloud has announced to remove.
func (j *Jira) agileList(c *call, pick picker) reply {
	if j.cloud() && j.knobs.AgileListsGone {
		return failed(refuse(j.knobs.AgileListsGoneStatus, "The requested API has been removed. Please migrate to the corresponding /rest/software/1.0 API."))
	}
	found, err := j.listed(c, pick, j.ranked())
	if err != nil {
		return failed(err)
	}
	start, size := max(c.num("startAt", 0), 0), c.num("maxResults", 50)
	size = min(max(size, 0), j.knobs.SearchMax)
	shown := []any{}
	for i := start; i < len(found) && i < start+size; i++ {
		shown = append(shown, j.agileIssueJSON(found[i], c))
	}
	return ok(obj{"expand": "schema,names", "startAt": start, "maxResults": size, "total": len(found), "issues": shown})
}

// listed filters by the picker, the jql parameter and what the caller may see.
func (j *Jira) listed(c *call, pick picker, from []*Issue) ([]*Issue, *Error) {
	in, err := pick(c)
	if err != nil {
		return nil, err
	}
	jql := c.query.Get("jql")
	var found []*Issue
	for _, is := range from {
		if !in(is) || !j.sees(c.user, is) {
			continue
		}
		if jql != "" {
			match, err := j.matchJQL(jql, is, c.user)
			if err != nil {
				return nil, err
			}
			if !match {
				continue
			}
		}
		found = append(found, is)
	}
	return found, nil
}

func (j *Jira) agileIssue(c *call) reply {
	is := j.findIssue(c.path("issue"))
	if is == nil || !j.sees(c.user, is) {
		return failed(errIssueMissing())
	}
	o := j.agileIssueJSON(is, c)
	j.expandIssue(o, is, listParam(c, "expand"), nil)
	return ok(o)
}

// agileIssueJSON is an issue with its sprints as Agile REST shows them: one
// open one, and the closed ones apart.
func (j *Jira) agileIssueJSON(is *Issue, c *call) obj {
	keep := agileFields(listParam(c, "fields"))
	o := j.issueJSON(is, c.viewer(), keep)
	o["self"] = j.issueSelf(is, true)
	fields, isObj := o["fields"].(obj)
	if !isObj {
		return o
	}
	if keep("sprint") {
		fields["sprint"] = nil
		if s := j.openSprint(is); s != nil {
			fields["sprint"] = j.sprintJSON(s)
		}
	}
	if closed := j.closedSprints(is); len(closed) > 0 && keep("closedSprints") {
		fields["closedSprints"] = closed
	}
	if keep("flagged") {
		fields["flagged"] = false
	}
	return o
}

func (j *Jira) closedSprints(is *Issue) []obj {
	var out []obj
	for _, id := range j.sprintsOf(is) {
		if s := j.sprints[id]; s != nil && s.State == SprintClosed {
			out = append(out, j.sprintJSON(s))
		}
	}
	return out
}

// agileFields reads a fields parameter: names, "-name" leaves one out, "*all"
// and "*navigable" are everything, which is also the default.
func agileFields(want []string) func(string) bool {
	only, without, all := map[string]bool{}, map[string]bool{}, true
	for _, f := range want {
		if name, minus := strings.CutPrefix(f, "-"); minus {
			without[name] = true
		} else if !strings.HasPrefix(f, "*") {
			only[f], all = true, false
		}
	}
	if slices.Contains(want, "*all") || slices.Contains(want, "*navigable") {
		all = true
	}
	return func(f string) bool { return !without[f] && (all || only[f]) }
}
