package jiratest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

const adminPrefix = "/_sim/"

// Advance moves the site's clock ahead: index lag, webhook delays and retries,
// rate limits and Data Center's automatic sprints follow.
func (j *Jira) Advance(d time.Duration) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.offset += d
	j.autoSprints()
	j.hooks.notify()
}

// Now is the site's present time.
func (j *Jira) Now() time.Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now()
}

// serveAdmin answers the simulator's own resources, which no Jira has.
func (j *Jira) serveAdmin(w http.ResponseWriter, req *http.Request) {
	mux := http.NewServeMux()
	for pattern, h := range j.adminRoutes() {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) {
			body, err := h(req)
			var refused *Error
			switch {
			case errors.As(err, &refused):
				write(w, failed(refused))
			case err != nil:
				write(w, failed(refuse(http.StatusBadRequest, "%s", err.Error())))
			case body == nil:
				write(w, noContent())
			default:
				write(w, ok(body))
			}
		})
	}
	mux.ServeHTTP(w, req)
}

type adminHandler func(req *http.Request) (any, error)

func (j *Jira) adminRoutes() map[string]adminHandler {
	return map[string]adminHandler{
		"GET /_sim/{$}":        j.adminIndex,
		"GET /_sim/world":      func(*http.Request) (any, error) { return j.Dump(), nil },
		"GET /_sim/events":     func(*http.Request) (any, error) { return j.Events(), nil },
		"GET /_sim/calls":      func(*http.Request) (any, error) { return j.Calls(), nil },
		"GET /_sim/notices":    func(*http.Request) (any, error) { return append([]Notice{}, j.Notices()...), nil },
		"GET /_sim/deliveries": func(*http.Request) (any, error) { return deliveriesJSON(j.Deliveries()), nil },
		"POST /_sim/deliver": func(r *http.Request) (any, error) {
			return obj{"attempts": j.DeliverAll(r.Context())}, nil
		},
		"GET /_sim/faults":         func(*http.Request) (any, error) { return j.Faults(), nil },
		"POST /_sim/faults":        j.adminFail,
		"DELETE /_sim/faults":      func(*http.Request) (any, error) { j.Heal(0); return nil, nil },
		"DELETE /_sim/faults/{id}": j.adminHeal,
		"GET /_sim/knobs":          func(*http.Request) (any, error) { return j.Knobs(), nil },
		"PATCH /_sim/knobs":        j.adminKnobs,
		"POST /_sim/fate":          j.adminFate,
		"GET /_sim/advance":        j.adminAdvance,
		"POST /_sim/advance":       j.adminAdvance,
		"POST /_sim/reopen":        j.adminReopen,
	}
}

// adminIndex lists what there is, with a word on each.
func (j *Jira) adminIndex(*http.Request) (any, error) {
	return obj{
		"GET /_sim/world":          "everything the site holds, secrets left out",
		"GET /_sim/events":         "all events so far",
		"GET /_sim/deliveries":     "all webhook deliveries with their attempts",
		"POST /_sim/deliver":       "make all due deliveries now",
		"POST /_sim/fate":          `lose, duplicate, reorder, delay: {"seed":1,"lose":0.1,"duplicate":0.1,"reorder":0.1,"delay":0.1,"maxDelay":"1m"}`,
		"GET /_sim/calls":          "all REST calls so far",
		"GET /_sim/notices":        "all mails that notify would have sent",
		"POST /_sim/faults":        `let calls fail: {"method":"POST","path":"/rest/agile/1.0/sprint/*","kind":"reset","after":true,"times":1}`,
		"GET /_sim/faults":         "the faults that are set, with how often they struck",
		"DELETE /_sim/faults/{id}": "take one fault away; without an id all of them",
		"GET /_sim/knobs":          "the present knobs",
		"PATCH /_sim/knobs":        `change knobs: {"IndexLagWrites":3,"AgileListsGone":true}`,
		"POST /_sim/advance":       "move the clock ahead: ?d=1h30m",
		"POST /_sim/reopen":        "reopen a closed sprint as the browser does: ?sprint=7&as=sm@example.com",
	}, nil
}

func readJSON(req *http.Request, v any) error {
	body, err := io.ReadAll(io.LimitReader(req.Body, maxBody))
	if err != nil {
		return err
	}
	return json.Unmarshal(body, v)
}

func (j *Jira) adminFail(req *http.Request) (any, error) {
	var f Fault
	if err := readJSON(req, &f); err != nil {
		return nil, err
	}
	id, err := j.Fail(f)
	if err != nil {
		return nil, err
	}
	return obj{"id": id}, nil
}

func (j *Jira) adminHeal(req *http.Request) (any, error) {
	if id := number(req.PathValue("id")); id > 0 {
		j.Heal(id)
	}
	return nil, nil
}

// adminKnobs changes the knobs that the body names.
func (j *Jira) adminKnobs(req *http.Request) (any, error) {
	k := j.Knobs()
	if err := readJSON(req, &k); err != nil {
		return nil, err
	}
	j.SetKnobs(func(to *Knobs) { *to = k })
	return k, nil
}

// adminFate sets SeededFate; an empty object delivers everything again.
func (j *Jira) adminFate(req *http.Request) (any, error) {
	var in struct {
		Seed                            uint64
		Lose, Duplicate, Reorder, Delay float64
		MaxDelay                        Duration
	}
	if err := readJSON(req, &in); err != nil {
		return nil, err
	}
	odds := Odds{Lose: in.Lose, Duplicate: in.Duplicate, Reorder: in.Reorder, Delay: in.Delay, MaxDelay: time.Duration(in.MaxDelay)}
	j.SetFate(SeededFate(in.Seed, odds))
	return nil, nil
}

func (j *Jira) adminAdvance(req *http.Request) (any, error) {
	d, err := time.ParseDuration(req.URL.Query().Get("d"))
	if err != nil || d < 0 {
		return nil, refuse(http.StatusBadRequest, "d must be a duration such as 1h30m, not %s", strconv.Quote(req.URL.Query().Get("d")))
	}
	j.Advance(d)
	return obj{"now": j.Now()}, nil
}

// adminReopen is the browser's "Reopen sprint": ?sprint=ID&as=E-MAIL.
func (j *Jira) adminReopen(req *http.Request) (any, error) {
	q := req.URL.Query()
	return nil, j.As(q.Get("as")).ReopenSprint(number(q.Get("sprint")))
}

// deliveriesJSON shows bodies as JSON instead of base64.
func deliveriesJSON(ds []Delivery) []obj {
	out := []obj{}
	for _, d := range ds {
		o := obj{"id": d.ID, "identifier": d.Identifier, "webhook": d.WebhookID, "event": d.Event, "url": d.URL, "state": d.State,
			"due": d.Due, "duplicate": d.Duplicate, "attempts": d.Attempts, "body": nil}
		if json.Valid(d.Body) {
			o["body"] = json.RawMessage(d.Body)
		}
		out = append(out, o)
	}
	return out
}
