package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// faultsOf loads an environment and gives the faults as NAME: found.
func faultsOf(t *testing.T, environ []string) string {
	t.Helper()
	_, err := Load(environ)
	if err == nil {
		return ""
	}
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("the error is %T", err)
	}
	var lines []string
	for _, f := range faults {
		if f.Want == "" {
			t.Errorf("%s does not say what to do", f.Name)
		}
		lines = append(lines, f.Name+" "+f.Found)
	}
	return strings.Join(lines, "\n")
}

func TestJiraAddresses(t *testing.T) {
	const url = "ANDON_JIRA_URL="
	tests := []struct{ name, value, want string }{
		{"a Cloud site", "https://example.atlassian.net", ""},
		{"a Data Center with a path", "https://jira.example.com:8443/jira/", ""},
		{"the gateway with a site", "https://api.atlassian.com/ex/jira/11223344-a1b2-3b33-c444-def123456789", ""},
		{"http to this machine", "http://127.0.0.1:8081", ""},
		{"http to this machine by IPv6", "http://[::1]:8081", ""},
		{"http to localhost", "http://localhost:8081", ""},
		{"http to a container", "http://jira:8080", ""},
		{"http to a private address", "http://192.168.1.20/jira", ""},
		{"http to an internal name", "http://jira.corp.internal", ""},
		{"http to a local name in capitals with a dot", "http://JIRA.LOCAL.", ""},
		{"http to the world", "http://jira.example.com", "would send the token over http"},
		{"http to a public address", "http://8.8.8.8", "would send the token over http"},
		{"http to a name that ends like a private one", "http://notlocal.example", "would send the token over http"},
		{"another scheme", "ftp://jira.example.com", `has the scheme "ftp"`},
		{"no scheme", "jira.example.com", "is not a complete URL"},
		{"no host", "https:///jira", "is not a complete URL"},
		{"only a port", "https://:443", "is not a complete URL"},
		{"a port out of range", "https://jira.example.com:70000", "is not a complete URL"},
		{"not a URL", "https://exa mple", "is not a complete URL"},
		{"a password in it", "https://andon:pw@jira.example.com", "contains a user name or password"},
		{"a query", "https://jira.example.com/?os_authType=basic", "has a query or a fragment"},
		{"a bare question mark", "https://jira.example.com/?", "has a query or a fragment"},
		{"a fragment", "https://jira.example.com/#top", "has a query or a fragment"},
		{"the gateway alone", "https://api.atlassian.com", "names the gateway without a site"},
		{"the gateway with something else", "https://api.atlassian.com/rest/api/2", "names the gateway without a site"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.want
			if want != "" {
				want = "ANDON_JIRA_URL " + want
			}
			if got := faultsOf(t, goodEnv(url+tt.value)); got != want {
				t.Errorf("%s: got %q, want %q", tt.value, got, want)
			}
		})
	}
}

