package jiratest

import "slices"

func (j *Jira) commentSelf(is *Issue, c *Comment) string {
	return j.issueSelf(is, false) + "/comment/" + ids(c.ID)
}

func (j *Jira) commentJSON(is *Issue, c *Comment) obj {
	o := obj{
		"self": j.commentSelf(is, c), "id": ids(c.ID), "author": j.userRef(c.Author), "updateAuthor": j.userRef(c.Editor),
		"body": c.Body, "created": j.platformTime(c.Created), "updated": j.platformTime(c.Updated),
	}
	if c.VisType != "" {
		o["visibility"] = obj{"type": c.VisType, "value": c.VisValue, "identifier": c.VisValue}
	}
	if j.cloud() {
		o["jsdPublic"] = true
	}
	return o
}

// commentPage shows the comments that a viewer may see (nil: all of them).
func (j *Jira) commentPage(is *Issue, viewer *User, startAt, maxResults int, orderBy string) obj {
	var all []*Comment
	for i := range is.Comments {
		if c := &is.Comments[i]; viewer == nil || j.seesComment(viewer, is, c) {
			all = append(all, c)
		}
	}
	if orderBy == "-created" {
		slices.Reverse(all)
	}
	page := []obj{}
	for i := startAt; i < len(all) && i < startAt+maxResults; i++ {
		page = append(page, j.commentJSON(is, all[i]))
	}
	o := obj{"startAt": startAt, "maxResults": maxResults, "total": len(all), "comments": page}
	if j.cloud() { // no recording of Data Center has it
		o["self"] = j.issueSelf(is, false) + "/comment"
	}
	return o
}

// seesComment tells whether a comment's visibility includes a user.
func (j *Jira) seesComment(u *User, is *Issue, c *Comment) bool {
	switch c.VisType {
	case "":
		return true
	case "group":
		return u != nil && j.inGroup(u, c.VisValue)
	}
	p := j.projects[is.ProjectID]
	return u != nil && slices.ContainsFunc(sorted(j.roles), func(r *Role) bool { return r.Name == c.VisValue && j.inRole(u, p, r.ID) })
}
