package jira

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// disasters turns the candidates into facts.
func (l *look) disasters(ctx context.Context) error {
	ids := slices.Sorted(maps.Keys(l.read))
	out := make([]*rules.Disaster, len(ids))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(l.r.opt.SideBySide)
	for i, id := range ids {
		g.Go(func() (err error) { out[i], err = l.disaster(gctx, l.read[id]); return err })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, d := range out {
		if d != nil {
			l.facts.Disasters = append(l.facts.Disasters, *d)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(l.gone)) {
		if !l.facts.Memory.Writable || l.facts.Memory.Unreadable != "" { // the project cannot keep who was told of it
			l.facts.Memory.Told = append(l.facts.Memory.Told, l.r.known.toldOn(id)...)
		}
		l.facts.Disasters = append(l.facts.Disasters, rules.Disaster{ID: id, Unreadable: l.gone[id],
			WasFrozen: l.wasFrozen(id), Doubted: l.r.known.wasDoubted(l.key, id)})
	}
	slices.SortFunc(l.facts.Disasters, func(a, b rules.Disaster) int { return cmp.Compare(number(a.ID), number(b.ID)) })
	return nil
}

// wasFrozen says whether this process has seen a disaster freeze planning, and no other
// replica has written since that it is over.
func (l *look) wasFrozen(id string) bool {
	return l.r.known.wasFrozen(l.key, id) && !l.r.known.struckOff(l.key, id, l.list)
}

// disaster is one candidate as a fact, nil where it does not concern the project: it
// is elsewhere and its record, if any, does not belong here.
func (l *look) disaster(ctx context.Context, i Issue) (*rules.Disaster, error) {
	at := l.r.opt.Signer.slotOf(i, l.facts.Project.ID)
	rec, state := at.record, at.state
	if i.ProjectID != l.facts.Project.ID && (state != rules.RecordValid || rec.Project != l.facts.Project.ID) {
		return nil, nil
	}
	d := &rules.Disaster{
		ID: i.ID, Key: i.Key, Summary: i.Summary, ProjectID: i.ProjectID,
		Type:   rules.IssueType{ID: i.Type.ID, Name: i.Type.Name, Subtask: i.Type.Subtask, Level: level(i.Type)},
		Labels: i.Labels, Status: statusOf(i.Status), Creator: personOf(i.Creator), Created: i.Created.UTC(),
		History: labelChanges(i.History), Record: rec, RecordState: state,
		WasFrozen: l.wasFrozen(i.ID), Doubted: l.r.known.wasDoubted(l.key, i.ID),
		Moved: movedAt(i.History), Foreign: at.foreign, Second: at.property == MovedProperty,
	}
	if l.r.opt.Page != nil {
		d.Page = l.r.opt.Page(l.facts.Project.ID, i.ID)
	}
	if err := l.tasks(ctx, i, d); err != nil {
		return nil, fmt.Errorf("tasks of %s: %w", i.Key, err)
	}
	return d, nil
}

// statusOf is a status as a fact.
func statusOf(s Status) rules.Status {
	return rules.Status{Name: s.Name, Category: rules.Category(s.Category)}
}

// labelChanges picks the label changes out of an issue's history. Jira writes whole
// sets of labels, separated by single blanks.
func labelChanges(history []Change) []rules.LabelChange {
	var out []rules.LabelChange
	for _, c := range history {
		lc := rules.LabelChange{ID: c.ID, At: c.Created.UTC(), By: personOf(c.Author)}
		for _, item := range c.Items {
			if item.FieldID != "labels" && !(item.FieldID == "" && item.Field == "labels") {
				continue
			}
			from, to := strings.Fields(item.FromString), strings.Fields(item.ToString)
			lc.Added = append(lc.Added, missing(to, from)...)
			lc.Removed = append(lc.Removed, missing(from, to)...)
		}
		if len(lc.Added)+len(lc.Removed) > 0 {
			out = append(out, lc)
		}
	}
	return out
}

// movedAt is when an issue last came from another project, zero if it never did.
func movedAt(history []Change) time.Time {
	var at time.Time
	for _, c := range history {
		for _, item := range c.Items {
			if (item.Field == "project" || item.FieldID == "project") && c.Created.After(at) {
				at = c.Created.UTC()
			}
		}
	}
	return at
}

// missing are the elements of a that are not in b.
func missing(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// tasks reads the tasks of a disaster: those that the record names, and those that
// carry our mark but were never recorded because somebody pulled the plug in between.
// The parent's own list tells how sub-tasks stand, as they are now; only the root-cause
// task is read by itself, since the list leaves out the resolution.
func (l *look) tasks(ctx context.Context, i Issue, d *rules.Disaster) error {
	var taken map[string]string // entry -> task id, by the record
	if d.RecordState == rules.RecordValid {
		taken = d.Record.Tasks
	}
	entries := map[string]string{} // the other way round
	for entry, id := range taken {
		entries[id] = entry
	}
	cause := d.Record.Tasks[l.facts.Settings.Playbook.RootCause().ID]
	var ids, listed []string
	for _, ref := range i.Subtasks {
		switch entry, known := entries[ref.ID]; {
		case known && ref.ID != cause:
			listed = append(listed, ref.ID)
			d.Tasks = append(d.Tasks, rules.Task{ID: ref.ID, Key: ref.Key, Entry: entry, Round: d.Record.Round, Summary: ref.Summary,
				Status: statusOf(ref.Status), ProjectID: d.ProjectID, ParentID: d.ID})
		case known, l.mayBeOurs(taken, ref):
			ids = append(ids, ref.ID)
		}
	}
	for _, ref := range linkedIssues(i) {
		if _, known := entries[ref.ID]; !known && l.mayBeOurs(taken, ref) {
			ids = append(ids, ref.ID)
		}
	}
	for _, id := range l.unlinked(d.ID, taken) {
		if !slices.Contains(ids, id) && entries[id] == "" {
			ids = append(ids, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		if !slices.Contains(listed, id) && !slices.Contains(ids, id) {
			ids = append(ids, id) // linked, or no longer a sub-task
		}
	}
	if err := l.readTasks(ctx, d, ids, entries); err != nil {
		return err
	}
	if err := l.readTasks(ctx, d, l.replacements(i, d, taken, ids), entries); err != nil {
		return err
	}
	for k := range d.Tasks {
		t := &d.Tasks[k]
		t.Unlinked = t.Linked && !slices.ContainsFunc(i.Links, func(link Link) bool { return link.Other.ID == t.ID })
	}
	slices.SortFunc(d.Tasks, func(a, b rules.Task) int { return cmp.Compare(number(a.ID), number(b.ID)) })
	return l.owners(ctx, d, listed)
}

// replacements are the ids of issues that may have been created in place of tasks that the
// record names and that are not there any more, if somebody pulled the plug before the record
// was told.
func (l *look) replacements(i Issue, d *rules.Disaster, taken map[string]string, read []string) []string {
	there := maps.Clone(taken)
	maps.DeleteFunc(there, func(_, id string) bool {
		return !slices.ContainsFunc(d.Tasks, func(t rules.Task) bool { return t.ID == id })
	})
	if len(there) == len(taken) {
		return nil
	}
	refs := append(slices.Clone(i.Subtasks), linkedIssues(i)...)
	for _, own := range l.own {
		refs = append(refs, IssueRef{ID: own.ID, Summary: own.Summary})
	}
	var ids []string
	for _, ref := range refs {
		if l.mayBeOurs(there, ref) && !slices.Contains(read, ref.ID) && !slices.Contains(ids, ref.ID) {
			ids = append(ids, ref.ID)
		}
	}
	return ids
}

// unlinked are the ids of issues that may be linked tasks of a disaster whose link is
// missing: Jira refused it, or somebody pulled the plug in between.
func (l *look) unlinked(disaster string, taken map[string]string) []string {
	ids := l.r.known.tasksOf(disaster)
	for _, i := range l.own {
		if l.mayBeOurs(taken, IssueRef{ID: i.ID, Summary: i.Summary}) && !slices.Contains(ids, i.ID) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// readTasks reads tasks one by one.
func (l *look) readTasks(ctx context.Context, d *rules.Disaster, ids []string, entries map[string]string) error {
	tasks := make([]*rules.Task, len(ids))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(l.r.opt.SideBySide)
	for k, id := range ids {
		g.Go(func() (err error) { tasks[k], err = l.task(gctx, d, id, entries[id]); return err })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, t := range tasks {
		if t != nil {
			d.Tasks = append(d.Tasks, *t)
		}
	}
	return nil
}

// owners adds who works on the sub-tasks and when they were closed, for people to read. The search may lag a
// little behind; nothing is decided by it.
func (l *look) owners(ctx context.Context, d *rules.Disaster, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := read(&l.early, "owners/"+d.ID, func() ([]Issue, error) { return l.askOwners(ctx, d.ID, ids) })
	if err != nil {
		return fmt.Errorf("owners of the tasks: %w", err)
	}
	for _, i := range found {
		if !slices.Contains(ids, i.ID) { // such as the root-cause task, which was read by itself: its closing is judged
			continue
		}
		l.seen.note(i.ID, i.Updated)
		for k := range d.Tasks {
			if d.Tasks[k].ID == i.ID {
				d.Tasks[k].Assignee, d.Tasks[k].ClosedAt = personOf(i.Assignee), i.Resolved.UTC()
			}
		}
	}
	return nil
}

// linkedIssues are the issues that are linked to an issue.
func linkedIssues(i Issue) []IssueRef {
	out := make([]IssueRef, len(i.Links))
	for k, link := range i.Links {
		out[k] = link.Other
	}
	return out
}

// mayBeOurs says whether an issue that hangs on a disaster may be one of our tasks that
// the record does not name: its summary is a title of the playbook, and that entry has
// no task yet. Whether it really is ours, its mark and its creator tell.
func (l *look) mayBeOurs(taken map[string]string, ref IssueRef) bool {
	return slices.ContainsFunc(l.facts.Settings.Playbook.Entries, func(e rules.Entry) bool {
		_, has := taken[e.ID]
		return !has && strings.HasSuffix(ref.Summary, e.Title)
	})
}

// task reads one task. A task that cannot be read is missing; it is created again. With
// no entry by the record, only our own mark and our own account as creator count.
func (l *look) task(ctx context.Context, d *rules.Disaster, id, entry string) (*rules.Task, error) {
	cause := entry == l.facts.Settings.Playbook.RootCause().ID || entry == ""
	i, err := read(&l.early, "task/"+id, func() (Issue, error) { return l.askTask(ctx, id, cause) })
	switch {
	case l.absent(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("task %s: %w", id, err)
	}
	if i.Type.Subtask && (i.Parent == nil || i.Parent.ID == "") { // it cannot be; believed, it would be one that was taken away from its disaster
		return nil, malformed(http.MethodGet, platform+"issue/{}", false, "sub-task %s comes without its parent", id)
	}
	l.seen.note(i.ID, i.Updated)
	mark, marked := markOf(i)
	t := &rules.Task{ID: i.ID, Key: i.Key, Entry: entry, Round: d.Record.Round, Summary: i.Summary, Status: statusOf(i.Status), Created: i.Created.UTC(),
		Assignee: personOf(i.Assignee), ProjectID: i.ProjectID, Linked: !i.Type.Subtask && (mark.Linked || !marked)}
	if i.Resolution != nil {
		t.Resolution = i.Resolution.Name
	}
	if i.Type.Subtask && i.Parent != nil {
		t.ParentID = i.Parent.ID
	}
	ours := marked && mark.Disaster == d.ID && i.Creator != nil && i.Creator.ID() == l.facts.Self.ID
	switch {
	case entry == "" && !ours:
		return nil, nil
	case ours:
		t.Entry, t.Round = mark.Entry, mark.Round
	}
	if t.Entry == l.facts.Settings.Playbook.RootCause().ID {
		t.Labels = i.Labels
		return t, l.closing(ctx, i, t, d.ID)
	}
	if !i.Resolved.IsZero() {
		t.ClosedAt = i.Resolved.UTC()
	}
	return t, nil
}

// closing reads what the closing of the root-cause task is judged by: whose status
// change was the last, and where evidence is asked for, what people have written there.
func (l *look) closing(ctx context.Context, i Issue, t *rules.Task, disaster string) error {
	for _, c := range i.History {
		human := c.Author != nil && c.Author.ID() != l.facts.Self.ID && c.Author.AccountType != "app"
		for _, item := range c.Items {
			switch {
			case item.Field == "status":
				t.ClosedBy, t.ClosedAt = personOf(c.Author), c.Created.UTC()
			case item.Field == "description" && human:
				t.HumanText = true
			}
		}
	}
	if !l.facts.Settings.EvidenceNeeded {
		return nil
	}
	for _, link := range i.Links {
		if link.Other.ID != disaster {
			t.Prevention = append(t.Prevention, link.Other.Key)
		}
	}
	comments, err := l.r.c.Comments(ctx, i.ID)
	if err != nil {
		return fmt.Errorf("comments of the root-cause task: %w", err)
	}
	for _, c := range comments {
		if c.Author != nil && c.Author.ID() != l.facts.Self.ID && c.Author.AccountType != "app" {
			t.HumanText = true
		}
	}
	return nil
}
