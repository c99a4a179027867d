package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// copyName is the name of the copy. Jira wants names that differ, so it holds the
// project's key for people and its id, which stays the same.
func copyName(p Project) string { return fmt.Sprintf("andon freeze %s (%s)", p.Key, p.ID) }

// copyMark is the beginning of a copy's description, by which andon knows its own copy
// and finds the way back. It stands first, so that no scheme's name can forge it.
func copyMark(project string, original int64) string {
	return fmt.Sprintf("andon-freeze project=%s original=%d.", project, original)
}

var copyMarkPattern = regexp.MustCompile(`^\s*andon-freeze project=([0-9]+) original=([0-9]+)\.`)

// maxSchemeName bounds the original's name in the description of its copy.
const maxSchemeName = 255

// copyDescription is the description of the copy, for the program and for people.
func copyDescription(p Project, original SchemeRef) string {
	return copyMark(p.ID, original.ID) + fmt.Sprintf(
		" Made by andon while the planning of project %s is frozen: a copy of the permission scheme \"%s\" (id %d) without the sprint permissions. "+
			"The project gets that scheme back when planning is free, and this one is deleted. To do it by hand, assign that scheme to the project.",
		p.Key, printable(original.Name, maxSchemeName), original.ID)
}

// CopyOf reads the description of a permission scheme. It gives the id of the scheme
// that it stands in for, where andon made it for the project.
func CopyOf(description, project string) (original int64, ours bool) {
	m := copyMarkPattern.FindStringSubmatch(description)
	if m == nil || m[1] != project {
		return 0, false
	}
	id, err := strconv.ParseInt(m[2], 10, 64)
	return id, err == nil
}

// CopyOfAny says whether andon made a permission scheme, for whichever project.
func CopyOfAny(description string) bool { return copyMarkPattern.MatchString(description) }

// words name a scheme for people, as plain text.
func (r SchemeRef) words() string {
	if r.Name == "" {
		return fmt.Sprintf("the permission scheme with the id %d", r.ID)
	}
	return fmt.Sprintf("the permission scheme \"%s\" (id %d)", printable(r.Name, maxForeign), r.ID)
}

// sprintPermissions are the names of what the copy leaves out.
func sprintPermissions(f Flavour) string {
	if f == DataCenter {
		return "Manage Sprints, Start/Complete Sprints and Edit Sprints"
	}
	return "Manage Sprints"
}

// schemeLine shows in the status comment what happened to the permission scheme.
func (w *work) schemeLine(b *strings.Builder, c dossier) {
	s := c.rec.Scheme
	switch {
	case s.State == SwapNone:
	case w.scheme.stuck != "":
		fmt.Fprintf(b, "*Needs a human:* %s\n", upperFirst(w.stuckText()))
	case s.State == SwapLeft:
		fmt.Fprintf(b, "*Permissions:* somebody else changed the project's permission scheme in the freeze: %s. Andon leaves it as it is and enforces planning by undoing only.\n", foreign(s.Why))
	case !c.state.Frozen:
	case s.State == SwapMoving:
		b.WriteString("*Permissions:* the sprint permissions have not been taken away yet; andon tries again at every look.\n")
	case s.State == SwapInForce:
		fmt.Fprintf(b, "*Permissions:* everybody but andon is without %s. The project uses %s, a copy; %s comes back when planning is free.%s\n",
			sprintPermissions(w.f.Site.Flavour), EscapeWiki(s.Copy.words()), EscapeWiki(s.Original.words()), w.othersAffected())
	case s.State == SwapGivenUp:
		fmt.Fprintf(b, "*Permissions:* planning is enforced by undoing only, because the sprint permissions cannot be taken away: %s.\n", foreign(s.Why))
	}
}

// stuckText says what a human must do where the project's own scheme is not back.
func (w *work) stuckText() string {
	k, now := w.scheme.kept, "andon's copy"
	if k.Copy != (SchemeRef{}) {
		now = k.Copy.words()
	}
	return fmt.Sprintf("the project's own permission scheme is not back yet: %s. It should use %s, not %s. A Jira administrator can assign it in the project's settings; andon tries again at every look.",
		foreign(w.scheme.stuck), EscapeWiki(k.Original.words()), EscapeWiki(now))
}

// schemeNews is what people should know of the scheme when they hear that a disaster
// freezes planning no longer; empty where there is nothing to say.
func (w *work) schemeNews(c dossier) string {
	switch s := w.scheme; {
	case w.frozen():
	case s.stuck != "":
		return "*But* " + w.stuckText()
	case c.rec.Scheme.State == SwapLeft:
		return fmt.Sprintf("Somebody else changed the project's permission scheme in the freeze: %s. Andon left it as it is.", foreign(c.rec.Scheme.Why))
	case w.f.Memory.Swap.State == SwapMoving:
		return "The project uses its own permission scheme again: " + EscapeWiki(w.f.Memory.Swap.Original.words()) + "."
	}
	return ""
}

// addSchemeNews tells how the permission scheme stands wherever a release is told.
func (w *work) addSchemeNews() {
	for i := range w.cases {
		c := &w.cases[i]
		text := w.schemeNews(*c)
		for k, s := range c.says {
			if kind, _, _ := strings.Cut(s.Ref, "."); text != "" && (kind == "released" || kind == "operator" || kind == "withdrawn") {
				c.says[k].Body = strings.TrimSuffix(s.Body, refLine(s.Ref)) + text + "\n\n" + refLine(s.Ref)
			}
		}
	}
	for i, a := range w.notes {
		if n, ok := a.(Notify); ok && w.scheme.stuck != "" && n.Ends {
			n.Text += " The project's own permission scheme is not back yet; the issue says what to do."
			w.notes[i] = n
		}
	}
}

// othersAffected warns of boards of other teams: Jira wants the sprint permissions in
// every project that a board shows.
func (w *work) othersAffected() string {
	for _, b := range w.f.Boards {
		if b.ProjectID != "" && b.ProjectID != w.f.Project.ID {
			return " Until then sprints cannot be managed on other projects' boards that show this project's issues either."
		}
	}
	return ""
}
