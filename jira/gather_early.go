package jira

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"andon/rules"
)

// hopeful says whether a look may be at a declaration: a webhook told of an issue, and no
// disaster is known to be open. Then everything that stopping the line needs is asked for
// at once, so that a sprint is cancelled as soon as Jira can answer.
func (l *look) hopeful() bool {
	return len(l.notes) > 0 && len(l.r.known.openOf(l.key)) == 0
}

// whoWeAre asks Jira who we are, at most once a minute.
func (l *look) whoWeAre(ctx context.Context) (User, error) {
	return l.r.whoWeAre(ctx)
}

// whoWeAre asks Jira who we are, at most once a minute.
func (r *Reconciler) whoWeAre(ctx context.Context) (User, error) {
	if u, ok := r.known.whoWeAre(); ok {
		return u, nil
	}
	return r.proveSelf(ctx)
}

// proveSelf asks Jira who we are.
func (r *Reconciler) proveSelf(ctx context.Context) (User, error) {
	u, err := r.c.Myself(ctx)
	r.known.setSelf(u)
	return u, err
}

// projectRoles are the ids of the project's roles by name.
func (l *look) projectRoles(ctx context.Context) (map[string]int64, error) {
	return read(&l.early, "roles", func() (map[string]int64, error) { return l.askRoles(ctx) })
}

// askRoles asks for the roles and keeps their ids.
func (l *look) askRoles(ctx context.Context) (map[string]int64, error) {
	roles, err := l.r.c.ProjectRoles(ctx, l.key)
	if err == nil {
		l.r.known.setRoleIDs(roles)
	}
	return roles, err
}

// actors are who has a role.
func (l *look) actors(ctx context.Context, id int64) ([]Actor, error) {
	return read(&l.early, actorsKey(id), func() ([]Actor, error) { return l.r.c.RoleActors(ctx, l.key, id) })
}

func actorsKey(id int64) string { return "actors/" + strconv.FormatInt(id, 10) }

// earlyActors asks who has the roles that matter. An id that was kept is believed only if
// the answer carries the role's name.
func (l *look) earlyActors(roles map[string]int64) []ahead {
	var out []ahead
	for _, name := range []string{l.r.opt.Settings.ProductOwnerRole, l.r.opt.ScrumMasterRole} {
		id, ok := roleNamed(roles, name)
		if !ok || name == l.r.opt.Settings.ProductOwnerRole && len(l.r.opt.ProductOwners) > 0 {
			continue
		}
		out = append(out, asked(actorsKey(id), func(ctx context.Context) ([]Actor, error) {
			is, actors, err := l.r.c.role(ctx, l.key, id)
			if err == nil && !strings.EqualFold(is, name) {
				l.r.known.setRoleIDs(nil)
				return nil, fmt.Errorf("role %d is not %q any more", id, name)
			}
			return actors, err
		}))
	}
	return out
}

// earlyPeople asks who the people are as far as that can be asked for without more.
func (l *look) earlyPeople() []ahead {
	if ids := l.r.known.roleIDs(); ids != nil {
		return l.earlyActors(ids)
	}
	return []ahead{asked("roles", l.askRoles)}
}

// boardSprints are the sprints of a board that are active or still to come.
func (l *look) boardSprints(ctx context.Context, id int64) ([]Sprint, error) {
	return read(&l.early, sprintsKey(id), func() ([]Sprint, error) {
		list, _, err := l.r.c.BoardSprints(ctx, id, SprintActive, SprintFuture)
		return list, err
	})
}

func sprintsKey(board int64) string { return "sprints/" + strconv.FormatInt(board, 10) }

// earlySprints asks for the sprints of boards.
func (l *look) earlySprints(boards []int64) []ahead {
	var out []ahead
	for _, id := range boards {
		out = append(out, asked(sprintsKey(id), func(ctx context.Context) ([]Sprint, error) {
			list, _, err := l.r.c.BoardSprints(ctx, id, SprintActive, SprintFuture)
			return list, err
		}))
	}
	return out
}

// sprintIssues are the issues of a sprint.
func (l *look) sprintIssues(ctx context.Context, id int64) ([]Issue, error) {
	return read(&l.early, scopeKey(id), func() ([]Issue, error) { return l.r.c.SprintIssues(ctx, id, l.fresh()...) })
}

func scopeKey(sprint int64) string { return "scope/" + strconv.FormatInt(sprint, 10) }

// earlyScope asks for the issues of sprints.
func (l *look) earlyScope(sprints []int64) []ahead {
	var out []ahead
	fresh := l.fresh()
	for _, id := range slices.Compact(slices.Sorted(slices.Values(sprints))) {
		out = append(out, asked(scopeKey(id), func(ctx context.Context) ([]Issue, error) { return l.r.c.SprintIssues(ctx, id, fresh...) }))
	}
	return out
}

