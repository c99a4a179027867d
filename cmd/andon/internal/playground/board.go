package playground

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// agile is the path of the calls for boards and sprints.
const agile = "/rest/agile/1.0/"

// fields are what is read of an issue.
const fields = "fields=summary,status,labels,subtasks,issuetype,project,assignee&maxResults=100"

// Board is the project as it stands, and what was told of it.
type Board struct {
	Sprints  []Sprint  `json:"sprints"`
	Backlog  []Issue   `json:"backlog"`
	Planning Planning  `json:"planning"`
	Log      []Line    `json:"log"`
	Refused  string    `json:"refused,omitempty"`
	Pages    []PageRef `json:"pages,omitempty"`
}

// Sprint is a sprint of the board.
type Sprint struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	Goal   string  `json:"goal,omitempty"`
	State  string  `json:"state"`
	Origin int64   `json:"originBoardId"`
	Issues []Issue `json:"issues"`
}

// Cancelled says whether andon stopped the sprint.
func (s Sprint) Cancelled() bool { return strings.HasPrefix(s.Goal, "CANCELLED") }

// Issue is an issue of the project.
type Issue struct {
	ID       string   `json:"id"`
	Project  string   `json:"project"`
	Key      string   `json:"key"`
	Summary  string   `json:"summary"`
	Type     string   `json:"type"`
	Status   string   `json:"status"`
	Category string   `json:"category"`
	Assignee string   `json:"assignee,omitempty"`
	Labels   []string `json:"labels,omitempty"`
	Tasks    []Issue  `json:"tasks,omitempty"`
}

// Done says whether the issue is done.
func (i Issue) Done() bool { return i.Category == "done" }

// Open says how many of the tasks are not done.
func (i Issue) Open() int {
	n := 0
	for _, t := range i.Tasks {
		if !t.Done() {
			n++
		}
	}
	return n
}

// Disaster says whether the issue carries a label that declares or proposes one.
func (i Issue) Disaster() bool {
	return slices.ContainsFunc(i.Labels, func(l string) bool { return strings.HasPrefix(l, "disaster") })
}

// Stopped says whether the issue is a disaster that was declared: it has andon's tasks.
func (i Issue) Stopped() bool {
	_, declared := causeOf(i)
	return i.Disaster() && declared
}

// Short is what a task is about, without the key that andon put before it.
func (i Issue) Short() string {
	if key, rest, found := strings.Cut(i.Summary, ": "); found && keyOK(key) {
		return rest
	}
	return i.Summary
}

// Has says whether the issue carries a label.
func (i Issue) Has(label string) bool { return slices.Contains(i.Labels, label) }

// PageRef leads to the status page of a disaster.
type PageRef struct {
	Key string `json:"key"`
	URL string `json:"url"`
}

// wireIssue is an issue as Jira tells it.
type wireIssue struct {
	ID     string `json:"id"`
	Key    string `json:"key"`
	Fields struct {
		Summary string   `json:"summary"`
		Labels  []string `json:"labels"`
		Status  struct {
			Name     string `json:"name"`
			Category struct {
				Key string `json:"key"`
			} `json:"statusCategory"`
		} `json:"status"`
		Type struct {
			Name    string `json:"name"`
			Subtask bool   `json:"subtask"`
		} `json:"issuetype"`
		Project struct {
			ID string `json:"id"`
		} `json:"project"`
		Assignee struct {
			Name string `json:"displayName"`
		} `json:"assignee"`
		Subtasks []wireIssue `json:"subtasks"`
	} `json:"fields"`
}

// issue is an issue for the page.
func (w wireIssue) issue() Issue {
	f := w.Fields
	i := Issue{ID: w.ID, Project: f.Project.ID, Key: w.Key, Summary: f.Summary, Type: f.Type.Name, Status: f.Status.Name, Category: f.Status.Category.Key,
		Assignee: f.Assignee.Name, Labels: f.Labels}
	for _, t := range f.Subtasks {
		i.Tasks = append(i.Tasks, t.issue())
	}
	return i
}

