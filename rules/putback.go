package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PutBack takes issues out of the sprints into which they were put in the freeze. Who
// had put them where has been remembered before.
type PutBack struct {
	Disaster string
	// Sprint is the sprint where they were before, 0 for the backlog.
	Sprint int64
	// Issues are their ids.
	Issues []string
}

// Key implements [Action].
func (a PutBack) Key() string {
	return putBackVerb + "/" + a.Disaster + "/" + strconv.FormatInt(a.Sprint, 10) + "/" + strings.Join(a.Issues, "+")
}

// Line implements [Action].
func (a PutBack) Line() string {
	return fmt.Sprintf("put %s back into %s (planning is frozen)", plural(len(a.Issues), "issue"), placeWords(a.Sprint))
}

// putBackVerb begins the keys of such actions.
const putBackVerb = "put-back"

// refusedPut is the key under which it is noted that Jira would not move one issue.
func refusedPut(disaster, issue string) string {
	return putBackVerb + "/" + disaster + "/issue/" + issue
}

// refusedPuts names the issues that Jira would not move, by the keys of what has failed.
func (w *work) refusedPuts(b *strings.Builder, c dossier, failed []string) {
	var ids []string
	why := ""
	for _, key := range failed {
		if id, ok := strings.CutPrefix(key, refusedPut(c.d.ID, "")); ok {
			ids, why = append(ids, id), w.f.Failed[key].Text
		}
	}
	if len(ids) == 0 {
		return
	}
	slices.SortFunc(ids, compareIDs)
	keys, _ := w.keysOf(ids) // whatever is named here was read as planned, so its key is known
	fmt.Fprintf(b, "*Needs a human:* Jira refused to put %s back from the sprint into which they were put: %s. %s Andon tries again at every look.\n", keys, foreign(why), advice(putBackVerb))
}

// placeWords names a sprint, or the backlog.
func placeWords(sprint int64) string {
	if sprint == 0 {
		return "the backlog"
	}
	return "sprint " + strconv.FormatInt(sprint, 10)
}

// putBack is how the facts look after issues have been moved; those that Jira would not
// move are noted one by one, so that they hold up neither the others nor this pass.
func (f Facts) putBack(a PutBack, r Result) Facts {
	f.Planned = slices.Clone(f.Planned)
	for i, p := range f.Planned {
		if _, refused := r.Refused[p.ID]; slices.Contains(a.Issues, p.ID) && !refused {
			f.Planned[i].In = []int64{a.Sprint}
		}
	}
	for _, id := range a.Issues {
		if why, refused := r.Refused[id]; refused {
			f = failing(f, refusedPut(a.Disaster, id), why)
		}
	}
	return f
}
