package views_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/cmd/andon/internal/views"
	"andon/rules"
	"andon/webhook/page"
)

func TestAViewSaysWhatTheReportSays(t *testing.T) {
	t.Parallel()
	at := start()
	po := rules.Person{ID: "po", Name: "Paula Owner"}
	r := rules.Report{
		At: at.Add(2 * time.Hour), Project: "SHOP", Issue: "7", Key: "SHOP-7", Summary: "Orders disappear", URL: "https://jira.example.com/browse/SHOP-7", Phase: rules.PhaseRecovering,
		Headline: "recovering, planning is frozen", Reason: "because", Next: "the team", Kinds: []rules.Kind{rules.Data}, Declared: &rules.Declaration{By: po, Label: "disaster", At: at},
		Mode: "system-offline", ModeSince: at.Add(time.Hour), Frozen: true, Times: rules.Times{Declared: at, Due: at.Add(4 * time.Hour), Allowed: 4 * time.Hour},
		Steps: []rules.Step{{At: at, Code: "declared", Text: "declared by Paula Owner", By: po}},
		Bars:  []rules.Bar{{Code: rules.BarFreeze, From: at.Add(-time.Hour), To: at}, {Code: rules.BarFreeze, From: at.Add(time.Minute)}},
		Tasks: []rules.TaskReport{
			{Title: "Verify", Gate: rules.ReturnToService, Key: "SHOP-8", URL: "u", Status: "Done", Category: rules.CategoryDone, Resolution: "Done", Assignee: "Dana", Done: true},
			{Title: "Find", Gate: rules.RootCause, Key: "SHOP-9", Status: "Doing", Category: rules.CategoryInProgress}, {Title: "Tell", Missing: true},
		},
		Gates:      []rules.GateReport{{Gate: rules.ReturnToService, Why: "1 task", Waits: []string{"SHOP-9"}}, {Gate: rules.RootCause, Passed: true, Why: "closed"}},
		Violations: []rules.Violation{{What: "sprint 12 was started", At: at, Undone: at, Times: 2, By: rules.Person{ID: "sm"}}},
		Sprints: []rules.SprintRecord{
			{ID: 7, Name: "Sprint 7", Undone: at}, {ID: 8, Name: "Sprint 8"}, {ID: 9, Name: "Sprint 9", Undone: at, Why: rules.CreatedInFreeze}},
		Left: []rules.LeftAlone{{ID: 3, Name: "Other", Why: "another team's"}}, Trouble: []string{"help"},
	}
	want := page.Disaster{
		Seen: at.Add(2 * time.Hour), Project: "10000", Issue: "7", ProjectKey: "SHOP", ProjectName: "Shop", Key: "SHOP-7", Summary: "Orders disappear", URL: "https://jira.example.com/browse/SHOP-7",
		Phase: "recovering", Headline: "recovering, planning is frozen", Reason: "because", Next: "the team", Kinds: []string{"data"}, DeclaredBy: "Paula Owner", DeclaredAt: at,
		Mode: "system-offline", ModeSince: at.Add(time.Hour), Frozen: true, FrozenSince: at.Add(time.Minute),
		Clocks: []page.Clock{{Name: "Recovery", From: at, Due: at.Add(4 * time.Hour)}, {Name: "To the root cause", From: at}},
		Tasks: []page.Task{
			{Title: "Verify", Gate: "Return to service", Key: "SHOP-8", URL: "u", Status: "Done", Assignee: "Dana", Done: true},
			{Title: "Find", Gate: "Root cause", Key: "SHOP-9", Status: "Doing", Doing: true}, {Title: "Tell", Status: "missing"},
		},
		Gates:      []page.Gate{{Name: "Return to service", Why: "1 task", Waits: []string{"SHOP-9"}}, {Name: "Root cause", Passed: true, Why: "closed"}},
		Violations: []page.Violation{{What: "sprint 12 was started", By: "sm", At: at, Undone: at, Times: 2}},
		Sprints:    []string{"Sprint 7: cancelled", "Sprint 8: to be undone", "Sprint 9: deleted", "Other: left alone, another team's"},
		Trouble:    []string{"help"}, Steps: []page.Step{{At: at, Text: "declared by Paula Owner"}}, Picture: "<svg/>",
	}
	if diff := cmp.Diff(want, views.View(rules.Project{ID: "10000", Key: "SHOP", Name: "Shop"}, r, "<svg/>")); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
}

func TestClocksStopWhereTheStoryDid(t *testing.T) {
	t.Parallel()
	at := start()
	view := func(times rules.Times, frozen bool) page.Disaster {
		return views.View(rules.Project{ID: "1"}, rules.Report{At: at, Times: times, Frozen: frozen}, "")
	}
	for _, tt := range []struct {
		name            string
		times           rules.Times
		recovery, cause time.Time
		ended           time.Time
	}{
		{"running", rules.Times{Declared: at}, time.Time{}, time.Time{}, time.Time{}},
		{"restored", rules.Times{Declared: at, Restored: at.Add(1)}, at.Add(1), time.Time{}, time.Time{}},
		{"cause closed", rules.Times{Declared: at, Restored: at.Add(1), CauseClosed: at.Add(2), Unfrozen: at.Add(2)}, at.Add(1), at.Add(2), time.Time{}},
		{"resumed", rules.Times{Declared: at, Restored: at.Add(1), CauseClosed: at.Add(2), Resumed: at.Add(3)}, at.Add(1), at.Add(2), at.Add(3)},
		{"withdrawn", rules.Times{Declared: at, Withdrawn: at.Add(4)}, at.Add(4), at.Add(4), at.Add(4)},
	} {
		d := view(tt.times, false)
		if !d.Clocks[0].End.Equal(tt.recovery) || !d.Clocks[1].End.Equal(tt.cause) || !d.Ended.Equal(tt.ended) {
			t.Errorf("%s: %+v, ended %v", tt.name, d.Clocks, d.Ended)
		}
	}
	if d := view(rules.Times{}, true); len(d.Clocks) != 0 || !d.FrozenSince.Equal(at) {
		t.Errorf("where nothing is known: %+v", d)
	}
	if d := view(rules.Times{Declared: at.Add(-1)}, true); !d.FrozenSince.Equal(at.Add(-1)) {
		t.Errorf("where the freeze's begin is not known: %+v", d)
	}
}
