package jiratest

const (
	docsRole   = docsPlatform + ", Get project role for project"
	docsScheme = docsPlatform + ", permission schemes"
)

// aboutRoles are project roles and groups.
func aboutRoles() []behaviour {
	return []behaviour{
		{
			says: "roles are addresses by name, and actors are accounts and groups", source: docsRole, only: "Cloud", knob: "RolesDenied",
			script: []exchange{
				{as: "admin", call: "GET /rest/api/2/project/{project}/role", gives: 200, facts: map[string]string{"Product Owner": `"{site}/rest/api/2/project/{projectId}/role/{role}"`}},
				{
					as: "admin", call: "GET /rest/api/2/project/{project}/role/{role}", gives: 200,
					facts: map[string]string{"id": "{role}", "actors.#": "2", "actors.0.type": `"atlassian-user-role-actor"`, "actors.0.actorUser.accountId": `"{user}"`,
						"actors.1.type": `"atlassian-group-role-actor"`, "actors.1.actorGroup.name": `"testers"`, "actors.1.actorGroup.groupId": "*"},
				},
				{call: "GET /rest/api/2/project/{project}/role", gives: 404},
				{call: "GET /rest/api/2/project/{project}/role/{role}", gives: 404},
			},
		},
		{
			says: "actors are named by name", source: docsDC + ", project role", only: "Data Center", knob: "RolesDenied",
			script: []exchange{
				{
					as: "admin", call: "GET /rest/api/2/project/{project}/role/{role}", gives: 200,
					facts: map[string]string{"actors.0.name": `"user"`, "actors.0.actorUser": "absent", "actors.1.name": `"testers"`, "actors.1.actorGroup.groupId": "absent"},
				},
				{call: "GET /rest/api/2/project/{project}/role", gives: 404},
			},
		},
		{
			says: "who does not run the project may be refused otherwise", source: docsRole + ", 401; some sites give 403", knob: "RolesDenied", turn: func(k *Knobs) { k.RolesDenied = 403 },
			script: []exchange{
				{call: "GET /rest/api/2/project/{project}/role", gives: 403},
				{call: "GET /rest/api/2/project/{project}/role/{role}", gives: 403},
				{as: "admin", call: "GET /rest/api/2/project/{project}/role", gives: 200},
			},
		},
		{
			says: "actors are added and removed", source: docsPlatform + ", Add actors to project role", only: "Cloud",
			script: []exchange{
				{as: "admin", call: "POST /rest/api/2/project/{project}/role/{role}", body: `{"user":["{admin}"]}`, gives: 200, facts: map[string]string{"actors.#": "3"}},
				{as: "admin", call: "DELETE /rest/api/2/project/{project}/role/{role}?user={admin}", gives: 204},
				{as: "admin", call: "DELETE /rest/api/2/project/{project}/role/{role}?user={admin}", gives: 404},
				{as: "admin", call: "POST /rest/api/2/project/{project}/role/{role}", body: `{"user":["nobody"]}`, gives: 404},
			},
		},
		{
			says: "members of a group come in pages", source: docsPlatform + ", Get users from group",
			script: []exchange{
				{as: "admin", call: "GET /rest/api/2/group/member?groupname=testers", gives: 200, facts: map[string]string{"total": "1", "isLast": "true", "maxResults": "50", "values.0.displayName": `"The user"`}},
				{as: "admin", call: "GET /rest/api/2/group/member?groupname=nobody", gives: 404},
				{as: "admin", call: "GET /rest/api/2/group/member", gives: 400},
			},
		},
	}
}

