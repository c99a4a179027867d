package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// schemer plays an administrator who makes, assigns and deletes permission
// schemes, and knows which ones there are and which project uses which.
type schemer struct {
	j      *Jira
	p      *Person
	names  map[int64]string
	grants map[int64][]string
	used   map[string]int64
}

func newSchemer(t *rapid.T, f Flavour) *schemer {
	j := New(Options{Flavour: f})
	m := &schemer{j: j, p: j.As("boss@example.com"), names: map[int64]string{0: "Default Permission Scheme"}, grants: map[int64][]string{}, used: map[string]int64{}}
	j.AddUser(User{Email: "boss@example.com"})
	if _, err := j.AddGroup(GroupAdmins, "boss@example.com"); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"SHOP", "BLOG"} {
		if _, err := j.AddProject(ProjectSpec{Key: key, Lead: "boss@example.com"}); err != nil {
			t.Fatal(err)
		}
		m.used[key] = 0
	}
	for _, g := range j.Schemes()[0].Grants {
		m.grants[0] = append(m.grants[0], g.Permission+" "+g.Type+" "+g.Parameter)
	}
	return m
}

func (m *schemer) pick(t *rapid.T) int64 {
	all := []int64{99}
	for id := range m.names {
		all = append(all, id)
	}
	slices.Sort(all)
	return rapid.SampledFrom(all).Draw(t, "scheme")
}

func (m *schemer) check(t *rapid.T) {
	schemes := m.j.Schemes()
	if len(schemes) != len(m.names) {
		t.Fatalf("%d schemes, want %v", len(schemes), m.names)
	}
	for _, s := range schemes {
		var grants []string
		for _, g := range s.Grants {
			if g.ID == 0 {
				t.Fatalf("a grant of %q has no id", s.Name)
			}
			grants = append(grants, g.Permission+" "+g.Type+" "+g.Parameter)
		}
		if s.Name != m.names[s.ID] || !slices.Equal(grants, m.grants[s.ID]) {
			t.Fatalf("scheme %d: %q with %v, want %q with %v", s.ID, s.Name, grants, m.names[s.ID], m.grants[s.ID])
		}
	}
	for key, id := range m.used {
		if p, _ := m.j.Project(key); p.SchemeID != id {
			t.Fatalf("%s has scheme %d, want %d", key, p.SchemeID, id)
		}
	}
}

func (m *schemer) copyOne(t *rapid.T) {
	id := m.pick(t)
	b, err := m.p.Do(http.MethodGet, fmt.Sprintf("%s/%d?expand=permissions", schemePath, id), nil)
	if _, there := m.names[id]; !there {
		if err == nil {
			t.Fatal("there is no such scheme")
		}
		return
	}
	var body struct {
		ID          int64           `json:"id"`
		Name        string          `json:"name"`
		Permissions json.RawMessage `json:"permissions"`
	}
	if err != nil || json.Unmarshal(b, &body) != nil {
		t.Fatalf("%v: %s", err, b)
	}
	body.Name = rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "name")
	taken := false
	for _, n := range m.names {
		taken = taken || n == body.Name
	}
	b, err = m.p.Do(http.MethodPost, schemePath, body)
	if (err == nil) == taken {
		t.Fatalf("name taken %v, but %v", taken, err)
	}
	if taken {
		return
	}
	grants := m.grants[id]
	if json.Unmarshal(b, &body) != nil {
		t.Fatalf("not a scheme: %s", b)
	}
	m.names[body.ID], m.grants[body.ID] = body.Name, slices.Clone(grants)
}

func (m *schemer) assign(t *rapid.T) {
	id, key := m.pick(t), rapid.SampledFrom([]string{"SHOP", "BLOG"}).Draw(t, "project")
	_, there := m.names[id]
	if _, err := m.p.Do(http.MethodPut, "/rest/api/2/project/"+key+"/permissionscheme", obj{"id": id}); (err == nil) != there {
		t.Fatalf("assign %d: %v", id, err)
	}
	if there {
		m.used[key] = id
	}
}

func (m *schemer) remove(t *rapid.T) {
	id := m.pick(t)
	_, there := m.names[id]
	allowed := there && id != 0 && m.used["SHOP"] != id && m.used["BLOG"] != id
	if _, err := m.p.Do(http.MethodDelete, fmt.Sprintf("%s/%d", schemePath, id), nil); (err == nil) != allowed {
		t.Fatalf("delete %d, allowed %v: %v", id, allowed, err)
	}
	if allowed {
		delete(m.names, id)
		delete(m.grants, id)
	}
}

func (m *schemer) grant(t *rapid.T) {
	id := m.pick(t)
	_, there := m.names[id]
	permission := rapid.SampledFrom([]string{ManageSprints, EditIssues}).Draw(t, "permission")
	entry := permission + " projectLead "
	allowed := there && !slices.Contains(m.grants[id], entry)
	if _, err := m.p.Do(http.MethodPost, fmt.Sprintf("%s/%d/permission", schemePath, id), obj{"permission": permission, "holder": obj{"type": "projectLead"}}); (err == nil) != allowed {
		t.Fatalf("grant in %d, allowed %v: %v", id, allowed, err)
	}
	if allowed {
		m.grants[id] = append(m.grants[id], entry)
	}
}

func TestPermissionSchemesKeepWhatTheyWereGiven(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		rapid.Check(t, func(t *rapid.T) {
			m := newSchemer(t, f)
			t.Repeat(map[string]func(*rapid.T){"": m.check, "copy": m.copyOne, "assign": m.assign, "delete": m.remove, "grant": m.grant})
		})
	})
}
