package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// canary is in every secret of the tests below, and must be nowhere else.
const canary = "c4n4ry"

// canaryEnv sets every secret there is to a valid value with the canary in it.
func canaryEnv(t *testing.T) []string {
	t.Helper()
	environ := goodEnv()
	for _, s := range settings() {
		switch {
		case !s.secret:
		case s.name == "ANDON_REDIS_URL":
			environ = append(environ, s.name+"=redis://:"+canary+"@redis:6379")
		case s.name == "ANDON_NOTIFY_URLS":
			environ = append(environ, s.name+"=https://"+canary+".example.com/"+canary+", ntfy://andon:"+canary+"@ntfy.example.com/"+canary)
		default:
			environ = append(environ, s.name+"="+canary+"-0123456789abcdef")
		}
	}
	return environ
}

func TestSecretsAreNeverShown(t *testing.T) {
	c := mustLoad(t, canaryEnv(t))
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", c)
		fmt.Fprintf(&out, verb+"\n", &c)
		fmt.Fprintf(&out, verb+"\n", c.JiraToken)
		fmt.Fprintf(&out, verb+"\n", c.WebhookSecret)
		fmt.Fprintf(&out, verb+"\n", struct{ C any }{c.WebhookSecret})
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(raw)
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("settings", "config", c, "secret", c.JiraToken, "secrets", c.WebhookSecret, "pointer", &c)
	}
	for _, shape := range []string{canary, hex.EncodeToString([]byte(canary))} {
		if strings.Contains(strings.ToLower(out.String()), shape) {
			t.Errorf("a secret is shown in:\n%s", out.String())
		}
	}
	if !strings.Contains(c.String(), "ANDON_JIRA_TOKEN=***\n") || !strings.Contains(c.String(), "ANDON_LISTEN=:8080\n") {
		t.Errorf("the settings are not listed:\n%s", c)
	}
}

// Whatever is wrong with a secret, its value is no part of the message.
func TestFaultsNeverShowSecrets(t *testing.T) {
	for _, s := range settings() {
		if !s.secret {
			continue
		}
		for _, value := range []string{
			canary, canary + " with blanks", canary + ",,", canary + "/\n", "redis://:" + canary + "@host:badport",
			"://" + canary, canary + "," + canary, "redis://" + canary + "\x7f",
			"https://hooks.example.com/" + canary + "\n", "slack://hook:" + canary + "@webhook", "http://hooks.example.com/" + canary,
		} {
			_, err := Load(goodEnv(s.name + "=" + value))
			if err != nil && strings.Contains(err.Error(), canary) {
				t.Errorf("%s=%q: %v", s.name, value, err)
			}
		}
	}
}

func TestNoSecretMeansAnEmptyPlace(t *testing.T) {
	c := mustLoad(t, goodEnv())
	if !strings.Contains(c.String(), "ANDON_REDIS_URL=\n") {
		t.Errorf("a secret that is not set looks as if it were:\n%s", c)
	}
	if got := fmt.Sprintf("%v%v", Secret(""), Secrets{}); got != "" {
		t.Errorf("got %q", got)
	}
	if got := (Secrets{"a", "b"}).String(); got != "***,***" {
		t.Errorf("got %q", got)
	}
}

