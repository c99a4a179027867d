package jira

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/rules"
)

// fulfil reads what a decision wants beyond the first look.
func (l *look) fulfil(ctx context.Context, f rules.Facts, w rules.Wants) (rules.Facts, error) {
	l.wanted(ctx, f, w)
	l.asked = l.asked || w.People || w.Outlook || w.Scheme || len(w.Waiting)+len(w.Scopes)+len(w.Said)+len(w.Entered) > 0
	if w.People {
		people, err := l.people(ctx)
		if err != nil {
			return f, err
		}
		f.People = people
	}
	if w.Outlook {
		outlook, err := l.outlook(ctx, f)
		if err != nil {
			return f, fmt.Errorf("outlook of a rehearsal: %w", err)
		}
		f.Outlook = outlook
	}
	for _, id := range w.Waiting {
		waiting, err := l.waiting(ctx, f, id)
		if err != nil {
			return f, err
		}
		f.Waiting = append(slices.Clone(f.Waiting), waiting)
	}
	if w.Scheme {
		scheme, err := l.permissionScheme(ctx)
		if err != nil {
			return f, err
		}
		f.Scheme = scheme
	}
	for _, id := range w.Scopes {
		if err := l.scope(ctx, &f, id); err != nil {
			return f, fmt.Errorf("scope of sprint %d: %w", id, err)
		}
	}
	for _, id := range w.Entered {
		if err := l.entered(ctx, &f, id); err != nil {
			return f, fmt.Errorf("age of sprint %d: %w", id, err)
		}
	}
	if len(w.Planned.Sprints) > 0 {
		if err := l.planned(ctx, &f, w.Planned); err != nil {
			return f, err
		}
	}
	if len(w.Keys) > 0 {
		if err := l.keys(ctx, &f, w.Keys); err != nil {
			return f, err
		}
	}
	for _, id := range w.Said {
		if err := l.saidOn(ctx, &f, id); err != nil {
			return f, err
		}
	}
	return f, nil
}

// people reads who has a say in the project, afresh. That the role cannot be read is
// not "no such role": it is a fact of its own, and nothing is judged then.
func (l *look) people(ctx context.Context) (rules.People, error) {
	p := rules.People{Read: true}
	roles, err := l.rolesFor(ctx)
	switch {
	case refusedByJira(err) && len(l.r.opt.ProductOwners) == 0:
		p.Unreadable = fmt.Sprintf("the roles of project %s cannot be read; andon's account needs Administer Projects, or set ANDON_PRODUCT_OWNERS", l.facts.Project.Key)
		return p, nil
	case err != nil && !refusedByJira(err):
		return p, fmt.Errorf("roles of project %s: %w", l.facts.Project.Key, err)
	}
	l.roles = roles
	p.ProductOwners, p.Source, err = l.productOwners(ctx, &p)
	if err != nil {
		return p, err
	}
	if p.ScrumMasters, err = l.membersOf(ctx, l.r.opt.ScrumMasterRole); err != nil && !refusedByJira(err) {
		return p, err
	}
	return p, nil
}

// refusedByJira says whether Jira gave a clear no, which is different from no answer.
func refusedByJira(err error) bool {
	return IsNotFound(err) || IsForbidden(err) || IsUnauthorized(err)
}

// productOwners finds the accounts that may decide: those of the settings, else the
// members of the role, else the project's lead.
func (l *look) productOwners(ctx context.Context, p *rules.People) ([]rules.Person, string, error) {
	if refs := l.r.opt.ProductOwners; len(refs) > 0 {
		return l.named(ctx, refs, p)
	}
	members, err := l.membersOf(ctx, l.r.opt.Settings.ProductOwnerRole)
	switch {
	case refusedByJira(err):
		p.Unreadable = fmt.Sprintf("the members of the role %q cannot be read", l.r.opt.Settings.ProductOwnerRole)
		return nil, "role", nil
	case err != nil:
		return nil, "role", err
	case len(members) > 0:
		return members, "role", nil
	}
	if l.projectKept { // who decides is never taken from memory
		u, err := l.lead(ctx)
		if err != nil {
			return nil, "lead", err
		}
		l.facts.Project.Lead, l.projectKept = personOf(u), false
	}
	if l.facts.Project.Lead.ID == "" {
		p.Unreadable = fmt.Sprintf("the role %q has no members and Jira names no lead of the project", l.r.opt.Settings.ProductOwnerRole)
		return nil, "lead", nil
	}
	return []rules.Person{l.facts.Project.Lead}, "lead", nil
}