// comments are the comments of an issue.
func (l *look) comments(ctx context.Context, issue string) ([]Comment, error) {
	if kept, ok := l.early.peek("comments/" + issue); ok {
		if list, same := kept.([]Comment); same {
			return slices.Clone(list), nil // nobody but this look has a reason to read them again, and it knows what it has added
		}
	}
	list, err := l.r.c.Comments(ctx, issue)
	if err == nil {
		l.early.put("comments/"+issue, slices.Clone(list))
	}
	return list, err
}

// earlyActive guesses the sprints that run, from an issue of the project that stands in
// each. Boards tell for certain, but only once it is known which boards there are.
func (l *look) earlyActive() []ahead {
	field, known := l.r.c.shared.sprint.peek()
	if !known || field == "" {
		return nil
	}
	return []ahead{asked("active", func(ctx context.Context) ([]int64, error) {
		found, err := l.r.c.searchSprints(ctx, "project = "+QuoteJQL(l.key)+" AND sprint in openSprints() ORDER BY updated DESC", field)
		return found, err
	})}
}

// earlyBoards asks for the sprints of the boards that are known, or guesses at them.
func (l *look) earlyBoards() []ahead {
	if boards := l.r.known.boardsIn(l.key); len(boards) > 0 {
		return l.earlySprints(boards)
	}
	return l.earlyActive()
}

// rolesFor are the ids of the roles whose members are asked for. Where both were answered
// early under the ids of another project, these are the ids.
func (l *look) rolesFor(ctx context.Context) (map[string]int64, error) {
	if ids := l.r.known.roleIDs(); ids != nil {
		if l.answered(ids) {
			l.rolesKept = true
			return ids, nil
		}
	}
	l.rolesKept = false
	return l.projectRoles(ctx)
}

// answered says whether both roles are known by kept ids and were answered under them, by
// their names. A role that is missing from what was kept may exist in this project.
func (l *look) answered(ids map[string]int64) bool {
	for _, name := range []string{l.r.opt.Settings.ProductOwnerRole, l.r.opt.ScrumMasterRole} {
		id, there := roleNamed(ids, name)
		if _, waits := l.early.peek(actorsKey(id)); !there || !waits {
			return false
		}
	}
	return true
}

// sprintOf is the active or future sprint of an issue, nil for none. The issue itself tells
// on Cloud.
func (l *look) sprintOf(ctx context.Context, id string) (*Sprint, error) {
	if more := l.read[id].More; more.SprintTold {
		return more.Sprint, nil
	}
	return read(&l.early, "holder/"+id, func() (*Sprint, error) { return l.askHolder(ctx, id) })
}

// askHolder asks for the active or future sprint of an issue.
func (l *look) askHolder(ctx context.Context, id string) (*Sprint, error) {
	s, _, err := l.r.c.IssueSprints(ctx, id)
	return s, err
}

// earlyHolders asks for the sprints of the issues that do not tell them.
func (l *look) earlyHolders() []ahead {
	var out []ahead
	for _, id := range l.notes {
		if i, read := l.read[id]; read && !i.More.SprintTold && l.r.declaring(i.Labels) {
			out = append(out, asked("holder/"+id, func(ctx context.Context) (*Sprint, error) { return l.askHolder(ctx, id) }))
		}
	}
	return out
}

// earlyUsers asks for the whole of the users of whom a role tells the login name alone.
func (l *look) earlyUsers(roles map[string]int64) []ahead {
	var out []ahead
	for _, role := range l.earlyActors(roles) {
		kept, _ := l.early.peek(role.key)
		actors, _ := kept.([]Actor)
		for _, a := range actors {
			if a.User != nil && partial(*a.User) {
				out = append(out, asked("user/"+a.User.Name, func(ctx context.Context) (foundUser, error) { return l.askUser(ctx, a.User.Name) }))
			}
		}
	}
	return out
}

// foundUser is a user, if there is one.
type foundUser struct {
	user  User
	found bool
}

// askUser asks for a user by the login name.
func (l *look) askUser(ctx context.Context, name string) (foundUser, error) {
	u, found, err := l.r.c.UserBy(ctx, name)
	return foundUser{u, found}, err
}

// partial says whether a user is known by the login name alone.
func partial(u User) bool { return u.AccountID == "" && u.Key == "" && u.Name != "" }

// second reads side by side what the first answers have made known: the other candidates,
// the sprints of the boards, and where there is a declaration, who may declare and what the
// sprints hold.
func (l *look) second(ctx context.Context) error {
	early := slices.Concat(l.earlySprints(l.sprintBoards()), l.earlyTasks())
	if l.declared() {
		roles := l.r.known.roleIDs()
		early = slices.Concat(early, l.earlyScope(l.running()), l.earlyHolders(), l.earlyActors(roles), l.earlyUsers(roles))
	}
	g, gctx := l.r.crew(ctx)
	g.Go(func() error { return l.candidates(gctx) }) // adds to what was read, so nothing above may run beside it
	l.ahead(gctx, g, early...)
	return g.Wait()
}

