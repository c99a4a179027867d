package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"andon/jira/jiratest"
)

// alertRule is a rule of deploy/alerts.yaml.
type alertRule struct {
	Alert       string
	Expr        string
	Labels      map[string]string
	Annotations map[string]string
}

// alertRules reads the rules.
func alertRules(t *testing.T) []alertRule {
	t.Helper()
	raw, err := os.ReadFile("../../deploy/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Groups []struct{ Rules []alertRule } }
	if err := yaml.Unmarshal(raw, &file); err != nil || len(file.Groups) != 1 {
		t.Fatalf("%v, %d groups", err, len(file.Groups))
	}
	return file.Groups[0].Rules
}

// dashboard is deploy/grafana-dashboard.json.
type dashboard struct {
	Title, UID string
	Panels     []struct {
		ID                       int
		Type, Title, Description string
		GridPos                  struct{ X, Y, W, H int }
		Targets                  []struct{ Expr string }
	}
	Annotations struct{ List []struct{ Expr string } }
}

// readDashboard reads it.
func readDashboard(t *testing.T) dashboard {
	t.Helper()
	raw, err := os.ReadFile("../../deploy/grafana-dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var d dashboard
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// expressions are all queries of the dashboard, with the places where they stand.
func (d dashboard) expressions() map[string]string {
	out := map[string]string{}
	for _, p := range d.Panels {
		for i, target := range p.Targets {
			out[fmt.Sprintf("panel %q, query %d", p.Title, i+1)] = target.Expr
		}
	}
	for i, a := range d.Annotations.List {
		out[fmt.Sprintf("annotation %d", i+1)] = a.Expr
	}
	return out
}

// offered are the names of all series, with their labels and the values of these.
func offered(t *testing.T) map[string]map[string][]string {
	t.Helper()
	w := newWorld(t, jiratest.Cloud, "ANDON_RECOVERY_SLA=4h")
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	families, err := w.app.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string][]string{}
	for _, f := range families {
		labels := map[string][]string{"job": nil, "instance": nil}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				labels[l.GetName()] = append(labels[l.GetName()], l.GetValue())
			}
		}
		names := []string{f.GetName()}
		if f.GetType().String() == "HISTOGRAM" {
			names = []string{f.GetName() + "_bucket", f.GetName() + "_count", f.GetName() + "_sum"}
		}
		for _, name := range names {
			out[name] = labels
		}
	}
	return out
}

var (
	usedSeries = regexp.MustCompile(`\b(andon_\w+)(?:\{([^}]*)\})?`)
	usedLabel  = regexp.MustCompile(`(\w+)(=~|=)"([^"]*)"`)
)

// strangers are what a query asks for and andon does not offer.
func strangers(expr string, offer map[string]map[string][]string) []string {
	var bad []string
	for _, m := range usedSeries.FindAllStringSubmatch(expr, -1) {
		labels, known := offer[m[1]]
		if !known {
			bad = append(bad, m[1])
			continue
		}
		for _, l := range usedLabel.FindAllStringSubmatch(m[2], -1) {
			values, known := labels[l[1]]
			if !known {
				bad = append(bad, m[1]+" by "+l[1])
			}
			if !slices.Contains([]string{"outcome", "reason", "phase", "kind"}, l[1]) {
				continue
			}
			for _, v := range strings.Split(l[3], "|") {
				if !slices.Contains(values, v) {
					bad = append(bad, m[1]+" with "+l[1]+" "+v)
				}
			}
		}
	}
	return bad
}

func TestAlertsAndDashboardAskForWhatAndonOffers(t *testing.T) {
	offer := offered(t)
	ask := readDashboard(t).expressions()
	for _, r := range alertRules(t) {
		ask[r.Alert] = r.Expr
	}
	for at, expr := range ask {
		for _, bad := range strangers(expr, offer) {
			t.Errorf("%s: andon has no %s", at, bad)
		}
		if !strings.Contains(expr, "andon_") {
			t.Errorf("%s asks for nothing of andon's: %s", at, expr)
		}
	}
}

