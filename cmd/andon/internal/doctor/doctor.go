package doctor

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
	"andon/rules"
	"andon/webhook/queue"
)

// formVersion is the version of the JSON form.
const formVersion = 1

// Patient is what is examined: the site as the settings name it.
type Patient struct {
	// Client talks to Jira; it is used read-only.
	Client *jira.Client
	// Reconciler reads projects with the eyes of a running andon.
	Reconciler *jira.Reconciler
	// URL is the address of Jira's REST, Email the account of basic authentication.
	URL   string
	Email string
	// Hook is how andon's webhook should be.
	Hook hook.Want
	// OwnerRole, MasterRole and StakeholderRole are names of project roles.
	OwnerRole, MasterRole, StakeholderRole string
	// Projects are the only projects to look after; none means all.
	Projects []string
	// TaskFields are the fields that every new task gets.
	TaskFields map[string]json.RawMessage
	Freeze     rules.FreezeMode
	// Redis asks the Redis of the settings; nil where there is none.
	Redis func(ctx context.Context) (queue.Inspection, error)
	// Certificate gives the certificate that Jira's host shows; nil where TLS is not used.
	Certificate func(ctx context.Context) (*x509.Certificate, error)
	Now         func() time.Time
	// Only is the key of the one project to look at; empty for all.
	Only string
	// Most bounds how many projects are looked at.
	Most int
	// Progress is told what is being looked at.
	Progress func(text string)
}

// Examine runs all checks.
func Examine(ctx context.Context, p Patient) Report {
	p.Client = p.Client.ReadOnly()
	r := Report{Version: formVersion, Site: p.URL}
	p.Progress("looking at Jira")
	site, _, signedIn := p.site(ctx, &r)
	if signedIn {
		p.Progress("looking at the webhook")
		r.Checks = append(r.Checks, p.webhook(ctx, site)...)
	}
	r.Checks = append(r.Checks, p.redis(ctx)...)
	if signedIn {
		p.projects(ctx, &r)
	}
	return r
}

// redis checks the queue's server.
func (p Patient) redis(ctx context.Context) []Check {
	g := &group{name: "Redis"}
	if p.Redis == nil {
		g.ok("server", "none is set: the queue is kept in memory, for a single replica")
		return g.out
	}
	in, err := p.Redis(ctx)
	if err != nil {
		g.fail("server", "start it, or correct ANDON_REDIS_URL; while it is away webhooks are answered with 503, and only the sweep finds work", "it does not answer: %v", err)
		return g.out
	}
	g.ok("server", "version %s answers", orElse(in.Version, "unknown"))
	const keep = "set maxmemory-policy to noeviction, and give it enough memory: a queue that loses keys costs time, up to one sweep"
	switch {
	case in.Policy == "":
		g.unknown("memory policy", keep, "it does not tell what it throws away when its memory is full")
	case in.Policy != "noeviction" && in.Limited:
		g.warn("memory policy", keep, "%s: when its memory is full it throws keys away", in.Policy)
	default:
		g.ok("memory policy", "%s", in.Policy)
	}
	return g.out
}

// projects looks at each project that andon would look after.
func (p Patient) projects(ctx context.Context, r *Report) {
	keys, checks := p.keys(ctx)
	r.Checks = append(r.Checks, checks...)
	for i, key := range keys {
		p.Progress(fmt.Sprintf("looking at project %s (%d of %d)", key, i+1, len(keys)))
		r.Checks = append(r.Checks, p.project(ctx, key)...)
	}
}

// keys are the keys of the projects to look at, in order.
func (p Patient) keys(ctx context.Context) ([]string, []Check) {
	g := &group{name: "Projects"}
	if p.Only != "" {
		if len(p.Projects) > 0 && !slices.ContainsFunc(p.Projects, func(k string) bool { return strings.EqualFold(k, p.Only) }) {
			g.warn("which", "add it to ANDON_PROJECTS, or leave that empty", "ANDON_PROJECTS leaves %s out, so andon does not look after it", p.Only)
		}
		return []string{p.Only}, g.out
	}
	keys := slices.Clone(p.Projects)
	if len(keys) == 0 {
		all, err := p.Client.Projects(ctx)
		if err != nil {
			g.fail("which", mendOf(err), "the projects cannot be listed: %s", words(err))
			return nil, g.out
		}
		for _, one := range all {
			keys = append(keys, one.Key)
		}
	}
	slices.Sort(keys)
	switch {
	case len(keys) == 0:
		g.fail("which", "give andon's account Browse Projects in the projects that it shall look after", "andon's account sees no project at all")
	case len(keys) > p.Most:
		g.warn("which", "look at single ones with --project KEY, or at more with --most N", "only the first %d of %d projects were looked at", p.Most, len(keys))
		keys = keys[:p.Most]
	default:
		g.ok("which", "%s", clip(strings.Join(keys, ", "), 200))
	}
	return keys, g.out
}

// orElse is the first text that is not empty.
func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// clip shortens a text for one line of a table.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// printable takes control characters out: names come from people.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return ' '
	}
	return r
}
