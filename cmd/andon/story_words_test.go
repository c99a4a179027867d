package main

import (
	"regexp"
	"strings"

	"andon/jira/jiratest"
)

// word is one kind of line: how it reads, what it means, what it does.
type word struct {
	is    *regexp.Regexp
	check bool
	do    func(st *tale, a []string) error
}

// parts are what the braces in the table stand for. Each is one argument.
var parts = strings.NewReplacer(
	"{who}", `([a-z][a-z0-9]*)`,
	"{issue}", `((?:(?:the root-cause task|task "[^"]+") of )?(?:[A-Z][A-Z0-9]*-\d+|"[^"]+"))`,
	"{issues}", `((?:nothing|[A-Z][A-Z0-9]*-\d+|"[^"]+")(?:(?:, | and )(?:[A-Z][A-Z0-9]*-\d+|"[^"]+"))*)`,
	"{sprint}", `sprint "([^"]+)"`,
	"{board}", `board "([^"]+)"`,
	"{text}", `"([^"]*)"`,
	"{n}", `(\d+|no|once|never|twice)`,
	"{labels}", `([a-z-]+(?:(?:, | and )[a-z-]+)*)`,
	"{people}", `((?:[a-z][a-z0-9]*|group [a-z]+)(?:(?:, | and )(?:[a-z][a-z0-9]*|group [a-z]+))*)`,
	"{P}", `([A-Z][A-Z0-9]+)`,
	"{time}", `(\d+) (seconds?|minutes?|hours?|days?)`,
	"{type}", `an? ([A-Z][a-z]+)`,
)

// does and then make the two kinds of words.
func does(pattern string, do func(st *tale, a []string) error) word {
	return word{is: regexp.MustCompile("^" + parts.Replace(pattern) + "$"), do: do}
}

func then(pattern string, do func(st *tale, a []string) error) word {
	w := does(pattern, do)
	w.check = true
	return w
}

// words is the vocabulary of the stories.
func words() []word {
	out := append(labelWords(), issueWords()...)
	out = append(out, sprintWords()...)
	out = append(out, plannedWords()...)
	out = append(out, recordWords()...)
	out = append(out, sceneWords()...)
	out = append(out, troubleWords()...)
	out = append(out, weatherWords()...)
	out = append(out, channelWords()...)
	out = append(out, toldWords()...)
	out = append(out, sayWords()...)
	out = append(out, schemeWords()...)
	out = append(out, releaseWords()...)
	return append(out, checkWords()...)
}

// labelWords are what people decide with.
func labelWords() []word {
	return []word{
		// somebody edits the labels, in one edit
		does(`{who} adds {labels} to {issue}`, func(st *tale, a []string) error { return st.as(a[0]).AddLabel(st.issue(a[2]), list(a[1])...) }),
		does(`{who} takes {labels} off {issue}`, func(st *tale, a []string) error { return st.as(a[0]).RemoveLabel(st.issue(a[2]), list(a[1])...) }),
		// some labels off and others on, in one edit
		does(`{who} replaces {labels} by {labels} on {issue}`, (*tale).replaceLabels),
		// a new issue, with labels from its creation or without
		does(`{who} creates {type} {text} in {P}`, func(st *tale, a []string) error { return st.create(a[0], a[1], a[2], a[3], "") }),
		does(`{who} creates {type} {text} in {P} labelled {labels}`, func(st *tale, a []string) error { return st.create(a[0], a[1], a[2], a[3], a[4]) }),
		does(`{who} creates a sub-task {text} under {issue}`, func(st *tale, a []string) error {
			parent, _ := st.w.jira.Issue(st.issue(a[2]))
			project, _ := st.w.jira.Project(itoa(parent.ProjectID))
			_, err := st.as(a[0]).CreateIssue(jiratest.NewIssue{Project: project.Key, Type: "Sub-task", Summary: a[1], Parent: parent.Key})
			return err
		}),
	}
}

