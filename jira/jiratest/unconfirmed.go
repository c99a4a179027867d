package jiratest

import "net/http"

// Unconfirmed is something that no source says for sure, or that differs between
// sites: whoever speaks to a Jira has to live with it either way.
type Unconfirmed struct {
	// Fact is what is not sure. Where it stands in the collected facts about Jira,
	// Quote is the piece of them that says so.
	Fact, Quote string
	// Knob is the field of Knobs, and Turn gives it the value that it has not by
	// default. Both are empty where Outside says why no knob is needed.
	Knob string
	Turn func(*Knobs)
	// Only is the product on which the other value can be; empty for both.
	Only    string
	Outside string
}

// AllUnconfirmed lists everything that is not sure.
func AllUnconfirmed() []Unconfirmed {
	return append(append(unconfirmedFacts(), notFound()...), differing()...)
}

// unconfirmedFacts are marked as general knowledge in the collected facts.
func unconfirmedFacts() []Unconfirmed {
	return []Unconfirmed{
		{Fact: "creating a sub-task fires issuelink_created", Quote: "with isSubTaskLinkType true [R]", Knob: "SubtaskLinkEvents", Turn: func(k *Knobs) { k.SubtaskLinkEvents = !k.SubtaskLinkEvents }},
		{Fact: "what a board event says of the board", Quote: "Board events: `board:{id,self,name,type}` [R]", Outside: "a receiver needs the id alone, which every recorded one has"},
		{Fact: "how many webhooks are under way at once", Quote: "20 primary / 10 secondary [R]", Knob: "WebhookConcurrency", Turn: func(k *Knobs) { k.WebhookConcurrency = 1 }},
		{Fact: "the echo of a registered webhook", Quote: "exact echo [R]", Outside: "the address and the events come back in every recording; nothing else is needed"},
		{Fact: "what a sprint report lists", Quote: "still in the sprint at close [R]", Outside: "reports are pages for people; REST has none"},
		{Fact: "moving a sub-task by itself", Quote: "on their own [R: error]", Knob: "SubtaskMove", Turn: func(k *Knobs) { k.SubtaskMove = http.StatusNoContent }},
		{Fact: "boards of old versions have no location", Quote: "may be absent on old DC [R]", Knob: "NoLocation", Only: "Data Center", Turn: func(k *Knobs) { k.NoLocation = true }},
		{Fact: "the words that name a required field", Quote: `"Impact is required."}}` + "` [R]", Outside: "words are for people; the field's id is what counts"},
		{Fact: "the words for a field that is not on the screen", Quote: `or unknown."}` + "` [R]", Outside: "words are for people; the field's id is what counts"},
		{Fact: "the longest label", Quote: "max 255 chars [R]", Knob: "LabelMax", Turn: func(k *Knobs) { k.LabelMax = 60 }},
		{Fact: "the order of an expanded changelog", Quote: "DC all, oldest first [R]", Knob: "ChangelogReversed", Turn: func(k *Knobs) { k.ChangelogReversed = !k.ChangelogReversed }},
		{Fact: "a clone carries properties over", Quote: "may carry properties over [R]", Knob: "CloneCopiesProperties", Turn: func(k *Knobs) { k.CloneCopiesProperties = !k.CloneCopiesProperties }},
		{Fact: "permission schemes have unique names", Quote: "Scheme names are unique [R]", Knob: "SchemeNamesShared", Turn: func(k *Knobs) { k.SchemeNamesShared = !k.SchemeNamesShared }},
		{Fact: "administrators of Jira need Manage Sprints too", Quote: "Jira admins do not bypass it [R]", Knob: "AdminsManageSprints", Turn: func(k *Knobs) { k.AdminsManageSprints = !k.AdminsManageSprints }},
		{Fact: "where a site tells its cloud id", Quote: "tenant_info` [R]", Outside: "the gateway's address is a setting"},
		{Fact: "the names of classic scopes", Quote: "manage:jira-configuration [R]", Outside: "a person chooses them when making the token"},
		{Fact: "how long an OAuth token lives", Quote: "1 h tokens [R]", Outside: "only API tokens and personal access tokens are simulated"},
	}
}

