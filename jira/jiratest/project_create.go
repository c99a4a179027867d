package jiratest

import (
	"net/http"
	"regexp"
	"strings"
)

// restCreateProject makes a company-managed software project, as "Create project"
// does; with the template of Scrum it comes with a board.
func (j *Jira) restCreateProject(c *call) reply {
	if c.user == nil || !j.admin(c.user, Administer) {
		return failed(refuse(http.StatusForbidden, "You do not have permission to create projects."))
	}
	var in struct {
		Key, Name                                       string
		ProjectTypeKey, ProjectTemplateKey, Description string
		LeadAccountID                                   string `json:"leadAccountId"`
		Lead                                            string
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	lead := j.userByID(in.LeadAccountID)
	if lead == nil {
		lead = j.findUser(in.Lead)
	}
	switch {
	case !regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}$`).MatchString(in.Key):
		return failed(refuseField("projectKey", "Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters."))
	case strings.TrimSpace(in.Name) == "":
		return failed(refuseField("projectName", "You must specify a valid project name."))
	case j.projectByKey(in.Key) != nil:
		return failed(refuseField("projectKey", "A project with that project key already exists."))
	case lead == nil:
		return failed(refuseField("projectLead", "The project lead has to be specified."))
	}
	p, err := j.addProject(ProjectSpec{Key: in.Key, Name: in.Name, Type: in.ProjectTypeKey}, lead)
	if err != nil {
		return failed(refuse(http.StatusBadRequest, "%s", err.Error()))
	}
	if strings.Contains(in.ProjectTemplateKey, "scrum") {
		if _, err := j.addBoard(BoardSpec{Name: in.Key + " board", Location: in.Key}); err != nil {
			return failed(refuse(http.StatusBadRequest, "%s", err.Error()))
		}
	}
	return created(obj{"id": p.ID, "key": p.Key, "self": j.self("/rest/api/2/project/" + ids(p.ID))})
}

// userByID finds an account by its id.
func (j *Jira) userByID(id string) *User { return j.users[id] }
