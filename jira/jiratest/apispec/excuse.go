package apispec

import (
	"regexp"
	"strings"
)

// Excuse is a place where the description is known to be wrong or silent.
type Excuse struct {
	Operation  *regexp.Regexp // of the findings that it excuses
	Side       string         // "request", "answer", or both when empty
	What       *regexp.Regexp
	DataCenter bool // only where the product is Data Center, which the description does not describe
	Why        string
}

func excuse(x Exchange, f Finding) (Excuse, bool) {
	for _, e := range Excuses() {
		if (!e.DataCenter || x.DataCenter) && (e.Side == "" || e.Side == f.Side) && e.Operation.MatchString(f.Operation) && e.What.MatchString(f.What) {
			return e, true
		}
	}
	return Excuse{}, false
}

// Excuses are the known errors of the description.
func Excuses() []Excuse {
	any := regexp.MustCompile("")
	return []Excuse{
		{Operation: any, Side: "answer", What: regexp.MustCompile(`items/\*: property "toString" is unsupported`),
			Why: "the generator of the description lost the field toString of a change, which every recording has"},
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
	return []Gap{
		{Path: "/rest/webhooks/1.0/webhook", Why: "the registration of an administrator's webhooks is documented in prose only"},
		{Path: "/rest/webhooks/1.0/webhook/{}", Why: "as above"},
		{Path: "/rest/jira-webhook/1.0/webhooks", DataCenter: true, Why: "Data Center 10 moved the registration there"},
		{Path: "/rest/jira-webhook/1.0/webhooks/{}", DataCenter: true, Why: "as above"},
		{Path: "/_edge/tenant_info", Why: "the cloud id of a site, known from Atlassian's articles only"},
	}
}
