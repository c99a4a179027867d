package jiratest

type faultState struct{}
type limitState struct{}

func newLimitState() limitState { return limitState{} }

// intercept wraps a call with faults and limits; the lock is not held.
func (j *Jira) intercept(_ *call, next func() reply) reply { return next() }
