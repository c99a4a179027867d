package jiratest

// platformRoutes are the resources of REST version 2.
func (j *Jira) platformRoutes() []route {
	return nil
}
