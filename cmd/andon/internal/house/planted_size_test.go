package house

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// lines is a Go file of n lines.
func lines(n int) string {
	return "package p\n" + strings.Repeat("var _ = 0\n", n-1)
}

// function is a function of n lines.
func function(name string, n int) string {
	return fmt.Sprintf("func %s() {\n%s}\n", name, strings.Repeat("\tx()\n", n-2))
}

// short are many functions of three lines, so that a few long ones do not move the median.
func short(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(function(fmt.Sprintf("s%d", i), 3))
	}
	return b.String()
}

func TestBudgetsFindWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"files at their limit", fileRule, map[string]string{
			"a/a.go": lines(150), "a/b.go": lines(10), "a/c.go": lines(400), "a/a_test.go": lines(400),
		}, nil},
		{"files over it", fileRule, map[string]string{
			"a/a.go": lines(20), "a/b.go": lines(10), "a/c.go": lines(401), "a/a_test.go": lines(401),
		}, []string{"a/a_test.go: 401 lines, at most 400", "a/c.go: 401 lines, at most 400"}},
		{"files long in the middle", fileRule, map[string]string{
			"a/a.go": lines(151), "a/b.go": lines(160), "a/c.go": lines(10), "a/a_test.go": lines(10),
		}, []string{"the median of all files is 151 lines, at most 150"}},
		{"functions at their limit", functionRule, map[string]string{
			"a/a.go":      short(20) + function("long", 80),
			"a/a_test.go": function("story", 200),
		}, nil},
		{"a function over it", functionRule, map[string]string{
			"a/a.go": short(20) + function("long", 81),
		}, []string{"a/a.go:63: long has 81 lines, at most 80"}},
		{"functions long in the middle", functionRule, map[string]string{
			"a/a.go": function("a", 13) + function("b", 13) + function("c", 3),
		}, []string{"the median of all functions is 13 lines, at most 12"}},
		{"too many long functions", functionRule, map[string]string{
			"a/a.go": short(9) + function("a", 41) + function("b", 41),
		}, []string{"nine of ten functions have up to 41 lines, at most 40"}},
		{"enough tests", ratioRule, map[string]string{
			"a/a.go": lines(100), "rules/a.go": lines(20), "rules/a_test.go": lines(120),
			"webhook/queue/queuetest/a.go": lines(50), // a helper counts as test
		}, nil},
		{"comments are no tests, stories are", ratioRule, map[string]string{
			"a/a.go": lines(4), "a/a_test.go": lines(2) + "// a\n\n// b\n", "cmd/a.story": "# title\npo acts\n\nthen it is seen\n",
		}, nil},
		{"too few tests", ratioRule, map[string]string{
			"a/a.go": lines(10), "a/a_test.go": lines(9), "rules/a.go": lines(10), "rules/a_test.go": lines(10),
		}, []string{
			"all packages: 19 lines of tests for 20 lines of code, at least 1.0 a line",
			"rules: 10 lines of tests for 10 lines of code, at least 2.0 a line",
		}},
	})
}

func TestTreeRulesFindWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"a tidy top", topRule, map[string]string{
			"go.mod": "", "go.sum": "", "LICENSE": "", "README.md": "", "CHANGELOG.md": "", "Dockerfile": "",
			".ci/run": "", ".golangci.yml": "", "deploy/compose.yaml": "", "rules/x.md": "",
		}, nil},
		{"what does not belong at the top", topRule, map[string]string{
			"docs/a.md": "", "docs/b.md": "", "main.go": "package main", "NOTES.md": "",
		}, []string{
			"NOTES.md does not belong at the top",
			"docs does not belong at the top",
			"main.go does not belong at the top",
		}},
		{"harmless texts", textRule, map[string]string{
			"a.md":  "The network of the team; /workers/4; https://example.com/work/x; ./root/x; User-Agent; a session; included; the claud" + "es\n",
			"a.png": "\xff\xfe /wor" + "k/ ",
		}, nil},
		{"texts that do not belong here", textRule, map[string]string{
			"a.md":    "first\nsee proxy.gol" + "ang.org\n",
			"b.sh":    "cd /wor" + "k/main\nls \"/ro" + "ot/go\"\n",
			"c/d.txt": "as arch" + "itecture.md says\nwritten by Chat" + "GPT\n",
		}, []string{
			`a.md:2: "proxy.gol` + `ang.org" is the host of a registry: use the ordinary client as it is set up`,
			`b.sh:1: "/wor` + `k/main" is a path of one machine`,
			`b.sh:2: "/ro` + `ot/go\"" is a path of one machine`,
			`c/d.txt:1: "arch` + `itecture.md" is a document outside the repository`,
			`c/d.txt:2: "chat` + `gpt" speaks of tools, not of the product`,
		}},
	})
}

func TestAFileThatCannotBeReadIsAViolation(t *testing.T) {
	r := repo{fsys: fstest.MapFS{}, paths: []string{"gone"}}
	bad := textRule(r)
	if len(bad) != 1 || !strings.Contains(bad[0], fs.ErrNotExist.Error()) {
		t.Errorf("got %q", bad)
	}
	if _, err := load(r.fsys, []string{"gone.go"}); err == nil {
		t.Error("a Go file that cannot be read is passed over")
	}
	if _, err := load(fstest.MapFS{"a.go": {Data: []byte("not Go")}}, []string{"a.go"}); err == nil {
		t.Error("a Go file that is none is passed over")
	}
}

func TestFilesAreFoundWithAndWithoutGit(t *testing.T) {
	dir := root(t)
	for name, paths := range map[string][]string{"walking": allFiles(t, dir), "loading": loadRepository(t).paths} {
		found := false
		for _, p := range paths {
			found = found || p == "cmd/andon/internal/house/planted_size_test.go"
			if strings.HasPrefix(p, ".git/") {
				t.Fatalf("%s finds git's own files", name)
			}
		}
		if !found {
			t.Errorf("%s does not find this file", name)
		}
	}
	if _, err := gitFiles(t, t.TempDir()); err == nil {
		t.Error("a folder without git has files in git")
	}
}
