package jiratest

const docsComment = docsPlatform + ", Add comment"

// aComment makes a comment on the issue "a".
func aComment(body string) []exchange {
	return []exchange{{
		call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":"` + body + `","properties":[{"key":"conformance","value":{"v":1}}]}`, gives: 201,
		facts: map[string]string{"id": "*", "author": "*", "body": `"` + body + `"`}, keep: map[string]string{"c": "id"},
	}}
}

// aboutComments are comments.
func aboutComments() []behaviour {
	return []behaviour{
		{
			says: "a comment is added and edited in place", source: docsComment,
			script: scripts(anIssue("a", "Story"), aComment("h3. wiki"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/comment/{c}", body: `{"body":"new"}`, gives: 200, facts: map[string]string{"id": `"{c}"`, "body": `"new"`}},
				{call: "GET /rest/api/2/issue/{a}/comment/{c}", gives: 200, facts: map[string]string{"body": `"new"`, "updateAuthor": "*"}},
				{call: "GET /rest/api/2/issue/{a}/comment", gives: 200, facts: map[string]string{"total": "1", "comments.0.id": `"{c}"`}},
			}),
		},
		{
			says: "comments are shown oldest or newest first, and in pages", source: docsPlatform + ", Get comments",
			script: scripts(anIssue("a", "Story"), aComment("one"), aComment("two"), []exchange{
				{call: "GET /rest/api/2/issue/{a}/comment", gives: 200, facts: map[string]string{"comments.0.body": `"one"`, "startAt": "0"}},
				{call: "GET /rest/api/2/issue/{a}/comment?orderBy=-created&maxResults=1", gives: 200, facts: map[string]string{"comments.#": "1", "comments.0.body": `"two"`, "total": "2"}},
				{call: "GET /rest/api/2/issue/{a}/comment?orderBy=nonsense", gives: 400},
			}),
		},
		{
			says: "properties of a comment are shown when asked for", source: docsPlatform + ", Get comments, expand",
			script: scripts(anIssue("a", "Story"), aComment("x"), []exchange{
				{call: "GET /rest/api/2/issue/{a}/comment?expand=properties", gives: 200, facts: map[string]string{"comments.0.properties.0.key": `"conformance"`, "comments.0.properties.0.value.v": "1"}},
				{call: "GET /rest/api/2/comment/{c}/properties/conformance", gives: 200, facts: map[string]string{"value.v": "1"}},
			}),
		},
		{
			says: "an empty comment is refused, as is a huge one", source: docsComment,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":" "}`, gives: 400, facts: map[string]string{"errors.comment": "*"}},
				{call: "POST /rest/api/2/issue/{hidden}/comment", body: `{"body":"x"}`, gives: 404},
			}),
		},
		{
			says: "others' comments cannot be edited", source: docsPlatform + ", Update comment",
			script: scripts(anIssue("a", "Story"), aComment("mine"), withoutRight("NOTHING"), []exchange{
				{as: "admin", call: "PUT /rest/api/2/issue/{a}/comment/{c}", body: `{"body":"yours"}`, gives: 400},
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}/comment/{c}", gives: 400},
				{call: "DELETE /rest/api/2/issue/{a}/comment/{c}", gives: 204},
				{call: "GET /rest/api/2/issue/{a}/comment/{c}", gives: 404},
			}),
		},
		{
			says: "who may not comment is refused", source: docsComment,
			script: scripts(anIssue("a", "Story"), withoutRight("ADD_COMMENTS"), []exchange{{call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":"x"}`, gives: 403}}),
		},
		{
			says: "a comment for a role is seen by its members", source: docsComment + ", visibility",
			script: scripts(anIssue("a", "Story"), []exchange{
				{
					as: "admin", call: "POST /rest/api/2/issue/{a}/comment", gives: 201, keep: map[string]string{"c": "id"},
					body: `{"body":"x","visibility":{"type":"role","value":"Administrators"}}`,
				},
				{call: "GET /rest/api/2/issue/{a}/comment/{c}", gives: 404},
				{call: "GET /rest/api/2/issue/{a}/comment", gives: 200, facts: map[string]string{"total": "0"}},
				{call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":"x","visibility":{"type":"role","value":"Administrators"}}`, gives: 400},
			}),
		},
		{
			says: "a few comments are always taken", source: "Atlassian, limits of Jira Cloud: 5000 comments", knob: "MaxComments",
			script: scripts(anIssue("a", "Story"), aComment("1"), aComment("2"), aComment("3")),
		},
		{
			says: "too many comments are refused", source: "Atlassian, limits of Jira Cloud", knob: "MaxComments", turn: func(k *Knobs) { k.MaxComments = 2 },
			script: scripts(anIssue("a", "Story"), aComment("1"), aComment("2"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/comment", body: `{"body":"3"}`, gives: 413},
				{call: "PUT /rest/api/2/issue/{a}/comment/{c}", body: `{"body":"2b"}`, gives: 200},
			}),
		},
	}
}

// aboutLinks are links, remote links, watchers and mail.
func aboutLinks() []behaviour {
	return append(aboutMail(), []behaviour{
		{
			says: "issues are linked by the name of the type, and the link shows on both", source: docsPlatform + ", Create issue link",
			script: scripts(anIssue("a", "Story"), anIssue("b", "Story"), []exchange{
				{call: "POST /rest/api/2/issueLink", body: `{"type":{"name":"Blocks"},"inwardIssue":{"key":"{aKey}"},"outwardIssue":{"key":"{bKey}"}}`, gives: 201},
				{call: "GET /rest/api/2/issue/{a}?fields=issuelinks", gives: 200, facts: map[string]string{"fields.issuelinks.0.outwardIssue.key": `"{bKey}"`}, keep: map[string]string{"l": "fields.issuelinks.0.id"}},
				{call: "GET /rest/api/2/issue/{b}?fields=issuelinks", gives: 200, facts: map[string]string{"fields.issuelinks.0.inwardIssue.key": `"{aKey}"`}},
				{call: "DELETE /rest/api/2/issueLink/{l}", gives: 204},
				{call: "GET /rest/api/2/issueLink/{l}", gives: 404},
				{call: "POST /rest/api/2/issueLink", body: `{"type":{"name":"Nonsense"},"inwardIssue":{"key":"{aKey}"},"outwardIssue":{"key":"{bKey}"}}`, gives: 404},
			}),
		},
		{
			says: "a remote link with a global id is replaced, one without is added again", source: docsPlatform + ", Create or update remote issue link",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"globalId":"g","object":{"url":"https://example.com/1","title":"one"}}`, gives: 201, keep: map[string]string{"l": "id"}},
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"globalId":"g","object":{"url":"https://example.com/2","title":"two"}}`, gives: 200, facts: map[string]string{"id": "{l}"}},
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"object":{"url":"https://example.com/3","title":"three"}}`, gives: 201},
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"object":{"url":"https://example.com/3","title":"three"}}`, gives: 201},
				{call: "GET /rest/api/2/issue/{a}/remotelink", gives: 200, facts: map[string]string{"#": "3", "0.object.title": `"two"`}},
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"object":{"url":"https://example.com/3"}}`, gives: 400},
			}),
		},
		{
			says: "a deletion without Content-Type is refused", source: recorded, only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/remotelink", body: `{"globalId":"g","object":{"url":"https://example.com/1","title":"one"}}`, gives: 201},
				{call: "DELETE /rest/api/2/issue/{a}/remotelink?globalId=g", gives: 415},
				{call: "DELETE /rest/api/2/issue/{a}/remotelink?globalId=g", send: map[string]string{"Content-Type": "application/json"}, gives: 204},
			}),
		},
	}...)
}

func aboutMail() []behaviour {
	const docs = docsPlatform + ", Send notification for issue"
	return []behaviour{
		{
			says: "a watcher is added by a bare JSON string", source: docsPlatform + ", Add watcher", only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{
				{as: "admin", call: "POST /rest/api/2/issue/{a}/watchers", body: `"{user}"`, gives: 204},
				{as: "admin", call: "GET /rest/api/2/issue/{a}/watchers", gives: 200, facts: map[string]string{"watchCount": "1", "watchers.0.accountId": `"{user}"`}},
				{as: "admin", call: "DELETE /rest/api/2/issue/{a}/watchers?accountId={user}", gives: 204},
				{as: "admin", call: "POST /rest/api/2/issue/{a}/watchers", body: `"nobody at all"`, gives: 404},
			}),
		},
		{
			says: "a watcher is added by name", source: docsDC + ", Add watcher", only: "Data Center",
			script: scripts(anIssue("a", "Story"), []exchange{
				{as: "admin", call: "POST /rest/api/2/issue/{a}/watchers", body: `"user"`, gives: 204},
				{as: "admin", call: "GET /rest/api/2/issue/{a}/watchers", gives: 200, facts: map[string]string{"watchers.0.name": `"user"`}},
			}),
		},
		{
			says: "a notification is queued", source: docs, knob: "MailOff",
			script: scripts(anIssue("a", "Story"), []exchange{
				{as: "admin", call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t","to":{"reporter":true}}`, gives: 204},
				{as: "admin", call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t","to":{"groups":[{"name":"testers"}]}}`, gives: 204},
			}),
		},
		{
			says: "a notification to nobody but oneself is refused", source: docs,
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t","to":{"reporter":true}}`, gives: 400},
				{call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t","to":{"assignee":true}}`, gives: 400},
				{call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t"}`, gives: 400},
			}),
		},
		{
			says: "with mail switched off a notification is refused", source: docs + ", 403", knob: "MailOff", turn: func(k *Knobs) { k.MailOff = true },
			script: scripts(anIssue("a", "Story"), []exchange{{
				as: "admin", call: "POST /rest/api/2/issue/{a}/notify", body: `{"subject":"s","textBody":"t","to":{"reporter":true}}`, gives: 403,
			}}),
		},
	}
}

