package doctor

import (
	"fmt"
	"slices"
	"strings"

	"andon/rules"
)

// maxListed bounds how many boards, sprints and issues of one project are named.
const maxListed = 10

// boards tells which boards show the project, whose they are, and which are in scope.
func (p Patient) boards(g *group, f rules.Facts) {
	for _, id := range f.Settings.Boards {
		i := slices.IndexFunc(f.Boards, func(b rules.Board) bool { return b.ID == id })
		if i < 0 || f.Boards[i].Unreadable {
			g.fail(fmt.Sprintf("board %d", id), "correct ANDON_BOARDS", "ANDON_BOARDS names it, but no such board shows the project's issues")
		}
	}
	if len(f.Boards) == 0 {
		g.ok("boards", "none shows the project: there is no sprint to cancel")
	}
	for i, b := range f.Boards {
		if i == maxListed {
			g.ok("boards", "and %d more", len(f.Boards)-maxListed)
			break
		}
		name := fmt.Sprintf("board %d", b.ID)
		scope := rules.ScopeOf(f, rules.Sprint{Board: b.ID})
		switch {
		case b.Unreadable:
			g.warn(name, "give andon's account Browse Projects where the board is located", "it cannot be read, so nobody can say whose it is; its sprints are left alone")
		case scope.In:
			g.ok(name, "in scope: %q (%s), %s", clip(b.Name, 60), b.Type, where(f, b))
		default:
			g.ok(name, "not in scope: %q (%s), %s", clip(b.Name, 60), b.Type, where(f, b))
		}
	}
}

// where says whose a board is.
func where(f rules.Facts, b rules.Board) string {
	named := ""
	if slices.Contains(f.Settings.Boards, b.ID) {
		named = ", named in ANDON_BOARDS"
	}
	switch {
	case b.ProjectID == f.Project.ID:
		return "located in the project" + named
	case b.ProjectKey != "":
		return "located in project " + b.ProjectKey + named
	}
	return "located in no project" + named
}

// blast tells what a declaration would cancel right now.
func (p Patient) blast(g *group, f rules.Facts) {
	const name = "would be cancelled"
	var left []string
	hit := false
	for _, s := range f.Sprints {
		scope := rules.ScopeOf(f, s)
		switch {
		case s.State != rules.SprintActive:
		case !scope.In:
			left = append(left, fmt.Sprintf("sprint %d %q", s.ID, clip(s.Name, 40)))
		case s.ScopeUnreadable != "":
			hit = true
			g.fail(name, "give andon's account Browse Projects in all projects whose issues the sprint holds", "sprint %d %q would not be: its issues cannot be read (%s), and what cannot be remembered is not undone", s.ID, clip(s.Name, 40), clip(s.ScopeUnreadable, 100))
		default:
			hit = true
			g.ok(name, "sprint %d %q: %s unfinished, %d done", s.ID, clip(s.Name, 40), issues(len(s.Unfinished)), s.Done)
		}
	}
	if !hit {
		g.ok(name, "nothing: no sprint of the project is active")
	}
	if len(left) > 0 {
		g.ok("would be left alone", "%s", clip(strings.Join(left[:min(maxListed, len(left))], ", "), 300))
	}
}

// issues counts issues.
func issues(n int) string {
	if n == 1 {
		return "1 issue"
	}
	return fmt.Sprintf("%d issues", n)
}

// state tells how the project stands: what freezes it, what cannot be read, and which
// labels are from before.
func (p Patient) state(g *group, f rules.Facts) {
	if f.Memory.Damaged {
		g.warn("andon's list", "if the secrets were changed, put the old one behind the new one in ANDON_RECORD_SECRET", "the list of open disasters on the project was changed by somebody else, or sealed with another secret")
	}
	plan := rules.Decide(f)
	var frozen, old []string
	for _, s := range plan.States {
		i := slices.IndexFunc(f.Disasters, func(d rules.Disaster) bool { return d.ID == s.ID })
		switch {
		case s.Frozen && i >= 0 && f.Disasters[i].Unreadable != "":
			g.fail("open disaster", fmt.Sprintf("give andon's account access to the issue; if nobody can: andon release --project %s --disaster %s --reason \"…\"", f.Project.Key, s.ID),
				"the issue %s cannot be read any more, and planning stays frozen", orElse(s.Key, "with id "+s.ID))
		case s.Frozen:
			frozen = append(frozen, s.Key)
		case i >= 0 && f.Disasters[i].RecordState == rules.RecordAbsent && s.Reason.Code == "label-from-before":
			old = append(old, s.Key)
		}
	}
	switch {
	case len(frozen) > 0:
		g.ok("planning", "frozen by %s", clip(strings.Join(frozen, ", "), 200))
	case !plan.Frozen:
		g.ok("planning", "free")
	}
	if len(old) > 0 {
		g.warn("labels from before", "nothing happens because of them; to declare, the Product Owner takes the label off and sets it again", "%s with a disaster label on which nobody acted in time: %s",
			issues(len(old)), clip(strings.Join(old[:min(maxListed, len(old))], ", "), 200))
	}
}
