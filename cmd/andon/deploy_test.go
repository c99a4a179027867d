package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The compose file's environment has to be one with which andon starts.
func TestComposeFileSetsValidSettings(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct {
			Environment map[string]string `yaml:"environment"`
			StopGrace   string            `yaml:"stop_grace_period"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal(raw, &compose); err != nil {
		t.Fatal(err)
	}
	shell := map[string]string{"ANDON_JIRA_URL": "https://example.atlassian.net", "ANDON_JIRA_EMAIL": "andon@example.com", "ANDON_PUBLIC_URL": "https://andon.example.com"}
	service := compose.Services["andon"]
	var environ []string
	for name, value := range service.Environment {
		value = substitute(t, value, shell)
		if strings.HasPrefix(value, "/run/secrets/") {
			value = writeSecret(t, name+"-0123456789abcdef\n")
		}
		environ = append(environ, name+"="+value)
	}
	c := mustLoad(t, environ)
	if c.RedisURL == "" || len(c.WebhookSecret) == 0 || len(c.RecordSecret) == 0 || c.PublicURL == "" || c.MetricsListen == "" {
		t.Errorf("a part of the installation is not used:\n%v", c)
	}
	if service.StopGrace != "30s" || c.ShutdownGrace.Seconds() >= 30 {
		t.Errorf("the container is killed after %s, andon takes %s to stop", service.StopGrace, c.ShutdownGrace)
	}
}

// substitute puts in variables as compose does: ${NAME:?message} and ${NAME:-default}.
func substitute(t *testing.T, text string, env map[string]string) string {
	t.Helper()
	variable := regexp.MustCompile(`\$\{([A-Z_]+):([?-])([^}]*)\}`)
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		m := variable.FindStringSubmatch(found)
		value, ok := env[m[1]]
		switch {
		case ok:
			return value
		case m[2] == "-":
			return m[3]
		}
		t.Errorf("%s has to be set, and the runbook does not know it", m[1])
		return ""
	})
}

// The runbook names settings; each of them has to be one.
func TestRunbookAndReadmeNameOnlyRealSettings(t *testing.T) {
	known := knownNames()
	for _, path := range []string{"../../deploy/README.md", "../../README.md", "../../deploy/compose.yaml"} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\bANDON_[A-Z_]*[A-Z]\b`).FindAllString(string(raw), -1) {
			if !known[name] && name != "ANDON_VERSION" && !foreign(name) {
				t.Errorf("%s names %s, which is no setting", path, name)
			}
		}
	}
}
