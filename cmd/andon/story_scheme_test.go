package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"andon/jira/jiratest"
	"andon/rules"
)

// schemeWords are what people do with permission schemes, and what can be said of them.
func schemeWords() []word {
	return []word{
		does(`there is a permission scheme {text}`, func(st *tale, a []string) error {
			st.w.jira.AddScheme(jiratest.PermissionScheme{Name: a[0]})
			return nil
		}),
		// an administrator does it in the settings
		does(`{P} is given the permission scheme {text}`, func(st *tale, a []string) error {
			s, err := st.scheme(a[1])
			if err != nil {
				return err
			}
			return st.w.jira.AssignScheme(a[0], s.ID)
		}),
		does(`{P} is given andon's copy of the permission scheme`, func(st *tale, a []string) error {
			all := st.copies()
			if len(all) == 0 {
				return not("there is none")
			}
			return st.w.jira.AssignScheme(a[0], all[0].ID)
		}),
		does(`somebody empties the description of andon's copy`, func(st *tale, _ []string) error {
			for _, s := range st.copies() {
				if err := st.w.jira.SetScheme(s.ID, func(s *jiratest.PermissionScheme) { s.Description = "" }); err != nil {
					return err
				}
			}
			return nil
		}),
		does(`the site is on a free plan`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.FreePlan = true })
			return nil
		}),
		does(`the site is on a paid plan again`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.FreePlan = false })
			return nil
		}),
		does(`Jira refuses holders of type ([A-Za-z]+)`, func(st *tale, a []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.RefusedHolders = []string{a[0]} })
			return nil
		}),
		does(`two permission schemes may have one name`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.SchemeNamesShared = true })
			return nil
		}),
		does(`project administrators may change workflows by the permission scheme {text}`, func(st *tale, a []string) error {
			s, err := st.scheme(a[0])
			if err != nil {
				return err
			}
			return st.w.jira.SetScheme(s.ID, func(s *jiratest.PermissionScheme) {
				s.Attributes = map[string]string{"ADMINISTER_PROJECTS.extended.enabled": "true"}
			})
		}),
		does(`Jira answers (\d+) to changes of the permission scheme of {P}`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/project/*/permissionscheme", Kind: jiratest.FaultStatus, Status: count(a[0]), Times: -1})
		}),
		does(`Jira answers (\d+) to whoever asks for the permission scheme of {P}`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "GET", Path: "/rest/api/2/project/*/permissionscheme", Kind: jiratest.FaultStatus, Status: count(a[0]), Times: -1})
		}),
		then(`{P} uses the permission scheme {text}`, func(st *tale, a []string) error {
			if s := st.schemeOf(a[0]); s.Name != a[1] {
				return not("it uses %q", s.Name)
			}
			return nil
		}),
		then(`{P} uses andon's copy of the permission scheme {text}`, (*tale).usesCopy),
		then(`no copy of a permission scheme is left`, func(st *tale, _ []string) error {
			if all := st.copies(); len(all) > 0 {
				return not("there are %d", len(all))
			}
			return nil
		}),
		then(`{who} may not manage sprints in {P}`, func(st *tale, a []string) error { return st.manages(a[0], a[1], false) }),
		then(`{who} may manage sprints in {P}`, func(st *tale, a []string) error { return st.manages(a[0], a[1], true) }),
		then(`Jira lets {who} neither create, start nor complete a sprint on {board}`, (*tale).planless),
	}
}

// copies are andon's own permission schemes.
func (st *tale) copies() []jiratest.PermissionScheme {
	return slices.DeleteFunc(st.w.jira.Schemes(), func(s jiratest.PermissionScheme) bool { return !strings.HasPrefix(s.Name, "andon freeze") })
}

// scheme finds a permission scheme by its name.
func (st *tale) scheme(name string) (jiratest.PermissionScheme, error) {
	for _, s := range st.w.jira.Schemes() {
		if s.Name == name {
			return s, nil
		}
	}
	return jiratest.PermissionScheme{}, not("there is no permission scheme %q", name)
}

// schemeOf is the permission scheme that a project uses.
func (st *tale) schemeOf(project string) jiratest.PermissionScheme {
	p, _ := st.w.jira.Project(project)
	for _, s := range st.w.jira.Schemes() {
		if s.ID == p.SchemeID {
			return s
		}
	}
	return jiratest.PermissionScheme{}
}

// usesCopy checks that a project uses a copy that differs from the original by the
// sprint permissions alone.
func (st *tale) usesCopy(a []string) error {
	p, _ := st.w.jira.Project(a[0])
	now := st.schemeOf(a[0])
	original, err := st.scheme(a[1])
	if err != nil {
		return err
	}
	if from, ours := rules.CopyOf(now.Description, fmt.Sprint(p.ID)); !ours || from != original.ID {
		return not("it uses %q: %s", now.Name, now.Description)
	}
	bot, _ := st.w.jira.User("andon@example.com")
	sprints := []string{jiratest.ManageSprints, jiratest.StartStopSprints, jiratest.EditSprints}
	var got, want []string
	for _, g := range original.Grants {
		if slices.Contains(sprints, g.Permission) {
			g.Type, g.Parameter = "user", bot.ID
		}
		want = append(want, g.Permission+" "+g.Type+" "+g.Parameter)
	}
	for _, g := range now.Grants {
		got = append(got, g.Permission+" "+g.Type+" "+g.Parameter)
	}
	slices.Sort(got)
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		return not("%s", difference(strings.Join(want, "\n"), strings.Join(got, "\n")))
	}
	if fmt.Sprint(now.Attributes) != fmt.Sprint(original.Attributes) {
		return not("its attributes are %v, those of the original %v", now.Attributes, original.Attributes)
	}
	return nil
}

// manages asks Jira what a person may do.
func (st *tale) manages(who, project string, want bool) error {
	raw, err := st.as(who).Do("GET", "/rest/api/2/mypermissions?permissions="+jiratest.ManageSprints+"&projectKey="+project, nil)
	if err != nil {
		return err
	}
	var answer struct {
		Permissions map[string]struct{ HavePermission bool }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	if answer.Permissions[jiratest.ManageSprints].HavePermission != want {
		return not("Jira says the opposite")
	}
	return nil
}

// planless tries what a freeze forbids, and expects Jira itself to refuse it.
func (st *tale) planless(a []string) error {
	board := st.board(a[1])
	if _, err := st.as(a[0]).CreateSprint(board.ID, "Forbidden"); err == nil {
		return not("a sprint was created")
	}
	for _, s := range st.w.jira.Sprints() {
		if s.OriginBoardID != board.ID || s.State == jiratest.SprintClosed {
			continue
		}
		if err := st.as(a[0]).StartSprint(s.ID, fortnight); err == nil {
			return not("sprint %q was started", s.Name)
		}
		if err := st.as(a[0]).CloseSprint(s.ID); err == nil {
			return not("sprint %q was completed", s.Name)
		}
	}
	return nil
}
