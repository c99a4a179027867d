package jira

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// plannedSlack is how much earlier than asked for the search for moved issues begins: the
// clocks of both sides differ, and JQL counts in whole minutes.
const plannedSlack = 15 * time.Minute

// planned reads which issues of the project may have been put into sprints since a
// moment: one search tells which were touched there, and the history of each tells the
// rest. Issues of which a webhook told are read even where the search lags behind.
func (l *look) planned(ctx context.Context, f *rules.Facts, want rules.PlannedWant) error {
	f.Planned, f.PlannedIn, f.PlannedUnreadable = nil, want.Sprints, ""
	found, err := l.touched(ctx, f.Now, want)
	l.lastPlanned = want
	if hopeless(err) {
		f.PlannedUnreadable = words(err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("search for issues put into a sprint: %w", err)
	}
	field, err := l.r.c.SprintFieldID(ctx)
	if err != nil && !hopeless(err) {
		return fmt.Errorf("sprint field: %w", err)
	}
	out := make([]*rules.Planned, len(found))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(l.r.opt.SideBySide)
	for i, issue := range found {
		g.Go(func() (err error) { out[i], err = l.plannedIssue(gctx, issue, field, want.Since); return err })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	quiet := map[string]quietIssue{}
	var moved []string
	for i, p := range out {
		if p == nil {
			continue
		}
		f.Planned = append(f.Planned, *p)
		if unmoved(*p, want.Since) {
			quiet[p.ID] = quietIssue{updated: found[i].Updated, since: want.Since, planned: *p}
		} else {
			moved = append(moved, p.ID)
		}
	}
	l.r.known.setMoved(l.facts.Project.ID, moved)
	l.r.known.setQuiet(l.facts.Project.ID, quiet)
	return nil
}

// unmoved says whether nobody has put an issue anywhere since a moment. Such an issue is
// not read again until it changes.
func unmoved(p rules.Planned, since time.Time) bool {
	moved := p.Created.After(since) || slices.ContainsFunc(p.Moves, func(m rules.SprintMove) bool { return m.At.After(since) })
	return p.Task || !moved
}

// touched finds the issues in the sprints that were touched since a moment, in rank
// order, and after them those of which a webhook told. Jira refuses the whole search for
// one sprint that has gone, so the sprints are then asked for one by one.
func (l *look) touched(ctx context.Context, now time.Time, want rules.PlannedWant) ([]Issue, error) {
	found, err := read(&l.early, plannedKey(want), func() ([]Issue, error) { return l.touchedIn(ctx, now, want.Sprints, want.Since) })
	if IsInvalid(err) && len(want.Sprints) > 1 {
		found = nil
		var last error
		good := 0
		for _, id := range want.Sprints {
			some, one := l.touchedIn(ctx, now, []int64{id}, want.Since)
			switch {
			case one == nil:
				found, good = append(found, slices.DeleteFunc(some, func(i Issue) bool { return among(found, i.ID) })...), good+1
			case IsInvalid(one):
				last = one
			default:
				return nil, one
			}
		}
		if err = nil; good == 0 {
			err = last
		}
	}
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(i Issue) bool { return i.Type.Subtask })
	for _, id := range l.notes {
		i, read := l.read[id]
		if read && !among(found, id) && !i.Type.Subtask && i.ProjectID == l.facts.Project.ID {
			found = append(found, i)
		}
	}
	return found, nil
}

// among says whether an issue is among others.
func among(issues []Issue, id string) bool {
	return slices.ContainsFunc(issues, func(i Issue) bool { return i.ID == id })
}

// touchedIn is the search.
func (l *look) touchedIn(ctx context.Context, now time.Time, sprints []int64, since time.Time) ([]Issue, error) {
	found, err := l.r.c.Search(ctx, SearchQuery{
		JQL:    plannedJQL(l.facts.Project.Key, sprints, now, since) + " ORDER BY Rank ASC",
		Fields: []string{"updated", "issuetype"}, Reconcile: l.fresh(l.r.known.movedIn(l.facts.Project.ID)...)})
	for _, i := range found {
		l.seen.note(i.ID, i.Updated)
	}
	return found, err
}

// plannedIssue reads one issue with its sprints and their history, nil where it does not
// exist any more or is no issue of the project.
func (l *look) plannedIssue(ctx context.Context, found Issue, field string, since time.Time) (*rules.Planned, error) {
	if p, ok := l.r.known.quietAt(l.facts.Project.ID, found.ID, found.Updated, since); ok {
		return &p, nil
	}
	i, read := l.read[found.ID]
	if !read || i.Updated.Before(found.Updated) { // moved since it was read, it would pass for unmoved until it changes again
		var err error
		if i, err = l.issue(ctx, found.ID, false); err != nil {
			if l.absent(err) {
				return nil, nil
			}
			return nil, fmt.Errorf("history of issue %s: %w", found.ID, err)
		}
	}
	if i.ProjectID != l.facts.Project.ID {
		return nil, nil
	}
	mark, marked := markOf(i)
	p := &rules.Planned{ID: i.ID, Key: i.Key, Creator: personOf(i.Creator), Created: i.Created.UTC(), Moves: sprintMoves(i.History, field)}
	p.Task = marked && mark.Disaster != "" && i.Creator != nil && i.Creator.ID() == l.facts.Self.ID
	switch {
	case len(p.Moves) > 0:
		p.In = p.Moves[len(p.Moves)-1].To
	case p.Created.After(since): // Jira writes no history for what an issue is created with
		current, _, err := l.r.c.IssueSprints(ctx, i.ID)
		if l.present(err) != nil {
			return nil, fmt.Errorf("sprint of issue %s: %w", i.Key, err)
		}
		if err == nil && current != nil {
			p.In = []int64{current.ID}
		}
	}
	return p, nil
}

// sprintMoves picks the changes of the Sprint field out of an issue's history. The ids
// are joined by commas; names hold commas of their own.
func sprintMoves(history []Change, field string) []rules.SprintMove {
	var out []rules.SprintMove
	for _, c := range history {
		for _, item := range c.Items {
			if field != "" && item.FieldID == field || item.FieldID == "" && strings.EqualFold(item.Field, "Sprint") || field == "" && strings.EqualFold(item.Field, "Sprint") {
				out = append(out, rules.SprintMove{ID: c.ID, At: c.Created.UTC(), By: personOf(c.Author), From: sprintIDs(item.From), To: sprintIDs(item.To)})
			}
		}
	}
	return out
}

// sprintIDs reads a list of ids.
func sprintIDs(list string) []int64 {
	var out []int64
	for part := range strings.SplitSeq(list, ",") {
		if id := number(strings.TrimSpace(part)); id > 0 {
			out = append(out, id)
		}
	}
	return out
}

// entered reads when the first issue was put into a sprint. What Jira does not tell
// acquits the sprint.
func (l *look) entered(ctx context.Context, f *rules.Facts, sprint int64) error {
	at, err := l.firstEntered(ctx, sprint)
	if err != nil && !hopeless(err) {
		return err
	}
	if err != nil {
		at = time.Unix(0, 0).UTC()
	}
	f.Sprints = slices.Clone(f.Sprints)
	for k := range f.Sprints {
		if f.Sprints[k].ID == sprint {
			f.Sprints[k].Entered, f.Sprints[k].EnteredRead = at, true
		}
	}
	return nil
}

// firstEntered is when the first of the issues that a sprint holds came into it, zero
// for an empty one.
func (l *look) firstEntered(ctx context.Context, sprint int64) (time.Time, error) {
	field, err := l.r.c.SprintFieldID(ctx)
	if err != nil {
		return time.Time{}, err
	}
	issues, err := l.r.c.SprintIssues(ctx, sprint, l.fresh()...)
	if err != nil {
		return time.Time{}, err
	}
	var first time.Time
	for _, found := range issues {
		if found.Type.Subtask {
			continue
		}
		i, err := l.r.c.Issue(ctx, found.ID, IssueQuery{Fields: []string{"created"}, History: true})
		if err != nil {
			return time.Time{}, err
		}
		at := i.Created.UTC()
		for _, m := range sprintMoves(i.History, field) {
			if slices.Contains(m.To, sprint) && !slices.Contains(m.From, sprint) {
				at = m.At
			}
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first, nil
}

// keys reads the keys of issues, for words to people.
func (l *look) keys(ctx context.Context, f *rules.Facts, ids []string) error {
	keys := maps.Clone(f.Keys)
	if keys == nil {
		keys = map[string]string{}
	}
	for _, id := range ids {
		i, err := l.r.c.Issue(ctx, id, IssueQuery{Fields: []string{"summary"}})
		if l.present(err) != nil {
			return fmt.Errorf("key of issue %s: %w", id, err)
		}
		keys[id] = i.Key
	}
	f.Keys = keys
	return nil
}
