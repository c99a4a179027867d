package forecast

import (
	"context"
	"fmt"
	"slices"
	"time"

	"andon/rules"
)

// maxStages is more stages than any story needs.
const maxStages = 60

// Forecast is what andon would do about a project, and why.
type Forecast struct {
	Project string    `json:"project"`
	Issue   string    `json:"issue,omitempty"`
	Key     string    `json:"key,omitempty"`
	At      time.Time `json:"at"`
	// Source says where the facts are from: "jira" or "file".
	Source string `json:"source"`
	// Scenes are what comes now, and after each thing that somebody does.
	Scenes []Scene `json:"scenes"`
	// Unread is what was wanted and could not be read, a sentence each. What comes after
	// it may come differently.
	Unread []string `json:"unread,omitempty"`
	// Permissions are what andon's account lacks, with what does not work without it.
	Permissions []string `json:"permissions,omitempty"`
	// PermissionsRead is false where nobody has asked for them.
	PermissionsRead bool `json:"permissionsRead"`
}

// Scene is everything that comes of one thing.
type Scene struct {
	// If is what somebody does first, empty for nothing.
	If      string   `json:"if,omitempty"`
	Actions []Action `json:"actions,omitempty"`
	// States are the disasters afterwards, and Frozen whether planning is.
	States  []State  `json:"states,omitempty"`
	Frozen  bool     `json:"frozen"`
	Notices []Reason `json:"notices,omitempty"`
	// Next is whose act is next about the issue that was asked for, Gates how its gates
	// stand, and Trouble what needs a human.
	Next    string             `json:"next,omitempty"`
	Gates   []rules.GateReport `json:"gates,omitempty"`
	Trouble []string           `json:"trouble,omitempty"`
	// Again is when andon would look again without a hint, 0 for not by itself.
	Again time.Duration `json:"again,omitempty"`
}

// Action is one write that andon would make.
type Action struct {
	Stage string `json:"stage"`
	Key   string `json:"key"`
	Line  string `json:"line"`
	// Text is what would be written, of a comment or a notice.
	Text string `json:"text,omitempty"`
}

// State is where a disaster stands.
type State struct {
	Issue  string `json:"issue"`
	Key    string `json:"key,omitempty"`
	Phase  string `json:"phase"`
	Frozen bool   `json:"frozen"`
	Reason Reason `json:"reason"`
	// Cause says how the root-cause task stands, for declared disasters.
	Cause *Reason `json:"cause,omitempty"`
}

