package jiratest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestComments(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"add", "po", "POST", "issue/SHOP-1/comment", `{"body":"one","properties":[{"key":"andon","value":{"status":true}}]}`, 201, map[string]string{"id": `"10000"`, "body": `"one"`, "author.displayName": `"Paula Owner"`, "created": "*"}},
			{"add another", "dev", "POST", "issue/SHOP-1/comment", `{"body":"two"}`, 201, map[string]string{"id": `"10001"`}},
			{"empty", "po", "POST", "issue/SHOP-1/comment", `{"body":"  "}`, 400, map[string]string{"errors.comment": `"Comment body can not be empty!"`}},
			{"list", "po", "", "issue/SHOP-1/comment", "", 200, map[string]string{"total": "2", "comments.0.body": `"one"`}},
			{"page", "po", "", "issue/SHOP-1/comment?startAt=1&maxResults=1", "", 200, map[string]string{"total": "2", "comments.#": "1", "comments.0.body": `"two"`, "startAt": "1"}},
			{"newest first", "po", "", "issue/SHOP-1/comment?orderBy=-created", "", 200, map[string]string{"comments.0.body": `"two"`}},
			{"with properties", "po", "", "issue/SHOP-1/comment?expand=properties", "", 200, map[string]string{"comments.0.properties.0.key": `"andon"`}},
			{"one", "po", "", "issue/SHOP-1/comment/10000?expand=properties", "", 200, map[string]string{"properties.0.value.status": "true"}},
			{"edit one's own", "po", "PUT", "issue/SHOP-1/comment/10000?notifyUsers=false", `{"body":"uno"}`, 200, map[string]string{"body": `"uno"`, "id": `"10000"`}},
			{"not another's", "dev", "PUT", "issue/SHOP-1/comment/10000", `{"body":"x"}`, 400, nil},
			{"an administrator may", "lead", "PUT", "issue/SHOP-1/comment/10000", `{"body":"eins"}`, 200, map[string]string{"author.displayName": `"Paula Owner"`, "updateAuthor.displayName": `"Leo Lead"`}},
			{"on the wrong issue", "po", "", "issue/SHOP-2/comment/10000", "", 404, nil},
			{"delete another's", "dev", "DELETE", "issue/SHOP-1/comment/10000", "", 400, nil},
			{"delete", "po", "DELETE", "issue/SHOP-1/comment/10000", "", 204, nil},
			{"gone", "po", "", "issue/SHOP-1/comment/10000", "", 404, nil},
			{"comments are in no changelog", "po", "", "issue/SHOP-1?expand=changelog", "", 200, map[string]string{"changelog.total": "0"}},
			{"an unknown order", "po", "", "issue/SHOP-1/comment?orderBy=size", "", 400, nil},
		})
		s.withoutGrant(AddComments)
		s.run([]step{{"needs the permission", "dev", "POST", "issue/SHOP-1/comment", `{"body":"x"}`, 403, nil}})
	})
}

func TestACommentMayBeForARoleOnly(t *testing.T) {
	s := demoSite(t, Cloud)
	s.run([]step{
		{"one must be in it", "dev", "POST", "issue/SHOP-1/comment", `{"body":"x","visibility":{"type":"role","value":"Product Owner"}}`, 400, map[string]string{"errors.commentLevel": "*"}},
		{"the owner is", "po", "POST", "issue/SHOP-1/comment", `{"body":"secret","visibility":{"type":"role","value":"Product Owner"}}`, 201, map[string]string{"visibility.value": `"Product Owner"`}},
		{"others do not see it", "dev", "", "issue/SHOP-1/comment", "", 200, map[string]string{"total": "0"}},
		{"nor by id", "dev", "", "issue/SHOP-1/comment/10000", "", 404, nil},
		{"nor in the issue", "dev", "", "issue/SHOP-1", "", 200, map[string]string{"fields.comment.total": "0"}},
		{"the owner does", "po", "", "issue/SHOP-1/comment", "", 200, map[string]string{"total": "1"}},
		{"for a group", "dev", "POST", "issue/SHOP-1/comment", `{"body":"x","visibility":{"type":"group","value":"developers"}}`, 201, nil},
		{"the owner sees only the first", "po", "", "issue/SHOP-1/comment", "", 200, map[string]string{"total": "1"}},
	})
}

