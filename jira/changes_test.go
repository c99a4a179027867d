package jira

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/rules"
)

func TestLabelChangesAreReadFromWholeSets(t *testing.T) {
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.FixedZone("", 3600))
	po := &User{AccountID: "po", DisplayName: "Paula"}
	labels := func(from, to string) ChangeItem {
		return ChangeItem{Field: "labels", FieldID: "labels", FromString: from, ToString: to}
	}
	for _, c := range []struct {
		name  string
		items []ChangeItem
		want  []rules.LabelChange
	}{
		{"a label is added to none", []ChangeItem{labels("", "disaster")}, []rules.LabelChange{{Added: []string{"disaster"}}}},
		{"a label is added to others", []ChangeItem{labels("bad sad", "bad disaster sad")}, []rules.LabelChange{{Added: []string{"disaster"}}}},
		{"one is exchanged for another", []ChangeItem{labels("disaster", "disaster-data")}, []rules.LabelChange{{Added: []string{"disaster-data"}, Removed: []string{"disaster"}}}},
		{"all are taken off", []ChangeItem{labels("a b", "")}, []rules.LabelChange{{Removed: []string{"a", "b"}}}},
		{"labels with commas and quotes stay whole", []ChangeItem{labels("", `a,b "c"`)}, []rules.LabelChange{{Added: []string{"a,b", `"c"`}}}},
		{"Data Center leaves out the field's id", []ChangeItem{{Field: "labels", FromString: "", ToString: "x"}}, []rules.LabelChange{{Added: []string{"x"}}}},
		{"a custom field of that name is none", []ChangeItem{{Field: "labels", FieldID: "customfield_1", ToString: "disaster"}}, nil},
		{"another field is none", []ChangeItem{{Field: "summary", FieldID: "summary", ToString: "disaster"}}, nil},
		{"only the order has changed", []ChangeItem{labels("a b", "b a")}, nil},
		{"the same label twice counts once", []ChangeItem{labels("", "a a")}, []rules.LabelChange{{Added: []string{"a"}}}},
		{"case matters", []ChangeItem{labels("Disaster", "disaster")}, []rules.LabelChange{{Added: []string{"disaster"}, Removed: []string{"Disaster"}}}},
		{"labels beside another field", []ChangeItem{{Field: "status"}, labels("", "a")}, []rules.LabelChange{{Added: []string{"a"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.want {
				c.want[i].ID, c.want[i].At, c.want[i].By = "7", at.UTC(), rules.Person{ID: "po", Name: "Paula"}
			}
			equal(t, "changes", c.want, labelChanges([]Change{{ID: "7", Author: po, Created: at, Items: c.items}}))
		})
	}
}

func TestAnAuthorWhoIsGoneIsNobody(t *testing.T) {
	got := labelChanges([]Change{{ID: "1", Items: []ChangeItem{{Field: "labels", FieldID: "labels", ToString: "a"}}}})
	equal(t, "by", rules.Person{}, got[0].By)
}

func TestPersonsOfBothProducts(t *testing.T) {
	for _, c := range []struct {
		name string
		user *User
		want rules.Person
	}{
		{"nobody", nil, rules.Person{}},
		{"Cloud", &User{AccountID: "a:1", DisplayName: "Paula"}, rules.Person{ID: "a:1", Name: "Paula"}},
		{"Cloud, a program", &User{AccountID: "a:2", DisplayName: "Automation", AccountType: "app"}, rules.Person{ID: "a:2", Name: "Automation", App: true}},
		{"Data Center", &User{Key: "JIRAUSER1", Name: "paula", DisplayName: "Paula"}, rules.Person{ID: "JIRAUSER1", Username: "paula", Name: "Paula"}},
		{"Data Center, without a key", &User{Name: "paula"}, rules.Person{ID: "paula", Username: "paula"}},
	} {
		t.Run(c.name, func(t *testing.T) { equal(t, "person", c.want, personOf(c.user)) })
	}
}

func TestTheIssueTypesForTasksAreChosenByFlag(t *testing.T) {
	story, task := IssueType{ID: "1", Name: "Story"}, IssueType{ID: "3", Name: "Aufgabe"}
	sub := IssueType{ID: "5", Name: "Unteraufgabe", Subtask: true, HierarchyLevel: -1}
	epic := IssueType{ID: "4", Name: "Epic", HierarchyLevel: 1}
	for _, c := range []struct {
		name      string
		types     []IssueType
		sub, task string
	}{
		{"a translated sub-task", []IssueType{epic, story, sub}, "5", "1"},
		{"no sub-task type at all", []IssueType{epic, story}, "", "1"},
		{"a type named Task is preferred", []IssueType{story, {ID: "9", Name: "Task"}, task}, "", "9"},
		{"an epic is no task, on Data Center by its name", []IssueType{{ID: "4", Name: "Epic"}, story}, "", "1"},
		{"a type that is only named sub-task is none", []IssueType{{ID: "8", Name: "Sub-task"}}, "", "8"},
		{"none", nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := projectFacts(Project{ID: "10000", Key: "SHOP", IssueTypes: c.types})
			equal(t, "sub-task type", c.sub, p.Subtask.ID)
			equal(t, "task type", c.task, p.Task.ID)
		})
	}
}

