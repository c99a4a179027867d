package jira_test

import (
	"net/http"
	"strings"
	"testing"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/rules"
)

// statusComment is the only comment of andon's that tells how the disaster stands.
func (r *rig) statusComment() jiratest.Comment {
	r.t.Helper()
	var found []jiratest.Comment
	i, _ := r.Issue(r.issue)
	for _, c := range i.Comments {
		if strings.HasPrefix(c.Body, "h3. Disaster") {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		r.t.Fatalf("there are %d status comments", len(found))
	}
	return found[0]
}

// comments counts the comments of the disaster.
func (r *rig) comments() int {
	i, _ := r.Issue(r.issue)
	return len(i.Comments)
}

// landsLate writes a comment as a call does that takes effect when nobody waits any more.
func (r *rig) landsLate(who, body string) {
	r.t.Helper()
	_, err := r.As(who).Do(http.MethodPost, "/rest/api/2/issue/"+r.issue+"/comment", map[string]any{"body": body})
	must(r.t, err)
}

func TestACommentThatLandsAfterItsRetryIsTakenBack(t *testing.T) {
	for _, test := range []struct {
		name, who string
		body      func(status string) string
		stays     bool
	}{
		{"as it was written", "andon@example.com", func(s string) string { return s }, false},
		{"with other ends of its lines", "andon@example.com", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") + "\r\n" }, false},
		{"of somebody else's making", "dev@example.com", func(s string) string { return "As andon says: " + s }, true},
		{"that only speaks of another", "andon@example.com", func(s string) string { return s + "\nand more" }, true},
		{"without a reference", "andon@example.com", func(string) string { return "hello" }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, s *site) {
				r := newRig(t, s)
				r.declare()
				status, before := r.statusComment(), r.comments()
				r.landsLate(test.who, test.body(status.Body))
				r.look()
				left := before
				if test.stays {
					left++
				}
				want(t, "comments in the end", left, r.comments())
				i, _ := r.Issue(r.issue)
				want(t, "the older one stays", true, func() bool {
					for _, c := range i.Comments {
						if c.ID == status.ID && c.Body == status.Body {
							return true
						}
					}
					return false
				}())
				r.look()
				r.settled()
			})
		})
	}
}

func TestTheStatusCommentThatIsKnownHandsItsTextToTheOlderOne(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		status := r.statusComment()
		ref := status.Body[strings.LastIndex(status.Body, "\n")+1:]
		r.landsLate("andon@example.com", "h3. Disaster, a newer text\n"+ref)
		i, _ := r.Issue(r.issue)
		younger := i.Comments[len(i.Comments)-1]
		rec, state := r.opt.Signer.OpenRecord(i.Properties[jira.RecordProperty], r.id)
		want(t, "the record", rules.RecordValid, state)
		rec.Comment = ids(younger.ID)
		raw, err := r.opt.Signer.SealRecord(rec)
		must(t, err)
		must(t, s.client.SetIssueProperty(t.Context(), r.id, jira.RecordProperty, raw))
		r.look()
		got := r.statusComment()
		want(t, "the one that stays", status.ID, got.ID)
		want(t, "its text", younger.Body, got.Body)
	})
}

func TestADoubleCommentThatMayNotBeDeletedHoldsUpNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		before := r.comments()
		r.landsLate("andon@example.com", r.statusComment().Body)
		r.fault(jiratest.Fault{Method: http.MethodDelete, Kind: jiratest.FaultStatus, Status: http.StatusForbidden, Times: -1})
		r.look()
		want(t, "comments in the end", before+1, r.comments())
		r.settled()
	})
}

func TestADoubleCommentThatCannotBeDeletedForAMomentIsTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, s *site) {
		r := newRig(t, s)
		r.declare()
		before := r.comments()
		r.landsLate("andon@example.com", r.statusComment().Body)
		r.fault(jiratest.Fault{Method: http.MethodDelete, Kind: jiratest.FaultStatus, Status: http.StatusServiceUnavailable, Times: 3})
		if _, err := r.rec.Handle(t.Context(), "project:SHOP", nil); err == nil {
			t.Error("the look ends well")
		}
		for range 5 {
			_, _ = r.rec.Handle(t.Context(), "project:SHOP", nil)
		}
		r.look()
		want(t, "comments in the end", before, r.comments())
	})
}
