package rules

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

const (
	// fightAfter is how many violations from one source within fightWindow are taken for
	// an automation at work.
	fightAfter = 5
	// fightWindow is that time, and the quiet after which the source is forgiven.
	fightWindow = time.Hour
	// maxSources bounds how many sources a record tells apart.
	maxSources = 40
	// maxKept bounds how many undone sprints, and how many undone acts on issues, keep an
	// entry of their own.
	maxKept = 30
)

// Source is where violations of a freeze come from: for issues an account, for sprints,
// of which Jira tells no actor, the sort of the act and the board.
type Source struct {
	// Of means "the same source".
	Of    string  `json:"of"`
	By    Person  `json:"by,omitzero"`
	Why   Undoing `json:"why,omitempty"`
	Board int64   `json:"board,omitempty"`
	// Count is the number of violations, Recent when the latest of them were met.
	Count  int         `json:"n"`
	Recent []time.Time `json:"recent"`
	// Fight is since when an automation seems to be at work, zero if there is none.
	Fight time.Time `json:"fight,omitzero"`
}

// Merged counts undone violations whose own entries were given up, so that the record
// stays small however long somebody goes on.
type Merged struct {
	Sprints int `json:"sprints,omitempty"`
	Puts    int `json:"puts,omitempty"`
	// Issues are what they left behind.
	Issues []string `json:"issues,omitempty"`
	Cut    int      `json:"cut,omitempty"`
}

// sprintSource is the source of a sprint that was created or started.
func sprintSource(why Undoing, board int64) string {
	return string(why) + "/" + strconv.FormatInt(board, 10)
}

// issueSource is the source of issues that were put into a sprint.
func issueSource(by Person) string { return "issues/" + by.ID }

// issueSourceOf is that source as it is first remembered.
func issueSourceOf(by Person) Source { return Source{Of: issueSource(by), By: brief(by)} }

// brief is a person with a name that is not too long to be remembered again and again.
func brief(p Person) Person {
	p.Name = cut(p.Name, 60)
	return p
}

// last is when the latest violation was met.
func (s Source) last() time.Time {
	if len(s.Recent) == 0 {
		return time.Time{}
	}
	return s.Recent[len(s.Recent)-1]
}

// fights says whether an automation seems to be at work now. After an hour of quiet it is
// forgiven.
func (s Source) fights(now time.Time) bool {
	return !s.Fight.IsZero() && now.Sub(s.last()) < fightWindow
}

// source finds a source.
func (r Record) source(of string) (Source, bool) {
	i := slices.IndexFunc(r.Sources, func(s Source) bool { return s.Of == of })
	if i < 0 {
		return Source{}, false
	}
	return r.Sources[i], true
}

// strike counts a violation against its source. It says whether an automation was known
// to be at work before, so that nothing new is to be told.
func (r *Record) strike(from Source, now time.Time) bool {
	s, known := r.source(from.Of)
	if !known {
		s = from
	}
	fought := s.fights(now)
	if !fought && !s.Fight.IsZero() {
		s.Fight, s.Recent = time.Time{}, nil
	}
	s.Count++
	s.Recent = append(slices.Clone(s.Recent), now)
	s.Recent = s.Recent[max(0, len(s.Recent)-fightAfter):]
	if !fought && len(s.Recent) == fightAfter && now.Sub(s.Recent[0]) <= fightWindow {
		s.Fight = now
	}
	r.Sources = append(slices.DeleteFunc(r.Sources, func(o Source) bool { return o.Of == from.Of }), s)
	r.Sources = r.Sources[max(0, len(r.Sources)-maxSources):]
	return fought
}

// waits says whether a new violation from a source is undone only later: andon does not
// race an automation, but comes by once every resync interval. Planning stays frozen.
func (w *work) waits(c *dossier, of string) bool {
	s, _ := c.d.Record.source(of)
	due := s.last().Add(w.f.Settings.Resync)
	if !s.fights(w.f.Now) || !w.f.Now.Before(due) {
		return false
	}
	w.lookAt(due)
	return true
}

// holdsOff says whether a sprint that was not remembered yet is left for later, since an
// automation seems to be at work.
func (w *work) holdsOff(c *dossier, s Sprint, why Undoing) bool {
	return why != AtDeclaration && c.d.Record.anew(s.ID) && w.waits(c, sprintSource(why, s.Board))
}

// anew says whether undoing a sprint would be another violation, and not the rest of one
// that is remembered.
func (r Record) anew(sprint int64) bool {
	old, ok := r.sprint(sprint)
	return !ok || !old.Undone.IsZero()
}

