package jiratest

import "time"

const (
	docsPlatform = "Jira Cloud platform REST, OpenAPI description (November 2025)"
	docsAgile    = "Jira Software Cloud REST, OpenAPI description"
	docsDC       = "Jira Data Center 10 REST documentation"
	docsBasic    = "Jira Cloud, Basic auth for REST APIs"
	recorded     = "recorded answers of real sites"
)

// aboutBases are ids, dates, errors and addresses.
func aboutBases() []behaviour {
	return []behaviour{
		{
			says: "serverInfo is for everybody and names the product", source: docsPlatform + ", Get Jira instance info", only: "Cloud",
			script: []exchange{{
				as: "nobody", call: "GET /rest/api/2/serverInfo", gives: 200,
				facts: map[string]string{"deploymentType": `"Cloud"`, "versionNumbers.0": "1001", "baseUrl": `"{site}"`},
			}},
		},
		{
			says: "serverInfo names the product", source: docsDC + ", serverInfo", only: "Data Center",
			script: []exchange{{
				as: "nobody", call: "GET /rest/api/2/serverInfo", gives: 200,
				facts: map[string]string{"deploymentType": `"Server"`, "versionNumbers.0": "10", "version": `"10.3.5"`},
			}},
		},
		{
			says: "ids of issues, types and statuses are strings, those of sprints and boards numbers", source: recorded,
			script: scripts(anIssue("a", "Story"), aSprint("s"), []exchange{
				{call: "GET /rest/api/2/issue/{a}", gives: 200, facts: map[string]string{"id": `"{a}"`, "fields.project.id": `"{projectId}"`}},
				{call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"id": "{s}", "originBoardId": "{board}"}},
			}),
		},
		{
			says: "an unknown issue is 404 with Jira's two halves of an error", source: docsPlatform + ", ErrorCollection",
			script: []exchange{{
				call: "GET /rest/api/2/issue/{project}-999999", gives: 404,
				facts: map[string]string{"errorMessages.#": "1", "errors.#": "0"},
			}},
		},
		{
			says: "what one may not see answers like what is not there", source: docsPlatform + ", Get issue",
			script: []exchange{
				{call: "GET /rest/api/2/issue/{hidden}", gives: 404},
				{call: "GET /rest/api/2/project/HIDE", gives: 404},
				{call: "GET /rest/agile/1.0/board/{hiddenBoard}", gives: 404},
				{call: "GET /rest/agile/1.0/sprint/{hiddenSprint}", gives: 404},
			},
		},
		{
			says: "an unknown path is 404 without Jira's shape of errors", source: recorded,
			script: []exchange{{
				call: "GET /rest/api/2/nonsense", gives: 404, facts: map[string]string{"errorMessages": "absent", "status-code": "404"},
			}},
		},
		{
			says: "a method that a path has not is 405", source: recorded,
			script: []exchange{{call: "DELETE /rest/api/2/serverInfo", gives: 405}},
		},
		{
			says: "a body that is no JSON is 400", source: docsPlatform + ", Create issue",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue", body: "{", gives: 400},
				{call: "PUT /rest/api/2/issue/{a}", body: "nonsense", gives: 400},
				{call: "POST /rest/agile/1.0/sprint", body: "[", gives: 400},
			}),
		},
		{
			says: "dates of the platform have no colon in the zone", source: recorded, knob: "Zone",
			script: scripts(anIssue("a", "Story"), []exchange{{call: "GET /rest/api/2/issue/{a}?fields=created", gives: 200, text: `+0000"`}}),
		},
		{
			says: "dates of the platform are in the caller's time zone", source: docsPlatform + ", Get issue", knob: "Zone",
			turn: func(k *Knobs) { k.Zone = time.FixedZone("west", -8*3600) },
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "GET /rest/api/2/issue/{a}?fields=created", gives: 200, text: `-0800"`},
			}),
		},
		{
			says: "dates of sprints are ISO 8601 with a colon or Z", source: recorded,
			script: scripts(aSprint("s"), []exchange{{
				call: "GET /rest/agile/1.0/sprint/{s}", gives: 200, facts: map[string]string{"startDate": `"2026-01-05T09:00:00.000Z"`},
			}}),
		},
		{
			says: "self links lead to the site", source: docsPlatform + ", Get issue", knob: "SelfBase",
			script: scripts(anIssue("a", "Story"), []exchange{{
				call: "GET /rest/api/2/issue/{a}", gives: 200, facts: map[string]string{"self": `"{site}/rest/api/2/issue/{a}"`},
			}}),
		},
		{
			says: "self links may lead to the gateway, while serverInfo names the site", source: "Atlassian's change of self links, July 2026",
			only: "Cloud", knob: "SelfBase", turn: func(k *Knobs) { k.SelfBase = "https://api.atlassian.com/ex/jira/x" },
			script: scripts(anIssue("a", "Story"), []exchange{
				{
					call: "GET /rest/api/2/issue/{a}", gives: 200,
					facts: map[string]string{"self": `"https://api.atlassian.com/ex/jira/x/rest/api/2/issue/{a}"`},
				},
				{call: "GET /rest/api/2/serverInfo", gives: 200, facts: map[string]string{"baseUrl": `"{site}"`}},
			}),
		},
	}
}

