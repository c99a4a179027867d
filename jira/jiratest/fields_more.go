package jiratest

import (
	"encoding/json"
	"strings"
	"time"
)

// nameOrID is how REST refers to a priority, resolution, type and the like.
type nameOrID struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Key  string `json:"key"`
}

func pickNamed(all map[int64]*Named, ref nameOrID) *Named {
	for _, n := range sorted(all) {
		if ref.ID != "" && ids(n.ID) == ref.ID || ref.ID == "" && ref.Name != "" && strings.EqualFold(n.Name, ref.Name) {
			return n
		}
	}
	return nil
}

func nameOf(n *Named) (string, string) {
	if n == nil {
		return "", ""
	}
	return ids(n.ID), n.Name
}

func (d *draft) setPriority(v json.RawMessage) {
	var ref nameOrID
	if err := json.Unmarshal(v, &ref); err != nil {
		d.fail("priority", "data was not an object")
		return
	}
	p := pickNamed(d.j.priorities, ref)
	if p == nil {
		d.fail("priority", "The priority selected is invalid.")
		return
	}
	if p.ID == d.is.Priority {
		return
	}
	from, fromName := nameOf(d.j.priorities[d.is.Priority])
	to, toName := nameOf(p)
	d.items = append(d.items, refItem("priority", from, fromName, to, toName))
	d.is.Priority = p.ID
}

// setResolution is for transitions; edit screens have no resolution.
func (d *draft) setResolution(v json.RawMessage) {
	var ref *nameOrID
	if err := json.Unmarshal(v, &ref); err != nil {
		d.fail("resolution", "data was not an object")
		return
	}
	var r *Named
	if ref != nil {
		if r = pickNamed(d.j.resolutions, *ref); r == nil {
			d.fail("resolution", "The resolution selected is invalid.")
			return
		}
	}
	d.resolve(r)
}

func (d *draft) resolve(r *Named) {
	from, fromName := nameOf(d.j.resolutions[d.is.Resolution])
	to, toName := nameOf(r)
	if from == to {
		return
	}
	d.items = append(d.items, refItem("resolution", from, fromName, to, toName))
	if r == nil {
		d.is.Resolution, d.is.Resolved = 0, time.Time{}
		return
	}
	d.is.Resolution, d.is.Resolved = r.ID, d.j.now()
}

// setParent sets or changes the parent: of a sub-task within its project, and
// on Cloud also the epic above a standard issue.
func (d *draft) setParent(v json.RawMessage) {
	var ref nameOrID
	if err := json.Unmarshal(v, &ref); err != nil {
		d.fail("parent", "data was not an object")
		return
	}
	t := d.j.types[d.is.TypeID]
	if ref.ID == "" && ref.Key == "" {
		if t.Subtask {
			d.fail("parent", "Issue type is a sub-task but parent issue key or id not specified.")
			return
		}
		d.useParent(nil)
		return
	}
	name := ref.ID
	if name == "" {
		name = ref.Key
	}
	parent := d.j.findIssue(name)
	if parent == nil || !d.j.sees(d.u, parent) {
		d.fail("parent", "Could not find issue by id or key.")
		return
	}
	pt := d.j.types[parent.TypeID]
	switch {
	case t.Subtask && parent.ProjectID != d.is.ProjectID:
		d.fail("issuetype", "The issue type selected is invalid.")
		d.fail("project", "Sub-tasks must be created in the same project as the parent.")
	case t.Subtask && pt.Subtask, !t.Subtask && pt.Level <= t.Level:
		d.fail("parentId", "Given parent issue does not belong to appropriate hierarchy.")
	case !t.Subtask && !d.j.cloud():
		d.offScreen("parent")
	default:
		d.useParent(parent)
	}
}

func (d *draft) useParent(parent *Issue) {
	from, fromKey, to, toKey := "", "", "", ""
	if old := d.j.issues[d.is.ParentID]; old != nil {
		from, fromKey = ids(old.ID), old.Key
	}
	d.is.ParentID = 0
	if parent != nil {
		to, toKey, d.is.ParentID = ids(parent.ID), parent.Key, parent.ID
	}
	if from != to {
		it := refItem("parent", from, fromKey, to, toKey)
		it.Field = "IssueParentAssociation"
		d.items = append(d.items, it)
	}
}

// setSprintField takes a sprint's id (or a list of one), as the Sprint field
// does on edit and create. It needs Schedule Issues.
func (d *draft) setSprintField(v json.RawMessage) {
	var id int64
	if string(v) != "null" {
		if err := json.Unmarshal(v, &id); err != nil {
			d.fail(SprintField, "Number value expected as the Sprint id.")
			return
		}
	}
	if !d.j.can(d.u, d.p, ScheduleIssues) {
		d.offScreen(SprintField)
		return
	}
	s := d.j.sprints[id]
	switch {
	case d.j.types[d.is.TypeID].Subtask:
		d.fail(SprintField, "Sub-tasks cannot be associated with a sprint; they follow their parent.")
	case id != 0 && s == nil:
		d.fail(SprintField, "Sprint with id %d does not exist.", id)
	case id != 0 && s.State == SprintClosed:
		d.fail(SprintField, "Issue cannot be assigned to the closed sprint %d.", id)
	default:
		if it, changed := d.j.setSprint(d.is, id); changed {
			d.items = append(d.items, it)
		}
	}
}