// notFound are answers that were looked for in vain.
func notFound() []Unconfirmed {
	return []Unconfirmed{
		{Fact: "how long Cloud waits for the answer to a webhook", Quote: "Cloud webhook response time-out", Outside: "the simulated site waits for the client that the test gives it"},
		{Fact: "the longest goal of a sprint", Quote: "sprint goal length", Knob: "SprintGoalMax", Turn: func(k *Knobs) { k.SprintGoalMax = 255 }},
		{Fact: "how REST refuses without Manage Sprints", Quote: "exact REST error text for missing Manage Sprints", Knob: "SprintDenied", Turn: func(k *Knobs) { k.SprintDenied = http.StatusBadRequest }},
		{Fact: "deleting an active or closed sprint on Cloud", Quote: "behaviour of Cloud DELETE on active/closed sprints", Knob: "DeleteStarted", Only: "Cloud", Turn: func(k *Knobs) { k.DeleteStarted = !k.DeleteStarted }},
		{Fact: "closing a sprint with done issues whose sub-tasks are open", Quote: "refuses to close with \"offending issues\"", Knob: "OffendingIssues", Only: "Cloud", Turn: func(k *Knobs) { k.OffendingIssues = true }},
		{Fact: "properties of a closed sprint", Quote: "writing sprint properties on a closed sprint", Outside: "nothing should be kept there, for this reason"},
		{Fact: "the permission scheme of a team-managed project", Quote: "permission scheme error for team-managed projects", Knob: "TeamManagedScheme", Turn: func(k *Knobs) { k.TeamManagedScheme = http.StatusBadRequest }},
		{Fact: "the secret of Data Center's webhooks by REST", Quote: "REST field for the DC webhook secret", Outside: "the secret is set in the browser; the simulated REST takes none"},
		{Fact: "the old lists of issues are gone", Quote: "what removed agile issue lists answer", Knob: "AgileListsGone", Only: "Cloud", Turn: func(k *Knobs) { k.AgileListsGone = true }},
		{Fact: "the old lists of issues are gone, and answer 404", Quote: "what removed agile issue lists answer", Knob: "AgileListsGoneStatus", Only: "Cloud", Turn: func(k *Knobs) {
			k.AgileListsGone, k.AgileListsGoneStatus = true, http.StatusNotFound
		}},
		{Fact: "registering webhooks through the gateway", Quote: "reachable through the gateway: not found", Knob: "WebhooksNotByGateway", Only: "Cloud", Turn: func(k *Knobs) { k.WebhooksNotByGateway = true }},
	}
}

// differing are known to be one way here and another way there.
func differing() []Unconfirmed {
	return []Unconfirmed{
		{Fact: "closing a closed sprint again", Knob: "CloseAgain", Turn: func(k *Knobs) { k.CloseAgain = http.StatusOK }},
		{Fact: "deleting a sprint leaves entries in the changelog", Knob: "DeleteSilent", Turn: func(k *Knobs) { k.DeleteSilent = true }},
		{Fact: "starting a sprint fires sprint_updated as well", Knob: "StartAlsoUpdates", Turn: func(k *Knobs) { k.StartAlsoUpdates = !k.StartAlsoUpdates }},
		{Fact: "a move that names an unknown issue", Knob: "IssueUnknown", Turn: func(k *Knobs) { k.IssueUnknown = http.StatusNotFound }},
		{Fact: "sprints in webhooks have createdDate", Knob: "WebhookCreatedDate", Turn: func(k *Knobs) { k.WebhookCreatedDate = true }},
		{Fact: "the first attempt of a webhook counts itself", Knob: "RetryHeaderZero", Turn: func(k *Knobs) { k.RetryHeaderZero = true }},
		{Fact: "a permission scheme comes without its grants unless asked", Knob: "SchemeShort", Turn: func(k *Knobs) { k.SchemeShort = !k.SchemeShort }},
		{Fact: "reading the roles without the right to", Knob: "RolesDenied", Turn: func(k *Knobs) { k.RolesDenied = http.StatusForbidden }},
		{Fact: "editing an issue without the right to", Knob: "EditDenied", Turn: func(k *Knobs) { k.EditDenied = http.StatusBadRequest }},
		{Fact: "unknown words in JQL", Knob: "UnknownFieldEmpty", Turn: func(k *Knobs) { k.UnknownFieldEmpty = true }},
		{Fact: "anonymous visitors of Agile REST", Knob: "AgileAnonymous401", Turn: func(k *Knobs) { k.AgileAnonymous401 = !k.AgileAnonymous401 }},
		{Fact: "addresses of other people are hidden", Knob: "HideEmails", Only: "Cloud", Turn: func(k *Knobs) { k.HideEmails = true }},
		{Fact: "self links lead to the gateway", Knob: "SelfBase", Only: "Cloud", Turn: func(k *Knobs) { k.SelfBase = "https://api.atlassian.com/ex/jira/x" }},
		{Fact: "the index forgets now and then what changed last", Knob: "IndexVanish", Only: "Cloud", Turn: func(k *Knobs) { k.IndexVanish = 3 }},
		{Fact: "the index lags behind", Knob: "IndexLagWrites", Only: "Cloud", Turn: func(k *Knobs) { k.IndexLagWrites = 2 }},
	}
}
