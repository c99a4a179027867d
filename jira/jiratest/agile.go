package jiratest

import (
	"net/http"
	"strconv"
	"strings"
)

const agile = "/rest/agile/1.0"

// agileState is what boards, webhooks, faults and limits keep beside the store.
type agileState struct {
	filters map[int64]string // JQL of filters that no board has
	hooks   hookState
	faults  faultState
	limits  limitState
}

func (j *Jira) initAgile() {
	j.filters = map[int64]string{}
	j.hooks = newHookState()
	j.limits = newLimitState()
}

// agileRoutes are Agile REST 1.0, on Cloud also software/1.0.
func (j *Jira) agileRoutes() []route {
	rs := []route{
		{"GET " + agile + "/board", j.listBoards},
		{"POST " + agile + "/board", j.createBoard},
		{"GET " + agile + "/board/{board}", j.getBoard},
		{"DELETE " + agile + "/board/{board}", j.deleteBoard},
		{"GET " + agile + "/board/filter/{what}", j.boardsByFilter},
		{"GET " + agile + "/board/{board}/configuration", j.boardConfiguration},
		{"GET " + agile + "/board/{board}/project", j.boardProjects},
		{"GET " + agile + "/board/{board}/sprint", j.boardSprints},
		{"GET " + agile + "/board/{board}/issue", j.boardIssues},
		{"GET " + agile + "/board/{board}/backlog", j.boardBacklog},
		{"GET " + agile + "/board/{board}/sprint/{sprint}/issue", j.boardSprintIssues},
		{"POST " + agile + "/sprint", j.createSprint},
		{"GET " + agile + "/sprint/{sprint}", j.getSprint},
		{"POST " + agile + "/sprint/{sprint}", j.patchSprint},
		{"PUT " + agile + "/sprint/{sprint}", j.putSprint},
		{"DELETE " + agile + "/sprint/{sprint}", j.deleteSprint},
		{"GET " + agile + "/sprint/{sprint}/issue", j.sprintIssues},
		{"POST " + agile + "/sprint/{sprint}/issue", j.moveToSprint},
		{"POST " + agile + "/sprint/{sprint}/swap", j.swapSprint},
		{"POST " + agile + "/backlog/issue", j.moveToBacklog},
		{"GET " + agile + "/issue/{issue}", j.agileIssue},
		{"PUT " + agile + "/issue/rank", j.rankIssues},
	}
	rs = append(rs, j.propertyRoutes(agile+"/board/{board}", j.boardPropertyStore)...)
	rs = append(rs, j.propertyRoutes(agile+"/sprint/{sprint}", j.sprintPropertyStore)...)
	if j.cloud() {
		rs = append(rs, j.cloudAgileRoutes()...)
	}
	for i, r := range rs {
		rs[i].handle = j.licensed(r.handle)
	}
	return rs
}

func (j *Jira) cloudAgileRoutes() []route {
	const software = "/rest/software/1.0"
	rs := []route{
		{"GET " + agile + "/board/{board}/features", j.boardFeatures},
		{"POST " + agile + "/backlog/{board}/issue", j.moveToBoardBacklog},
	}
	for path, pick := range map[string]picker{
		"/sprint/{sprint}/issue":               j.pickSprint,
		"/board/{board}/sprint/{sprint}/issue": j.pickBoardSprint,
		"/board/{board}/issue":                 j.pickBoard,
		"/board/{board}/backlog":               j.pickBacklog,
	} {
		rs = append(rs, route{"GET " + software + path, func(c *call) reply { return j.softwareList(c, pick) }},
			route{"GET " + software + path + "/approximate-count", func(c *call) reply { return j.softwareCount(c, pick) }})
	}
	return rs
}

// licensed puts the licence and the login in front of a handler.
func (j *Jira) licensed(h handler) handler {
	return func(c *call) reply {
		switch j.knobs.Licence {
		case Unlicensed:
			return failed(refuse(http.StatusForbidden, "You do not have a valid license for Jira Software."))
		case LoginPage:
			return htmlReply(http.StatusOK, "Log in")
		case AgileMissing:
			return noResource(c)
		case Licensed:
		}
		if c.user == nil && j.knobs.AgileAnonymous401 {
			return failed(errUnauthorized(j.opt.Flavour))
		}
		return h(c)
	}
}

// noResource is the answer for a path at which there is nothing.
func noResource(c *call) reply {
	return reply{status: http.StatusNotFound, body: obj{"message": "null for uri: " + c.req.URL.Path, "status-code": 404}}
}

// htmlReply is a page as proxies, login and error screens give it.
func htmlReply(status int, title string) reply {
	page := "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>"
	return reply{status: status, body: []byte(page), header: http.Header{"Content-Type": {"text/html;charset=UTF-8"}}}
}

// page cuts a list as Agile REST does: at most limit entries whatever is asked.
func page[T any](c *call, all []T, limit int, show func(T) any) obj {
	start, size := max(c.num("startAt", 0), 0), c.num("maxResults", limit)
	if size <= 0 || size > limit {
		size = limit
	}
	values := []any{}
	for i := start; i < len(all) && i < start+size; i++ {
		values = append(values, show(all[i]))
	}
	return obj{"maxResults": size, "startAt": start, "total": len(all), "isLast": start+size >= len(all), "values": values}
}

// listParam reads a parameter that may be repeated and may hold commas.
func listParam(c *call, name string) []string {
	var out []string
	for _, v := range c.query[name] {
		for _, s := range strings.Split(v, ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// number reads an id from a path; what is no number finds nothing.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return -1
	}
	return n
}
