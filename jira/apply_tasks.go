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

// form is what is left out of a task's creation. Labels, description or links may be
// missing on a project's create screen, and so may a field that another project of the
// site requires: what Jira refuses is left out the next time, and nothing else.
type form struct {
	noLink, noLabels, noDescription, noExtra bool
}

// without is the form after Jira complained about some fields; about others it is the
// least that an issue can have, and in the end not even the operator's own fields.
func (f form) without(fields map[string]bool, extra bool) (form, bool) {
	less := f
	less.noLink = f.noLink || fields["issuelinks"]
	less.noLabels = f.noLabels || fields["labels"]
	less.noDescription = f.noDescription || fields["description"]
	if less == f {
		less = form{true, true, true, f.noExtra}
	}
	if less == f && extra {
		less.noExtra = true
	}
	return less, less != f
}

// createTasks creates the tasks that are missing, all in one call.
func (a *applier) createTasks(ctx context.Context, c rules.CreateTasks) ([]rules.Task, error) {
	if slices.ContainsFunc(a.pass.Done, func(done rules.Action) bool { return done.Key() == c.Key() }) {
		return nil, fmt.Errorf("tasks of %s: %w", c.DisasterKey, errVanished)
	}
	if c.Type == "" {
		return nil, fmt.Errorf("%w: the project has no issue type for them", errRefusedTasks)
	}
	var created []rules.Task
	var why string
	left, f, more := c.Tasks, form{}, true
	for more {
		some, refused, fields, err := a.createSome(ctx, c, left, f)
		if err != nil {
			return nil, err
		}
		created = append(created, some...)
		left = slices.DeleteFunc(slices.Clone(left), func(t rules.NewTask) bool { _, no := refused[t.Entry]; return !no })
		if len(left) == 0 {
			a.owe(check{issue: c.Disaster, tasks: c, created: created})
			return created, nil
		}
		if reasons := refusals(refused); !strings.Contains(why, reasons) {
			why = joinWords(why, reasons)
		}
		f, more = f.without(fields, len(a.look.r.opt.TaskFields) > 0)
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

// createSome creates tasks in one call and says which were refused and why, and which
// fields Jira complained about.
func (a *applier) createSome(ctx context.Context, c rules.CreateTasks, tasks []rules.NewTask, f form) (created []rules.Task, refused map[string]string, fields map[string]bool, err error) {
	issues := make([]NewIssue, len(tasks))
	for i, t := range tasks {
		issues[i] = newIssue(c, t, f)
		if !f.noExtra {
			issues[i].Extra = a.look.r.opt.TaskFields
		}
	}
	results, err := a.look.r.c.CreateIssues(ctx, issues)
	if err != nil && !hopeless(err) {
		return nil, nil, nil, err
	}
	refused, fields = map[string]string{}, map[string]bool{}
	for i, res := range results {
		if res.Err != nil {
			refused[tasks[i].Entry] = words(res.Err)
			for name := range res.Err.Fields {
				fields[name] = true
			}
			continue
		}
		t := rules.Task{ID: res.ID, Key: res.Key, Entry: tasks[i].Entry, Round: c.Round, Summary: tasks[i].Summary,
			Status: rules.Status{Name: "To Do", Category: rules.CategoryNew}, ProjectID: c.Project, Linked: c.Linked, Unlinked: c.Linked && f.noLink}
		if !c.Linked {
			t.ParentID = c.Disaster
		}
		if t.Unlinked { // until it is linked, nothing but a search leads to it, and that may lag
			a.look.r.known.noteTask(c.Disaster, t.ID)
		}
		created = append(created, t)
	}
	return created, refused, fields, nil
}

// newIssue is the issue for a task. The mark goes into the same call, so that a task
// that was created just before a crash is known again.
func newIssue(c rules.CreateTasks, t rules.NewTask, f form) NewIssue {
	n := NewIssue{ProjectID: c.Project, TypeID: c.Type, Summary: t.Summary,
		Properties: map[string]any{TaskProperty: taskMark{Disaster: c.Disaster, Entry: t.Entry, Round: c.Round, Linked: c.Linked}}}
	if !c.Linked {
		n.ParentID = c.Disaster
	}
	if !f.noDescription {
		n.Description = t.Description
	}
	if !f.noLabels {
		n.Labels = []string{taskLabel}
	}
	if c.Linked && !f.noLink {
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

// linkTasks links tasks to their disaster that were created without.
func (a *applier) linkTasks(ctx context.Context, l rules.LinkTasks) error {
	for _, task := range l.Tasks {
		err := a.look.r.c.Link(ctx, LinkType{Name: linkType}, task, l.Disaster)
		switch {
		case err == nil:
		case hopeless(err) || refusedByJira(err): // 401 is also how Jira says that this account may not link
			return fmt.Errorf("%w: %s", errRefusedTasks, words(err))
		default:
			return err
		}
	}
	return nil
}
