package jiratest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// draft is an issue while fields are set on it. Errors are collected by field
// as Jira does, and nothing reaches the store while there are any.
type draft struct {
	j        *Jira
	u        *User
	p        *Project
	is       *Issue
	creating bool
	items    []Item
	errs     map[string]string
}

func (j *Jira) newDraft(u *User, p *Project, is *Issue) *draft {
	return &draft{j: j, u: u, p: p, is: is, errs: map[string]string{}}
}

func (d *draft) fail(field, format string, args ...any) {
	if _, there := d.errs[field]; !there {
		d.errs[field] = fmt.Sprintf(format, args...)
	}
}

func (d *draft) offScreen(field string) {
	d.fail(field, "Field '%s' cannot be set. It is not on the appropriate screen, or unknown.", field)
}

func (d *draft) err() *Error {
	if len(d.errs) == 0 {
		return nil
	}
	return &Error{Status: 400, Fields: d.errs}
}

// setter puts a value into the draft; null or absent values clear.
type setter func(d *draft, v json.RawMessage)

// setters are the fields that can be set, besides custom fields.
func setters() map[string]setter {
	return map[string]setter{
		"summary": (*draft).setSummary, "description": (*draft).setDescription, "labels": (*draft).setLabels,
		"assignee": (*draft).setAssignee, "reporter": (*draft).setReporter, "priority": (*draft).setPriority,
		"parent": (*draft).setParent, SprintField: (*draft).setSprintField, "duedate": setPlain("duedate"), "environment": setPlain("environment"),
	}
}

// setAll sets fields in order of name; project and issuetype are the caller's.
func (d *draft) setAll(fields map[string]json.RawMessage) {
	known := setters()
	for _, name := range sortedKeys(fields) {
		if name == "project" || name == "issuetype" {
			continue
		}
		set := known[name]
		if set == nil && strings.HasPrefix(name, "customfield_") && d.j.custom[name] != "" {
			set = setPlain(name)
		}
		if set == nil || d.creating && d.j.ruled(d.p.OffScreen, d.is.TypeID, name) {
			d.offScreen(name)
			continue
		}
		set(d, fields[name])
	}
}

// ruled tells whether a rule names the field for the type.
func (j *Jira) ruled(rules []FieldRule, typeID int64, field string) bool {
	return slices.ContainsFunc(rules, func(r FieldRule) bool { return r.Field == field && (r.TypeID == 0 || r.TypeID == typeID) })
}

// str reads a string value; anything else is a field error.
func (d *draft) str(field string, v json.RawMessage) (string, bool) {
	var s *string
	if err := json.Unmarshal(v, &s); err != nil {
		d.fail(field, "Operation value must be a string")
		return "", false
	}
	if s == nil {
		return "", true
	}
	return *s, true
}

func (d *draft) setSummary(v json.RawMessage) {
	s, ok := d.str("summary", v)
	s = strings.TrimSpace(s)
	switch {
	case !ok:
	case s == "":
		d.fail("summary", "You must specify a summary of the issue.")
	case strings.ContainsAny(s, "\r\n"):
		d.fail("summary", "The summary is invalid because it contains newline characters.")
	case utf8.RuneCountInString(s) > 255:
		d.fail("summary", "Summary must be less than 255 characters.")
	case s != d.is.Summary:
		d.items = append(d.items, fieldItem("summary", d.is.Summary, s))
		d.is.Summary = s
	}
}

// maxText is Jira's default limit for descriptions and comments, in characters.
const maxText = 32767

