package main

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
	"andon/webhook/queue"
)

// figures are the values of all series of a world's andon, by name and labels.
func (w *world) figures() map[string]float64 {
	w.t.Helper()
	families, err := w.app.registry.Gather()
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, l.GetName()+"="+l.GetValue())
			}
			name := f.GetName()
			if len(labels) > 0 {
				name += "{" + strings.Join(labels, ",") + "}"
			}
			switch {
			case m.GetHistogram() != nil:
				out[name+" count"] = float64(m.GetHistogram().GetSampleCount())
				out[name+" sum"] = m.GetHistogram().GetSampleSum()
			case m.GetCounter() != nil:
				out[name] = m.GetCounter().GetValue()
			default:
				out[name] = m.GetGauge().GetValue()
			}
		}
	}
	return out
}

// shows checks figures, to within ten seconds or so: the clock moves at each reading.
func (w *world) shows(want map[string]float64) {
	w.t.Helper()
	got := w.figures()
	for name, value := range want {
		if v, ok := got[name]; !ok || v < value-10 || v > value+10 || value < 100 && v != value {
			w.t.Errorf("%s is %v, want %v (there: %t)", name, v, value, ok)
		}
	}
}

func TestFiguresOfADisasterFromItsDeclarationToItsEnd(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		po, sm, dev := w.jira.As("po@example.com"), w.jira.As("sm@example.com"), w.jira.As("dev@example.com")
		issue := w.seed.Issues[5]
		w.after(dev.AddLabel(issue, "disaster-security"))
		w.shows(map[string]float64{"andon_disasters{kind=security,phase=proposed}": 1, "andon_planning_frozen_projects": 0, "andon_planning_frozen_oldest_seconds": 0})
		w.must(dev.RemoveLabel(issue, "disaster-security"))
		w.after(po.AddLabel(issue, "disaster-data"))
		w.clock.Advance(time.Hour)
		w.shows(map[string]float64{
			"andon_disasters_declared_total{kind=data}": 1, "andon_disasters{kind=data,phase=recovering}": 1, "andon_disasters{kind=security,phase=proposed}": 0,
			"andon_planning_frozen_projects": 1, "andon_planning_frozen_oldest_seconds": 3600, "andon_planning_frozen_seconds_total": 3600,
			"andon_sla_margin_seconds": 3 * 3600, "andon_disasters_unattended": 1, "andon_time_to_restore_seconds{kind=data} count": 0,
		})

		id, err := sm.CreateSprint(w.seed.ShopBoard, "Business as usual")
		w.after(err)
		w.sprintIs(id, "")
		w.after(sm.StartSprint(w.seed.FutureSprint, 14*24*time.Hour))
		w.shows(map[string]float64{"andon_violations_total{kind=sprint_created}": 1, "andon_violations_total{kind=sprint_started}": 1, "andon_violations_total{kind=issues_planned}": 0})

		w.after(dev.Transition(w.cause(issue), "Done", "Done"))
		w.shows(map[string]float64{
			"andon_time_to_root_cause_seconds{kind=data} count": 1, "andon_time_to_root_cause_seconds{kind=data} sum": 3600,
			"andon_planning_frozen_projects": 0, "andon_planning_frozen_oldest_seconds": 0, "andon_planning_frozen_seconds_total": 3600, "andon_disasters_unattended": 0,
		})
		w.clock.Advance(time.Hour)
		w.shows(map[string]float64{"andon_planning_frozen_seconds_total": 3600})
	}, "ANDON_RECOVERY_SLA=4h")
}

func TestAnAndonThatStartsLaterCountsNothingTwice(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		issue := w.seed.Issues[5]
		w.after(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		w.clock.Advance(2 * time.Hour)
		w.boot()
		for _, err := range w.settle() {
			t.Error(err)
		}
		w.shows(map[string]float64{"andon_disasters_declared_total{kind=unspecified}": 0, "andon_disasters{kind=unspecified,phase=recovering}": 1,
			"andon_planning_frozen_projects": 1, "andon_planning_frozen_oldest_seconds": 7200})
		if _, ok := w.figures()["andon_sla_margin_seconds"]; ok {
			t.Error("there is a margin although no recovery time is set")
		}
		w.after(w.jira.As("po@example.com").RemoveLabel(issue, "disaster"))
		w.shows(map[string]float64{"andon_disasters_withdrawn_total": 1, "andon_planning_frozen_projects": 0})
	})
}

func TestWhatOthersLookAfterIsForgotten(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	w.clock.Advance(time.Minute)
	w.app.metrics.disasters.keep([]string{"SHOP"})
	w.shows(map[string]float64{"andon_planning_frozen_projects": 1})

	w.app.metrics.disasters.set(jira.Pass{Project: "SHOP", Err: errors.New("Jira is away")})
	w.shows(map[string]float64{"andon_planning_frozen_projects": 1})
	w.app.metrics.disasters.set(jira.Pass{Project: "BLOG", Err: errors.New("Jira is away")})
	w.shows(map[string]float64{"andon_planning_frozen_projects": 1})

	w.clock.Advance(time.Hour)
	w.app.metrics.disasters.keep([]string{"SHOP"})
	w.shows(map[string]float64{"andon_planning_frozen_projects": 0})
	w.must(w.app.queue.Add(t.Context(), "project:SHOP", 0))
	w.after(nil)
	w.shows(map[string]float64{"andon_planning_frozen_projects": 1})
	w.clock.Advance(time.Minute)
	w.app.metrics.disasters.keep(nil)
	w.shows(map[string]float64{"andon_planning_frozen_projects": 0})
}