func writeSecret(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSecretsFromFiles(t *testing.T) {
	without := goodEnv()[:3] // no webhook secret
	for content, want := range map[string][]string{
		"0123456789abcdef":                       {"0123456789abcdef"},
		"0123456789abcdef\n":                     {"0123456789abcdef"},
		"0123456789abcdef\r\n":                   {"0123456789abcdef"},
		"0123456789abcdef, fedcba9876543210\n":   {"0123456789abcdef", "fedcba9876543210"},
		"0123456789abcdef with blanks inside it": {"0123456789abcdef with blanks inside it"},
	} {
		c := mustLoad(t, append(without, "ANDON_WEBHOOK_SECRET_FILE="+writeSecret(t, content)))
		if diff := cmp.Diff(want, c.WebhookSecret.Reveal()); diff != "" {
			t.Errorf("%q: %s", content, diff)
		}
	}
}

func TestEverySecretCanComeFromAFile(t *testing.T) {
	var environ []string
	for _, pair := range canaryEnv(t) {
		name, value, _ := strings.Cut(pair, "=")
		environ = append(environ, pair)
		for _, s := range settings() {
			if s.secret && s.name == name {
				environ[len(environ)-1] = name + fileSuffix + "=" + writeSecret(t, value+"\n")
			}
		}
	}
	if diff := cmp.Diff(mustLoad(t, canaryEnv(t)).JiraToken.Reveal(), mustLoad(t, environ).JiraToken.Reveal()); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsOfSecretFiles(t *testing.T) {
	without := goodEnv()[:3]
	const name = "ANDON_WEBHOOK_SECRET_FILE"
	large := writeSecret(t, strings.Repeat("x", maxSecretFile+1))
	tests := []struct{ name, path, want string }{
		{"a missing file", "/nowhere/secret", "cannot be read: stat /nowhere/secret: no such file or directory"},
		{"a folder", "/", `names "/", which is not a file`},
		{"no path", "", "is set but empty"},
		{"a large file", large, `names "` + large + `", which is larger than 65536 bytes`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := faultsOf(t, append(without, name+"="+tt.path)), name+" "+tt.want; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	for _, content := range []string{"", "\n", " \r\n"} {
		if got := faultsOf(t, append(without, name+"="+writeSecret(t, content))); !strings.HasSuffix(got, "which is empty") {
			t.Errorf("a file with %q: got %q", content, got)
		}
	}
	if got := faultsOf(t, goodEnv(name+"="+writeSecret(t, "0123456789abcdef"))); got != "ANDON_WEBHOOK_SECRET is set, and so is ANDON_WEBHOOK_SECRET_FILE" {
		t.Errorf("both set: got %q", got)
	}
}

func TestRecordSecrets(t *testing.T) {
	const now, before, token = "fedcba9876543210", "0123456789abcdef", "0123456789-path-token"
	tests := []struct {
		name string
		env  []string
		want []string
	}{
		{"the webhook's secret by default", nil, []string{before}},
		{"new and old while it is replaced", []string{"ANDON_WEBHOOK_SECRET=" + now + "," + before}, []string{now, before}},
		{"the path token after them", []string{"ANDON_WEBHOOK_PATH_TOKEN=" + token}, []string{before, token}},
		{"one of its own stands alone", []string{"ANDON_RECORD_SECRET=" + now}, []string{now}},
		{"its own can be replaced, too", []string{"ANDON_RECORD_SECRET=" + now + "," + before}, []string{now, before}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := mustLoad(t, goodEnv(tt.env...))
			if diff := cmp.Diff(tt.want, c.RecordSecrets()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzLoad hands over environments that nobody would write.
func FuzzLoad(f *testing.F) {
	f.Add("ANDON_RESYNC", "1m")
	f.Add("ANDON_BOARDS", "1,,2")
	f.Add("ANDON_JIRA_URL", "https://[::1")
	f.Add("ANDON_JIRA_RPS", "NaN")
	f.Add("ANDON_LABEL_DISASTER", "\xff\xfe")
	f.Add("ANDON_REDIS_URL", "redis://:c4n4ry@\x00")
	f.Add("ANDON_RECOVERY_SLA", "4h,security=2h,data=8h")
	f.Add("ANDON_TASK_FIELDS", `{"customfield_10050":"high"}`)
	f.Add("ANDON_NOTIFY_URLS", "https://hooks.example.com/a,slack://hook:b@webhook")
	f.Fuzz(func(t *testing.T, name, value string) {
		if strings.HasSuffix(name, fileSuffix) || name == "ANDON_PLAYBOOK" || name == "ANDON_NOTICE_TEMPLATES" {
			return // would read whatever file is named
		}
		if strings.Contains(name+value, canary) {
			return
		}
		c, err := Load(goodEnv(name+"="+value, "ANDON_JIRA_TOKEN="+canary))
		if err != nil {
			if strings.Contains(err.Error(), canary) {
				t.Errorf("the token is in the error: %v", err)
			}
			return
		}
		if again := c.Validate(); again != nil {
			t.Errorf("%s=%q was loaded but is not valid: %v", name, value, again)
		}
		if strings.Contains(c.String(), canary) {
			t.Errorf("the token is shown: %v", c)
		}
	})
}
