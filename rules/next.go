package rules

import "fmt"

// next says which decision comes next and whose it is.
func (w *work) next(c dossier) string {
	switch c.state.Phase {
	case PhaseRecovering, PhaseInvestigating:
		return w.nextInFreeze(c)
	case PhaseResolved:
		if c.rec.Resumed.IsZero() {
			return "the team plans the next sprint." + w.resumeHint(c) + " Until one is started, opening the root-cause task again freezes planning again."
		}
		return "nothing; a new sprint has been started."
	case PhaseWithdrawn:
		return "the team plans the next sprint." + w.resumeHint(c)
	case PhaseNone, PhaseProposed, PhaseRejected, PhaseRehearsal, PhaseUnreadable:
	}
	return "nothing."
}

// nextInFreeze says what is waited for while planning is frozen.
func (w *work) nextInFreeze(c dossier) string {
	restore := fmt.Sprintf("a Product Owner returns the system to service with the label %s", EscapeWiki(w.f.Settings.Labels.Restored))
	switch c.state.Cause.State {
	case CauseRefused:
		return refusedNext(c.state.Cause.Reason.Code)
	case CauseClosed:
		return restore + "; planning is free then."
	case CauseMissing, CauseOpen:
	}
	closer := "the team closes"
	if w.f.Settings.OwnersAccept {
		closer = "a Product Owner closes"
	}
	cause := fmt.Sprintf("%s the root-cause task%s; planning is free then.", closer, blankBefore(c.state.Cause.Task.Key))
	switch missing := w.gateRTS(&c); {
	case c.state.Phase == PhaseInvestigating:
		return cause
	case len(missing) > 0:
		return fmt.Sprintf("the team works the %s that the return to service waits for; then %s. After that %s A Product Owner withdraws a false alarm by taking the disaster label off.", plural(len(missing), "task"), restore, cause)
	}
	return fmt.Sprintf("%s, after consulting those who know. After that %s A Product Owner withdraws a false alarm by taking the disaster label off.", restore, cause)
}

// refusedNext says what a root-cause task lacks whose closing does not count.
func refusedNext(code string) string {
	switch code {
	case "root-cause-not-accepted":
		return "a Product Owner closes the root-cause task."
	case "root-cause-no-prevention":
		return "the team links at least one prevention issue to the root-cause task."
	}
	return "the team opens the root-cause task again and closes it with the cause written down."
}

// resumeHint says how the plan comes back, where a sprint was cancelled.
func (w *work) resumeHint(c dossier) string {
	if len(c.rec.Sprints) == 0 || c.rec.Resume != nil {
		return ""
	}
	return fmt.Sprintf(" With the label %s a Product Owner gets the successor of what was cancelled.", EscapeWiki(w.f.Settings.Labels.Resume))
}
