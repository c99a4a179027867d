package doctor

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"andon/jira"
	"andon/rules"
)

const (
	// certificateSoon is how long before its end a certificate is worth a word.
	certificateSoon = 21 * 24 * time.Hour
	// skewWorthAWord and skewTooMuch are differences between Jira's clock and ours.
	skewWorthAWord = 30 * time.Second
	skewTooMuch    = 5 * time.Minute
)

// site looks at Jira itself. It says whether we could sign in; without that nothing else
// can be looked at.
func (p Patient) site(ctx context.Context, r *Report) (jira.ServerInfo, jira.User, bool) {
	g := &group{name: "Jira"}
	defer func() { r.Checks = append(r.Checks, g.out...) }()
	began := p.Now()
	info, err := p.Client.Server(ctx)
	took := p.Now().Sub(began)
	if jira.IsUnauthorized(err) { // Data Center refuses a bad login everywhere
		g.ok("reachable", "%s answers", p.URL)
		p.certificate(ctx, g)
		g.fail("sign in", p.tokenMend(info), "Jira does not take the token: %s", words(err))
		return info, jira.User{}, false
	}
	if err != nil {
		g.fail("reachable", mendOf(err), "%s: %s", p.URL, words(err))
		return info, jira.User{}, false
	}
	g.ok("reachable", "%s answers", p.URL)
	p.certificate(ctx, g)
	g.ok("product", "%s", product(info))
	me, err := p.Client.Myself(ctx)
	if err != nil {
		g.fail("sign in", p.tokenMend(info), "Jira does not take the token: %s", words(err))
		return info, me, false
	}
	p.account(g, me)
	if info.Flavour == jira.Cloud {
		g.unknown("token's end", "note the day in your calendar; a token lives for a year at most, and /readyz fails when it has ended", "cannot be known: Jira Cloud tells nobody when an API token ends")
	} else {
		g.unknown("token's end", "look at Profile, Personal Access Tokens of andon's account; /readyz fails when it has ended", "cannot be known by REST that every version has")
	}
	p.clock(g, skewOf(info, began.Add(took/2)))
	p.administers(ctx, g)
	return info, me, true
}

// product names what answers.
func product(info jira.ServerInfo) string {
	name := "Jira Data Center"
	if info.Flavour == jira.Cloud {
		name = "Jira Cloud"
	}
	return name + " " + clip(orElse(info.Version, "of unknown version"), 40)
}

// account says who we are.
func (p Patient) account(g *group, me jira.User) {
	const mend = "let an administrator activate the account"
	if !me.Active {
		g.warn("sign in", mend, "we are %s, and that account is not active", clip(me.DisplayName, 60))
		return
	}
	g.ok("sign in", "we are %s (%s)", clip(me.DisplayName, 60), me.ID())
}

// tokenMend says what to do about a token that is not taken: on Cloud, each kind of token
// works on one kind of address alone.
func (p Patient) tokenMend(info jira.ServerInfo) string {
	u, err := url.Parse(p.URL)
	switch {
	case err == nil && u.Hostname() == "api.atlassian.com":
		return "it may have ended. A token without scopes works only at the site's own address, https://SITE.atlassian.net; this address takes only a scoped one, together with its account's e-mail address"
	case info.Flavour == jira.Cloud:
		return "it may have ended, or belong to another account than ANDON_JIRA_EMAIL. A scoped token works only at https://api.atlassian.com/ex/jira/CLOUDID; the id is in " + orElse(info.BaseURL, "https://SITE.atlassian.net") + "/_edge/tenant_info"
	case p.Email != "":
		return "check ANDON_JIRA_EMAIL (the user name on Data Center) and ANDON_JIRA_TOKEN; for a personal access token leave ANDON_JIRA_EMAIL out; after failed logins Jira may want a CAPTCHA in the browser first"
	}
	return "make a new personal access token and set ANDON_JIRA_TOKEN"
}

