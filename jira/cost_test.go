package jira_test

import (
	"testing"
)

func TestCostToday(t *testing.T) {
	meter(t, func(t *testing.T, m *metered) {
		m.begin()
		_, err := m.rec.Handle(t.Context(), "sweep", nil)
		must(t, err)
		t.Logf("first sweep: %v", m)
		m.begin()
		_, err = m.rec.Handle(t.Context(), "sweep", nil)
		must(t, err)
		t.Logf("sweep: %v", m)
		must(t, m.As("po@example.com").AddLabel(m.issue, "disaster"))
		m.begin()
		m.look(m.id)
		t.Logf("declaration: %v", m)
		m.begin()
		m.look(m.id)
		t.Logf("idle: %v", m)
		m.begin()
		m.look()
		t.Logf("idle: %v", m)
		m.begin()
		_, err = m.rec.Handle(t.Context(), "sweep", nil)
		must(t, err)
		t.Logf("sweep with a frozen project: %v", m)
	})
}
