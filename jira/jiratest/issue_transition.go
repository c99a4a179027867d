package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// transitionsFor are the transitions that a user can take from the issue's status.
func (j *Jira) transitionsFor(u *User, is *Issue) []Transition {
	if !j.canIssue(u, is, TransitionIssues) {
		return nil
	}
	var out []Transition
	for _, t := range j.projects[is.ProjectID].Transitions {
		if len(t.From) == 0 || slices.Contains(t.From, is.StatusID) {
			out = append(out, t)
		}
	}
	return out
}

func (j *Jira) restTransitions(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	out := []obj{}
	for _, t := range j.transitionsFor(c.user, is) {
		if want := c.query.Get("transitionId"); want != "" && want != ids(t.ID) {
			continue
		}
		o := obj{"id": ids(t.ID), "name": t.Name, "to": j.statusJSON(j.statuses[t.To]), "hasScreen": len(t.Fields) > 0,
			"isGlobal": len(t.From) == 0, "isInitial": false, "isConditional": false, "isLooped": false}
		if j.cloud() {
			o["isAvailable"] = true
		}
		if slices.Contains(list(c.query["expand"]), "transitions.fields") {
			o["fields"] = j.screenJSON(t)
		}
		out = append(out, o)
	}
	return ok(obj{"expand": "transitions", "transitions": out})
}

func (j *Jira) screenJSON(t Transition) obj {
	fields := obj{}
	for _, f := range t.Fields {
		o := obj{"required": slices.Contains(t.ScreenRequired, f), "name": f, "key": f, "hasDefaultValue": false, "operations": []string{"set"}}
		if f == "resolution" {
			o["name"] = "Resolution"
			o["schema"] = obj{"type": "resolution", "system": "resolution"}
			var allowed []any
			for _, r := range sorted(j.resolutions) {
				allowed = append(allowed, j.namedJSON("resolution", r))
			}
			o["allowedValues"] = allowed
		}
		fields[f] = o
	}
	return fields
}

func (j *Jira) restTransition(c *call) reply {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return failed(err)
	}
	var in issueInput
	if err := c.decode(&in); err != nil {
		return failed(err)
	}
	if err := j.transition(c.user, is, in); err != nil {
		return failed(err)
	}
	return noContent()
}

// transition moves an issue through its workflow.
func (j *Jira) transition(u *User, is *Issue, in issueInput) *Error {
	if in.Transition == nil || in.Transition.ID == "" {
		return refuse(http.StatusBadRequest, "Missing 'transition' identifier")
	}
	t, err := j.transitionByID(u, is, in.Transition.ID)
	if err != nil {
		return err
	}
	d := j.newDraft(u, j.projects[is.ProjectID], is.clone())
	d.screen(t, in)
	if err := d.err(); err != nil {
		return err
	}
	comments, err := j.commentsIn(u, is, in.Update["comment"])
	if err != nil {
		return err
	}
	d.move(t)
	*is = *d.is
	j.commit(u, is, "issue_generic", d.items)
	for _, body := range comments {
		j.addComment(u, is, commentInput{Body: body})
	}
	return nil
}

func (j *Jira) transitionByID(u *User, is *Issue, id string) (Transition, *Error) {
	for _, t := range j.transitionsFor(u, is) {
		if ids(t.ID) == id {
			return t, nil
		}
	}
	for _, t := range j.projects[is.ProjectID].Transitions {
		if ids(t.ID) == id {
			return Transition{}, refuse(http.StatusBadRequest, "It seems that you have tried to perform a workflow operation (%s) that is not valid for the current state of this issue (%s). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.", t.Name, is.Key)
		}
	}
	return Transition{}, refuse(http.StatusBadRequest, "Transition id '%s' is not valid for this issue.", id)
}

// screen sets the fields of the transition's screen; others are refused.
func (d *draft) screen(t Transition, in issueInput) {
	for _, name := range sortedKeys(in.Fields) {
		switch {
		case !slices.Contains(t.Fields, name):
			d.offScreen(name)
		case name == "resolution":
			d.setResolution(in.Fields[name])
		default:
			if set := setters()[name]; set != nil {
				set(d, in.Fields[name])
			}
		}
	}
	for _, name := range t.ScreenRequired {
		if in.Fields[name] == nil {
			d.fail(name, "%s is required.", strings.ToUpper(name[:1])+name[1:])
		}
	}
}

// move changes the status and lets the workflow set or clear the resolution.
// "-" in SetsResolution leaves that to Knobs.DoneSetsResolution.
func (d *draft) move(t Transition) {
	from, to := d.j.statuses[d.is.StatusID], d.j.statuses[t.To]
	sets, clears := t.SetsResolution, t.ClearsIt
	if sets == "-" {
		sets = ""
		clears = clears && d.j.knobs.DoneSetsResolution
		if to.Category == CategoryDone && d.j.knobs.DoneSetsResolution {
			sets = "Done"
		}
	}
	if clears {
		d.resolve(nil)
	} else if sets != "" && d.is.Resolution == 0 {
		d.resolve(pickNamed(d.j.resolutions, nameOrID{Name: sets}))
	}
	if from.ID != to.ID {
		d.items = append(d.items, refItem("status", ids(from.ID), from.Name, ids(to.ID), to.Name))
		d.is.StatusID = to.ID
	}
}
