package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sameAct is how far apart the changes of one act on many issues may be.
const sameAct = time.Minute

// maxListed is how many issues a comment names.
const maxListed = 50

// Returned is one act that put issues into a sprint in the freeze, and what became of it.
type Returned struct {
	// Sprint is where the issues were put, To where they go back to, 0 for the backlog.
	Sprint int64  `json:"sprint"`
	To     int64  `json:"to,omitempty"`
	By     Person `json:"by,omitzero"`
	// Created is true where the issues were created in the sprint.
	Created bool `json:"created,omitempty"`
	// At is when the first of them was put there, Last when the last one was.
	At   time.Time `json:"at"`
	Last time.Time `json:"last"`
	// Undone is when they were seen back, zero while that is still to be done.
	Undone time.Time `json:"undone,omitzero"`
	// Times counts how often they were sent back.
	Times int `json:"times,omitempty"`
	// Stays is true where some had not gone back when the freeze ended, so that they stay.
	Stays bool `json:"stays,omitempty"`
	// Issues are their ids in rank order.
	Issues []string `json:"issues,omitempty"`
	// Cut is the number of issues left out because the record is full.
	Cut int `json:"cut,omitempty"`
	// Mute is true where no comment is written, since an automation seems to be at work.
	Mute bool `json:"mute,omitempty"`
}

// like says whether an act is of the same sort: the same person, from and to the same place.
func (r Returned) like(p put) bool {
	return r.Sprint == p.sprint && r.To == p.to && r.By.ID == p.by.ID && r.Created == p.created
}

// near says whether an act falls into the time of this one.
func (r Returned) near(p put) bool {
	return !p.at.Before(r.At.Add(-sameAct)) && !p.at.After(r.Last.Add(sameAct))
}

// holds says whether this very act is the one that is remembered.
func (r Returned) holds(p put) bool {
	return r.like(p) && !p.at.After(r.Last) && (slices.Contains(r.Issues, p.issue) || r.Cut > 0 && !p.at.Before(r.At))
}

// covers says whether an act is remembered.
func (r Record) covers(p put) bool {
	return slices.ContainsFunc(r.Returned, func(b Returned) bool { return b.holds(p) })
}

// keepPut puts an act into the record, which has to be written before the issue is moved.
// What one person does to several issues within a minute is one act; the same issue put
// to the same place again is the same act once more.
func (c *dossier) keepPut(p put, now time.Time) {
	c.mustRemember = true
	if c.rec.covers(p) {
		return
	}
	join := slices.IndexFunc(c.rec.Returned, func(b Returned) bool { return b.Undone.IsZero() && !b.Stays && b.like(p) && b.near(p) })
	again := slices.IndexFunc(c.rec.Returned, func(b Returned) bool { return b.like(p) && slices.Contains(b.Issues, p.issue) })
	switch {
	case join >= 0:
		b := &c.rec.Returned[join]
		if !slices.Contains(b.Issues, p.issue) {
			b.Issues = append(b.Issues, p.issue)
		}
		b.Last = later(b.Last, p.at)
	case again >= 0:
		b := &c.rec.Returned[again]
		if !b.Undone.IsZero() {
			c.rec.strike(issueSourceOf(p.by), now)
		}
		b.Last, b.Undone, b.Stays = later(b.Last, p.at), time.Time{}, false
	default:
		mute := c.rec.strike(issueSourceOf(p.by), now)
		c.rec.Returned = append(c.rec.Returned, Returned{Sprint: p.sprint, To: p.to, By: brief(p.by), Created: p.created,
			At: p.at, Last: p.at, Issues: []string{p.issue}, Mute: mute})
		c.rec.bound()
	}
}

// later is the later one of two moments.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// settleReturned notes which issues are back by now, and tells of what was done.
func (w *work) settleReturned() {
	for i := range w.cases {
		c := &w.cases[i]
		if !c.live {
			continue
		}
		for k := range c.rec.Returned {
			b := &c.rec.Returned[k]
			if b.Undone.IsZero() && !b.Stays && w.settled(c, b) {
				b.Undone = w.f.Now
				b.Times++
			}
			if !b.Undone.IsZero() && !b.Mute && c.tells(b.Undone) {
				w.tellReturned(c, *b)
			}
		}
		if c.state.Frozen {
			w.tellFights(c)
		}
	}
}

// back says whether the issues of an act are seen to be back, save those that Jira would
// not move. While nobody has read where they are, nobody can say so.
func (w *work) back(c *dossier, b Returned) bool {
	if w.misplaced == nil {
		return false
	}
	left, refused := 0, 0
	for _, id := range b.Issues {
		p, there := w.misplaced[id]
		if !there || p.sprint != b.Sprint || p.by.ID != b.By.ID || p.at.After(b.Last) {
			continue
		}
		left++
		if _, no := w.f.Failed[refusedPut(c.d.ID, id)]; no {
			refused++
		}
	}
	return left == 0 || left == refused && left < len(b.Issues)
}

