package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// act lets somebody do something. That Jira refuses it is people's own trouble.
func (s *sim) act() {
	s.figures.acts++
	acts := []struct {
		weight int
		do     func() (string, error)
	}{
		{22, s.actLabel}, {3, s.actCreateLabelled}, {8, s.actCause}, {4, s.actTasks}, {4, s.actTask},
		{4, s.actCreateSprint}, {4, s.actStartSprint}, {2, s.actEndSprint}, {2, s.actDeleteSprint}, {2, s.actReopenSprint},
		{4, s.actPut}, {1, s.actTake}, {2, s.actCreateIssue}, {2, s.actClone}, {1, s.actMove}, {2, s.actHide},
		{1, s.actDelete}, {3, s.actRecord}, {3, s.actRole}, {2, s.actScheme}, {1, s.actComment}, {4, s.actWait},
	}
	sum := 0
	for _, a := range acts {
		sum += a.weight
	}
	n := s.rng.IntN(sum)
	if s.bug.often != nil && s.odds(0.5) {
		acts[0].do, n = func() (string, error) { return s.bug.often(s) }, 0
	}
	for _, a := range acts {
		if n -= a.weight; n >= 0 {
			continue
		}
		line, err := a.do()
		if err != nil {
			line += " (refused)"
		}
		s.say("%s", line)
		s.truth.read()
		return
	}
}

// pick is one of a list.
func pick[T any](s *sim, list ...T) T { return list[s.rng.IntN(len(list))] }

// who is somebody, the Product Owner most often.
func (s *sim) who() string { return pick(s, "po", "po", "po", "dev", "sm", "lead") }

// person acts as somebody.
func (s *sim) person(who string) *jiratest.Person { return s.jira.As(email(who)) }

// target is one of the issues around which the story turns, the first most often.
func (s *sim) target() string {
	if s.flip() {
		return s.targets[0]
	}
	return pick(s, s.targets...)
}

// key is what people call an issue now.
func (s *sim) key(id string) string {
	i, _ := s.jira.Issue(id)
	return i.Key
}

func (s *sim) actLabel() (string, error) {
	who, id := s.who(), s.target()
	if s.odds(0.03) {
		who = "andon"
	}
	i, _ := s.jira.Issue(id)
	if strings.HasPrefix(i.Key, "BLOG-") && who == "lead" {
		who = "dev" // BLOG's own owner could declare there, which is another story
	}
	label := pick(s, "disaster", "disaster", "disaster", "disaster-data", "disaster-security", "disaster-accidental",
		"system-offline", "system-read-only", "system-restored", "system-restored", "sprint-resume")
	if s.odds(0.04) {
		label = "disaster-rehearsal"
	}
	if len(i.Labels) > 0 && s.odds(0.35) {
		label = pick(s, i.Labels...)
		return fmt.Sprintf("%s takes %s off %s", who, label, i.Key), s.person(who).RemoveLabel(id, label)
	}
	return fmt.Sprintf("%s adds %s to %s", who, label, i.Key), s.person(who).AddLabel(id, label)
}

func (s *sim) actCreateLabelled() (string, error) {
	who := s.who()
	s.names++
	key, err := s.person(who).CreateIssue(jiratest.NewIssue{Project: "SHOP", Summary: fmt.Sprintf("Fire %d", s.names), Labels: []string{"disaster"}})
	if err == nil && len(s.targets) < 4 {
		s.targets = append(s.targets, s.idOf(key))
	}
	return fmt.Sprintf("%s creates %s labelled disaster", who, key), err
}

// tasksOf are andon's tasks of an issue.
func (s *sim) tasksOf(id string) []jiratest.Issue {
	i, _ := s.jira.Issue(id)
	return s.jira.Subtasks(i.Key)
}

func (s *sim) actCause() (string, error) {
	id, who := s.target(), s.who()
	for _, task := range slices.Backward(s.tasksOf(id)) {
		if !strings.HasSuffix(task.Summary, rootCauseTitle) {
			continue
		}
		if _, category, _ := s.jira.StatusOf(task.Key); category == jiratest.CategoryDone && s.odds(0.7) {
			return fmt.Sprintf("%s opens the root-cause task of %s again", who, s.key(id)), s.person(who).Transition(task.Key, "To Do")
		}
		how := pick(s, "Done", "Done", "Done", "Won't Do")
		return fmt.Sprintf("%s closes the root-cause task of %s as %s", who, s.key(id), how), s.person(who).Transition(task.Key, "Done", how)
	}
	return "somebody looks for the root-cause task of " + s.key(id) + " in vain", nil
}

