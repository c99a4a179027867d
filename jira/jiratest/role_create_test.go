package jiratest

import "testing"

func TestAnAdministratorMakesAProjectRole(t *testing.T) {
	bothKinds(t, func(t *testing.T, f Flavour) {
		s := newRig(t, f)
		const roles = "/rest/api/2/role"
		made := s.want(200, "boss", "POST", roles, `{"name":"Incident Lead","description":"who leads"}`)
		if made.str("name") != "Incident Lead" || made.str("description") != "who leads" {
			t.Errorf("made %s", made.raw)
		}
		got := s.want(200, "boss", "GET", "/rest/api/2/project/SHOP/role", "")
		if got.str("Incident Lead") == "" {
			t.Errorf("the project's roles are %s", got.raw)
		}
		s.want(409, "boss", "POST", roles, `{"name":"incident lead"}`)
		s.want(400, "boss", "POST", roles, `{"name":" "}`)
		s.want(400, "boss", "POST", roles, `{"name":`)
		s.want(403, "dev", "POST", roles, `{"name":"Another"}`)
		s.want(401, "", "POST", roles, `{"name":"Another"}`)
		if got = s.want(200, "boss", "GET", "/rest/api/2/project/SHOP/role", ""); got.str("Another") != "" {
			t.Errorf("a refused role is there: %s", got.raw)
		}
	})
}
