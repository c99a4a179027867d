package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

type commentInput struct {
	Body       string `json:"body"`
	Visibility *struct {
		Type       string `json:"type"`
		Value      string `json:"value"`
		Identifier string `json:"identifier"`
	} `json:"visibility"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

func errNoComment(is *Issue) *Error {
	return refuse(http.StatusForbidden, "You do not have the permission to comment on this issue (%s).", is.Key)
}

func errCommentMissing(id string) *Error {
	return refuse(http.StatusNotFound, "Can not find a comment for the id: %s.", id)
}

// check validates text, visibility and properties of a comment.
func (j *Jira) checkComment(u *User, is *Issue, in *commentInput) *Error {
	switch {
	case strings.TrimSpace(in.Body) == "":
		return refuseField("comment", "Comment body can not be empty!")
	case utf8.RuneCountInString(in.Body) > maxText:
		return refuseField("comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
	}
	for _, p := range in.Properties {
		if err := checkProperty(p.Key, p.Value); err != nil {
			return err
		}
	}
	if v := in.Visibility; v != nil && v.Type != "" {
		if v.Value == "" {
			v.Value = v.Identifier
		}
		if !j.seesComment(u, is, &Comment{VisType: v.Type, VisValue: v.Value}) {
			return refuseField("commentLevel", "You are currently not a member of the %s: %s.", v.Type, v.Value)
		}
	}
	return nil
}

// addComment adds a checked comment.
func (j *Jira) addComment(u *User, is *Issue, in commentInput) *Comment {
	now := j.now()
	c := Comment{ID: j.next("comment", 10000), Author: who(u), Editor: who(u), Body: in.Body, Created: now, Updated: now, Properties: map[string]json.RawMessage{}}
	if in.Visibility != nil {
		c.VisType, c.VisValue = in.Visibility.Type, in.Visibility.Value
	}
	for _, p := range in.Properties {
		c.Properties[p.Key] = p.Value
	}
	is.Comments = append(is.Comments, c)
	j.commentEvent(u, is, c, "comment_created", "issue_commented")
	return &is.Comments[len(is.Comments)-1]
}

// commentEvent: comments are in no changelog. Data Center also sends
// jira:issue_updated without a changelog.
func (j *Jira) commentEvent(u *User, is *Issue, c Comment, name, typeName string) {
	is.Updated = j.now()
	j.touch(is)
	c.Properties = cloneRaw(c.Properties)
	j.emit(Event{Name: name, Actor: who(u), Issue: is.clone(), Comment: &c})
	if !j.cloud() {
		j.emit(Event{Name: "jira:issue_updated", TypeName: typeName, Actor: who(u), Issue: is.clone(), Comment: &c})
	}
}

// commentByID finds a comment anywhere on the site, as a user sees it.
func (j *Jira) commentByID(u *User, id string) (*Issue, *Comment, *Error) {
	for _, is := range sorted(j.issues) {
		for i := range is.Comments {
			c := &is.Comments[i]
			if ids(c.ID) == id && j.sees(u, is) && j.seesComment(u, is, c) {
				return is, c, nil
			}
		}
	}
	return nil, nil, errCommentMissing(id)
}

func (j *Jira) commentOf(c *call) (*Issue, *Comment, *Error) {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return nil, nil, err
	}
	on, cm, err := j.commentByID(c.user, c.path("comment"))
	if err != nil || on != is {
		return nil, nil, errCommentMissing(c.path("comment"))
	}
	return is, cm, nil
}

func (j *Jira) mayTouchComment(u *User, is *Issue, c *Comment, all, own string) bool {
	return j.canIssue(u, is, all) || c.Author == who(u) && j.canIssue(u, is, own)
}

func (j *Jira) restComments(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	order := c.query.Get("orderBy")
	if order != "" && order != "created" && order != "-created" && order != "+created" {
		return failed(refuse(http.StatusBadRequest, "The value for orderBy is invalid: %s", order))
	}
	size := c.num("maxResults", 100)
	if j.cloud() {
		size = min(size, 100)
	} else if c.query.Get("maxResults") == "" {
		size = len(is.Comments)
	}
	page := j.commentPage(is, c.viewer(), max(0, c.num("startAt", 0)), max(0, size), order)
	if slices.Contains(list(c.query["expand"]), "properties") {
		j.expandCommentProperties(is, page)
	}
	return ok(page)
}

func (j *Jira) expandCommentProperties(is *Issue, page obj) {
	shown, _ := page["comments"].([]obj)
	for _, o := range shown {
		for i := range is.Comments {
			if o["id"] == ids(is.Comments[i].ID) {
				o["properties"] = commentPropertyList(&is.Comments[i])
			}
		}
	}
}

func commentPropertyList(c *Comment) []obj {
	props := []obj{}
	for _, k := range sortedKeys(c.Properties) {
		props = append(props, obj{"key": k, "value": c.Properties[k]})
	}
	return props
}

func (j *Jira) restComment(c *call) reply {
	is, cm, err := j.commentOf(c)
	if err != nil {
		return failed(err)
	}
	o := j.commentJSON(is, cm)
	if slices.Contains(list(c.query["expand"]), "properties") {
		o["properties"] = commentPropertyList(cm)
	}
	return ok(o)
}

func (j *Jira) restAddComment(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	var in commentInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if !j.canIssue(c.user, is, AddComments) {
		return failed(errNoComment(is))
	}
	if err := j.checkComment(c.user, is, &in); err != nil {
		return failed(err)
	}
	if limit := j.knobs.MaxComments; limit > 0 && len(is.Comments) >= limit {
		return failed(refuse(http.StatusRequestEntityTooLarge, "The issue has reached the limit of %d comments.", limit))
	}
	return created(j.commentJSON(is, j.addComment(c.user, is, in)))
}

func (j *Jira) restEditComment(c *call) reply {
	is, cm, err := j.commentOf(c)
	if err != nil {
		return failed(err)
	}
	var in commentInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if !j.mayTouchComment(c.user, is, cm, EditAllComments, EditOwnComments) {
		return failed(refuse(http.StatusBadRequest, "You do not have the permission to edit this comment."))
	}
	if err := j.checkComment(c.user, is, &in); err != nil {
		return failed(err)
	}
	cm.Body, cm.Editor, cm.Updated = in.Body, who(c.user), j.now()
	if v := in.Visibility; v != nil {
		cm.VisType, cm.VisValue = v.Type, v.Value
	}
	for _, p := range in.Properties {
		cm.Properties[p.Key] = p.Value
	}
	j.commentEvent(c.user, is, *cm, "comment_updated", "issue_comment_edited")
	return ok(j.commentJSON(is, cm))
}

func (j *Jira) restDeleteComment(c *call) reply {
	is, cm, err := j.commentOf(c)
	if err != nil {
		return failed(err)
	}
	if !j.mayTouchComment(c.user, is, cm, DeleteAllComments, DeleteOwnComments) {
		return failed(refuse(http.StatusBadRequest, "You do not have the permission to delete this comment."))
	}
	gone := *cm
	is.Comments = slices.DeleteFunc(is.Comments, func(x Comment) bool { return x.ID == gone.ID })
	j.commentEvent(c.user, is, gone, "comment_deleted", "issue_comment_deleted")
	return noContent()
}