// bound merges the oldest undone violations into counts. What is still to be undone and
// what the declaration cancelled keep their entries.
func (r *Record) bound() {
	r.mergeSprints(len(r.Sprints) - maxKept)
	r.mergeReturned(len(r.Returned) - maxKept)
}

// GiveUp merges the oldest half of the undone violations into counts, where more than keep
// of a sort have entries of their own, so that a record fits into its place. It says
// whether that helped.
func (r *Record) GiveUp(keep int) bool {
	before := len(r.Sprints) + len(r.Returned)
	if len(r.Sprints) > keep {
		r.mergeSprints((len(r.Sprints) + 1) / 2)
	}
	if len(r.Returned) > keep {
		r.mergeReturned((len(r.Returned) + 1) / 2)
	}
	return len(r.Sprints)+len(r.Returned) < before
}

// merged are the counts, to be added to.
func (r *Record) merged() *Merged {
	m := Merged{}
	if r.Merged != nil {
		m = *r.Merged
	}
	return &m
}

// mergeSprints merges so many undone sprints, the oldest first.
func (r *Record) mergeSprints(spare int) {
	m := r.merged()
	r.Sprints = slices.DeleteFunc(r.Sprints, func(s SprintRecord) bool {
		if spare <= 0 || s.Undone.IsZero() || s.Why == AtDeclaration {
			return false
		}
		spare--
		m.Sprints, m.Cut, m.Issues = m.Sprints+1, m.Cut+s.Cut, union(m.Issues, s.Issues)
		r.Merged = m
		return true
	})
}

// mergeReturned merges so many undone acts on issues, the oldest first.
func (r *Record) mergeReturned(spare int) {
	m := r.merged()
	r.Returned = slices.DeleteFunc(r.Returned, func(b Returned) bool {
		if spare <= 0 || b.Undone.IsZero() {
			return false
		}
		spare--
		m.Puts, m.Cut, m.Issues = m.Puts+1, m.Cut+b.Cut, union(m.Issues, b.Issues)
		r.Merged = m
		return true
	})
}

// tellFights says once for every fight that an automation seems to be at work, and where
// to look for it.
func (w *work) tellFights(c *dossier) {
	for _, s := range c.rec.Sources {
		if s.fights(w.f.Now) {
			w.lookAt(s.last().Add(fightWindow)) // the status forgives it then
			w.say(c, comment(c.d, "an automation seems to fight the freeze", fmt.Sprintf(
				"*An automation seems to fight the freeze:* %d violations within an hour come from the same source. %s Please switch it off until planning is free. Andon writes no more comments about this source for now and undoes its acts once every %s instead of at once; the status comment counts them. *Planning stays frozen.*",
				fightAfter, w.cause(s, person), interval(w.f.Settings.Resync)), "fight", c.d.ID, s.Of, strconv.FormatInt(s.Fight.Unix(), 10)))
		}
	}
}

// cause names the likely cause of a fight.
func (w *work) cause(s Source, name func(Person) string) string {
	board := strconv.FormatInt(s.Board, 10)
	switch s.Why {
	case StartedInFreeze:
		if w.f.Site.Flavour == DataCenter {
			return "Sprints of board " + board + " are started again and again: by a rule or script that starts sprints, or by the automatic start that Data Center has for them."
		}
		return "Sprints of board " + board + " are started again and again: by a rule or script that starts sprints."
	case CreatedInFreeze:
		return "Sprints are created on board " + board + " again and again: by a rule or script that creates sprints."
	case AtDeclaration:
	}
	if s.By.App {
		return fmt.Sprintf("The app %s puts issues into sprints: look for a rule of it that does so.", name(s.By))
	}
	return fmt.Sprintf("The account %s puts issues into sprints: a rule or script may act under it, or the person does not know of the freeze.", name(s.By))
}

// sourceWords names a source for the status.
func (w *work) sourceWords(s Source) string {
	switch s.Why {
	case StartedInFreeze:
		return fmt.Sprintf("sprints of board %d are started", s.Board)
	case CreatedInFreeze:
		return fmt.Sprintf("sprints are created on board %d", s.Board)
	case AtDeclaration:
	}
	return person(s.By) + " puts issues into sprints"
}

// interval is a short span of time for people.
func interval(d time.Duration) string {
	if d < time.Minute {
		return itoa(int(d/time.Second)) + " s"
	}
	return span(d)
}
