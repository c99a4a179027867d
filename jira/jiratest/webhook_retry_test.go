package jiratest

import (
	"fmt"
	"testing"
	"time"
)

func TestCloudTriesAgainFiveTimesFiveToFifteenMinutesApart(t *testing.T) {
	for _, c := range []struct {
		flavour  Flavour
		status   int
		attempts int
	}{{Cloud, 503, 6}, {Cloud, 429, 6}, {Cloud, 408, 6}, {Cloud, 409, 6}, {Cloud, 425, 6}, {Cloud, 400, 1}, {Cloud, 401, 1}, {Cloud, 404, 1}, {Cloud, 413, 1},
		{DataCenter, 503, 1}, {Cloud, 202, 1}} {
		t.Run(fmt.Sprint(c.flavour, c.status), func(t *testing.T) {
			s, k := newRig(t, c.flavour), newSink(t)
			k.answer = func(int) int { return c.status }
			s.hook(k, Webhook{Events: []string{"sprint_created"}, Secret: "x"})
			s.sprint("One")
			for range 30 {
				s.j.DeliverAll(t.Context())
				s.j.Advance(5 * time.Minute)
			}
			d := s.j.Deliveries()[0]
			if n := len(d.Attempts); n != c.attempts {
				t.Fatalf("%d attempts: %+v", n, d.Attempts)
			}
			for i := 1; i < len(d.Attempts); i++ {
				if gap := d.Attempts[i].At.Sub(d.Attempts[i-1].At); gap < 5*time.Minute || gap > 20*time.Minute {
					t.Errorf("gap %v", gap)
				}
				if k.got[i].header.Get("X-Atlassian-Webhook-Retry") != fmt.Sprint(i) ||
					k.got[i].header.Get("X-Atlassian-Webhook-Identifier") != k.got[0].header.Get("X-Atlassian-Webhook-Identifier") {
					t.Errorf("attempt %d: %v", i, k.got[i].header)
				}
			}
			want := DeliveryFailed
			if c.status == 202 {
				want = DeliveryDone
			}
			if d.State != want {
				t.Errorf("state %s", d.State)
			}
		})
	}
}

func TestAfterHalfAnHourOfFailureThereIsOneAttemptAnEvent(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	k.answer = func(n int) int { return map[bool]int{true: 500, false: 200}[n < 8] }
	s.hook(k, Webhook{Events: []string{"sprint_created"}})
	s.sprint("One")
	for range 20 {
		s.j.DeliverAll(t.Context())
		s.j.Advance(5 * time.Minute)
	}
	for i, want := range []int{6, 1, 1} {
		if i > 0 {
			s.sprint(fmt.Sprint("more", i))
			s.j.DeliverAll(t.Context())
			s.j.Advance(time.Hour)
			s.j.DeliverAll(t.Context())
		}
		if n := len(s.j.Deliveries()[i].Attempts); n != want {
			t.Errorf("event %d: %d attempts, want %d", i, n, want)
		}
	}
}

func TestARetryThatSucceedsEndsTheFailure(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	k.answer = func(n int) int { return map[bool]int{true: 500, false: 204}[n < 3] }
	s.hook(k, Webhook{Events: []string{"sprint_created"}})
	s.sprint("One")
	for range 6 {
		s.j.DeliverAll(t.Context())
		s.j.Advance(5 * time.Minute)
	}
	if d := s.j.Deliveries()[0]; d.State != DeliveryDone || len(d.Attempts) != 3 {
		t.Errorf("%+v", d)
	}
}

func TestAServerThatIsGoneIsTriedAgain(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.hook(k, Webhook{Events: []string{"sprint_created"}})
	k.srv.Close()
	s.sprint("One")
	d, ok := s.j.DeliverNext(t.Context())
	if !ok || d.State != DeliveryWaiting || d.Attempts[0].Status != 0 || d.Attempts[0].Err == "" {
		t.Errorf("%+v", d)
	}
	if _, more := s.j.DeliverNext(t.Context()); more {
		t.Error("it is not due yet")
	}
}
