package jiratest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// lookup finds an issue as a user sees it.
func (j *Jira) lookup(u *User, ref string) (*Issue, *Error) {
	is := j.findIssue(ref)
	if is == nil || !j.sees(u, is) {
		return nil, errIssueMissing()
	}
	return is, nil
}

// editIssue changes fields of an issue. Comments in update.comment are added
// after the fields.
func (j *Jira) editIssue(u *User, is *Issue, in issueInput) *Error {
	if !j.canIssue(u, is, EditIssues) {
		return j.editDenied(in)
	}
	d := j.newDraft(u, j.projects[is.ProjectID], is.clone())
	d.editOnly(in)
	d.setAll(in.Fields)
	d.update(in.Update)
	if err := d.err(); err != nil {
		return err
	}
	for _, prop := range in.Properties {
		if err := checkProperty(prop.Key, prop.Value); err != nil {
			return err
		}
	}
	comments, err := j.commentsIn(u, is, in.Update["comment"])
	if err != nil {
		return err
	}
	*is = *d.is
	for _, prop := range in.Properties {
		j.putProperty(u, is, prop.Key, prop.Value)
	}
	j.commit(u, is, editType(d.items), d.items)
	for _, body := range comments {
		j.addComment(u, is, commentInput{Body: body})
	}
	return nil
}

// editOnly refuses what edit cannot change.
func (d *draft) editOnly(in issueInput) {
	for _, f := range []string{"project", "status", "created", "creator"} {
		if in.Fields[f] != nil {
			d.offScreen(f)
		}
	}
	if v := in.Fields["issuetype"]; v != nil {
		t, err := d.j.typeFor(d.p, v)
		if err != nil || t.Subtask != d.j.types[d.is.TypeID].Subtask {
			d.fail("issuetype", "The issue type selected is invalid.")
			return
		}
		if old := d.j.types[d.is.TypeID]; old != t {
			d.items = append(d.items, refItem("issuetype", ids(old.ID), old.Name, ids(t.ID), t.Name))
			d.is.TypeID = t.ID
		}
	}
}

func editType(items []Item) string {
	if len(items) == 1 && items[0].Field == "assignee" {
		return "issue_assigned"
	}
	return "issue_updated"
}

func (j *Jira) editDenied(in issueInput) *Error {
	if j.knobs.EditDenied != http.StatusBadRequest {
		return refuse(j.knobs.EditDenied, "You do not have permission to edit this issue.")
	}
	e := &Error{Status: http.StatusBadRequest, Fields: map[string]string{}}
	names := sortedKeys(in.Fields)
	for _, f := range append(names, sortedKeys(in.Update)...) {
		e.Fields[f] = "Field '" + f + "' cannot be set. It is not on the appropriate screen, or unknown."
	}
	return e
}

// commentsIn reads the comments of update.comment and checks that they may be added.
func (j *Jira) commentsIn(u *User, is *Issue, ops []map[string]json.RawMessage) ([]string, *Error) {
	var out []string
	for _, op := range ops {
		var c struct{ Body string }
		if json.Unmarshal(op["add"], &c) != nil || strings.TrimSpace(c.Body) == "" {
			return nil, refuseField("comment", "Comment body can not be empty!")
		}
		out = append(out, c.Body)
	}
	if len(out) > 0 && !j.canIssue(u, is, AddComments) {
		return nil, errNoComment(is)
	}
	return out, nil
}

// restGetIssue answers GET issue.
func (j *Jira) restGetIssue(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	keep := fieldPicker(list(c.query["fields"]), true)
	out := j.issueJSON(is, c.viewer(), keep)
	j.expandIssue(out, is, list(c.query["expand"]), keep)
	if props := list(c.query["properties"]); len(props) > 0 {
		out["properties"] = propertiesOf(is, props)
	}
	return ok(out)
}

