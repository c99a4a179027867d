package jira

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"time"

	"andon/rules"
)

// muteFor is how long a project's property is left alone after Jira refused it.
const muteFor = time.Hour

// applier carries out plans for one look at a project.
type applier struct {
	look *look
	pass *Pass
	mu   sync.Mutex
	// later are the faults for which the queue has to come back.
	later []error
	// checks are owed for what was written.
	checks []check
	// remarks are the comments of issues as far as this look knows them.
	remarks map[string][]Comment
}

// passing says whether a fault may concern this one act only, so that the rest of the
// plan is tried all the same; the queue then comes back for what was left.
func passing(err error) bool {
	switch KindOf(err) {
	case KindUnavailable, KindMalformed, KindConflict:
		return true
	case KindUnauthorized, KindForbidden, KindNotFound, KindInvalid, KindTooLarge, KindGone, KindRateLimited,
		KindUnreachable, KindReadOnly, KindRedirect, KindCancelled, KindTooManyPages:
		return false
	}
	return errors.Is(err, errMoved) || errors.Is(err, errChannel)
}

// errMoved is the reason where something changed between the look and the act.
var errMoved = errors.New("changed in the meantime")

// isChannel says whether a notice could not be delivered.
func isChannel(err error) bool { return errors.Is(err, errChannel) }

// hopeless says whether Jira's answer is a clear no to this very act, so that the rest
// of the plan can go on. Anything else ends the look: whoever must not write any more,
// or cannot reach Jira, must not try the next act either.
func hopeless(err error) bool {
	switch KindOf(err) {
	case KindForbidden, KindNotFound, KindInvalid, KindTooLarge, KindGone:
		return true
	case KindUnauthorized, KindConflict, KindRateLimited, KindUnavailable, KindUnreachable, KindMalformed,
		KindReadOnly, KindRedirect, KindCancelled, KindTooManyPages:
		return false
	}
	return errors.Is(err, errRefusedTasks) || errors.Is(err, errScheme)
}

// words are Jira's own words about a failure.
func words(err error) string {
	var e *Error
	if errors.As(err, &e) {
		if text := e.Text(); text != "" {
			return text
		}
		return fmt.Sprintf("%s (%d)", e.Kind, e.Status)
	}
	return err.Error()
}

// act carries out one action.
func (a *applier) act(ctx context.Context, f rules.Facts, action rules.Action) (rules.Result, error) {
	switch action := action.(type) {
	case rules.Remember:
		return rules.Result{}, a.remember(ctx, action)
	case rules.RememberProject:
		return rules.Result{}, a.rememberProject(ctx, f, action)
	case rules.CancelSprint:
		return rules.Result{}, a.cancelSprint(ctx, action)
	case rules.DeleteSprint:
		return rules.Result{}, a.deleteSprint(ctx, action)
	case rules.CreateSprint:
		id, err := a.createSprint(ctx, action)
		return rules.Result{Sprint: id}, err
	case rules.FillSprint:
		return rules.Result{}, a.fillSprint(ctx, action)
	case rules.SwapScheme:
		ref, err := a.swapScheme(ctx, action)
		return rules.Result{Scheme: ref}, err
	case rules.RestoreScheme:
		return rules.Result{}, a.restoreScheme(ctx, action)
	case rules.DropScheme:
		return rules.Result{}, a.dropScheme(ctx, action)
	case rules.PutBack:
		return a.putBack(ctx, action)
	case rules.CreateTasks:
		tasks, err := a.createTasks(ctx, action)
		return rules.Result{Tasks: tasks}, err
	case rules.LinkTasks:
		return rules.Result{}, a.linkTasks(ctx, action)
	case rules.WriteStatus:
		id, err := a.writeStatus(ctx, action)
		return rules.Result{Comment: id}, err
	case rules.LinkPage:
		return rules.Result{}, a.linkPage(ctx, action)
	case rules.Say:
		return rules.Result{}, a.say(ctx, action)
	case rules.Notify:
		return rules.Result{}, a.notify(ctx, action)
	case rules.EditLabels:
		return rules.Result{}, a.look.r.c.EditIssue(ctx, action.Disaster, IssueEdit{AddLabels: action.Add, RemoveLabels: action.Remove})
	}
	return rules.Result{}, fmt.Errorf("an action of unknown kind: %s", action.Key())
}

// remember writes the record of a disaster.
func (a *applier) remember(ctx context.Context, r rules.Remember) error {
	raw, err := a.look.r.opt.Signer.SealRecord(r.Record)
	if err != nil {
		return err
	}
	property := RecordProperty
	if i, read := a.look.read[r.Disaster]; read {
		property = a.look.r.opt.Signer.slotOf(i, a.look.facts.Project.ID).property
	}
	return a.look.r.c.SetIssueProperty(ctx, r.Disaster, property, raw)
}

// rememberProject writes the list of open disasters on the project. Where the account
// may not, it is not tried again for a while: the disasters' own records are enough.
func (a *applier) rememberProject(ctx context.Context, f rules.Facts, r rules.RememberProject) error {
	if err := a.standsAsRead(ctx, r); err != nil {
		return err
	}
	list := projectMemory{Project: r.Project, Disasters: r.Disasters, At: a.look.list.next(f.Now), Swap: r.Swap, Told: r.Told, Kept: r.Kept}
	raw, err := a.look.r.opt.Signer.sealMemory(list)
	if err != nil {
		return err
	}
	err = a.look.r.c.SetProjectProperty(ctx, a.look.facts.Project.Key, RecordProperty, raw)
	if refusedByJira(err) {
		a.look.r.known.setMute(r.Project)
		a.look.r.log.WarnContext(ctx, "the project's property cannot be written, so a disaster issue that nobody can read any more would be forgotten after a restart; Administer Projects lets andon write it",
			"project", a.look.facts.Project.Key, "why", words(err))
		if r.Swap != f.Memory.Swap || r.Undoes(f.Memory) {
			return fmt.Errorf("%w: the project's property cannot be written", errScheme) // nothing is exchanged or undone then
		}
		return nil
	}
	if err == nil {
		a.look.list = list
	}
	return err
}

