package page_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"andon/webhook/page"
)

func TestALinkOpensJustItsDisaster(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	r.put(disaster("8"))
	resp := r.do(http.MethodGet, link("10000", "7"))
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/status/d/10000/7" {
		t.Fatalf("the link leads to %d %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/status/d/10000/7" || c.Secure {
		t.Errorf("the cookie is %+v", c)
	}
	wants(t, r.do(http.MethodGet, "/status/d/10000/7", with(resp.Cookies())), 200, "SHOP-7", "Orders disappear", "-canary", "-SHOP-8 Orders")
	for _, path := range []string{"/status/d/10000/8", "/status/d/10000/7/8", "/status/d/10001/7", "/status/d/10000/8/events"} {
		wants(t, r.do(http.MethodGet, path, func(q *http.Request) { q.AddCookie(c) }), 404, "-Orders")
	}
	wants(t, r.do(http.MethodGet, "/status", func(q *http.Request) { q.AddCookie(c) }), 200, "Token of the overview", "-SHOP")
}

func TestNothingIsReadableWithoutALinkOrToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	other := page.Link("", "another-secret-0123456789", "10000", "7")
	same := text(t, r.do(http.MethodGet, "/status/d/10000/9"))
	for _, path := range []string{
		"/status/d/10000/7", "/status/d/10000/7/events", "/status/d/10000/7/" + secret, other, link("10000", "8")[:20] + "7" + link("10000", "8")[21:],
		"/status/events", "/status/x", "/status/d", "/status/d/10000", "/status/d/..%2f/7", "/status/assets/page.go", "/status/assets/..%2fpage.js", "/", "/other",
	} {
		got := r.do(http.MethodGet, path)
		if body := wants(t, got, 404, "-Orders", "-canary"); body != same {
			t.Errorf("%s is answered otherwise than what is not there", path)
		}
	}
	wants(t, r.do(http.MethodPost, "/status/d/10000/7"), 404)
	wants(t, r.do(http.MethodDelete, "/status"), 404)
}

func TestTheOverviewOpensWithItsToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	wants(t, r.do(http.MethodGet, "/status"), 200, "Token of the overview", "-SHOP", "-canary")
	wants(t, r.do(http.MethodGet, "/status", bearer(token)), 200, "SHOP-7 Orders disappear")
	resp := r.do(http.MethodPost, "/status", filled(token))
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/status" {
		t.Fatalf("the form leads to %d %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/status" || strings.Contains(c.Value, token) {
		t.Errorf("the cookie is %+v", c)
	}
	wants(t, r.do(http.MethodGet, "/status", with(resp.Cookies())), 200, "SHOP-7 Orders disappear", `href="/status/d/10000/7"`)
	wants(t, r.do(http.MethodGet, "/status/d/10000/7", with(resp.Cookies())), 200, "Investigate the root cause", `href="/status"`)
}

func TestAWrongTokenIsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	wants(t, r.do(http.MethodPost, "/status", filled("wrong-token-0123456789")), 401, "That is not the token.", `role="alert"`, "-SHOP")
	wants(t, r.do(http.MethodPost, "/status", filled("")), 401)
	wants(t, r.do(http.MethodPost, "/status"), 401)
	wants(t, r.do(http.MethodPost, "/status", filled(strings.Repeat("x", 10000))), 401)
	resp := r.do(http.MethodGet, "/status", bearer(secret))
	if resp.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Error("nobody is told how to sign in")
	}
	wants(t, resp, 401, "-SHOP")
}