// restBulkFetch is Cloud's get of up to 100 issues at once; what cannot be seen
// is left out.
func (j *Jira) restBulkFetch(c *call) reply {
	var in struct {
		IssueIDsOrKeys []string `json:"issueIdsOrKeys"`
		Fields         []string `json:"fields"`
		Expand         []string `json:"expand"`
		Properties     []string `json:"properties"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if len(in.IssueIDsOrKeys) == 0 || len(in.IssueIDsOrKeys) > 100 {
		return failed(refuse(http.StatusBadRequest, "Between 1 and 100 issues can be requested."))
	}
	issues := []obj{}
	for _, ref := range in.IssueIDsOrKeys {
		is, err := j.lookup(c.user, ref)
		if err != nil {
			continue
		}
		keep := fieldPicker(in.Fields, true)
		o := j.issueJSON(is, c.viewer(), keep)
		j.expandIssue(o, is, in.Expand, keep)
		if len(in.Properties) > 0 {
			o["properties"] = propertiesOf(is, in.Properties)
		}
		issues = append(issues, o)
	}
	return ok(obj{"issues": issues, "issueErrors": []any{}})
}

// list splits comma separated and repeated parameters.
func list(values []string) []string {
	var out []string
	for _, v := range values {
		for _, s := range strings.Split(v, ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// fieldPicker reads "fields": names, *all, *navigable, and -name to leave out.
// all tells what an empty list means: everything or nothing.
func fieldPicker(fields []string, all bool) func(string) bool {
	if len(fields) == 0 {
		return func(string) bool { return all }
	}
	want, star, navigable := map[string]bool{}, false, false
	for i, f := range fields {
		switch {
		case f == "*all":
			star = true
		case f == "*navigable":
			navigable = true
		case strings.HasPrefix(f, "-"):
			want[f[1:]] = false
			star = star || i == 0 && all
			navigable = navigable || i == 0 && !all
		default:
			want[f] = true
		}
	}
	return func(f string) bool {
		if w, named := want[f]; named {
			return w
		}
		return star || navigable && f != "comment" && f != "worklog"
	}
}

func (j *Jira) restCreateIssue(c *call) reply {
	var in issueInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if c.user == nil && !j.cloud() { // on Cloud a visitor sees no project to create in: 400
		return failed(errUnauthorized(j.opt.Flavour))
	}
	is, err := j.createIssue(c.user, in)
	if err != nil {
		return failed(err)
	}
	return created(j.createdRef(is))
}

func (j *Jira) createdRef(is *Issue) obj {
	return obj{"id": ids(is.ID), "key": is.Key, "self": j.issueSelf(is, false)}
}

// maxBulk is the number of issues that one bulk create takes.
const maxBulk = 50

func (j *Jira) restBulkCreate(c *call) reply {
	var in struct {
		IssueUpdates []issueInput `json:"issueUpdates"`
	}
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if c.user == nil && !j.cloud() {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if len(in.IssueUpdates) > maxBulk {
		return failed(refuse(http.StatusBadRequest, "The maximum number of issues that can be created at once is %d.", maxBulk))
	}
	issues, errs := []obj{}, []obj{}
	for i, one := range in.IssueUpdates {
		is, err := j.createIssue(c.user, one)
		if err != nil {
			errs = append(errs, obj{"status": err.Status, "elementErrors": err.body(), "failedElementNumber": i})
			continue
		}
		issues = append(issues, j.createdRef(is))
	}
	status := http.StatusCreated
	if len(issues) == 0 {
		status = http.StatusBadRequest
	}
	return reply{status: status, body: obj{"issues": issues, "errors": errs}}
}

func (j *Jira) restEditIssue(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	var in issueInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if c.query.Get("notifyUsers") == "false" && !j.cloud() && !j.runsProject(c.user, j.projects[is.ProjectID]) {
		return failed(refuse(http.StatusForbidden, "To discard the user notification either admin or project admin permissions are required."))
	}
	if err := j.editIssue(c.user, is, in); err != nil {
		return failed(err)
	}
	if c.query.Get("returnIssue") == "true" && j.cloud() {
		return ok(j.issueJSON(is, c.viewer(), nil))
	}
	return noContent()
}

// expandIssue adds what "expand" asks for.
func (j *Jira) expandIssue(out obj, is *Issue, expand []string, keep func(string) bool) {
	for _, e := range expand {
		switch e {
		case "changelog":
			out["changelog"] = j.changelogExpanded(is)
		case "names":
			out["names"] = j.fieldNames(keep)
		case "renderedFields":
			out["renderedFields"] = obj{"description": "<p>" + is.Description + "</p>"}
		}
	}
}