// Reason is why, with the evidence.
type Reason struct {
	Code     string     `json:"code"`
	Text     string     `json:"text"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Evidence is what somebody did at some time.
type Evidence struct {
	Who    string    `json:"who"`
	When   time.Time `json:"when"`
	What   string    `json:"what"`
	Change string    `json:"change,omitempty"`
}

// Read reads what a decision wants. It gives sentences on what it could not read.
type Read func(ctx context.Context, f rules.Facts, w rules.Wants) (rules.Facts, []string, error)

// Make tells what would come of some facts, and of acts that follow one another.
func Make(ctx context.Context, f rules.Facts, issue string, acts []Act, read Read) (Forecast, error) {
	out := Forecast{Project: f.Project.Key, Issue: issue, Key: keyOf(f, issue), At: f.Now}
	m := maker{read: read, out: &out}
	f, err := m.scene(ctx, f, Scene{})
	for _, a := range acts {
		if err != nil {
			break
		}
		f.Now = f.Now.Add(time.Second)
		if f, err = m.known(ctx, f, a); err != nil {
			break
		}
		if f, err = a.do(f, issue); err != nil {
			break
		}
		f, err = m.scene(ctx, f, Scene{If: a.words(f, issue)})
	}
	out.permissions(f)
	return out, err
}

// keyOf is the key of an issue in the facts.
func keyOf(f rules.Facts, issue string) string {
	for _, d := range f.Disasters {
		if d.ID == issue {
			return rules.Printable(d.Key)
		}
	}
	return ""
}

// permissions tells what andon's account lacks.
func (o *Forecast) permissions(f rules.Facts) {
	o.PermissionsRead = f.Outlook.Read && f.Outlook.Unreadable == ""
	if f.Outlook.Unreadable != "" {
		o.Unread = append(o.Unread, "the permissions of andon's account: "+f.Outlook.Unreadable)
	}
	for _, m := range f.Outlook.Missing {
		o.Permissions = append(o.Permissions, fmt.Sprintf("%s in project %s: without it %s", m.Right.Name, m.Project, m.Right.Without))
	}
}

// maker makes a forecast.
type maker struct {
	read Read
	out  *Forecast
}

// known reads who the people are, where an act is somebody's.
func (m maker) known(ctx context.Context, f rules.Facts, a Act) (rules.Facts, error) {
	if f.People.Read || f.People.Unreadable != "" || !a.byOwner() {
		return f, nil
	}
	return m.want(ctx, f, rules.Wants{People: true})
}

// want reads what is wanted, and notes what could not be read.
func (m maker) want(ctx context.Context, f rules.Facts, w rules.Wants) (rules.Facts, error) {
	f, unread, err := m.read(ctx, f, w)
	for _, u := range unread {
		if !slices.Contains(m.out.Unread, u) {
			m.out.Unread = append(m.out.Unread, u)
		}
	}
	return f, err
}

// scene carries out everything that follows from the facts, in the facts alone.
func (m maker) scene(ctx context.Context, f rules.Facts, s Scene) (rules.Facts, error) {
	var p rules.Plan
	var err error
	for range maxStages {
		p = rules.Decide(f)
		if !p.Wants.Empty() {
			if f, err = m.want(ctx, f, p.Wants); err != nil {
				break
			}
			continue
		}
		if len(p.Actions) == 0 {
			break
		}
		for _, a := range p.Actions {
			s.Actions = append(s.Actions, Action{Stage: string(p.Stage), Key: a.Key(), Line: rules.Printable(a.Line()), Text: textOf(a)})
			f = rules.Effect(f, a, predicted(f, a))
		}
	}
	s.Frozen, s.Again = p.Frozen, p.Again
	for _, st := range p.States {
		s.States = append(s.States, stateOf(st))
	}
	for _, n := range p.Notices {
		s.Notices = append(s.Notices, reasonOf(n))
	}
	if r, ok := rules.Tell(f, m.out.Issue); ok {
		s.Next, s.Gates, s.Trouble = r.Next, r.Gates, r.Trouble
	}
	m.out.Scenes = append(m.out.Scenes, s)
	if err == nil && !p.Empty() {
		err = fmt.Errorf("after %d stages there is still something to do; please report this with --facts", maxStages)
	}
	return f, err
}

// textOf is what an action would write for people.
func textOf(a rules.Action) string {
	switch a := a.(type) {
	case rules.WriteStatus:
		return a.Body
	case rules.Say:
		return a.Body
	case rules.Notify:
		return a.Title + "\n" + a.Text
	}
	return ""
}

// stateOf is a state for people.
func stateOf(s rules.State) State {
	out := State{Issue: s.ID, Key: s.Key, Phase: string(s.Phase), Frozen: s.Frozen, Reason: reasonOf(s.Reason)}
	if s.Cause.State != "" {
		cause := reasonOf(s.Cause.Reason)
		out.Cause = &cause
	}
	return out
}

// reasonOf is a reason for people.
func reasonOf(r rules.Reason) Reason {
	out := Reason{Code: r.Code, Text: rules.Printable(r.Text)}
	for _, e := range r.Evidence {
		out.Evidence = append(out.Evidence, Evidence{Who: nameOf(e.Who), When: e.When, What: rules.Printable(e.What), Change: e.Change})
	}
	return out
}

// nameOf names a person.
func nameOf(p rules.Person) string {
	for _, name := range []string{p.Name, p.Username, p.ID} {
		if name = rules.Printable(name); name != "" {
			return name
		}
	}
	return "an unknown account"
}
