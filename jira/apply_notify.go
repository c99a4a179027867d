package jira

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"andon/rules"
)

// errChannel is the reason where a notice could not be delivered.
var errChannel = errors.New("notice not delivered")

// notify tells people outside the issue. A channel that fails is tried again at the next
// look; one that nobody knows any more, because a setting has changed, is done with. What
// was told and could not be noted in the record is not told again by this process. After
// a failure the channel rests: one that hangs must not hold up a freeze at every look.
func (a *applier) notify(ctx context.Context, n rules.Notify) error {
	if a.look.r.known.wasTold(n.Key()) {
		return nil
	}
	if a.look.r.known.resting(n.Channel) {
		return fmt.Errorf("%w over %s: it failed a moment ago", errChannel, n.Name)
	}
	err := a.send(ctx, n)
	switch {
	case err == nil:
		a.look.r.known.setTold(n.Key())
	case errors.Is(err, errChannel):
		a.look.r.known.rest(n.Channel)
	}
	return err
}

// send hands a notice to its channel. An andon that must not write tells nobody either:
// it could not note that it did.
func (a *applier) send(ctx context.Context, n rules.Notify) error {
	if a.look.r.c.doer.readOnly {
		return &Error{Kind: KindReadOnly, Executed: ExecutedNo, Err: ErrReadOnly}
	}
	text := n.Text
	if n.Channel == MailChannel {
		return a.mail(ctx, n, text)
	}
	channel, ok := a.look.r.opt.Channels[n.Channel]
	if !ok {
		return nil
	}
	// What was said cannot be taken back, so a worker that has lost the work says nothing:
	// who has it now says it.
	if err := writeGuard(ctx); err != nil {
		return &Error{Kind: KindCancelled, Executed: ExecutedNo, Err: fmt.Errorf("write guard: %w", err)}
	}
	if err := channel.Send(ctx, n.Title, text); err != nil {
		return fmt.Errorf("%w over %s: %w", errChannel, n.Name, err)
	}
	return nil
}

// mail has Jira write to the members of the stakeholders' role. Where there is nobody to
// write to there is nothing to try again; a Jira that sends no mail is a channel that fails.
func (a *applier) mail(ctx context.Context, n rules.Notify, text string) error {
	people, err := a.look.stakeholders(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", errChannel, err)
	}
	users := a.look.recipients(people)
	if len(users) == 0 {
		return nil
	}
	err = a.look.r.c.Notify(ctx, n.Disaster, Notification{Subject: n.Title, TextBody: text, Users: users})
	switch {
	case err == nil:
		return nil
	case IsInvalid(err): // Jira knows nobody whom it could write to
		a.look.r.log.LogAttrs(ctx, slog.LevelWarn, "Jira does not send the notice by mail", append(slices.Clone(subjectOf(ctx)), slog.String("why", words(err)))...)
		return nil
	}
	return fmt.Errorf("%w: %w", errChannel, err)
}

// stakeholders are the members of the stakeholders' role, without andon's own account.
func (l *look) stakeholders(ctx context.Context) ([]rules.Person, error) {
	if l.roles == nil {
		roles, err := l.r.c.ProjectRoles(ctx, l.facts.Project.Key)
		switch {
		case refusedByJira(err):
			return nil, nil
		case err != nil:
			return nil, err
		}
		l.roles = roles
	}
	people, err := l.membersOf(ctx, l.r.opt.StakeholderRole)
	if err != nil && !refusedByJira(err) {
		return nil, err
	}
	return slices.DeleteFunc(people, func(p rules.Person) bool { return p.ID == l.facts.Self.ID }), nil
}

// recipients are people as Jira's mail wants them named.
func (l *look) recipients(people []rules.Person) []User {
	out := make([]User, 0, len(people))
	for _, p := range people {
		if l.site.Flavour == Cloud {
			out = append(out, User{AccountID: p.ID})
		} else {
			out = append(out, User{Key: p.ID, Name: p.Username})
		}
	}
	return out
}
