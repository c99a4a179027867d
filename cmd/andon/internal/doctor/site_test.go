package doctor

import (
	"context"
	"crypto/x509"
	"errors"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/webhook/queue"
)

// today is the day of these tests.
func today() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func TestACertificateIsLookedAt(t *testing.T) {
	until := func(d time.Duration) func(context.Context) (*x509.Certificate, error) {
		return func(context.Context) (*x509.Certificate, error) {
			return &x509.Certificate{NotAfter: today().Add(d)}, nil
		}
	}
	for name, tt := range map[string]struct {
		look func(context.Context) (*x509.Certificate, error)
		want Verdict
		seen string
	}{
		"no TLS":          {nil, Warn, "in the clear"},
		"good for a year": {until(365 * 24 * time.Hour), OK, "2027-03-02"},
		"good for a week": {until(7 * 24 * time.Hour), Warn, "in 7 days"},
		"over":            {until(-time.Hour), Fail, "ended on 2026-03-02"},
		"a proxy is in between": {func(context.Context) (*x509.Certificate, error) {
			return nil, errors.New("there is a proxy in between")
		}, Unknown, "proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			g := &group{name: "Jira"}
			Patient{Certificate: tt.look, Now: today}.certificate(t.Context(), g)
			if len(g.out) != 1 || g.out[0].Verdict != tt.want || !strings.Contains(g.out[0].Seen, tt.seen) {
				t.Errorf("it says %+v", g.out)
			}
		})
	}
}

func TestATokenThatIsNotTakenIsExplained(t *testing.T) {
	for name, tt := range map[string]struct {
		p    Patient
		info jira.ServerInfo
		want string
	}{
		"the gateway wants a scoped token":  {Patient{URL: "https://api.atlassian.com/ex/jira/1234"}, jira.ServerInfo{Flavour: jira.Cloud}, "takes only a scoped one"},
		"the site wants one without scopes": {Patient{URL: "https://x.atlassian.net"}, jira.ServerInfo{Flavour: jira.Cloud, BaseURL: "https://x.atlassian.net"}, "https://x.atlassian.net/_edge/tenant_info"},
		"a password on Data Center":         {Patient{URL: "https://jira.example.com", Email: "andon"}, jira.ServerInfo{}, "CAPTCHA"},
		"a personal access token":           {Patient{URL: "https://jira.example.com"}, jira.ServerInfo{}, "new personal access token"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.p.tokenMend(tt.info); !strings.Contains(got, tt.want) {
				t.Errorf("it says %q", got)
			}
		})
	}
}

func TestWhatFailedIsMended(t *testing.T) {
	for kind, want := range map[jira.Kind]string{
		jira.KindUnreachable: "firewall", jira.KindRedirect: "leads elsewhere", jira.KindMalformed: "login page", jira.KindNotFound: "no Jira at this address",
		jira.KindForbidden: "permissions", jira.KindUnavailable: "try again later", jira.KindGone: "Jira's own log",
	} {
		if got := mendOf(&jira.Error{Kind: kind}); !strings.Contains(got, want) {
			t.Errorf("%s gives %q, want %q", kind, got, want)
		}
	}
	if got := mendOf(&jira.Error{Kind: jira.KindUnreachable, Err: errors.New("x509: certificate signed by unknown authority")}); !strings.Contains(got, "SSL_CERT_FILE") {
		t.Errorf("an unknown authority gives %q", got)
	}
}

func TestRedisIsLookedAt(t *testing.T) {
	for name, tt := range map[string]struct {
		in   queue.Inspection
		err  error
		want []Verdict
	}{
		"as it should be":         {queue.Inspection{Version: "7.2", Policy: "noeviction", Limited: true}, nil, []Verdict{OK, OK}},
		"it throws keys away":     {queue.Inspection{Version: "7.2", Policy: "allkeys-lru", Limited: true}, nil, []Verdict{OK, Warn}},
		"its memory has no limit": {queue.Inspection{Version: "7.2", Policy: "allkeys-lru"}, nil, []Verdict{OK, OK}},
		"it does not tell":        {queue.Inspection{}, nil, []Verdict{OK, Unknown}},
		"it does not answer":      {queue.Inspection{}, errors.New("connection refused"), []Verdict{Fail}},
	} {
		t.Run(name, func(t *testing.T) {
			checks := Patient{Redis: func(context.Context) (queue.Inspection, error) { return tt.in, tt.err }}.redis(t.Context())
			if len(checks) != len(tt.want) {
				t.Fatalf("it says %+v", checks)
			}
			for i, want := range tt.want {
				if checks[i].Verdict != want {
					t.Errorf("it says %+v, want %s", checks[i], want)
				}
			}
		})
	}
}

func TestJirasOwnWordOnTheTimeCountsMore(t *testing.T) {
	if got := skewOf(jira.ServerInfo{Skew: time.Hour, ServerTime: today().Add(2 * time.Minute)}, today()); got != 2*time.Minute {
		t.Errorf("it is %s", got)
	}
	if got := skewOf(jira.ServerInfo{Skew: time.Hour}, today()); got != time.Hour {
		t.Errorf("without it, it is %s", got)
	}
}
