// Package hook knows how andon's webhook at Jira should be, and what is wrong with one
// that is registered. What it says never holds a secret.
package hook

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"andon/jira"
)

// Path is where andon takes webhooks; a path token follows it after a slash.
const Path = "/webhooks/jira"

// Name is the name of andon's registration.
const Name = "andon"

// Events are the events that andon wants to hear of.
func Events() []string {
	return []string{"jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issue_property_set", "issue_property_deleted",
		"sprint_created", "sprint_updated", "sprint_started", "sprint_closed", "sprint_deleted",
		"board_created", "board_updated", "board_deleted", "board_configuration_changed"}
}

// Want is how the webhook should be.
type Want struct {
	// Public is andon's address as Jira sees it, empty where it is not set.
	Public string
	// Token is the unguessable end of the address, Secret what Jira signs with. Either may
	// be empty.
	Token  string
	Secret string
}

// Signs says whether Jira signs what it sends: only Cloud can be told so by REST.
func (w Want) Signs(f jira.Flavour) bool { return f == jira.Cloud && w.Secret != "" }

// ByRest says whether a webhook that andon believes can be registered by REST.
func (w Want) ByRest(f jira.Flavour) bool { return w.Public != "" && (w.Signs(f) || w.Token != "") }

// URL is the address to register.
func (w Want) URL(f jira.Flavour) string {
	base := strings.TrimRight(w.Public, "/") + Path
	if w.Signs(f) || w.Token == "" {
		return base
	}
	return base + "/" + w.Token
}

// Mask is an address that may be shown: whatever stands where a path token does is hidden.
func Mask(address string) string {
	before, after, found := strings.Cut(address, Path+"/")
	if !found || after == "" {
		before, _, _ = strings.Cut(address, "?")
		return before
	}
	return before + Path + "/***"
}

// Ours says whether a registration leads to an andon, wherever that is.
func Ours(h jira.Webhook) bool {
	u, err := url.Parse(h.URL)
	if err != nil {
		return false
	}
	before, after, found := strings.Cut(u.Path, Path)
	return found && !strings.Contains(before, Path) && (after == "" || strings.HasPrefix(after, "/"))
}

// Mine are the registrations that lead to this andon, the best first: those at the public
// address, or any andon's where none is set.
func (w Want) Mine(hooks []jira.Webhook, f jira.Flavour) []jira.Webhook {
	var out []jira.Webhook
	for _, h := range hooks {
		if Ours(h) && (w.Public == "" || strings.HasPrefix(h.URL, strings.TrimRight(w.Public, "/")+Path)) {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b jira.Webhook) int { return len(w.Faults(a, f)) - len(w.Faults(b, f)) })
	return out
}

// Others are the registrations that lead to another andon.
func (w Want) Others(hooks []jira.Webhook, f jira.Flavour) []jira.Webhook {
	mine := w.Mine(hooks, f)
	return slices.DeleteFunc(slices.Clone(hooks), func(h jira.Webhook) bool {
		return !Ours(h) || slices.ContainsFunc(mine, func(m jira.Webhook) bool { return m.ID == h.ID })
	})
}

// Fault is something wrong with a registration.
type Fault struct {
	// Name is what it is about: address, enabled, filter, body, events or signature.
	Name string
	// Seen is what was found, Mend how to put it right on the administration page.
	Seen string
	Mend string
}

// Faults are what is wrong with a registration.
func (w Want) Faults(h jira.Webhook, f jira.Flavour) []Fault {
	var out []Fault
	add := func(name, seen, mend string) { out = append(out, Fault{name, seen, mend}) }
	if w.Public != "" && h.URL != w.URL(f) && !w.alsoGood(h, f) {
		add("address", "it leads to "+Mask(h.URL)+", which is not "+Mask(w.URL(f))+" with the token of the settings", "set the address, or let andon install do it")
	}
	if !h.Enabled {
		add("enabled", "it is disabled", "enable it, or let andon install do it")
	}
	if h.JQL != "" && !ByProject(h) {
		add("filter", "a JQL filter leaves events out", "empty the JQL field, or let andon install do it: a filter on labels loses the removal of a label and everything about tasks")
	}
	if h.ExcludeBody {
		add("body", "the body is left out, so nobody can tell which project an event is about", "untick \"Exclude body\", or let andon install do it")
	}
	if missing := missingEvents(h); len(missing) > 0 {
		add("events", "these events are missing: "+strings.Join(missing, ", "), "tick them, or let andon install do it")
	}
	if seen := w.unsigned(h, f); seen != "" {
		add("signature", seen, "set the secret of ANDON_WEBHOOK_SECRET, or let andon install do it")
	}
	return out
}

// alsoGood says whether another address than the one that would be registered is taken by
// this andon too: with the path token, or on Data Center without it where a secret was set
// on the administration page.
func (w Want) alsoGood(h jira.Webhook, f jira.Flavour) bool {
	base := strings.TrimRight(w.Public, "/") + Path
	return w.Token != "" && h.URL == base+"/"+w.Token || f != jira.Cloud && w.Secret != "" && h.URL == base
}

// ByToken says whether the address itself proves the sender.
func (w Want) ByToken(h jira.Webhook) bool {
	return w.Token != "" && strings.HasSuffix(h.URL, Path+"/"+w.Token)
}

// unsigned says why andon would not believe what comes, or nothing. Data Center's REST does
// not tell whether there is a secret.
func (w Want) unsigned(h jira.Webhook, f jira.Flavour) string {
	switch {
	case w.ByToken(h) || f != jira.Cloud && w.Secret != "":
		return ""
	case f != jira.Cloud:
		return "its address does not end in the path token, so andon refuses what comes"
	case !h.Signed:
		return "it is not signed, so andon refuses what comes"
	case w.Secret == "":
		return "it is signed, but ANDON_WEBHOOK_SECRET is not set"
	}
	return ""
}

// byProject is a filter that names projects and nothing else.
var byProject = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*project\s*(=\s*[\w"']+|in\s*\([\w"',\s]+\))\s*$`)
})

// ByProject says whether a registration filters by project alone. Such a filter loses
// nothing of these projects.
func ByProject(h jira.Webhook) bool { return byProject().MatchString(h.JQL) }

// missingEvents are the events that a registration lacks.
func missingEvents(h jira.Webhook) []string {
	return slices.DeleteFunc(Events(), func(e string) bool { return slices.Contains(h.Events, e) })
}
