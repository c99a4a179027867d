package doctor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/jira"
	"andon/rules"
)

// project checks one project with the eyes of a running andon.
func (p Patient) project(ctx context.Context, key string) []Check {
	g := &group{name: "Project " + clip(key, 60)}
	_, err := p.Client.Project(ctx, key)
	var f rules.Facts
	if err == nil {
		f, err = p.Reconciler.Survey(ctx, key)
	}
	switch {
	case err != nil && p.blind(ctx, key, err):
		g.fail("Browse Projects", "check the key; else give andon's account Browse Projects in the project's permission scheme, or leave the project out of ANDON_PROJECTS",
			"missing: andon sees nothing of the project")
		return g.out
	case err != nil:
		g.fail("read", mendOf(err), "the project cannot be looked at: %s", words(err))
		return g.out
	}
	p.rights(g, f)
	p.owners(g, f)
	p.masters(g, f)
	p.boards(g, f)
	p.blast(g, f)
	p.tasks(ctx, g, f)
	p.scheme(g, f)
	p.state(g, f)
	return g.out
}

// blind says whether a project could not be looked at because we may not see its issues:
// the account that administers a project may read its settings all the same.
func (p Patient) blind(ctx context.Context, key string, err error) bool {
	if jira.IsNotFound(err) {
		return true
	}
	have, askErr := p.Client.Permissions(ctx, key, "BROWSE_PROJECTS")
	return jira.IsNotFound(askErr) || askErr == nil && !have["BROWSE_PROJECTS"]
}

// lacks says whether a right is missing in the project itself.
func lacks(f rules.Facts, right string) bool {
	return slices.ContainsFunc(f.Outlook.Missing, func(m rules.Missing) bool { return m.Project == f.Project.Key && m.Right.Key == right })
}

// rights names each right that andon's account lacks, with what stops working without it.
func (p Patient) rights(g *group, f rules.Facts) {
	if why := f.Outlook.Unreadable; why != "" {
		g.unknown("rights", "look at the project's permission scheme", "Jira does not tell: %s", clip(why, 160))
	}
	for _, m := range f.Outlook.Missing {
		where, name := "the project's permission scheme", m.Right.Name
		if m.Project != f.Project.Key {
			where, name = "the permission scheme of "+m.Project+", whose issues a board of this project shows", m.Right.Name+" in "+m.Project
		}
		mend := fmt.Sprintf("give andon's account %s in %s", m.Right.Name, where)
		if m.Right.Key == "LINK_ISSUES" && f.Project.Subtask.ID != "" {
			g.warn(name, mend, "missing, but not needed as long as tasks are sub-tasks")
			continue
		}
		g.fail(name, mend, "missing: %s", m.Right.Without)
	}
	if len(f.Outlook.Missing) == 0 && f.Outlook.Unreadable == "" {
		g.ok("rights", "all %d that andon needs", len(rules.Rights()))
	}
}

// owners checks that somebody can declare a disaster.
func (p Patient) owners(g *group, f rules.Facts) {
	const name = "Product Owner"
	mend := fmt.Sprintf("put the Product Owner into the project role %q (Project settings, People), or name the account in ANDON_PRODUCT_OWNERS", p.OwnerRole)
	if f.People.Unreadable != "" {
		if lacks(f, "ADMINISTER_PROJECTS") {
			g.unknown(name, "give andon's account Administer Projects first, or set ANDON_PRODUCT_OWNERS", "nobody can say: the roles cannot be read")
			return
		}
		g.fail(name, mend, "%s", clip(f.People.Unreadable, 200))
		return
	}
	var names []string
	for _, o := range f.People.ProductOwners {
		if o.ID != f.Self.ID && (!o.App || slices.Contains(f.People.AppsAllowed, o.ID)) {
			names = append(names, clip(orElse(o.Name, o.ID), 60))
		}
	}
	switch {
	case len(names) == 0:
		g.fail(name, mend, "nobody can declare: andon's own account and programs never decide")
	case f.People.Source == "lead":
		g.warn(name, mend, "nobody has the role %q, so the project's lead decides: %s", p.OwnerRole, names[0])
	default:
		g.ok(name, "%s (by the %s)", clip(strings.Join(names, ", "), 200), f.People.Source)
	}
}

