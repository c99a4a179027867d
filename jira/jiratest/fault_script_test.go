package jiratest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestAScriptDecidesWhichCallsGoWrong(t *testing.T) {
	s := newRig(t, Cloud)
	s.j.SetTrouble(func(c Call) *Fault {
		if c.Write && c.User == "boss@example.com" {
			return &Fault{Kind: FaultStatus, Status: 502, After: true}
		}
		return nil
	})
	body := fmt.Sprintf(`{"name":"a","originBoardId":%d}`, s.board.ID)
	s.want(502, "boss", "POST", agile+"/sprint", body)
	s.want(201, "dev", "POST", agile+"/sprint", body)
	s.want(200, "boss", "GET", agile+"/board", "")
	s.fail(Fault{Kind: FaultStatus, Status: 418})
	s.want(418, "boss", "POST", agile+"/sprint", body)
	s.j.SetTrouble(nil)
	s.want(201, "boss", "POST", agile+"/sprint", body)
	if n := len(s.j.Sprints()); n != 3 {
		t.Errorf("%d sprints", n)
	}
}

// outcome of a call in one word.
func outcome(status int, body string, err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "lost"
	case err != nil:
		return "error"
	case strings.Contains(body, "<html>"):
		return "html"
	case status == 201 && !strings.HasSuffix(body, "}"):
		return "cut"
	}
	return fmt.Sprint(status)
}

func TestSeededTroubleRepeatsItselfAndMakesAllKinds(t *testing.T) {
	odds := Trouble{LostBefore: 0.1, LostAfter: 0.1, ErrorBefore: 0.1, ErrorAfter: 0.1, Limited: 0.1, HTML: 0.1, Truncated: 0.1}
	run := func(seed uint64) (story []string, sprints int) {
		s := newRig(t, Cloud)
		s.j.SetTrouble(SeededTrouble(seed, odds))
		for range 150 {
			story = append(story, outcome(over(t.Context(), s.j, "POST", agile+"/sprint", `{"name":"a","originBoardId":1}`)))
		}
		return story, len(s.j.Sprints())
	}
	first, n := run(7)
	again, m := run(7)
	other, _ := run(8)
	if fmt.Sprint(first) != fmt.Sprint(again) || n != m || fmt.Sprint(first) == fmt.Sprint(other) {
		t.Error("the same seed must give the same story, another seed another one")
	}
	seen := map[string]int{}
	for _, o := range first {
		seen[o]++
	}
	for _, kind := range []string{"201", "lost", "500", "502", "503", "429", "html", "cut"} {
		if seen[kind] == 0 {
			t.Errorf("no %s in %v", kind, seen)
		}
	}
	if done := seen["201"] + seen["502"] + seen["cut"]; n < done || n > done+seen["lost"] {
		t.Errorf("%d sprints, but %v", n, seen)
	}
}

func TestNoTroubleIsNoTrouble(t *testing.T) {
	f := SeededTrouble(1, Trouble{})
	for range 1000 {
		if got := f(Call{}); got != nil {
			t.Fatalf("got %+v", got)
		}
	}
}
