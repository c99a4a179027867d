package jiratest

import (
	"slices"
	"strings"
	"testing"
)

func TestEntityProperties(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, func() error { _, err := s.j.As("po@example.com").Comment("SHOP-1", "x"); return err }())
		big := `"` + strings.Repeat("x", maxProperty-2) + `"`
		for _, base := range []string{"issue/SHOP-1/properties", "project/SHOP/properties", "comment/10000/properties"} {
			s.run([]step{
				{name: "create", as: "andon", method: "PUT", path: base + "/andon", body: `{"v":1}`, status: 201},
				{name: "update", as: "andon", method: "PUT", path: base + "/andon", body: `{"v":2}`, status: 200},
				{
					name: "read", as: "dev", path: base + "/andon", status: 200,
					want: map[string]string{
						"key":   `"andon"`,
						"value": `{"v":2}`,
					},
				},
				{
					name: "list", as: "dev", path: base, status: 200,
					want: map[string]string{
						"keys.0.key": `"andon"`,
						"keys.#":     "1",
					},
				},
				{name: "the largest", as: "andon", method: "PUT", path: base + "/big", body: big, status: 201},
				{
					name: "too large", as: "andon", method: "PUT", path: base + "/big", body: big + " ", status: 400,
					want: map[string]string{"errorMessages.0": "*"},
				},
				{name: "no JSON", as: "andon", method: "PUT", path: base + "/bad", body: `{`, status: 400},
				{name: "empty", as: "andon", method: "PUT", path: base + "/bad", body: ``, status: 400},
				{
					name: "too long a key", as: "andon", method: "PUT", path: base + "/" + strings.Repeat("k", 256), body: `1`, status: 400,
				},
				{name: "delete", as: "andon", method: "DELETE", path: base + "/andon", status: 204},
				{name: "gone", as: "andon", path: base + "/andon", status: 404},
				{name: "twice", as: "andon", method: "DELETE", path: base + "/andon", status: 404},
				{name: "not for visitors", path: base, status: 404},
			})
		}
		s.run([]step{
			{
				name: "any editor may forge an issue's", as: "dev", method: "PUT", path: "issue/SHOP-1/properties/andon", body: `"forged"`, status: 201,
			},
			{
				name: "a project's needs an administrator", as: "dev", method: "PUT", path: "project/SHOP/properties/andon", body: `1`, status: 403,
			},
			{
				name: "the same to delete", as: "dev", method: "DELETE", path: "project/SHOP/properties/big", body: ``, status: 403,
			},
			{
				name: "properties leave no changelog", as: "po", path: "issue/SHOP-1?expand=changelog&properties=*all", status: 200,
				want: map[string]string{
					"changelog.total":  "0",
					"properties.andon": `"forged"`,
				},
			},
		})
		if v, there := s.j.Property("SHOP-1", "andon"); !there || string(v) != `"forged"` {
			t.Errorf("property: %s", v)
		}
		if _, there := s.j.ProjectProperty("SHOP", "big"); !there {
			t.Error("the project's property is not there")
		}
		got := slices.ContainsFunc(s.j.Events(), func(e Event) bool { return e.Name == "issue_property_set" && e.Property == "andon" })
		if got != s.j.cloud() {
			t.Errorf("issue_property_set seen: %v", got)
		}
	})
}
