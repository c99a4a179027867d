package jiratest

import (
	"net/http"
	"net/url"
	"strings"
)

// router finds the route of a request. net/http's own mux refuses sets of
// patterns such as Jira's, where /issue/createmeta/{p}/issuetypes and
// /issue/{i}/comment/{c} overlap; here a literal beats a wildcard, from the left.
type router struct{ routes []compiled }

type compiled struct {
	route
	method string
	parts  []string
}

func newRouter(groups ...[]route) *router {
	r := &router{}
	for _, g := range groups {
		for _, rt := range g {
			method, path, _ := strings.Cut(rt.pattern, " ")
			r.routes = append(r.routes, compiled{route: rt, method: method, parts: strings.Split(path, "/")})
		}
	}
	return r
}

// find gives the best route for method and path, and the values of its
// wildcards; known tells whether the path exists for some method.
func (r *router) find(req *http.Request) (best *compiled, values map[string]string, known bool) {
	got := strings.Split(strings.TrimSuffix(req.URL.EscapedPath(), "/"), "/")
	for i := range r.routes {
		rt := &r.routes[i]
		if !fits(rt.parts, got) {
			continue
		}
		known = true
		if rt.method == req.Method && (best == nil || closer(rt.parts, best.parts)) {
			best = rt
		}
	}
	if best == nil {
		return nil, nil, known
	}
	values = map[string]string{}
	for i, p := range best.parts {
		if strings.HasPrefix(p, "{") {
			v, err := url.PathUnescape(got[i])
			if err != nil {
				v = got[i]
			}
			values[p[1:len(p)-1]] = v
		}
	}
	return best, values, true
}

func fits(pattern, got []string) bool {
	if len(pattern) != len(got) {
		return false
	}
	for i, p := range pattern {
		if p != got[i] && (!strings.HasPrefix(p, "{") || got[i] == "") {
			return false
		}
	}
	return true
}

// closer: of two patterns that fit, the one with the first literal wins.
func closer(a, b []string) bool {
	for i := range a {
		la, lb := !strings.HasPrefix(a[i], "{"), !strings.HasPrefix(b[i], "{")
		if la != lb {
			return la
		}
	}
	return false
}
