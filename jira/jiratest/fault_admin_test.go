package jiratest

import (
	"strings"
	"testing"
	"time"
)

func TestAPersonWithCurlHasTheSimulatorInHand(t *testing.T) {
	s := newRig(t, Cloud, func(o *Options) { o.Admin = true })
	k := newSink(t)
	s.hook(k, Webhook{Events: []string{"sprint_created", "sprint_updated"}, Secret: "hush"})
	a := s.want(200, "", "POST", "/_sim/faults", `{"method":"GET","path":"/rest/agile/**","kind":"status","status":503,"times":-1,"delay":"1ms"}`)
	s.want(503, "dev", "GET", agile+"/board", "")
	if got := s.want(200, "", "GET", "/_sim/faults", ""); !strings.Contains(got.raw, `"struck":1`) || !strings.Contains(got.raw, `"delay":"1ms"`) {
		t.Errorf("faults %s", got.raw)
	}
	s.want(204, "", "DELETE", "/_sim/faults/"+ids(a.id()), "")
	s.want(200, "dev", "GET", agile+"/board", "")
	s.want(204, "", "DELETE", "/_sim/faults", "")
	s.want(400, "", "POST", "/_sim/faults", `{"kind":"nonsense"}`)
	s.want(400, "", "POST", "/_sim/faults", `{"kind":"delay","delay":"soon"}`)

	id := s.started("One")
	s.want(200, "boss", "POST", sprintURL(id), `{"state":"closed"}`)
	s.want(401, "", "POST", "/_sim/reopen?sprint="+ids(id)+"&as=nobody@example.com", "")
	s.want(204, "", "POST", "/_sim/reopen?sprint="+ids(id)+"&as=dev@example.com", "")
	for path, has := range map[string]string{
		"world": `"Name":"One"`, "events": "sprint_started", "calls": sprintURL(id), "notices": "[]", "knobs": `"SprintNameMax":30`, "deliveries": `"webhookEvent":"sprint_created"`,
	} {
		if got := s.want(200, "", "GET", "/_sim/"+path, ""); !strings.Contains(got.raw, has) || strings.Contains(got.raw, "hush") {
			t.Errorf("%s: %.500s", path, got.raw)
		}
	}
	if got := s.want(200, "", "POST", "/_sim/deliver", ""); got.m["attempts"] != 3.0 {
		t.Errorf("delivered %s", got.raw)
	}
	s.want(204, "", "POST", "/_sim/fate", `{"Seed":1,"Lose":1,"MaxDelay":"1m"}`)
	s.sprint("lost")
	if n := len(s.j.Pending()); n != 0 {
		t.Errorf("%d pending", n)
	}
	s.want(200, "", "PATCH", "/_sim/knobs", `{"SprintNameMax":3}`)
	s.want(400, "boss", "POST", agile+"/sprint", `{"name":"long name","originBoardId":1}`)
	before := s.j.Now()
	s.want(200, "", "POST", "/_sim/advance?d=1h", "")
	if d := s.j.Now().Sub(before); d != time.Hour {
		t.Errorf("advanced by %v", d)
	}
	s.want(400, "", "POST", "/_sim/advance?d=-1h", "")
	s.want(404, "", "GET", "/_sim/nothing", "")
	index := s.want(200, "", "GET", "/_sim/", "")
	for pattern := range s.j.adminRoutes() {
		if _, there := index.m[pattern]; !there && pattern != "GET /_sim/{$}" && pattern != "GET /_sim/advance" && pattern != "DELETE /_sim/faults" {
			t.Errorf("the index does not tell of %s", pattern)
		}
	}
}

func TestTheAdminResourcesAreOffUnlessAskedFor(t *testing.T) {
	s := newRig(t, Cloud)
	s.want(404, "", "GET", "/_sim/world", "")
}
