package jira

import (
	"context"
	"net/url"
	"strings"
)

type wireBoard struct {
	ID       flexID `json:"id"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Location *struct {
		ProjectID  flexID `json:"projectId"`
		ProjectKey string `json:"projectKey"`
		Name       string `json:"name"`
	} `json:"location"`
}

func (w wireBoard) board() Board {
	b := Board{ID: w.ID.num(), Name: w.Name, Type: w.Type}
	// The board of a person has a location without a project.
	if l := w.Location; l != nil && (l.ProjectID != "" || l.ProjectKey != "") {
		b.Location = &Location{ProjectID: string(l.ProjectID), ProjectKey: l.ProjectKey, Name: l.Name}
	}
	return b
}

func boardID(w wireBoard) string { return string(w.ID) }

// Boards lists the boards whose filter references the project: its own and those of other teams that look at it. Tell
// them apart by Location. All types are listed, since team-managed boards are of type "simple".
func (c *Client) Boards(ctx context.Context, projectKeyOrID string) ([]Board, error) {
	if a := projectArg(projectKeyOrID); a.err != nil {
		return nil, refuse("boards: %w", a.err)
	}
	wires, err := listAll(ctx, c, boardID, param("projectKeyOrId", projectKeyOrID), 50, agile+"board")
	if err != nil {
		return nil, err
	}
	var boards []Board
	for _, w := range wires {
		boards = append(boards, w.board())
	}
	return boards, nil
}

// AllBoards lists the boards of the site.
func (c *Client) AllBoards(ctx context.Context) ([]Board, error) {
	wires, err := listAll(ctx, c, boardID, nil, 50, agile+"board")
	if err != nil {
		return nil, err
	}
	boards := make([]Board, len(wires))
	for i, w := range wires {
		boards[i] = w.board()
	}
	return boards, nil
}

// Board reads one board.
func (c *Client) Board(ctx context.Context, id int64) (Board, error) {
	var wire wireBoard
	const route = agile + "board/{}"
	if err := c.get(ctx, &wire, nil, route, numArg(id)); err != nil {
		return Board{}, err
	}
	return wire.board(), notNull(route, "board", string(wire.ID))
}

// BoardProjects lists the projects that the board's filter names, with ID, Key and Name.
func (c *Client) BoardProjects(ctx context.Context, id int64) ([]Project, error) {
	wires, err := listAll(ctx, c, projectID, nil, 50, agile+"board/{}/project", numArg(id))
	return projectsOf(wires), err
}

// BoardSprints lists the board's sprints in the given states (all when none is given: years of closed ones). Sprints of
// other boards are among them when they hold issues this board shows: see OriginBoardID. supported is false, and the
// list empty, for a board that has no sprints.
func (c *Client) BoardSprints(ctx context.Context, id int64, states ...string) (sprints []Sprint, supported bool, err error) {
	query := url.Values{}
	if len(states) > 0 {
		query.Set("state", joined(states))
	}
	wires, err := listAll(ctx, c, sprintID, query, 50, agile+"board/{}/sprint", numArg(id))
	if err != nil {
		none, asking := c.withoutSprints(ctx, id, err)
		if none {
			return nil, false, nil
		}
		if asking != nil {
			err = asking
		}
		return nil, false, err
	}
	for _, w := range wires {
		sprints = append(sprints, w.sprint())
	}
	return sprints, true, nil
}

// withoutSprints reports whether err is the 400 of a board that has no sprints ("The board does not support sprints").
// The text may come in the language of our account, so a board that is not of type scrum is taken at its type.
func (c *Client) withoutSprints(ctx context.Context, id int64, err error) (bool, error) {
	e, ok := asError(err)
	if !ok || e.Kind != KindInvalid || e.Status == 0 {
		return false, nil
	}
	if t := strings.ToLower(e.Text()); strings.Contains(t, "support") && strings.Contains(t, "sprint") {
		return true, nil
	}
	b, err := c.Board(ctx, id)
	return err == nil && b.Type != "scrum", err
}