func (s *sim) actTasks() (string, error) {
	id := s.target()
	var failed error
	for _, task := range s.tasksOf(id) {
		if !strings.HasSuffix(task.Summary, rootCauseTitle) {
			failed = s.person("dev").Transition(task.Key, "Done", "Done")
		}
	}
	return "dev closes every task of " + s.key(id) + " but the root-cause task", failed
}

func (s *sim) actTask() (string, error) {
	id := s.target()
	all := s.tasksOf(id)
	if len(all) == 0 {
		return "there is no task to work on", nil
	}
	task := pick(s, all...)
	switch s.rng.IntN(4) {
	case 0:
		return "lead deletes " + task.Summary, s.person("lead").DeleteIssue(task.Key)
	case 1:
		return "dev opens " + task.Summary, s.person("dev").Transition(task.Key, "To Do")
	case 2:
		return "dev begins " + task.Summary, s.person("dev").Transition(task.Key, "In Progress")
	}
	return "dev closes " + task.Summary, s.person("dev").Transition(task.Key, "Done", pick(s, "Done", "Won't Do"))
}

// sprint is one of the project's own boards' sprints in a state, 0 if there is none.
func (s *sim) sprint(state string) int64 {
	var fit []int64
	for _, sp := range s.jira.Sprints() {
		if sp.State == state && (s.shopBoard(sp.OriginBoardID) || s.odds(0.1)) {
			fit = append(fit, sp.ID)
		}
	}
	if len(fit) == 0 {
		return 0
	}
	return pick(s, fit...)
}

func (s *sim) actCreateSprint() (string, error) {
	who := pick(s, "sm", "dev", "lead", "po")
	s.names++
	board := pick(s, s.world.seed.ShopBoard, s.world.seed.ShopBoard, s.world.seed.ShopBoard, s.world.seed.BlogBoard)
	id, err := s.person(who).CreateSprint(board, fmt.Sprintf("Habit %d", s.names))
	return fmt.Sprintf("%s creates sprint %d on board %d", who, id, board), err
}

func (s *sim) actStartSprint() (string, error) {
	who, id := pick(s, "sm", "dev", "lead"), s.sprint(jiratest.SprintFuture)
	return fmt.Sprintf("%s starts sprint %d", who, id), s.person(who).StartSprint(id, fortnight)
}

func (s *sim) actEndSprint() (string, error) {
	id := s.sprint(jiratest.SprintActive)
	return fmt.Sprintf("sm completes sprint %d", id), s.person("sm").CloseSprint(id)
}

func (s *sim) actDeleteSprint() (string, error) {
	id := s.sprint(jiratest.SprintFuture)
	return fmt.Sprintf("lead deletes sprint %d", id), s.person("lead").DeleteSprint(id)
}

func (s *sim) actReopenSprint() (string, error) {
	id := s.sprint(jiratest.SprintClosed)
	return fmt.Sprintf("lead opens sprint %d again", id), s.person("lead").ReopenSprint(id)
}

// some are issues of the project that are no sub-tasks.
func (s *sim) some() []string {
	var fit []string
	for _, i := range s.jira.Issues("SHOP") {
		if i.ParentID == 0 {
			fit = append(fit, i.Key)
		}
	}
	out := []string{pick(s, fit...)}
	if s.flip() {
		out = append(out, pick(s, fit...))
	}
	return out
}

func (s *sim) actPut() (string, error) {
	id, keys := s.sprint(pick(s, jiratest.SprintFuture, jiratest.SprintFuture, jiratest.SprintActive)), s.some()
	return fmt.Sprintf("sm puts %v into sprint %d", keys, id), s.person("sm").MoveToSprint(id, keys...)
}

func (s *sim) actTake() (string, error) {
	keys := s.some()
	return fmt.Sprintf("sm takes %v out", keys), s.person("sm").MoveToBacklog(keys...)
}

func (s *sim) actCreateIssue() (string, error) {
	id := s.sprint(jiratest.SprintFuture)
	s.names++
	_, err := s.person("dev").Do("POST", "/rest/api/2/issue", map[string]any{"fields": map[string]any{"project": map[string]string{"key": "SHOP"},
		"issuetype": map[string]string{"name": "Story"}, "summary": fmt.Sprintf("Wish %d", s.names), jiratest.SprintField: id}})
	return fmt.Sprintf("dev creates Wish %d in sprint %d", s.names, id), err
}