// sprintBoards are the ids of the boards whose sprints are read.
func (l *look) sprintBoards() []int64 {
	var ids []int64
	for _, b := range l.facts.Boards {
		if b.Type != "kanban" {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// declared says whether an issue that a webhook told of may be a new declaration.
func (l *look) declared() bool {
	return l.hopeful() && slices.ContainsFunc(l.notes, func(id string) bool {
		i, read := l.read[id]
		return read && l.r.declaring(i.Labels) && l.r.opt.Signer.slotOf(i, l.facts.Project.ID).state != rules.RecordValid
	})
}

// running guesses the active sprints, from the boards that were read early, from the issue
// itself, and from the issues that stand in sprints.
func (l *look) running() []int64 {
	var ids []int64
	for _, b := range l.facts.Boards {
		kept, _ := l.early.peek(sprintsKey(b.ID))
		list, _ := kept.([]Sprint)
		for _, s := range list {
			if s.State == SprintActive && s.OriginBoardID == b.ID && b.ProjectID == l.facts.Project.ID {
				ids = append(ids, s.ID)
			}
		}
	}
	for _, id := range l.notes {
		ids = append(ids, l.read[id].More.Active...)
	}
	kept, _ := l.early.peek("active")
	active, _ := kept.([]int64)
	return append(ids, active...)
}

// earlyTasks asks for what the tasks of a known disaster are judged by.
func (l *look) earlyTasks() []ahead {
	var out []ahead
	for _, i := range l.read {
		at := l.r.opt.Signer.slotOf(i, l.facts.Project.ID)
		if at.state != rules.RecordValid {
			continue
		}
		cause := at.record.Tasks[l.facts.Settings.Playbook.RootCause().ID]
		if cause != "" {
			out = append(out, asked("task/"+cause, func(ctx context.Context) (Issue, error) { return l.askTask(ctx, cause, true) }))
		}
		var listed []string
		for _, ref := range i.Subtasks {
			for _, id := range at.record.Tasks {
				if id == ref.ID && id != cause {
					listed = append(listed, id)
				}
			}
		}
		if len(listed) > 0 {
			out = append(out, asked("owners/"+i.ID, func(ctx context.Context) ([]Issue, error) { return l.askOwners(ctx, i.ID, listed) }))
		}
	}
	slices.SortFunc(out, func(a, b ahead) int { return strings.Compare(a.key, b.key) })
	return out
}

// askTask reads a task.
func (l *look) askTask(ctx context.Context, id string, history bool) (Issue, error) {
	return l.r.c.Issue(ctx, id, IssueQuery{Properties: []string{TaskProperty}, History: history})
}

// askOwners searches for who works on the sub-tasks of a disaster.
func (l *look) askOwners(ctx context.Context, disaster string, tasks []string) ([]Issue, error) {
	return l.r.c.Search(ctx, SearchQuery{JQL: "parent = " + disaster, Fields: []string{"assignee", "updated", "resolutiondate"}, Reconcile: reconcilable(tasks)})
}

// wanted asks at once for what a decision wants, as far as several answers are to come.
func (l *look) wanted(ctx context.Context, f rules.Facts, w rules.Wants) {
	g, gctx := l.r.crew(ctx)
	l.wantedIn(gctx, g, f, w)
	if g.Wait() != nil {
		return // never: reads ahead give no errors, see [early]
	}
}

// wantedIn is wanted as part of a group.
func (l *look) wantedIn(ctx context.Context, g *errgroup.Group, f rules.Facts, w rules.Wants) {
	l.ahead(ctx, g, l.earlyScope(w.Scopes)...)
	for _, id := range w.Said {
		l.ahead(ctx, g, asked("comments/"+id, func(ctx context.Context) ([]Comment, error) { return l.r.c.Comments(ctx, id) }))
	}
	if len(w.Planned.Sprints) > 0 {
		l.ahead(ctx, g, asked(plannedKey(w.Planned), func(ctx context.Context) ([]Issue, error) {
			return l.touchedIn(ctx, f.Now, w.Planned.Sprints, w.Planned.Since)
		}))
	}
	if w.People {
		l.ahead(ctx, g, l.earlyPeople()...)
		l.ahead(ctx, g, l.earlyUsers(l.r.known.roleIDs())...)
	}
}

// plannedKey names a search for planned issues.
func plannedKey(w rules.PlannedWant) string {
	return fmt.Sprintf("planned/%v/%d", w.Sprints, w.Since.UnixNano())
}
