package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"andon/jira/jiratest"
)

// permissions are what andon may or may not do, in the words of the stories.
func permissions() map[string][]string {
	return map[string][]string{
		"administer the project": {jiratest.AdministerProject},
		"comment":                {jiratest.AddComments},
		"edit its comments":      {jiratest.EditOwnComments, jiratest.EditAllComments},
		"edit issues":            {jiratest.EditIssues},
		"create issues":          {jiratest.CreateIssues},
		"manage sprints":         {jiratest.ManageSprints},
		"link issues":            {jiratest.LinkIssues},
		"see anything":           {jiratest.BrowseProjects},
	}
}

// troubleWords are what Jira refuses.
func troubleWords() []word {
	may := strings.Join(slices.Sorted(maps.Keys(permissions())), "|")
	return []word{
		does(`andon may not (`+may+`) in {P}`, func(st *tale, a []string) error { return st.allow(a[1], a[0], false) }),
		does(`andon may (`+may+`) in {P} again`, func(st *tale, a []string) error { return st.allow(a[1], a[0], true) }),
		does(`andon is no administrator of the site`, func(st *tale, _ []string) error {
			return st.w.jira.RemoveFromGroup(jiratest.GroupAdmins, "andon@example.com")
		}),
		does(`Jira refuses to close {sprint} because {text}`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "POST", Path: "/rest/agile/1.0/sprint/" + itoa(st.sprint(a[0]).ID), Kind: jiratest.FaultStatus,
				Status: 403, Times: -1, Body: fmt.Sprintf(`{"errorMessages":[%q],"errors":{}}`, a[1])})
		}),
		does(`links fail (\d+) times`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "POST", Path: "/rest/api/2/issueLink", Kind: jiratest.FaultStatus, Status: 503, Times: count(a[0])})
		}),
		does(`Jira refuses the project's property in {P}`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/project/" + a[0] + "/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		}),
		does(`Jira creates only (\d+) of the next tasks and refuses the others because {text}`, (*tale).partialBulk),
		does(`Jira refuses nothing any more`, func(st *tale, _ []string) error {
			st.w.jira.Heal(0)
			st.w.jira.SetTrouble(nil)
			st.w.between = nil
			return nil
		}),
		// passing faults
		does(`Jira answers (\d+) to the next (\d+) (calls|writes)`, (*tale).stumble),
		does(`Jira does the next (\d+) writes but the answers are lost`, (*tale).losesAnswers),
		does(`Jira answers every (\d+)(?:rd|th|nd) call with (\d+)`, (*tale).flaky),
		does(`andon's token expires`, (*tale).expire),
		does(`andon's token is renewed`, (*tale).renew),
		does(`the search lags (\d+) writes behind`, func(st *tale, a []string) error {
			n, err := strconv.Atoi(a[0])
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.IndexLagWrites = n })
			return err
		}),
		does(`the search catches up`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.IndexLagWrites = 0 })
			st.w.jira.CatchUp()
			return nil
		}),
		does(`a clone carries properties over`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.CloneCopiesProperties = true })
			return nil
		}),
		does(`a done issue gets no resolution by itself`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.DoneSetsResolution = false })
			return nil
		}),
	}
}

// allow gives andon a permission or takes it away; everybody else keeps it.
func (st *tale) allow(project, what string, yes bool) error {
	holders := []string{"po@example.com", "sm@example.com", "dev@example.com", "lead@example.com"}
	if yes {
		holders = append(holders, "andon@example.com")
	}
	for _, p := range permissions()[what] {
		if err := st.w.jira.SetPermission(project, p, holders...); err != nil {
			return err
		}
	}
	return nil
}

// fault sets a fault that strikes andon alone.
func (st *tale) fault(f jiratest.Fault) error {
	_, err := st.w.jira.Fail(f)
	return err
}

// stumble makes the next calls fail before they have an effect.
func (st *tale) stumble(a []string) error {
	status, err := strconv.Atoi(a[0])
	left, err2 := strconv.Atoi(a[1])
	if err != nil || err2 != nil {
		return fmt.Errorf("numbers: %w %w", err, err2)
	}
	st.w.jira.SetTrouble(func(c jiratest.Call) *jiratest.Fault {
		if left == 0 || a[2] == "writes" && !c.Write {
			return nil
		}
		left--
		return trouble(status)
	})
	return nil
}

