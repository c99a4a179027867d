package main

import (
	"encoding/json"
	"slices"

	"andon/rules"
)

// keptOnProject says whether the project remembers a sprint, as it does for a disaster
// whose issue cannot be read.
func (s *sim) keptOnProject(sprint int64) bool {
	return s.keeps(func(e rules.SprintRecord) bool { return e.ID == sprint })
}

// issueKept says whether the project remembers an issue of a sprint.
func (s *sim) issueKept(sprint int64, issue string) bool {
	return s.keeps(func(e rules.SprintRecord) bool { return e.ID == sprint && slices.Contains(e.Issues, issue) })
}

// keeps says whether the project remembers a sprint that is like this.
func (s *sim) keeps(like func(rules.SprintRecord) bool) bool {
	raw, ok := s.jira.ProjectProperty("SHOP", "andon")
	var box struct{ Data struct{ Kept []rules.Record } }
	if !ok || json.Unmarshal(raw, &box) != nil {
		return false
	}
	return slices.ContainsFunc(box.Data.Kept, func(r rules.Record) bool { return slices.ContainsFunc(r.Sprints, like) })
}