// aboutPeople are accounts.
func aboutPeople() []behaviour {
	return []behaviour{
		{
			says: "an account is found by its account id", source: docsPlatform + ", Get user", only: "Cloud",
			script: []exchange{
				{call: "GET /rest/api/2/user?accountId={user}", gives: 200, facts: map[string]string{"accountId": `"{user}"`, "name": "absent"}},
				{call: "GET /rest/api/2/user?username=user", gives: 400},
				{call: "GET /rest/api/2/user?accountId=nobody", gives: 404},
			},
		},
		{
			says: "an account is found by name or key", source: docsDC + ", Get user", only: "Data Center",
			script: []exchange{
				{call: "GET /rest/api/2/user?username={userLogin}", gives: 200, facts: map[string]string{"key": `"{user}"`, "accountId": "absent"}},
				{call: "GET /rest/api/2/user?key={user}", gives: 200, facts: map[string]string{"name": `"{userLogin}"`}},
				{call: "GET /rest/api/2/user?username=nobody", gives: 404},
			},
		},
		{
			says: "an issue names people in the manner of the product", source: docsGet, only: "Data Center",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/assignee", body: `{"name":"{userLogin}"}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=assignee", gives: 200, facts: map[string]string{"fields.assignee.name": `"{userLogin}"`, "fields.assignee.accountId": "absent"}},
			}),
		},
		{
			says: "an issue is assigned by account id", source: docsPlatform + ", Assign issue", only: "Cloud",
			script: scripts(anIssue("a", "Story"), []exchange{
				{call: "PUT /rest/api/2/issue/{a}/assignee", body: `{"accountId":"{user}"}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=assignee", gives: 200, facts: map[string]string{"fields.assignee.accountId": `"{user}"`}},
				{call: "PUT /rest/api/2/issue/{a}/assignee", body: `{"accountId":null}`, gives: 204},
				{call: "GET /rest/api/2/issue/{a}?fields=assignee", gives: 200, facts: map[string]string{"fields.assignee": "null"}},
			}),
		},
	}
}
