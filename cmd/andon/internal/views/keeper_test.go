package views_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"andon/cmd/andon/internal/views"
	"andon/jira"
	"andon/rules"
	"andon/webhook/page"
	"andon/webhook/shelf"
)

// start is when the stories begin.
func start() time.Time { return time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC) }

// rig is a keeper with a shelf, a clock and a log.
type rig struct {
	*testing.T
	keeper *views.Keeper
	shelf  *shelf.Memory
	log    *bytes.Buffer
	now    time.Time
}

func newRig(t *testing.T) *rig {
	r := &rig{T: t, shelf: shelf.NewMemory(), log: &bytes.Buffer{}, now: start()}
	r.keeper = &views.Keeper{Shelf: r.shelf, Now: func() time.Time { return r.now }, Log: slog.New(slog.NewTextHandler(r.log, nil)),
		Picture: func(rules.Report) string { return "<svg/>" }}
	return r
}

// facts are those of a project with a disaster that a Product Owner declared at the start.
func (r *rig) facts() rules.Facts {
	po := rules.Person{ID: "po", Name: "Paula Owner"}
	label := rules.LabelChange{ID: "1", At: start(), By: po, Added: []string{"disaster"}}
	return rules.Facts{
		Now: r.now, Settings: rules.DefaultSettings(), Site: rules.Site{BaseURL: "https://jira.example.com", Flavour: rules.Cloud},
		Self: rules.Person{ID: "andon"}, Project: rules.Project{ID: "10000", Key: "SHOP", Name: "Shop"}, Memory: rules.ProjectMemory{Writable: true},
		People: rules.People{Source: "role", ProductOwners: []rules.Person{po}, Read: true},
		Disasters: []rules.Disaster{{
			ID: "7", Key: "SHOP-7", Summary: "Orders disappear", ProjectID: "10000", Labels: []string{"disaster"}, Created: start(), History: []rules.LabelChange{label},
			RecordState: rules.RecordValid,
			Record: rules.Record{Version: rules.RecordVersion, Issue: "7", Project: "10000", Round: 1, Baseline: rules.Baseline{Number: 1, Since: start()},
				Declared: rules.Declaration{By: po, Label: "disaster", At: start(), Change: "1", Judged: start()}},
		}},
	}
}

// change changes the disaster of facts.
func change(f rules.Facts, how func(*rules.Disaster)) rules.Facts {
	f.Disasters = append([]rules.Disaster(nil), f.Disasters...)
	how(&f.Disasters[0])
	return f
}

// withdrawn is a disaster that is taken back.
func withdrawn(d *rules.Disaster) {
	d.Labels = nil
	d.History = append(d.History, rules.LabelChange{ID: "2", At: start().Add(time.Hour), By: rules.Person{ID: "po"}, Removed: []string{"disaster"}})
	d.Record.Withdrawn = &rules.Ending{At: start().Add(time.Hour), By: rules.Person{ID: "po"}}
}

// look lets the keeper see facts.
func (r *rig) look(f rules.Facts) {
	r.keeper.Pass(context.Background(), jira.Pass{Project: "SHOP", Facts: f})
}

// kept are the views on the shelf by the ids of their issues.
func (r *rig) kept() map[string]page.Disaster {
	r.Helper()
	all, err := r.shelf.All(context.Background())
	if err != nil {
		r.Fatal(err)
	}
	out := map[string]page.Disaster{}
	for name, raw := range all {
		var d page.Disaster
		if err := json.Unmarshal(raw, &d); err != nil {
			r.Fatalf("%s: %v", name, err)
		}
		out[d.Issue] = d
	}
	return out
}

func TestALookKeepsWhatItSaw(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(r.facts())
	d := r.kept()["7"]
	if d.Key != "SHOP-7" || d.Project != "10000" || d.ProjectKey != "SHOP" || !d.Frozen || !d.FrozenSince.Equal(start()) || d.DeclaredBy != "Paula Owner" || d.Picture != "<svg/>" {
		t.Errorf("kept %+v", d)
	}
	if d.Phase != "recovering" || !strings.Contains(d.Headline, "frozen") || !d.Ended.IsZero() || len(d.Tasks) == 0 || len(d.Gates) != 2 || len(d.Clocks) != 2 {
		t.Errorf("kept %+v", d)
	}
}

func TestALookThatSawNothingChangesNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(r.facts())
	before := r.kept()
	r.keeper.Pass(context.Background(), jira.Pass{Project: "SHOP", Err: errors.New("Jira is down")})
	if diff := cmp.Diff(before, r.kept()); diff != "" {
		t.Errorf("it changed:\n%s", diff)
	}
}

func TestADisasterThatIsNoneAnyMoreIsTakenOff(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(r.facts())
	other := r.facts()
	other.Project = rules.Project{ID: "10001", Key: "BLOG"}
	other.Disasters = nil
	r.look(other)
	if len(r.kept()) != 1 {
		t.Error("another project's look took it off")
	}
	f := r.facts()
	f.Disasters = nil
	r.look(f)
	if len(r.kept()) != 0 {
		t.Errorf("kept %v", r.kept())
	}
}

func TestADisasterIsShownForThirtyDaysAfterItsEnd(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	over := change(r.facts(), withdrawn)
	r.look(over)
	if d := r.kept()["7"]; d.Ended.IsZero() || d.Frozen {
		t.Fatalf("kept %+v", d)
	}
	gone := over
	gone.Disasters = nil // nothing tells of it any more
	for _, day := range []struct {
		after time.Duration
		want  int
	}{{24 * time.Hour, 1}, {29 * 24 * time.Hour, 1}, {31 * 24 * time.Hour, 0}} {
		r.now = start().Add(day.after)
		r.look(gone)
		if got := len(r.kept()); got != day.want {
			t.Errorf("after %v there are %d", day.after, got)
		}
	}
	r.look(over) // still told of, and long over
	if len(r.kept()) != 0 {
		t.Error("what is long over came back")
	}
}

func TestNobodyLooksAndTheShelfIsTidied(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(change(r.facts(), withdrawn))
	r.now = start().Add(29 * 24 * time.Hour)
	r.keeper.Tidy(context.Background())
	if len(r.kept()) != 1 {
		t.Error("it was taken off too early")
	}
	r.now = start().Add(31 * 24 * time.Hour)
	r.keeper.Tidy(context.Background())
	if len(r.kept()) != 0 {
		t.Error("it was not taken off")
	}
}

func TestAFreezeStaysOnThePageHoweverOldItIs(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(r.facts())
	r.now = start().Add(400 * 24 * time.Hour)
	r.keeper.Tidy(context.Background())
	if len(r.kept()) != 1 {
		t.Error("a freeze does not thaw, but it was taken off")
	}
}

func TestARehearsalIsNotShown(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.look(change(r.facts(), func(d *rules.Disaster) {
		d.Record, d.RecordState = rules.Record{}, rules.RecordAbsent
		d.Labels = []string{"disaster", "disaster-rehearsal"}
		d.History[0].Added = d.Labels
	}))
	if len(r.kept()) != 0 {
		t.Errorf("kept %v", r.kept())
	}
}

func TestAPageWithoutAPictureIsWhole(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.keeper.Picture = nil
	r.look(r.facts())
	if d := r.kept()["7"]; d.Picture != "" || d.Key != "SHOP-7" {
		t.Errorf("kept %+v", d)
	}
}

// brokenShelf fails.
type brokenShelf struct{ *shelf.Memory }

func (brokenShelf) Put(context.Context, string, []byte) error { return errors.New("no room") }
func (brokenShelf) All(context.Context) (map[string][]byte, error) {
	return nil, errors.New("no light")
}

func TestAShelfThatFailsIsSaidAndNoReasonToStop(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.keeper.Shelf = brokenShelf{r.shelf}
	r.look(r.facts())
	r.keeper.Tidy(context.Background())
	if !strings.Contains(r.log.String(), "no room") {
		t.Errorf("the log does not tell: %s", r.log)
	}
}
