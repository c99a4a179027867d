package jira

import (
	"encoding/json"
	"testing"
)

func TestLabelsAreChangedWithVerbs(t *testing.T) {
	j := newFake(t, Cloud).on("PUT /rest/api/2/issue/1", reply{status: 204})
	c := j.client()
	noError(t, c.EditIssue(t.Context(), "1", IssueEdit{AddLabels: []string{"a"}, RemoveLabels: []string{"b"}}))
	noError(t, c.EditIssue(t.Context(), "1", IssueEdit{Fields: map[string]any{"summary": "s"}, Quiet: true}))
	noError(t, c.EditIssue(t.Context(), "1", IssueEdit{}))
	j.wantCalls(`PUT /rest/api/2/issue/1 {"update":{"labels":[{"add":"a"},{"remove":"b"}]}}`,
		`PUT /rest/api/2/issue/1?notifyUsers=false {"fields":{"summary":"s"}}`)
}

func TestDataCenterIsNotAskedToBeQuiet(t *testing.T) {
	j := newFake(t, DataCenter).on("PUT /rest/api/2/issue/1", reply{status: 204}).
		on("PUT /rest/api/2/issue/1/comment/2", ok(`{"id":"2"}`))
	c := j.client()
	noError(t, c.EditIssue(t.Context(), "1", IssueEdit{AddLabels: []string{"a"}, Quiet: true}))
	_, err := c.UpdateComment(t.Context(), "1", "2", "b")
	noError(t, err)
	j.wantCalls(`PUT /rest/api/2/issue/1 {"update":{"labels":[{"add":"a"}]}}`, `PUT /rest/api/2/issue/1/comment/2 {"body":"b"}`)
}

func TestDeletingAnIssueSaysWhetherItsSubtasksGoToo(t *testing.T) {
	j := newFake(t, Cloud).on("DELETE /rest/api/2/issue/1", reply{status: 204}, fails(400, sentences("The issue has subtasks.")))
	c := j.client()
	noError(t, c.DeleteIssue(t.Context(), "1", true))
	wantKind(t, c.DeleteIssue(t.Context(), "1", false), KindInvalid)
	j.wantCalls("DELETE /rest/api/2/issue/1?deleteSubtasks=true", "DELETE /rest/api/2/issue/1?deleteSubtasks=false")
}

func TestTransitions(t *testing.T) {
	const place = "/rest/api/2/issue/1/transitions"
	j := newFake(t, Cloud).
		on("GET "+place, ok(`{"expand":"transitions","transitions":[{"id":"31","name":"Done","to":{"id":"10002","name":"Fertig","statusCategory":{"key":"done"}},
		 "fields":{"resolution":{"required":true,"name":"Resolution","hasDefaultValue":false,"allowedValues":[{"name":"Done"}]},"comment":{"required":false,"name":"Comment","hasDefaultValue":true}}},
		 {"id":41,"name":"Stop","to":{"id":"1","name":"Open","statusCategory":{"key":"new"}}}]}`)).
		on("POST "+place, reply{status: 204})
	c := j.client()
	got, err := c.Transitions(t.Context(), "1")
	noError(t, err)
	equal(t, "transitions", []Transition{
		{ID: "31", Name: "Done", To: Status{"10002", "Fertig", "done"}, Fields: []FieldMeta{
			{ID: "comment", Name: "Comment", HasDefault: true},
			{ID: "resolution", Name: "Resolution", Required: true, Allowed: []json.RawMessage{json.RawMessage(`{"name":"Done"}`)}},
		}},
		{ID: "41", Name: "Stop", To: Status{"1", "Open", "new"}},
	}, got)
	noError(t, c.Transition(t.Context(), "1", "31", nil))
	noError(t, c.Transition(t.Context(), "1", "31", map[string]any{"resolution": map[string]string{"name": "Done"}}))
	j.wantCalls("GET "+place+"?expand=transitions.fields", "POST "+place+` {"transition":{"id":"31"}}`,
		"POST "+place+` {"fields":{"resolution":{"name":"Done"}},"transition":{"id":"31"}}`)
	j.on("POST "+place, fails(400, fieldError("resolution", "not on the screen")))
	e := wantKind(t, c.Transition(t.Context(), "1", "31", map[string]any{"resolution": 1}), KindInvalid)
	equal(t, "fields survive go-jira", map[string]string{"resolution": "not on the screen"}, e.Fields)
	e = wantKind(t, c.Transition(t.Context(), "1", "31", map[string]any{"x": make(chan int)}), KindInvalid)
	equal(t, "never sent", ExecutedNo, e.Executed)
}

