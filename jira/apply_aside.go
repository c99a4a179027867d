package jira

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"

	"andon/rules"
)

// work is one action on its way, and what came of it.
type work struct {
	action rules.Action
	urgent bool
	begun  bool
	// sent is called once an urgent action is on its way.
	sent   func()
	result rules.Result
	err    error
}

// lane names what an action writes to. Actions in different lanes may be on their way at
// once; in one lane they follow one another, so that comments stand in their order and an
// issue goes back before its sprint goes.
func lane(action rules.Action) string {
	switch a := action.(type) {
	case rules.Remember:
		return "record/" + a.Disaster
	case rules.RememberProject:
		return "project"
	case rules.CancelSprint:
		return "sprint/" + strconv.FormatInt(a.Sprint, 10)
	case rules.DeleteSprint, rules.PutBack:
		return "undo"
	case rules.CreateSprint, rules.FillSprint:
		return "resume"
	case rules.SwapScheme, rules.RestoreScheme, rules.DropScheme:
		return "scheme"
	case rules.CreateTasks:
		return "tasks/" + a.Disaster
	case rules.LinkTasks:
		return "tasks/" + a.Disaster
	case rules.WriteStatus:
		return "issue/" + a.Disaster
	case rules.Say:
		return "issue/" + a.Disaster
	case rules.EditLabels:
		return "issue/" + a.Disaster
	}
	return "notify"
}

// apply carries out a plan and gives the facts as they are afterwards. What Jira refuses is
// noted in the facts and does not hold up the rest; an error ends the look, and the queue
// comes back to it later.
//
// What does not wait for another is on its way at once: the line is stopped first, and while
// Jira is at it the tasks are made, and what the next decision will want is asked for.
func (a *applier) apply(ctx context.Context, f rules.Facts, p rules.Plan) (rules.Facts, error) {
	ctx, end := a.look.r.opt.Trace.begin(ctx, "apply", slog.String("andon.project", f.Project.Key), slog.String("andon.stage", string(p.Stage)))
	f, err := a.applyAll(ctx, f, p)
	end(err)
	return f, err
}

// applyAll carries out the actions of a plan, in as many lanes as they allow.
func (a *applier) applyAll(ctx context.Context, f rules.Facts, p rules.Plan) (rules.Facts, error) {
	urgent := p.Stage == rules.StageRemember || p.Stage == rules.StageStop
	works := make([]*work, 0, len(p.Actions))
	for _, action := range p.Actions {
		works = append(works, &work{action: action, urgent: urgent})
	}
	var next rules.Plan
	if urgent {
		next = a.next(f, p)
		for _, action := range next.Actions {
			if p.Stage == rules.StageStop && next.Stage == rules.StageTasks && besides(action) {
				works = append(works, &work{action: action})
			}
		}
	}
	var doubles []double
	g, gctx := a.look.r.crew(ctx)
	if p.Stage == rules.StageRecord {
		g.Go(func() error { doubles = a.verify(gctx); return nil })
	}
	var halt atomic.Bool
	var out gate
	var stopping atomic.Int32 // lanes that stop the line
	for _, in := range lanes(works) {
		if in[0].urgent {
			in[0].sent = out.wait()
			stopping.Add(1)
		}
		g.Go(func() error {
			a.drive(gctx, f, in, &halt, &out)
			if in[0].urgent && stopping.Add(-1) == 0 && p.Stage == rules.StageStop {
				a.look.r.opt.Relieve(ctx)
				a.look.r.watchEarly(ctx, f.Project.Key, a.look.key)
			}
			return nil
		})
	}
	if urgent {
		asking := gctx
		if p.Stage == rules.StageRemember { // the stopping waits for it
			asking = WithPriority(gctx, High)
		}
		a.look.wantedIn(asking, g, f, next.Wants)
	}
	if err := g.Wait(); err != nil {
		return f, err
	}
	f, err := a.fold(f, works)
	return replaced(f, doubles), err
}

// besides says whether an action may go along with the stopping of the line: it neither
// needs that to succeed nor changes anything if it does not.
func besides(action rules.Action) bool {
	switch action.(type) {
	case rules.CreateTasks, rules.RememberProject:
		return true
	}
	return false
}

// next is what will be decided if everything in a plan succeeds.
func (a *applier) next(f rules.Facts, p rules.Plan) rules.Plan {
	for _, action := range p.Actions {
		f = rules.Effect(f, action, rules.Result{})
	}
	return a.look.r.opt.Decide(f)
}

// lanes parts actions by what they write to, in the order in which each lane begins.
func lanes(works []*work) [][]*work {
	var out [][]*work
	at := map[string]int{}
	for _, w := range works {
		key := lane(w.action)
		i, there := at[key]
		if !there {
			i = len(out)
			at[key], out = i, append(out, nil)
		}
		out[i] = append(out[i], w)
	}
	return out
}

// drive carries out the actions of one lane.
func (a *applier) drive(ctx context.Context, f rules.Facts, lane []*work, halt *atomic.Bool, out *gate) {
	if lane[0].sent != nil {
		defer lane[0].sent() // whatever becomes of it, nobody waits for ever
	}
	for _, w := range lane {
		if !w.urgent {
			out.pass()
		}
		if halt.Load() {
			return
		}
		acting := ctx
		if w.urgent {
			acting = WithPriority(ctx, High) // stopping the line waits for no budget
		}
		if w.sent != nil {
			acting = withSent(acting, w.sent)
		}
		w.begun = true
		w.result, w.err = a.carryOut(acting, f, w.action)
		if w.err != nil && ends(w.err) {
			halt.Store(true)
		}
	}
}

// gate holds back what is not urgent until all that is urgent is on its way.
type gate struct{ urgent sync.WaitGroup }

// wait adds something to wait for, and gives what to call once it is on its way.
func (g *gate) wait() func() {
	g.urgent.Add(1)
	return sync.OnceFunc(g.urgent.Done)
}

// pass waits.
func (g *gate) pass() { g.urgent.Wait() }

// ends says whether an error ends the look, because the next act would meet it as well.
func ends(err error) bool { return !hopeless(err) && !IsReadOnly(err) && !passing(err) }

// fold takes over what came of the actions, in their order.
func (a *applier) fold(f rules.Facts, works []*work) (rules.Facts, error) {
	var end error
	for _, w := range works {
		switch {
		case !w.begun:
		case w.err == nil:
			a.pass.Done = append(a.pass.Done, w.action)
			f = rules.Effect(f, w.action, w.result)
		case hopeless(w.err), IsReadOnly(w.err):
			f = rules.Failing(f, w.action, rules.Failure{Text: words(w.err), Final: hopeless(w.err)})
		case passing(w.err):
			f = rules.Failing(f, w.action, rules.Failure{Text: words(w.err)})
			if !isChannel(w.err) { // the next look tries it again; nothing else waits for a channel
				a.later = append(a.later, fmt.Errorf("%s: %w", w.action.Line(), w.err))
			}
		case end == nil:
			end = fmt.Errorf("%s: %w", w.action.Line(), w.err)
		}
	}
	return f, end
}
