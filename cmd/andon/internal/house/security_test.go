package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What SECURITY.md says is held by tests has to name tests that exist, and it has to know
// everything that the threat model is asked for.
func TestTheThreatModelNamesWhatExists(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root(t), ".github/SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for _, part := range []string{"## Report", "## What is worth protecting", "## Who can do what", "## Least rights", "## Out of scope", "supported"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing", part)
		}
	}
	for _, name := range regexp.MustCompile(`[a-z/]*[a-z_]+_test\.go`).FindAllString(text, -1) {
		if !strings.Contains(name, "/") {
			name = "cmd/andon/" + name
		}
		if _, err := os.Stat(filepath.Join(root(t), name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, link := range regexp.MustCompile(`\]\(\.\./([^)#]+)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join(root(t), link[1])); err != nil {
			t.Errorf("%s: %v", link[1], err)
		}
	}
}

func TestDependenciesAreLookedAfter(t *testing.T) {
	var config struct {
		Updates []struct {
			Ecosystem string `yaml:"package-ecosystem"`
			Schedule  struct{ Interval string }
		}
	}
	raw, err := os.ReadFile(filepath.Join(root(t), ".github/dependabot.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(raw, &config); err != nil {
		t.Fatal(err)
	}
	var renewed []string
	for _, u := range config.Updates {
		if u.Schedule.Interval == "" {
			t.Errorf("nothing says how often %s is renewed", u.Ecosystem)
		}
		renewed = append(renewed, u.Ecosystem)
	}
	for _, want := range []string{"gomod", "github-actions", "docker"} {
		if !slices.Contains(renewed, want) {
			t.Errorf("%s is not renewed", want)
		}
	}
	workflow, err := os.ReadFile(filepath.Join(root(t), ".github/workflows/ci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(root(t), ".ci/run"))
	if err != nil {
		t.Fatal(err)
	}
	for want, where := range map[string]string{"govulncheck@v": string(workflow), "dependency-review-action@v": string(workflow), "cron:": string(workflow),
		`step "known vulnerabilities"`: string(script), "go mod verify": string(script)} {
		if !strings.Contains(where, want) {
			t.Errorf("%s is missing", want)
		}
	}
}