// issueWords are what people do to issues.
func issueWords() []word {
	return []word{
		// the browser's "Clone": labels are copied, the copy is given a name
		does(`{who} clones {issue} as {text}`, (*tale).clone),
		// to another project: the id stays, the key changes
		does(`{who} moves {issue} to {P}`, (*tale).move),
		does(`{who} deletes {issue}`, func(st *tale, a []string) error { return st.as(a[0]).DeleteIssue(st.issue(a[1])) }),
		// closed with a resolution, opened again, begun
		does(`{who} closes {issue} as (Done|Won't Do|Duplicate|Cannot Reproduce)`, func(st *tale, a []string) error {
			return st.as(a[0]).Transition(st.issue(a[1]), "Done", a[2])
		}),
		does(`{who} closes every task of {issue} but the root-cause task as (Done|Won't Do)`, (*tale).closeOthers),
		does(`{who} opens {issue} again`, func(st *tale, a []string) error { return st.as(a[0]).Transition(st.issue(a[1]), "To Do") }),
		does(`{who} begins {issue}`, func(st *tale, a []string) error { return st.as(a[0]).Transition(st.issue(a[1]), "In Progress") }),
		// a sub-task becomes an issue of its own
		does(`{who} turns {issue} into {type}`, func(st *tale, a []string) error {
			_, err := st.w.jira.Convert(email(a[0]), st.issue(a[1]), a[2])
			return err
		}),
		does(`{who} renames {issue} to {text}`, func(st *tale, a []string) error {
			return st.as(a[0]).Edit(st.issue(a[1]), map[string]any{"summary": a[2]})
		}),
		// as an issue security level does
		does(`{issue} is hidden from {who}`, func(st *tale, a []string) error { return st.w.jira.Hide(st.key(a[0]), email(a[1])) }),
		does(`{issue} is shown to andon again`, func(st *tale, a []string) error { return st.w.jira.Show(st.key(a[0])) }),
	}
}