// trouble is an answer that passes.
func trouble(status int) *jiratest.Fault {
	if status == 429 {
		return &jiratest.Fault{Kind: jiratest.FaultLimited, Reason: jiratest.ReasonBurst, RetryAfter: 3}
	}
	return &jiratest.Fault{Kind: jiratest.FaultStatus, Status: status}
}

// losesAnswers makes writes take effect and breaks the connection before the answer.
func (st *tale) losesAnswers(a []string) error {
	left, err := strconv.Atoi(a[0])
	st.w.jira.SetTrouble(func(c jiratest.Call) *jiratest.Fault {
		if left == 0 || !c.Write {
			return nil
		}
		left--
		return &jiratest.Fault{Kind: jiratest.FaultReset, After: true}
	})
	return err
}

// flaky makes every so many-th call fail, for ever.
func (st *tale) flaky(a []string) error {
	every, err := strconv.Atoi(a[0])
	status, err2 := strconv.Atoi(a[1])
	if err != nil || err2 != nil || every < 2 {
		return fmt.Errorf("numbers: %w %w", err, err2)
	}
	n := 0
	st.w.jira.SetTrouble(func(jiratest.Call) *jiratest.Fault {
		if n++; n%every != 0 {
			return nil
		}
		return trouble(status)
	})
	return nil
}

// expire makes andon's credentials worthless: on Cloud it is a visitor from then on,
// who sees an empty Jira; Data Center answers 401.
func (st *tale) expire([]string) error {
	if st.w.jira.Flavour() == jiratest.Cloud {
		return st.w.jira.RevokeTokens("andon@example.com")
	}
	id, err := st.w.jira.Fail(jiratest.Fault{User: "andon@example.com", Kind: jiratest.FaultStatus, Status: 401, Times: -1})
	st.expiry = id
	return err
}

func (st *tale) renew([]string) error {
	if st.w.jira.Flavour() == jiratest.Cloud {
		return st.w.jira.SetToken("andon@example.com", "demo")
	}
	st.w.jira.Heal(st.expiry)
	return nil
}

// weatherWords are time, webhooks, and andon's own comings and goings.
func weatherWords() []word {
	fate := func(f func(jiratest.Delivery) jiratest.Fate) func(*tale, []string) error {
		return func(st *tale, _ []string) error {
			st.fate = f
			st.w.jira.SetFate(f)
			return nil
		}
	}
	return []word{
		does(`{time} pass(?:es)?`, func(st *tale, a []string) error {
			d, err := duration(a[0], a[1])
			if err == nil {
				st.pass(d)
			}
			return err
		}),
		does(`webhooks are lost from now on`, fate(func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Lose: true} })),
		does(`webhooks arrive twice`, fate(func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Copies: 1} })),
		// of each pair of neighbours the later one comes first
		does(`webhooks arrive in reverse`, fate(func(d jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Behind: int(d.ID % 2 * 3)} })),
		does(`webhooks arrive late, by {time}`, func(st *tale, a []string) error {
			d, err := duration(a[0], a[1])
			st.w.jira.SetFate(func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Delay: d} })
			return err
		}),
		does(`webhooks arrive again`, fate(nil)),
		// what happens while andon is stopped reaches nobody
		does(`andon is stopped`, func(st *tale, _ []string) error {
			st.down = true
			st.w.jira.SetFate(func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Lose: true} })
			return nil
		}),
		does(`andon starts(?: with nothing in memory)?`, (*tale).start),
		does(`andon restarts with nothing in memory`, (*tale).start),
		does(`andon restarts with (ANDON_[A-Z_]+) = (.*)`, func(st *tale, a []string) error {
			st.w.env[a[0]] = a[1]
			return st.start(nil)
		}),
		// the story goes on in project BLOG too
		does(`BLOG is part of the story`, func(st *tale, _ []string) error { st.blogOpen = true; return nil }),
	}
}

// start starts an andon that knows nothing.
func (st *tale) start([]string) error {
	st.down, st.w.passes = false, nil
	st.w.jira.SetFate(st.fate)
	st.w.boot()
	return nil
}
