package main

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// desk is an operator's desk: a simulated Jira on the network, and andon's commands.
type desk struct {
	t    *testing.T
	jira *jiratest.Jira
	seed jiratest.Demo
	url  string
	env  map[string]string
	// between answers a call instead of Jira where it says true.
	between func(rw http.ResponseWriter, req *http.Request) bool
}

// publicURL is andon's address in these tests. Nothing listens there.
const publicURL = "https://andon.example.com"

// newDesk starts a site with the demo's people and projects.
func newDesk(t *testing.T, f jiratest.Flavour) *desk {
	t.Helper()
	d := &desk{t: t, jira: jiratest.New(jiratest.Options{Flavour: f, Now: time.Now})}
	seed, err := jiratest.SeedDemo(d.jira)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if d.between == nil || !d.between(rw, req) {
			d.jira.ServeHTTP(rw, req)
		}
	}))
	t.Cleanup(srv.Close)
	d.jira.SetBaseURL(srv.URL)
	d.seed, d.url = seed, srv.URL
	d.env = map[string]string{"ANDON_JIRA_URL": srv.URL, "ANDON_JIRA_EMAIL": "andon@example.com", "ANDON_JIRA_TOKEN": "demo", "ANDON_WEBHOOK_SECRET": testSecret,
		"ANDON_PUBLIC_URL": publicURL, "ANDON_JIRA_RPS": "500", "USER": "olga"}
	if f == jiratest.DataCenter {
		d.env["ANDON_JIRA_EMAIL"], d.env["ANDON_WEBHOOK_PATH_TOKEN"] = "andon", testSecret+"-path"
	}
	return d
}

// run calls a command, and gives what it wrote and its exit status. No secret may be in it.
func (d *desk) run(args ...string) (out, errs string, status int) {
	d.t.Helper()
	var environ []string
	for _, name := range slices.Sorted(maps.Keys(d.env)) {
		environ = append(environ, name+"="+d.env[name])
	}
	var stdout, stderr bytes.Buffer
	status = run(d.t.Context(), args, environ, &stdout, &stderr)
	for _, secret := range []string{testSecret} {
		if strings.Contains(stdout.String()+stderr.String(), secret) {
			d.t.Errorf("%v wrote a secret:\n%s%s", args, stdout.String(), stderr.String())
		}
	}
	return stdout.String(), stderr.String(), status
}

// must calls a command that has to end with a status.
func (d *desk) must(status int, args ...string) string {
	d.t.Helper()
	out, errs, got := d.run(args...)
	if got != status {
		d.t.Fatalf("andon %s ended with %d, want %d:\n%s%s", strings.Join(args, " "), got, status, out, errs)
	}
	return out + errs
}

// hooked registers andon's webhook as an administrator does.
func (d *desk) hooked() jiratest.Webhook {
	d.t.Helper()
	h := jiratest.Webhook{Name: "andon", URL: publicURL + "/webhooks/jira", Events: webhookEvents(), Secret: testSecret}
	if token := d.env["ANDON_WEBHOOK_PATH_TOKEN"]; token != "" {
		h.URL, h.Secret = h.URL+"/"+token, ""
	}
	h, err := d.jira.AddWebhook(h)
	if err != nil {
		d.t.Fatal(err)
	}
	return h
}

// fleeting are the parts of an output that differ from run to run.
var fleeting = regexp.MustCompile(`http://127\.0\.0\.1:\d+|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

// golden compares what a command printed with a file, but for what differs from run to run.
func golden(t *testing.T, name, text string) {
	t.Helper()
	text = fleeting.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "http") {
			return "http://JIRA"
		}
		return "TIME"
	})
	like(t, filepath.Join("commands", name+".txt"), text)
}
