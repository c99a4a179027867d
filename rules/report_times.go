package rules

import "time"

// times are the figures of a disaster with a record.
func (w *work) times(c dossier) Times {
	r := c.rec
	t := Times{Declared: r.Declared.At, Resumed: r.Resumed, Counts: counts(c.state.Phase)}
	if r.Restored != nil {
		t.Restored, t.ToRestore = r.Restored.At, max(r.Restored.At.Sub(r.Declared.At), 0)
	}
	if t.CauseClosed = w.causeClosed(c); !t.CauseClosed.IsZero() {
		t.ToCause = max(t.CauseClosed.Sub(r.Declared.At), 0)
	}
	if r.Withdrawn != nil {
		t.Withdrawn = r.Withdrawn.At
	}
	t.Unfrozen = unfrozen(r)
	for _, s := range frozenTimes(r) {
		t.Frozen += s.length(w.f.Now)
	}
	if k, ok := w.slaClock(&c); ok && !c.kept && r.Withdrawn == nil {
		t.Allowed, t.Due, t.Margin = k.allowed, k.due, k.allowed-k.used
	}
	return t
}

// causeClosed is when the root cause was closed, as far as its closing counts. Where the
// task's history was not kept, it is when andon saw it.
func (w *work) causeClosed(c dossier) time.Time {
	cause := c.state.Cause
	switch {
	case cause.State == CauseClosed && !cause.Task.ClosedAt.IsZero():
		return cause.Task.ClosedAt
	case c.rec.Released != nil:
		return c.rec.Released.At
	}
	return time.Time{}
}

// unfrozen is when the disaster stopped freezing planning, zero while it does.
func unfrozen(r Record) time.Time {
	switch {
	case r.Withdrawn != nil && r.Released != nil && r.Released.At.Before(r.Withdrawn.At):
		return r.Released.At
	case r.Withdrawn != nil:
		return r.Withdrawn.At
	case r.Released != nil:
		return r.Released.At
	}
	return time.Time{}
}

// stretch is a time that something lasted; to is zero while it goes on.
type stretch struct{ from, to time.Time }

// length is how long a stretch has lasted.
func (s stretch) length(now time.Time) time.Duration {
	if s.to.IsZero() {
		s.to = now
	}
	return max(s.to.Sub(s.from), 0)
}

// frozenTimes are the freezes of a disaster, oldest first.
func frozenTimes(r Record) []stretch {
	var out []stretch
	for _, t := range r.turns(StepFrozen, StepUnfrozen) {
		out = append(out, stretch{t[0].At, t[1].At})
	}
	return append(out, stretch{r.Baseline.Since, unfrozen(r)})
}

// recoveryTimes are the times in which the system was out of service, oldest first.
func recoveryTimes(r Record) []stretch {
	from := r.Declared.At
	var out []stretch
	for _, t := range r.turns(StepRestored, StepRestoredOff) {
		out = append(out, stretch{from, t[0].At})
		from = t[1].At
	}
	switch {
	case r.Restored != nil:
		return append(out, stretch{from, r.Restored.At})
	case r.Withdrawn != nil:
		return append(out, stretch{from, r.Withdrawn.At})
	}
	return append(out, stretch{from: from})
}
