package house

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// ciRule reports what the script of the continuous integration must not lack.
func ciRule(r repo) []string {
	raw, err := fs.ReadFile(r.fsys, ".ci/run")
	if err != nil {
		return []string{err.Error()}
	}
	text := string(raw)
	var bad []string
	for _, need := range []struct{ text, without string }{
		{"#!/usr/bin/env bash\n", "does not say its shell"},
		{"\nset -euo pipefail\n", "goes on after errors"},
		{"export ANDON_TEST_REQUIRE=1", "lets tests skip"},
		{"go test -race -count=1", "does not run the tests with the race detector"},
	} {
		if !strings.Contains(text, need.text) {
			bad = append(bad, ".ci/run: "+need.without)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\w+=([\w./-]+)@(\S+)$`).FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(m[2]) {
			bad = append(bad, ".ci/run: "+m[1]+" is not pinned")
		}
	}
	return bad
}

func TestContinuousIntegration(t *testing.T) {
	r := loadRepository(t)
	for _, bad := range ciRule(r) {
		t.Error(bad)
	}
	info, err := os.Stat(filepath.Join(root(t), ".ci/run"))
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf(".ci/run cannot be executed: %v", err)
	}
}

func TestCIRuleFindsWhatIsPlanted(t *testing.T) {
	good := "#!/usr/bin/env bash\nset -euo pipefail\nlint=example.com/x@v1.2.3\nexport ANDON_TEST_REQUIRE=1\ngo test -race -count=1 ./...\n"
	change := func(from, to string) map[string]string {
		return map[string]string{".ci/run": strings.Replace(good, from, to, 1)}
	}
	runPlanted(t, []planted{
		{"a good one", ciRule, change("", ""), nil},
		{"none", ciRule, map[string]string{}, []string{"open .ci/run: file does not exist"}},
		{"errors do not count", ciRule, change("set -euo pipefail\n", ""), []string{".ci/run: goes on after errors"}},
		{"skips are taken", ciRule, change("export ANDON_TEST_REQUIRE=1\n", ""), []string{".ci/run: lets tests skip"}},
		{"a tool that changes by itself", ciRule, change("@v1.2.3", "@latest"), []string{".ci/run: example.com/x is not pinned"}},
	})
}

// The script is Bash; a machine without one cannot check it, nor run it.
func TestCIScriptIsSoundBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
			t.Fatal(err)
		}
		t.Skip("no bash on this machine")
	}
	out, err := exec.CommandContext(t.Context(), bash, "-n", filepath.Join(root(t), ".ci/run")).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestWorkflowRunsTheScriptWithoutRights(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root(t), ".github/workflows/ci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var workflow struct {
		Permissions map[string]string `yaml:"permissions"`
		Jobs        map[string]struct {
			Timeout int `yaml:"timeout-minutes"`
			Steps   []struct {
				Uses string         `yaml:"uses"`
				Run  string         `yaml:"run"`
				With map[string]any `yaml:"with"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal(raw, &workflow); err != nil {
		t.Fatal(err)
	}
	if len(workflow.Permissions) != 1 || workflow.Permissions["contents"] != "read" {
		t.Errorf("permissions: %v, want contents: read alone", workflow.Permissions)
	}
	var commands []string
	for name, job := range workflow.Jobs {
		if job.Timeout == 0 {
			t.Errorf("%s may run for ever", name)
		}
		for _, step := range job.Steps {
			commands = append(commands, step.Run)
			if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != false {
				t.Errorf("%s leaves its credentials in the clone", name)
			}
		}
	}
	all := strings.Join(commands, "\n")
	for _, want := range []string{".ci/run", "govulncheck@v", "docker build"} {
		if !strings.Contains(all, want) {
			t.Errorf("no job runs %s", want)
		}
	}
}