func TestCloudLimitsTheNumberOfComments(t *testing.T) {
	s := demoSite(t, Cloud, func(k *Knobs) { k.MaxComments = 1 })
	s.run([]step{
		{"the last one", "po", "POST", "issue/SHOP-1/comment", `{"body":"x"}`, 201, nil},
		{"one too many", "po", "POST", "issue/SHOP-1/comment", `{"body":"x"}`, 413, nil},
		{"too long", "po", "POST", "issue/SHOP-2/comment", `{"body":"` + strings.Repeat("x", maxText+1) + `"}`, 400, nil},
	})
}

func TestEntityProperties(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		try(t, func() error { _, err := s.j.As("po@example.com").Comment("SHOP-1", "x"); return err }())
		big := `"` + strings.Repeat("x", maxProperty-2) + `"`
		for _, base := range []string{"issue/SHOP-1/properties", "project/SHOP/properties", "comment/10000/properties"} {
			s.run([]step{
				{"create", "andon", "PUT", base + "/andon", `{"v":1}`, 201, nil},
				{"update", "andon", "PUT", base + "/andon", `{"v":2}`, 200, nil},
				{"read", "dev", "", base + "/andon", "", 200, map[string]string{"key": `"andon"`, "value": `{"v":2}`}},
				{"list", "dev", "", base, "", 200, map[string]string{"keys.0.key": `"andon"`, "keys.#": "1"}},
				{"the largest", "andon", "PUT", base + "/big", big, 201, nil},
				{"too large", "andon", "PUT", base + "/big", big + " ", 400, map[string]string{"errorMessages.0": "*"}},
				{"no JSON", "andon", "PUT", base + "/bad", `{`, 400, nil},
				{"empty", "andon", "PUT", base + "/bad", ``, 400, nil},
				{"too long a key", "andon", "PUT", base + "/" + strings.Repeat("k", 256), `1`, 400, nil},
				{"delete", "andon", "DELETE", base + "/andon", "", 204, nil},
				{"gone", "andon", "", base + "/andon", "", 404, nil},
				{"twice", "andon", "DELETE", base + "/andon", "", 404, nil},
				{"not for visitors", "", "", base, "", 404, nil},
			})
		}
		s.run([]step{
			{"any editor may forge an issue's", "dev", "PUT", "issue/SHOP-1/properties/andon", `"forged"`, 201, nil},
			{"a project's needs an administrator", "dev", "PUT", "project/SHOP/properties/andon", `1`, 403, nil},
			{"the same to delete", "dev", "DELETE", "project/SHOP/properties/big", ``, 403, nil},
			{"properties leave no changelog", "po", "", "issue/SHOP-1?expand=changelog&properties=*all", "", 200, map[string]string{"changelog.total": "0", "properties.andon": `"forged"`}},
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

func TestIssueLinks(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"types", "po", "", "issueLinkType", "", 200, map[string]string{"issueLinkTypes.0.name": `"Blocks"`, "issueLinkTypes.0.outward": `"blocks"`}},
			{"create", "po", "POST", "issueLink", `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`, 201, nil},
			{"again is the same", "po", "POST", "issueLink", `{"type":{"name":"blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`, 201, nil},
			{"the one that blocks", "po", "", "issue/SHOP-1?expand=changelog", "", 200, map[string]string{"fields.issuelinks.#": "1", "fields.issuelinks.0.outwardIssue.key": `"SHOP-2"`, "changelog.histories.0.items.0.toString": `"This issue blocks SHOP-2"`}},
			{"the one that is blocked", "po", "", "issue/SHOP-2", "", 200, map[string]string{"fields.issuelinks.0.inwardIssue.key": `"SHOP-1"`}},
			{"by id", "po", "", "issueLink/10000", "", 200, map[string]string{"inwardIssue.key": `"SHOP-1"`, "outwardIssue.key": `"SHOP-2"`}},
			{"an unknown type", "po", "POST", "issueLink", `{"type":{"name":"Hates"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`, 404, nil},
			{"an absent issue", "po", "POST", "issueLink", `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-99"}}`, 404, nil},
			{"itself", "po", "POST", "issueLink", `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-1"}}`, 400, nil},
			{"delete", "po", "DELETE", "issueLink/10000", "", 204, nil},
			{"gone", "po", "", "issueLink/10000", "", 404, nil},
		})
		s.withoutGrant(LinkIssues)
		s.run([]step{{"needs the permission", "dev", "POST", "issueLink", `{"type":{"name":"Blocks"},"inwardIssue":{"key":"SHOP-1"},"outwardIssue":{"key":"SHOP-2"}}`, 401, nil}})
	})
}

