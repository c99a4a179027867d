package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"andon/rules"
)

// taskLabel marks tasks for people who search; decisions never rest on it.
const taskLabel = "andon"

// errRefusedTasks is the reason where Jira created some of the tasks and refused others.
var errRefusedTasks = errors.New("tasks refused")

// errVanished ends a look in which the same tasks would be created a second time: Jira
// does not show what it has just created, and each further try would do the same again.
var errVanished = errors.New("what was created a moment ago is not there")

// form is how much of a task goes into its creation. Labels, description or links may be
// missing on a project's create screen, and so may a field that another project of the
// site requires: what Jira refuses is tried again with less.
type form struct {
	// bare leaves out everything but what an issue must have.
	bare bool
	// extra are fields that the operator gives to every task.
	extra map[string]json.RawMessage
}

// createTasks creates the tasks that are missing, all in one call.
func (a *applier) createTasks(ctx context.Context, c rules.CreateTasks) ([]rules.Task, error) {
	if slices.ContainsFunc(a.pass.Done, func(done rules.Action) bool { return done.Key() == c.Key() }) {
		return nil, fmt.Errorf("tasks of %s: %w", c.DisasterKey, errVanished)
	}
	if c.Type == "" {
		return nil, fmt.Errorf("%w: the project has no issue type for them", errRefusedTasks)
	}
	fields := a.look.r.opt.TaskFields
	forms := []form{{extra: fields}, {bare: true, extra: fields}}
	if len(fields) > 0 {
		forms = append(forms, form{bare: true})
	}
	var created []rules.Task
	var why string
	left := c.Tasks
	for _, f := range forms {
		some, refused, err := a.createSome(ctx, c, left, f)
		if err != nil {
			return nil, err
		}
		created = append(created, some...)
		left = slices.DeleteFunc(slices.Clone(left), func(t rules.NewTask) bool { _, no := refused[t.Entry]; return !no })
		if len(left) == 0 {
			return a.single(ctx, c, created)
		}
		if reasons := refusals(refused); !strings.Contains(why, reasons) {
			why = joinWords(why, reasons)
		}
	}
	// Those that exist are found by their mark at the next look.
	return nil, fmt.Errorf("%w: %s", errRefusedTasks, why)
}

// joinWords joins two reasons.
func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// refusals puts Jira's reasons into words, each once.
func refusals(refused map[string]string) string {
	var reasons []string
	for _, entry := range slices.Sorted(maps.Keys(refused)) {
		if !slices.Contains(reasons, refused[entry]) {
			reasons = append(reasons, refused[entry])
		}
	}
	return strings.Join(reasons, "; ")
}

// createSome creates tasks in one call and says which were refused, and why.
func (a *applier) createSome(ctx context.Context, c rules.CreateTasks, tasks []rules.NewTask, f form) ([]rules.Task, map[string]string, error) {
	issues := make([]NewIssue, len(tasks))
	for i, t := range tasks {
		issues[i] = newIssue(c, t, f.bare)
		issues[i].Extra = f.extra
	}
	results, err := a.look.r.c.CreateIssues(ctx, issues)
	if err != nil && !hopeless(err) {
		return nil, nil, err
	}
	var created []rules.Task
	refused := map[string]string{}
	for i, res := range results {
		if res.Err != nil {
			refused[tasks[i].Entry] = words(res.Err)
			continue
		}
		created = append(created, rules.Task{ID: res.ID, Key: res.Key, Entry: tasks[i].Entry, Round: c.Round, Summary: tasks[i].Summary,
			Status: rules.Status{Name: "To Do", Category: rules.CategoryNew}, ProjectID: c.Project, Linked: c.Linked})
		if t := &created[len(created)-1]; !c.Linked {
			t.ParentID = c.Disaster
		} else if f.bare {
			if err := a.link(ctx, res.ID, c.Disaster); err != nil {
				return nil, nil, err
			}
		}
	}
	return created, refused, nil
}

// newIssue is the issue for a task. The mark goes into the same call, so that a task
// that was created just before a crash is known again.
func newIssue(c rules.CreateTasks, t rules.NewTask, bare bool) NewIssue {
	n := NewIssue{ProjectID: c.Project, TypeID: c.Type, Summary: t.Summary,
		Properties: map[string]any{TaskProperty: taskMark{Disaster: c.Disaster, Entry: t.Entry, Round: c.Round, Linked: c.Linked}}}
	if !c.Linked {
		n.ParentID = c.Disaster
	}
	if bare {
		return n
	}
	n.Description = t.Description
	n.Labels = []string{taskLabel}
	if c.Linked {
		n.Update = map[string]json.RawMessage{"issuelinks": linkVerb(c.DisasterKey)}
	}
	return n
}

// linkVerb links the new issue in the call that creates it.
func linkVerb(key string) json.RawMessage {
	raw, err := json.Marshal([]map[string]any{{"add": map[string]any{
		"type": map[string]string{"name": linkType}, "outwardIssue": map[string]string{"key": key}}}})
	if err != nil {
		return nil // strings always encode
	}
	return raw
}

// linkType is a kind of link that every Jira brings along.
const linkType = "Relates"

// link links a task to its disaster after it was created without.
func (a *applier) link(ctx context.Context, task, disaster string) error {
	if err := a.look.r.c.Link(ctx, LinkType{Name: linkType}, task, disaster); err != nil && !hopeless(err) {
		return fmt.Errorf("link task %s: %w", task, err)
	}
	return nil
}

// single makes sure that no entry has two tasks. Two workers may both have found none,
// since no lease keeps a paused one from writing: the lowest id stays, and whoever
// created a higher one takes it back.
func (a *applier) single(ctx context.Context, c rules.CreateTasks, created []rules.Task) ([]rules.Task, error) {
	i, err := a.look.issue(ctx, c.Disaster)
	if err != nil {
		return nil, fmt.Errorf("read the tasks again: %w", err)
	}
	refs := slices.Concat(i.Subtasks, linkedIssues(i))
	out := make([]rules.Task, 0, len(created))
	for _, t := range created {
		kept, err := a.lowest(ctx, c, t, refs)
		if err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return out, nil
}

// lowest finds the oldest task of an entry among those that hang on the disaster.
func (a *applier) lowest(ctx context.Context, c rules.CreateTasks, t rules.Task, refs []IssueRef) (rules.Task, error) {
	d := rules.Disaster{ID: c.Disaster, Record: rules.Record{Round: c.Round}}
	for _, ref := range refs {
		if ref.Summary != t.Summary || number(ref.ID) >= number(t.ID) {
			continue
		}
		other, err := a.look.task(ctx, &d, ref.ID, "")
		if err != nil {
			return t, err
		}
		if other == nil || other.Entry != t.Entry || other.Round != t.Round {
			continue
		}
		if err := a.look.r.c.DeleteIssue(ctx, t.ID, false); err != nil && !IsNotFound(err) {
			return t, fmt.Errorf("take back a double task: %w", err)
		}
		return *other, nil
	}
	return t, nil
}