// aboutRights is what one may do, as Jira says.
func aboutRights() []behaviour {
	const docs = docsPlatform + ", Get my permissions"
	return []behaviour{
		{
			says: "one asks for permissions by name", source: docs, only: "Cloud",
			script: []exchange{
				{
					call: "GET /rest/api/2/mypermissions?projectKey={project}&permissions=EDIT_ISSUES,ADMINISTER_PROJECTS", gives: 200,
					facts: map[string]string{"permissions.#": "2", "permissions.EDIT_ISSUES.havePermission": "true", "permissions.ADMINISTER_PROJECTS.havePermission": "false", "permissions.EDIT_ISSUES.type": `"PROJECT"`},
				},
				{call: "GET /rest/api/2/mypermissions?projectKey={project}", gives: 400},
				{call: "GET /rest/api/2/mypermissions?permissions=EDIT_ISSUES,NONSENSE", gives: 400, facts: map[string]string{"errors.NONSENSE": `"Unrecognized permission"`}},
				{as: "admin", call: "GET /rest/api/2/mypermissions?permissions=ADMINISTER", gives: 200, facts: map[string]string{"permissions.ADMINISTER.havePermission": "true"}},
			},
		},
		{
			says: "all permissions are told", source: docsDC + ", Get permissions", only: "Data Center",
			script: []exchange{{
				call: "GET /rest/api/2/mypermissions?projectKey={project}", gives: 200,
				facts: map[string]string{"permissions.EDIT_ISSUES.havePermission": "true", "permissions.ADMINISTER_PROJECTS.havePermission": "false", "permissions.MANAGE_SPRINTS_PERMISSION.havePermission": "true"},
			}},
		},
		{
			says: "what the project says holds for the issue", source: docs, knob: "DataDependent",
			script: scripts(anIssue("a", "Story"), withoutRight("EDIT_ISSUES"), []exchange{
				{call: "GET /rest/api/2/mypermissions?projectKey={project}&permissions=EDIT_ISSUES", gives: 200, facts: map[string]string{"permissions.EDIT_ISSUES.havePermission": "false"}},
				{call: "GET /rest/api/2/mypermissions?issueKey={aKey}&permissions=EDIT_ISSUES", gives: 200, facts: map[string]string{"permissions.EDIT_ISSUES.havePermission": "false"}},
			}),
		},
		{
			says: "the project may say yes where the issue says no", source: docs + ": permissions that depend on the issue", knob: "DataDependent",
			turn: func(k *Knobs) { k.DataDependent = []string{"EDIT_ISSUES"} },
			script: scripts(anIssue("a", "Story"), withoutRight("EDIT_ISSUES"), []exchange{
				{call: "GET /rest/api/2/mypermissions?projectKey={project}&permissions=EDIT_ISSUES", gives: 200, facts: map[string]string{"permissions.EDIT_ISSUES.havePermission": "true"}},
				{call: "GET /rest/api/2/mypermissions?issueKey={aKey}&permissions=EDIT_ISSUES", gives: 200, facts: map[string]string{"permissions.EDIT_ISSUES.havePermission": "false"}},
				{call: "PUT /rest/api/2/issue/{a}", body: `{"fields":{"summary":"x"}}`, gives: 403},
			}),
		},
	}
}

// aScheme makes a permission scheme and keeps its id.
func aScheme(name string, gives int) exchange {
	x := exchange{
		as: "admin", call: "POST /rest/api/2/permissionscheme", gives: gives,
		body: `{"name":"` + name + `","description":"d","permissions":[{"permission":"BROWSE_PROJECTS","holder":{"type":"applicationRole"}},{"permission":"MANAGE_SPRINTS_PERMISSION","holder":{"type":"projectRole","parameter":"{role}"}}]}`,
	}
	if gives == 201 {
		x.keep = map[string]string{"scheme": "id"}
	}
	return x
}

