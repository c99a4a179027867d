package jiratest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// changelogExpanded is what expand=changelog gives: on Cloud newest first and
// only the most recent ones, on Data Center all, oldest first.
func (j *Jira) changelogExpanded(is *Issue) obj {
	all := j.histories(is.History)
	total, size := len(all), len(all)
	if j.cloud() != j.knobs.ChangelogReversed {
		slices.Reverse(all)
	}
	if j.cloud() {
		size = j.knobs.ChangelogCap
		all = all[:min(size, total)]
	}
	return obj{"startAt": 0, "maxResults": size, "total": total, "histories": all}
}

func (j *Jira) histories(changes []Change) []obj {
	out := make([]obj, len(changes))
	for i := range changes {
		out[i] = j.changeJSON(&changes[i])
	}
	return out
}

// restChangelog is Cloud's paged changelog, oldest first.
func (j *Jira) restChangelog(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	start, size := max(0, c.num("startAt", 0)), min(max(1, c.num("maxResults", 100)), j.knobs.ChangelogCap)
	end := min(start+size, len(is.History))
	page := is.History[min(start, end):end]
	base := j.issueSelf(is, false) + "/changelog"
	out := obj{"self": fmt.Sprintf("%s?maxResults=%d&startAt=%d", base, size, start), "startAt": start, "maxResults": size,
		"total": len(is.History), "isLast": end >= len(is.History), "values": j.histories(page)}
	if end < len(is.History) {
		out["nextPage"] = fmt.Sprintf("%s?maxResults=%d&startAt=%d", base, size, end)
	}
	return ok(out)
}

// restBulkChangelog is Cloud's changelog of many issues: created is a number
// here (epoch seconds, as in the documented example).
func (j *Jira) restBulkChangelog(c *call) reply {
	var in struct {
		IssueIDsOrKeys []string `json:"issueIdsOrKeys"`
		FieldIDs       []string `json:"fieldIds"`
		MaxResults     int      `json:"maxResults"`
		NextPageToken  string   `json:"nextPageToken"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if len(in.IssueIDsOrKeys) == 0 || len(in.IssueIDsOrKeys) > 1000 || len(in.FieldIDs) > 10 {
		return failed(refuse(http.StatusBadRequest, "Between 1 and 1000 issues and at most 10 fields can be requested."))
	}
	if in.MaxResults <= 0 || in.MaxResults > 1000 {
		in.MaxResults = 1000
	}
	skip, _ := strconv.Atoi(in.NextPageToken) // a token that is no number starts again
	rows, left := []obj{}, in.MaxResults
	more := false
	for _, ref := range in.IssueIDsOrKeys {
		is, err := j.lookup(c.user, ref)
		if err != nil {
			continue
		}
		hist := []obj{}
		for _, ch := range is.History {
			if !touches(ch, in.FieldIDs) {
				continue
			}
			if skip > 0 {
				skip--
				continue
			}
			if left == 0 {
				more = true
				break
			}
			left--
			o := j.changeJSON(&ch)
			o["created"] = ch.Created.Unix()
			hist = append(hist, o)
		}
		if len(hist) > 0 {
			rows = append(rows, obj{"issueId": ids(is.ID), "changeHistories": hist})
		}
	}
	out := obj{"issueChangeLogs": rows}
	if more {
		prev, _ := strconv.Atoi(in.NextPageToken)
		out["nextPageToken"] = strconv.Itoa(prev + in.MaxResults)
	}
	return ok(out)
}

func touches(ch Change, fields []string) bool {
	return len(fields) == 0 || slices.ContainsFunc(ch.Items, func(i Item) bool { return slices.Contains(fields, i.FieldID) })
}