func TestLinks(t *testing.T) {
	j := newFake(t, Cloud).
		on("GET /rest/api/2/issueLinkType", ok(`{"issueLinkTypes":[{"id":"10000","name":"Blocks","inward":"is blocked by","outward":"blocks","self":"x"}]}`)).
		on("POST /rest/api/2/issueLink", reply{status: 201})
	c := j.client()
	types, err := c.LinkTypes(t.Context())
	noError(t, err)
	equal(t, "types", []LinkType{{"10000", "Blocks", "is blocked by", "blocks"}}, types)
	noError(t, c.Link(t.Context(), types[0], "1", "A-2"))
	noError(t, c.Link(t.Context(), LinkType{Name: "Relates"}, "A-1", "2"))
	j.wantCalls("GET /rest/api/2/issueLinkType",
		`POST /rest/api/2/issueLink {"inwardIssue":{"id":"1"},"outwardIssue":{"key":"A-2"},"type":{"id":"10000"}}`,
		`POST /rest/api/2/issueLink {"inwardIssue":{"key":"A-1"},"outwardIssue":{"id":"2"},"type":{"name":"Relates"}}`)
}

func TestARemoteLinkIsKnownByItsGlobalID(t *testing.T) {
	const place = "POST /rest/api/2/issue/1/remotelink"
	j := newFake(t, Cloud).on(place, reply{status: 201, body: `{"id":10000}`})
	c := j.client()
	noError(t, c.UpsertRemoteLink(t.Context(), "1", RemoteLink{GlobalID: "andon:1", URL: "https://x", Title: "t"}))
	noError(t, c.UpsertRemoteLink(t.Context(), "1", RemoteLink{GlobalID: "andon:1", URL: "https://x", Title: "t", Summary: "s", Relationship: "report"}))
	for _, l := range []RemoteLink{{URL: "u", Title: "t"}, {GlobalID: "g", Title: "t"}, {GlobalID: "g", URL: "u"}} {
		wantKind(t, c.UpsertRemoteLink(t.Context(), "1", l), KindInvalid)
	}
	j.wantCalls(place+` {"globalId":"andon:1","object":{"title":"t","url":"https://x"}}`,
		place+` {"globalId":"andon:1","object":{"summary":"s","title":"t","url":"https://x"},"relationship":"report"}`)
}

func TestARemoteLinkThatIsGoneNeedsNoDeletion(t *testing.T) {
	const place, call = "DELETE /rest/api/2/issue/1/remotelink", "DELETE /rest/api/2/issue/1/remotelink?globalId=andon%3A1"
	j := newFake(t, Cloud).on(place, reply{status: 204}, reply{status: 404}, reply{status: 403})
	c := j.client()
	noError(t, c.DeleteRemoteLink(t.Context(), "1", "andon:1"))
	noError(t, c.DeleteRemoteLink(t.Context(), "1", "andon:1"))
	wantKind(t, c.DeleteRemoteLink(t.Context(), "1", "andon:1"), KindForbidden)
	wantKind(t, c.DeleteRemoteLink(t.Context(), "1", ""), KindInvalid) // it would be all of them
	j.wantCalls(call, call, call)
}