// aboutSchemes are permission schemes.
func aboutSchemes() []behaviour {
	const of = "/rest/api/2/project/{project}/permissionscheme"
	return append(aboutShortSchemes(), []behaviour{
		{
			says: "a scheme is made, given to a project and taken away again", source: docsScheme, knob: "FreePlan",
			script: []exchange{
				{as: "admin", call: "GET " + of, gives: 200, keep: map[string]string{"old": "id"}},
				aScheme("Conformance", 201),
				{as: "admin", call: "PUT " + of, body: `{"id":{scheme}}`, gives: 200, facts: map[string]string{"id": "{scheme}"}},
				{as: "admin", call: "GET " + of + "?expand=all", gives: 200, facts: map[string]string{"name": `"Conformance"`, "permissions.#": "2", "permissions.1.holder.type": `"projectRole"`, "permissions.1.holder.parameter": `"{role}"`}},
				{as: "admin", call: "DELETE /rest/api/2/permissionscheme/{scheme}", gives: 400},
				{as: "admin", call: "PUT " + of, body: `{"id":{old}}`, gives: 200},
				{as: "admin", call: "DELETE /rest/api/2/permissionscheme/{scheme}", gives: 204},
				{as: "admin", call: "GET /rest/api/2/permissionscheme/{scheme}", gives: 404},
			},
		},
		{
			says: "on a free plan schemes cannot be changed", source: docsScheme + ": free plans, 403", knob: "FreePlan", turn: func(k *Knobs) { k.FreePlan = true },
			script: []exchange{aScheme("Conformance", 403), {as: "admin", call: "PUT " + of, body: `{"id":0}`, gives: 403}, {as: "admin", call: "GET " + of, gives: 200}},
		},
		{
			says: "only administrators of Jira change schemes", source: docsScheme,
			script: []exchange{
				{call: "POST /rest/api/2/permissionscheme", body: `{"name":"x"}`, gives: 403},
				{call: "PUT " + of, body: `{"id":0}`, gives: 403},
				{call: "GET " + of, gives: 403},
				{as: "nobody", call: "POST /rest/api/2/permissionscheme", body: `{"name":"x"}`, gives: 401},
			},
		},
		{
			says: "names of schemes are unique", source: "unconfirmed: SchemeNamesShared", knob: "SchemeNamesShared",
			script: []exchange{aScheme("Conformance", 201), aScheme("Conformance", 400)},
		},
		{
			says: "names of schemes may be shared", source: "unconfirmed: SchemeNamesShared", knob: "SchemeNamesShared", turn: func(k *Knobs) { k.SchemeNamesShared = true },
			script: []exchange{aScheme("Conformance", 201), aScheme("Conformance", 201)},
		},
		{
			says: "every usual kind of holder is taken", source: docsScheme, knob: "RefusedHolders",
			script: []exchange{aScheme("Conformance", 201)},
		},
		{
			says: "some kinds of holders may be refused", source: docsScheme + ": holders of apps", knob: "RefusedHolders", turn: func(k *Knobs) { k.RefusedHolders = []string{"projectRole"} },
			script: []exchange{aScheme("Conformance", 400)},
		},
		{
			says: "a team-managed project has no scheme", source: "unconfirmed: TeamManagedScheme", knob: "TeamManagedScheme",
			script: []exchange{{as: "admin", call: "GET /rest/api/2/project/TEAM/permissionscheme", gives: 404}},
		},
		{
			says: "a team-managed project may refuse the question otherwise", source: "unconfirmed: TeamManagedScheme", knob: "TeamManagedScheme", turn: func(k *Knobs) { k.TeamManagedScheme = 400 },
			script: []exchange{{as: "admin", call: "GET /rest/api/2/project/TEAM/permissionscheme", gives: 400}, {as: "admin", call: "GET " + of, gives: 200}},
		},
		{
			says: "one grant is added and taken away", source: docsPlatform + ", Create permission grant",
			script: []exchange{
				aScheme("Conformance", 201),
				{as: "admin", call: "POST /rest/api/2/permissionscheme/{scheme}/permission", body: `{"permission":"EDIT_ISSUES","holder":{"type":"projectLead"}}`, gives: 201, keep: map[string]string{"grant": "id"}},
				{as: "admin", call: "POST /rest/api/2/permissionscheme/{scheme}/permission", body: `{"permission":"EDIT_ISSUES","holder":{"type":"projectLead"}}`, gives: 400},
				{as: "admin", call: "DELETE /rest/api/2/permissionscheme/{scheme}/permission/{grant}", gives: 204},
				{as: "admin", call: "DELETE /rest/api/2/permissionscheme/{scheme}/permission/{grant}", gives: 400},
			},
		},
		{
			says: "the attributes of a scheme are apart from it", source: docsDC + ", permission scheme attribute", only: "Data Center",
			script: []exchange{
				aScheme("Conformance", 201),
				{as: "admin", call: "PUT /rest/api/2/permissionscheme/{scheme}/attribute/ADMINISTER_PROJECTS.extended.enabled", body: `true`, gives: 204, send: map[string]string{"Content-Type": "text/plain"}},
				{as: "admin", call: "GET /rest/api/2/permissionscheme/{scheme}/attribute/ADMINISTER_PROJECTS.extended.enabled", gives: 200, text: "true"},
			},
		},
	}...)
}

