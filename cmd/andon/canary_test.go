package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// shapes are the forms in which a secret could be shown: as it is, in hexadecimal, and in
// base64 wherever it begins within a group of three bytes.
func shapes() []string {
	out := []string{canary, hex.EncodeToString([]byte(canary))}
	for lead := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("xxx"[:lead] + canary))
		out = append(out, strings.TrimRight(text[(lead*8+5)/6:len(canary)*8/6], "="))
	}
	return out
}

// shown finds a secret in a text.
func shown(text string) string {
	lower := strings.ToLower(text)
	for _, s := range shapes() {
		if strings.Contains(text, s) || strings.Contains(lower, strings.ToLower(s)) && len(s) >= len(canary) {
			return s
		}
	}
	return ""
}

func TestTheSearchFindsASecretInAnyShape(t *testing.T) {
	secret := "andon@example.com:" + canary + "-0123456789abcdef"
	for _, text := range []string{secret, strings.ToUpper(secret), hex.EncodeToString([]byte(secret)), base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("x" + secret)), base64.URLEncoding.EncodeToString([]byte("xx" + secret)), url.QueryEscape(secret)} {
		if shown("before "+text+" after") == "" {
			t.Errorf("the search does not find it in %q", text)
		}
	}
	if s := shown("SHOP-6 recovering, planning is frozen; QWxhZGRpbjpvcGVuIHNlc2FtZQ=="); s != "" {
		t.Errorf("the search finds %q in a harmless text", s)
	}
}

// echoes are answers of a Jira, or of what stands before it, that repeat the request with
// all its headers, as debugging pages do.
func echoes() []func(rw http.ResponseWriter, said string) {
	answer := func(status int, contentType, form string) func(http.ResponseWriter, string) {
		return func(rw http.ResponseWriter, said string) {
			rw.Header().Set("Content-Type", contentType)
			rw.Header().Set("X-Seraph-LoginReason", said)
			if status/100 == 3 {
				rw.Header().Set("Location", "https://sso.example.com/login/"+url.PathEscape(said)+"?to="+url.QueryEscape(said))
			}
			rw.WriteHeader(status)
			fmt.Fprintf(rw, form, said)
		}
	}
	return []func(http.ResponseWriter, string){
		answer(500, "text/html", "<html><title>Error %[1]s</title><pre>%[1]s</pre></html>"), answer(200, "text/html", "<html><title>%s</title></html>"),
		answer(403, "application/json", `{"errorMessages":[%[1]q],"errors":{"f":%[1]q}}`), answer(400, "application/problem+json", `{"title":%[1]q,"detail":%[1]q}`),
		answer(401, "text/plain", "who is %s?"), answer(302, "text/plain", "%s"), answer(404, "application/json", `{"message":%q}`), answer(503, "text/plain", "%s"),
		answer(429, "application/json", `{"errorMessages":[%q]}`), answer(200, "application/json", `{"id":%q,"accountId":[`), answer(409, "application/json", `%s`),
	}
}

// Everything that andon says anywhere, while everything goes wrong that can: its log with
// every detail, comments, mails, messages, metrics, health and errors.
func TestNoSecretIsShownWhateverGoesWrong(t *testing.T) {
	for _, flavour := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(fmt.Sprint(flavour), func(t *testing.T) { t.Parallel(); everythingGoesWrong(t, flavour) })
	}
}

