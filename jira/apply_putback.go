package jira

import (
	"context"
	"errors"

	"andon/rules"
)

// putBack moves issues back to where they were. Those that Jira would not move are told
// one by one; the others have been moved.
func (a *applier) putBack(ctx context.Context, p rules.PutBack) (rules.Result, error) {
	var refused []Refused
	var err error
	if p.Sprint == 0 {
		refused, err = a.look.r.c.MoveToBacklog(ctx, p.Issues)
	} else {
		refused, err = a.look.r.c.MoveToSprint(ctx, p.Sprint, p.Issues)
	}
	if err != nil {
		return rules.Result{}, err
	}
	out := rules.Result{Refused: map[string]rules.Failure{}}
	for _, r := range refused {
		why := errors.New("refused")
		if r.Err != nil {
			why = r.Err
		}
		out.Refused[r.ID] = rules.Failure{Text: words(why), Final: true}
	}
	return out, nil
}