func TestRemoteLinksAreReplacedByGlobalID(t *testing.T) {
	s := demoSite(t, Cloud)
	link := `{"globalId":"andon:1","relationship":"causes","object":{"url":"https://example.com/1","title":"One"}}`
	s.run([]step{
		{"new", "po", "POST", "issue/SHOP-1/remotelink", link, 201, map[string]string{"id": "10000"}},
		{"again", "po", "POST", "issue/SHOP-1/remotelink", `{"globalId":"andon:1","object":{"url":"https://example.com/1","title":"Uno"}}`, 200, map[string]string{"id": "10000"}},
		{"absent fields are gone", "po", "", "issue/SHOP-1/remotelink?globalId=andon:1", "", 200, map[string]string{"object.title": `"Uno"`, "relationship": "absent"}},
		{"without globalId each is new", "po", "POST", "issue/SHOP-1/remotelink", `{"object":{"url":"https://example.com/1","title":"Uno"}}`, 201, map[string]string{"id": "10001"}},
		{"list", "po", "", "issue/SHOP-1/remotelink", "", 200, map[string]string{"#": "2", "0.globalId": `"andon:1"`}},
		{"without title", "po", "POST", "issue/SHOP-1/remotelink", `{"object":{"url":"https://example.com/1"}}`, 400, map[string]string{"errors.title": "*"}},
		{"delete by globalId", "po", "DELETE", "issue/SHOP-1/remotelink?globalId=andon:1", "", 204, nil},
		{"delete by id", "po", "DELETE", "issue/SHOP-1/remotelink/10001", "", 204, nil},
		{"gone", "po", "DELETE", "issue/SHOP-1/remotelink/10001", "", 404, nil},
		{"not found by globalId", "po", "", "issue/SHOP-1/remotelink?globalId=andon:1", "", 404, nil},
	})
	req, err := http.NewRequest(http.MethodDelete, s.srv.URL+"/rest/api/2/issue/SHOP-1/remotelink/1", nil)
	try(t, err)
	req.SetBasicAuth("po@example.com", "demo")
	if status, _, _ := s.send(req); status != http.StatusUnsupportedMediaType {
		t.Errorf("Cloud answers %d to a DELETE without Content-Type, want 415", status)
	}
}