func TestWhatAndonDoesNotOfferIsFound(t *testing.T) {
	offer := map[string]map[string][]string{"andon_runs_total": {"outcome": {"lost"}, "job": nil}}
	for expr, want := range map[string]string{
		`sum(rate(andon_runs_total{outcome="lost",job=~"$job"}[5m]))`: "",
		`andon_walks_total > 0`:                   "andon_walks_total",
		`andon_runs_total{outcome="last"}`:        "andon_runs_total with outcome last",
		`andon_runs_total{outcome=~"lost|found"}`: "andon_runs_total with outcome found",
		`andon_runs_total{result="lost"}`:         "andon_runs_total by result",
	} {
		if got := strings.Join(strangers(expr, offer), ", "); got != want {
			t.Errorf("%s: %q, want %q", expr, got, want)
		}
	}
}

func TestEachAlertLeadsToItsParagraphInTheRunbook(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, part := range strings.Split(string(raw), "\n### ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		sections[title] = text
	}
	seen := map[string]bool{}
	for _, r := range alertRules(t) {
		if seen[r.Alert] || !strings.HasPrefix(r.Alert, "Andon") {
			t.Errorf("%s: the name is there twice or not andon's", r.Alert)
		}
		seen[r.Alert] = true
		if want := "README.md#" + strings.ToLower(r.Alert); r.Annotations["runbook_url"] != want {
			t.Errorf("%s leads to %q, want %q", r.Alert, r.Annotations["runbook_url"], want)
		}
		text, _, _ := strings.Cut(sections[r.Alert], "\n## ")
		if len(strings.Fields(text)) < 25 {
			t.Errorf("the runbook says too little about %s: %q", r.Alert, text)
		}
		if r.Annotations["summary"] == "" || r.Annotations["description"] == "" || !slices.Contains([]string{"warning", "critical"}, r.Labels["severity"]) {
			t.Errorf("%s: %v %v", r.Alert, r.Labels, r.Annotations)
		}
	}
	for title := range sections {
		if strings.HasPrefix(title, "Andon") && !seen[title] {
			t.Errorf("the runbook has a paragraph about %s, and there is no such alert", title)
		}
	}
}

func TestEachAlertFiresInATest(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/alerts.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range alertRules(t) {
		if !strings.Contains(string(raw), `{alertname="`+r.Alert+`"}'`) {
			t.Errorf("no test shows that %s fires", r.Alert)
		}
	}
}

func TestDashboardIsTidy(t *testing.T) {
	d := readDashboard(t)
	if d.Title != "andon" || d.UID != "andon" || len(d.Panels) < 15 {
		t.Errorf("%q %q with %d panels", d.Title, d.UID, len(d.Panels))
	}
	ids, cells := map[int]bool{}, map[[2]int]string{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" || p.Type != "row" && (p.Description == "" || len(p.Targets) == 0) {
			t.Errorf("panel %d %q: the id is there twice, or something is missing", p.ID, p.Title)
		}
		ids[p.ID] = true
		if p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %q is too wide", p.Title)
		}
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := cells[[2]int{x, y}]; other != "" {
					t.Fatalf("panels %q and %q lie on each other", p.Title, other)
				}
				cells[[2]int{x, y}] = p.Title
			}
		}
	}
}

// tool finds a program that a test needs. Where it is missing the test is left out, unless
// everything is required.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if own := filepath.Join(os.Getenv("ANDON_TEST_TOOLS"), name); os.Getenv("ANDON_TEST_TOOLS") != "" {
			if path, err = exec.LookPath(own); err == nil {
				return path
			}
		}
		if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
			t.Fatalf("%s is required here and missing", name)
		}
		t.Skipf("there is no %s", name)
	}
	return path
}

// promtool runs Prometheus' own tool in deploy/.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool(t, "promtool"), args...)
	cmd.Dir = "../../deploy"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", args, err, out)
	}
}

func TestPrometheusTakesTheAlertRulesAndTheyFireWhenTheyShould(t *testing.T) {
	promtool(t, "check", "rules", "alerts.yaml")
	promtool(t, "test", "rules", "alerts.test.yaml")
}

func TestPrometheusUnderstandsTheDashboard(t *testing.T) {
	type record struct {
		Record string `yaml:"record"`
		Expr   string `yaml:"expr"`
	}
	var rules []record
	for _, expr := range readDashboard(t).expressions() {
		rules = append(rules, record{fmt.Sprintf("query_%d", len(rules)), strings.ReplaceAll(expr, "$job", ".*")})
	}
	raw, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "dashboard", "rules": rules}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dashboard.yaml")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", path)
}
