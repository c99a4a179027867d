package jira

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestBoardsOfAProject(t *testing.T) {
	j := newFake(t, Cloud).on("GET /rest/agile/1.0/board", ok(`{"maxResults":50,"startAt":0,"total":3,"isLast":true,"values":[
	 {"id":84,"name":"scrum board","type":"scrum","location":{"projectId":10040,"projectKey":"ABC","projectName":"Abc","displayName":"Abc (ABC)","name":"Abc (ABC)"},"isPrivate":false},
	 {"id":92,"name":"team","type":"simple","location":{"userId":1,"userAccountId":"a","name":"Ann"}},
	 {"id":93,"name":"old","type":"kanban"}]}`))
	got, err := j.client().Boards(t.Context(), "ABC")
	noError(t, err)
	equal(t, "boards", []Board{
		{84, "scrum board", "scrum", &Location{"10040", "ABC", "Abc (ABC)"}}, {92, "team", "simple", nil}, {93, "old", "kanban", nil},
	}, got)
	j.wantCalls("GET /rest/agile/1.0/board?maxResults=50&projectKeyOrId=ABC&startAt=0")
}

func TestABoardAndItsProjects(t *testing.T) {
	j := newFake(t, Cloud).
		on("GET /rest/agile/1.0/board/84", ok(`{"id":84,"name":"b","type":"scrum"}`)).
		on("GET /rest/agile/1.0/board/84/project", ok(`{"maxResults":10,"startAt":0,"total":2,"isLast":true,"values":[{"id":"1","key":"A","name":"a"},{"id":"2","key":"B","name":"b"}]}`))
	b, err := j.client().Board(t.Context(), 84)
	noError(t, err)
	equal(t, "board", Board{ID: 84, Name: "b", Type: "scrum"}, b)
	p, err := j.client().BoardProjects(t.Context(), 84)
	noError(t, err)
	equal(t, "projects", []Project{{ID: "1", Key: "A", Name: "a"}, {ID: "2", Key: "B", Name: "b"}}, p)
}

func TestSprintsOfABoard(t *testing.T) {
	const place = "GET /rest/agile/1.0/board/84/sprint"
	j := newFake(t, Cloud).on(place,
		ok(`{"maxResults":1,"startAt":0,"isLast":false,"values":[{"id":37,"state":"active","name":"one","originBoardId":5}]}`),
		ok(`{"maxResults":1,"startAt":1,"isLast":true,"values":[{"id":38,"state":"future","name":"two","originBoardId":84}]}`))
	got, supported, err := j.client().BoardSprints(t.Context(), 84, SprintActive, SprintFuture)
	noError(t, err)
	equal(t, "supported", true, supported)
	equal(t, "sprints", []Sprint{{ID: 37, State: SprintActive, Name: "one", OriginBoardID: 5}, {ID: 38, State: SprintFuture, Name: "two", OriginBoardID: 84}}, got)
	j.wantCalls(place+"?maxResults=50&startAt=0&state=active%2Cfuture", place+"?maxResults=50&startAt=1&state=active%2Cfuture")
}

func TestABoardWithoutSprintsIsNoFailure(t *testing.T) {
	const sprints, board = "GET /rest/agile/1.0/board/84/sprint", "GET /rest/agile/1.0/board/84"
	tests := []struct {
		name   string
		answer reply
		board  reply
		fails  Kind
	}{
		{"in English", fails(400, sentences("The board does not support sprints")), reply{}, ""},
		{"kanban, in another language", fails(400, sentences("Das Board kann keine Sprints")), ok(`{"id":84,"type":"kanban"}`), ""},
		{"team-managed, in another language", fails(400, sentences("Das Board kann keine Sprints")), ok(`{"id":84,"type":"simple"}`), ""},
		{"another refusal of a scrum board", fails(400, sentences("bad state")), ok(`{"id":84,"type":"scrum"}`), KindInvalid},
		{"another refusal, and the board is gone", fails(400, sentences("bad state")), fails(404, ""), KindNotFound},
		{"no board", fails(404, sentences("board does not support")), reply{}, KindNotFound},
		{"no licence", fails(403, ""), reply{}, KindForbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newFake(t, Cloud).on(sprints, tt.answer).on(board, tt.board)
			got, supported, err := j.client().BoardSprints(t.Context(), 84)
			equal(t, "sprints", 0, len(got))
			equal(t, "supported", false, supported)
			if tt.fails != "" {
				wantKind(t, err, tt.fails)
				return
			}
			noError(t, err)
		})
	}
}

