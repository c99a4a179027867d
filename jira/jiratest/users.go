package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// restMyself is the one call that tells plainly whether credentials are good.
func (j *Jira) restMyself(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	o := j.userJSON(c.user, true)
	o["locale"] = c.user.Locale
	o["groups"] = obj{"size": len(j.groupsOf(c.user)), "items": []any{}}
	o["applicationRoles"] = obj{"size": 1, "items": []any{}}
	o["expand"] = "groups,applicationRoles"
	return ok(o)
}

func (j *Jira) groupsOf(u *User) []string {
	return slices.DeleteFunc(sortedKeys(j.groups), func(g string) bool { return !j.inGroup(u, g) })
}

// restServerInfo needs no login.
func (j *Jira) restServerInfo(*call) reply {
	o := obj{
		"baseUrl": j.baseURL, "version": j.opt.Version, "versionNumbers": versionNumbers(j.opt.Version), "deploymentType": j.opt.Flavour.String(),
		"buildNumber": 100280, "buildDate": "2025-11-03T00:00:00.000+0000", "serverTime": j.platformTime(j.now()),
		"scmInfo": "0000000000000000000000000000000000000000", "serverTitle": "Jira",
	}
	if j.cloud() {
		o["displayUrl"] = j.baseURL
	}
	return ok(o)
}

func versionNumbers(v string) []int {
	v, _, _ = strings.Cut(v, "-")
	var out []int
	for _, part := range strings.Split(v, ".") {
		n := 0
		for _, r := range part {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		out = append(out, n)
	}
	return out
}

// restTenantInfo tells a Cloud site's id to anybody.
func (j *Jira) restTenantInfo(*call) reply {
	if !j.cloud() {
		return reply{status: http.StatusNotFound}
	}
	return ok(obj{"cloudId": j.opt.CloudID})
}

func (j *Jira) restUser(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if j.cloud() && c.query.Get("accountId") == "" {
		return failed(refuse(http.StatusBadRequest, "The query parameter 'accountId' is required."))
	}
	ref := c.query.Get("accountId")
	if !j.cloud() {
		if ref = c.query.Get("username"); ref == "" {
			ref = c.query.Get("key")
		}
	}
	u := j.accountNamed(ref)
	if u == nil {
		return failed(refuse(http.StatusNotFound, "The user named '%s' does not exist", ref))
	}
	o := j.userJSON(u, !j.knobs.HideEmails || u == c.user)
	if slices.Contains(list(c.query["expand"]), "groups") {
		items := []obj{}
		for _, g := range j.groupsOf(u) {
			items = append(items, j.groupRef(j.groups[g]))
		}
		o["groups"] = obj{"size": len(items), "items": items}
	}
	return ok(o)
}

func (j *Jira) groupRef(g *Group) obj {
	o := obj{"name": g.Name, "self": j.self("/rest/api/2/group?groupname=" + g.Name)}
	if j.cloud() {
		o["groupId"] = g.ID
	}
	return o
}

// restUserSearch finds accounts whose name or e-mail starts with the words.
func (j *Jira) restUserSearch(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if !j.admin(c.user, BrowseUsers) {
		if j.cloud() {
			return ok([]obj{})
		}
		return failed(refuse(http.StatusForbidden, "You do not have permission to browse users."))
	}
	q := c.query.Get("query")
	if !j.cloud() {
		q = c.query.Get("username")
	}
	account := c.query.Get("accountId")
	if q == "" && account == "" {
		return failed(refuse(http.StatusBadRequest, "The query parameter is required."))
	}
	out := []obj{}
	for _, id := range j.userOrder {
		if u := j.users[id]; u.Active && (account == u.ID || q != "" && (q == "." || userMatches(u, strings.ToLower(q)))) {
			out = append(out, j.userJSON(u, !j.knobs.HideEmails || u == c.user))
		}
	}
	start, size := max(0, c.num("startAt", 0)), max(0, c.num("maxResults", 50))
	return ok(out[min(start, len(out)):min(start+size, len(out))])
}

func userMatches(u *User, q string) bool {
	for _, s := range append(strings.Fields(u.DisplayName), u.DisplayName, u.Email, u.Name) {
		if s != "" && strings.HasPrefix(strings.ToLower(s), q) {
			return true
		}
	}
	return false
}

// restGroupMembers pages a group's members, 50 at most at once.
func (j *Jira) restGroupMembers(c *call) reply {
	if c.user == nil {
		return failed(errUnauthorized(j.opt.Flavour))
	}
	if !j.mayReadGroups(c.user) {
		return failed(refuse(http.StatusForbidden, "You are not authorised to perform this operation."))
	}
	name, id := c.query.Get("groupname"), c.query.Get("groupId")
	if name == "" && (id == "" || !j.cloud()) {
		return failed(refuse(http.StatusBadRequest, "Either groupname or groupId must be specified."))
	}
	g := j.groups[name]
	if name == "" {
		g = j.groupNamed(id)
	}
	if g == nil {
		return failed(refuse(http.StatusNotFound, "The group named '%s' does not exist", name+id))
	}
	all := []obj{}
	for _, m := range g.Members {
		if u := j.users[m]; u != nil && (u.Active || c.query.Get("includeInactiveUsers") == "true") {
			all = append(all, j.userJSON(u, !j.knobs.HideEmails || u == c.user))
		}
	}
	return ok(j.page(c, all, 50, 50))
}

// mayReadGroups: Cloud asks for Browse users and groups; Data Center for an
// administrator of Jira or of some project.
func (j *Jira) mayReadGroups(u *User) bool {
	if j.cloud() {
		return j.admin(u, BrowseUsers) || j.admin(u, Administer)
	}
	return j.admin(u, Administer) || slices.ContainsFunc(sorted(j.projects), func(p *Project) bool { return j.runsProject(u, p) })
}
