package jiratest

const (
	oldHooks = "/rest/webhooks/1.0/webhook"
	newHooks = "/rest/jira-webhook/1.0/webhooks"
	docsHook = "Jira Cloud, Webhooks: registering a webhook using the REST API"
)

// aHook registers a webhook as an administrator does on Cloud.
func aHook() []exchange {
	return []exchange{{
		as: "admin", call: "POST " + oldHooks, gives: 201,
		body: `{"name":"conformance","url":"https://example.com/hooks/{issue.key}","events":["jira:issue_created","sprint_started"],` +
			`"filters":{"issue-related-events-section":"project in ({project})"},"excludeBody":false,"secret":"a secret of some length"}`,
		facts: map[string]string{"enabled": "true", "isSigned": "true", "secret": "absent", "events.#": "2", "excludeBody": "false",
			"filters.issue-related-events-section": `"project in (CONF)"`},
		keep: map[string]string{"hook": "self"},
	}}
}

// aboutWebhooks is their registration; the deliveries have tests of their own.
func aboutWebhooks() []behaviour {
	return append(aboutHooksOfCloud(), []behaviour{
		{
			says: "webhooks of Data Center 10 have another address and answer", source: "Jira Data Center 10, jira-webhook REST; integrations in the wild", only: "Data Center",
			script: []exchange{
				{
					as: "admin", call: "POST " + newHooks, gives: 201,
					body:  `{"name":"conformance","url":"https://example.com/hook","events":["jira:issue_updated"],"filters":{},"excludeBody":false}`,
					facts: map[string]string{"active": "true", "configuration.EXCLUDE_BODY": `"false"`, "scopeType": "*", "statistics": "*", "createdDate": "*"},
					keep:  map[string]string{"hook": "id"},
				},
				{as: "admin", call: "GET " + newHooks + "/{hook}", gives: 200, facts: map[string]string{"id": "{hook}", "events.0": `"jira:issue_updated"`}},
				{as: "admin", call: "GET " + oldHooks, gives: 404},
			},
		},
		{
			says: "the other dialect of a registration is understood too", source: "an integration's requests to Data Center", only: "Data Center",
			script: []exchange{{
				as: "admin", call: "POST " + newHooks, gives: 201,
				body:  `{"name":"conformance","url":"https://example.com/hook","events":["sprint_started"],"configuration":{"EXCLUDE_BODY":"true"},"active":"false"}`,
				facts: map[string]string{"active": "false", "configuration.EXCLUDE_BODY": `"true"`},
			}},
		},
		{
			says: "only administrators of Jira see and change webhooks", source: docsHook, only: "Data Center",
			script: []exchange{
				{call: "GET " + newHooks, gives: 403},
				{call: "POST " + newHooks, body: `{"name":"x","url":"https://example.com/"}`, gives: 403},
				{as: "nobody", call: "GET " + newHooks, gives: 401},
			},
		},
	}...)
}

func aboutHooksOfCloud() []behaviour {
	return []behaviour{
		{
			says: "an administrator registers a webhook; its secret is never shown", source: docsHook, only: "Cloud",
			script: scripts(aHook(), []exchange{
				{as: "admin", call: "GET " + oldHooks, gives: 200, facts: map[string]string{"#": "1", "0.self": `"{hook}"`, "0.isSigned": "true", "0.secret": "absent"}},
			}),
		},
		{
			says: "a webhook is changed, switched off and deleted", source: docsHook, only: "Cloud",
			script: scripts(aHook(), []exchange{
				{
					as: "admin", call: "PUT " + oldHooks + "/1", body: `{"enabled":false,"events":["sprint_closed"]}`, gives: 200,
					facts: map[string]string{"enabled": "false", "events.0": `"sprint_closed"`, "name": `"conformance"`, "isSigned": "true"},
				},
				{as: "admin", call: "DELETE " + oldHooks + "/1", gives: 204},
				{as: "admin", call: "GET " + oldHooks + "/1", gives: 404},
				{as: "admin", call: "DELETE " + oldHooks + "/1", gives: 404},
			}),
		},
		{
			says: "only administrators of Jira see and change webhooks", source: docsHook, only: "Cloud",
			script: []exchange{
				{call: "GET " + oldHooks, gives: 403},
				{call: "POST " + oldHooks, body: `{"name":"x","url":"https://example.com/"}`, gives: 403},
				{as: "nobody", call: "GET " + oldHooks, gives: 401},
			},
		},
		{
			says: "what a webhook cannot be is refused", source: docsHook, only: "Cloud",
			script: []exchange{
				{as: "admin", call: "POST " + oldHooks, body: `{"url":"https://example.com/"}`, gives: 400},
				{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"nonsense"}`, gives: 400},
				{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"https://example.com/","events":["nonsense"]}`, gives: 400},
				{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"https://example.com/","filters":{"issue-related-events-section":"project = = x"}}`, gives: 400},
			},
		},
		{
			says: "the webhooks of apps are not for API tokens", source: docsPlatform + ", Register dynamic webhooks", only: "Cloud",
			script: []exchange{{
				as: "admin", call: "POST /rest/api/2/webhook", body: `{"url":"https://example.com/","webhooks":[]}`, gives: 403,
				text: "Only Connect and OAuth 2.0 apps can use this operation",
			}},
		},
		{
			says: "plain http is taken", source: "a test server's need; Cloud itself wants https", only: "Cloud", knob: "WebhookHTTPSOnly",
			script: []exchange{{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"http://example.com/"}`, gives: 201}},
		},
		{
			says: "plain http is refused", source: "Jira Cloud, Webhooks: https only", only: "Cloud",
			knob: "WebhookHTTPSOnly", turn: func(k *Knobs) { k.WebhookHTTPSOnly = true },
			script: []exchange{
				{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"http://example.com/"}`, gives: 400},
				{as: "admin", call: "POST " + oldHooks, body: `{"name":"x","url":"https://example.com/"}`, gives: 201},
			},
		},
		{
			says: "webhooks can be registered through the gateway", source: "unconfirmed: WebhooksNotByGateway", only: "Cloud", knob: "WebhooksNotByGateway",
			script: []exchange{{
				call: "GET /ex/jira/{cloud}" + oldHooks, gives: 200, send: map[string]string{"Authorization": "Basic YWRtaW5AZXhhbXBsZS5jb206YWRtaW4tc2NvcGVk"},
			}},
		},
		{
			says: "webhooks cannot be reached through the gateway", source: "unconfirmed: WebhooksNotByGateway", only: "Cloud",
			knob: "WebhooksNotByGateway", turn: func(k *Knobs) { k.WebhooksNotByGateway = true },
			script: []exchange{{
				call: "GET /ex/jira/{cloud}" + oldHooks, gives: 404, send: map[string]string{"Authorization": "Basic YWRtaW5AZXhhbXBsZS5jb206YWRtaW4tc2NvcGVk"},
			}},
		},
	}
}
