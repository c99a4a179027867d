package views

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"andon/jira"
	"andon/rules"
	"andon/webhook/page"
)

const (
	// keepFor is how long a disaster is shown after its end.
	keepFor = 30 * 24 * time.Hour
	// putTimeout bounds a write on the shelf, so that a slow one does not hold up what
	// matters.
	putTimeout = time.Second
)

// Shelf is where views are kept.
type Shelf interface {
	// Put keeps a value, instead of one of the same name.
	Put(ctx context.Context, name string, value []byte) error
	// Delete forgets a value.
	Delete(ctx context.Context, name string) error
	// All gives all values by name.
	All(ctx context.Context) (map[string][]byte, error)
}

// Keeper keeps on the shelf what andon saw last.
type Keeper struct {
	Shelf Shelf
	Now   func() time.Time
	Log   *slog.Logger
	// Picture draws the timeline of a disaster as SVG; nil for none.
	Picture func(rules.Report) string
}

// Pass keeps what a look at a project saw. A look that saw nothing changes nothing: the
// page then shows what was seen before, and when.
func (k *Keeper) Pass(ctx context.Context, p jira.Pass) {
	if p.Facts.Project.ID == "" {
		return
	}
	there := map[string]bool{}
	for _, r := range rules.Reports(p.Facts) {
		if !k.worth(r) {
			continue
		}
		there[page.Name(p.Facts.Project.ID, r.Issue)] = true
		k.put(ctx, View(p.Facts.Project, r, k.picture(r)))
	}
	k.sweep(ctx, func(name string, d page.Disaster) bool {
		return d.Project == p.Facts.Project.ID && !there[name] && (d.Ended.IsZero() || k.old(d))
	})
}

// worth says whether a disaster is shown: rehearsals and what is long over are not.
func (k *Keeper) worth(r rules.Report) bool {
	switch r.Phase {
	case rules.PhaseNone, rules.PhaseRehearsal, rules.PhaseRejected:
		return false
	case rules.PhaseProposed, rules.PhaseRecovering, rules.PhaseInvestigating, rules.PhaseResolved, rules.PhaseWithdrawn, rules.PhaseUnreadable:
	}
	end := first(r.Times.Resumed, r.Times.Withdrawn, r.Times.Unfrozen)
	return r.Frozen || end.IsZero() || k.Now().Sub(end) < keepFor
}

// old says whether a view has been shown long enough. What nobody has looked at for so
// long concerns a project that andon no longer watches.
func (k *Keeper) old(d page.Disaster) bool {
	end := first(d.Ended, d.Seen)
	return !d.Frozen && k.Now().Sub(end) >= keepFor
}

// Tidy takes off the shelf what has been shown long enough, for projects at which nobody
// looks any more.
func (k *Keeper) Tidy(ctx context.Context) {
	k.sweep(ctx, func(_ string, d page.Disaster) bool { return k.old(d) })
}

// sweep deletes the views of which it is said.
func (k *Keeper) sweep(ctx context.Context, gone func(name string, d page.Disaster) bool) {
	ctx, cancel := context.WithTimeout(ctx, putTimeout)
	defer cancel()
	all, err := k.Shelf.All(ctx)
	if err != nil {
		k.Log.DebugContext(ctx, "the status page's shelf cannot be read", "error", err)
		return
	}
	for name, raw := range all {
		var d page.Disaster
		if !strings.HasPrefix(name, page.NamePrefix) || json.Unmarshal(raw, &d) != nil || !gone(name, d) {
			continue
		}
		if err := k.Shelf.Delete(ctx, name); err != nil {
			k.Log.DebugContext(ctx, "a disaster could not be taken off the status page", "error", err)
			return
		}
	}
}

// put keeps a view. A page that is behind is no reason to fail: the next look puts it right.
func (k *Keeper) put(ctx context.Context, d page.Disaster) {
	ctx, cancel := context.WithTimeout(ctx, putTimeout)
	defer cancel()
	raw, err := json.Marshal(d)
	if err == nil {
		err = k.Shelf.Put(ctx, page.Name(d.Project, d.Issue), raw)
	}
	if err != nil {
		k.Log.WarnContext(ctx, "the status page could not be brought up to date", "project", d.ProjectKey, "disaster", d.Issue, "error", err)
	}
}

// picture draws the timeline, where there is somebody who can.
func (k *Keeper) picture(r rules.Report) string {
	if k.Picture == nil || r.Declared == nil {
		return ""
	}
	return k.Picture(r)
}
