package main

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestAProcessWithWrongSettingsSaysAllOfThem(t *testing.T) {
	t.Parallel()
	p := launch(t, []string{"ANDON_JIRA_URL=ftp://jira.example.com", "ANDON_WEBHOOK_SECRET=too-short", "ANDON_JIRA_TOKNE=t0psecret"}, "serve")
	if code := p.status(); code != 2 {
		t.Errorf("status %d", code)
	}
	for _, want := range []string{"4 settings are wrong", "ANDON_JIRA_URL", "ANDON_JIRA_TOKEN is not set", "ANDON_WEBHOOK_SECRET", "did you mean ANDON_JIRA_TOKEN?"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("%q is missing in:\n%s", want, p.text())
		}
	}
	for _, secret := range []string{"too-short", "t0psecret"} {
		if strings.Contains(p.text(), secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

func TestAProcessDoesNotStartWhereSomethingElseListens(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for name, c := range map[string]struct {
		environ, args []string
	}{
		"ANDON_LISTEN": {[]string{"ANDON_JIRA_URL=http://127.0.0.1:1", "ANDON_JIRA_TOKEN=t", "ANDON_WEBHOOK_SECRET=" + hintSecret,
			"ANDON_LISTEN=" + taken.Addr().String()}, []string{"serve"}},
		"--jira-listen":  {nil, []string{"demo", "--jira-listen", taken.Addr().String()}},
		"--andon-listen": {nil, []string{"demo", "--jira-listen", "127.0.0.1:0", "--andon-listen", taken.Addr().String()}},
	} {
		t.Run(name, func(t *testing.T) {
			p := launch(t, c.environ, c.args...)
			if code := p.status(); code != 1 || !strings.Contains(p.text(), name) || !strings.Contains(p.text(), "address already in use") {
				t.Errorf("status %d: %s", code, p.text())
			}
		})
	}
}

func TestAProcessThatJiraDoesNotKnowServesAndIsNotReady(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv("ANDON_JIRA_TOKEN=expired"))
	until(t, "it is alive", func() error { return answers(a.url+"/healthz", http.StatusOK, "ok") })
	until(t, "it is not ready", func() error { return answers(a.url+"/readyz", http.StatusServiceUnavailable, `"jira":"failed"`) })
	a.hears("the refusal", func(line string) string {
		if strings.Contains(line, "rest/api/2/myself") && strings.Contains(line, "401") {
			return line
		}
		return ""
	})
	if code := a.end(); code != 0 {
		t.Errorf("status %d", code)
	}
	if strings.Contains(a.text(), "expired") {
		t.Error("the token is in the log")
	}
}

func TestTheHealthOfAProcess(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv())
	at := "ANDON_LISTEN=" + strings.TrimPrefix(a.url, "http://")
	if p := launch(t, []string{at}, "healthcheck"); p.status() != 0 {
		t.Errorf("alive, and healthcheck says: %s", p.text())
	}
	a.kill()
	if p := launch(t, []string{at}, "healthcheck"); p.status() != 1 || p.text() == "" {
		t.Errorf("dead, and healthcheck says: %s", p.text())
	}
}

func TestAWebhookWithAWrongSecretIsRefusedForEver(t *testing.T) {
	t.Parallel()
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv("ANDON_WEBHOOK_SECRET=another secret of some length", "ANDON_WEBHOOK_PATH_TOKEN=another-unguessable-part", "ANDON_SWEEP=1h"))
	j.register(a)
	j.label("po", "SHOP-6", "disaster")
	var sent []struct {
		State    string
		Attempts []struct{ Status int }
	}
	until(t, "the webhook is refused", func() error {
		if err := j.ask("andon", http.MethodGet, "/_sim/deliveries", "", &sent); err != nil {
			return err
		}
		if len(sent) == 0 || len(sent[0].Attempts) == 0 {
			return errors.New("nothing has been sent")
		}
		return nil
	})
	if sent[0].State != "failed" || sent[0].Attempts[0].Status != http.StatusUnauthorized {
		t.Errorf("delivery: %+v", sent[0])
	}
	if s, err := j.look(); err != nil || s.sprints[1] != "active" || s.tasks != 0 {
		t.Errorf("something was done on the word of a stranger: %+v, %v", s, err)
	}
}
