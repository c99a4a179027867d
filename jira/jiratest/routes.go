package jiratest

import "slices"

// platformRoutes are the resources of REST version 2. The flavour decides
// which of those exist that only one product has.
func (j *Jira) platformRoutes() []route {
	all := slices.Concat(j.siteRoutes(), j.projectRoutes(), j.issueRoutes(), j.searchRoutes(),
		j.propertyRoutes("/rest/api/2/issue/{issue}", j.issueProperties),
		j.propertyRoutes("/rest/api/2/project/{project}", j.projectProperties),
		j.propertyRoutes("/rest/api/2/comment/{comment}", j.commentProperties))
	if j.cloud() {
		all = append(all, j.cloudRoutes()...)
	}
	return all
}

func (j *Jira) siteRoutes() []route {
	return []route{
		{"GET /rest/api/2/myself", j.restMyself},
		{"GET /rest/api/2/serverInfo", j.restServerInfo},
		{"GET /_edge/tenant_info", j.restTenantInfo},
		{"GET /rest/api/2/user", j.restUser},
		{"GET /rest/api/2/user/search", j.restUserSearch},
		{"GET /rest/api/2/group/member", j.restGroupMembers},
		{"GET /rest/api/2/mypermissions", j.restMyPermissions},
		{"GET /rest/api/2/permissions", j.restPermissions},
		{"GET /rest/api/2/role", j.restRoles},
		{"POST /rest/api/2/role", j.restCreateRole},
		{"GET /rest/api/2/role/{id}", j.restRole},
		{"GET /rest/api/2/field", j.restFields},
		{"GET /rest/api/2/resolution", j.restResolutions},
		{"GET /rest/api/2/priority", j.restPriorities},
		{"GET /rest/api/2/resolution/{id}", j.restNamed("resolution", j.resolutions)},
		{"GET /rest/api/2/priority/{id}", j.restNamed("priority", j.priorities)},
		{"GET /rest/api/2/status", j.restStatuses},
		{"GET /rest/api/2/status/{id}", j.restStatus},
		{"GET /rest/api/2/statuscategory", j.restCategories},
		{"GET /rest/api/2/issuetype", j.restIssueTypes},
		{"GET /rest/api/2/issuetype/{id}", j.restIssueType},
		{"GET /rest/api/2/issueLinkType", j.restLinkTypes},
	}
}

func (j *Jira) projectRoutes() []route {
	return []route{
		{"GET /rest/api/2/project", j.restProjects},
		{"POST /rest/api/2/project", j.restCreateProject},
		{"GET /rest/api/2/project/{project}", j.restProject},
		{"GET /rest/api/2/project/{project}/statuses", j.restProjectStatuses},
		{"GET /rest/api/2/project/{project}/role", j.restProjectRoles},
		{"GET /rest/api/2/project/{project}/role/{role}", j.restProjectRole},
		{"POST /rest/api/2/project/{project}/role/{role}", j.restAddActors},
		{"DELETE /rest/api/2/project/{project}/role/{role}", j.restRemoveActor},
	}
}

func (j *Jira) issueRoutes() []route {
	const issue = "/rest/api/2/issue/{issue}"
	return []route{
		{"POST /rest/api/2/issue", j.restCreateIssue},
		{"POST /rest/api/2/issue/bulk", j.restBulkCreate},
		{"GET /rest/api/2/issue/createmeta/{project}/issuetypes", j.restCreateTypes},
		{"GET /rest/api/2/issue/createmeta/{project}/issuetypes/{type}", j.restCreateFields},
		{"GET " + issue, j.restGetIssue},
		{"PUT " + issue, j.restEditIssue},
		{"DELETE " + issue, j.restDeleteIssue},
		{"PUT " + issue + "/assignee", j.restAssignee},
		{"GET " + issue + "/transitions", j.restTransitions},
		{"POST " + issue + "/transitions", j.restTransition},
		{"GET " + issue + "/comment", j.restComments},
		{"POST " + issue + "/comment", j.restAddComment},
		{"GET " + issue + "/comment/{comment}", j.restComment},
		{"PUT " + issue + "/comment/{comment}", j.restEditComment},
		{"DELETE " + issue + "/comment/{comment}", j.restDeleteComment},
		{"GET " + issue + "/remotelink", j.restRemoteLinks},
		{"POST " + issue + "/remotelink", j.restPutRemoteLink},
		{"DELETE " + issue + "/remotelink", j.restDeleteRemoteLink},
		{"DELETE " + issue + "/remotelink/{id}", j.restDeleteRemoteLink},
		{"GET " + issue + "/watchers", j.restWatchers},
		{"POST " + issue + "/watchers", j.restAddWatcher},
		{"DELETE " + issue + "/watchers", j.restRemoveWatcher},
		{"POST " + issue + "/notify", j.restNotify},
		{"POST /rest/api/2/issueLink", j.restCreateLink},
		{"GET /rest/api/2/issueLink/{id}", j.restLink},
		{"DELETE /rest/api/2/issueLink/{id}", j.restDeleteLink},
	}
}

// cloudRoutes exist on Cloud alone.
func (j *Jira) cloudRoutes() []route {
	return []route{
		{"GET /rest/api/2/project/search", j.restProjectSearch},
		{"GET /rest/api/2/issuetype/project", j.restProjectIssueTypes},
		{"GET /rest/api/2/issue/{issue}/changelog", j.restChangelog},
		{"POST /rest/api/2/changelog/bulkfetch", j.restBulkChangelog},
		{"POST /rest/api/2/issue/bulkfetch", j.restBulkFetch},
	}
}
