package apispec

import (
	"regexp"
	"strings"
)

// Excuse is a place where the description is known to be wrong or silent.
type Excuse struct {
	Operation  string // a regular expression for the operations that it excuses
	Side       string // "request", "answer", or both when empty
	What       string // a regular expression for what is found
	DataCenter bool   // only where the product is Data Center, which the description does not describe
	Why        string
}

// ruled is an excuse that is ready to be applied.
type ruled struct {
	Excuse
	operation, what *regexp.Regexp
}

func compiled() []ruled {
	var out []ruled
	for _, e := range Excuses() {
		out = append(out, ruled{e, regexp.MustCompile(e.Operation), regexp.MustCompile(e.What)})
	}
	return out
}

func (s *Spec) excuse(x Exchange, f Finding) (Excuse, bool) {
	for _, e := range s.excuses {
		if (!e.DataCenter || x.DataCenter) && (e.Side == "" || e.Side == f.Side) && e.operation.MatchString(f.Operation) && e.what.MatchString(f.What) {
			return e.Excuse, true
		}
	}
	return Excuse{}, false
}

// Excuses are the known errors of the description, and where the mended copy at hand
// departs from Atlassian's own.
func Excuses() []Excuse {
	const answer, request = "answer", "request"
	return []Excuse{
		{
			Side: answer, What: `items/\*: property "toString" is unsupported`,
			Why: "the generator of the description lost the field toString of a change, which every recording has",
		},
		{
			Operation: `^GET /rest/api/2/(my)?permissions$`, Side: answer, What: `^/permissions: property "[A-Z_]+" is unsupported$`,
			Why: "the description makes an empty object of the map from permission to answer; its own example shows the map",
		},
		{
			Operation: `/transitions$`, Side: answer, What: `^/transitions/\*/fields: property "\w+" is unsupported$`,
			Why: "the same, of the map from field to what may be set in it",
		},
		{
			Operation: `/permissionscheme`, Side: answer, What: `/?holder: property "(user|group|projectRole|field|applicationRole)" is unsupported$`,
			Why: "what expand adds to a holder is described in words only",
		},
		{
			Operation: `^GET /rest/agile/1.0/`, Side: answer, What: `^/: property "expand" is unsupported$`,
			Why: "the copy at hand leaves it out; Atlassian's own example of the answer has it",
		},
		{
			Operation: `^GET /rest/agile/1.0/board/{boardId}/configuration$`, Side: answer, What: `^/location: property "(id|key|name|self)" is unsupported$`,
			Why: "Atlassian's own example of the answer has them",
		},
		{
			Side: answer, What: `^status is not supported: 410$`,
			Why: "what Atlassian has taken out answers so: the old search (CHANGE-2046), the old lists of issues of boards and sprints (RFC-127)",
		},
		{
			Operation: `^DELETE .*/remotelink$`, Side: answer, What: `^status is not supported: 415$`,
			Why: "recorded: Cloud wants a Content-Type there even without a body",
		},
		{
			Operation: `^POST .*/remotelink$|^GET .*/createmeta/`, Side: answer, What: `^/: value must be a string$`,
			Why: "the description calls this refusal a string; its own example is a collection of errors as everywhere",
		},
		{
			Operation: `^GET .*/remotelink$`, Side: answer, What: `^/: value must be an object$`,
			Why: "the description gives the schema of one link; its own example is a list",
		},
		{
			Operation: `^POST /rest/api/2/issue/bulk$`, Side: answer, What: `^/errors: value must be an array$|^/: property "errorMessages" is unsupported$`,
			Why: "a body that is no list, or one that is too long, is refused as a whole, with a collection of errors",
		},
		{
			Operation: `/assignee$`, Side: request, What: `^/(accountId|name): Value is not nullable$`,
			Why: "null takes the assignee away, as the operation says in words",
		},
		{
			Operation: `^PUT /rest/agile/1.0/sprint/{sprintId}$`, Side: answer, What: `^/name: Value is not nullable$`,
			Why: "the copy's own schema; a full update makes null of what it does not name, as the operation says in words",
		},
		{
			Operation: `/watchers$`, Side: request, What: `value is required but missing`,
			Why: "without a body the caller becomes a watcher, as the operation says in words",
		},
		{
			Operation: `^GET /rest/agile/`, Side: answer, What: `Content-Type has unexpected value: "text/html`,
			Why: "sites without Jira Software were seen to answer with the page to sign in",
		},
		{
			Operation: `/notify$`, Side: request, What: `^/to/users/\*/name: readOnly property`, DataCenter: true,
			Why: "Data Center knows people by name; Cloud, which is described, no longer does",
		},
		{
			Operation: `^POST /rest/agile/1.0/sprint$`, Side: request, What: `^/: property "state" is unsupported$`,
			Why: "a sprint is created as a future one whatever is asked for, as the operation says in words",
		},
	}
}

// Gap is a resource that the description leaves out.
type Gap struct {
	Path       string // with {} for one part
	DataCenter bool
	Why        string
}

func (g Gap) fits(x Exchange, path string) bool {
	want, got := strings.Split(g.Path, "/"), strings.Split(path, "/")
	if len(want) != len(got) || g.DataCenter && !x.DataCenter {
		return false
	}
	for i := range want {
		if want[i] != "{}" && want[i] != got[i] {
			return false
		}
	}
	return true
}

// Undescribed are the resources that Jira has and the description has not.
func Undescribed() []Gap {
	const prose, copied, dc = "documented in words only", "Atlassian describes it, the copy at hand leaves it out", "Data Center alone has it"
	return []Gap{
		{Path: "/rest/webhooks/1.0/webhook", Why: prose},
		{Path: "/rest/webhooks/1.0/webhook/{}", Why: prose},
		{Path: "/_edge/tenant_info", Why: prose},
		{Path: "/rest/api/2/changelog/bulkfetch", Why: copied},
		{Path: "/rest/api/2/statuscategory", Why: copied},
		{Path: "/rest/api/2/comment/{}/properties", Why: copied},
		{Path: "/rest/api/2/comment/{}/properties/{}", Why: copied},
		{Path: "/rest/software/1.0/sprint/{}/issue/approximate-count", Why: copied},
		{Path: "/rest/software/1.0/board/{}/issue/approximate-count", Why: copied},
		{Path: "/rest/jira-webhook/1.0/webhooks", DataCenter: true, Why: dc},
		{Path: "/rest/jira-webhook/1.0/webhooks/{}", DataCenter: true, Why: dc},
		{Path: "/rest/api/2/permissionscheme/{}/attribute/{}", DataCenter: true, Why: dc},
	}
}
