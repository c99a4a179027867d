package jira

import "andon/rules"

// shorten leaves something out of a record that does not fit: half of the longest list of
// issues, and once there is none, half of the longest goal, then half of the comments and
// notices already written. Only the names of sprints that are still to be undone, and
// what the declaration was, are never left out. It says whether that helped.
func shorten(r *rules.Record) bool {
	return shortenIssues(r) || shortenGoals(r) || shortenSaid(r)
}

// shortenIssues leaves out half of the longest list of issues, and counts them.
func shortenIssues(r *rules.Record) bool {
	issues, cut := longestIssues(r)
	if issues == nil {
		return false
	}
	keep := len(*issues) / 2
	*cut += len(*issues) - keep
	*issues = (*issues)[:keep]
	return true
}

// longestIssues is the longest list of issues with its count of those left out, nil if
// all are empty.
func longestIssues(r *rules.Record) (issues *[]string, cut *int) {
	longer := func(list *[]string, n *int) {
		if len(*list) > 0 && (issues == nil || len(*list) > len(*issues)) {
			issues, cut = list, n
		}
	}
	for i := range r.Sprints {
		longer(&r.Sprints[i].Issues, &r.Sprints[i].Cut)
	}
	for i := range r.Returned {
		longer(&r.Returned[i].Issues, &r.Returned[i].Cut)
	}
	if r.Merged != nil {
		longer(&r.Merged.Issues, &r.Merged.Cut)
	}
	return issues, cut
}

// shortenGoals cuts the longest goal in half.
func shortenGoals(r *rules.Record) bool {
	var longest *string
	for i := range r.Sprints {
		if g := &r.Sprints[i].Goal; *g != "" && (longest == nil || len(*g) > len(*longest)) {
			longest = g
		}
	}
	if longest == nil {
		return false
	}
	runes := []rune(*longest)
	*longest = string(runes[:len(runes)/2])
	return true
}

// shortenSaid forgets the older half of the comments, or of the notices, whichever are
// more. A comment that was forgotten is found again by its reference before a second one
// is written.
func shortenSaid(r *rules.Record) bool {
	list := &r.Said
	if len(r.Told) > len(r.Said) {
		list = &r.Told
	}
	if len(*list) == 0 {
		return false
	}
	*list = (*list)[(len(*list)+1)/2:]
	return true
}