// read reads the board by REST, as anybody in the project sees it.
func (p *Playground) read(ctx context.Context) (Board, error) {
	var b Board
	var sprints struct {
		Values []Sprint `json:"values"`
	}
	at := fmt.Sprintf("%sboard/%d/", agile, p.opt.Board)
	if err := p.opt.Call(ctx, Developer, http.MethodGet, at+"sprint", nil, &sprints); err != nil {
		return b, fmt.Errorf("read the sprints: %w", err)
	}
	for _, s := range sprints.Values {
		if s.Origin != p.opt.Board {
			continue
		}
		if s.State != "closed" {
			var err error
			if s.Issues, err = p.issues(ctx, fmt.Sprintf("%ssprint/%d/issue", agile, s.ID)); err != nil {
				return b, err
			}
		}
		b.Sprints = append(b.Sprints, s)
	}
	order := map[string]int{"active": 0, "future": 1, "closed": 2}
	slices.SortStableFunc(b.Sprints, func(x, y Sprint) int { return order[x.State] - order[y.State] })
	var err error
	if b.Backlog, err = p.issues(ctx, at+"backlog"); err != nil {
		return b, err
	}
	b.Planning, b.Log, b.Refused = p.opt.Planning(), p.log(), p.said.last()
	for _, i := range b.all() {
		if p.opt.PageLink != nil && i.Disaster() && len(i.Tasks) > 0 {
			b.Pages = append(b.Pages, PageRef{Key: i.Key, URL: p.opt.PageLink(i.Project, i.ID)})
		}
	}
	return b, nil
}

// issues reads a list of issues, sub-tasks left out: they are with their parents.
func (p *Playground) issues(ctx context.Context, path string) ([]Issue, error) {
	var list struct {
		Issues []wireIssue `json:"issues"`
	}
	if err := p.opt.Call(ctx, Developer, http.MethodGet, path+"?"+fields, nil, &list); err != nil {
		return nil, fmt.Errorf("read the issues: %w", err)
	}
	var out []Issue
	for _, w := range list.Issues {
		if !w.Fields.Type.Subtask {
			out = append(out, w.issue())
		}
	}
	return out, nil
}

// all are the issues of the board.
func (b Board) all() []Issue {
	var out []Issue
	for _, s := range b.Sprints {
		out = append(out, s.Issues...)
	}
	return append(out, b.Backlog...)
}

// find gives an issue or task by its key.
func (b Board) find(key string) (Issue, bool) {
	for _, i := range b.all() {
		for _, x := range append([]Issue{i}, i.Tasks...) {
			if x.Key == key {
				return x, true
			}
		}
	}
	return Issue{}, false
}

// board gives the board as it was read last, and a name for just this state.
func (p *Playground) board(ctx context.Context) (Board, string, error) {
	var b Board
	raw, there, err := p.shelf.Get(ctx, boardName)
	switch {
	case err != nil:
		return b, "", err
	case !there:
		return b, "", errors.New("the board was not read yet")
	}
	if err := json.Unmarshal(raw, &b); err != nil {
		return b, "", fmt.Errorf("the board is not understood: %w", err)
	}
	sum := sha256.Sum256(raw)
	return b, hex.EncodeToString(sum[:8]), nil
}

// keepLines is how many lines of the log are shown.
const keepLines = 60

// log gives the lines that are shown, the latest first.
func (p *Playground) log() []Line {
	lines := slices.Clone(p.opt.Log())
	lines = append(lines, p.said.lines()...)
	slices.SortStableFunc(lines, func(a, b Line) int { return a.At.Compare(b.At) })
	lines = fold(lines)
	lines = lines[max(0, len(lines)-keepLines):]
	slices.Reverse(lines)
	return lines
}

// fold makes one line of many that say the same of one issue after the other.
func fold(lines []Line) []Line {
	var out []Line
	for i := 0; i < len(lines); {
		l, end := lines[i], i+1
		for end < len(lines) && l.fold != "" && lines[end].fold == l.fold && lines[end].Who == l.Who {
			end++
		}
		if n := end - i; n > 1 {
			l.Text = strings.Replace(l.fold, "%s", fmt.Sprintf("%d issues, %s to %s,", n, l.key, lines[end-1].key), 1)
			l.Text = strings.TrimSuffix(l.Text, ",")
		}
		out = append(out, l)
		i = end
	}
	return out
}

// Line is one line of the log.
type Line struct {
	At  time.Time `json:"at"`
	Who string    `json:"who"`
	// Andon is true for what andon did, Refused for what Jira did not let somebody do.
	Andon   bool   `json:"andon,omitempty"`
	Refused bool   `json:"refused,omitempty"`
	Text    string `json:"text"`
	// fold is the text with %s for key, for lines that may be put together.
	fold, key string
}