func TestASprintOfEitherProduct(t *testing.T) {
	at := func(text string) *time.Time { m := moment(t, text); return &m }
	tests := []struct {
		name, body string
		want       Sprint
	}{
		{"Cloud", `{"id":37,"state":"closed","name":"sprint 1","startDate":"2015-04-11T15:22:00.000+10:00","endDate":"2015-04-20T01:22:00.000+10:00","completeDate":"2015-04-20T11:04:00.000+10:00","createdDate":"2015-04-01T00:00:00.000Z","originBoardId":5,"goal":"g"}`,
			Sprint{ID: 37, State: SprintClosed, Name: "sprint 1", Goal: "g", Start: at("2015-04-11T05:22:00Z"), End: at("2015-04-19T15:22:00Z"),
				Complete: at("2015-04-20T01:04:00Z"), Created: at("2015-04-01T00:00:00Z"), OriginBoardID: 5}},
		{"Data Center", `{"id":37,"state":"ACTIVE","name":"n","activatedDate":"2015-04-11T15:22:00.000+10:00","autoStartStop":false,"synced":false,"incompleteIssuesDestinationId":null}`,
			Sprint{ID: 37, State: SprintActive, Name: "n", Activated: at("2015-04-11T05:22:00Z")}},
		{"not started", `{"id":"38","state":"future","name":"n","goal":null,"startDate":""}`, Sprint{ID: 38, State: SprintFuture, Name: "n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := newFake(t, Cloud).on("GET /rest/agile/1.0/sprint/37", ok(tt.body)).client().Sprint(t.Context(), 37)
			noError(t, err)
			equal(t, "sprint", tt.want, got)
		})
	}
}

func TestSprintsAreChangedByPartsOnly(t *testing.T) {
	start, end := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3600)), time.Date(2026, 3, 16, 9, 0, 0, 0, time.UTC)
	name, empty := "new", ""
	const one, all = "POST /rest/agile/1.0/sprint/37", "POST /rest/agile/1.0/sprint"
	j := newFake(t, Cloud).on(one, ok(`{"id":37,"state":"closed"}`)).on(all, reply{status: 201, body: `{"id":38,"state":"future"}`}).
		on("DELETE /rest/agile/1.0/sprint/37", reply{status: 204})
	c := j.client()
	made, err := c.CreateSprint(t.Context(), NewSprint{BoardID: 84, Name: "n"})
	noError(t, err)
	equal(t, "id", int64(38), made.ID)
	_, err = c.CreateSprint(t.Context(), NewSprint{BoardID: 84, Name: "n", Goal: "g", Start: &start, End: &end})
	noError(t, err)
	_, err = c.UpdateSprint(t.Context(), 37, SprintPatch{Name: &name, Goal: &empty})
	noError(t, err)
	closed, err := c.CloseSprint(t.Context(), 37, "stopped by the disaster")
	noError(t, err)
	equal(t, "state", SprintClosed, closed.State)
	_, err = c.CloseSprint(t.Context(), 37, "")
	noError(t, err)
	_, err = c.StartSprint(t.Context(), 37, start, end)
	noError(t, err)
	noError(t, c.DeleteSprint(t.Context(), 37))
	j.wantCalls(
		all+` {"name":"n","originBoardId":84}`,
		all+` {"endDate":"2026-03-16T09:00:00.000Z","goal":"g","name":"n","originBoardId":84,"startDate":"2026-03-02T08:00:00.000Z"}`,
		one+` {"goal":"","name":"new"}`,
		one+` {"goal":"stopped by the disaster","state":"closed"}`,
		one+` {"state":"closed"}`,
		one+` {"endDate":"2026-03-16T09:00:00.000Z","startDate":"2026-03-02T08:00:00.000Z","state":"active"}`,
		"DELETE /rest/agile/1.0/sprint/37")
	j.on(one, ok(`{}`))
	_, err = c.CloseSprint(t.Context(), 37, "")
	equal(t, "closed all the same", ExecutedYes, wantKind(t, err, KindMalformed).Executed)
}

func TestWhereAnIssueStands(t *testing.T) {
	const place = "GET /rest/agile/1.0/issue/10001"
	j := newFake(t, Cloud).on(place,
		ok(`{"id":"10001","key":"A-1","fields":{"sprint":{"id":40,"state":"active","name":"now"},"closedSprints":[{"id":38,"state":"closed","name":"then"}]}}`),
		ok(`{"id":"10001","fields":{"sprint":null}}`))
	current, closed, err := j.client().IssueSprints(t.Context(), "10001")
	noError(t, err)
	equal(t, "current", &Sprint{ID: 40, State: SprintActive, Name: "now"}, current)
	equal(t, "closed", []Sprint{{ID: 38, State: SprintClosed, Name: "then"}}, closed)
	current, closed, err = j.client().IssueSprints(t.Context(), "10001")
	noError(t, err)
	equal(t, "in the backlog", (*Sprint)(nil), current)
	equal(t, "never in one", 0, len(closed))
}

// movingJira is a Jira that refuses every call that names a bad issue, and remembers what it moved.
type movingJira struct {
	t      *testing.T
	bad    map[string]int // id to status
	moved  []string
	sizes  []int
	sprint string
}