func TestNewSecretsEndOldLinksAndCookies(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	old, signedIn := r.do(http.MethodGet, link("10000", "7")).Cookies(), r.do(http.MethodPost, "/status", filled(token)).Cookies()
	both := newRig(t, func(c *page.Config) {
		c.Secrets, c.Tokens = []string{"the-newer-secret-0123", secret}, []string{"the-newer-token-0123", token}
	})
	both.put(disaster("7"))
	wants(t, both.do(http.MethodGet, "/status/d/10000/7", with(old)), 200, "SHOP-7")
	wants(t, both.do(http.MethodGet, "/status", with(signedIn)), 200, "SHOP-7")
	wants(t, both.do(http.MethodGet, link("10000", "7")), 303)
	wants(t, both.do(http.MethodGet, page.Link("", "the-newer-secret-0123", "10000", "7")), 303)
	only := newRig(t, func(c *page.Config) {
		c.Secrets, c.Tokens = []string{"the-newer-secret-0123"}, []string{"the-newer-token-0123"}
	})
	only.put(disaster("7"))
	wants(t, only.do(http.MethodGet, "/status/d/10000/7", with(old)), 404)
	wants(t, only.do(http.MethodGet, link("10000", "7")), 404)
	wants(t, only.do(http.MethodGet, "/status", with(signedIn)), 200, "Token of the overview", "-SHOP")
}

func TestWithoutATokenThereIsNoOverview(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *page.Config) { c.Tokens = nil })
	r.put(disaster("7"))
	wants(t, r.do(http.MethodGet, "/status"), 404)
	wants(t, r.do(http.MethodPost, "/status", filled("")), 404)
	wants(t, r.do(http.MethodGet, "/status", bearer("")), 404)
	wants(t, r.do(http.MethodGet, link("10000", "7")), 303)
}

func TestWithoutASecretNoLinkOpens(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *page.Config) { c.Secrets = nil })
	r.put(disaster("7"))
	wants(t, r.do(http.MethodGet, page.Link("", "", "10000", "7")), 404)
	wants(t, r.do(http.MethodGet, "/status", bearer(token)), 200, "SHOP-7")
}

func TestGuessingIsSlowedDownForTheOneWhoGuesses(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	from := func(peer string) func(*http.Request) { return func(q *http.Request) { q.RemoteAddr = peer } }
	guess := func() int {
		return r.do(http.MethodPost, "/status", filled("wrong-token-0123456789"), from("192.0.2.1:1000")).StatusCode
	}
	for i := range 10 {
		if got := guess(); got != 401 {
			t.Fatalf("try %d: %d", i+1, got)
		}
	}
	resp := r.do(http.MethodPost, "/status", filled(token), from("192.0.2.1:1001"))
	if resp.Header.Get("Retry-After") == "" {
		t.Error("nobody is told when to try again")
	}
	wants(t, resp, 429, "Too many")
	wants(t, r.do(http.MethodGet, "/status", bearer(token), from("192.0.2.1:1002")), 429, "-SHOP")
	wants(t, r.do(http.MethodGet, link("10000", "8")+"x", from("192.0.2.1:1003")), 429)
	wants(t, r.do(http.MethodGet, link("10000", "7"), from("192.0.2.1:1003")), 303) // a good link is no guess
	wants(t, r.do(http.MethodGet, "/status", bearer(token), from("192.0.2.2:1")), 200, "SHOP-7")
	r.now = r.now.Add(20 * time.Second)
	wants(t, r.do(http.MethodGet, "/status", bearer(token), from("192.0.2.1:1004")), 200, "SHOP-7")
}

