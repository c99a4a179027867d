package jiratest

// AgileKnobs are the knobs of boards, sprints and webhooks.
type AgileKnobs struct{}

func defaultAgileKnobs(Flavour) AgileKnobs { return AgileKnobs{} }
