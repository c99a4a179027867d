package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// statusRef is the reference of the living status comment.
const statusRef = "status"

// tell gives the status comments whose text has changed, and the notices.
func (w *work) tell() []Action {
	var out []Action
	for _, c := range w.cases {
		if c.live && !c.kept && c.anchored(w.f) && c.state.Phase != PhaseProposed && c.state.Phase != PhaseRehearsal {
			body := w.statusBody(c)
			if hash := fingerprint(body); hash != c.rec.StatusHash || c.rec.Comment == "" {
				ref := w.statusRef(c)
				out = append(out, WriteStatus{Disaster: c.d.ID, Comment: c.rec.Comment, Body: body, Hash: hash, Ref: ref})
			}
			out = append(out, w.linkPage(&c)...)
		}
		for _, s := range c.says {
			out = append(out, s)
		}
	}
	return out
}

// statusRef is the reference of a project's status comment on an issue. An issue that was
// declared again in another project has one for each.
func (w *work) statusRef(c dossier) string {
	if c.d.Second {
		return makeRef(statusRef, c.d.ID, w.f.Project.ID)
	}
	return makeRef(statusRef, c.d.ID)
}

// fingerprint is a short hash of a text.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// statusBody is the text of the status comment. It holds no running clock, so that it
// changes only when something has happened.
func (w *work) statusBody(c dossier) string {
	var b strings.Builder
	where := ""
	if c.d.Foreign || c.d.Second || c.d.ProjectID != w.f.Project.ID {
		where = " in project " + w.f.Project.Key
	}
	fmt.Fprintf(&b, "h3. Disaster %s%s: %s\n\n", c.d.Key, where, headline(c))
	fmt.Fprintf(&b, "*Declared* by %s with the label %s at %s.\n", person(c.rec.Declared.By), EscapeWiki(c.rec.Declared.Label), when(c.rec.Declared.At))
	if len(c.rec.Kinds) > 0 {
		fmt.Fprintf(&b, "*Kind:* %s.\n", kindNames(c.rec.Kinds))
	}
	if len(c.rec.Masters) > 0 {
		fmt.Fprintf(&b, "*Scrum Master:* %s\n", strings.TrimSpace(mentions(w.f.Site, c.rec.Masters)))
	}
	w.serviceLines(&b, &c)
	fmt.Fprintf(&b, "*Planning:* %s\n", w.planningLine(c))
	w.schemeLine(&b, c)
	if !c.rec.Rebuilt.IsZero() {
		fmt.Fprintf(&b, "*Note:* andon's record on this issue was missing or changed by somebody else and was made anew at %s. Sprints that ran then are left alone.\n", when(c.rec.Rebuilt))
	}
	w.sprintLines(&b, c)
	if why := w.f.People.Unreadable; why != "" && c.ownersWait {
		fmt.Fprintf(&b, "*Needs a human:* andon cannot tell who the Product Owners are, so their labels wait: %s.\n", EscapeWiki(why))
	}
	for _, channel := range slices.Sorted(maps.Keys(c.rec.Untold)) {
		fmt.Fprintf(&b, "*Not told:* %s could not be reached since %s; andon keeps trying.\n", EscapeWiki(upperFirst(w.f.Settings.channelName(channel))), when(c.rec.Untold[channel]))
	}
	pageLine(&b, &c)
	w.returnedLines(&b, c)
	w.trouble(&b, c)
	w.taskTable(&b, c)
	fmt.Fprintf(&b, "\n*Next:* %s\n\n%s", w.next(c), refLine(w.statusRef(c)))
	return b.String()
}

// serviceLines show the system's mode, the return to service and the recovery time.
func (w *work) serviceLines(b *strings.Builder, c *dossier) {
	if m, ok := w.mode(c); ok {
		fmt.Fprintf(b, "*System mode:* %s since %s, by %s.\n", EscapeWiki(m.Label), when(m.At), person(m.By))
	} else {
		b.WriteString("*System mode:* not set.\n")
	}
	if r := c.rec.Restored; r != nil {
		fmt.Fprintf(b, "*Back in service* since %s, by %s, %s after the declaration.\n", when(r.At), person(r.By), span(r.At.Sub(c.rec.Declared.At)))
	} else if c.state.Phase == PhaseResolved {
		b.WriteString("*Recovery is still open*: no Product Owner has returned the system to service.\n")
	} else if missing := w.gateRTS(c); c.state.Frozen && len(c.rec.Tasks) > 0 {
		fmt.Fprintf(b, "*Return to service:* %s.\n", gateWords(len(missing)))
	}
	k, ok := w.slaClock(c)
	switch {
	case !ok:
	case c.rec.Restored != nil:
		fmt.Fprintf(b, "*Recovery time:* %d %% of %s used.\n", k.percent(), span(k.allowed))
	case k.step > 0:
		fmt.Fprintf(b, "*Recovery time:* %s, ends at %s; %d %% is used.\n", span(k.allowed), when(k.due), k.step)
	default: // a running percentage would edit the comment all the time
		fmt.Fprintf(b, "*Recovery time:* %s, ends at %s; less than %d %% is used.\n", span(k.allowed), when(k.due), slaSteps()[0])
	}
}

// gateWords say how far the return to service is.
func gateWords(missing int) string {
	if missing == 0 {
		return "everything it waits for is done; the Product Owner decides"
	}
	return plural(missing, "task") + " to be done first"
}

// headline is the phase in a few words.
func headline(c dossier) string {
	switch {
	case c.state.Frozen:
		return string(c.state.Phase) + ", planning is frozen"
	case c.rec.Order != nil && c.state.Phase == PhaseResolved:
		return "released by an operator"
	case c.state.Phase == PhaseResolved:
		return "resolved, the root cause is closed"
	}
	return string(c.state.Phase)
}