// everythingGoesWrong lets a Jira fail in all ways and searches all that is said. On
// Cloud andon signs in with an address and a token, on Data Center with a token alone.
func everythingGoesWrong(t *testing.T, flavour jiratest.Flavour) {
	t.Helper()
	const value = canary + "-0123456789abcdef"
	w := newWorld(t, flavour, "ANDON_WEBHOOK_SECRET="+value+","+testSecret, "ANDON_WEBHOOK_PATH_TOKEN="+value, "ANDON_RECORD_SECRET="+value+"-record",
		"ANDON_NOTIFY_URLS=https://ops.example.com/"+value+",ntfy://andon:"+value+"@ntfy.example.com/"+canary)
	w.env["ANDON_JIRA_TOKEN"] = value
	w.must(w.jira.SetToken("andon@example.com", value))
	if flavour == jiratest.DataCenter {
		delete(w.env, "ANDON_JIRA_EMAIL")
	}
	w.boot()
	_, err := w.jira.AddWebhook(jiratest.Webhook{Name: "by path", URL: "https://andon.example.com/webhooks/jira/" + value, Enabled: true, Events: webhookEvents()})
	w.must(err)
	issue, po := w.seed.Issues[5], w.jira.As("po@example.com")
	var errs []error
	w.post.breakChannel("ops", true)
	w.after(po.AddLabel(issue, "disaster"))
	for _, echo := range echoes() {
		for n := range 4 { // at different calls of a look
			calls := 0
			w.between = func(rw http.ResponseWriter, req *http.Request) bool {
				if calls++; calls%4 != n {
					return false
				}
				said := req.Header.Get("Authorization") + " " + value + " andon@example.com:" + value
				echo(rw, said)
				return true
			}
			_, err := w.jira.As("dev@example.com").CreateSprint(w.seed.ShopBoard, "Habit")
			w.must(err)
			w.clock.Advance(2 * time.Minute)
			w.sweep()
			w.must(w.app.queue.Add(t.Context(), "project:SHOP", 0))
			errs = append(errs, w.settle()...)
		}
	}
	w.between = nil
	w.clock.Advance(time.Hour)
	w.after(w.jira.As("dev@example.com").Transition(w.cause(issue), "Done", "Done"))
	said := []string{w.log.String(), w.app.cfg.String(), SettingsHelp()}
	for _, err := range errs {
		said = append(said, err.Error(), fmt.Sprintf("%+v %#v", err, err))
	}
	for _, i := range w.jira.Issues("") {
		said = append(said, i.Summary, i.Description)
		for _, c := range w.jira.Comments(i.Key) {
			said = append(said, c.Body)
		}
		raw, _ := w.jira.Property(i.Key, "andon")
		said = append(said, string(raw))
	}
	for _, n := range w.jira.Notices() {
		said = append(said, n.Subject, n.TextBody)
	}
	for _, l := range w.post.all() {
		said = append(said, l.title, l.text)
	}
	for _, path := range []string{"/", "/metrics", "/readyz", "/healthz", "/webhooks/jira", "/webhooks/jira/x", "/nowhere"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			rec := httptest.NewRecorder()
			w.app.server.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader("{}")))
			said = append(said, rec.Body.String(), fmt.Sprint(rec.Header()))
		}
	}
	for _, text := range said {
		if s := shown(text); s != "" {
			at := strings.Index(text, s)
			t.Fatalf("%q is shown: …%s", s, text[max(0, at-200):min(len(text), at+60)])
		}
	}
	if len(errs) < 20 || !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "could not be reached") }) {
		t.Errorf("only %d looks failed, or no channel did: the test shows nothing", len(errs))
	}
}

// A Redis that cannot be reached is named in errors and on the page of readiness.
func TestNoSecretOfRedisIsShown(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	for _, address := range []string{"redis://" + canary + ":" + canary + "@127.0.0.1:1/0", "rediss://:" + canary + "@127.0.0.1:1", "unix://" + canary + ":" + canary + "@/nowhere/socket", "redis://:" + canary + "@127.0.0.1:1/" + canary,
		"redis://" + canary + ":" + canary + "@127.0.0.1:1?addr=127.0.0.1:2&master_name=mymaster&password=" + canary,
		"redis://:" + canary + "@127.0.0.1:1?cluster=true&addr=127.0.0.1:2", "unix://" + canary + "@/nowhere/socket?password=" + canary} {
		logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		cfg, err := Load(goodEnv("ANDON_REDIS_URL="+address, "ANDON_JIRA_URL=http://127.0.0.1:1"))
		if err != nil {
			logger.Error("settings", "error", err)
			continue
		}
		a, err := newApp(cfg, appOptions{log: logger, sleep: nil})
		if err != nil {
			logger.Error("start", "error", err)
			continue
		}
		logger.Error("ping", "error", a.queue.Ping(t.Context()), "add", a.queue.Add(t.Context(), sweepKey, 0), "settings", cfg)
		rec := httptest.NewRecorder()
		a.server.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
		if _, err := io.Copy(&log, rec.Body); err != nil {
			t.Error(err)
		}
		if err := a.queue.Close(); err != nil {
			logger.Error("close", "error", err)
		}
	}
	if s := shown(log.String()); s != "" || !strings.Contains(log.String(), `"queue":"failed"`) {
		t.Errorf("%q is shown, or no Redis failed, in:\n%s", s, log.String())
	}
}
