package jira_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

func TestWhoMayDeclare(t *testing.T) {
	roles := func(actors ...string) func(t *testing.T, r *rig) {
		return func(t *testing.T, r *rig) {
			t.Helper()
			must(t, r.SetRoleActors("SHOP", "Product Owner", actors...))
		}
	}
	owners := func(refs ...string) func(*jira.Options) {
		return func(o *jira.Options) { o.ProductOwners = refs }
	}
	role := func(name string) func(*jira.Options) {
		return func(o *jira.Options) { o.Settings.ProductOwnerRole = name }
	}
	for _, c := range []struct {
		name string
		opt  func(*jira.Options)
		set  func(t *testing.T, r *rig)
		may  []string
	}{
		{"the member of the role", nil, nil, []string{"po"}},
		{"several members of the role", nil, roles("po@example.com", "dev@example.com"), []string{"po", "dev"}},
		{"the members of a group in the role", nil, roles("group:developers"), []string{"dev", "sm"}},
		{"the lead, where the role is empty", nil, roles(), []string{"lead"}},
		{"the lead, where there is no such role", role("Captain"), nil, []string{"lead"}},
		{"the members of a role by another name", role("scrum master"), nil, []string{"sm"}},
		{"the account of the settings, by address", owners("sm@example.com"), nil, []string{"sm"}},
		{"several accounts of the settings, one of them unknown", owners("nobody@example.com", "dev@example.com"), nil, []string{"dev"}},
		{"nobody, where the settings name nobody that Jira knows", owners("nobody@example.com"), nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				for i, who := range []string{"po", "dev", "sm", "lead"} {
					opt := c.opt
					if opt == nil {
						opt = func(*jira.Options) {}
					}
					r := newRig(t, newSite(t, s.Flavour()), opt)
					if c.set != nil {
						c.set(t, r)
					}
					must(t, r.As(who+"@example.com").AddLabel(r.demo.Issues[i], "disaster"))
					issue, _ := r.Issue(r.demo.Issues[i])
					_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{ids(issue.ID)})
					must(t, err)
					sprint, _ := r.Sprint(r.demo.ActiveSprint)
					may := strings.Contains(" "+strings.Join(c.may, " ")+" ", " "+who+" ")
					want(t, who+" may declare", may, sprint.State == jiratest.SprintClosed)
				}
			})
		})
	}
}

func TestRolesThatCannotBeReadAreNotNoRoles(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.fault(jiratest.Fault{Path: "/rest/api/2/project/*/role", Kind: jiratest.FaultStatus, Status: 404, Times: -1})
		must(t, r.As("lead@example.com").AddLabel(r.issue, "disaster"))
		p := r.look(r.id)
		r.running()
		want(t, "comments", 1, len(r.Comments(r.issue))) // which says what is missing
		want(t, "watched on", true, p.Plan.Watched)
		found := false
		for _, n := range p.Plan.Notices {
			found = found || strings.Contains(n.Text, "Administer Projects")
		}
		want(t, "the notice says what is missing", true, found)
	})
}

func TestARoleWhoseMembersFailToComeIsAnError(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.fault(jiratest.Fault{Path: "/rest/api/2/project/*/role/*", Kind: jiratest.FaultStatus, Status: 500, Times: -1})
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		if _, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id}); err == nil {
			t.Error("a role that could not be read was taken for an empty one")
		}
		r.running()
	})
}

func TestTwoWorkersLeaveOneTaskAndOneCommentEach(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		other := newRig(t, s)
		raced := false
		r.BeforeCalls(func(c jiratest.Call) error {
			// Just before the first worker creates its tasks, a second one does all the work.
			if !raced && c.Method == "POST" && strings.HasSuffix(c.Path, "/issue/bulk") {
				raced = true
				other.look(other.id)
			}
			return nil
		})
		_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
		r.BeforeCalls(nil)
		if err != nil {
			t.Logf("the slower worker: %v", err)
		}
		r.Advance(0)
		r.look()
		r.look()
		want(t, "raced", true, raced)
		want(t, "tasks", 9, len(r.Subtasks(r.issue)))
		want(t, "comments", 1, len(r.Comments(r.issue)))
		r.cancelled()
		r.settled()
	})
}

