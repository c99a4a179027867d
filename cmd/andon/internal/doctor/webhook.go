package doctor

import (
	"context"
	"net/url"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
)

// registerMend is what to do where there is no webhook.
const registerMend = "register it: andon install, or by hand in Jira's administration, System, WebHooks"

// webhook checks whether Jira tells andon what happens, and whether andon believes it.
func (p Patient) webhook(ctx context.Context, info jira.ServerInfo) []Check {
	g := &group{name: "Webhook"}
	p.public(g)
	hooks, err := p.Client.Webhooks(ctx)
	switch {
	case jira.IsForbidden(err) || jira.IsUnauthorized(err) || jira.IsNotFound(err):
		g.unknown("registered", "have a Jira administrator look at System, WebHooks: enabled, no JQL, body included, signed, all events of issues, sprints and boards",
			"andon's account may not look at webhooks (%s)", words(err))
		return g.out
	case err != nil:
		g.fail("registered", mendOf(err), "the webhooks cannot be listed: %s", words(err))
		return g.out
	}
	mine, others := p.Hook.Mine(hooks, info.Flavour), p.Hook.Others(hooks, info.Flavour)
	switch {
	case len(mine) == 0 && len(others) > 0:
		g.fail("registered", registerMend, "none leads to ANDON_PUBLIC_URL; one leads to %s", clip(hook.Mask(others[0].URL), 120))
		return g.out
	case len(mine) == 0:
		g.fail("registered", registerMend, "there is none for andon; without one it hears of nothing before its next sweep")
		return g.out
	case len(mine) > 1:
		g.warn("registered", "keep one; andon install removes the others", "%d registrations lead to andon; each event comes as often", len(mine))
	default:
		g.ok("registered", "it leads to %s", clip(hook.Mask(mine[0].URL), 120))
	}
	p.registration(g, mine[0], info.Flavour)
	return g.out
}

// public checks the address of andon itself.
func (p Patient) public(g *group) {
	const name, mend = "ANDON_PUBLIC_URL", "set it to andon's address as Jira sees it, such as https://andon.example.com"
	u, err := url.Parse(p.Hook.Public)
	switch {
	case p.Hook.Public == "":
		g.unknown(name, mend, "it is not set, so the webhook's address cannot be compared")
	case err == nil && u.Scheme != "https":
		g.warn(name, "put andon behind https: Jira Cloud sends nowhere else, and what comes over http can be read on the way", "%s is not https", clip(p.Hook.Public, 120))
	default:
		g.ok(name, "%s", clip(p.Hook.Public, 120))
	}
}

// registration checks one registration.
func (p Patient) registration(g *group, h jira.Webhook, f jira.Flavour) {
	faults := map[string]hook.Fault{}
	for _, one := range p.Hook.Faults(h, f) {
		faults[one.Name] = one
	}
	for _, c := range []struct{ name, good string }{
		{"address", "as it should be"}, {"enabled", "yes"}, {"filter", "none"}, {"body", "included"}, {"events", "all that andon wants"}, {"signature", "Jira signs"},
	} {
		one, bad := faults[c.name]
		switch {
		case bad:
			g.fail(c.name, one.Mend, "%s", clip(one.Seen, 300))
		case c.name == "filter" && h.JQL != "":
			g.warn(c.name, "empty the JQL field, unless these are all projects that andon shall look after", "only issues of some projects: %s", clip(h.JQL, 120))
		case c.name == "address" && p.Hook.Public == "": // nothing to compare with; said above
		case c.name == "signature" && p.Hook.ByToken(h):
			g.ok(c.name, "none is needed: the address ends in the path token")
		case c.name == "signature" && f != jira.Cloud:
			g.unknown(c.name, "look on the administration page whether the secret of ANDON_WEBHOOK_SECRET is set; deliveries that andon refuses show in its log", "Data Center's REST does not tell whether there is a secret")
		default:
			g.ok(c.name, "%s", c.good)
		}
	}
}
