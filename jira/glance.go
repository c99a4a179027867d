package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"andon/rules"
)

// viewLife is how long a look is remembered for glances. What a glance does not see, such as
// a board that was made without any event reaching us, is seen after that at the latest.
const viewLife = 10 * time.Minute

// lookNote is the note of a hint after which a glance is not enough.
const lookNote = "look"

// seenNote begins the note of a sweep that found an issue: a look that knows the issue
// already learns nothing from it.
const seenNote = "seen:"

// view is what a look saw that found nothing to do: enough to tell whether anything has
// changed since.
type view struct {
	facts   rules.Facts
	issues  map[string]seenIssue // the disasters, their tasks, and the issues put into sprints
	records []string             // ids of the disasters, whose records are compared too
	boards  map[int64]string
	planned rules.PlannedWant
	until   time.Time
}

// seenIssue is an issue as it was.
type seenIssue struct {
	updated time.Time
	records string
}

// glance looks whether a project is as it was when nothing was to be done: one search and
// the sprints of each board, all at once. It decides nothing but whether a look is needed:
// whatever is different, missing or cannot be read calls for one, and so does time.
func (r *Reconciler) glance(ctx context.Context, key string) (*Pass, bool) {
	v, ok := r.known.view(key)
	if !ok {
		return nil, false
	}
	facts := v.facts
	facts.Now = r.opt.Now().UTC().Truncate(time.Millisecond)
	plan := r.opt.Decide(facts)
	if !plan.Empty() || facts.Memory.Writable == r.known.muted(facts.Project.ID) {
		return nil, false
	}
	lists := make([]string, len(v.boards))
	ids := slices.Sorted(maps.Keys(v.boards))
	g, gctx := r.crew(ctx)
	var found map[string]seenIssue
	g.Go(func() (err error) { found, err = r.glanceIssues(gctx, v, facts); return err })
	for i, id := range ids {
		g.Go(func() error {
			list, _, err := r.c.BoardSprints(gctx, id, SprintActive, SprintFuture)
			lists[i] = printOf(list)
			return err
		})
	}
	records := make([]seenIssue, len(v.records))
	alone := len(r.sweepProperties(ctx)) == 0
	for i, id := range v.records {
		if alone {
			g.Go(func() (err error) { records[i], err = r.glanceRecords(gctx, id); return err })
		}
	}
	if err := g.Wait(); err != nil {
		r.log.DebugContext(ctx, "a glance is not enough", "project", key, "why", err)
		return nil, false
	}
	if alone {
		for i, id := range v.records {
			if _, there := found[id]; there {
				found[id] = records[i]
			}
		}
	}
	same := maps.Equal(found, v.issues)
	for i, id := range ids {
		same = same && lists[i] == v.boards[id]
	}
	return &Pass{Project: facts.Project.Key, Plan: plan, Facts: facts}, same
}

// glanceIssues searches for the issues that matter as they are now.
func (r *Reconciler) glanceIssues(ctx context.Context, v view, f rules.Facts) (map[string]seenIssue, error) {
	ids := slices.Sorted(maps.Keys(v.issues))
	q := SearchQuery{Fields: []string{"updated"}, Properties: r.sweepProperties(ctx), Reconcile: reconcilable(v.records)}
	parts := []string{}
	if len(ids) > 0 {
		parts = append(parts, "id in ("+strings.Join(ids, ", ")+")")
	}
	if len(v.planned.Sprints) > 0 {
		parts = append(parts, "("+plannedJQL(f.Project.Key, v.planned.Sprints, f.Now, v.planned.Since)+")")
	}
	q.JQL = strings.Join(parts, " OR ") + " ORDER BY updated DESC"
	issues, err := r.c.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	out := map[string]seenIssue{}
	for _, i := range issues {
		out[i.ID] = seenAs(i, slices.Contains(v.records, i.ID) && len(q.Properties) > 0)
	}
	return out, nil
}

// glanceRecords reads the records where a search does not tell them: nothing else tells of a
// record that somebody has tampered with.
func (r *Reconciler) glanceRecords(ctx context.Context, id string) (seenIssue, error) {
	i, err := r.c.Issue(ctx, id, IssueQuery{Fields: []string{"updated"}, Properties: recordProperties()})
	return seenAs(i, true), err
}