// certificate looks at when TLS ends.
func (p Patient) certificate(ctx context.Context, g *group) {
	if p.Certificate == nil {
		g.warn("TLS", "use https, unless the way to Jira never leaves this machine or a private network", "none: the token travels in the clear")
		return
	}
	cert, err := p.Certificate(ctx)
	if err != nil {
		g.unknown("TLS", "look at the certificate from a machine that reaches Jira without a proxy", "the certificate could not be looked at: %v", err)
		return
	}
	left := cert.NotAfter.Sub(p.Now())
	until := cert.NotAfter.UTC().Format(time.DateOnly)
	switch {
	case left <= 0:
		g.fail("TLS", "have the certificate renewed", "the certificate ended on %s", until)
	case left < certificateSoon:
		g.warn("TLS", "have the certificate renewed", "the certificate ends on %s, in %d days", until, int(left.Hours()/24))
	default:
		g.ok("TLS", "the certificate is good until %s", until)
	}
}

// skewOf is Jira's clock minus ours. What Jira says itself counts more than the header of
// the answer, which whatever stands in front of Jira may have written.
func skewOf(info jira.ServerInfo, ours time.Time) time.Duration {
	if info.ServerTime.IsZero() {
		return info.Skew.Round(time.Second)
	}
	return info.ServerTime.Sub(ours).Round(time.Second)
}

// clock compares the clocks: labels are old or new by Jira's, the freeze begins by ours.
func (p Patient) clock(g *group, skew time.Duration) {
	const mend = "set this machine's clock by NTP: what is new and what is history is told by comparing both clocks"
	switch {
	case skew.Abs() > skewTooMuch:
		g.fail("clock", mend, "this machine and Jira are %s apart", skew.Abs())
	case skew.Abs() > skewWorthAWord:
		g.warn("clock", mend, "this machine and Jira are %s apart", skew.Abs())
	default:
		g.ok("clock", "this machine and Jira agree")
	}
}

// administers checks the one right that is not a project's.
func (p Patient) administers(ctx context.Context, g *group) {
	const name = "Administer Jira"
	have, err := p.Client.Permissions(ctx, "", "ADMINISTER", "USER_PICKER")
	if err == nil && !have["USER_PICKER"] {
		g.warn("Browse Users and Groups", "give andon's account this global permission, or put single people into the roles",
			"missing: members of a group in a project role are not recognised")
	}
	switch {
	case err != nil:
		g.unknown(name, "look at the global permissions", "Jira does not tell: %s", words(err))
	case have["ADMINISTER"]:
		g.ok(name, "andon's account may")
	case p.Freeze == rules.FreezePermissions:
		g.fail(name, "give andon's account Administer Jira, or set ANDON_FREEZE=react", "ANDON_FREEZE=permissions needs it: without it no permission scheme is exchanged, and the freeze only undoes what happens")
	default:
		g.ok(name, "andon's account may not, and does not need to")
	}
}

// words are what Jira said about a failure, in one line.
func words(err error) string {
	var e *jira.Error
	if errors.As(err, &e) && e.Text() != "" && e.Status != 0 {
		return clip(e.Text(), 160)
	}
	return clip(err.Error(), 200)
}

// mendOf says what to do about a failed call.
func mendOf(err error) string {
	switch jira.KindOf(err) {
	case jira.KindUnreachable:
		if text := err.Error(); strings.Contains(text, "x509") || strings.Contains(text, "certificate") || strings.Contains(text, "tls:") {
			return "the certificate is not trusted here: name the one of its authority in SSL_CERT_FILE"
		}
		return "check ANDON_JIRA_URL, the name server, the firewall and HTTPS_PROXY"
	case jira.KindRedirect:
		return "the address leads elsewhere: write into ANDON_JIRA_URL the one that a browser ends at, with its path"
	case jira.KindMalformed:
		return "something else than Jira's REST answers there, such as a login page: check ANDON_JIRA_URL and its path"
	case jira.KindNotFound:
		return "there is no Jira at this address: check ANDON_JIRA_URL, its path included"
	case jira.KindUnauthorized, jira.KindForbidden:
		return "check ANDON_JIRA_EMAIL, ANDON_JIRA_TOKEN and the account's permissions"
	case jira.KindRateLimited, jira.KindUnavailable:
		return "Jira is overloaded or away: try again later"
	case jira.KindInvalid, jira.KindConflict, jira.KindTooLarge, jira.KindGone, jira.KindReadOnly, jira.KindCancelled, jira.KindTooManyPages:
	}
	return "look at Jira's own log at this moment"
}
