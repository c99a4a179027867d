package apispec

import (
	"net/http"
	"strings"
	"testing"
)

const aSprint = `{"id":7,"self":"https://x","state":"active","name":"S","startDate":"2026-01-05T08:00:00.000Z","originBoardId":1}`

// answersWithSprints are the calls whose answer holds a sprint, and what is around it.
func answersWithSprints() map[string]string {
	return map[string]string{
		"GET /rest/agile/1.0/sprint/7":       `%`,
		"PUT /rest/agile/1.0/sprint/7":       `%`,
		"POST /rest/agile/1.0/sprint/7":      `%`,
		"POST /rest/agile/1.0/sprint":        `%`,
		"GET /rest/agile/1.0/board/1/sprint": `{"startAt":0,"maxResults":50,"values":[%]}`,
		"GET /rest/agile/1.0/issue/10001":    `{"id":"10001","self":"https://x","key":"A-1","fields":{"summary":"s","sprint":%,"closedSprints":[%]}}`,
	}
}

// answered is a call with an answer, and what is found wrong.
func answered(t *testing.T, s *Spec, call, text string) []string {
	t.Helper()
	x := exchange()
	x.Method, x.Target, _ = strings.Cut(call, " ")
	x.Body, x.Text = nil, []byte(text)
	if x.Method != http.MethodGet {
		x.Body = []byte(`{"name":"S","originBoardId":1}`)
	}
	if call == "POST /rest/agile/1.0/sprint" {
		x.Status = http.StatusCreated
	}
	v, err := s.Judge(x)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range v.Findings {
		if f.Side == "answer" {
			out = append(out, f.What)
		}
	}
	return out
}

func TestEveryAnswerWithASprintIsJudged(t *testing.T) {
	s := spec(t)
	for call, around := range answersWithSprints() {
		if got := answered(t, s, call, strings.ReplaceAll(around, "%", aSprint)); len(got) > 0 {
			t.Errorf("%s: a good sprint is found wrong: %q", call, got)
		}
		for name, spoilt := range map[string]string{
			"an id in quotes":           strings.Replace(aSprint, `"id":7`, `"id":"7"`, 1),
			"a board in quotes":         strings.Replace(aSprint, `"originBoardId":1`, `"originBoardId":"1"`, 1),
			"a state that is none":      strings.Replace(aSprint, `"active"`, `"ACTIVE"`, 1),
			"a date as a number":        strings.Replace(aSprint, `"2026-01-05T08:00:00.000Z"`, `1767600000000`, 1),
			"a date that is none":       strings.Replace(aSprint, `2026-01-05T08:00:00.000Z`, `05/Jan/26 8:00 AM`, 1),
			"no state":                  strings.Replace(aSprint, `"state":"active",`, ``, 1),
			"a goal that is no text":    strings.Replace(aSprint, `"id":7`, `"id":7,"goal":["g"]`, 1),
			"a field that nobody knows": strings.Replace(aSprint, `"id":7`, `"id":7,"projectId":1`, 1),
		} {
			if got := answered(t, s, call, strings.ReplaceAll(around, "%", spoilt)); len(got) == 0 {
				t.Errorf("%s: %s is not found", call, name)
			}
		}
	}
}

func TestAnIssueInNoSprintIsFine(t *testing.T) {
	const none = `{"id":"10001","self":"https://x","key":"A-1","fields":{"sprint":null}}`
	if got := answered(t, spec(t), "GET /rest/agile/1.0/issue/10001", none); len(got) > 0 {
		t.Errorf("found %q", got)
	}
}

func TestAnswersWithBoardsAreJudged(t *testing.T) {
	s := spec(t)
	const good = `{"id":1,"self":"https://x","name":"B","type":"scrum","location":{"projectId":10000,"projectKey":"A"}}`
	for call, around := range map[string]string{
		"GET /rest/agile/1.0/board/1": `%`,
		"GET /rest/agile/1.0/board":   `{"startAt":0,"maxResults":50,"values":[%]}`,
	} {
		if got := answered(t, s, call, strings.ReplaceAll(around, "%", good)); len(got) > 0 {
			t.Errorf("%s: a good board is found wrong: %q", call, got)
		}
		for from, to := range map[string]string{`"projectId":10000`: `"projectId":"10000"`, `"type":"scrum"`: `"type":"Scrum"`, `"id":1,`: ``} {
			if got := answered(t, s, call, strings.ReplaceAll(around, "%", strings.Replace(good, from, to, 1))); len(got) == 0 {
				t.Errorf("%s: %q for %q is not found", call, to, from)
			}
		}
	}
}
