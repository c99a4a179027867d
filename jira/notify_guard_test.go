package jira_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"andon/jira"
	"andon/jira/jiratest"
)

func TestAWorkerThatLostItsLeaseTellsNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		chat := &wire{}
		r := newRig(t, s, func(o *jira.Options) {
			o.Channels = map[string]jira.Channel{"1 chat": chat}
			o.Settings.Channels = []string{"1 chat"}
		})
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		lost := errors.New("the lease is lost")
		isLost := false
		// The lease is lost with the last thing that is written before people are told.
		r.AfterCalls(func(c jiratest.Call) error {
			isLost = isLost || c.Method == http.MethodPut && strings.HasSuffix(c.Path, "/properties/andon") && len(r.Subtasks(r.issue)) > 0
			return nil
		})
		_, err := r.rec.Handle(jira.WithWriteGuard(t.Context(), func() error {
			if isLost {
				return lost
			}
			return nil
		}), "project:SHOP", []string{r.id})
		if !errors.Is(err, lost) {
			t.Errorf("the look ends with %v", err)
		}
		want(t, "tasks", 9, len(r.Subtasks(r.issue)))
		want(t, "chat, without the lease", 0, len(chat.sent))
		isLost, lost = false, nil
		r.look()
		want(t, "chat, by the next worker", 1, len(chat.sent))
	})
}
