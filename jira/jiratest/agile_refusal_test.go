package jiratest

import (
	"fmt"
	"strings"
	"testing"
)

// TestRefusals holds each wrong call against its status. $board, $sprint,
// $closed, $key and $sub stand for things that are there.
func TestRefusals(t *testing.T) {
	const projectScheme = "/rest/api/2/project/SHOP/permissionscheme"
	for _, c := range []struct {
		name   string
		as     string
		method string
		path   string
		body   string
		cloud  int
		dc     int
	}{
		{"boards with a location that is not there", "dev", "GET", agile + "/board?projectLocation=NONE", "", 400, 400},
		{"a board without a name", "dev", "POST", agile + "/board", `{"type":"scrum","filterId":1}`, 400, 400},
		{"a board from no JSON", "dev", "POST", agile + "/board", `[`, 400, 400},
		{"a board by nobody", "", "POST", agile + "/board", `{}`, 401, 401},
		{"a board in a project that is not there", "dev", "POST", agile + "/board", `{"name":"b","type":"scrum","filterId":10000,"location":{"projectKeyOrId":"NONE"}}`, 404, 404},
		{"deleting a board that is not there", "boss", "DELETE", agile + "/board/99", "", 404, 404},
		{"a method that a resource has not", "boss", "PUT", agile + "/board/$board", "", 405, 405},
		{"a path that is none", "boss", "GET", agile + "/nonsense", "", 404, 404},

		{"a sprint from no JSON", "dev", "POST", agile + "/sprint", `nonsense`, 400, 400},
		{"a sprint from a list", "dev", "POST", agile + "/sprint", `[]`, 400, 400},
		{"a name that is a number", "dev", "POST", agile + "/sprint", `{"name":7,"originBoardId":1}`, 400, 400},
		{"a board that is a name", "dev", "POST", agile + "/sprint", `{"name":"a","originBoardId":"one"}`, 400, 400},
		{"a sprint by nobody", "", "POST", agile + "/sprint", `{"name":"a","originBoardId":$board}`, 404, 401},
		{"an update from no JSON", "dev", "POST", agile + "/sprint/$sprint", `{`, 400, 400},
		{"an end before the start", "dev", "POST", agile + "/sprint/$sprint", `{"endDate":"2020-01-01"}`, 400, 400},
		{"a start that is no date", "dev", "POST", agile + "/sprint/$sprint", `{"startDate":"soon"}`, 400, 400},
		{"a state that is none", "dev", "POST", agile + "/sprint/$sprint", `{"state":"paused"}`, 400, 400},
		{"a name of 31 characters", "dev", "POST", agile + "/sprint/$sprint", `{"name":"` + strings.Repeat("n", 31) + `"}`, 400, 400},
		{"a closed sprint's name of 31 characters", "dev", "POST", agile + "/sprint/$closed", `{"name":"` + strings.Repeat("n", 31) + `"}`, 400, 400},
		{"deleting a closed sprint", "dev", "DELETE", agile + "/sprint/$closed", "", 400, 400},
		{"an update of a sprint that is not there", "dev", "PUT", agile + "/sprint/99", `{}`, 404, 404},
		{"swapping with nothing", "dev", "POST", agile + "/sprint/$sprint/swap", `{"sprintToSwapWith":99}`, 404, 404},
		{"swapping without a body", "dev", "POST", agile + "/sprint/$sprint/swap", `x`, 400, 400},
		{"a property that is no JSON", "dev", "PUT", agile + "/sprint/$sprint/properties/p", `{`, 400, 400},
		{"a property without a value", "dev", "PUT", agile + "/sprint/$sprint/properties/p", ``, 400, 400},
		{"a property that is too long", "dev", "PUT", agile + "/sprint/$sprint/properties/p", `"` + strings.Repeat("x", 32767) + `"`, 400, 400},
		{"deleting a property that is not there", "dev", "DELETE", agile + "/sprint/$sprint/properties/p", ``, 404, 404},

		{"a move without a body", "dev", "POST", agile + "/sprint/$sprint/issue", ``, 400, 400},
		{"a move of numbers", "dev", "POST", agile + "/sprint/$sprint/issue", `{"issues":[10000]}`, 400, 400},
		{"a move by nobody", "", "POST", agile + "/sprint/$sprint/issue", `{"issues":["$key"]}`, 404, 401},
		{"a move before what is not there", "dev", "POST", agile + "/sprint/$sprint/issue", `{"issues":["$key"],"rankBeforeIssue":"SHOP-99"}`, 400, 400},
		{"a move before and after", "dev", "POST", agile + "/sprint/$sprint/issue", `{"issues":["$key"],"rankBeforeIssue":"$key","rankAfterIssue":"$key"}`, 400, 400},
		{"to the backlog without a body", "dev", "POST", agile + "/backlog/issue", `x`, 400, 400},
		{"to the backlog of a board that is not there", "dev", "POST", agile + "/backlog/99/issue", `{"issues":["$key"]}`, 404, 404},
		{"to the backlog of a board without a body", "dev", "POST", agile + "/backlog/$board/issue", `x`, 400, 404},
		{"to the backlog of a board, a sub-task", "dev", "POST", agile + "/backlog/$board/issue", `{"issues":["$sub"]}`, 400, 404},
		{"ranking without a body", "dev", "PUT", agile + "/issue/rank", `x`, 400, 400},
		{"ranking nothing", "dev", "PUT", agile + "/issue/rank", `{"issues":[],"rankBeforeIssue":"$key"}`, 400, 400},
		{"ranking what is not there", "dev", "PUT", agile + "/issue/rank", `{"issues":["SHOP-99"],"rankBeforeIssue":"$key"}`, 400, 400},
		{"ranking beside what is not there", "dev", "PUT", agile + "/issue/rank", `{"issues":["$key"],"rankBeforeIssue":"SHOP-99"}`, 400, 400},
		{"a list with JQL that is none", "dev", "GET", agile + "/board/$board/issue?jql=project+%3D+%3D+x", "", 400, 400},
		{"the new list of a board that is not there", "dev", "GET", "/rest/software/1.0/board/99/issue", "", 404, 404},
		{"the new count of a sprint that is not there", "dev", "GET", "/rest/software/1.0/sprint/99/issue/approximate-count", "", 404, 404},

		{"a scheme from no JSON", "boss", "POST", schemePath, `x`, 400, 400},
		{"changing a scheme from no JSON", "boss", "PUT", schemePath + "/0", `x`, 400, 400},
		{"changing a scheme to no name", "boss", "PUT", schemePath + "/0", `{"name":" "}`, 400, 400},
		{"changing a scheme that is not there", "boss", "PUT", schemePath + "/99", `{}`, 404, 404},
		{"changing a scheme as a developer", "dev", "PUT", schemePath + "/0", `{}`, 403, 403},
		{"deleting a scheme that is not there", "boss", "DELETE", schemePath + "/99", ``, 404, 404},
		{"a grant from no JSON", "boss", "POST", schemePath + "/0/permission", `x`, 400, 400},
		{"a grant in a scheme that is not there", "boss", "POST", schemePath + "/99/permission", `{}`, 404, 404},
		{"a grant of no permission", "boss", "POST", schemePath + "/0/permission", `{"holder":{"type":"anyone"}}`, 400, 400},
		{"a grant of a scheme that is not there", "boss", "GET", schemePath + "/99/permission/1", ``, 404, 404},
		{"taking a grant as a developer", "dev", "DELETE", schemePath + "/0/permission/10100", ``, 403, 403},
		{"the schemes as nobody", "", "GET", schemePath, ``, 401, 401},
		{"a project's scheme as a developer", "dev", "GET", projectScheme, ``, 403, 403},
		{"assigning from no JSON", "boss", "PUT", projectScheme, `x`, 400, 400},
		{"assigning nothing", "boss", "PUT", projectScheme, `{}`, 404, 404},
		{"assigning to a project that is not there", "boss", "PUT", "/rest/api/2/project/NONE/permissionscheme", `{"id":0}`, 404, 404},
		{"an attribute of a scheme that is not there", "boss", "GET", schemePath + "/99/attribute/x", ``, 404, 404},
		{"an attribute as a developer", "dev", "PUT", schemePath + "/0/attribute/x", ``, 404, 403},

		{"webhooks as a developer", "dev", "GET", hooksPath, ``, 403, 404},
		{"webhooks as a developer on Data Center", "dev", "GET", hooksPathDC, ``, 404, 403},
		{"a webhook that is not there", "boss", "PUT", hooksPath + "/9", `{}`, 404, 404},
		{"deleting a webhook that is not there", "boss", "DELETE", hooksPathDC + "/9", ``, 404, 404},
		{"refreshing the webhooks of apps", "boss", "PUT", "/rest/api/2/webhook/refresh", `{}`, 403, 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			bothKinds(t, func(t *testing.T, f Flavour) {
				s := newRig(t, f)
				key := s.issue("SHOP", "work", "")
				sub := s.issue("SHOP", "sub", key)
				sprint, closed := s.sprint("One"), s.started("Two")
				s.want(200, "boss", "POST", sprintURL(closed), `{"state":"closed"}`)
				before := s.j.Dump()
				r := strings.NewReplacer("$board", fmt.Sprint(s.board.ID), "$sprint", fmt.Sprint(sprint), "$closed", fmt.Sprint(closed), "$key", key, "$sub", sub)
				want := c.cloud
				if f == DataCenter {
					want = c.dc
				}
				a := s.want(want, c.as, c.method, r.Replace(c.path), r.Replace(c.body))
				if a.m == nil && a.raw != "" {
					t.Errorf("a refusal is JSON: %s", a.raw)
				}
				if fmt.Sprintf("%+v", s.j.Dump()) != fmt.Sprintf("%+v", before) {
					t.Error("a refused call must change nothing")
				}
			})
		})
	}
}
