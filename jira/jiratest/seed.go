package jiratest

import (
	"fmt"
	"time"
)

// Demo names what SeedDemo put into a site.
type Demo struct {
	ShopBoard    int64 // scrum board located in SHOP
	ActiveSprint int64 // of SHOP, with Issues in it
	FutureSprint int64 // of SHOP
	Issues       []string
	Backlog      []string
	BlogBoard    int64 // scrum board located in BLOG
	BlogSprint   int64 // active, on BlogBoard
	SharedBoard  int64 // located in BLOG, its filter also references SHOP
	BlogIssues   []string
}

// SeedDemo fills an empty site with the demo's world: the projects SHOP and
// BLOG and five people. Everybody has the API token "demo" on Cloud; on Data
// Center the password "demo" with the login name before the @, and the
// personal access token "demo-" and that name.
func SeedDemo(j *Jira) (Demo, error) {
	s := seeder{j: j}
	s.people()
	s.project(ProjectSpec{Key: "SHOP", Name: "Shop", Lead: "lead@example.com"}, "po@example.com")
	s.project(ProjectSpec{Key: "BLOG", Name: "Blog", Lead: "lead@example.com"}, "lead@example.com")
	s.shop()
	s.blog()
	if s.err != nil {
		return Demo{}, fmt.Errorf("seed the demo: %w", s.err)
	}
	return s.demo, nil
}

// seeder remembers the first error, so that the seed reads as a list.
type seeder struct {
	j    *Jira
	demo Demo
	err  error
}

func (s *seeder) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *seeder) people() {
	for _, p := range [][2]string{{"po", "Paula Owner"}, {"sm", "Sam Master"}, {"dev", "Dana Developer"}, {"lead", "Leo Lead"}, {"andon", "Andon"}} {
		u := User{Email: p[0] + "@example.com", DisplayName: p[1]}
		if s.j.cloud() {
			u.Tokens = []Token{{Secret: "demo", Kind: APIToken}}
		} else {
			u.Password, u.Tokens = "demo", []Token{{Secret: "demo-" + p[0], Kind: PAT}}
		}
		s.j.AddUser(u)
	}
	_, err := s.j.AddGroup(GroupAdmins, "andon@example.com")
	s.keep(err)
	_, err = s.j.AddGroup("developers", "dev@example.com", "sm@example.com")
	s.keep(err)
	s.j.AddRole("Product Owner")
	s.j.AddRole("Scrum Master")
}

func (s *seeder) project(spec ProjectSpec, owner string) {
	_, err := s.j.AddProject(spec)
	s.keep(err)
	s.keep(s.j.SetRoleActors(spec.Key, "Product Owner", owner))
	s.keep(s.j.SetRoleActors(spec.Key, "Scrum Master", "sm@example.com"))
	s.keep(s.j.SetRoleActors(spec.Key, "Administrators", "group:"+GroupAdmins, spec.Lead))
}

func (s *seeder) board(b BoardSpec) int64 {
	made, err := s.j.AddBoard(b)
	s.keep(err)
	return made.ID
}

func (s *seeder) sprint(sp Sprint) int64 {
	made, err := s.j.AddSprint(sp)
	s.keep(err)
	return made.ID
}

func (s *seeder) issue(spec IssueSpec) string {
	made, err := s.j.AddIssue(spec)
	s.keep(err)
	return made.Key
}

// running gives the dates of a sprint that began three days ago.
func (s *seeder) running(name, goal string, board int64) Sprint {
	s.j.mu.Lock()
	start := s.j.now().Add(-72 * time.Hour)
	s.j.mu.Unlock()
	return Sprint{Name: name, Goal: goal, State: SprintActive, Start: start, End: start.Add(14 * 24 * time.Hour), Created: start.Add(-time.Hour), OriginBoardID: board}
}

func (s *seeder) shop() {
	d := &s.demo
	d.ShopBoard = s.board(BoardSpec{Name: "SHOP board", Location: "SHOP"})
	d.ActiveSprint = s.sprint(s.running("SHOP Sprint 7", "Checkout without surprises", d.ShopBoard))
	d.FutureSprint = s.sprint(Sprint{Name: "SHOP Sprint 8", OriginBoardID: d.ShopBoard})
	dev := "dev@example.com"
	active := []int64{d.ActiveSprint}
	for _, i := range []IssueSpec{
		{Type: "Story", Summary: "Pay by invoice", Status: "In Progress", Assignee: dev},
		{Type: "Story", Summary: "Show delivery dates in the cart", Status: "To Do"},
		{Type: "Bug", Summary: "Voucher is applied twice", Status: "In Progress", Assignee: dev},
		{Type: "Task", Summary: "Update the payment library", Status: "Done", Resolution: "Done", Assignee: dev},
		{Type: "Story", Summary: "Remember the last address", Status: "To Do"},
		{Type: "Bug", Summary: "Orders disappear from the history", Status: "To Do"},
		{Type: "Story", Summary: "Send the receipt by mail", Status: "Done", Resolution: "Done", Assignee: dev},
	} {
		i.Project, i.Sprints, i.Creator = "SHOP", active, "po@example.com"
		d.Issues = append(d.Issues, s.issue(i))
	}
	s.issue(IssueSpec{Project: "SHOP", Type: "Sub-task", Parent: d.Issues[0], Summary: "Invoice address form", Status: "Done", Resolution: "Done", Creator: dev})
	d.Backlog = []string{
		s.issue(IssueSpec{Project: "SHOP", Type: "Epic", Summary: "Checkout", Creator: "po@example.com"}),
		s.issue(IssueSpec{Project: "SHOP", Type: "Story", Summary: "Gift wrapping", Creator: "po@example.com"}),
		s.issue(IssueSpec{Project: "SHOP", Type: "Story", Summary: "Pick-up in the store", Creator: "po@example.com", Sprints: []int64{d.FutureSprint}}),
	}
}

func (s *seeder) blog() {
	d := &s.demo
	d.BlogBoard = s.board(BoardSpec{Name: "BLOG board", Location: "BLOG"})
	d.SharedBoard = s.board(BoardSpec{Name: "BLOG and SHOP together", Location: "BLOG", JQL: "project in (BLOG, SHOP) ORDER BY Rank ASC"})
	d.BlogSprint = s.sprint(s.running("BLOG Sprint 3", "Three new articles", d.BlogBoard))
	for _, i := range []IssueSpec{
		{Type: "Story", Summary: "Article about the new checkout", Status: "In Progress"},
		{Type: "Task", Summary: "Pictures for the spring campaign", Status: "To Do"},
		{Type: "Bug", Summary: "Comments lose line breaks", Status: "To Do"},
	} {
		i.Project, i.Sprints, i.Creator = "BLOG", []int64{d.BlogSprint}, "lead@example.com"
		d.BlogIssues = append(d.BlogIssues, s.issue(i))
	}
}
