package jira

import (
	"time"

	"andon/rules"
)

// quietIssue is an issue in a sprint that nobody has moved since a freeze began.
type quietIssue struct {
	updated time.Time
	since   time.Time
	planned rules.Planned
}

// quietAt gives what was read of an issue that has not changed since, so that a settled
// project is not read again and again.
func (k *Known) quietAt(projectID, issueID string, updated, since time.Time) (rules.Planned, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	q, ok := k.quiet[projectID][issueID]
	return q.planned, ok && q.updated.Equal(updated) && q.since.Equal(since)
}

// setQuiet replaces what is known of a project's quiet issues.
func (k *Known) setQuiet(projectID string, quiet map[string]quietIssue) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.quiet[projectID] = quiet
}