// sprintWords are what people plan with.
func sprintWords() []word {
	on := func(do func(st *tale, who string, id int64) error) func(*tale, []string) error {
		return func(st *tale, a []string) error { return do(st, a[0], st.sprint(a[1]).ID) }
	}
	return []word{
		does(`{who} creates {sprint} on {board}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).CreateSprint(st.board(a[2]).ID, a[1])
			return err
		}),
		does(`{who} starts {sprint}`, on(func(st *tale, who string, id int64) error { return st.as(who).StartSprint(id, fortnight) })),
		does(`{who} completes {sprint}`, on(func(st *tale, who string, id int64) error { return st.as(who).CloseSprint(id) })),
		does(`{who} deletes {sprint}`, on(func(st *tale, who string, id int64) error { return st.as(who).DeleteSprint(id) })),
		// the sprint report's menu in the browser; REST has no way to do it
		does(`{who} opens {sprint} again`, on(func(st *tale, who string, id int64) error { return st.as(who).ReopenSprint(id) })),
		does(`{who} puts {issues} into {sprint}`, func(st *tale, a []string) error {
			return st.as(a[0]).MoveToSprint(st.sprint(a[2]).ID, st.issues(a[1])...)
		}),
		// Data Center starts the sprint by itself, with no actor
		does(`{sprint} starts by itself in {time}`, (*tale).autoStart),
	}
}

// recordWords are what happens to andon's own notes, which anybody may edit by REST.
func recordWords() []word {
	return []word{
		does(`{who} deletes andon's record on {issue}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).Do("DELETE", "/rest/api/2/issue/"+st.issue(a[1])+"/properties/andon", nil)
			return err
		}),
		does(`{who} writes garbage over andon's record on {issue}`, func(st *tale, a []string) error {
			return st.as(a[0]).SetProperty(st.issue(a[1]), "andon", map[string]string{"who": "cares"})
		}),
		// the record with one word changed, under the old seal
		does(`{who} changes {text} to {text} in andon's record on {issue}`, (*tale).forge),
		does(`{who} copies andon's record from {issue} to {issue}`, (*tale).copyRecord),
		does(`a later version of andon writes the record on {issue}`, func(st *tale, a []string) error {
			return st.as("andon").SetProperty(st.issue(a[0]), "andon", map[string]any{"v": 99, "data": map[string]string{"x": "y"}, "mac": "00"})
		}),
		// the list of open disasters that andon keeps on the project
		does(`{who} deletes andon's record on project {P}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).Do("DELETE", "/rest/api/2/project/"+a[1]+"/properties/andon", nil)
			return err
		}),
	}
}

// sceneWords are how the site looks.
func sceneWords() []word {
	return []word{
		does(`there is a user {who}`, func(st *tale, a []string) error { st.person(a[0], "atlassian"); return nil }),
		does(`there is an app {who}`, func(st *tale, a []string) error { st.person(a[0], "app"); return nil }),
		does(`there is a group ([a-z]+) of {people}`, (*tale).group),
		// who is in a project's role; nobody empties it
		does(`the role {text} of {P} is held by {people}`, (*tale).role),
		does(`project {P} is renamed to {P}`, func(st *tale, a []string) error { return st.w.jira.RenameProject(a[0], a[1]) }),
		does(`{P} is led by {who}`, func(st *tale, a []string) error { return st.w.jira.SetLead(a[0], email(a[1])) }),
		does(`there is a (company-managed|team-managed) project {P} led by {who}`, func(st *tale, a []string) error { return st.project(a[0], a[1], a[2], false) }),
		does(`there is a project {P} led by {who} without sub-tasks`, func(st *tale, a []string) error { return st.project("company-managed", a[0], a[1], true) }),
		// boards are located in a project or in none; what they show is their filter's business
		does(`there is a (scrum|kanban|simple) {board} in {P}`, func(st *tale, a []string) error { return st.addBoard(a[0], a[1], a[2], "") }),
		does(`there is a (scrum|kanban|simple) {board} in {P} that shows {text}`, func(st *tale, a []string) error { return st.addBoard(a[0], a[1], a[2], a[3]) }),
		does(`there is a (scrum) {board} of nobody's that shows {text}`, func(st *tale, a []string) error { return st.addBoard(a[0], a[1], "", a[2]) }),
		does(`{who} deletes {board}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).Do("DELETE", "/rest/agile/1.0/board/"+itoa(st.board(a[1]).ID), nil)
			return err
		}),
		does(`there is an? (active|future) {sprint} of {board} with {issues}`, (*tale).addSprint),
		does(`there is an issue {text} in {P} from {time} ago labelled {labels}`, (*tale).oldIssue),
		does(`there are (\d+) issues in {P} from {time} ago labelled {labels}`, (*tale).oldIssues),
		does(`the field ([a-z]+) is not on the create screen of {P}`, func(st *tale, a []string) error {
			return st.w.jira.SetFieldRules(a[1], nil, list(a[0]))
		}),
		does(`labels and description are not on the create screen of {P}`, func(st *tale, a []string) error {
			return st.w.jira.SetFieldRules(a[0], nil, []string{"labels", "description"})
		}),
		does(`{P} requires a field nobody knows of`, func(st *tale, a []string) error {
			st.w.jira.AddField("customfield_10050", "Impact")
			return st.w.jira.SetFieldRules(a[0], []string{"Sub-task/customfield_10050"}, nil)
		}),
		does(`{P} requires the field impact of its sub-tasks`, func(st *tale, a []string) error {
			st.w.jira.AddField("customfield_10050", "Impact")
			return st.w.jira.SetFieldRules(a[0], []string{"Sub-task/customfield_10050"}, nil)
		}),
		does(`the field impact is not on the create screen of {P}`, func(st *tale, a []string) error {
			st.w.jira.AddField("customfield_10050", "Impact")
			return st.w.jira.SetFieldRules(a[0], nil, []string{"customfield_10050"})
		}),
		does(`{P} requires nothing special`, func(st *tale, a []string) error { return st.w.jira.SetFieldRules(a[0], nil, nil) }),
	}
}
