package main

import (
	"testing"

	"andon/jira/jiratest"
)

func TestTheDoctorsReportOnAHealthySite(t *testing.T) {
	for name, f := range map[string]jiratest.Flavour{"cloud": jiratest.Cloud, "datacenter": jiratest.DataCenter} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, f)
			d.hooked()
			writes := d.jira.Writes()
			golden(t, "doctor-"+name, d.must(0, "doctor"))
			if n := d.jira.Writes() - writes; n != 0 {
				t.Errorf("the doctor wrote %d times", n)
			}
		})
	}
}
