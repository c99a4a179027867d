package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// IssueSpec describes an issue to add by the back door: no permission checks,
// no event, no history, and search knows it at once.
type IssueSpec struct {
	Project     string // key
	Type        string // name; default "Task" (or the first standard type)
	Summary     string
	Description string
	Labels      []string
	Status      string // name; default: the initial status
	Resolution  string // name; "" leaves it unresolved
	Parent      string // key
	Creator     string // e-mail, name or id; default: the project's lead
	Reporter    string // default: the creator
	Assignee    string
	Sprints     []int64
	Created     time.Time // default: now
	Properties  map[string]json.RawMessage
}

// AddIssue adds an issue.
func (j *Jira) AddIssue(s IssueSpec) (Issue, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.projectByKey(s.Project)
	if p == nil {
		return Issue{}, errProjectMissing(s.Project)
	}
	t := j.specType(p, s.Type)
	if t == nil {
		return Issue{}, refuse(http.StatusBadRequest, "project %s has no issue type %q", p.Key, s.Type)
	}
	is := &Issue{ProjectID: p.ID, TypeID: t.ID, StatusID: j.firstStatus(p), Summary: s.Summary, Description: s.Description,
		Labels: slices.Compact(slices.Sorted(slices.Values(s.Labels))), Priority: 3, Sprints: slices.Clone(s.Sprints), Created: s.Created.UTC(), Properties: cloneRaw(s.Properties)}
	if s.Created.IsZero() {
		is.Created = j.now()
	}
	is.Updated = is.Created
	if err := j.specRefs(p, is, s); err != nil {
		return Issue{}, err
	}
	j.keepIssue(p, is)
	j.know(is)
	return *is.clone(), nil
}

func (j *Jira) specType(p *Project, name string) *IssueType {
	for _, id := range p.IssueTypes {
		if t := j.types[id]; t.Name == name || name == "" && t.Level == 0 && (t.Name == "Task" || !slices.ContainsFunc(p.IssueTypes, func(o int64) bool { return j.types[o].Name == "Task" })) {
			return t
		}
	}
	return nil
}

// specRefs resolves what a spec names: status, resolution, parent, people.
func (j *Jira) specRefs(p *Project, is *Issue, s IssueSpec) error {
	if s.Status != "" {
		st := firstOf(sorted(j.statuses), func(st *Status) bool { return strings.EqualFold(st.Name, s.Status) })
		if st == nil {
			return refuse(http.StatusBadRequest, "no status %q", s.Status)
		}
		is.StatusID = st.ID
	}
	if s.Resolution != "" {
		r := pickNamed(j.resolutions, nameOrID{Name: s.Resolution})
		if r == nil {
			return refuse(http.StatusBadRequest, "no resolution %q", s.Resolution)
		}
		is.Resolution, is.Resolved = r.ID, is.Created
	}
	if s.Parent != "" {
		parent := j.findIssue(s.Parent)
		if parent == nil {
			return refuse(http.StatusBadRequest, "no parent %q", s.Parent)
		}
		is.ParentID = parent.ID
	}
	is.Creator = p.Lead
	if err := j.person(s.Creator, &is.Creator); err != nil {
		return err
	}
	is.Reporter = is.Creator
	if err := j.person(s.Reporter, &is.Reporter); err != nil {
		return err
	}
	if err := j.person(s.Assignee, &is.Assignee); err != nil {
		return err
	}
	for _, id := range s.Sprints {
		if j.sprints[id] == nil {
			return refuse(http.StatusBadRequest, "no sprint %d", id)
		}
	}
	return nil
}

// person puts a named account's id into to; "" leaves it as it is.
func (j *Jira) person(ref string, to *string) error {
	if ref == "" {
		return nil
	}
	u := j.findUser(ref)
	if u == nil {
		return refuse(http.StatusBadRequest, "no user %q", ref)
	}
	*to = u.ID
	return nil
}

// Hide makes an issue answer 404 to the named people (all accounts when none
// is named), as an issue security level does. Show undoes it.
func (j *Jira) Hide(key string, emails ...string) error {
	return j.changeIssue(key, func(is *Issue) error {
		if len(emails) == 0 {
			is.LimitOnly, is.VisibleTo = true, nil
			return nil
		}
		for _, e := range emails {
			u := j.findUser(e)
			if u == nil {
				return refuse(http.StatusNotFound, "no user %s", e)
			}
			is.HiddenFrom = append(is.HiddenFrom, u.ID)
		}
		return nil
	})
}

// Show makes a hidden issue visible to everybody who may browse its project.
func (j *Jira) Show(key string) error {
	return j.changeIssue(key, func(is *Issue) error {
		is.HiddenFrom, is.LimitOnly, is.VisibleTo = nil, false, nil
		return nil
	})
}

func (j *Jira) changeIssue(key string, f func(*Issue) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	is := j.findIssue(key)
	if is == nil {
		return errIssueMissing()
	}
	if err := f(is); err != nil {
		return err
	}
	j.touch(is)
	return nil
}