// seenAs is an issue as it is compared later; with its records where a search tells them.
func seenAs(i Issue, records bool) seenIssue {
	s := seenIssue{updated: i.Updated}
	if records {
		for _, p := range recordProperties() {
			s.records += compact(i.Properties[p]) + "\n"
		}
	}
	return s
}

// compact is JSON in one form, whoever wrote it.
func compact(raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	same, err := json.Marshal(v)
	if err != nil {
		return string(raw)
	}
	return string(same)
}

// printOf is a list of sprints in a form to be compared.
func printOf(list []Sprint) string {
	parts := make([]string, 0, len(list))
	for _, s := range list {
		parts = append(parts, fmt.Sprintf("%+v", sprintFacts(s)))
	}
	slices.Sort(parts)
	return strings.Join(parts, "\n")
}

// keepView remembers a look that found nothing to do, and forgets any other. Where more had
// to be asked than issues and boards, above all who decides, it is asked again each time.
func (r *Reconciler) keepView(facts rules.Facts, l *look, pass *Pass, err error) {
	r.known.setView(l.key, nil)
	if err != nil || len(pass.Done)+len(pass.Failed)+len(l.gone) > 0 || !pass.Plan.Empty() || len(l.read) == 0 || facts.PlannedUnreadable != "" || l.asked {
		return
	}
	v := view{facts: facts, issues: map[string]seenIssue{}, boards: map[int64]string{}, until: r.opt.Now().Add(viewLife), planned: l.lastPlanned}
	for id, i := range l.read {
		v.records = append(v.records, id)
		v.issues[id] = seenAs(i, true)
	}
	slices.Sort(v.records)
	for id, at := range l.seen.issues() {
		if _, disaster := v.issues[id]; !disaster {
			v.issues[id] = seenIssue{updated: at}
		}
	}
	if len(v.issues) > maxView {
		return
	}
	for id, list := range l.seen.boards() {
		v.boards[id] = list
	}
	r.known.setView(l.key, &v)
}

// maxView bounds the issues that a glance asks for: more would not fit into one page.
const maxView = 90

// view is what was seen of a project, while it may be believed.
func (k *Known) view(projectKey string) (view, bool) {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	v, ok := k.site.views[projectKey]
	return v, ok && k.now().Before(v.until)
}

// setView notes what was seen of a project; nil forgets it.
func (k *Known) setView(projectKey string, v *view) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	if v == nil {
		delete(k.site.views, projectKey)
		return
	}
	if k.site.views == nil {
		k.site.views = map[string]view{}
	}
	k.site.views[projectKey] = *v
}

// sortNotes parts the notes of a hint: the issues to be looked at, and whether a glance may
// be enough.
func (r *Reconciler) sortNotes(key string, notes []string) (issues []string, glance bool) {
	v, _ := r.known.view(key)
	glance = true
	for _, n := range notes {
		id, swept := strings.CutPrefix(n, seenNote)
		if _, known := v.issues[id]; swept && known {
			continue
		}
		glance = false
		if number(id) > 0 && !slices.Contains(issues, id) {
			issues = append(issues, id)
		}
	}
	return issues, glance
}

// seenNotes are the notes for issues that a sweep found.
func seenNotes(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = seenNote + id
	}
	return out
}

// plannedJQL finds the issues in sprints that were touched since a moment.
func plannedJQL(projectKey string, sprints []int64, now, since time.Time) string {
	ids := make([]string, len(sprints))
	for i, id := range sprints {
		ids[i] = strconv.FormatInt(id, 10)
	}
	age := now.Sub(since)
	if age < 0 { // by a clock that is behind nobody knows how long ago that was, and Jira counts back from its own
		age = 24 * time.Hour
	}
	minutes := int((age + plannedSlack) / time.Minute)
	return fmt.Sprintf(`project = %s AND sprint in (%s) AND updated >= "-%dm"`, QuoteJQL(projectKey), strings.Join(ids, ", "), max(minutes, 1))
}
