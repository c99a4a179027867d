package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// flavours are both products, by the names of tests.
func flavours() map[string]jiratest.Flavour {
	return map[string]jiratest.Flavour{"cloud": jiratest.Cloud, "datacenter": jiratest.DataCenter}
}

func TestInstallRegistersOnceAndTheDoctorAgrees(t *testing.T) {
	t.Parallel()
	for name, f := range flavours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, f)
			golden(t, "install-"+name, d.must(0, "install", "--yes"))
			hooks := d.jira.Webhooks()
			if len(hooks) != 1 || !hooks[0].Enabled || hooks[0].JQL != "" || hooks[0].ExcludeBody || !slices.Equal(hooks[0].Events, webhookEvents()) {
				t.Fatalf("there is %+v", hooks)
			}
			if signed := hooks[0].Secret == testSecret; signed != (f == jiratest.Cloud) || !strings.HasPrefix(hooks[0].URL, publicURL+"/webhooks/jira") {
				t.Errorf("signed %v, at %s", signed, hooks[0].URL)
			}
			writes := d.jira.Writes()
			golden(t, "install-again-"+name, d.must(0, "install", "--yes"))
			if n := d.jira.Writes() - writes; n != 0 {
				t.Errorf("a second time it wrote %d times", n)
			}
			if found, _, status := d.findings(); len(found) > 0 || status != 0 {
				t.Errorf("the doctor finds %v", found)
			}
			d.must(0, "uninstall", "--yes")
			if hooks := d.jira.Webhooks(); len(hooks) > 0 {
				t.Errorf("there is still %+v", hooks)
			}
			if out := d.must(0, "uninstall", "--yes"); !strings.Contains(out, "Nothing to do.") {
				t.Errorf("it said:\n%s", out)
			}
		})
	}
}

func TestInstallRepairsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for fault, change := range map[string]func(h *jiratest.Webhook){
		"disabled":    func(h *jiratest.Webhook) { h.Enabled = false },
		"filtered":    func(h *jiratest.Webhook) { h.JQL = "labels = disaster" },
		"bodies left": func(h *jiratest.Webhook) { h.ExcludeBody = true },
		"events":      func(h *jiratest.Webhook) { h.Events = h.Events[:3] },
		"wrong token": func(h *jiratest.Webhook) { h.URL = publicURL + "/webhooks/jira/somebody-elses-token" },
		"not signed":  func(h *jiratest.Webhook) { h.Secret = "" },
		"all together": func(h *jiratest.Webhook) {
			h.Enabled, h.JQL, h.ExcludeBody, h.Events = false, "labels = disaster", true, h.Events[:1]
		},
	} {
		for name, f := range flavours() {
			t.Run(fault+"/"+name, func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, f)
				d.hooked()
				hookedAs(change)(d)
				d.must(0, "install", "--yes")
				if found, _, _ := d.findings("--project", "SHOP"); len(found) > 0 || len(d.jira.Webhooks()) != 1 {
					t.Errorf("the doctor finds %v with %+v", found, d.jira.Webhooks())
				}
				writes := d.jira.Writes()
				d.must(0, "install", "--yes")
				if n := d.jira.Writes() - writes; n != 0 {
					t.Errorf("a second time it wrote %d times", n)
				}
			})
		}
	}
}

func TestInstallTakesDoublesAwayAndLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	good := d.hooked()
	for _, url := range []string{publicURL + "/webhooks/jira/old", "https://staging.example.com/webhooks/jira", "https://chat.example.com/hook"} {
		_, err := d.jira.AddWebhook(jiratest.Webhook{Name: "x", URL: url, Events: webhookEvents()})
		d.must2(err)
	}
	out := d.must(0, "install", "--yes")
	var left []string
	for _, h := range d.jira.Webhooks() {
		left = append(left, h.URL)
	}
	if want := []string{good.URL, "https://staging.example.com/webhooks/jira", "https://chat.example.com/hook"}; !slices.Equal(left, want) {
		t.Errorf("left are %v, want %v:\n%s", left, want, out)
	}
	d.must(0, "uninstall", "--yes")
	if n := len(d.jira.Webhooks()); n != 2 {
		t.Errorf("%d webhooks are left, want those of others", n)
	}
}

func TestInstallAsksFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	writes := d.jira.Writes()
	if out := d.must(2, "install"); !strings.Contains(out, "add --yes") || !strings.Contains(out, "1. register the webhook") {
		t.Errorf("it said:\n%s", out)
	}
	if out := d.must(0, "install", "--dry-run"); !strings.Contains(out, "nothing has been done") {
		t.Errorf("it said:\n%s", out)
	}
	d.env["ANDON_DRY_RUN"] = "true"
	d.must(0, "install", "--yes")
	if n := d.jira.Writes() - writes; n != 0 {
		t.Errorf("it wrote %d times", n)
	}
}

func TestInstallPrintsStepsForWhatRestCannotDo(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *desk){
		"no-administrator": noAdmin,
		"no-path-token":    func(d *desk) { delete(d.env, "ANDON_WEBHOOK_PATH_TOKEN") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, jiratest.DataCenter)
			change(d)
			golden(t, "install-"+name, d.must(1, "install", "--yes"))
		})
	}
}

func TestInstallMakesTheRoleIfAsked(t *testing.T) {
	t.Parallel()
	for name, f := range flavours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, f)
			d.hooked()
			d.env["ANDON_PO_ROLE"] = "Disaster Owner"
			d.must(0, "install", "--yes")
			if _, there := d.jira.RoleID("Disaster Owner"); there {
				t.Error("it made a role that nobody asked for")
			}
			out := d.must(0, "install", "--yes", "--create-role")
			if _, there := d.jira.RoleID("Disaster Owner"); !there || !strings.Contains(out, "put the Product Owner into the role") {
				t.Errorf("there is no role:\n%s", out)
			}
			if out := d.must(0, "install", "--yes", "--create-role"); !strings.Contains(out, "Nothing to do.") {
				t.Errorf("a second time it said:\n%s", out)
			}
		})
	}
}

func TestInstallSetsTheSecretAnewIfAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	d.hooked()
	hookedAs(func(h *jiratest.Webhook) { h.Secret = "the secret of last year" })(d)
	d.must(0, "install", "--yes")
	if got := d.jira.Webhooks()[0].Secret; got == testSecret {
		t.Error("it cannot know that the secret is another one")
	}
	d.must(0, "install", "--yes", "--resign")
	if got := d.jira.Webhooks()[0].Secret; got != testSecret {
		t.Error("the secret is still the old one")
	}
}

func TestInstallNeedsItsAddress(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	delete(d.env, "ANDON_PUBLIC_URL")
	for _, command := range []string{"install", "uninstall"} {
		if out := d.must(2, command, "--yes"); !strings.Contains(out, "ANDON_PUBLIC_URL is not set") {
			t.Errorf("%s said:\n%s", command, out)
		}
	}
	d.env["ANDON_PUBLIC_URL"] = "http://andon.example.com/"
	if out := d.must(0, "install", "--yes"); !strings.Contains(out, "is not https") || d.jira.Webhooks()[0].URL != "http://andon.example.com/webhooks/jira" {
		t.Errorf("at %s it said:\n%s", d.jira.Webhooks()[0].URL, out)
	}
}

func TestInstallKnowsAnOlderDataCenter(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.DataCenter)
	old := jiratest.New(jiratest.Options{Flavour: jiratest.DataCenter, Now: time.Now, Version: "9.12.2"})
	_, err := jiratest.SeedDemo(old)
	d.must2(err)
	old.SetBaseURL(d.url)
	d.jira = old
	d.must(0, "install", "--yes")
	if hooks := d.jira.Webhooks(); len(hooks) != 1 || !strings.HasSuffix(hooks[0].URL, "-path") {
		t.Fatalf("there is %+v", hooks)
	}
	writes := d.jira.Writes()
	d.must(0, "install", "--yes")
	if n := d.jira.Writes() - writes; n != 0 {
		t.Errorf("a second time it wrote %d times", n)
	}
	if found, _, _ := d.findings(); len(found) > 0 {
		t.Errorf("the doctor finds %v", found)
	}
	d.must(0, "uninstall", "--yes")
}

func TestACertificateIsLookedAtWhereThereIsTLS(t *testing.T) {
	t.Parallel()
	if certificateOf(Config{JiraURL: "http://127.0.0.1:1"}) != nil {
		t.Error("there is no TLS to look at")
	}
	srv := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(srv.Close)
	if cert, err := certificateOf(Config{JiraURL: srv.URL})(t.Context()); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("one that nobody trusts gives %v, %v", cert, err)
	}
}
