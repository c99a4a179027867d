package jira

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"time"

	"andon/rules"
)

// muteFor is how long a project's property is left alone after Jira refused it.
const muteFor = time.Hour

// applier carries out plans for one look at a project.
type applier struct {
	look *look
	pass *Pass
	// later are the faults for which the queue has to come back.
	later []error
}

// apply carries out the actions of a plan in order and gives the facts as they are
// afterwards. What Jira refuses is noted in the facts and does not hold up the rest;
// an error ends the look, and the queue comes back to it later.
func (a *applier) apply(ctx context.Context, f rules.Facts, p rules.Plan) (rules.Facts, error) {
	if p.Stage == rules.StageRemember || p.Stage == rules.StageStop {
		ctx = WithPriority(ctx, High) // stopping the line waits for no budget
	}
	ctx, end := a.look.r.opt.Trace.begin(ctx, "apply", slog.String("andon.project", f.Project.Key), slog.String("andon.stage", string(p.Stage)))
	f, err := a.applyAll(ctx, f, p)
	end(err)
	return f, err
}

// applyAll carries out the actions one after the other.
func (a *applier) applyAll(ctx context.Context, f rules.Facts, p rules.Plan) (rules.Facts, error) {
	for _, action := range p.Actions {
		result, err := a.carryOut(ctx, f, action)
		switch {
		case err == nil:
			a.pass.Done = append(a.pass.Done, action)
			f = rules.Effect(f, action, result)
		case hopeless(err), IsReadOnly(err):
			f = rules.Failing(f, action, rules.Failure{Text: words(err), Final: hopeless(err)})
		case passing(err):
			f = rules.Failing(f, action, rules.Failure{Text: words(err)})
			if errors.Is(err, errChannel) {
				continue // the next look tries it again; nothing else waits for a channel
			}
			a.later = append(a.later, fmt.Errorf("%s: %w", action.Line(), err))
		default:
			return f, fmt.Errorf("%s: %w", action.Line(), err)
		}
	}
	return f, nil
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
	list := projectMemory{Project: r.Project, Disasters: r.Disasters, At: a.look.list.next(f.Now), Swap: r.Swap, Told: r.Told, Kept: r.Kept}
	raw, err := a.look.r.opt.Signer.sealMemory(list)
	if err != nil {
		return err
	}
	err = a.look.r.c.SetProjectProperty(ctx, a.look.facts.Project.Key, RecordProperty, raw)
	if refusedByJira(err) {
		a.look.r.known.setMute(r.Project, muteFor)
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

// comment writes a comment and makes sure that it is the only one with its reference:
// two workers may both have found none. The lowest id stays.
func (a *applier) comment(ctx context.Context, issue, ref, body string) (string, error) {
	c, err := a.look.r.c.AddComment(ctx, issue, body, map[string]any{CommentProperty: map[string]string{"ref": ref}})
	if err != nil {
		return "", err
	}
	found, err := a.ownComments(ctx, issue, ref)
	if err != nil || len(found) == 0 || found[0].ID == c.ID {
		return c.ID, nil //nolint:nilerr // the comment is written; a double that cannot be seen now is met by the next look
	}
	if err := a.look.r.c.DeleteComment(ctx, issue, c.ID); err != nil && !IsNotFound(err) {
		return "", fmt.Errorf("take back a double comment: %w", err)
	}
	return found[0].ID, nil
}

// ownComments finds the comments of andon's account with a reference, the lowest id first.
func (a *applier) ownComments(ctx context.Context, issue, ref string) ([]Comment, error) {
	all, err := a.look.r.c.Comments(ctx, issue)
	if err != nil {
		return nil, fmt.Errorf("comments of issue %s: %w", issue, err)
	}
	own := slices.DeleteFunc(all, func(c Comment) bool {
		return c.Author == nil || c.Author.ID() != a.look.facts.Self.ID || !rules.HasRef(c.Body, ref)
	})
	slices.SortFunc(own, func(x, y Comment) int { return cmp.Compare(number(x.ID), number(y.ID)) })
	return own, nil
}

// refPattern finds the reference in a comment of andon.
var refPattern = regexp.MustCompile(`andon ref ([a-z0-9.-]+)`)

// refsOf are the references of a comment, if andon's own account wrote it. A comment
// that was given another text carries both.
func refsOf(c Comment, self string) []string {
	if c.Author == nil || c.Author.ID() != self {
		return nil
	}
	var refs []string
	for _, m := range refPattern.FindAllStringSubmatch(c.Body, -1) {
		refs = append(refs, m[1])
	}
	return refs
}