// kindNames lists kinds for people.
func kindNames(kinds []Kind) string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return strings.Join(out, ", ")
}

// planningLine says whether planning is frozen, since when and by what.
func (w *work) planningLine(c dossier) string {
	switch {
	case c.state.Frozen:
		return fmt.Sprintf("frozen since %s; %s. Sprints that are created or started now are undone, and issues that are put into a sprint go back.", when(c.rec.Baseline.Since), EscapeWiki(c.state.Cause.Reason.Text))
	case c.rec.Withdrawn != nil:
		return fmt.Sprintf("no longer frozen by this disaster; %s took the declaration back at %s.", person(c.rec.Withdrawn.By), when(c.rec.Withdrawn.At))
	case c.rec.Order != nil:
		return fmt.Sprintf("no longer frozen by this disaster since %s; an operator released it.", when(c.rec.Order.At))
	case c.rec.Released != nil:
		return fmt.Sprintf("no longer frozen by this disaster since %s; %s.", when(c.rec.Released.At), EscapeWiki(c.state.Cause.Reason.Text))
	}
	return "not frozen by this disaster."
}

// sprintLines shows what happened to the sprints.
func (w *work) sprintLines(b *strings.Builder, c dossier) {
	for _, l := range c.rec.Left {
		fmt.Fprintf(b, "*Left alone:* sprint %d \"%s\"; %s.\n", l.ID, EscapeWiki(l.Name), EscapeWiki(l.Why))
	}
	if len(c.rec.Sprints) == 0 && !c.rec.Rebuilt.IsZero() {
		return
	}
	if len(c.rec.Sprints) == 0 {
		b.WriteString("*Sprints:* none had to be cancelled for this disaster.\n")
		return
	}
	b.WriteString("*Sprints:*\n")
	for _, s := range c.rec.Sprints {
		did := "to be undone"
		switch {
		case s.Undone.IsZero() && !c.state.Frozen:
			did = "not undone before the freeze ended"
		case s.Undone.IsZero():
		case s.Why == CreatedInFreeze:
			did = "deleted at " + when(s.Undone)
		default:
			did = "cancelled at " + when(s.Undone)
		}
		times := ""
		if s.Times > 1 {
			times = fmt.Sprintf(", %d times", s.Times)
		}
		fmt.Fprintf(b, "* %d \"%s\": %s%s (%s); %s unfinished, %d done\n", s.ID, EscapeWiki(s.Name), did, times, s.Why.words(), itoa(len(s.Issues)+s.Cut), s.Done)
	}
}

// trouble says what a human must do, where Jira refused something for good.
func (w *work) trouble(b *strings.Builder, c dossier) {
	keys := make([]string, 0, len(w.f.Failed))
	for k := range w.f.Failed {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if parts := strings.Split(k, "/"); !w.f.Failed[k].Final || len(parts) < 2 || !beforeStatus(parts[0]) || parts[1] != c.d.ID || strings.HasPrefix(k, refusedPut(c.d.ID, "")) {
			continue
		}
		fmt.Fprintf(b, "*Needs a human:* Jira refused to %s: %s. %s Andon tries again at every look.\n", actWords(k), foreign(strings.TrimRight(w.f.Failed[k].Text, ". ")), advice(k))
	}
	w.refusedPuts(b, c, keys)
	for _, t := range c.trouble {
		fmt.Fprintf(b, "*Needs a human:* %s Andon tries again at every look.\n", t)
	}
}

// beforeStatus says whether an action of this sort is tried before the status comment is
// written. What is tried later is not known yet at the next look, so that the comment
// would change to and fro for ever; the log tells of it.
func beforeStatus(sort string) bool {
	return !slices.Contains([]string{"remember-project", "swap-scheme", "restore-scheme", "drop-scheme", "status", "link-page", "say", "notify"}, sort)
}

// actWords turns an action's key into words.
func actWords(key string) string {
	verb, rest, _ := strings.Cut(key, "/")
	parts := strings.Split(rest, "/")
	last := parts[len(parts)-1]
	switch verb {
	case "cancel-sprint":
		return "close sprint " + last
	case "delete-sprint":
		return "delete sprint " + last
	case "create-sprint":
		return "make the successor of sprint " + last
	case "fill-sprint":
		return "put the open issues into the successor of sprint " + last
	case putBackVerb:
		return "take " + plural(1+strings.Count(last, "+"), "issue") + " out of the sprints into which they were put"
	case "create-tasks":
		return "create tasks of the playbook"
	case "link-tasks":
		return "link the tasks to this issue"
	case "labels":
		return "change the labels"
	case "remember":
		return "store andon's record on this issue (so no sprint is cancelled)"
	}
	return EscapeWiki(strings.ReplaceAll(verb, "-", " "))
}

// taskTable lists the tasks with their state, in the playbook's order.
func (w *work) taskTable(b *strings.Builder, c dossier) {
	byEntry := map[string]Task{}
	for _, t := range c.d.Tasks {
		if c.rec.Tasks[t.Entry] == t.ID {
			byEntry[t.Entry] = t
		}
	}
	if len(byEntry) == 0 {
		return
	}
	b.WriteString("\n||Task||What||State||Owner||\n")
	for _, e := range w.f.Settings.Playbook.Entries {
		t, ok := byEntry[e.ID]
		if !ok {
			continue
		}
		owner := "nobody"
		if t.Assignee.ID != "" {
			owner = person(t.Assignee)
		}
		fmt.Fprintf(b, "|%s|%s|%s|%s|\n", t.Key, EscapeWiki(e.Title), foreign(t.Status.Name), owner)
	}
}