func aboutShortSchemes() []behaviour {
	const of = "/rest/api/2/project/{project}/permissionscheme"
	long := []exchange{{as: "admin", call: "GET " + of, gives: 200, facts: map[string]string{"permissions.0.id": "*"}}}
	short := []exchange{
		{as: "admin", call: "GET " + of, gives: 200, facts: map[string]string{"permissions": "absent", "id": "*"}},
		{as: "admin", call: "GET " + of + "?expand=permissions", gives: 200, facts: map[string]string{"permissions.0.id": "*"}},
	}
	return []behaviour{
		{says: "a scheme shows its grants without being asked", source: "seen by clients' tests on real sites", only: "Cloud", knob: "SchemeShort", script: long},
		{says: "a scheme shows its grants when asked", source: docsScheme, only: "Data Center", knob: "SchemeShort", script: short},
		{
			says: "a scheme shows its grants when asked", source: docsScheme, only: "Cloud", knob: "SchemeShort",
			turn: func(k *Knobs) { k.SchemeShort = true }, script: short,
		},
	}
}

// aboutLimits are rate limits.
func aboutLimits() []behaviour {
	const docs = "Atlassian, Rate limiting"
	write := labelled("a", "x")
	refused := func(reason string) []exchange {
		return []exchange{{
			call: "PUT /rest/api/2/issue/{a}", body: `{"update":{"labels":[{"add":"y"}]}}`, gives: 429,
			heads: map[string]string{"Retry-After": "*", "RateLimit-Reason": reason, "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "*"},
		}}
	}
	return []behaviour{
		{says: "a few writes to one issue are always taken", source: docs + ": 20 in 2 seconds", only: "Cloud", knob: "IssueWrites2s", script: scripts(anIssue("a", "Story"), times(5, write))},
		{
			says: "too many writes to one issue in two seconds are refused, other issues are not", source: docs, only: "Cloud", knob: "IssueWrites2s",
			turn: func(k *Knobs) { k.IssueWrites2s, k.IssueWrites30s = 1, 0 },
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), write, refused(ReasonIssueWrites), labelled("b", "x"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?fields=labels", gives: 200, facts: map[string]string{"fields.labels.#": "1"}},
			}),
		},
		{says: "many writes over time are taken", source: docs + ": 100 in 30 seconds", only: "Cloud", knob: "IssueWrites30s", script: scripts(anIssue("a", "Story"), times(10, write))},
		{
			says: "too many writes to one issue in thirty seconds are refused", source: docs, only: "Cloud", knob: "IssueWrites30s",
			turn:   func(k *Knobs) { k.IssueWrites2s, k.IssueWrites30s = 0, 3 },
			script: scripts(anIssue("a", "Story"), times(3, write), refused(ReasonIssueWrites)),
		},
		{says: "an endpoint takes several calls a second", source: docs, only: "Cloud", knob: "Burst", script: scripts(anIssue("a", "Story"), write, write)},
		{
			says: "too many calls to one endpoint are refused", source: docs, only: "Cloud", knob: "Burst", turn: func(k *Knobs) { k.Burst = map[string]int{"GET": 2} },
			script: scripts(times(2, []exchange{{call: "GET /rest/api/2/field", gives: 200}}), []exchange{
				{call: "GET /rest/api/2/field", gives: 429, heads: map[string]string{"RateLimit-Reason": ReasonBurst, "Retry-After": "1"}},
				{call: "GET /rest/api/2/status", gives: 200},
			}),
		},
		{
			says: "nothing is limited and nothing told", source: "Atlassian KB, Data Center rate limiting: off by default", only: "Data Center", knob: "Bucket",
			script: scripts(times(3, []exchange{{call: "GET /rest/api/2/field", gives: 200, heads: map[string]string{"X-RateLimit-Limit": "absent"}}})),
		},
		{
			says: "each user has a bucket of tokens", source: "Atlassian KB, Data Center rate limiting", only: "Data Center", knob: "Bucket",
			turn: func(k *Knobs) { k.Bucket = Bucket{Limit: 2, Fill: 1, Seconds: 10} },
			script: []exchange{
				{
					call: "GET /rest/api/2/field", gives: 200,
					heads: map[string]string{"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": "1", "X-RateLimit-FillRate": "1", "X-RateLimit-Interval-Seconds": "10", "Retry-After": "0"},
				},
				{call: "GET /rest/api/2/field", gives: 200, heads: map[string]string{"X-RateLimit-Remaining": "0"}},
				{call: "GET /rest/api/2/field", gives: 429, heads: map[string]string{"X-RateLimit-Remaining": "0", "Retry-After": "*"}},
				{as: "admin", call: "GET /rest/api/2/field", gives: 200},
			},
		},
	}
}
