package main

import (
	"fmt"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// sayWords are what people write and link, and whom andon calls.
func sayWords() []word {
	return []word{
		does(`{who} comments {text} on {issue}`, func(st *tale, a []string) error {
			_, err := st.as(a[0]).Comment(st.issue(a[2]), a[1])
			return err
		}),
		does(`{who} describes {issue} as {text}`, func(st *tale, a []string) error {
			return st.as(a[0]).Edit(st.issue(a[1]), map[string]any{"description": a[2]})
		}),
		does(`{who} links {issue} to {issue}`, func(st *tale, a []string) error {
			return st.as(a[0]).Link("Relates", st.key(a[1]), st.key(a[2]))
		}),
		// in an edit screen, by REST, or by an importer
		does(`{who} creates {type} {text} in {P} labelled {labels} in the name of {who}`, (*tale).createAs),
		does(`everybody may write down another reporter in {P}`, func(st *tale, a []string) error {
			return st.w.jira.SetPermission(a[0], jiratest.ModifyReporter, "po@example.com", "sm@example.com", "dev@example.com", "lead@example.com")
		}),
		// an issue that much is done to
		does(`{who} renames {issue} (\d+) times`, (*tale).renameOften),
		does(`there are (\d+) users in group ([a-z]+)`, (*tale).crowd),
		does(`{who} joins group ([a-z]+)`, func(st *tale, a []string) error {
			_, err := st.w.jira.AddGroup(a[1], email(a[0]))
			return err
		}),
		does(`{who} leaves group ([a-z]+)`, func(st *tale, a []string) error { return st.w.jira.RemoveFromGroup(a[1], email(a[0])) }),
		// a former employee: Jira keeps the account, but nobody logs in with it
		does(`the account of {who} is deactivated`, func(st *tale, a []string) error { return st.w.jira.Deactivate(email(a[0])) }),
		does(`the account of {who} is deleted`, func(st *tale, a []string) error { return st.w.jira.DeleteUser(email(a[0])) }),
		then(`andon's comment {text} on {issue} mentions {people}`, (*tale).mentioned),
	}
}

// createAs writes down a reporter, as anybody can who may edit that field.
func (st *tale) createAs(a []string) error {
	u, _ := st.w.jira.User(email(a[5]))
	reporter := map[string]string{"name": u.Name}
	if st.w.jira.Flavour() == jiratest.Cloud {
		reporter = map[string]string{"id": u.AccountID}
	}
	_, err := st.as(a[0]).Do("POST", "/rest/api/2/issue", map[string]any{"fields": map[string]any{"project": map[string]string{"key": a[3]},
		"issuetype": map[string]string{"name": a[1]}, "summary": a[2], "labels": list(a[4]), "reporter": reporter}})
	return err
}

// renameOften leaves an issue as it was, with a longer history.
func (st *tale) renameOften(a []string) error {
	id := st.issue(a[1])
	i, _ := st.w.jira.Issue(id)
	for n := range count(a[2]) {
		st.w.clock.Advance(time.Second)
		title := i.Summary
		if n+1 < count(a[2]) {
			title = fmt.Sprintf("%s (%d)", i.Summary, n+1)
		}
		if err := st.as(a[0]).Edit(id, map[string]any{"summary": title}); err != nil {
			return err
		}
	}
	return nil
}

// crowd fills a group with people of whom the story does not speak.
func (st *tale) crowd(a []string) error {
	var members []string
	for n := range count(a[0]) {
		name := fmt.Sprintf("%s%d", a[1], n)
		st.person(name, "atlassian")
		members = append(members, email(name))
	}
	_, err := st.w.jira.AddGroup(a[1], members...)
	return err
}

// mentioned checks that each comment with a text calls all of some people.
func (st *tale) mentioned(a []string) error {
	found := 0
	for _, c := range st.w.comments(st.key(a[1])) {
		if !strings.Contains(c, a[0]) || strings.HasPrefix(c, "h3. Disaster") {
			continue
		}
		found++
		for _, who := range list(a[2]) {
			u, _ := st.w.jira.User(email(who))
			if mark := map[bool]string{true: "[~accountid:" + u.AccountID + "]", false: "[~" + u.Name + "]"}[st.w.jira.Flavour() == jiratest.Cloud]; !strings.Contains(c, mark) {
				return not("%s is not mentioned in %q", who, c)
			}
		}
	}
	if found == 0 {
		return not("andon does not say so")
	}
	return nil
}