// standsAsRead looks again before something is struck off the project's list: another
// worker may have written there meanwhile that the permission scheme is exchanged, and
// nothing else may tell of it.
func (a *applier) standsAsRead(ctx context.Context, r rules.RememberProject) error {
	known := a.look.list
	if !slices.ContainsFunc(known.Disasters, func(id string) bool { return !slices.Contains(r.Disasters, id) }) {
		return nil
	}
	now, problem, err := a.look.memory(ctx)
	switch {
	case err != nil:
		return err
	case problem == nil && !now.At.Equal(known.At):
		return fmt.Errorf("the project's property %w", errMoved)
	}
	return nil
}

// cancelSprint closes an active sprint and marks it in the same call. Jira refuses to
// close a sprint that is closed already; that is as good as done.
func (a *applier) cancelSprint(ctx context.Context, c rules.CancelSprint) error {
	_, err := a.look.r.c.CloseSprint(ctx, c.Sprint, c.Goal)
	if err == nil || !hopeless(err) {
		return err
	}
	s, readErr := a.look.r.c.Sprint(ctx, c.Sprint)
	if IsNotFound(readErr) || readErr == nil && s.State == SprintClosed {
		return nil
	}
	return err
}

// deleteSprint deletes a sprint that is still to come. A sprint that was started in the
// meantime is left for the next look, which cancels it.
func (a *applier) deleteSprint(ctx context.Context, d rules.DeleteSprint) error {
	s, err := a.look.r.c.Sprint(ctx, d.Sprint)
	switch {
	case IsNotFound(err):
		return nil
	case err != nil:
		return err
	case s.State != SprintFuture:
		return fmt.Errorf("sprint %d is %s by now: %w", d.Sprint, s.State, errMoved)
	}
	err = a.look.r.c.DeleteSprint(ctx, d.Sprint)
	if IsNotFound(err) {
		return nil
	}
	return err
}

// writeStatus writes or edits the living status comment.
func (a *applier) writeStatus(ctx context.Context, w rules.WriteStatus) (string, error) {
	if w.Comment != "" {
		c, err := a.look.r.c.UpdateComment(ctx, w.Disaster, w.Comment, w.Body)
		if !IsNotFound(err) {
			return c.ID, err
		}
	}
	found, err := a.ownComments(ctx, w.Disaster, w.Ref)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		c, err := a.look.r.c.UpdateComment(ctx, w.Disaster, found[0].ID, w.Body)
		return c.ID, err
	}
	return a.comment(ctx, w.Disaster, w.Ref, w.Body)
}

// say writes a comment, unless it stands there already because somebody pulled the
// plug before that was noted.
func (a *applier) say(ctx context.Context, s rules.Say) error {
	found, err := a.ownComments(ctx, s.Disaster, s.Ref)
	if err != nil || len(found) > 0 {
		return err
	}
	if s.Replaces != "" {
		return a.replace(ctx, s)
	}
	_, err = a.comment(ctx, s.Disaster, s.Ref, s.Body)
	return err
}

// replace gives an earlier comment another text. If somebody has deleted that comment,
// there is nothing left to be put right.
func (a *applier) replace(ctx context.Context, s rules.Say) error {
	old, err := a.ownComments(ctx, s.Disaster, s.Replaces)
	if err != nil {
		return err
	}
	for _, c := range old {
		if _, err := a.look.r.c.UpdateComment(ctx, s.Disaster, c.ID, s.Body); err != nil && !IsNotFound(err) {
			return err
		}
	}
	return nil
}

// comment writes a comment. That it is the only one with its reference is checked later.
func (a *applier) comment(ctx context.Context, issue, ref, body string) (string, error) {
	c, err := a.look.r.c.AddComment(ctx, issue, body, map[string]any{CommentProperty: map[string]string{"ref": ref}})
	if err != nil {
		return "", err
	}
	a.owe(check{issue: issue, ref: ref, comment: c.ID})
	a.mu.Lock()
	defer a.mu.Unlock()
	a.remarks[issue] = append(a.remarks[issue], Comment{ID: c.ID, Author: &a.look.self, Body: body})
	return c.ID, nil
}

// ownComments finds the comments of andon's account with a reference, the lowest id first.
// A look reads the comments of an issue once, and remembers what it adds.
func (a *applier) ownComments(ctx context.Context, issue, ref string) ([]Comment, error) {
	a.mu.Lock()
	all, known := a.remarks[issue]
	a.mu.Unlock()
	if !known {
		var err error
		if all, err = a.look.comments(ctx, issue); err != nil {
			return nil, fmt.Errorf("comments of issue %s: %w", issue, err)
		}
		a.mu.Lock()
		if a.remarks == nil {
			a.remarks = map[string][]Comment{}
		}
		a.remarks[issue] = all
		a.mu.Unlock()
	}
	return a.withRef(all, ref), nil
}

// refPattern finds the reference in a comment of andon.
var refPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`andon ref ([a-z0-9.-]+)`) })

// refsOf are the references of a comment, if andon's own account wrote it. A comment
// that was given another text carries both.
func refsOf(c Comment, self string) []string {
	if c.Author == nil || c.Author.ID() != self {
		return nil
	}
	var refs []string
	for _, m := range refPattern().FindAllStringSubmatch(c.Body, -1) {
		refs = append(refs, m[1])
	}
	return refs
}
