package jiratest

import "strings"

// Built-in roles, statuses and issue types that every site has.
const (
	RoleAdministrators int64 = 10002

	StatusToDo       int64 = 10000
	StatusInProgress int64 = 10001
	StatusDone       int64 = 10002

	TypeEpic    int64 = 10000
	TypeStory   int64 = 10001
	TypeTask    int64 = 10002
	TypeSubtask int64 = 10003
	TypeBug     int64 = 10004
)

// GroupAdmins is the group that administers Jira.
const GroupAdmins = "jira-administrators"

// builtIns fills an empty site.
func (j *Jira) builtIns() {
	for _, s := range []Status{
		{StatusToDo, "To Do", CategoryNew}, {StatusInProgress, "In Progress", CategoryIndeterminate}, {StatusDone, "Done", CategoryDone},
	} {
		j.statuses[s.ID] = &s
	}
	j.counters["status"] = StatusDone
	for _, t := range []IssueType{
		{TypeEpic, "Epic", "A big user story that needs to be broken down.", false, 1, 0},
		{TypeStory, "Story", "A user story.", false, 0, 0},
		{TypeTask, "Task", "A task that needs to be done.", false, 0, 0},
		{TypeSubtask, "Sub-task", "The sub-task of the issue.", true, -1, 0},
		{TypeBug, "Bug", "A problem which impairs or prevents the functions of the product.", false, 0, 0},
	} {
		j.types[t.ID] = &t
	}
	j.counters["type"] = TypeBug
	for i, name := range []string{"Done", "Won't Do", "Duplicate", "Cannot Reproduce", "Declined"} {
		id := int64(10000 + i)
		j.resolutions[id] = &Named{ID: id, Name: name, Description: name + "."}
	}
	for i, name := range []string{"Highest", "High", "Medium", "Low", "Lowest"} {
		j.priorities[int64(i+1)] = &Named{ID: int64(i + 1), Name: name, Description: name + "."}
	}
	for _, l := range []LinkType{
		{10000, "Blocks", "is blocked by", "blocks"}, {10001, "Cloners", "is cloned by", "clones"},
		{10002, "Duplicate", "is duplicated by", "duplicates"}, {10003, "Relates", "relates to", "relates to"},
	} {
		j.linkTypes[l.ID] = &l
	}
	j.roles[RoleAdministrators] = &Role{ID: RoleAdministrators, Name: "Administrators", Description: "A project role that represents administrators in a project"}
	j.counters["role"] = 10099
	j.groups[GroupAdmins] = &Group{Name: GroupAdmins, ID: j.groupID()}
	for _, p := range []string{Administer, SystemAdmin, CreateProjects} {
		j.global[p] = []string{GroupAdmins}
	}
	j.global[BrowseUsers], j.global[BulkChange] = []string{""}, []string{""} // every account
	j.schemes[0] = &PermissionScheme{ID: 0, Name: "Default Permission Scheme",
		Description: "This is the default Permission Scheme. Any new projects that are created will be assigned this scheme.", Grants: j.defaultGrants()}
	j.counters["scheme"] = 9999
}

// projectPermissions are all project permissions with the numbers and names
// that mypermissions shows.
func projectPermissions() []permissionInfo {
	return []permissionInfo{
		{"23", AdministerProject, "Administer Projects", "PROJECT"},
		{"10", BrowseProjects, "Browse Projects", "PROJECT"},
		{"-1", ManageSprints, "Manage Sprints", "PROJECT"},
		{"11", CreateIssues, "Create Issues", "PROJECT"},
		{"12", EditIssues, "Edit Issues", "PROJECT"},
		{"46", TransitionIssues, "Transition Issues", "PROJECT"},
		{"13", AssignIssues, "Assign Issues", "PROJECT"},
		{"14", ResolveIssues, "Resolve Issues", "PROJECT"},
		{"15", AddComments, "Add Comments", "PROJECT"},
		{"16", DeleteIssues, "Delete Issues", "PROJECT"},
		{"17", AssignableUser, "Assignable User", "PROJECT"},
		{"18", CloseIssues, "Close Issues", "PROJECT"},
		{"21", LinkIssues, "Link Issues", "PROJECT"},
		{"25", MoveIssues, "Move Issues", "PROJECT"},
		{"28", ScheduleIssues, "Schedule Issues", "PROJECT"},
		{"30", ModifyReporter, "Modify Reporter", "PROJECT"},
		{"31", ViewWatchers, "View Voters and Watchers", "PROJECT"},
		{"32", ManageWatchers, "Manage Watchers", "PROJECT"},
		{"34", EditAllComments, "Edit All Comments", "PROJECT"},
		{"35", EditOwnComments, "Edit Own Comments", "PROJECT"},
		{"36", DeleteAllComments, "Delete All Comments", "PROJECT"},
		{"37", DeleteOwnComments, "Delete Own Comments", "PROJECT"},
	}
}

func globalPermissions() []permissionInfo {
	return []permissionInfo{
		{"0", Administer, "Administer Jira", "GLOBAL"},
		{"44", SystemAdmin, "Jira System Administrators", "GLOBAL"},
		{"27", BrowseUsers, "Browse users and groups", "GLOBAL"},
		{"33", BulkChange, "Make bulk changes", "GLOBAL"},
		{"5", CreateProjects, "Create projects", "GLOBAL"},
	}
}

type permissionInfo struct{ id, key, name, kind string }

// adminOnly are the permissions that the default scheme gives to
// administrators of the project alone.
func adminOnly() []string {
	return []string{AdministerProject, EditAllComments, DeleteAllComments, ModifyReporter, ManageWatchers, DeleteIssues}
}

// defaultGrants: what every account may do, and what only the project's
// administrators and the lead may.
func (j *Jira) defaultGrants() []Grant {
	var out []Grant
	only := strings.Join(adminOnly(), " ")
	add := func(p, typ, param string) {
		out = append(out, Grant{ID: j.next("grant", 10100), Permission: p, Type: typ, Parameter: param, Value: param})
	}
	for _, p := range projectPermissions() {
		if !strings.Contains(only, p.key) {
			add(p.key, "applicationRole", "")
		}
		add(p.key, "projectRole", ids(RoleAdministrators))
	}
	return out
}
