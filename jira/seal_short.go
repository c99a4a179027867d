package jira

import "andon/rules"

// The record is shortened in steps, the least important first.
const (
	// longList is how many issues a list keeps before anything else is left out.
	longList = 50
	// fewEntries is how many undone violations keep entries of their own before issues
	// are left out for good.
	fewEntries = 10
)

// shorten leaves something out of a record that does not fit, and says whether that
// helped. What is left out is counted. Only what the declaration was, and what is still to
// be undone, is never left out.
func shorten(r *rules.Record) bool {
	return shortenIssues(r, longList) || r.GiveUp(fewEntries) || shortenIssues(r, 0) || shortenGoals(r) || shortenPast(r) || shortenSaid(r) || r.GiveUp(0)
}

// shortenIssues halves the longest lists of issues, as far as they are longer than keep.
func shortenIssues(r *rules.Record, keep int) bool {
	lists := issueLists(r)
	longest := 0
	for _, l := range lists {
		longest = max(longest, len(*l.issues))
	}
	if longest <= keep {
		return false
	}
	for _, l := range lists {
		if n := len(*l.issues); n > longest/2 {
			*l.cut += n - n/2
			*l.issues = (*l.issues)[:n/2]
		}
	}
	return true
}

// issueList is a list of issues in a record, with the count of those left out.
type issueList struct {
	issues *[]string
	cut    *int
}

// issueLists are all lists of issues.
func issueLists(r *rules.Record) []issueList {
	var out []issueList
	for i := range r.Sprints {
		out = append(out, issueList{&r.Sprints[i].Issues, &r.Sprints[i].Cut})
	}
	for i := range r.Returned {
		out = append(out, issueList{&r.Returned[i].Issues, &r.Returned[i].Cut})
	}
	if r.Merged != nil {
		out = append(out, issueList{&r.Merged.Issues, &r.Merged.Cut})
	}
	return out
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

// shortenPast forgets the older half of the moments that were taken back. They are kept
// to be told alone.
func shortenPast(r *rules.Record) bool {
	if len(r.Past) == 0 {
		return false
	}
	r.Past = r.Past[(len(r.Past)+1)/2:]
	return true
}
