package playground

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// do does what the player asked for, as the person whom he plays, and shows the page again.
func (p *Playground) do(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	who := player(r)
	if as := r.PostFormValue("as"); as != "" {
		who = known(as)
	}
	if r.PostFormValue("act") == "be" {
		http.SetCookie(w, &http.Cookie{Name: playerCookie, Value: who, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int((24 * time.Hour).Seconds())}) //nolint:gosec // the demo speaks plain http on loopback
	} else {
		p.said.note(who, p.act(r.Context(), who, r))
	}
	if err := p.refresh(r.Context()); err != nil {
		p.opt.Logger.DebugContext(r.Context(), "the playground cannot read the board", "error", err)
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// act makes the calls of one act.
func (p *Playground) act(ctx context.Context, who string, r *http.Request) error {
	key, label, name := r.PostFormValue("key"), r.PostFormValue("label"), r.PostFormValue("name")
	sprint, err := strconv.ParseInt(r.PostFormValue("sprint"), 10, 64)
	if err != nil {
		sprint = 0
	}
	if key != "" && !keyOK(key) {
		return errors.New("that is no issue's key")
	}
	switch r.PostFormValue("act") {
	case "label":
		return p.label(ctx, who, "add", key, label)
	case "unlabel":
		return p.label(ctx, who, "remove", key, label)
	case "move":
		return p.move(ctx, who, key, r.PostFormValue("to"), r.PostFormValue("resolution"))
	case "finish":
		return p.finish(ctx, who, key)
	case "sprint":
		return p.opt.Call(ctx, who, http.MethodPost, agile+"sprint", map[string]any{"name": name, "originBoardId": p.opt.Board}, nil)
	case "start":
		return p.start(ctx, who, sprint)
	case "plan":
		return p.plan(ctx, who, sprint, key)
	}
	return errors.New("the playground has no such act")
}

// keyOK says whether a text is an issue's key and nothing that could lead elsewhere.
func keyOK(key string) bool {
	project, number, ok := strings.Cut(key, "-")
	return ok && project != "" && number != "" && strings.Trim(project, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "" && strings.Trim(number, "0123456789") == ""
}

// label adds or removes a label.
func (p *Playground) label(ctx context.Context, who, verb, key, label string) error {
	body := map[string]any{"update": map[string]any{"labels": []map[string]string{{verb: label}}}}
	return p.opt.Call(ctx, who, http.MethodPut, "/rest/api/2/issue/"+key, body, nil)
}

// start starts a sprint for two weeks.
func (p *Playground) start(ctx context.Context, who string, sprint int64) error {
	now := p.opt.Now().UTC()
	return p.opt.Call(ctx, who, http.MethodPost, fmt.Sprintf("%ssprint/%d", agile, sprint), map[string]any{
		"state": "active", "startDate": now.Format(time.RFC3339), "endDate": now.AddDate(0, 0, 14).Format(time.RFC3339)}, nil)
}

// plan puts an issue into a sprint, or back into the backlog.
func (p *Playground) plan(ctx context.Context, who string, sprint int64, key string) error {
	path := fmt.Sprintf("%ssprint/%d/issue", agile, sprint)
	if sprint == 0 {
		path = agile + "backlog/issue"
	}
	return p.opt.Call(ctx, who, http.MethodPost, path, map[string]any{"issues": []string{key}}, nil)
}

// move moves an issue or task to a status of a category.
func (p *Playground) move(ctx context.Context, who, key, category, resolution string) error {
	path := "/rest/api/2/issue/" + key + "/transitions"
	var can struct {
		Transitions []struct {
			ID string `json:"id"`
			To struct {
				Category struct {
					Key string `json:"key"`
				} `json:"statusCategory"`
			} `json:"to"`
		} `json:"transitions"`
	}
	if err := p.opt.Call(ctx, who, http.MethodGet, path, nil, &can); err != nil {
		return err
	}
	for _, t := range can.Transitions {
		if t.To.Category.Key != category {
			continue
		}
		body := map[string]any{"transition": map[string]string{"id": t.ID}}
		if category == "done" && resolution != "" {
			body["fields"] = map[string]any{"resolution": map[string]string{"name": resolution}}
		}
		return p.opt.Call(ctx, who, http.MethodPost, path, body, nil)
	}
	return fmt.Errorf("%s has no way to such a status", key)
}

// finish closes the open tasks of an issue, but for the root cause: a day's work at a click.
func (p *Playground) finish(ctx context.Context, who, key string) error {
	b, _, err := p.board(ctx)
	if err != nil {
		return err
	}
	issue, _ := b.find(key)
	for _, t := range issue.Tasks {
		if t.Done() || rootCause(t) {
			continue
		}
		if err := p.move(ctx, who, t.Key, "done", "Done"); err != nil {
			return err
		}
	}
	return nil
}

// rootCause says whether a task is the one for the root cause.
func rootCause(t Issue) bool { return strings.HasSuffix(t.Summary, "Investigate the root cause") }

// refusals remembers what Jira did not let people do.
type refusals struct {
	now    func() time.Time
	mu     sync.Mutex
	all    []Line
	recent string
}

// note remembers how an act went.
func (s *refusals) note(who string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recent = ""
	if err != nil {
		s.recent = err.Error()
		s.all = append(s.all, Line{At: s.now(), Who: nameOf(who), Refused: true, Text: s.recent})
		s.all = s.all[max(0, len(s.all)-keepLines):]
	}
}

// last is what went wrong with the last act, empty if nothing did.
func (s *refusals) last() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.recent
}

// lines are all that is remembered.
func (s *refusals) lines() []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Line(nil), s.all...)
}