func (d *draft) setDescription(v json.RawMessage) {
	s, ok := d.str("description", v)
	if ok && utf8.RuneCountInString(s) > maxText {
		d.fail("description", "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
		return
	}
	if ok && s != d.is.Description {
		d.items = append(d.items, fieldItem("description", d.is.Description, s))
		d.is.Description = s
	}
}

func (d *draft) setLabels(v json.RawMessage) {
	var labels []string
	if err := json.Unmarshal(v, &labels); err != nil {
		d.fail("labels", "data was not an array")
		return
	}
	d.useLabels(labels)
}

// useLabels replaces the set; labels are sorted, unique and case sensitive.
func (d *draft) useLabels(labels []string) {
	for _, l := range labels {
		if strings.ContainsAny(l, " \t\n\r") {
			d.fail("labels", "The label '%s' contains spaces which is invalid.", l)
			return
		}
		if utf8.RuneCountInString(l) > d.j.knobs.LabelMax {
			d.fail("labels", "The label '%s' exceeds the maximum length of %d characters.", l, d.j.knobs.LabelMax)
			return
		}
	}
	labels = slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return l == "" })
	slices.Sort(labels)
	labels = slices.Compact(labels)
	if slices.Equal(labels, d.is.Labels) {
		return
	}
	d.items = append(d.items, labelsItem(d.is.Labels, labels))
	d.is.Labels = labels
}

// userIn reads a reference to an account; "" means none.
func (d *draft) userIn(field string, v json.RawMessage) (string, bool) {
	var ref *struct {
		AccountID, ID, Name, Key *string
	}
	if err := json.Unmarshal(v, &ref); err != nil {
		d.fail(field, "data was not an object")
		return "", false
	}
	if ref == nil {
		return "", true
	}
	for _, s := range []*string{ref.AccountID, ref.ID, ref.Name, ref.Key} {
		if s == nil {
			continue
		}
		if u := d.j.accountNamed(*s); u != nil && u.Active {
			return u.ID, true
		}
		d.fail(field, "Specify a valid value for %s", field)
		return "", false
	}
	return "", true
}

// accountNamed finds an account as REST names it: by accountId on Cloud, by
// name or key on Data Center. Never by e-mail.
func (j *Jira) accountNamed(ref string) *User {
	if j.cloud() {
		return j.users[ref]
	}
	for _, id := range j.userOrder {
		if u := j.users[id]; u.Name == ref || u.Key == ref {
			return u
		}
	}
	return nil
}

func (d *draft) setAssignee(v json.RawMessage) {
	id, ok := d.userIn("assignee", v)
	if !ok || id == d.is.Assignee {
		return
	}
	if !d.j.can(d.u, d.p, AssignIssues) {
		d.offScreen("assignee")
		return
	}
	if id != "" && !d.j.can(d.j.users[id], d.p, AssignableUser) {
		d.fail("assignee", "User '%s' cannot be assigned issues.", d.j.users[id].DisplayName)
		return
	}
	d.items = append(d.items, refItem("assignee", d.is.Assignee, d.j.display(d.is.Assignee), id, d.j.display(id)))
	d.is.Assignee = id
}

func (d *draft) setReporter(v json.RawMessage) {
	id, ok := d.userIn("reporter", v)
	if !ok || id == d.is.Reporter {
		return
	}
	if !d.j.can(d.u, d.p, ModifyReporter) {
		d.offScreen("reporter")
		return
	}
	d.items = append(d.items, refItem("reporter", d.is.Reporter, d.j.display(d.is.Reporter), id, d.j.display(id)))
	d.is.Reporter = id
}

func (j *Jira) display(id string) string {
	if u := j.users[id]; u != nil {
		return u.DisplayName
	}
	return ""
}

// setPlain keeps a value as it is, for fields whose meaning does not matter.
func setPlain(field string) setter {
	return func(d *draft, v json.RawMessage) {
		old := d.is.Fields[field]
		if string(old) == string(v) {
			return
		}
		it := fieldItem(field, string(old), string(v))
		if strings.HasPrefix(field, "customfield_") {
			it.Field, it.FieldType = d.j.custom[field], "custom"
		}
		d.items = append(d.items, it)
		if d.is.Fields == nil {
			d.is.Fields = map[string]json.RawMessage{}
		}
		if string(v) == "null" {
			delete(d.is.Fields, field)
			return
		}
		d.is.Fields[field] = v
	}
}
