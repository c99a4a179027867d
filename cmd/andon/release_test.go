package main

import (
	"strings"
	"testing"

	"andon/jira/jiratest"
)

// frozen declares a disaster in SHOP and hides its issue.
func (d *desk) frozen() (issue, id string) {
	d.t.Helper()
	issue = d.seed.Issues[5]
	d.must2(d.jira.As("po@example.com").AddLabel(issue, "disaster"))
	d.look("SHOP")
	i, _ := d.jira.Issue(issue)
	d.must2(d.jira.Hide(issue, "andon@example.com"))
	return issue, itoa(i.ID)
}

func TestReleaseFreesPlanningOnce(t *testing.T) {
	t.Parallel()
	for name, f := range flavours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, f)
			issue, id := d.frozen()
			found, _, _ := d.findings("--project", "SHOP")
			if len(found) != 2 || found[1] != "Project SHOP/open disaster: fail" {
				t.Errorf("the doctor finds %v", found)
			}
			golden(t, "release-"+name, d.must(0, "release", "--project", "SHOP", "--disaster", id, "--reason", "nobody can read it"))
			writes := d.jira.Writes()
			if out := d.must(0, "release", "--project", "SHOP", "--disaster", issue, "--reason", "again"); !strings.Contains(out, "Nothing to do") || !strings.Contains(out, "by olga: nobody can read it") {
				t.Errorf("a second time it said:\n%s", out)
			}
			if n := d.jira.Writes() - writes; n != 0 {
				t.Errorf("a second time it wrote %d times", n)
			}
			d.look("SHOP")
			sprint, err := d.jira.As("sm@example.com").CreateSprint(d.seed.ShopBoard, "On we go")
			d.must2(err)
			d.look("SHOP")
			if _, there := d.jira.Sprint(sprint); !there {
				t.Error("planning is still frozen")
			}
			if found, _, _ := d.findings("--project", "SHOP"); strings.Contains(strings.Join(found, " "), "open disaster") {
				t.Errorf("the doctor still finds %v", found)
			}
		})
	}
}

func TestReleaseRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	issue, id := d.frozen()
	call := func(status int, want string, args ...string) {
		t.Helper()
		if out := d.must(status, append([]string{"release"}, args...)...); !strings.Contains(out, want) {
			t.Errorf("%v said, without %q:\n%s", args, want, out)
		}
	}
	call(2, "--reason is missing", "--project", "SHOP", "--disaster", id)
	call(2, "--project is missing", "--disaster", id, "--reason", "x")
	call(2, "one line", "--project", "SHOP", "--disaster", id, "--reason", "a\nb")
	call(2, "neither the id nor the key", "--project", "SHOP", "--disaster", "what?", "--reason", "x")
	call(1, "read project GONE", "--project", "GONE", "--disaster", id, "--reason", "x")
	call(1, "it lists "+issue+" (id "+id+")", "--project", "SHOP", "--disaster", "99999", "--reason", "x")
	call(1, "it lists none", "--project", "BLOG", "--disaster", id, "--reason", "x")
	call(1, "give the id", "--project", "SHOP", "--disaster", "SHOP-99", "--reason", "x", "--unlisted")
	call(0, "Released", "--project", "BLOG", "--disaster", id, "--reason", "the list was lost", "--unlisted")
	d.must2(d.jira.Show(issue))
	call(1, "can be read, so its freeze ends in Jira", "--project", "SHOP", "--disaster", id, "--reason", "x")
	d.env["ANDON_JIRA_TOKEN"] = "ended"
	call(1, "sign in at Jira", "--project", "SHOP", "--disaster", id, "--reason", "x")
}

func TestReleaseSaysWhichRightIsMissing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	_, id := d.frozen()
	d.must2(d.jira.RemoveFromGroup(jiratest.GroupAdmins, "andon@example.com"))
	if out := d.must(1, "release", "--project", "SHOP", "--disaster", id, "--reason", "x"); !strings.Contains(out, "andon's account needs Administer Projects in SHOP") {
		t.Errorf("it said:\n%s", out)
	}
	d.env["ANDON_DRY_RUN"] = "true"
	if out := d.must(1, "release", "--project", "SHOP", "--disaster", id, "--reason", "x"); !strings.Contains(out, "read-only") {
		t.Errorf("it said:\n%s", out)
	}
}

func TestReleaseKnowsWhoCalls(t *testing.T) {
	t.Parallel()
	for want, environ := range map[string][]string{
		"olga": {"USER=root", "SUDO_USER=olga"}, "root": {"USER=root"}, "login": {"LOGNAME=login"}, "an operator": nil,
	} {
		if got := operator(environ); got != want {
			t.Errorf("%v is %q, want %q", environ, got, want)
		}
	}
}