// tellReturned writes one comment on an act, with the keys that the issues have now.
func (w *work) tellReturned(c *dossier, b Returned) {
	ref := []string{"planned", c.d.ID, strconv.FormatInt(b.Sprint, 10), orElse(firstOf(b.Issues), "none"), strconv.FormatInt(b.At.Unix(), 10)}
	if !c.anchored(w.f) || slices.Contains(c.rec.Said, makeRef(ref...)) {
		return
	}
	keys, known := w.keysOf(b.Issues)
	if !known {
		return
	}
	did := "put"
	if b.Created {
		did = "created"
	}
	w.say(c, comment(c.d, "issues went back to where they were", fmt.Sprintf(
		"%s %s %s %s at %s while planning is frozen: %s. Andon put what Jira lets it move back into %s at %s, and remembers it for the resumption. %s",
		person(b.By), did, plural(len(b.Issues)+b.Cut, "issue"), w.intoSprint(b), when(b.At), keys, w.sprintWords(b.To), when(b.Undone), w.wayOut(*c)), ref...))
}

// intoSprint says into which sprint issues were put, or in which they were created.
func (w *work) intoSprint(b Returned) string {
	if b.Created {
		return "in " + w.sprintWords(b.Sprint)
	}
	return "into " + w.sprintWords(b.Sprint)
}

// sprintWords names a place for a comment, with the name of a sprint that is still open.
func (w *work) sprintWords(id int64) string {
	for _, s := range w.f.Sprints {
		if s.ID == id {
			return fmt.Sprintf("sprint %d \"%s\"", id, EscapeWiki(s.Name))
		}
	}
	return placeWords(id)
}

// keysOf lists the keys of issues for a comment; those that are not known are asked for.
func (w *work) keysOf(ids []string) (string, bool) {
	known := map[string]string{}
	for _, p := range w.f.Planned {
		known[p.ID] = p.Key
	}
	var keys, missing []string
	for _, id := range ids[:min(len(ids), maxListed)] {
		key, read := w.f.Keys[id]
		if k, planned := known[id]; planned {
			key, read = k, true
		}
		if !read {
			missing = append(missing, id)
		}
		keys = append(keys, orElse(key, "issue "+id))
	}
	if len(missing) > 0 {
		w.wants.Keys = append(w.wants.Keys, missing...)
		return "", false
	}
	if more := len(ids) - len(keys); more > 0 {
		keys = append(keys, itoa(more)+" more")
	}
	return strings.Join(keys, ", "), true
}

// returnedNews asks for notices on the latest acts that were undone, and on automations.
func (w *work) returnedNews(c *dossier) {
	r := c.rec
	for _, b := range r.Returned[max(0, len(r.Returned)-maxViolations):] {
		if b.Undone.IsZero() || b.Mute {
			continue
		}
		w.news(c, news{ref: makeRef("planned", strconv.FormatInt(b.Sprint, 10), orElse(firstOf(b.Issues), "none"), strconv.FormatInt(b.At.Unix(), 10)), at: b.Undone,
			kind: NoticeReturned, notice: Notice{By: plainName(b.By), Issues: plural(len(b.Issues)+b.Cut, "issue"), Sprint: b.Sprint}})
	}
	for _, s := range r.Sources {
		if !s.Fight.IsZero() {
			w.news(c, news{ref: makeRef("fight", s.Of, strconv.FormatInt(s.Fight.Unix(), 10)), at: s.Fight, kind: NoticeFight, notice: Notice{Why: w.cause(s, plainName)}})
		}
	}
}

// firstOf is the first element, empty if there is none.
func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// returnedLines shows in the status which issues went back, and where violations come from.
func (w *work) returnedLines(b *strings.Builder, c dossier) {
	if len(c.rec.Returned) > 0 {
		b.WriteString("*Issues put into a sprint:*\n")
	}
	for _, r := range c.rec.Returned {
		did := "to be put back"
		switch {
		case !r.Undone.IsZero():
			did = "put back at " + when(r.Undone)
		case r.Stays:
			did = "not all were back when the freeze ended, so they stay"
		case !c.state.Frozen:
			did = "not seen back before the freeze ended"
		}
		if r.Times > 1 {
			did += fmt.Sprintf(", %d times", r.Times)
		}
		fmt.Fprintf(b, "* %s into %s by %s: %s\n", plural(len(r.Issues)+r.Cut, "issue"), placeWords(r.Sprint), person(r.By), did)
	}
	if m := c.rec.Merged; m != nil {
		fmt.Fprintf(b, "*Before that:* %s and %s were undone.\n", plural(m.Sprints, "sprint"), plural(m.Puts, "act")+" of putting issues into a sprint")
	}
	for _, s := range c.rec.Sources {
		if s.fights(w.f.Now) {
			fmt.Fprintf(b, "*An automation seems to fight the freeze:* %s, %s so far. Its acts are undone once every %s.\n", w.sourceWords(s), plural(s.Count, "violation"), interval(w.f.Settings.Resync))
		}
	}
}
