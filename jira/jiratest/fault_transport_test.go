package jiratest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// over makes a call through the transport without a network.
func over(ctx context.Context, j *Jira, method, path, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://jira"+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.SetBasicAuth("boss@example.com", "boss")
	res, err := (&http.Client{Transport: j.Transport()}).Do(req)
	if err != nil {
		return 0, "", err
	}
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), errors.Join(err, res.Body.Close())
}

func TestTheTransportAnswersWithoutANetwork(t *testing.T) {
	s := newRig(t, Cloud)
	status, body, err := over(t.Context(), s.j, "GET", "/rest/api/2/myself", "")
	if status != 200 || !strings.Contains(body, "boss") || err != nil {
		t.Errorf("%d %s %v", status, body, err)
	}
	status, body, err = over(t.Context(), s.j, "POST", agile+"/sprint", `{"name":"a","originBoardId":1}`)
	if status != 201 || err != nil {
		t.Errorf("%d %s %v", status, body, err)
	}
	if n := len(s.j.Calls()); n != 2 {
		t.Errorf("%d calls", n)
	}
}

func TestADroppedConnectionIsAnErrorOfTheTransport(t *testing.T) {
	for after, sprints := range map[bool]int{false: 0, true: 1} {
		s := newRig(t, Cloud)
		s.fail(Fault{Kind: FaultReset, After: after})
		if _, _, err := over(t.Context(), s.j, "POST", agile+"/sprint", `{"name":"a","originBoardId":1}`); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("error %v", err)
		}
		if n := len(s.j.Sprints()); n != sprints {
			t.Errorf("after %v: %d sprints", after, n)
		}
	}
}

func TestTheTransportMindsTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(Options{Now: time.Now})
		for range 2 {
			if _, err := j.Fail(Fault{Kind: FaultHang}); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		start := time.Now()
		if _, _, err := over(ctx, j, "GET", "/rest/api/2/serverInfo", ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if d := time.Since(start); d != 30*time.Second {
			t.Errorf("gave up after %v", d)
		}
		if _, _, err := over(ctx, j, "GET", "/rest/api/2/serverInfo", ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a context that has ended: %v", err)
		}
	})
}

func TestACrashOfTheCallerCanBePlayedByPanic(t *testing.T) {
	s := newRig(t, Cloud)
	type crash struct{}
	s.j.AfterCalls(func(c Call) error {
		if c.Write {
			panic(crash{})
		}
		return nil
	})
	func() {
		defer func() {
			if _, isCrash := recover().(crash); !isCrash {
				t.Error("the panic should come through")
			}
		}()
		if _, _, err := over(t.Context(), s.j, "POST", agile+"/sprint", `{"name":"a","originBoardId":1}`); err != nil {
			t.Error(err)
		}
	}()
	s.j.AfterCalls(nil)
	if n := len(s.j.Sprints()); n != 1 {
		t.Errorf("%d sprints: the effect came before the crash", n)
	}
	if status, _, err := over(t.Context(), s.j, "GET", agile+"/board", ""); status != 200 || err != nil {
		t.Errorf("the site lives on: %d %v", status, err)
	}
}