// aboutSigningIn are credentials, right and wrong.
func aboutSigningIn() []behaviour {
	return []behaviour{
		{
			says: "myself tells who calls, by account id", source: docsPlatform + ", Get current user", only: "Cloud",
			script: []exchange{{
				call: "GET /rest/api/2/myself", gives: 200,
				facts: map[string]string{"accountId": `"{user}"`, "accountType": `"atlassian"`, "name": "absent", "key": "absent", "active": "true"},
			}},
		},
		{
			says: "myself tells who calls, by name and key", source: docsDC + ", myself", only: "Data Center",
			script: []exchange{{
				call: "GET /rest/api/2/myself", gives: 200,
				facts: map[string]string{"key": `"{user}"`, "name": `"{userLogin}"`, "emailAddress": `"{userMail}"`, "accountId": "absent"},
			}},
		},
		{
			says: "nobody is nobody", source: docsPlatform + ", Get current user",
			script: []exchange{{as: "nobody", call: "GET /rest/api/2/myself", gives: 401}},
		},
		{
			says: "wrong credentials are an anonymous visit that only myself tells", source: docsBasic + "; reported by clients",
			only: "Cloud", knob: "BadCredentialsAnonymous",
			script: scripts(anIssue("a", "Story"), []exchange{
				{as: "intruder", call: "GET /rest/api/2/myself", gives: 401},
				{as: "intruder", call: "GET /rest/api/2/issue/{a}", gives: 404},
				{as: "intruder", call: "GET /rest/api/2/search/jql?jql=project%20%3D%20{project}", gives: 200, facts: map[string]string{"issues.#": "0"}},
				{as: "intruder", call: "GET /rest/agile/1.0/board/{board}", gives: 404},
			}),
		},
		{
			says: "wrong credentials are refused", source: docsBasic, only: "Cloud",
			knob: "BadCredentialsAnonymous", turn: func(k *Knobs) { k.BadCredentialsAnonymous = false },
			script: []exchange{
				{as: "intruder", call: "GET /rest/api/2/myself", gives: 401},
				{as: "intruder", call: "GET /rest/api/2/issue/{project}-1", gives: 401},
			},
		},
		{
			says: "a wrong personal access token is refused everywhere", source: "Atlassian, Using personal access tokens", only: "Data Center",
			script: []exchange{
				{as: "intruder", call: "GET /rest/api/2/myself", gives: 401},
				{as: "intruder", call: "GET /rest/api/2/project/{project}", gives: 401},
			},
		},
		{
			says: "a password works beside the token", source: docsDC + ", basic authentication", only: "Data Center",
			script: []exchange{{
				call: "GET /rest/api/2/myself", gives: 200, send: map[string]string{"Authorization": "Basic dXNlcjp1c2Vy"},
				facts: map[string]string{"name": `"user"`},
			}},
		},
		{
			says: "failed logins lock nobody out", source: "Atlassian, Data Center: CAPTCHA after failed logins (a setting)", only: "Data Center", knob: "CaptchaAfter",
			script: scripts(
				times(3, []exchange{{call: "GET /rest/api/2/myself", gives: 401, send: map[string]string{"Authorization": "Basic dXNlcjp3cm9uZw=="}}}),
				[]exchange{{call: "GET /rest/api/2/myself", gives: 200, send: map[string]string{"Authorization": "Basic dXNlcjp1c2Vy"}}},
			),
		},
		{
			says: "after failed logins a person has to solve a riddle first", source: "Atlassian KB, X-Authentication-Denied-Reason", only: "Data Center",
			knob: "CaptchaAfter", turn: func(k *Knobs) { k.CaptchaAfter = 2 },
			script: scripts(
				times(2, []exchange{{call: "GET /rest/api/2/myself", gives: 401, send: map[string]string{"Authorization": "Basic dXNlcjp3cm9uZw=="}}}),
				[]exchange{
					{
						call: "GET /rest/api/2/myself", gives: 403, send: map[string]string{"Authorization": "Basic dXNlcjp1c2Vy"},
						heads: map[string]string{"X-Authentication-Denied-Reason": "*"},
					},
					{call: "GET /rest/api/2/myself", gives: 200}, // the token is spared
				},
			),
		},
		{
			says: "a scoped token works at the gateway only, another one at the site only", source: "Atlassian, API tokens with scopes", only: "Cloud",
			script: []exchange{
				{call: "GET /ex/jira/{cloud}/rest/api/2/myself", gives: 200, send: map[string]string{"Authorization": "Basic dXNlckBleGFtcGxlLmNvbTp1c2VyLXNjb3BlZA=="}},
				{call: "GET /rest/api/2/myself", gives: 401, send: map[string]string{"Authorization": "Basic dXNlckBleGFtcGxlLmNvbTp1c2VyLXNjb3BlZA=="}},
				{call: "GET /ex/jira/{cloud}/rest/api/2/myself", gives: 401},
				{call: "GET /ex/jira/{cloud}/rest/api/2/serverInfo", as: "nobody", gives: 401},
			},
		},
		{
			says: "the site tells its cloud id", source: "Atlassian, finding the cloud id (_edge/tenant_info)", only: "Cloud",
			script: []exchange{{as: "nobody", call: "GET /_edge/tenant_info", gives: 200, facts: map[string]string{"cloudId": `"{cloud}"`}}},
		},
		{
			says: "a visitor sees an empty Jira in Agile REST", source: "unconfirmed: AgileAnonymous401", only: "Cloud", knob: "AgileAnonymous401",
			script: []exchange{{as: "nobody", call: "GET /rest/agile/1.0/board", gives: 200, facts: map[string]string{"total": "0"}}},
		},
		{
			says: "a visitor has to sign in for Agile REST", source: docsAgile + ", 401", only: "Cloud",
			knob: "AgileAnonymous401", turn: func(k *Knobs) { k.AgileAnonymous401 = true },
			script: []exchange{{as: "nobody", call: "GET /rest/agile/1.0/board", gives: 401}},
		},
		{
			says: "a visitor has to sign in for Agile REST", source: docsDC + ", agile 401", only: "Data Center", knob: "AgileAnonymous401",
			script: []exchange{{as: "nobody", call: "GET /rest/agile/1.0/board", gives: 401}},
		},
	}
}
