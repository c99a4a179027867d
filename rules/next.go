package rules

import "fmt"

// next says which decision comes next and whose it is.
func (w *work) next(c dossier) string {
	switch c.state.Phase {
	case PhaseRecovering, PhaseInvestigating:
		return w.nextInFreeze(c)
	case PhaseResolved:
		switch plan := w.nextPlan(c); {
		case c.rec.Order != nil:
			return plan
		case !c.rec.Resumed.IsZero():
			return w.stillRecovering(c) + "nothing; a new sprint has been started."
		default:
			return w.stillRecovering(c) + plan + " Until a sprint is started, opening the root-cause task again freezes planning again."
		}
	case PhaseWithdrawn:
		return w.nextPlan(c)
	case PhaseNone, PhaseProposed, PhaseRejected, PhaseRehearsal, PhaseUnreadable:
	}
	return "nothing."
}

// nextPlan says that planning goes on, unless another disaster still freezes it.
func (w *work) nextPlan(c dossier) string {
	if others := w.otherFreezes(c); others != "" {
		return "planning waits for " + others + ", which still freezes it."
	}
	return "the team plans the next sprint." + w.resumeHint(c)
}

// stillRecovering says whose decision is left where planning was freed before the system
// was back in service.
func (w *work) stillRecovering(c dossier) string {
	if c.rec.Restored != nil {
		return ""
	}
	return fmt.Sprintf("a Product Owner returns the system to service with the label %s; besides, ", EscapeWiki(w.f.Settings.Labels.Restored))
}

// wayOut says what ends the freeze, for somebody whose act was undone.
func (w *work) wayOut(c dossier) string {
	if c.rec.Released != nil {
		return "The freeze of this disaster has ended since."
	}
	if c.state.Cause.State == CauseClosed {
		return "Planning is free again when the system is back in service."
	}
	return "Planning is free again when the root-cause task is closed."
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
	case len(c.rec.Tasks) == 0:
		return "a human lets andon create the tasks, or creates what is needed; see above."
	case c.state.Phase == PhaseInvestigating && len(missing) > 0:
		return fmt.Sprintf("%s (and %s of the return to service, which came or were opened after it)", cause, plural(len(missing), "task"))
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
