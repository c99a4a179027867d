package main

import (
	"testing"

	"andon/jira/jiratest"
)

func TestTheCommandsTeach(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	for _, command := range []string{"demo", "serve", "doctor", "install", "uninstall", "release", "healthcheck", "version"} {
		golden(t, command+"-help", d.must(0, command, "--help"))
	}
	golden(t, "help", d.must(0, "--help"))
}

func TestTheDoctorsReportForPrograms(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	d.hooked()
	out, _, _ := d.run("doctor", "--json", "--project", "BLOG")
	golden(t, "doctor-json", out)
	hookedAs(func(h *jiratest.Webhook) { h.Enabled, h.JQL = false, "labels = disaster" })(d)
	golden(t, "doctor-failing", d.must(1, "doctor", "--project", "BLOG"))
}

func TestTheDoctorNamesWhatIsWrongWithTheCall(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	for _, args := range [][]string{{"--project", "no key"}, {"--most", "0"}, {"--what"}, {"more"}} {
		d.must(2, append([]string{"doctor"}, args...)...)
	}
	d.env["ANDON_JIRA_URL"] = ""
	d.must(2, "doctor")
}

func TestTheDoctorLooksAtSoManyProjectsAtMost(t *testing.T) {
	t.Parallel()
	d := newDesk(t, jiratest.Cloud)
	d.hooked()
	if found, _, _ := d.findings("--most", "1"); len(found) != 1 || found[0] != "Projects/which: warn" {
		t.Errorf("it finds %v", found)
	}
	d.env["ANDON_PROJECTS"] = "BLOG"
	if found, _, _ := d.findings("--project", "SHOP"); len(found) != 1 || found[0] != "Projects/which: warn" {
		t.Errorf("it finds %v", found)
	}
}