func TestNotifyNamesItsReceiversInTheProductsOwnWay(t *testing.T) {
	const place = "POST /rest/api/2/issue/1/notify"
	j := newFake(t, Cloud).on(place, reply{status: 204})
	c := j.client()
	noError(t, c.Notify(t.Context(), "1", Notification{Subject: "s", TextBody: "t", HTMLBody: "<p>", Watchers: true,
		Users: []User{{AccountID: "a"}, {Name: "fred", Key: "k"}, {DisplayName: "nobody"}}, Groups: []Group{{ID: "g", Name: "x"}, {Name: "devs"}, {}}}))
	noError(t, c.Notify(t.Context(), "1", Notification{Subject: "s", Assignee: true}))
	j.wantCalls(
		place+` {"htmlBody":"\u003cp\u003e","subject":"s","textBody":"t","to":{"assignee":false,"groups":[{"groupId":"g"},{"name":"devs"}],"reporter":false,"users":[{"accountId":"a"},{"name":"fred"}],"voters":false,"watchers":true}}`,
		place+` {"subject":"s","textBody":"","to":{"assignee":true,"reporter":false,"voters":false,"watchers":false}}`)
}

func TestCommentsAreReadToTheEndAndOldestFirst(t *testing.T) {
	const place = "GET /rest/api/2/issue/1/comment"
	j := newFake(t, Cloud).on(place,
		ok(`{"startAt":0,"maxResults":2,"total":3,"comments":[
		 {"id":"12","author":{"accountId":"b"},"body":"third","created":"2026-01-03T00:00:00.000+0000","updated":"2026-01-04T00:00:00.000+0000"},
		 {"id":"9","author":{"accountId":"a"},"body":"first","created":"2026-01-01T00:00:00.000+0000","properties":[{"key":"andon","value":{"k":"status"}}]}]}`),
		ok(`{"startAt":2,"maxResults":2,"total":3,"comments":[{"id":"10","body":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"second"}]}]},"created":"2026-01-01T00:00:00.000+0000"}]}`))
	got, err := j.client().Comments(t.Context(), "1")
	noError(t, err)
	equal(t, "comments", []Comment{
		{ID: "9", Author: &User{AccountID: "a"}, Body: "first", Created: moment(t, "2026-01-01T00:00:00Z"), Properties: map[string]json.RawMessage{"andon": json.RawMessage(`{"k":"status"}`)}},
		{ID: "10", Body: "second", Created: moment(t, "2026-01-01T00:00:00Z")},
		{ID: "12", Author: &User{AccountID: "b"}, Body: "third", Created: moment(t, "2026-01-03T00:00:00Z"), Updated: moment(t, "2026-01-04T00:00:00Z")},
	}, got)
	j.wantCalls(place+"?expand=properties&maxResults=100&orderBy=created&startAt=0", place+"?expand=properties&maxResults=100&orderBy=created&startAt=2")
}

func TestCommentsAreWrittenMarkedAndEditedInPlace(t *testing.T) {
	j := newFake(t, Cloud).
		on("POST /rest/api/2/issue/1/comment", reply{status: 201, body: `{"id":"7","body":"b","created":"2026-01-01T00:00:00.000+0000"}`}).
		on("PUT /rest/api/2/issue/1/comment/7", ok(`{"id":"7","body":"c"}`)).
		on("DELETE /rest/api/2/issue/1/comment/7", reply{status: 204})
	c := j.client()
	made, err := c.AddComment(t.Context(), "1", "b", map[string]any{"andon": map[string]int{"v": 1}})
	noError(t, err)
	equal(t, "id", "7", made.ID)
	_, err = c.AddComment(t.Context(), "1", "b", nil)
	noError(t, err)
	changed, err := c.UpdateComment(t.Context(), "1", "7", "c")
	noError(t, err)
	equal(t, "body", "c", changed.Body)
	noError(t, c.DeleteComment(t.Context(), "1", "7"))
	j.wantCalls(`POST /rest/api/2/issue/1/comment {"body":"b","properties":[{"key":"andon","value":{"v":1}}]}`,
		`POST /rest/api/2/issue/1/comment {"body":"b"}`, `PUT /rest/api/2/issue/1/comment/7?notifyUsers=false {"body":"c"}`, "DELETE /rest/api/2/issue/1/comment/7")
	j.on("POST /rest/api/2/issue/1/comment", reply{status: 201, body: `{}`})
	_, err = c.AddComment(t.Context(), "1", "b", nil)
	equal(t, "written all the same", ExecutedYes, wantKind(t, err, KindMalformed).Executed)
}

