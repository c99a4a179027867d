package house

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// planted is a small repository and what a rule has to say about it.
type planted struct {
	name  string
	check rule
	files map[string]string
	want  []string
}

// plant makes a repository of files. A Go file may leave out its package clause.
func plant(t *testing.T, files map[string]string) repo {
	t.Helper()
	fsys := fstest.MapFS{}
	var paths []string
	for p, text := range files {
		if strings.HasSuffix(p, ".go") && !strings.Contains(text, "package ") {
			text = "// Package p is planted.\npackage p\n" + text
		}
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
		paths = append(paths, p)
	}
	r, err := load(fsys, paths)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func runPlanted(t *testing.T, tests []planted) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.check(plant(t, tt.files))); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestImportRuleFindsWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"allowed imports", importRule, map[string]string{
			"rules/a.go":                   `import "time"`,
			"rules/playbook.go":            `import "go.yaml.in/yaml/v3"`,
			"rules/a_test.go":              `import ("os"; "pgregory.net/rapid"; "andon/rules")`,
			"jira/a.go":                    `import ("andon/rules"; gojira "github.com/andygrunwald/go-jira")`,
			"jira/a_test.go":               `import "andon/jira/jiratest"`,
			"webhook/a.go":                 `import ("github.com/labstack/echo/v4"; "github.com/labstack/echo/v4/middleware")`,
			"cmd/andon/a.go":               `import ("andon/rules"; "andon/jira/jiratest"; "github.com/labstack/echo/v4")`,
			"webhook/queue/queuetest/a.go": `import ("andon/webhook/queue"; "github.com/alicebob/miniredis/v2")`,
		}, nil},
		{"the rules know nobody", importRule, map[string]string{
			"rules/a.go": `import ("andon/jira"; "net/http"; "go.yaml.in/yaml/v3")`,
		}, []string{
			"rules/a.go:3: rules must not import jira",
			"rules/a.go:3: must not import go.yaml.in/yaml/v3, which is for rules/playbook.go, tests",
			"rules/a.go:3: imports net/http: what decides depends on its facts alone",
		}},
		{"the simulated Jira shares nothing", importRule, map[string]string{
			"jira/jiratest/a.go":      `import "andon/rules"`,
			"jira/jiratest/a_test.go": `import "github.com/andygrunwald/go-jira"`,
		}, []string{
			"jira/jiratest/a.go:3: jira/jiratest must not import rules",
			"jira/jiratest/a_test.go:3: must not import github.com/andygrunwald/go-jira, which is for jira",
		}},
		{"the receiver knows neither Jira nor Redis", importRule, map[string]string{
			"webhook/a.go":      `import ("andon/jira"; "andon/webhook/queue"; "github.com/redis/go-redis/v9")`,
			"webhook/a_test.go": `import "andon/jira/jiratest"`,
		}, []string{
			"webhook/a.go:3: webhook must not import jira",
			"webhook/a.go:3: webhook must not import webhook/queue",
			"webhook/a.go:3: must not import github.com/redis/go-redis/v9, which is for webhook/queue, webhook/queue/queuetest, webhook/shelf, cmd/andon/internal/compare",
			"webhook/a_test.go:3: webhook must not import jira/jiratest",
		}},
		{"the adapter does not use the simulation in earnest", importRule, map[string]string{
			"jira/a.go": `import ("andon/jira/jiratest"; "github.com/labstack/echo/v4")`,
		}, []string{
			"jira/a.go:3: jira must not import jira/jiratest",
			"jira/a.go:3: must not import github.com/labstack/echo/v4, which is for webhook, cmd/...",
		}},
		{"what is for tests stays there", importRule, map[string]string{
			"cmd/andon/a.go": `import ("andon/webhook/queue/queuetest"; "github.com/google/go-cmp/cmp")`,
		}, []string{
			"cmd/andon/a.go:3: must not import webhook/queue/queuetest, which is for tests",
			"cmd/andon/a.go:3: must not import github.com/google/go-cmp, which is for tests",
		}},
		{"nothing is imported without a rule", importRule, map[string]string{
			"notify/a.go":    `import "andon/rules"`,
			"cmd/andon/a.go": `import ("github.com/stranger/thing"; "unsafe")`,
		}, []string{
			"cmd/andon/a.go:3: imports github.com/stranger/thing, for which no rule says who may use it",
			"cmd/andon/a.go:3: imports unsafe: the binary is static and plain Go",
			"notify/a.go:3: is in a folder without an import rule: say in the rules what notify may import",
		}},
		{"a module whose name begins alike is another one", importRule, map[string]string{
			"jira/a.go": `import "github.com/andygrunwald/go-jira-more"`,
		}, []string{
			"jira/a.go:3: imports github.com/andygrunwald/go-jira-more, for which no rule says who may use it",
		}},
	})
}

func TestCodeRulesFindWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"init", initRule, map[string]string{
			"a/a.go": "func init() {}\ntype t struct{}\nfunc (t) init() {}",
		}, []string{"a/a.go:3: func init"}},
		{"constant variables", variableRule, map[string]string{
			"a/a.go": `var errA, errB = errors.New("a"), fmt.Errorf("b %d", 1)
var _ I = (*T)(nil)
var re = regexp.MustCompile("x")
var later = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("x") })
var page = template.Must(template.New("x").Parse(""))
//go:embed a.txt
var text string
var (
	//go:embed b.lua
	lua string
)
const c = 1`,
			"cmd/andon/a.go": `var version = "dev"`,
			"a/a_test.go":    `var update = flag.Bool("update", false, "")`,
		}, nil},
		{"variables that can be changed", variableRule, map[string]string{
			"a/a.go": "var table = map[string]int{}\nvar a, b = errors.New(\"a\"), 1\nvar n int\nvar f = load()\n// embedded one day\nvar g = other.New()",
			"a/b.go": `var version = "dev"`,
		}, []string{
			"a/a.go:3: package-level variable table",
			"a/a.go:4: package-level variable b",
			"a/a.go:5: package-level variable n",
			"a/a.go:6: package-level variable f",
			"a/a.go:8: package-level variable g",
			"a/b.go:3: package-level variable version",
		}},
		{"panic", panicRule, map[string]string{
			"a/a.go":      "func f() { g(func() { panic(1) }) }\nfunc MustX() { panic(2) }\nfunc mustY() { panic(3) }\nfunc h() { x.panic() }",
			"a/a_test.go": "func f() { panic(1) }",
			"a/b.go":      "import \"net/http\"\nfunc f(err error) { if err == http.ErrAbortHandler { panic(err) } }\nfunc g() { panic(1) }",
		}, []string{"a/a.go:3: panic in f", "a/b.go:5: panic in g"}},
		{"the clock", clockRule, map[string]string{
			"a/a.go":         "import \"time\"\nvar x = time.Now().Add(time.Second)\nvar y = f(time.Since)",
			"a/b.go":         "import clock \"time\"\nvar x = clock.Until(t)",
			"a/c.go":         "var x = time.Now()", // somebody else's time
			"a/clock.go":     "import \"time\"\nvar x = time.Now()\nvar y = time.Now()",
			"b/clock.go":     "import \"time\"\nvar x = time.Now",
			"a/a_test.go":    "import \"time\"\nvar x = time.Now()",
			"cmd/andon/a.go": "import \"time\"\nvar x = time.Now()",
		}, []string{
			"a/a.go:4: time.Now: take a clock",
			"a/a.go:5: time.Since: take a clock",
			"a/b.go:4: time.Until: take a clock",
			"b/clock.go:4: time.Now: take a clock",
		}},
		{"sleeping", sleepRule, map[string]string{
			"a/a.go":      "import \"time\"\nfunc f() { time.Sleep(1) }",
			"a/a_test.go": "import \"time\"\nfunc f() { time.Sleep(1) }",
			"b/b.go":      "import \"time\"\nfunc f() { time.Sleep(1) }",
			"b/a_test.go": "import \"time\"\nfunc f() { time.Sleep(1) }",
			"b/b_test.go": "import \"testing/synctest\"",
		}, []string{"a/a.go:4: time.Sleep", "a/a_test.go:4: time.Sleep", "b/b.go:4: time.Sleep"}},
		{"skipping", skipRule, map[string]string{
			"a/a_test.go": "func TestA(t *testing.T) { t.Skip(\"some day\") }\n" +
				"func TestB(t *testing.T) { if testing.Short() { t.SkipNow() } }\n" +
				"func redis(t *testing.T) { if os.Getenv(\"ANDON_TEST_REQUIRE\") == \"1\" { t.Fatal() }; t.Skipf(\"none\") }",
			"a/a.go":      "func f(r reader) { r.Skip(1) }",
			"a/b_test.go": "func (m *machine) Take(t *rapid.T) { t.Skip() }\nfunc g() { check(func(t *rapid.T) { t.Skip() }) }",
		}, []string{
			"a/a_test.go:3: TestA skips without looking at ANDON_TEST_REQUIRE",
			"a/a_test.go:4: TestB skips without looking at ANDON_TEST_REQUIRE",
		}},
	})
}

func TestDocumentRuleFindsWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"documented", documentRule, map[string]string{
			"a/a.go": "// Package a is documented.\npackage a\n" +
				"// F does.\nfunc F() {}\nfunc g() {}\ntype t struct{}\nfunc (t) Exported() {}\n" +
				"// Numbers.\nconst (\n\tA = 1\n\tB = 2\n)\n// I is. Add does.\ntype I interface {\n\t// M and N do.\n\tM()\n\tN()\n\tAdd()\n\tu()\n\tOther\n}\n" +
				"type (\n\t// X is.\n\tX int\n\ty int\n)\n// G is.\ntype G[T any] struct{}\n// M does.\nfunc (g *G[T]) M() {}",
			"a/b.go":      "package a",
			"b/a_test.go": "package b\nfunc TestX() {}",
		}, nil},
		{"not documented", documentRule, map[string]string{
			"a/a.go": "package a\nfunc F() {}\ntype T struct{}\nfunc (t *T) M() {}\nconst A, b = 1, 2\nvar V = 1\n" +
				"// I is.\ntype I interface {\n\tM()\n}\n// Many things.\ntype (\n\tX int\n)\ntype G[T any] struct{}\nfunc (g *G[T]) M() {}",
		}, []string{
			"a/a.go:2: F has no comment",
			"a/a.go:3: T has no comment",
			"a/a.go:4: M has no comment",
			"a/a.go:5: A has no comment",
			"a/a.go:6: V has no comment",
			"a/a.go:9: I.M has no comment",
			"a/a.go:13: X has no comment",
			"a/a.go:15: G has no comment",
			"a/a.go:16: M has no comment",
			"a: the package has no comment",
		}},
	})
}