// masters tells who follows the tasks, and who is told by Jira's mail.
func (p Patient) masters(g *group, f rules.Facts) {
	if lacks(f, "ADMINISTER_PROJECTS") {
		return // said already
	}
	if n := len(f.People.ScrumMasters); n > 0 {
		g.ok("Scrum Master", "%s", people(f.People.ScrumMasters))
	} else {
		g.warn("Scrum Master", fmt.Sprintf("put the Scrum Master into the project role %q", p.MasterRole), "nobody has the role %q, so nobody is called when planning is frozen and free", p.MasterRole)
	}
	if n := len(f.Outlook.Stakeholders); n > 0 {
		g.ok("Stakeholders", "%s are told by Jira's mail", people(f.Outlook.Stakeholders))
	} else {
		g.ok("Stakeholders", "nobody has the role %q, so nobody is told by Jira's mail", p.StakeholderRole)
	}
}

// people lists names.
func people(all []rules.Person) string {
	names := make([]string, 0, len(all))
	for _, one := range all {
		names = append(names, clip(orElse(one.Name, one.ID), 60))
	}
	return clip(strings.Join(names, ", "), 200)
}

// tasks checks the issue type of tasks and what its create screen requires.
func (p Patient) tasks(ctx context.Context, g *group, f rules.Facts) {
	typ := f.Project.Subtask
	switch {
	case typ.ID != "":
		g.ok("tasks", "sub-tasks of type %q", clip(typ.Name, 60))
	case f.Project.Task.ID != "":
		typ = f.Project.Task
		g.warn("tasks", "add a sub-task type to the project, if sub-tasks are wanted", "the project has no sub-task type: tasks will be linked issues of type %q", clip(typ.Name, 60))
	default:
		g.fail("tasks", "add a sub-task or a standard issue type to the project", "the project has no issue type for tasks, so none is created")
		return
	}
	p.fields(ctx, g, f, typ)
}

// givenByAndon are the fields that andon fills in itself.
func givenByAndon() []string {
	return []string{"project", "issuetype", "parent", "summary", "description"}
}

// fields checks the fields that the create screen requires.
func (p Patient) fields(ctx context.Context, g *group, f rules.Facts, typ rules.IssueType) {
	const name = "required fields"
	if lacks(f, "CREATE_ISSUES") {
		return // said already
	}
	fields, err := p.Client.CreateMeta(ctx, f.Project.Key, typ.ID)
	if err != nil {
		g.unknown(name, "look at the create screen of this issue type", "Jira does not tell: %s", words(err))
		return
	}
	var missing, sample []string
	for _, m := range fields {
		_, given := p.TaskFields[m.ID]
		if m.Required && !m.HasDefault && !given && !slices.Contains(givenByAndon(), m.ID) {
			missing = append(missing, fmt.Sprintf("%s (%s)", clip(m.Name, 60), m.ID))
			sample = append(sample, fmt.Sprintf("%q:…", m.ID))
		}
	}
	if len(missing) > 0 {
		g.fail(name, "give them values: ANDON_TASK_FIELDS={"+strings.Join(sample, ",")+"}, or make them optional for this issue type", "no task can be created without %s", strings.Join(missing, ", "))
		return
	}
	g.ok(name, "none that andon does not fill in")
}

// scheme checks whether the permission scheme could be exchanged.
func (p Patient) scheme(g *group, f rules.Facts) {
	const name = "permission scheme"
	switch {
	case f.Settings.Freeze != rules.FreezePermissions:
	case f.Project.TeamManaged:
		g.warn(name, "nothing to do: the freeze is enforced by undoing what happens", "a team-managed project has none, so ANDON_FREEZE=permissions has no effect")
	case f.Scheme.Unreadable != "":
		g.fail(name, "give andon's account Administer Jira, or set ANDON_FREEZE=react", "Jira does not tell which one the project uses: %s", clip(f.Scheme.Unreadable, 160))
	default:
		g.ok(name, "%q can be exchanged", clip(f.Scheme.Present.Name, 80))
	}
}