func TestPropertiesOfIssuesAndProjects(t *testing.T) {
	type access struct {
		name, path string
		read       func(*Client) (json.RawMessage, bool, error)
		write      func(*Client, any) error
		remove     func(*Client) error
	}
	for _, a := range []access{
		{"issue", "/rest/api/2/issue/A-1/properties/andon",
			func(c *Client) (json.RawMessage, bool, error) { return c.IssueProperty(t.Context(), "A-1", "andon") },
			func(c *Client, v any) error { return c.SetIssueProperty(t.Context(), "A-1", "andon", v) },
			func(c *Client) error { return c.DeleteIssueProperty(t.Context(), "A-1", "andon") }},
		{"project", "/rest/api/2/project/A/properties/andon",
			func(c *Client) (json.RawMessage, bool, error) { return c.ProjectProperty(t.Context(), "A", "andon") },
			func(c *Client, v any) error { return c.SetProjectProperty(t.Context(), "A", "andon", v) },
			func(c *Client) error { return c.DeleteProjectProperty(t.Context(), "A", "andon") }},
	} {
		t.Run(a.name, func(t *testing.T) {
			j := newFake(t, Cloud).on("GET "+a.path, ok(`{"key":"andon","value":{"v":1}}`), fails(404, ""), fails(401, "")).
				on("PUT "+a.path, reply{status: 201}).on("DELETE "+a.path, reply{status: 204}, fails(404, ""), fails(403, ""))
			c := j.client()
			v, found, err := a.read(c)
			noError(t, err)
			equal(t, "value", `{"v":1} true`, string(v)+map[bool]string{true: " true", false: " false"}[found])
			_, found, err = a.read(c)
			noError(t, err)
			equal(t, "missing", false, found)
			_, _, err = a.read(c)
			wantKind(t, err, KindUnauthorized)
			noError(t, a.write(c, map[string]int{"v": 2}))
			noError(t, a.write(c, json.RawMessage(`{"v":3}`)))
			noError(t, a.remove(c))
			noError(t, a.remove(c))
			wantKind(t, a.remove(c), KindForbidden)
			calls := j.calls()
			equal(t, "written", `{"v":2} {"v":3}`, calls[3].Body+" "+calls[4].Body)
		})
	}
}

func TestTheSprintFieldIsFoundByItsType(t *testing.T) {
	const place = "GET /rest/api/2/field"
	j := newFake(t, Cloud).on(place, ok(`[{"id":"summary","name":"Summary","custom":false},
	 {"id":"customfield_1","name":"Sprint","custom":true,"schema":{"type":"string","custom":"com.x:text"}},
	 {"id":"customfield_10020","name":"Iteration","custom":true,"schema":{"type":"array","custom":"com.pyxis.greenhopper.jira:gh-sprint"}}]`))
	c := j.client()
	for range 2 {
		id, err := c.SprintFieldID(t.Context())
		noError(t, err)
		equal(t, "id", "customfield_10020", id)
	}
	equal(t, "asked once", 1, len(j.calls()))
	id, err := newFake(t, Cloud).on(place, ok(`[]`)).client().SprintFieldID(t.Context())
	noError(t, err)
	equal(t, "none", "", id)
	_, err = newFake(t, Cloud).on(place, fails(401, "")).client().SprintFieldID(t.Context())
	wantKind(t, err, KindUnauthorized)
}

func TestTheCreateScreenOfBothProducts(t *testing.T) {
	const place = "GET /rest/api/2/issue/createmeta/A/issuetypes/3"
	for _, name := range []string{"fields", "values"} {
		j := newFake(t, Cloud).on(place,
			ok(`{"startAt":0,"maxResults":1,"total":2,"`+name+`":[{"fieldId":"summary","key":"summary","name":"Summary","required":true,"hasDefaultValue":false}]}`),
			ok(`{"startAt":1,"maxResults":1,"total":2,"`+name+`":[{"key":"labels","name":"Labels","required":false,"hasDefaultValue":true}]}`))
		got, err := j.client().CreateMeta(t.Context(), "A", "3")
		noError(t, err)
		equal(t, name, []FieldMeta{{ID: "summary", Name: "Summary", Required: true}, {ID: "labels", Name: "Labels", HasDefault: true}}, got)
	}
}
