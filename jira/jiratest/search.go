package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (j *Jira) searchRoutes() []route {
	if !j.cloud() {
		return []route{{"GET /rest/api/2/search", j.restSearchDC}, {"POST /rest/api/2/search", j.restSearchDC}}
	}
	return []route{
		{"GET /rest/api/2/search", j.restSearchGone},
		{"POST /rest/api/2/search", j.restSearchGone},
		{"GET /rest/api/2/search/jql", j.restSearchCloud},
		{"POST /rest/api/2/search/jql", j.restSearchCloud},
		{"POST /rest/api/2/search/approximate-count", j.restCount},
	}
}

// restSearchGone: Cloud removed the old search in 2025 (CHANGE-2046).
func (j *Jira) restSearchGone(*call) reply {
	return failed(refuse(http.StatusGone, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"))
}

// searchInput is a search as both products and both methods ask for it.
type searchInput struct {
	JQL           string          `json:"jql"`
	Fields        []string        `json:"fields"`
	MaxResults    *int            `json:"maxResults"`
	StartAt       int             `json:"startAt"`
	NextPageToken string          `json:"nextPageToken"`
	Reconcile     []int64         `json:"reconcileIssues"`
	Expand        json.RawMessage `json:"expand"` // a string on Cloud, a list on Data Center
	Properties    []string        `json:"properties"`

	expand []string
}

func (c *call) searchInput() (searchInput, *Error) {
	var in searchInput
	if c.req.Method == http.MethodPost {
		if err := c.decode(&in); err != nil {
			return in, err
		}
		var one string
		if json.Unmarshal(in.Expand, &one) == nil {
			in.expand = list([]string{one})
		} else if len(in.Expand) > 0 && json.Unmarshal(in.Expand, &in.expand) != nil {
			return in, refuse(http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.")
		}
		return in, nil
	}
	q := c.query
	in.JQL, in.Fields, in.NextPageToken = q.Get("jql"), list(q["fields"]), q.Get("nextPageToken")
	in.Properties, in.expand, in.StartAt = list(q["properties"]), list(q["expand"]), c.num("startAt", 0)
	if q.Get("maxResults") != "" {
		n := c.num("maxResults", 50)
		in.MaxResults = &n
	}
	for _, s := range list(q["reconcileIssues"]) {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return in, refuse(http.StatusBadRequest, "reconcileIssues must be issue ids.")
		}
		in.Reconcile = append(in.Reconcile, n)
	}
	return in, nil
}

func (in searchInput) size(def int) int {
	if in.MaxResults == nil {
		return def
	}
	return max(0, *in.MaxResults)
}

// hits runs a query over what the index knows (issues named in reconcile are
// taken as they are now) and gives what the user may see, in order.
func (j *Jira) hits(u *User, jql string, reconcile []int64) ([]*Issue, *Error) {
	q, err := parseJQL(jql)
	if err != nil {
		return nil, err
	}
	if err := j.checkJQL(u, q); err != nil {
		if err.Status == http.StatusOK {
			return nil, nil // unknown names answer with nothing
		}
		return nil, err
	}
	docs := map[int64]*Issue{}
	for id, is := range j.indexed() {
		docs[id] = is
	}
	for _, id := range reconcile {
		if is := j.issues[id]; is != nil {
			docs[id] = is
		} else {
			delete(docs, id)
		}
	}
	j.searches++
	if n := j.knobs.IndexVanish; n > 0 && j.searches%n == 0 {
		if !slices.Contains(reconcile, j.index.last) {
			delete(docs, j.index.last)
		}
	}
	var out []*Issue
	for _, is := range sorted(docs) {
		if j.projects[is.ProjectID] == nil || !j.sees(u, is) {
			continue
		}
		match, err := j.eval(q.where, is, u)
		if err != nil {
			return nil, err
		}
		if match {
			out = append(out, is)
		}
	}
	j.order(out, q.order)
	return out, nil
}

// restSearchCloud is the bounded, token-paged, eventually consistent search.
func (j *Jira) restSearchCloud(c *call) reply {
	in, err := c.searchInput()
	if err != nil {
		return failed(err)
	}
	if err := j.checkCloudSearch(in); err != nil {
		return failed(err)
	}
	all, err := j.hits(c.user, in.JQL, in.Reconcile)
	if err != nil {
		return failed(err)
	}
	limit := j.knobs.SearchMax
	if len(in.Fields) == 0 || onlyIDs(in.Fields) {
		limit = 5000
	}
	start := 0
	if in.NextPageToken != "" {
		if start, err = tokenStart(in.NextPageToken); err != nil {
			return failed(err)
		}
	}
	end := min(start+min(max(1, in.size(50)), limit), len(all))
	start = min(start, end)
	issues := []obj{}
	for _, is := range all[start:end] {
		issues = append(issues, j.searchHit(c, is, in))
	}
	out := obj{"issues": issues, "isLast": end >= len(all)}
	if end < len(all) {
		out["nextPageToken"] = pageToken(end)
	}
	return ok(out)
}

// checkCloudSearch checks what Cloud limits.
func (j *Jira) checkCloudSearch(in searchInput) *Error {
	q, err := parseJQL(in.JQL)
	switch {
	case err != nil:
		return err
	case q.where == nil && j.knobs.RequireBounded:
		return refuse(http.StatusBadRequest, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
	case len(q.order) > 7:
		return refuse(http.StatusBadRequest, "The ORDER BY clause has more than 7 fields.")
	case len(in.Properties) > 5:
		return refuse(http.StatusBadRequest, "At most 5 properties can be requested.")
	case len(in.Reconcile) > 50:
		return refuse(http.StatusBadRequest, "At most 50 issues can be reconciled.")
	case in.size(50) > 5000:
		return refuse(http.StatusBadRequest, "The maxResults parameter must be at most 5000.")
	}
	return nil
}

func onlyIDs(fields []string) bool {
	for _, f := range fields {
		if f != "id" && f != "key" {
			return false
		}
	}
	return true
}

// searchHit shows one issue: by default the id alone, not even the key.
func (j *Jira) searchHit(c *call, is *Issue, in searchInput) obj {
	var o obj
	if len(in.Fields) == 0 || len(in.Fields) == 1 && in.Fields[0] == "id" {
		o = obj{"id": ids(is.ID)}
	} else {
		o = j.issueJSON(is, c.viewer(), fieldPicker(in.Fields, false))
		if onlyIDs(in.Fields) {
			delete(o, "fields")
		}
	}
	j.expandIssue(o, is, in.expand, fieldPicker(in.Fields, false))
	if len(in.Properties) > 0 {
		o["properties"] = propertiesOf(is, in.Properties)
	}
	return o
}

// pageToken is opaque to clients, so that nobody computes one.
func pageToken(at int) string { return "tok-" + strconv.FormatInt(int64(at)*7919+104729, 36) }

func tokenStart(token string) (int, *Error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(token, "tok-"), 36, 64)
	if err != nil || (n-104729)%7919 != 0 || n < 104729 {
		return 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or expired.")
	}
	return int((n - 104729) / 7919), nil
}

func (j *Jira) restCount(c *call) reply {
	var in searchInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	all, err := j.hits(c.user, in.JQL, nil)
	if err != nil {
		return failed(err)
	}
	return ok(obj{"count": len(all)})
}

// restSearchDC is Data Center's search with total and startAt; maxResults is
// capped in silence.
func (j *Jira) restSearchDC(c *call) reply {
	in, err := c.searchInput()
	if err != nil {
		return failed(err)
	}
	all, err := j.hits(c.user, in.JQL, nil)
	if err != nil {
		return failed(err)
	}
	size := min(in.size(50), j.knobs.SearchMax)
	from := min(max(0, in.StartAt), len(all))
	to := min(from+size, len(all))
	fields := in.Fields
	if len(fields) == 0 {
		fields = []string{"*navigable"}
	}
	issues := []obj{}
	for _, is := range all[from:to] {
		o := j.issueJSON(is, c.viewer(), fieldPicker(fields, false))
		j.expandIssue(o, is, in.expand, fieldPicker(fields, false))
		if len(in.Properties) > 0 {
			o["properties"] = propertiesOf(is, in.Properties)
		}
		issues = append(issues, o)
	}
	return ok(obj{"expand": "schema,names", "startAt": from, "maxResults": size, "total": len(all), "issues": issues})
}
