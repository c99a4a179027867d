package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// What the keys are used for stands in what is signed, so that no token passes for another.
const (
	signsDisaster = "andon page: disaster\x00"
	signsOverview = "andon page: overview"
)

const (
	cookieDisaster = "andon_disaster"
	cookieOverview = "andon_overview"
	// cookieAge is how long a browser remembers that it may look.
	cookieAge = 30 * 24 * time.Hour
)

// sign makes a token that only who knows the secret can make.
func sign(secret, what string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(what))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// signed says whether a token was made with one of the secrets. It takes as long for every
// wrong token.
func signed(secrets []string, what, token string) bool {
	good := false
	for _, s := range secrets {
		good = hmac.Equal([]byte(sign(s, what)), []byte(token)) || good
	}
	return good
}

// sameAsOne says whether a token is one of those that open the overview.
func sameAsOne(tokens []string, token string) bool {
	given, good := sha256.Sum256([]byte(token)), false
	for _, t := range tokens {
		want := sha256.Sum256([]byte(t))
		good = hmac.Equal(want[:], given[:]) || good
	}
	return good
}

// Link is the address that opens the page of a disaster for whoever has it: below the public
// address of andon, made with a secret. Another secret makes another link.
func Link(publicURL, secret, project, issue string) string {
	return strings.TrimRight(publicURL, "/") + disasterPath(project, issue) + "/" + sign(secret, disasterWhat(project, issue))
}

// disasterWhat is what a disaster's token stands for.
func disasterWhat(project, issue string) string { return signsDisaster + project + "\x00" + issue }

// disasterPath is the path of a disaster's page.
func disasterPath(project, issue string) string { return root + "/d/" + project + "/" + issue }

// mayOverview says whether a request may see the overview, and so every disaster.
func (p *Page) mayOverview(r *http.Request) bool {
	c, err := r.Cookie(cookieOverview)
	return err == nil && signed(p.cfg.Tokens, signsOverview, c.Value)
}

// mayDisaster says whether a request may see a disaster.
func (p *Page) mayDisaster(r *http.Request, project, issue string) bool {
	if p.mayOverview(r) {
		return true
	}
	c, err := r.Cookie(cookieDisaster)
	return err == nil && signed(p.cfg.Secrets, disasterWhat(project, issue), c.Value)
}

// setCookie lets a browser look at a path and what is below it from now on.
func (p *Page) setCookie(w http.ResponseWriter, r *http.Request, name, value, path string) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the browser comes by TLS
		Name: name, Value: value, Path: p.cfg.Base + path, MaxAge: int(cookieAge.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: p.cfg.Secure || r.TLS != nil,
	})
}
