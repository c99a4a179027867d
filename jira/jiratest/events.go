package jiratest

// emit records something that happened. It is called under the lock, after
// the change (before it, for a deletion), once for each webhook event.
func (j *Jira) emit(e Event) {
	if e.At.IsZero() {
		e.At = j.now()
	}
	j.events = append(j.events, e)
	j.deliver(e)
}

// Events are all events so far, in order.
func (j *Jira) Events() []Event {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]Event(nil), j.events...)
}

// who is the id of a caller, "" for an anonymous one.
func who(u *User) string {
	if u == nil {
		return ""
	}
	return u.ID
}
