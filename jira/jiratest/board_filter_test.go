package jiratest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestWhichProjectsAFilterReferences: an explicit list counts as it stands;
// anything less clear counts for the whole site.
func TestWhichProjectsAFilterReferences(t *testing.T) {
	for jql, want := range map[string]string{
		"project = SHOP":                              "SHOP",
		"project = SHOP ORDER BY Rank ASC":            "SHOP",
		"project = \"SHOP\"":                          "SHOP",
		"project = 10001":                             "BLOG",
		"project in (SHOP, BLOG) ORDER BY Rank":       "SHOP BLOG",
		"project in (SHOP) AND labels = x":            "SHOP",
		"(project = SHOP) AND (status = Done)":        "SHOP",
		"project = SHOP OR project = BLOG":            "all",
		"labels = x OR project = SHOP":                "all",
		"labels = x":                                  "all",
		"":                                            "all",
		"ORDER BY Rank":                               "all",
		"project != BLOG":                             "all",
		"project not in (BLOG)":                       "all",
		"project = SHOP AND (labels = x OR type=Bug)": "SHOP",
	} {
		t.Run(jql, func(t *testing.T) {
			s := newRig(t, DataCenter)
			s.j.mu.Lock()
			found, every := s.j.filterProjects(jql)
			s.j.mu.Unlock()
			var keys []string
			for _, id := range found {
				p, _ := s.j.Project(ids(id))
				keys = append(keys, p.Key)
			}
			got := strings.Join(keys, " ")
			if every {
				got = "all"
			}
			if got != want {
				t.Errorf("references %s, want %s", got, want)
			}
			if every && len(found) != 2 {
				t.Errorf("every project of the site: %v", keys)
			}
		})
	}
}

func TestAFilterDecidesWhatABoardShowsAndWhoseSprintsTheyAre(t *testing.T) {
	s := newRig(t, Cloud)
	shop, blog := s.issue("SHOP", "a", ""), s.issue("BLOG", "b", "")
	for _, c := range []struct {
		jql  string
		want []string
	}{
		{"project = SHOP", []string{shop}},
		{"project = BLOG ORDER BY key DESC", []string{blog}},
		{"project in (SHOP, BLOG)", []string{shop, blog}},
		{"summary ~ nothing", []string{}},
	} {
		b, err := s.j.AddBoard(BoardSpec{Name: c.jql, Location: "SHOP", JQL: c.jql})
		s.ok(err)
		got := s.want(200, "dev", "GET", fmt.Sprintf("%s/board/%d/issue", agile, b.ID), "").names("issues", "key")
		if !cmp.Equal(got, c.want) {
			t.Errorf("%s shows %v, want %v", c.jql, got, c.want)
		}
		list := s.want(200, "dev", "GET", agile+"/board?projectKeyOrId=BLOG", "").names("values", "name")
		if slices.Contains(list, c.jql) != !strings.HasPrefix(c.jql, "project = SHOP") {
			t.Errorf("%s: the boards of BLOG are %v", c.jql, list)
		}
	}
}

func TestAWebhookComesBeforeTheIndexKnows(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.j.SetKnobs(func(k *Knobs) { k.IndexLag = time.Minute })
	s.hook(k, Webhook{Events: []string{"jira:issue_updated"}, JQL: "project = SHOP AND labels = disaster"})
	key := s.issue("SHOP", "a", "")
	s.j.CatchUp()
	s.ok(s.j.As("boss@example.com").AddLabel(key, "disaster"))
	s.j.DeliverAll(t.Context())
	if got := k.events(); len(got) != 1 {
		t.Fatalf("webhooks are not late: %v", got)
	}
	found := func() int {
		a := s.want(200, "boss", "POST", "/rest/api/2/search/jql", `{"jql":"project = SHOP AND labels = disaster"}`)
		return len(a.names("issues", "id"))
	}
	if n := found(); n != 0 {
		t.Errorf("search finds %d at once", n)
	}
	s.j.Advance(2 * time.Minute)
	if n := found(); n != 1 {
		t.Errorf("search finds %d after the lag", n)
	}
}

func TestABodyShowsTheIssueAsItWasThen(t *testing.T) {
	s, k := newRig(t, Cloud), newSink(t)
	s.hook(k, Webhook{Events: []string{"jira:issue_updated"}})
	key := s.issue("SHOP", "a", "")
	boss := s.j.As("boss@example.com")
	s.j.SetFate(func(d Delivery) Fate {
		if strings.Contains(string(d.Body), `"labels":["disaster"]`) {
			return Fate{Behind: 1}
		}
		return Fate{}
	})
	s.ok(boss.AddLabel(key, "disaster"))
	s.ok(boss.RemoveLabel(key, "disaster"))
	s.j.DeliverAll(t.Context())
	var labels []string
	for _, r := range k.got {
		labels = append(labels, fmt.Sprint(answer{m: r.m}.dig("issue", "fields", "labels")))
	}
	if !cmp.Equal(labels, []string{"[]", "[disaster]"}) {
		t.Errorf("the later one came first, each with its own labels: %v", labels)
	}
}
