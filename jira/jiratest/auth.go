package jiratest

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"
)

type gatewayKey struct{}

func withGateway(ctx context.Context) context.Context {
	return context.WithValue(ctx, gatewayKey{}, true)
}

func isGateway(ctx context.Context) bool {
	v, _ := ctx.Value(gatewayKey{}).(bool)
	return v
}

// authenticate finds the caller. No credentials is an anonymous visitor (nil);
// wrong ones are too, where the knob says so.
func (j *Jira) authenticate(c *call) (*User, *Error) {
	h := c.req.Header.Get("Authorization")
	if h == "" {
		if c.gateway {
			return nil, errUnauthorized(Cloud)
		}
		return nil, nil
	}
	if err := j.captcha(c); err != nil {
		return nil, err
	}
	if u := j.callerOf(c, h); u != nil && u.Active {
		return u, nil
	}
	j.failedLogin(c)
	if j.knobs.BadCredentialsAnonymous && !c.gateway && !strings.HasPrefix(h, "Bearer ") {
		return nil, nil
	}
	return nil, errUnauthorized(j.opt.Flavour)
}

func (j *Jira) callerOf(c *call, h string) *User {
	if secret, ok := strings.CutPrefix(h, "Bearer "); ok {
		kind := PAT
		if j.cloud() {
			kind = OAuth
		}
		return j.userByToken(secret, kind, "", c.gateway)
	}
	name, secret, ok := c.req.BasicAuth()
	if !ok {
		return nil
	}
	if j.cloud() {
		return j.userByToken(secret, APIToken, name, c.gateway)
	}
	for _, id := range j.userOrder {
		if u := j.users[id]; u.Name == name && u.Password != "" && same(u.Password, secret) {
			return u
		}
	}
	return nil
}

// userByToken finds the owner of a valid token; email "" means any owner.
func (j *Jira) userByToken(secret string, kind TokenKind, email string, gateway bool) *User {
	now := j.now()
	for _, id := range j.userOrder {
		u := j.users[id]
		if email != "" && !strings.EqualFold(u.Email, email) || kind == APIToken && email == "" {
			continue
		}
		for _, t := range u.Tokens {
			if t.Kind != kind || t.Revoked || !t.Expires.IsZero() && !now.Before(t.Expires) {
				continue
			}
			if (kind == PAT || (kind == OAuth || t.Scoped) == gateway) && same(t.Secret, secret) {
				return u
			}
		}
	}
	return nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// captcha refuses an account that failed too often with its password.
func (j *Jira) captcha(c *call) *Error {
	name, _, basic := c.req.BasicAuth()
	if limit := j.knobs.CaptchaAfter; j.cloud() || !basic || limit == 0 || j.failedLogins[name] < limit {
		return nil
	}
	e := refuse(http.StatusForbidden, "Basic Authentication Failure - Reason : AUTHENTICATION_DENIED")
	e.header = http.Header{"X-Authentication-Denied-Reason": {"CAPTCHA_CHALLENGE; login-url=" + j.baseURL + "/login.jsp"}}
	return e
}

func (j *Jira) failedLogin(c *call) {
	if name, _, basic := c.req.BasicAuth(); basic && !j.cloud() {
		j.failedLogins[name]++
	}
}

// ClearCaptcha lets an account log in again after too many failures, as
// solving the CAPTCHA in a browser does.
func (j *Jira) ClearCaptcha(email string) error {
	return j.changeUser(email, func(u *User) { delete(j.failedLogins, u.Name) })
}

// SetToken replaces all tokens of a user ("" revokes everything).
func (j *Jira) SetToken(email, secret string) error {
	return j.changeUser(email, func(u *User) {
		u.Tokens = nil
		if secret != "" {
			u.Tokens = []Token{{Secret: secret, Kind: j.tokenKind()}}
		}
	})
}

// AddToken gives a user one more token.
func (j *Jira) AddToken(email string, t Token) error {
	return j.changeUser(email, func(u *User) { u.Tokens = append(u.Tokens, t) })
}

// RevokeTokens makes all present tokens of a user invalid; an expired token
// looks the same to the caller.
func (j *Jira) RevokeTokens(email string) error {
	return j.changeUser(email, func(u *User) {
		for i := range u.Tokens {
			u.Tokens[i].Revoked = true
		}
	})
}

func (j *Jira) tokenKind() TokenKind {
	if j.cloud() {
		return APIToken
	}
	return PAT
}

func (j *Jira) changeUser(email string, f func(*User)) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	u := j.findUser(email)
	if u == nil {
		return refuse(http.StatusNotFound, "no user %s", email)
	}
	f(u)
	return nil
}

// findUser finds a user by any of the forms by which people name one.
func (j *Jira) findUser(ref string) *User {
	if u, ok := j.users[ref]; ok {
		return u
	}
	for _, id := range j.userOrder {
		if u := j.users[id]; u.Email == ref || !j.cloud() && u.Name == ref {
			return u
		}
	}
	return nil
}
