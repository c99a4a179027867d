package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

const sprintPath = "/rest/agile/1.0/sprint/"

// CreateSprint creates a future sprint on a board and gives its id.
func (p *Person) CreateSprint(boardID int64, name string) (int64, error) {
	raw, err := p.Do(http.MethodPost, "/rest/agile/1.0/sprint", obj{"name": name, "originBoardId": boardID})
	if err != nil {
		return 0, err
	}
	var made struct{ ID int64 }
	if err := json.Unmarshal(raw, &made); err != nil {
		return 0, fmt.Errorf("create sprint %q: %w", name, err)
	}
	return made.ID, nil
}

// StartSprint starts a future sprint now for a length of time.
func (p *Person) StartSprint(id int64, length time.Duration) error {
	p.j.mu.Lock()
	now := p.j.now()
	p.j.mu.Unlock()
	return p.do(http.MethodPost, sprintPath+ids(id), obj{"state": SprintActive, "startDate": agileTime(now), "endDate": agileTime(now.Add(length))})
}

// CloseSprint closes an active sprint.
func (p *Person) CloseSprint(id int64) error {
	return p.do(http.MethodPost, sprintPath+ids(id), obj{"state": SprintClosed})
}

// DeleteSprint deletes a sprint.
func (p *Person) DeleteSprint(id int64) error {
	return p.do(http.MethodDelete, sprintPath+ids(id), nil)
}

// MoveToSprint puts issues into a sprint.
func (p *Person) MoveToSprint(id int64, keys ...string) error {
	return p.do(http.MethodPost, sprintPath+ids(id)+"/issue", obj{"issues": keys})
}

// MoveToBacklog takes issues out of their open sprints.
func (p *Person) MoveToBacklog(keys ...string) error {
	return p.do(http.MethodPost, "/rest/agile/1.0/backlog/issue", obj{"issues": keys})
}

// Assign assigns an issue to somebody (e-mail, name or id); "" unassigns it.
func (p *Person) Assign(key, to string) error {
	field := "accountId"
	if !p.j.cloud() {
		field = "name"
	}
	if to == "" {
		return p.do(http.MethodPut, issuePath+key+"/assignee", obj{field: nil})
	}
	p.j.mu.Lock()
	u := p.j.findUser(to)
	p.j.mu.Unlock()
	if u == nil {
		return refuse(http.StatusNotFound, "no user %s", to)
	}
	if p.j.cloud() {
		return p.do(http.MethodPut, issuePath+key+"/assignee", obj{field: u.AccountID})
	}
	return p.do(http.MethodPut, issuePath+key+"/assignee", obj{field: u.Name})
}
