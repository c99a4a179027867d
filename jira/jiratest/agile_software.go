package jiratest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// softwareList is one of Cloud's newer lists: pages by token, no total, and as
// late as the search index. reconcileIssues brings single issues up to date.
func (j *Jira) softwareList(c *call, pick picker) reply {
	found, err := j.listed(c, pick, j.lagging(c))
	if err != nil {
		return failed(err)
	}
	start, err := listToken(c.query.Get("nextPageToken"))
	if err != nil {
		return failed(err)
	}
	size := c.num("maxResults", 50)
	if size <= 0 || size > 5000 {
		size = 5000
	}
	if len(listParam(c, "fields")) > 0 && !slices.Equal(listParam(c, "fields"), []string{"id"}) {
		size = min(size, j.knobs.SearchMax)
	}
	shown := []any{}
	for i := start; i < len(found) && i < start+size; i++ {
		shown = append(shown, j.agileIssueJSON(found[i], c))
	}
	o := obj{"issues": shown, "isLast": start+size >= len(found)}
	if start+size < len(found) {
		o["nextPageToken"] = "sw" + strconv.Itoa(start+size)
	}
	return ok(o)
}

func listToken(s string) (int, *Error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(s, "sw"))
	if err != nil || n < 0 || !strings.HasPrefix(s, "sw") {
		return 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or expired.")
	}
	return n, nil
}

func (j *Jira) softwareCount(c *call, pick picker) reply {
	found, err := j.listed(c, pick, j.lagging(c))
	if err != nil {
		return failed(err)
	}
	return ok(obj{"count": len(found)})
}

// lagging are the issues as the index knows them, in rank order.
func (j *Jira) lagging(c *call) []*Issue {
	docs := j.indexed()
	fresh := listParam(c, "reconcileIssues")
	var out []*Issue
	for _, id := range j.rank {
		is := docs[id]
		if slices.Contains(fresh, ids(id)) {
			is = j.issues[id]
		}
		if is != nil {
			out = append(out, is)
		}
	}
	return out
}
