package jiratest

import "slices"

// Permission keys that the site's own code asks for.
const (
	Administer        = "ADMINISTER"
	SystemAdmin       = "SYSTEM_ADMIN"
	BrowseUsers       = "USER_PICKER"
	BulkChange        = "BULK_CHANGE"
	CreateProjects    = "CREATE_PROJECT"
	AdministerProject = "ADMINISTER_PROJECTS"
	BrowseProjects    = "BROWSE_PROJECTS"
	ManageSprints     = "MANAGE_SPRINTS_PERMISSION"
	ScheduleIssues    = "SCHEDULE_ISSUES"
	CreateIssues      = "CREATE_ISSUES"
	EditIssues        = "EDIT_ISSUES"
	DeleteIssues      = "DELETE_ISSUES"
	TransitionIssues  = "TRANSITION_ISSUES"
	AssignIssues      = "ASSIGN_ISSUES"
	AssignableUser    = "ASSIGNABLE_USER"
	CloseIssues       = "CLOSE_ISSUES"
	ResolveIssues     = "RESOLVE_ISSUES"
	ModifyReporter    = "MODIFY_REPORTER"
	MoveIssues        = "MOVE_ISSUES"
	LinkIssues        = "LINK_ISSUES"
	AddComments       = "ADD_COMMENTS"
	EditAllComments   = "EDIT_ALL_COMMENTS"
	EditOwnComments   = "EDIT_OWN_COMMENTS"
	DeleteAllComments = "DELETE_ALL_COMMENTS"
	DeleteOwnComments = "DELETE_OWN_COMMENTS"
	ManageWatchers    = "MANAGE_WATCHERS"
	ViewWatchers      = "VIEW_VOTERS_AND_WATCHERS"
)

// can tells whether a user (nil: anonymous) has a project permission. Holders
// that depend on an issue (reporter, assignee) never apply here.
func (j *Jira) can(u *User, p *Project, permission string) bool {
	return j.granted(u, p, nil, permission)
}

// canIssue is can for one issue, with its reporter and assignee. Without
// Browse Projects, or when the issue is hidden, nothing is allowed.
func (j *Jira) canIssue(u *User, is *Issue, permission string) bool {
	p := j.projects[is.ProjectID]
	if p == nil || !j.sees(u, is) {
		return false
	}
	return permission == BrowseProjects || j.granted(u, p, is, permission)
}

// sees tells whether a user may browse an issue.
func (j *Jira) sees(u *User, is *Issue) bool {
	p := j.projects[is.ProjectID]
	if p == nil || !j.granted(u, p, is, BrowseProjects) {
		return false
	}
	id := ""
	if u != nil {
		id = u.ID
	}
	return !slices.Contains(is.HiddenFrom, id) && (!is.LimitOnly || slices.Contains(is.VisibleTo, id))
}

func (j *Jira) granted(u *User, p *Project, is *Issue, permission string) bool {
	if p.Archived && permission != BrowseProjects {
		return false
	}
	scheme := j.schemes[p.SchemeID]
	if scheme == nil {
		return false
	}
	for _, g := range scheme.Grants {
		if g.Permission == permission && j.holds(u, p, is, g) {
			return true
		}
	}
	return false
}

// holds tells whether a grant's holder includes the user.
func (j *Jira) holds(u *User, p *Project, is *Issue, g Grant) bool {
	if g.Type == "anyone" {
		return true
	}
	if u == nil || u.ID == "" {
		return false
	}
	switch g.Type {
	case "applicationRole":
		return true
	case "user":
		return g.Parameter == u.ID
	case "group":
		return j.inGroup(u, g.Parameter)
	case "projectLead":
		return p.Lead == u.ID
	case "projectRole":
		return slices.ContainsFunc(sorted(j.roles), func(r *Role) bool {
			return ids(r.ID) == g.Parameter && j.inRole(u, p, r.ID)
		})
	case "reporter":
		return is != nil && is.Reporter == u.ID
	case "assignee":
		return is != nil && is.Assignee == u.ID
	}
	return false
}

// admin tells whether a user has a global permission, such as Administer.
func (j *Jira) admin(u *User, permission string) bool {
	if u == nil || u.ID == "" {
		return false
	}
	return slices.ContainsFunc(j.global[permission], func(g string) bool { return g == "" || j.inGroup(u, g) })
}

// runsProject tells whether a user may administer a project.
func (j *Jira) runsProject(u *User, p *Project) bool {
	return j.admin(u, Administer) || j.can(u, p, AdministerProject)
}

func (j *Jira) inGroup(u *User, name string) bool {
	g := j.groups[name]
	return g != nil && slices.Contains(g.Members, u.ID)
}

func (j *Jira) inRole(u *User, p *Project, role int64) bool {
	for _, a := range p.Actors[role] {
		if a.User == u.ID || a.Group != "" && j.inGroup(u, a.Group) {
			return true
		}
	}
	return false
}
