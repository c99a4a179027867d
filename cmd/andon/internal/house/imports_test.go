package house

import (
	"maps"
	"slices"
	"strings"
)

// module is this module's name.
const module = "andon"

// ours says which packages of this module a folder may import; everything below cmd may
// import all. The core that decides knows nobody, the simulated Jira shares no code with
// what is tested against it, and the receiver and its queue know nothing of Jira.
func ours() map[string][]string {
	return map[string][]string{
		"rules":         {},
		"jira":          {"rules"},
		"jira/jiratest": {},
		"webhook":       {},
		"webhook/queue": {},
		"webhook/shelf": {},
		"webhook/page":  {},

		"jira/jiratest/apispec":   {},
		"webhook/queue/queuetest": {"webhook/queue"},
	}
}

// oursInTests is what tests may import beyond that.
func oursInTests() map[string][]string {
	return map[string][]string{
		"jira":          {"jira/jiratest"},
		"webhook":       {"webhook/queue", "webhook/queue/queuetest"},
		"webhook/queue": {"webhook/queue/queuetest"},
		"jira/jiratest": {"jira/jiratest/apispec"},
		"webhook/shelf": {"webhook/queue", "webhook/queue/queuetest"},
	}
}

// helpers are packages that are there for tests alone. They count as tests, and the
// product must not link them.
func helpers() []string { return []string{"webhook/queue/queuetest", "jira/jiratest/apispec"} }

// theirs says where a foreign module may be imported: in a folder, in a folder and all
// below it (with /...), in one file, or in tests.
func theirs() map[string][]string {
	return map[string][]string{
		"github.com/andygrunwald/go-jira":     {"jira"},
		"github.com/labstack/echo/v4":         {"webhook", "cmd/..."},
		"github.com/redis/go-redis/v9":        {"webhook/queue", "webhook/queue/queuetest", "webhook/shelf", "cmd/andon/internal/compare"},
		"github.com/prometheus/client_golang": {"webhook", "cmd/..."},
		"github.com/kelseyhightower/envconfig": {
			"cmd/andon",
		},
		"github.com/spf13/cobra":                {"cmd/andon"},
		"github.com/nicholas-fedor/shoutrrr":    {"cmd/andon"},
		"go.yaml.in/yaml/v3":                    {"rules/playbook.go", "tests"},
		"go.opentelemetry.io/otel":              {"cmd/andon/internal/tracing"},
		"go.opentelemetry.io/proto/otlp":        {"tests"},
		"google.golang.org/protobuf":            {"tests"},
		"golang.org/x/time":                     {"jira", "webhook"},
		"golang.org/x/sync":                     {"jira", "webhook", "webhook/queue", "cmd/..."},
		"github.com/alicebob/miniredis/v2":      {"tests"},
		"github.com/google/go-cmp":              {"tests"},
		"go.uber.org/goleak":                    {"tests"},
		"pgregory.net/rapid":                    {"tests"},
		"github.com/rogpeppe/go-internal":       {"tests"},
		"github.com/chromedp/chromedp":          {"tests"},
		"github.com/chromedp/cdproto":           {"tests"},
		"github.com/getkin/kin-openapi":         {"tests"},
		"github.com/santhosh-tekuri/jsonschema": {"tests"},
	}
}

// impure are packages of the standard library with which a decision could come to depend
// on anything but its facts.
func impure() []string {
	return []string{
		"context", "crypto/rand", "io/fs", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http",
		"os", "os/exec", "os/signal", "path/filepath", "runtime", "sync", "sync/atomic", "syscall",
	}
}

// importRule reports imports that the tables above do not allow.
func importRule(r repo) []string {
	var bad []string
	for _, s := range r.code {
		imports := s.imports()
		for _, imported := range slices.Sorted(maps.Keys(imports)) {
			if problem := importProblem(s, imported); problem != "" {
				bad = append(bad, r.at(imports[imported], "%s", problem))
			}
		}
	}
	return bad
}

// importProblem says why a file may not import a package.
func importProblem(s source, imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case imported == "C" || imported == "unsafe":
		return "imports " + imported + ": the binary is static and plain Go"
	case first == module:
		return oursProblem(s, strings.TrimPrefix(strings.TrimPrefix(imported, module), "/"))
	case strings.Contains(first, "."):
		return theirsProblem(s, imported)
	case s.dir == "rules" && !s.test && slices.Contains(impure(), imported):
		return "imports " + imported + ": what decides depends on its facts alone"
	}
	return ""
}

// oursProblem judges the import of a package of this module.
func oursProblem(s source, imported string) string {
	if !s.test && slices.Contains(helpers(), imported) {
		return "must not import " + imported + ", which is for tests"
	}
	if s.test && imported == s.dir { // a test from outside its package
		return ""
	}
	if s.dir == "cmd" || strings.HasPrefix(s.dir, "cmd/") {
		return ""
	}
	allowed, known := ours()[s.dir]
	if !known {
		return "is in a folder without an import rule: say in the rules what " + s.dir + " may import"
	}
	if slices.Contains(allowed, imported) || s.test && slices.Contains(oursInTests()[s.dir], imported) {
		return ""
	}
	return s.dir + " must not import " + imported
}

// theirsProblem judges the import of a foreign module.
func theirsProblem(s source, imported string) string {
	for name, places := range theirs() {
		if imported != name && !strings.HasPrefix(imported, name+"/") {
			continue
		}
		for _, place := range places {
			below, isTree := strings.CutSuffix(place, "/...")
			switch {
			case place == s.dir, place == s.path, place == "tests" && s.test:
				return ""
			case isTree && (s.dir == below || strings.HasPrefix(s.dir, below+"/")):
				return ""
			}
		}
		return "must not import " + name + ", which is for " + strings.Join(places, ", ")
	}
	return "imports " + imported + ", for which no rule says who may use it"
}
