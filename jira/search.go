package jira

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// SearchQuery says what to look for and what to read of what is found.
type SearchQuery struct {
	JQL string
	// Fields in Jira's names; those that Issue has when empty.
	Fields []string
	// Properties are keys of entity properties, at most five on Cloud. Data Center's search does not know them, so there
	// they cost one call for each issue and key.
	Properties []string
	// Reconcile are numeric ids, at most 50, whose newest state the search must take into account (Cloud; ignored on
	// Data Center, whose index lags little).
	Reconcile []string
	// Limit ends the search after so many issues; 0 means all.
	Limit int
}

// The page sizes: Cloud gives no more than this when fields are asked for, Data Center caps silently.
const (
	searchPage    = 100
	maxReconcile  = 50
	maxProperties = 5
)

// Search finds issues by JQL. It may lag behind what was just written, and finding nothing is no proof that there is
// nothing: Jira answers an anonymous visitor, and a project that is gone, with an empty list too.
func (c *Client) Search(ctx context.Context, q SearchQuery) ([]Issue, error) {
	if len(q.Fields) == 0 {
		q.Fields = issueFields()
	}
	f, err := c.flavour(ctx)
	if err != nil {
		return nil, err
	}
	if f == Cloud {
		return c.searchCloud(ctx, q)
	}
	issues, err := c.searchDataCenter(ctx, q)
	if KindOf(err) == KindGone { // so Cloud answers: what we believed of the site was wrong
		c.shared.server.forget()
	}
	if err != nil {
		return nil, err
	}
	return issues, c.addProperties(ctx, issues, q.Properties)
}

// searchSprints finds the ids of the sprints that seem to be active in which the first
// issues that a search finds stand. It is good for a guess only.
func (c *Client) searchSprints(ctx context.Context, jql, field string) ([]int64, error) {
	body, route := map[string]any{"jql": jql, "fields": []string{field}, "maxResults": searchPage}, platform+"search/jql"
	f, err := c.flavour(ctx)
	if err != nil {
		return nil, err
	}
	if f != Cloud {
		route = platform + "search"
	}
	var wire struct {
		Issues []struct {
			Fields map[string]json.RawMessage `json:"fields"`
		} `json:"issues"`
	}
	if err := c.post(ctx, body, &wire, route); err != nil {
		return nil, err
	}
	var ids []int64
	for _, i := range wire.Issues {
		var m More
		m.sprints(i.Fields[field])
		ids = append(ids, m.Active...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(len(ids), maxGuesses)], nil
}

// maxGuesses bounds how many sprints are guessed at.
const maxGuesses = 5

type cloudSearch struct {
	JQL             string   `json:"jql"`
	Fields          []string `json:"fields"`
	MaxResults      int      `json:"maxResults"`
	Properties      []string `json:"properties,omitempty"`
	ReconcileIssues []int64  `json:"reconcileIssues,omitempty"`
	NextPageToken   string   `json:"nextPageToken,omitempty"`
}

// searchCloud follows page tokens. The end is a page without a token; "isLast" alone is not believed, and a token that
// comes twice would go round for ever.
func (c *Client) searchCloud(ctx context.Context, q SearchQuery) ([]Issue, error) {
	body, bad := q.cloudBody()
	if bad != nil {
		return nil, bad
	}
	const route = platform + "search/jql"
	var (
		found  findings
		tokens = map[string]bool{}
	)
	for range maxPages {
		var wire struct {
			Issues        []wireIssue `json:"issues"`
			IsLast        *bool       `json:"isLast"`
			NextPageToken string      `json:"nextPageToken"`
		}
		if err := c.post(ctx, body, &wire, route); err != nil {
			return nil, err
		}
		if err := found.add(route, wire.Issues); err != nil {
			return nil, err
		}
		switch token := wire.NextPageToken; {
		case found.enough(q.Limit), token == "" && (wire.IsLast == nil || *wire.IsLast):
			return found.first(q.Limit), nil
		case token == "":
			return nil, incomplete(route, "the search says it goes on but not where")
		case tokens[token]:
			return nil, incomplete(route, "the search gave the same page token twice")
		case len(wire.Issues) == 0 && wire.IsLast != nil && *wire.IsLast:
			return found.first(q.Limit), nil
		default:
			tokens[token] = true
			body.NextPageToken = token
		}
	}
	return nil, incomplete(route, "more than %d pages", maxPages)
}

func (q SearchQuery) cloudBody() (cloudSearch, *Error) {
	body := cloudSearch{JQL: q.JQL, Fields: q.Fields, MaxResults: searchPage, Properties: q.Properties}
	if len(q.Reconcile) > maxReconcile {
		return body, refuse("search: at most %d issues can be reconciled, not %d", maxReconcile, len(q.Reconcile))
	}
	if len(q.Properties) > maxProperties {
		return body, refuse("search: at most %d properties, not %d", maxProperties, len(q.Properties))
	}
	for _, id := range q.Reconcile {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return body, refuse("search: not an issue id: %q", clip(id, 40))
		}
		body.ReconcileIssues = append(body.ReconcileIssues, n)
	}
	return body, nil
}

func (c *Client) searchDataCenter(ctx context.Context, q SearchQuery) ([]Issue, error) {
	const route = platform + "search"
	var all findings
	_, err := collect(route, func(struct{}) string { return "" }, func(start int) (page[struct{}], error) {
		if all.enough(q.Limit) {
			return page[struct{}]{}, nil
		}
		var wire struct {
			window
			Issues []wireIssue `json:"issues"`
		}
		body := map[string]any{"jql": q.JQL, "fields": q.Fields, "startAt": start, "maxResults": searchPage}
		if err := c.post(ctx, body, &wire, route); err != nil {
			return page[struct{}]{}, err
		}
		return pageOf(wire.window, make([]struct{}, len(wire.Issues))), all.add(route, wire.Issues)
	})
	return all.first(q.Limit), err
}

// addProperties reads the properties one by one where the search cannot.
func (c *Client) addProperties(ctx context.Context, issues []Issue, keys []string) error {
	for i := range issues {
		for _, key := range keys {
			value, ok, err := c.IssueProperty(ctx, issues[i].ID, key)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if issues[i].Properties == nil {
				issues[i].Properties = map[string]json.RawMessage{}
			}
			issues[i].Properties[key] = value
		}
	}
	return nil
}

// findings collects issues, each once: pages shift while somebody creates issues.
type findings struct {
	issues []Issue
	seen   map[string]bool
}

func (f *findings) add(route string, wires []wireIssue) error {
	if wires == nil {
		return malformed(http.MethodPost, route, false, "the answer holds no issues")
	}
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	for _, w := range wires {
		id := string(w.ID)
		if id == "" {
			return malformed(http.MethodPost, route, false, "an issue without an id")
		}
		if !f.seen[id] {
			f.seen[id] = true
			f.issues = append(f.issues, w.issue())
		}
	}
	return nil
}

func (f *findings) enough(limit int) bool { return limit > 0 && len(f.issues) >= limit }

func (f *findings) first(limit int) []Issue {
	if f.enough(limit) {
		return f.issues[:limit]
	}
	return f.issues
}

// QuoteJQL returns s as a quoted JQL string. Line breaks and other control characters become blanks.
func QuoteJQL(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