// wire is a channel that fails as long as it is told to.
type wire struct {
	sent []string
	fail error
}

func (w *wire) Send(_ context.Context, title, text string) error {
	if w.fail != nil {
		return w.fail
	}
	w.sent = append(w.sent, title+"|"+text)
	return nil
}

func TestPeopleOutsideAreToldOnceOverEachChannel(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		chat, broken := &wire{}, &wire{fail: errors.New("no route")}
		r := newRig(t, s, func(o *jira.Options) {
			o.Channels = map[string]jira.Channel{"1 chat": chat, "2 broken": broken}
			o.Settings.Channels = []string{jira.MailChannel, "1 chat", "2 broken", "3 gone"}
		})
		s.AddRole("Stakeholder")
		must(t, s.SetRoleActors("SHOP", "Stakeholder", "lead@example.com", "andon@example.com"))
		r.declare()
		r.cancelled()
		want(t, "chat", 1, len(chat.sent))
		if !strings.Contains(chat.sent[0], r.issue+": disaster declared") || !strings.Contains(chat.sent[0], "/browse/"+r.issue) {
			t.Errorf("the notice is %q", chat.sent[0])
		}
		want(t, "mails", 1, len(s.Notices()))
		r.look()
		want(t, "chat, after another look", 1, len(chat.sent))
		broken.fail = nil
		r.look()
		want(t, "the broken channel, a moment after it failed", 0, len(broken.sent))
		r.Advance(time.Minute)
		r.look()
		want(t, "the broken channel, once it works", 1, len(broken.sent))
		r.settled()
		want(t, "mails in the end", 1, len(s.Notices()))
	})
}

func TestWhatCannotBeNotedInTheRecordIsNotToldAtEveryLook(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		chat := &wire{}
		r := newRig(t, s, func(o *jira.Options) {
			o.Channels = map[string]jira.Channel{"1 chat": chat}
			o.Settings.Channels = []string{"1 chat"}
		})
		r.declare()
		must(t, r.As("po@example.com").AddLabel(r.issue, "system-offline"))
		r.fault(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/issue/*/properties/andon", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		for range 3 {
			r.look()
		}
		want(t, "chat", 2, len(chat.sent))
	})
}

func TestMailThatJiraDoesNotSendIsNotTriedForEver(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s, func(o *jira.Options) { o.Settings.Channels = []string{jira.MailChannel} })
		s.AddRole("Stakeholder")
		must(t, s.SetRoleActors("SHOP", "Stakeholder", "lead@example.com"))
		r.fault(jiratest.Fault{Method: "POST", Path: "/rest/api/2/issue/*/notify", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
		r.declare()
		r.settled()
	})
}

func TestTasksGetTheFieldsThatTheSiteRequires(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		s.AddField("customfield_10050", "Impact")
		must(t, s.SetFieldRules("SHOP", []string{"Sub-task/customfield_10050"}, nil))
		r := newRig(t, s, func(o *jira.Options) {
			o.TaskFields = map[string]json.RawMessage{"customfield_10050": json.RawMessage(`"high"`)}
		})
		r.declare()
		want(t, "tasks", 9, len(r.Subtasks(r.issue)))
	})
}

func TestNothingHappensInAProjectThatNobodyWantsLookedAfter(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s, func(o *jira.Options) { o.Projects = []string{"OPS"} })
		must(t, r.As("po@example.com").AddLabel(r.issue, "disaster"))
		before := len(r.passes)
		_, err := r.rec.Handle(t.Context(), "project:SHOP", []string{r.id})
		must(t, err)
		want(t, "looks", 0, len(r.passes)-before)
		r.running()
	})
}

func TestTheDefaultSettingsAreWhatTheRigUses(t *testing.T) {
	want(t, "labels", rules.DefaultLabels(), newRig(t, newSite(t, jiratest.Cloud)).opt.Settings.Labels)
}
