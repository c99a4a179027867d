package jira

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// More is what an issue's answer can hold beyond its own fields, each with whether it was
// told to its end. What was not has to be asked for by itself.
type More struct {
	// Comments are the comments, if CommentsWhole.
	Comments      []Comment
	CommentsWhole bool
	// Sprint is the active or future sprint, nil for none, if SprintTold.
	Sprint     *Sprint
	SprintTold bool
	// Active are ids of sprints that may be active, for whoever wants to guess.
	Active []int64
}

// wireMore is an issue together with the field whose name is different on every site.
type wireMore struct {
	wireIssue
	field   string
	sprints json.RawMessage
}

// UnmarshalJSON reads the issue, and the Sprint field as it stands.
func (w *wireMore) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, &w.wireIssue); err != nil || w.field == "" {
		return err
	}
	var all struct {
		Fields map[string]json.RawMessage `json:"fields"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	w.sprints = all.Fields[w.field]
	return nil
}

// more reads what came along.
func (w *wireMore) more() More {
	var m More
	var c struct {
		window
		Comments []wireComment `json:"comments"`
	}
	if json.Unmarshal(w.Fields.Comment, &c) == nil && c.Comments != nil && c.StartAt == 0 && c.Total != nil && *c.Total <= len(c.Comments) {
		m.CommentsWhole, m.Comments = true, make([]Comment, 0, len(c.Comments))
		for _, one := range c.Comments {
			m.Comments = append(m.Comments, one.comment())
		}
	}
	m.sprints(w.sprints)
	return m
}

// activeText finds the id of an active sprint in the text that Data Center writes. Names and
// goals stand in it unquoted, so it is good for a guess only.
var activeText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\[,]id=([0-9]{1,18}),`) })

// sprints reads the Sprint field: a list of objects on Cloud, of texts on Data Center. A field
// that is missing may be hidden, so it tells nothing; one that is null tells that there is none.
func (m *More) sprints(raw json.RawMessage) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 {
		return
	}
	var objects []struct {
		wireSprint
		BoardID flexID `json:"boardId"`
	}
	if err := json.Unmarshal(raw, &objects); err != nil {
		m.guess(raw)
		return
	}
	m.SprintTold = true
	for _, o := range objects {
		s := o.sprint()
		if s.OriginBoardID == 0 {
			s.OriginBoardID = o.BoardID.num()
		}
		switch {
		case s.ID == 0 || s.State == "":
			m.SprintTold = false
		case s.State == SprintActive:
			m.Sprint, m.Active = &s, append(m.Active, s.ID)
		case s.State == SprintFuture && m.Sprint == nil:
			m.Sprint = &s
		}
	}
}

// guess reads the texts of Data Center.
func (m *More) guess(raw json.RawMessage) {
	var texts []string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return // neither form: nothing to guess from
	}
	for _, text := range texts {
		found := activeText().FindStringSubmatch(text)
		if found == nil || !strings.Contains(strings.ToUpper(text), "STATE=ACTIVE") {
			continue
		}
		if id, err := strconv.ParseInt(found[1], 10, 64); err == nil {
			m.Active = append(m.Active, id)
		}
	}
}