func TestWatchersAndNotify(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		id, param := "712020:dev", "accountId"
		if !s.j.cloud() {
			id, param = "dev", "username"
		}
		to := fmt.Sprintf(`"users":[{"%s":"%s"}]`, map[bool]string{true: "accountId", false: "name"}[s.j.cloud()], id)
		s.run([]step{
			{"oneself", "po", "POST", "issue/SHOP-2/watchers", ``, 204, nil},
			{"another needs the permission", "po", "POST", "issue/SHOP-2/watchers", `"` + id + `"`, 403, nil},
			{"with it", "andon", "POST", "issue/SHOP-2/watchers", `"` + id + `"`, 204, nil},
			{"nobody", "andon", "POST", "issue/SHOP-2/watchers", `"nobody"`, 404, nil},
			{"no string", "andon", "POST", "issue/SHOP-2/watchers", `{}`, 400, nil},
			{"list", "po", "", "issue/SHOP-2/watchers", "", 200, map[string]string{"watchCount": "2", "isWatching": "true", "watchers.1.displayName": `"Dana Developer"`}},
			{"mail to the watchers", "andon", "POST", "issue/SHOP-2/notify", `{"subject":"S","textBody":"T","to":{"watchers":true}}`, 204, nil},
			{"mail to named people", "andon", "POST", "issue/SHOP-2/notify", `{"subject":"S2","textBody":"T","to":{` + to + `,"groups":[{"name":"developers"}]}}`, 204, nil},
			{"only to oneself", "dev", "POST", "issue/SHOP-2/notify", `{"subject":"S","textBody":"T","to":{` + to + `}}`, 400, nil},
			{"no assignee", "andon", "POST", "issue/SHOP-2/notify", `{"subject":"S","textBody":"T","to":{"assignee":true}}`, 400, nil},
			{"stop watching", "dev", "DELETE", "issue/SHOP-2/watchers?" + param + "=" + url.QueryEscape(id), "", 204, nil},
		})
		notices := s.j.Notices()
		if len(notices) != 2 || notices[0].Subject != "S" || len(notices[0].Users) != 2 || len(notices[1].Users) != 2 {
			t.Errorf("notices: %+v", notices)
		}
		s.j.SetKnobs(func(k *Knobs) { k.MailOff = true })
		s.run([]step{{"mail is off", "andon", "POST", "issue/SHOP-2/notify", `{"to":{"watchers":true}}`, 403, nil}})
	})
}

func TestListsOfTheSite(t *testing.T) {
	bothFlavours(t, func(t *testing.T, s *site) {
		s.run([]step{
			{"resolutions", "po", "", "resolution", "", 200, map[string]string{"1.name": `"Won't Do"`, "1.id": `"10001"`}},
			{"priorities", "po", "", "priority", "", 200, map[string]string{"2.name": `"Medium"`}},
			{"statuses", "po", "", "status", "", 200, map[string]string{"2.statusCategory.key": `"done"`, "2.statusCategory.id": "3"}},
			{"types", "po", "", "issuetype", "", 200, map[string]string{"3.subtask": "true"}},
			{"one type", "po", "", "issuetype/10003", "", 200, map[string]string{"name": `"Sub-task"`}},
			{"no type", "po", "", "issuetype/9", "", 404, nil},
		})
		fields := s.step(step{"fields", "po", "", "field", "", 200, nil}).([]any)
		if !slices.ContainsFunc(fields, func(f any) bool {
			return at(f, "schema.custom") == `"com.pyxis.greenhopper.jira:gh-sprint"` && at(f, "id") == `"`+SprintField+`"`
		}) {
			t.Error("the Sprint field cannot be found by its schema")
		}
	})
}

func TestCreatemetaNamesItsArraysByFlavour(t *testing.T) {
	c, d := demoSite(t, Cloud), demoSite(t, DataCenter)
	c.run([]step{
		{"types", "po", "", "issue/createmeta/SHOP/issuetypes", "", 200, map[string]string{"issueTypes.#": "5", "total": "5", "values": "absent"}},
		{"fields", "po", "", "issue/createmeta/SHOP/issuetypes/10003", "", 200, map[string]string{"fields.0.required": "true", "values": "absent"}},
		{"too many", "po", "", "issue/createmeta/SHOP/issuetypes?maxResults=201", "", 400, map[string]string{"errorMessages.0": `"Parameter 'maxResults' must not exceed the limit '200'"`}},
		{"no such type", "po", "", "issue/createmeta/SHOP/issuetypes/9", "", 404, nil},
	})
	d.run([]step{
		{"types", "po", "", "issue/createmeta/SHOP/issuetypes", "", 200, map[string]string{"values.#": "5", "issueTypes": "absent"}},
		{"fields", "po", "", "issue/createmeta/SHOP/issuetypes/10003", "", 200, map[string]string{"values.0.fieldId": "*", "fields": "absent"}},
	})
}
