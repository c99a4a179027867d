package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

func (j *Jira) restLinkTypes(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	out := []obj{}
	for _, t := range sorted(j.linkTypes) {
		out = append(out, j.linkTypeJSON(t))
	}
	return ok(obj{"issueLinkTypes": out})
}

// restCreateLink: the link needs Link Issues on the outward issue and sight of both.
func (j *Jira) restCreateLink(c *call) reply {
	var in struct {
		Type                      nameOrID
		InwardIssue, OutwardIssue nameOrID
		Comment                   *commentInput
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	var t *LinkType
	for _, lt := range sorted(j.linkTypes) {
		if in.Type.ID == ids(lt.ID) || in.Type.ID == "" && strings.EqualFold(in.Type.Name, lt.Name) {
			t = lt
		}
	}
	if t == nil {
		return failed(refuse(http.StatusNotFound, "No issue link type with name '%s' found.", in.Type.Name))
	}
	in1, err := j.lookup(c.user, in.InwardIssue.ID+in.InwardIssue.Key)
	if err != nil {
		return failed(err)
	}
	out1, err := j.lookup(c.user, in.OutwardIssue.ID+in.OutwardIssue.Key)
	if err != nil {
		return failed(err)
	}
	if !j.canIssue(c.user, out1, LinkIssues) && !j.canIssue(c.user, in1, LinkIssues) {
		return failed(refuse(http.StatusUnauthorized, "No Link Issue Permission for issue '%s'", out1.Key))
	}
	if in1 == out1 {
		return failed(refuse(http.StatusBadRequest, "You cannot link an issue to itself."))
	}
	j.link(c.user, t, in1, out1)
	if in.Comment != nil && in.Comment.Body != "" && j.canIssue(c.user, in1, AddComments) {
		j.addComment(c.user, in1, *in.Comment)
	}
	return reply{status: http.StatusCreated}
}

// link joins two issues. The same link twice is one link.
func (j *Jira) link(u *User, t *LinkType, inward, outward *Issue) {
	for _, l := range sorted(j.links) {
		if l.TypeID == t.ID && l.Source == inward.ID && l.Dest == outward.ID {
			return
		}
	}
	// REST's inwardIssue is the one from which the link goes out: it "blocks"
	// the outwardIssue, which is what it shows in its own issuelinks.
	l := &Link{ID: j.next("link", 10000), TypeID: t.ID, Source: inward.ID, Dest: outward.ID}
	j.links[l.ID] = l
	j.linkHistory(u, inward, outward, t, true)
	j.emit(Event{Name: "issuelink_created", Actor: who(u), Link: l})
}

// linkHistory writes the changelog of both ends.
func (j *Jira) linkHistory(u *User, a, b *Issue, t *LinkType, added bool) {
	one := func(on, other *Issue, words string) {
		text := fmt.Sprintf("This issue %s %s", words, other.Key)
		it := refItem("Link", "", "", other.Key, text)
		if !added {
			it = refItem("Link", other.Key, text, "", "")
		}
		it.FieldID = "issuelinks"
		j.commit(u, on, "issue_updated", []Item{it})
	}
	one(a, b, t.Outward)
	one(b, a, t.Inward)
}

func (j *Jira) linkByID(c *call) (*Link, *Error) {
	id := c.id("id")
	l := j.links[id]
	if l == nil || j.issues[l.Dest] == nil || j.issues[l.Source] == nil || !j.sees(c.user, j.issues[l.Dest]) || !j.sees(c.user, j.issues[l.Source]) {
		return nil, refuse(http.StatusNotFound, "No issue link with id '%s' exists.", c.path("id"))
	}
	return l, nil
}

func (j *Jira) restLink(c *call) reply {
	l, err := j.linkByID(c)
	if err != nil {
		return failed(err)
	}
	return ok(obj{"id": ids(l.ID), "self": j.self("/rest/api/2/issueLink/" + ids(l.ID)), "type": j.linkTypeJSON(j.linkTypes[l.TypeID]),
		"inwardIssue": j.issueRef(j.issues[l.Source]), "outwardIssue": j.issueRef(j.issues[l.Dest])})
}

func (j *Jira) restDeleteLink(c *call) reply {
	l, err := j.linkByID(c)
	if err != nil {
		return failed(err)
	}
	a, b := j.issues[l.Source], j.issues[l.Dest]
	if !j.canIssue(c.user, a, LinkIssues) && !j.canIssue(c.user, b, LinkIssues) {
		return failed(refuse(http.StatusForbidden, "No Link Issue Permission for issue '%s'", a.Key))
	}
	delete(j.links, l.ID)
	j.linkHistory(c.user, a, b, j.linkTypes[l.TypeID], false)
	j.emit(Event{Name: "issuelink_deleted", Actor: who(c.user), Link: l})
	return noContent()
}

func (j *Jira) remoteLinkJSON(is *Issue, l *RemoteLink) obj {
	o := obj{"id": l.ID, "self": j.issueSelf(is, false) + "/remotelink/" + ids(l.ID), "object": l.Object}
	if l.GlobalID != "" {
		o["globalId"] = l.GlobalID
	}
	if l.Relationship != "" {
		o["relationship"] = l.Relationship
	}
	if l.Application != nil {
		o["application"] = l.Application
	}
	return o
}

func (j *Jira) restRemoteLinks(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	out, global := []obj{}, c.query.Get("globalId")
	for i := range is.RemoteLinks {
		l := &is.RemoteLinks[i]
		if global == l.GlobalID && global != "" {
			return ok(j.remoteLinkJSON(is, l))
		}
		out = append(out, j.remoteLinkJSON(is, l))
	}
	if global != "" {
		return failed(refuse(http.StatusNotFound, "No remote issue link with the global id '%s' exists.", global))
	}
	return ok(out)
}

// restPutRemoteLink adds a link, or replaces the one with the same globalId
// (absent fields become null).
func (j *Jira) restPutRemoteLink(c *call) reply {
	is, err := j.linkable(c)
	if err != nil {
		return failed(err)
	}
	var in struct {
		GlobalID     string          `json:"globalId"`
		Relationship string          `json:"relationship"`
		Application  json.RawMessage `json:"application"`
		Object       json.RawMessage `json:"object"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	var object struct{ URL, Title string }
	if json.Unmarshal(in.Object, &object) != nil || object.URL == "" || object.Title == "" {
		return failed(&Error{Status: http.StatusBadRequest, Fields: map[string]string{"title": "'title' is required."}})
	}
	l := RemoteLink{GlobalID: in.GlobalID, Relationship: in.Relationship, Application: in.Application, Object: in.Object}
	at := slices.IndexFunc(is.RemoteLinks, func(x RemoteLink) bool { return x.GlobalID == in.GlobalID && in.GlobalID != "" })
	status := http.StatusOK
	if at < 0 {
		status = http.StatusCreated
		if limit := 2000; j.cloud() && len(is.RemoteLinks) >= limit {
			return failed(refuse(http.StatusRequestEntityTooLarge, "The issue has reached the limit of %d remote links.", limit))
		}
		l.ID = j.next("remotelink", 10000)
		is.RemoteLinks = append(is.RemoteLinks, l)
	} else {
		l.ID = is.RemoteLinks[at].ID
		is.RemoteLinks[at] = l
	}
	it := refItem("RemoteIssueLink", "", "", ids(l.ID), fmt.Sprintf("This issue links to \"%s\"", object.Title))
	j.commit(c.user, is, "issue_updated", []Item{it})
	return reply{status: status, body: obj{"id": l.ID, "self": j.issueSelf(is, false) + "/remotelink/" + ids(l.ID)}}
}

func (j *Jira) linkable(c *call) (*Issue, *Error) {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return nil, err
	}
	if !j.canIssue(c.user, is, LinkIssues) {
		return nil, refuse(http.StatusForbidden, "No Link Issue Permission for issue '%s'", is.Key)
	}
	return is, nil
}

// restDeleteRemoteLink: Cloud answers 415 to a request without Content-Type.
func (j *Jira) restDeleteRemoteLink(c *call) reply {
	if j.cloud() && c.req.Header.Get("Content-Type") == "" {
		return failed(refuse(http.StatusUnsupportedMediaType, "Unsupported Media Type"))
	}
	is, err := j.linkable(c)
	if err != nil {
		return failed(err)
	}
	before, global := len(is.RemoteLinks), c.query.Get("globalId")
	is.RemoteLinks = slices.DeleteFunc(is.RemoteLinks, func(l RemoteLink) bool {
		return c.path("id") != "" && c.path("id") == ids(l.ID) || global != "" && l.GlobalID == global
	})
	if len(is.RemoteLinks) == before {
		return failed(refuse(http.StatusNotFound, "No remote issue link with the given id exists."))
	}
	return noContent()
}