func TestMarksOfTasks(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		ok        bool
	}{
		{"ours", `{"disaster":"10005","entry":"root-cause","round":1}`, true},
		{"with more than we know", `{"disaster":"10005","entry":"inform","round":2,"x":[1]}`, true},
		{"without a disaster", `{"entry":"inform"}`, false},
		{"without an entry", `{"disaster":"10005"}`, false},
		{"of another form", `"andon"`, false},
		{"of other types", `{"disaster":10005,"entry":true}`, false},
		{"broken", `{`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ok := markOf(Issue{Properties: map[string]json.RawMessage{TaskProperty: json.RawMessage(c.raw)}})
			equal(t, "is a mark", c.ok, ok)
		})
	}
	if _, ok := markOf(Issue{}); ok {
		t.Error("an issue without a property is marked")
	}
}

func TestReferencesAreTakenFromAndonsOwnCommentsOnly(t *testing.T) {
	bot := &User{AccountID: "andon"}
	for _, c := range []struct {
		name    string
		comment Comment
		refs    []string
	}{
		{"ours", Comment{Author: bot, Body: "Text.\n\nandon ref proposed.10005.7"}, []string{"proposed.10005.7"}},
		{"ours, with markup around it", Comment{Author: bot, Body: "*a*\n\n_andon ref status.1_ "}, []string{"status.1"}},
		{"ours, with another text by now", Comment{Author: bot, Body: "Text.\n\nandon ref proposed.1.7\n\nandon ref decided.1.7"}, []string{"proposed.1.7", "decided.1.7"}},
		{"somebody else's", Comment{Author: &User{AccountID: "dev"}, Body: "andon ref status.1"}, nil},
		{"nobody's", Comment{Body: "andon ref status.1"}, nil},
		{"without one", Comment{Author: bot, Body: "Text."}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, "references", c.refs, refsOf(c.comment, "andon"))
		})
	}
}

func TestRolesAreFoundByName(t *testing.T) {
	roles := map[string]int64{"Product Owner": 1, "product owner": 2, "Scrum Master": 3}
	for _, c := range []struct {
		name string
		id   int64
		ok   bool
	}{{"Product Owner", 1, true}, {"product owner", 2, true}, {"PRODUCT OWNER", 1, true}, {"scrum master", 3, true}, {"Stakeholder", 0, false}, {"", 0, false}} {
		id, ok := roleNamed(roles, c.name)
		equal(t, c.name, c.id, id)
		equal(t, c.name, c.ok, ok)
	}
}

func FuzzLabelChanges(f *testing.F) {
	f.Add("", "disaster")
	f.Add("a b", "b c")
	f.Add(" a  b ", "\t")
	f.Fuzz(func(t *testing.T, from, to string) {
		got := labelChanges([]Change{{ID: "1", Items: []ChangeItem{{Field: "labels", FieldID: "labels", FromString: from, ToString: to}}}})
		set := strings.Fields(from)
		for _, c := range got {
			set = slices.DeleteFunc(set, func(l string) bool { return slices.Contains(c.Removed, l) })
			set = append(set, c.Added...)
		}
		for _, l := range strings.Fields(to) {
			if !slices.Contains(set, l) {
				t.Fatalf("%q is missing after the change from %q to %q", l, from, to)
			}
		}
		for _, l := range set {
			if !slices.Contains(strings.Fields(to), l) {
				t.Fatalf("%q is left over after the change from %q to %q", l, from, to)
			}
		}
	})
}