// membersOf reads the members of a project role by its name, groups expanded, each
// person once. A role that does not exist has none.
func (l *look) membersOf(ctx context.Context, role string) ([]rules.Person, error) {
	id, ok := roleNamed(l.roles, role)
	if !ok {
		return nil, nil
	}
	actors, err := l.actors(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("members of the role %q: %w", role, err)
	}
	var out []rules.Person
	add := func(u User) {
		if p := personOf(&u); p.ID != "" && !slices.ContainsFunc(out, func(o rules.Person) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	for _, a := range actors {
		switch {
		case a.User != nil:
			full, err := l.complete(ctx, *a.User)
			if err != nil {
				return nil, fmt.Errorf("member of the role %q: %w", role, err)
			}
			add(full)
		case a.Group != nil:
			users, err := l.r.c.GroupMembers(ctx, *a.Group)
			if err != nil {
				return nil, fmt.Errorf("group %q in the role %q: %w", a.Group.Name, role, err)
			}
			for _, u := range users {
				add(u)
			}
		}
	}
	return out, nil
}

// roleNamed finds a role by its name, first to the letter, then without regard to case.
func roleNamed(roles map[string]int64, name string) (int64, bool) {
	if id, ok := roles[name]; ok {
		return id, true
	}
	names := make([]string, 0, len(roles))
	for n := range roles {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return roles[n], true
		}
	}
	return 0, false
}

// scope reads the unfinished issues of a sprint, in rank order. Sub-tasks follow their
// parents.
func (l *look) scope(ctx context.Context, f *rules.Facts, id int64) error {
	issues, err := l.sprintIssues(ctx, id)
	if err != nil && !hopeless(err) {
		return err
	}
	f.Sprints = slices.Clone(f.Sprints)
	for k := range f.Sprints {
		s := &f.Sprints[k]
		if s.ID != id {
			continue
		}
		s.ScopeRead, s.Unfinished, s.Done = err == nil, nil, 0
		if err != nil {
			s.ScopeUnreadable = words(err)
		}
		for _, i := range issues {
			switch {
			case i.Type.Subtask:
			case i.Status.Done():
				s.Done++
			default:
				s.Unfinished = append(s.Unfinished, i.ID)
			}
		}
	}
	return nil
}

// saidOn reads which comments andon has already written on an issue without a record.
func (l *look) saidOn(ctx context.Context, f *rules.Facts, id string) error {
	comments, err := l.comments(ctx, id)
	if err != nil {
		return fmt.Errorf("comments of issue %s: %w", id, err)
	}
	f.Disasters = slices.Clone(f.Disasters)
	for k := range f.Disasters {
		d := &f.Disasters[k]
		if d.ID != id {
			continue
		}
		d.SaidRead, d.Said = true, nil
		for _, c := range comments {
			d.Said = append(d.Said, refsOf(c, l.facts.Self.ID)...)
		}
	}
	return nil
}

// named finds the accounts that the operator named in the settings.
func (l *look) named(ctx context.Context, refs []string, p *rules.People) ([]rules.Person, string, error) {
	var out []rules.Person
	for _, ref := range refs {
		u, found, err := l.r.c.UserBy(ctx, ref)
		switch {
		case err != nil && !refusedByJira(err):
			return nil, "setting", fmt.Errorf("product owner named in the settings: %w", err)
		case err != nil || !found:
			l.r.log.WarnContext(ctx, "a product owner named in the settings is unknown to Jira", "project", l.key)
			continue
		}
		person := personOf(&u)
		out = append(out, person)
		p.AppsAllowed = append(p.AppsAllowed, person.ID)
	}
	if len(out) == 0 {
		p.Unreadable = "none of the accounts in ANDON_PRODUCT_OWNERS is known to Jira"
	}
	return out, "setting", nil
}

// complete adds what a role's list leaves out: Data Center tells a member's login name
// alone, while histories identify people by their key.
func (l *look) complete(ctx context.Context, u User) (User, error) {
	if !partial(u) {
		return u, nil
	}
	full, err := read(&l.early, "user/"+u.Name, func() (foundUser, error) { return l.askUser(ctx, u.Name) })
	if err != nil {
		return u, err
	}
	if !full.found {
		return User{}, nil // a member who is no user any more decides nothing
	}
	return full.user, nil
}
