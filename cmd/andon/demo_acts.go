package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// agile is the path of the sprint and board calls.
const agile = "/rest/agile/1.0/"

// createSprint creates a sprint on the board of SHOP as the Scrum Master.
func (s *story) createSprint(name string) func(context.Context) error {
	return func(ctx context.Context) error {
		var made struct {
			ID int64 `json:"id"`
		}
		err := s.site.as(ctx, "sm", http.MethodPost, agile+"sprint", map[string]any{"name": name, "originBoardId": s.site.seed.ShopBoard}, &made)
		s.made = made.ID
		return err
	}
}

// startSprint starts a sprint as the Scrum Master, for two weeks.
func (s *story) startSprint(id int64) func(context.Context) error {
	return func(ctx context.Context) error {
		now := time.Now().UTC()
		return s.site.as(ctx, "sm", http.MethodPost, fmt.Sprintf("%ssprint/%d", agile, id), map[string]any{
			"state": "active", "startDate": now.Format(time.RFC3339), "endDate": now.AddDate(0, 0, 14).Format(time.RFC3339)}, nil)
	}
}

// plan puts an issue into a sprint as the Scrum Master.
func (s *story) plan(sprint int64, key string) func(context.Context) error {
	return func(ctx context.Context) error {
		return s.site.as(ctx, "sm", http.MethodPost, fmt.Sprintf("%ssprint/%d/issue", agile, sprint), map[string]any{"issues": []string{key}}, nil)
	}
}

// backlogged expects that an issue is in no open sprint, and that people were told.
func (s *story) backlogged(key string) func() error {
	return func() error {
		i, _ := s.site.Issue(key)
		for _, id := range i.Sprints {
			if sp := s.sprint(id); sp.State != jiratest.SprintClosed {
				return fmt.Errorf("%s is in sprint %d, which is %s", key, id, sp.State)
			}
		}
		return s.commented(s.issue, "while planning is frozen")()
	}
}

// successor expects a sprint to come of the same name as a cancelled one, with issues in it.
func (s *story) successor(of int64) func() error {
	return func() error {
		for _, sp := range s.site.Sprints() {
			if sp.Name == s.sprint(of).Name && sp.State == jiratest.SprintFuture && len(s.site.SprintIssues(sp.ID)) > 0 {
				s.made = sp.ID
				return nil
			}
		}
		return fmt.Errorf("sprint %d has no successor with issues in it", of)
	}
}

// startSuccessor starts the sprint that andon made.
func (s *story) startSuccessor(ctx context.Context) error { return s.startSprint(s.made)(ctx) }

// gone expects that the sprint somebody made is deleted, and that people were told.
func (s *story) gone() func() error {
	return func() error {
		if sp, there := s.site.Sprint(s.made); there {
			return fmt.Errorf("sprint %d is still there, %s", sp.ID, sp.State)
		}
		return s.commented(s.issue, "was created while planning is frozen")()
	}
}

// running expects that the sprint somebody made runs.
func (s *story) running() func() error {
	return func() error { return s.state(s.made, jiratest.SprintActive)() }
}

// closeCause closes the root-cause task with a resolution, opening it first if it is
// closed already.
func (s *story) closeCause(resolution string) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, t := range s.site.Subtasks(s.issue) {
			if strings.HasSuffix(t.Summary, "Investigate the root cause") {
				s.cause = t.Key
			}
		}
		if s.cause == "" {
			return errors.New("there is no root-cause task")
		}
		if _, category, _ := s.site.StatusOf(s.cause); category == "done" {
			if err := s.transition(ctx, s.cause, "new", ""); err != nil {
				return err
			}
		}
		return s.transition(ctx, s.cause, "done", resolution)
	}
}

// closeAllBut closes the tasks of the disaster but one.
func (s *story) closeAllBut(title string) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, t := range s.site.Subtasks(s.issue) {
			if strings.HasSuffix(t.Summary, title) {
				continue
			}
			if err := s.transition(ctx, t.Key, "done", "Done"); err != nil {
				return err
			}
		}
		return nil
	}
}

// transition moves a task to a status of a category.
func (s *story) transition(ctx context.Context, key, category, resolution string) error {
	path := "/rest/api/2/issue/" + key + "/transitions"
	var can struct {
		Transitions []struct {
			ID string          `json:"id"`
			To json.RawMessage `json:"to"`
		} `json:"transitions"`
	}
	if err := s.site.as(ctx, "dev", http.MethodGet, path, nil, &can); err != nil {
		return err
	}
	for _, t := range can.Transitions {
		if !strings.Contains(string(t.To), `"key":"`+category+`"`) {
			continue
		}
		body := map[string]any{"transition": map[string]string{"id": t.ID}}
		if resolution != "" {
			body["fields"] = map[string]any{"resolution": map[string]string{"name": resolution}}
		}
		return s.site.as(ctx, "dev", http.MethodPost, path, body, nil)
	}
	return fmt.Errorf("%s has no transition to a status of category %s", key, category)
}

// show prints what andon did, and how things stand.
func (s *story) show() {
	lines, planning := s.told.take()
	for _, l := range lines {
		fmt.Fprintf(s.out, "     andon: %s\n", shorten(l))
	}
	var sprints []string
	for _, sp := range s.site.Sprints() {
		if sp.OriginBoardID != s.site.seed.ShopBoard {
			continue
		}
		state := sp.State
		if strings.HasPrefix(sp.Goal, "CANCELLED") {
			state = "cancelled"
		}
		sprints = append(sprints, fmt.Sprintf("%s (%s)", sp.Name, state))
	}
	open, all := 0, s.site.Subtasks(s.issue)
	for _, t := range all {
		if _, category, _ := s.site.StatusOf(t.Key); category != "done" {
			open++
		}
	}
	fmt.Fprintf(s.out, "   sprints  %s\n   tasks    %d of %s, %d open\n   planning %s\n", strings.Join(sprints, ", "), len(all), s.issue, open, planning)
}

// shorten keeps a line readable in a terminal.
func shorten(line string) string {
	const width = 150
	if r := []rune(line); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return line
}

// sameWorld compares two snapshots of a project.
func sameWorld(a, b jiratest.World) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
