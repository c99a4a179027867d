package jira

import (
	"context"
	"net/http"
	"strings"
	"time"
)

type wireSprint struct {
	ID            flexID `json:"id"`
	State         string `json:"state"`
	Name          string `json:"name"`
	Goal          string `json:"goal"`
	StartDate     stamp  `json:"startDate"`
	EndDate       stamp  `json:"endDate"`
	CompleteDate  stamp  `json:"completeDate"`
	CreatedDate   stamp  `json:"createdDate"`
	ActivatedDate stamp  `json:"activatedDate"`
	OriginBoardID flexID `json:"originBoardId"`
}

func (w wireSprint) sprint() Sprint {
	return Sprint{
		ID: w.ID.num(), State: strings.ToLower(w.State), Name: w.Name, Goal: w.Goal,
		Start: w.StartDate.ptr(), End: w.EndDate.ptr(), Complete: w.CompleteDate.ptr(),
		Created: w.CreatedDate.ptr(), Activated: w.ActivatedDate.ptr(), OriginBoardID: w.OriginBoardID.num(),
	}
}

func sprintID(w wireSprint) string { return string(w.ID) }

const sprintRoute = agile + "sprint/{}"

// Sprint reads one sprint. It is not found when we may see neither its origin board nor one of its issues.
func (c *Client) Sprint(ctx context.Context, id int64) (Sprint, error) {
	var wire wireSprint
	if err := c.get(ctx, &wire, nil, sprintRoute, numArg(id)); err != nil {
		return Sprint{}, err
	}
	return wire.sprint(), notNull(sprintRoute, "sprint", string(wire.ID))
}

// NewSprint is a sprint to create. It is always born in state future. Names are at most 30 characters long.
type NewSprint struct {
	BoardID int64
	Name    string
	Goal    string
	Start   *time.Time
	End     *time.Time
}

// CreateSprint creates a sprint on the board.
func (c *Client) CreateSprint(ctx context.Context, s NewSprint) (Sprint, error) {
	body := sprintBody(SprintPatch{Start: s.Start, End: s.End})
	body["name"], body["originBoardId"] = s.Name, s.BoardID
	if s.Goal != "" {
		body["goal"] = s.Goal
	}
	return c.writeSprint(ctx, body, agile+"sprint")
}

// SprintPatch changes what is not nil and leaves the rest.
type SprintPatch struct {
	Name  *string
	Goal  *string
	State *string
	Start *time.Time
	End   *time.Time
}

// UpdateSprint changes parts of a sprint ("Partially update sprint": a POST; the PUT beside it would clear every part
// that is left out).
func (c *Client) UpdateSprint(ctx context.Context, id int64, p SprintPatch) (Sprint, error) {
	return c.writeSprint(ctx, sprintBody(p), sprintRoute, numArg(id))
}

// CloseSprint closes an active sprint. There is no way back by REST. Unless goal is empty it is set in the same call,
// since Data Center changes nothing on a closed sprint. Closing a closed one is KindInvalid: read its state first.
func (c *Client) CloseSprint(ctx context.Context, id int64, goal string) (Sprint, error) {
	state := SprintClosed
	p := SprintPatch{State: &state}
	if goal != "" {
		p.Goal = &goal
	}
	return c.UpdateSprint(ctx, id, p)
}

// StartSprint starts a future sprint, which needs both dates.
func (c *Client) StartSprint(ctx context.Context, id int64, start, end time.Time) (Sprint, error) {
	state := SprintActive
	return c.UpdateSprint(ctx, id, SprintPatch{State: &state, Start: &start, End: &end})
}

// DeleteSprint deletes a sprint; its open issues go to the backlog. Data Center deletes future sprints only.
func (c *Client) DeleteSprint(ctx context.Context, id int64) error {
	return c.remove(ctx, nil, sprintRoute, numArg(id))
}

func sprintBody(p SprintPatch) map[string]any {
	body := map[string]any{}
	for name, value := range map[string]*string{"name": p.Name, "goal": p.Goal, "state": p.State} {
		if value != nil {
			body[name] = *value
		}
	}
	for name, t := range map[string]*time.Time{"startDate": p.Start, "endDate": p.End} {
		if t != nil {
			body[name] = t.UTC().Format("2006-01-02T15:04:05.000Z07:00")
		}
	}
	return body
}

func (c *Client) writeSprint(ctx context.Context, body map[string]any, route string, args ...arg) (Sprint, error) {
	var wire wireSprint
	if err := c.post(ctx, body, &wire, route, args...); err != nil {
		return Sprint{}, err
	}
	if wire.ID.num() == 0 {
		return Sprint{}, malformed(http.MethodPost, route, true, "written, but the answer holds no sprint id")
	}
	return wire.sprint(), nil
}

// IssueSprints reads where an issue stands: in an active or future sprint (nil: in the backlog), and in which closed
// ones. It asks the agile API, because the Sprint field itself is text on Data Center and its id differs everywhere.
func (c *Client) IssueSprints(ctx context.Context, idOrKey string) (current *Sprint, closed []Sprint, err error) {
	var wire struct {
		ID     flexID `json:"id"`
		Fields struct {
			Sprint        *wireSprint  `json:"sprint"`
			ClosedSprints []wireSprint `json:"closedSprints"`
		} `json:"fields"`
	}
	const route = agile + "issue/{}"
	if err := c.get(ctx, &wire, param("fields", "sprint,closedSprints"), route, issueArg(idOrKey)); err != nil {
		return nil, nil, err
	}
	if w := wire.Fields.Sprint; w != nil {
		s := w.sprint()
		current = &s
	}
	for _, w := range wire.Fields.ClosedSprints {
		closed = append(closed, w.sprint())
	}
	return current, closed, notNull(route, "issue", string(wire.ID))
}

// SprintIssues lists the issues of the sprint, sub-tasks included, in the order of their rank. It uses the search, since
// Cloud removes the agile lists; so it may lag behind what was moved a moment ago. It does not for those that are fresh: at
// most 50 ids of issues, looked at as they are now wherever they stand.
func (c *Client) SprintIssues(ctx context.Context, id int64, fresh ...string) ([]Issue, error) {
	a := numArg(id)
	if a.err != nil {
		return nil, refuse("issues of sprint: %w", a.err)
	}
	return c.Search(ctx, SearchQuery{
		JQL:    "sprint = " + a.text + " ORDER BY Rank ASC",
		Fields: []string{"summary", "status", "resolution", "issuetype", "project", "parent", "labels"}, Reconcile: fresh,
	})
}