func TestAFreezeWithoutARecordIsAsOldAsItsFirstSight(t *testing.T) {
	clock := &testClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	g := newDisasterGauge(clock.Now, time.Hour)
	pass := jira.Pass{Project: "SHOP", Plan: rules.Plan{Frozen: true, Watched: true, States: []rules.State{{ID: "1", Phase: rules.PhaseUnreadable, Frozen: true}}}}
	g.set(pass)
	clock.Advance(time.Hour)
	g.set(pass)
	if age := clock.Now().Sub(g.seen["SHOP"].since); age < time.Hour {
		t.Errorf("the freeze counts as %s old", age)
	}
}

func TestFiguresOfTheQueue(t *testing.T) {
	w := newWorld(t, jiratest.Cloud)
	m := w.app.metrics
	w.shows(map[string]float64{"andon_queue_up": 1, "andon_last_successful_sweep_timestamp_seconds": 0, "andon_queue_runs_total{outcome=lost}": 0})
	m.queueEvent(queue.Event{Kind: queue.Taken, Item: queue.Item{Key: sweepKey}})
	m.queueEvent(queue.Event{Kind: queue.Done, Item: queue.Item{Key: sweepKey}, Took: time.Second})
	m.queueEvent(queue.Event{Kind: queue.Lost, Item: queue.Item{Key: sweepKey}})
	w.shows(map[string]float64{"andon_queue_runs_total{outcome=done}": 1, "andon_queue_runs_total{outcome=lost}": 1, "andon_reconcile_duration_seconds sum": 1,
		"andon_last_successful_sweep_timestamp_seconds": float64(w.clock.Now().Unix())})
	m.queueEvent(queue.Event{Kind: queue.Unavailable})
	w.shows(map[string]float64{"andon_queue_up": 0})
	m.queueStats(queue.Stats{Waiting: 3, Due: 2, InFlight: 1, Oldest: 5 * time.Second}, nil)
	w.shows(map[string]float64{"andon_queue_up": 1, "andon_queue_waiting": 3, "andon_queue_due": 2, "andon_queue_in_flight": 1, "andon_queue_oldest_due_seconds": 5})
	m.queueStats(queue.Stats{}, queue.ErrUnavailable)
	w.shows(map[string]float64{"andon_queue_up": 0, "andon_queue_waiting": 3})
}

func TestFiguresAreNamedAsPrometheusWantsAndHoldNoKeys(t *testing.T) {
	w := newWorld(t, jiratest.Cloud, "ANDON_RECOVERY_SLA=4h")
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	problems, err := testutil.GatherAndLint(w.app.registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range slices.DeleteFunc(problems, allowedProblem) {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	for name := range w.figures() {
		for _, text := range []string{"SHOP", "10005", w.seed.Issues[5], testSecret, "example.com"} {
			if strings.Contains(name, text) {
				t.Errorf("%s holds %s", name, text)
			}
		}
	}
	if n := len(w.figures()); n > 400 {
		t.Errorf("there are %d series after a single disaster", n)
	}
}

// allowedProblem is for none so far.
func allowedProblem(promlint.Problem) bool { return false }

const (
	metricsBegin = "<!-- metrics:begin -->\n"
	metricsEnd   = "<!-- metrics:end -->"
)

// metricsTable lists all figures as the runbook shows them.
func metricsTable(t *testing.T) string {
	w := newWorld(t, jiratest.Cloud, "ANDON_RECOVERY_SLA=4h")
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	families, err := w.app.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| metric | type | labels | meaning |\n|---|---|---|---|\n")
	for _, f := range families {
		labels := map[string]bool{}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				labels["`"+l.GetName()+"`"] = true
			}
		}
		b.WriteString("| `" + f.GetName() + "` | " + strings.ToLower(f.GetType().String()) + " | " +
			strings.Join(slices.Sorted(maps.Keys(labels)), ", ") + " | " + cell(f.GetHelp()) + " |\n")
	}
	return b.String()
}

// With ANDON_TEST_UPDATE=1 the table is written instead of compared.
func TestRunbookListsTheMetrics(t *testing.T) {
	const runbook = "../../deploy/README.md"
	raw, err := os.ReadFile(runbook)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), metricsBegin)
	table, after, closed := strings.Cut(rest, metricsEnd)
	if !ok || !closed {
		t.Fatalf("the runbook has no %q and %q", metricsBegin, metricsEnd)
	}
	want := metricsTable(t)
	if table == want {
		return
	}
	if os.Getenv("ANDON_TEST_UPDATE") != "1" {
		t.Fatalf("the runbook's table of metrics is not the one that the code makes; ANDON_TEST_UPDATE=1 writes it:\n%s", want)
	}
	if err := os.WriteFile(runbook, []byte(before+metricsBegin+want+metricsEnd+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A series that only comes with its first event would show no increase, and an alert on
// it would not fire.
func TestCountersAreThereFromTheStart(t *testing.T) {
	reg := prometheus.NewRegistry()
	clock := &testClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	newMetrics(reg, clock.Now, time.Hour)
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range families {
		names = append(names, f.GetName())
	}
	for _, want := range []string{"andon_queue_runs_total", "andon_reconciles_total", "andon_violations_total", "andon_disasters_declared_total", "andon_time_to_restore_seconds", "andon_jira_wait_seconds"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not there", want)
		}
	}
}
