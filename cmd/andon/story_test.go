package main

import (
	"testing"
	"time"

	"andon/jira/jiratest"
)

func TestFromTheLabelToTheFrozenPlanAndBack(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		po, sm, dev := w.jira.As("po@example.com"), w.jira.As("sm@example.com"), w.jira.As("dev@example.com")
		blog := w.jira.DumpProject("BLOG")
		issue := w.seed.Issues[5]

		w.after(dev.AddLabel(issue, "disaster"))
		w.sprintIs(w.seed.ActiveSprint, jiratest.SprintActive)
		w.tasksAre(issue, 0)
		w.says(issue, "A disaster is proposed", 1)

		w.after(po.AddLabel(issue, "disaster-data"))
		w.cancelledBy(w.seed.ActiveSprint, issue)
		w.tasksAre(issue, 13)
		w.says(issue, "h3. Disaster "+issue+": recovering, planning is frozen", 1)
		w.quiet()

		id, err := sm.CreateSprint(w.seed.ShopBoard, "Business as usual")
		w.after(err)
		w.sprintIs(id, "")
		w.after(sm.StartSprint(w.seed.FutureSprint, 14*24*time.Hour))
		w.cancelledBy(w.seed.FutureSprint, issue)
		w.says(issue, "Andon deleted it", 1)
		w.says(issue, "Andon cancelled it again", 1)
		w.quiet()

		w.after(dev.Transition(w.cause(issue), "Done", "Done"))
		w.says(issue, "*Planning is free again.*", 1)
		id, err = sm.CreateSprint(w.seed.ShopBoard, "SHOP Sprint 9")
		w.after(err)
		w.after(sm.StartSprint(id, 14*24*time.Hour))
		w.sprintIs(id, jiratest.SprintActive)
		w.quiet()
		if !sameWorld(blog, w.jira.DumpProject("BLOG")) {
			t.Error("something of project BLOG was touched")
		}
	})
}

func TestALabelFromBeforeCancelsNothing(t *testing.T) {
	bothFlavours(t, func(t *testing.T, w *world) {
		issue := w.seed.Issues[5]
		w.must(w.jira.As("po@example.com").AddLabel(issue, "disaster"))
		w.clock.Advance(25 * time.Hour)
		before := w.jira.Writes()
		w.sweep()
		for _, err := range w.settle() {
			t.Error(err)
		}
		w.sprintIs(w.seed.ActiveSprint, jiratest.SprintActive)
		if n := w.jira.Writes() - before; n != 0 {
			t.Errorf("andon wrote %d times because of a label from before", n)
		}
	})
}
