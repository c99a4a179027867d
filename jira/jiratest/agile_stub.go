package jiratest

// agileState is what boards, webhooks, faults and limits keep beside the store.
type agileState struct{}

func (j *Jira) initAgile() {}

func (j *Jira) agileRoutes() []route   { return nil }
func (j *Jira) webhookRoutes() []route { return nil }
func (j *Jira) schemeRoutes() []route  { return nil }

// deliver sends an event to the registered webhooks; the lock is held.
func (j *Jira) deliver(Event) {}

// intercept wraps a call with faults and limits; the lock is not held.
func (j *Jira) intercept(_ *call, next func() reply) reply { return next() }