func TestSingleFaults(t *testing.T) {
	long := strings.Repeat("x", 256)
	tests := []struct{ name, env, want string }{
		{"a colon in the account", "ANDON_JIRA_EMAIL=a:b", "ANDON_JIRA_EMAIL contains a colon or a blank"},
		{"no account for a Cloud site", "ANDON_JIRA_EMAIL=", "ANDON_JIRA_EMAIL is not set"},
		{"a blank in the token", "ANDON_JIRA_TOKEN=Bearer abc", "ANDON_JIRA_TOKEN contains a blank or a line break"},
		{"a short webhook secret", "ANDON_WEBHOOK_SECRET=short", "ANDON_WEBHOOK_SECRET has only 5 characters"},
		{"the second secret is short", "ANDON_WEBHOOK_SECRET=0123456789abcdef,b", "ANDON_WEBHOOK_SECRET has only 1 characters in place 2 of 2"},
		{"a secret twice", "ANDON_WEBHOOK_SECRET=0123456789abcdef,0123456789abcdef", "ANDON_WEBHOOK_SECRET repeats an earlier secret in place 2 of 2"},
		{"a line break in a secret", "ANDON_WEBHOOK_SECRET=0123456789abcdef\n0123456789abcdef", "ANDON_WEBHOOK_SECRET contains a line break"},
		{"an empty item among secrets", "ANDON_WEBHOOK_SECRET=0123456789abcdef,", "ANDON_WEBHOOK_SECRET has an empty item"},
		{"an empty secret", "ANDON_WEBHOOK_SECRET=", "ANDON_WEBHOOK_SECRET is set but empty"},
		{"a blank secret", "ANDON_WEBHOOK_SECRET= ", "ANDON_WEBHOOK_SECRET is set but empty"},
		{"a short path token", "ANDON_WEBHOOK_PATH_TOKEN=abc", "ANDON_WEBHOOK_PATH_TOKEN has only 3 characters"},
		{"a slash in the path token", "ANDON_WEBHOOK_PATH_TOKEN=0123456789/abcdef", "ANDON_WEBHOOK_PATH_TOKEN contains a character that does not belong into a URL (its value is not shown)"},
		{"a short record secret", "ANDON_RECORD_SECRET=abc", "ANDON_RECORD_SECRET has only 3 characters"},
		{"an address without a port", "ANDON_LISTEN=localhost", `ANDON_LISTEN is "localhost"`},
		{"a port of letters", "ANDON_LISTEN=:http", `ANDON_LISTEN is ":http"`},
		{"a URL to listen on", "ANDON_LISTEN=http://:80", `ANDON_LISTEN is "http://:80"`},
		{"an empty port", "ANDON_LISTEN=127.0.0.1:", `ANDON_LISTEN is "127.0.0.1:"`},
		{"metrics on a bad address", "ANDON_METRICS_LISTEN=9090", `ANDON_METRICS_LISTEN is "9090"`},
		{"metrics on the same port", "ANDON_METRICS_LISTEN=:8080", "ANDON_METRICS_LISTEN is the same as ANDON_LISTEN"},
		{"Redis without a scheme", "ANDON_REDIS_URL=redis:6379", "ANDON_REDIS_URL is not the URL of a Redis (its value is not shown)"},
		{"Redis over http", "ANDON_REDIS_URL=http://redis:6379", "ANDON_REDIS_URL is not the URL of a Redis (its value is not shown)"},
		{"Redis with an unknown parameter", "ANDON_REDIS_URL=redis://:pw@redis:6379/0?sentinel=yes", "ANDON_REDIS_URL has a database or a parameter that is not understood (its value is not shown)"},
		{"a cluster by halves", "ANDON_REDIS_URL=redis://redis:6379?cluster=perhaps", "ANDON_REDIS_URL has a database or a parameter that is not understood (its value is not shown)"},
		{"a database by name", "ANDON_REDIS_URL=redis://redis:6379/queue", "ANDON_REDIS_URL has a database or a parameter that is not understood (its value is not shown)"},
		{"too short a resync", "ANDON_RESYNC=10ms", "ANDON_RESYNC is 10ms"},
		{"too long a resync", "ANDON_RESYNC=1h", "ANDON_RESYNC is 1h0m0s"},
		{"a duration without a unit", "ANDON_SWEEP=30", `ANDON_SWEEP is "30"`},
		{"no requests at all", "ANDON_JIRA_RPS=0", "ANDON_JIRA_RPS is 0"},
		{"a rate that is no number", "ANDON_JIRA_RPS=NaN", "ANDON_JIRA_RPS is NaN"},
		{"an infinite rate", "ANDON_JIRA_RPS=+Inf", "ANDON_JIRA_RPS is +Inf"},
		{"workers by words", "ANDON_WORKERS=four", `ANDON_WORKERS is "four"`},
		{"a truth that is none", "ANDON_DRY_RUN=maybe", `ANDON_DRY_RUN is "maybe"`},
		{"a project in small letters", "ANDON_PROJECTS=SHOP,blog", `ANDON_PROJECTS names "blog"`},
		{"an empty project", "ANDON_PROJECTS=SHOP,,BLOG", "ANDON_PROJECTS has an empty item"},
		{"a board by name", "ANDON_BOARDS=12,scrum", `ANDON_BOARDS is "12,scrum"`},
		{"a board of a project in small letters", "ANDON_BOARDS=shop:12", `ANDON_BOARDS is "shop:12"`},
		{"a board without a number", "ANDON_BOARDS=SHOP:", `ANDON_BOARDS is "SHOP:"`},
		{"board zero", "ANDON_BOARDS=0", `ANDON_BOARDS is "0"`},
		{"a blank role", "ANDON_PO_ROLE= ", "ANDON_PO_ROLE is empty"},
		{"a role with a blank at its end", "ANDON_SM_ROLE=Scrum Master ", "ANDON_SM_ROLE begins or ends with a blank"},
		{"the Scrum Master as Product Owner", "ANDON_SM_ROLE=product owner", "ANDON_SM_ROLE is the same as ANDON_PO_ROLE"},
		{"a label of two words", "ANDON_LABEL_DISASTER=big disaster", "ANDON_LABEL_DISASTER contains a blank, which Jira does not take in a label"},
		{"a blank label", "ANDON_LABEL_DISASTER= ", "ANDON_LABEL_DISASTER is empty"},
		{"a label too long", "ANDON_LABEL_SPRINT_RESUME=" + long, "ANDON_LABEL_SPRINT_RESUME is longer than 255 characters"},
		{"a label with a control character", "ANDON_LABEL_DISASTER=dis\x01aster", "ANDON_LABEL_DISASTER contains a control character"},
		{"labels that differ in case", "ANDON_LABEL_SYSTEM_RESTORED=Disaster", `ANDON_LABEL_SYSTEM_RESTORED is "Disaster", which is the label of ANDON_LABEL_DISASTER too`},
		{"an unknown level", "ANDON_LOG_LEVEL=loud", `ANDON_LOG_LEVEL is "loud"`},
		{"an unknown form", "ANDON_LOG_FORMAT=xml", `ANDON_LOG_FORMAT is "xml"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := faultsOf(t, goodEnv(tt.env)); got != tt.want {
				t.Errorf("%s\n got %q\nwant %q", tt.env, got, tt.want)
			}
		})
	}
}

func TestWhatIsTaken(t *testing.T) {
	playbook := filepath.Join(t.TempDir(), "playbook.yaml")
	if err := os.WriteFile(playbook, []byte("tasks: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{
		"ANDON_LISTEN=127.0.0.1:0", "ANDON_LISTEN=[::1]:8080", "ANDON_METRICS_LISTEN=:9090",
		"ANDON_REDIS_URL=redis://redis:6379/0", "ANDON_REDIS_URL=rediss://:pw@redis.example.com",
		"ANDON_REDIS_URL=redis://:pw@sentinel-1:26379/0?addr=sentinel-2:26379&master_name=mymaster&password=pw",
		"ANDON_REDIS_URL=rediss://node-1:6379?addr=node-2:6379&cluster=true",
		"ANDON_REDIS_URL=unix:///run/redis.sock", "ANDON_WEBHOOK_PATH_TOKEN=0123456789-_.~abcdef",
		"ANDON_SHUTDOWN_GRACE=0s", "ANDON_RESYNC=1s", "ANDON_LABEL_DISASTER=Störfall", "ANDON_LOG_FORMAT=text",
		"ANDON_PLAYBOOK=" + playbook, "ANDON_JIRA_TOKEN=demo",
	} {
		if got := faultsOf(t, goodEnv(env)); got != "" {
			t.Errorf("%s is refused: %s", env, got)
		}
	}
	both := goodEnv("ANDON_LISTEN=:0", "ANDON_METRICS_LISTEN=:0")
	if got := faultsOf(t, both); got != "" {
		t.Errorf("two ports that the system chooses are refused: %s", got)
	}
}

func TestBearerTokenOfADataCenterNeedsNoAccount(t *testing.T) {
	c := mustLoad(t, goodEnv("ANDON_JIRA_URL=https://jira.example.com", "ANDON_JIRA_EMAIL="))
	if c.JiraEmail != "" {
		t.Errorf("JiraEmail = %q", c.JiraEmail)
	}
}

func TestAPathTokenAloneIsEnough(t *testing.T) {
	environ := append(goodEnv()[:3], "ANDON_WEBHOOK_PATH_TOKEN=0123456789abcdef")
	if got := faultsOf(t, environ); got != "" {
		t.Error(got)
	}
}

func TestFilesThatSettingsName(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, make([]byte, maxPlaybook+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                           "is not a file",
		large:                         "larger than 1048576 bytes",
		filepath.Join(dir, "missing"): "no such file",
	} {
		for _, name := range []string{"ANDON_PLAYBOOK", "ANDON_NOTICE_TEMPLATES"} {
			if got := faultsOf(t, goodEnv(name+"="+path)); !strings.HasPrefix(got, name+" ") || !strings.Contains(got, want) {
				t.Errorf("%s=%s: got %q, want %q in it", name, path, got, want)
			}
		}
	}
}

func TestSettingsMadeInCodeAreValidatedAsWell(t *testing.T) {
	c := mustLoad(t, goodEnv())
	if err := c.Validate(); err != nil {
		t.Errorf("what Load returns is not valid: %v", err)
	}
	c.Boards = BoardNames{{ID: -1}}
	c.Workers = 1000
	want := "2 settings are wrong:\n" +
		"  ANDON_WORKERS is 1000: it has to lie between 1 and 64\n" +
		"  ANDON_BOARDS names board -1: write the numbers from the boards' addresses"
	if err := c.Validate(); err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