func (m *movingJira) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := func(status int, body string) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
	if r.Method == http.MethodGet {
		if m.sprint == "" {
			return answer(404, sentences("Sprint does not exist."))
		}
		return answer(200, `{"id":7,"state":"`+m.sprint+`"}`)
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	ids := strings.Split(strings.Trim(strings.TrimPrefix(strings.TrimSpace(string(raw)), `{"issues":[`), `"]}`), `","`)
	m.sizes = append(m.sizes, len(ids))
	if len(ids) > moveSize {
		m.t.Errorf("%d issues in one call", len(ids))
	}
	if m.sprint == SprintClosed {
		return answer(400, sentences("Issue can be assigned only active or future sprints."))
	}
	for _, id := range ids {
		if status := m.bad[id]; status != 0 {
			return answer(status, sentences("Issue "+id+" cannot be moved"))
		}
	}
	m.moved = append(m.moved, ids...)
	return answer(204, "")
}

func (m *movingJira) client() *Client {
	m.t.Helper()
	clock := newFakeClock()
	c, err := NewClient(Config{BaseURL: testBase, Token: testToken, Base: m, Now: clock.Now, Sleep: clock.Sleep, MaxRetries: -1})
	noError(m.t, err)
	return c
}

func someIDs(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint(10000+i))
	}
	return out
}

func TestABadIssueDoesNotLoseItsBatch(t *testing.T) {
	all := func(n, status int) map[string]int {
		bad := map[string]int{}
		for _, id := range someIDs(n) {
			bad[id] = status
		}
		return bad
	}
	tests := []struct {
		name    string
		n       int
		bad     map[string]int
		refused string
		calls   int
		fails   Kind
		moved   int
	}{
		{"none", 0, nil, "", 0, "", 0},
		{"all good", 120, nil, "", 3, "", 120},
		{"one bad", 120, map[string]int{"10060": 400}, "10060 invalid", 15, "", 119},
		{"an invisible and a forbidden one", 8, map[string]int{"10000": 404, "10007": 403}, "10000 not-found, 10007 forbidden", 11, "", 6},
		{"all bad", 2, map[string]int{"10000": 400, "10001": 400}, "10000 invalid, 10001 invalid", 3, "", 0},
		{"all of many bad: no use asking on", 50, all(50, 403), "10000 forbidden, 10001 forbidden, 10002 forbidden, 10003 forbidden, 10004 forbidden", 13, KindForbidden, 0},
		{"expired credentials", 60, map[string]int{"10000": 401}, "", 1, KindUnauthorized, 0},
		{"Jira broken in the second batch", 60, map[string]int{"10001": 400, "10055": 500}, "10001 invalid", 14, KindUnavailable, 49},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, target := range []string{"backlog", "sprint"} {
				m := &movingJira{t: t, bad: tt.bad, sprint: SprintActive}
				var refused []Refused
				var err error
				if target == "backlog" {
					refused, err = m.client().MoveToBacklog(t.Context(), someIDs(tt.n))
				} else {
					refused, err = m.client().MoveToSprint(t.Context(), 7, someIDs(tt.n))
				}
				if tt.fails != "" {
					wantKind(t, err, tt.fails)
				} else {
					noError(t, err)
				}
				var got []string
				for _, r := range refused {
					got = append(got, r.ID+" "+string(r.Err.Kind))
				}
				equal(t, target+" refused", tt.refused, strings.Join(got, ", "))
				equal(t, target+" moved", tt.moved, len(m.moved))
				if len(m.sizes) > tt.calls {
					t.Errorf("%s: %d calls, want at most %d: %v", target, len(m.sizes), tt.calls, m.sizes)
				}
			}
		})
	}
}

func TestAMalformedIDIsRefusedAloneAndNotSent(t *testing.T) {
	m := &movingJira{t: t}
	refused, err := m.client().MoveToBacklog(t.Context(), []string{"10000", "../x", "A-1"})
	noError(t, err)
	equal(t, "refused", 1, len(refused))
	equal(t, "moved", []string{"10000", "A-1"}, m.moved)
}

func TestAClosedOrVanishedSprintIsNotAskedAboutEachIssue(t *testing.T) {
	for _, state := range []string{SprintClosed, ""} {
		m := &movingJira{t: t, sprint: state, bad: map[string]int{"10000": 404}}
		refused, err := m.client().MoveToSprint(t.Context(), 7, someIDs(40))
		if err == nil {
			t.Fatal("no error")
		}
		var e *Error
		equal(t, "still an *Error", true, errors.As(err, &e))
		equal(t, "refused", 0, len(refused))
		equal(t, "calls", []int{40}, m.sizes)
	}
}

func TestHalvingFindsEveryBadIssueWhereverItStands(t *testing.T) {
	all := someIDs(moveSize)
	for i, id := range all {
		m := &movingJira{t: t, bad: map[string]int{id: 400, all[(i*7+3)%moveSize]: 404}}
		refused, err := m.client().MoveToBacklog(t.Context(), all)
		noError(t, err)
		equal(t, "refused", len(m.bad), len(refused))
		for _, r := range refused {
			if m.bad[r.ID] == 0 || slices.Contains(m.moved, r.ID) {
				t.Errorf("%s refused wrongly", r.ID)
			}
		}
		equal(t, "moved", moveSize-len(m.bad), len(m.moved))
	}
}
