package webhook

// recordedVerdict is what must become of one recorded payload: while nothing is watched and no board is known, and while every
// project is watched.
type recordedVerdict struct{ file, unwatched, watched string }

// recordedVerdicts lists every recorded payload, by the project that recorded it. Where no reason stands, the event is of a kind that
// can matter: in a watched project the project is hinted, elsewhere it is dropped since no label of andon's is on the issue. Sprints
// and boards name no project, so they are always hinted by board.
func recordedVerdicts() map[string][]recordedVerdict {
	return map[string][]recordedVerdict{
		"luisfernandezbr+jira":              recordedByPinpoint(),
		"mattermost+mattermost-plugin-jira": recordedByMattermost(),
	}
}

func recordedByPinpoint() []recordedVerdict {
	return []recordedVerdict{
		{"board_configuration_changed.json", "202 board:81", "202 board:81"},
		{"board_created.json", "202 board:9", "202 board:9"},
		{"board_deleted.json", "204", "204"}, // of a project that nobody knows any more
		{"board_updated.json", "202 board:63", "202 board:63"},
		{"comment_created.json", "204", "204"}, // a comment
		{"comment_deleted.json", "204", "204"}, // a comment
		{"comment_updated.json", "204", "204"}, // a comment
		{"internal__webhook_test.0.json", "202 board:9", "202 board:9"},
		{"internal__webhook_test.1.json", "202 board:9", "202 board:9"},
		{"internal__webhook_test.2.json", "202 board:9", "202 board:9"},
		{"internal__webhook_test.3.json", "202 board:9", "202 board:9"},
		{"internal__webhook_test.4.json", "204", "204"}, // a link
		{"internal__webhook_test.5.json", "204", "204"}, // a link
		{"internal__webhook_test.6.json", "204", "204"}, // a link
		{"internal__webhook_test.7.json", "204", "204"}, // a link
		{"issuelink_created.json", "204", "204"},        // a link
		{"issuelink_deleted.json", "204", "204"},        // a link
		{"jira__issue_created.json", "204", "202 project:GOLD 20942"},
		{"jira__issue_deleted.json", "204", "202 project:TIGR 20733"},
		{"jira__issue_updated.assignee.json", "204", "202 project:TES 11917"},
		{"jira__issue_updated.description.json", "204", "202 project:PROD 21644"},
		{"jira__issue_updated.due_date.json", "204", "202 project:TES 11927"},
		{"jira__issue_updated.due_date.unset.json", "204", "202 project:TES 11927"},
		{"jira__issue_updated.json", "204", "202 project:GOLD 20706"},
		{"jira__issue_updated.project.json", "204", "202 project:GOLD 19518; project:TES 19518"},
		{"jira__issue_updated.sprint_ids.json", "204", "202 project:GOLD 19518"},
		{"jira__issue_updated.tags.json", "204", "202 project:TES 11917"},
		{"project_created.json", "204", "202 project:TES"},
		{"project_deleted.json", "204", "202 project:RRRRR"},
		{"project_updated.json", "204", "202 project:TES"},
		{"sprint_closed.json", "202 board:81", "202 board:81"},
		{"sprint_created.json", "202 board:9", "202 board:9"},
		{"sprint_deleted.json", "202 board:81", "202 board:81"},
		{"sprint_started.json", "202 board:81", "202 board:81"},
		{"sprint_updated.json", "202 board:9", "202 board:9"},
		{"user_created.json", "204", "204"}, // a user
		{"user_updated.json", "204", "204"}, // a user
	}
}

func recordedByMattermost() []recordedVerdict {
	return []recordedVerdict{
		{"webhook-cloud-comment-created-mention-user.json", "204", "204"}, // a comment
		{"webhook-cloud-comment-created.json", "204", "204"},              // a comment
		{"webhook-cloud-comment-deleted.json", "204", "204"},              // a comment
		{"webhook-cloud-comment-updated.json", "204", "204"},              // a comment
		{"webhook-cloud-issue-created-many-fields.json", "204", "202 project:KT 10509"},
		{"webhook-cloud-issue-updated-custom-field.json", "204", "202 project:TES 10368"},
		{"webhook-issue-assigned-empty-changelog.json", "204", "204"},    // a comment, or nothing: no change is named
		{"webhook-issue-comment-created-indentation.json", "204", "204"}, // a comment, or nothing: no change is named
		{"webhook-issue-created-no-description-nor-relevant-fields.json", "204", "202 project:TES 10040"},
		{"webhook-issue-created-no-description.json", "204", "202 project:TES 10040"},
		{"webhook-issue-created-no-relevant-fields.json", "204", "202 project:TES 10040"},
		{"webhook-issue-created-with-security-level.json", "204", "202 project:TES 10040"},
		{"webhook-issue-created.json", "204", "202 project:TES 10040"},
		{"webhook-issue-deleted.json", "204", "202 project:IDT 10303"},
		{"webhook-issue-updated-assigned-nobody.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-assigned-on-server.json", "204", "202 project:PRJA 10226"},
		{"webhook-issue-updated-assigned.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-attachments.json", "204", "204"}, // only attachment
		{"webhook-issue-updated-components.json", "204", "202 project:TES 10360"},
		{"webhook-issue-updated-edited.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-fix-version.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-issue-type.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-labels.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-lowered-priority.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-multiple-custom-fields.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-multiple-values.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-raised-priority.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-rank.json", "204", "204"}, // only rank
		{"webhook-issue-updated-renamed.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-reopened-one-changelog.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-reopened.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-resolved-one-changelog.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-resolved.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-sprint.json", "204", "202 project:TES 10040"},
		{"webhook-issue-updated-started-working.json", "204", "202 project:TES 10040"},
		{"webhook-server-comment-created.json", "204", "204"}, // a comment
		{"webhook-server-comment-deleted.json", "204", "204"}, // a comment
		{"webhook-server-comment-updated.json", "204", "204"}, // a comment
		{"webhook-server-issue-updated-closed.json", "204", "202 project:TES 10300"},
		{"webhook-server-issue-updated-comment-deleted.json", "204", "204"},        // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-comment-edited.json", "204", "204"},         // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-commented-1.json", "204", "204"},            // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-commented-2.json", "204", "204"},            // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-commented-3.json", "204", "204"},            // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-commented-mention-user.json", "204", "204"}, // a comment, or nothing: no change is named
		{"webhook-server-issue-updated-in-progress.json", "204", "202 project:TES 10300"},
		{"webhook-server-issue-updated-many-fields.json", "204", "202 project:HEY 10400"},
		{"webhook-server-issue-updated-reopened.json", "204", "202 project:TES 10300"},
		{"webhook-server-issue-updated-resolved.json", "204", "202 project:TES 10300"},
		{"webhook-server-old-issue-updated-no-event-type-assigned.json", "204", "202 project:TES 10040"},
		{"webhook-server-old-issue-updated-no-event-type-comment-deleted.json", "204", "204"}, // a comment, or nothing: no change is named
		{"webhook-server-old-issue-updated-no-event-type-comment-edited.json", "204", "204"},  // a comment, or nothing: no change is named
		{"webhook-server-old-issue-updated-no-event-type-commented.json", "204", "204"},       // a comment, or nothing: no change is named
		{"webhook-server-old-issue-updated-no-event-type-edited.json", "204", "202 project:TES 10040"},
		{"webhook-server-updated-custom-field.json", "204", "202 project:TES 10106"},
	}
}