func (s *sim) actClone() (string, error) {
	who, id := s.who(), s.target()
	if strings.HasPrefix(s.key(id), "BLOG-") {
		who = "dev"
	}
	c, err := s.jira.Clone(email(who), s.key(id))
	if err == nil && len(s.targets) < 4 {
		s.targets = append(s.targets, itoa(c.ID))
	}
	if err == nil {
		s.truth.read()
		s.truth.cloned(itoa(c.ID))
	}
	return fmt.Sprintf("%s clones %s as %s", who, s.key(id), c.Key), err
}

func (s *sim) actMove() (string, error) {
	id := s.target()
	key, to := s.key(id), "BLOG"
	if strings.HasPrefix(key, "BLOG-") {
		to = "SHOP"
	}
	_, err := s.jira.Move(email("lead"), key, to)
	return fmt.Sprintf("lead moves %s to %s", key, to), err
}

func (s *sim) actHide() (string, error) {
	id := s.target()
	i, _ := s.jira.Issue(id)
	if len(i.HiddenFrom) > 0 {
		return i.Key + " is shown again", s.jira.Show(i.Key)
	}
	return i.Key + " is hidden from andon", s.jira.Hide(i.Key, email("andon"))
}

func (s *sim) actDelete() (string, error) {
	id := s.target()
	return "lead deletes " + s.key(id), s.person("lead").DeleteIssue(id)
}

func (s *sim) actRecord() (string, error) {
	id := s.target()
	raw, there := s.jira.Property(s.key(id), "andon")
	if !there {
		return "there is no record to spoil", nil
	}
	var err error
	what := pick(s, "deletes", "writes garbage over", "forges", "copies another's over")
	switch what {
	case "deletes":
		_, err = s.person("dev").Do("DELETE", "/rest/api/2/issue/"+id+"/properties/andon", nil)
	case "forges":
		err = s.person("dev").SetProperty(id, "andon", json.RawMessage(strings.Replace(string(raw), `"by":{"id"`, `"by":{"name":"Mallory","id"`, 1)))
	case "copies another's over":
		err = s.person("dev").SetProperty(id, "andon", json.RawMessage(strings.ReplaceAll(string(raw), `"issue":"`+id+`"`, `"issue":"1"`)))
	default:
		err = s.person("dev").SetProperty(id, "andon", map[string]string{"who": "cares"})
	}
	if err == nil {
		s.truth.spoil(id)
		s.restless++
	}
	return fmt.Sprintf("dev %s the record on %s", what, s.key(id)), err
}

func (s *sim) actRole() (string, error) {
	who := pick(s, []string{"po"}, []string{"po"}, []string{"po", "dev"}, []string{"po", "sm"}, []string{"sm"})
	members := make([]string, len(who))
	for i, w := range who {
		members[i] = email(w)
	}
	s.truth.read()
	err := s.jira.SetRoleActors("SHOP", "Product Owner", members...)
	if err == nil {
		s.truth.reigns(who...)
	}
	return fmt.Sprintf("the Product Owners are %v from now on", who), err
}

// actScheme has an administrator give the project another permission scheme.
func (s *sim) actScheme() (string, error) {
	if s.truth.anyOpen() && s.rng.IntN(4) > 0 {
		return "an administrator thinks about permissions", nil
	}
	s.names++
	all := s.jira.Schemes()
	made := s.jira.AddScheme(jiratest.PermissionScheme{Name: fmt.Sprintf("Rules %d", s.names), Grants: slices.Clone(all[0].Grants)})
	err := s.jira.AssignScheme("SHOP", made.ID)
	if err == nil {
		s.truth.scheme = made.ID
	}
	return fmt.Sprintf("an administrator gives SHOP the permission scheme %q", made.Name), err
}

func (s *sim) actComment() (string, error) {
	id := s.target()
	_, err := s.person("dev").Comment(id, "h3. Disaster or not?")
	return "dev comments on " + s.key(id), err
}

func (s *sim) actWait() (string, error) {
	d := pick(s, 2*time.Second, 30*time.Second, 2*time.Minute, time.Hour)
	if s.odds(0.05) {
		d = 25 * time.Hour
	}
	s.clock.Advance(d)
	return fmt.Sprintf("%s pass", d), nil
}
