package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"andon/jira"
	"andon/jira/jiratest"
	"andon/webhook/queue"
)

// look has andon look at a project of the desk's Jira, as a running one would.
func (d *desk) look(project string) {
	d.t.Helper()
	var environ []string
	for name, value := range d.env {
		environ = append(environ, name+"="+value)
	}
	cfg, err := Load(environ)
	if err != nil {
		d.t.Fatal(err)
	}
	a, err := newApp(cfg, appOptions{log: quietLogger(cfg, &syncBuffer{}), queue: queue.NewMemory(time.Now, queue.MemoryOptions{Lease: time.Minute})})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := a.reconciler.Project(d.t.Context(), project, nil); err != nil {
		d.t.Fatal(err)
	}
}

// properties are the properties of andon's that are anywhere in SHOP.
func (d *desk) properties() []string {
	var out []string
	for _, property := range []string{jira.RecordProperty, jira.OrderProperty} {
		if _, there := d.jira.ProjectProperty("SHOP", property); there {
			out = append(out, "SHOP "+property)
		}
	}
	for _, i := range d.jira.Issues("SHOP") {
		for _, property := range []string{jira.RecordProperty, jira.MovedProperty, jira.TaskProperty} {
			if _, there := d.jira.Property(i.Key, property); there {
				out = append(out, i.Key+" "+property)
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestUninstallLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, f := range flavours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, f)
			d.hooked()
			issue := d.seed.Issues[5]
			d.must2(d.jira.As("po@example.com").AddLabel(issue, "disaster"))
			d.look("SHOP")
			d.must2(d.jira.As("po@example.com").RemoveLabel(issue, "disaster")) // a label search no longer finds it
			d.look("SHOP")
			before := d.properties()
			if !slices.Contains(before, issue+" andon") || !slices.Contains(before, "SHOP andon") || len(before) < 5 {
				t.Fatalf("there is only %v", before)
			}
			d.must(0, "uninstall", "--yes")
			if left := d.properties(); !slices.Equal(left, before) {
				t.Errorf("without --purge it took %v", before)
			}
			d.must(0, "uninstall", "--purge", "--dry-run")
			out := d.must(0, "uninstall", "--purge", "--project", "SHOP", "--yes")
			if left := d.properties(); len(left) > 0 || len(d.jira.Webhooks()) > 0 {
				t.Errorf("left are %v:\n%s", left, out)
			}
			if out := d.must(0, "uninstall", "--purge", "--yes"); !strings.Contains(out, "Nothing to do.") {
				t.Errorf("a second time it said:\n%s", out)
			}
			if n := len(d.jira.Subtasks(issue)); n == 0 {
				t.Error("the tasks are gone, which are the team's")
			}
		})
	}
}

func TestUninstallRefusesToForgetAFreeze(t *testing.T) {
	t.Parallel()
	for name, f := range flavours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, f)
			d.must2(d.jira.As("po@example.com").AddLabel(d.seed.Issues[5], "disaster"))
			d.look("SHOP")
			before := d.properties()
			out := d.must(1, "uninstall", "--purge", "--yes")
			if left := d.properties(); !slices.Equal(left, before) || !strings.Contains(out, "planning of SHOP is frozen by "+d.seed.Issues[5]) {
				t.Errorf("left are %v, it said:\n%s", left, out)
			}
			d.must(0, "uninstall", "--purge", "--force", "--yes")
			if left := d.properties(); len(left) > 0 {
				t.Errorf("left are %v", left)
			}
		})
	}
}

func TestUninstallNeverLosesTheWayBackOfAPermissionScheme(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	d.env["ANDON_FREEZE"] = "permissions"
	d.must2(d.jira.As("po@example.com").AddLabel(d.seed.Issues[5], "disaster"))
	d.look("SHOP")
	before := d.properties()
	out := d.must(1, "uninstall", "--purge", "--force", "--yes")
	if left := d.properties(); !slices.Equal(left, before) || !strings.Contains(out, "copy of its permission scheme") {
		t.Errorf("left are %v, it said:\n%s", left, out)
	}
}

func TestUninstallNamesWhatIsWrongWithTheCall(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	for _, args := range [][]string{{"--force"}, {"--project", "SHOP"}, {"--purge", "--project", "no key"}, {"more"}, {"--what"}} {
		d.must(2, append([]string{"uninstall", "--yes"}, args...)...)
	}
}
