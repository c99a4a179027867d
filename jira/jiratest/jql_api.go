package jiratest

// filterProjects tells which projects a board's filter references. A filter
// that names no explicit list of projects (an OR beside it, no project clause)
// references every project of the site: everyProject is true then and the ids
// are those of all projects.
func (j *Jira) filterProjects(jql string) (projects []int64, everyProject bool) {
	q, err := parseJQL(jql)
	if err == nil {
		if found, ok := j.projectsIn(q.where); ok {
			return found, false
		}
	}
	for _, p := range sorted(j.projects) {
		projects = append(projects, p.ID)
	}
	return projects, true
}

// matchJQL tells whether an issue is matched by a query, as seen by a user
// (nil for the system: everything is visible then).
func (j *Jira) matchJQL(jql string, is *Issue, u *User) (bool, *Error) {
	q, err := parseJQL(jql)
	if err != nil {
		return false, err
	}
	return j.eval(q.where, is, u)
}