func TestManyGuessersTakeBoundedMemory(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for i := range 6000 {
		r.do(http.MethodGet, "/status", bearer("wrong"), func(q *http.Request) { q.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1", i/250, i%250) })
	}
	wants(t, r.do(http.MethodGet, "/status", bearer("wrong"), func(q *http.Request) { q.RemoteAddr = "192.0.2.1:1" }), 429)
	r.now = r.now.Add(2 * time.Hour)
	wants(t, r.do(http.MethodGet, "/status", bearer("wrong"), func(q *http.Request) { q.RemoteAddr = "192.0.2.1:1" }), 401)
}

func TestNoSecretIsInALogOrAnAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	good := link("10000", "7")
	var shown strings.Builder
	fmt.Fprint(&shown, page.Config{Secrets: []string{secret}, Tokens: []string{token}})
	fmt.Fprintf(&shown, "%#v", page.Config{Secrets: []string{secret}, Tokens: []string{token}})
	for _, resp := range []*http.Response{
		r.do(http.MethodGet, good), r.do(http.MethodGet, good+"x"), r.do(http.MethodPost, "/status", filled(token)),
		r.do(http.MethodPost, "/status", filled("guessed-"+token)), r.do(http.MethodGet, "/status", bearer(token)),
	} {
		shown.WriteString(text(t, resp))
		shown.WriteString(resp.Header.Get("Location"))
	}
	shown.Write(r.log.Bytes())
	if s := shown.String(); strings.Contains(s, "canary") || strings.Contains(s, good[len("/status/d/10000/7/"):]) {
		t.Errorf("a secret is shown:\n%s", s)
	}
	if !strings.Contains(r.log.String(), "the page of a disaster was opened") || !strings.Contains(r.log.String(), "refused") {
		t.Errorf("the log tells nothing:\n%s", r.log)
	}
}

func TestSettingsThatOpenNothingOrTooMuchAreRefused(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]page.Config{
		"nothing at all":  {},
		"a short secret":  {Secrets: []string{"canary"}},
		"a short token":   {Tokens: []string{"canary"}},
		"an empty second": {Secrets: []string{secret, ""}},
		"a wrong base":    {Secrets: []string{secret}, Base: "andon"},
	} {
		_, err := page.New(cfg, page.Deps{Shelf: &fakeShelf{}, Now: time.Now})
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := page.New(page.Config{Secrets: []string{secret}}, page.Deps{}); err == nil {
		t.Error("a page without a shelf was made")
	}
}

func TestEveryAnswerHasTheHeadersThatKeepBrowsersSafe(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	const strict = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action "
	for path, csp := range map[string]string{"/status": strict + "'self'", "/status/x": strict + "'none'", "/status/assets/page.js": strict + "'none'", link("10000", "7"): strict + "'none'"} {
		h := r.do(http.MethodGet, path).Header
		for name, want := range map[string]string{"Content-Security-Policy": csp, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Strict-Transport-Security": ""} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	tlsOn := func(q *http.Request) { q.TLS = &tls.ConnectionState{} }
	resp := r.do(http.MethodGet, link("10000", "7"), tlsOn)
	if resp.Header.Get("Strict-Transport-Security") == "" || !resp.Cookies()[0].Secure {
		t.Errorf("over TLS: %v", resp.Header)
	}
	proxied := newRig(t, func(c *page.Config) { c.Secure, c.Base = true, "/andon/" })
	resp = proxied.do(http.MethodGet, link("10000", "7"))
	if c := resp.Cookies()[0]; !c.Secure || c.Path != "/andon/status/d/10000/7" || resp.Header.Get("Location") != c.Path {
		t.Errorf("behind a proxy: %+v, to %q", c, resp.Header.Get("Location"))
	}
	if resp.Header.Get("Strict-Transport-Security") == "" {
		t.Error("behind a proxy that speaks TLS there is no HSTS")
	}
}

func TestAShelfThatCannotBeReadIsSaidPlainly(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	cookies := r.do(http.MethodGet, link("10000", "7")).Cookies()
	r.shelf.broken = errors.New("dial tcp 192.0.2.9:6379")
	for _, resp := range []*http.Response{r.do(http.MethodGet, "/status", bearer(token)), r.do(http.MethodGet, "/status/d/10000/7", with(cookies))} {
		if resp.Header.Get("Retry-After") == "" {
			t.Error("nobody is told when to try again")
		}
		wants(t, resp, 503, "cannot be read just now", "-192.0.2.9")
	}
	if !strings.Contains(r.log.String(), "192.0.2.9") {
		t.Error("the log does not tell why")
	}
}
