package jiratest

import "time"

// index is what search knows: copies of issues as they were, behind the
// issues themselves by as much as the knobs say.
type index struct {
	docs    map[int64]*Issue
	pending []indexEntry
	last    int64 // id of the issue that changed last
}

type indexEntry struct {
	id    int64
	doc   *Issue // nil: deleted
	at    time.Time
	write int
}

// indexPatience is when the index has caught up although nobody has written since.
const indexPatience = time.Minute

// touch tells the index that an issue changed; call it after each change.
func (j *Jira) touch(is *Issue) {
	j.index.last = is.ID
	j.index.pending = append(j.index.pending, indexEntry{id: is.ID, doc: is.clone(), at: j.now(), write: j.writes})
}

// know puts an issue into the index without any lag.
func (j *Jira) know(is *Issue) {
	if j.index.docs == nil {
		j.index.docs = map[int64]*Issue{}
	}
	j.index.docs[is.ID] = is.clone()
}

// forget tells the index that an issue is gone.
func (j *Jira) forget(id int64) {
	j.index.pending = append(j.index.pending, indexEntry{id: id, at: j.now(), write: j.writes})
}

// indexed gives the issues as search sees them now.
func (j *Jira) indexed() map[int64]*Issue {
	if j.index.docs == nil {
		j.index.docs = map[int64]*Issue{}
	}
	now, n := j.now(), 0
	for _, e := range j.index.pending {
		lag := j.knobs.IndexLagWrites
		behind := lag > 0 && j.writes-e.write <= lag && now.Sub(e.at) < indexPatience
		if behind || now.Sub(e.at) < j.knobs.IndexLag {
			break
		}
		if e.doc == nil {
			delete(j.index.docs, e.id)
		} else {
			j.index.docs[e.id] = e.doc
		}
		n++
	}
	j.index.pending = j.index.pending[n:]
	return j.index.docs
}

// CatchUp lets the search index catch up with all writes so far.
func (j *Jira) CatchUp() {
	j.mu.Lock()
	defer j.mu.Unlock()
	lag, writes := j.knobs.IndexLag, j.knobs.IndexLagWrites
	j.knobs.IndexLag, j.knobs.IndexLagWrites = 0, 0
	j.indexed()
	j.knobs.IndexLag, j.knobs.IndexLagWrites = lag, writes
}
