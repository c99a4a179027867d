package jiratest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// call is one request on its way through the site.
type call struct {
	req     *http.Request
	route   string // "METHOD pattern"
	body    []byte
	query   url.Values
	user    *User // nil: anonymous
	gateway bool  // came by /ex/jira/<cloudId>
	inside  bool  // made by the Go API: no faults, no limits, not counted
}

// reply is what goes back. Body is marshalled unless it is nil or a []byte.
// Drop closes the connection instead of answering.
type reply struct {
	status int
	body   any
	header http.Header
	drop   bool
	// planted: a fault's answer, not the site's.
	planted bool
}

func (c *call) path(name string) string { return c.req.PathValue(name) }

// id reads an id from the path; what is no number finds nothing.
func (c *call) id(name string) int64 { return number(c.path(name)) }

// num reads a query parameter that should be a number.
func (c *call) num(name string, def int) int {
	n, err := strconv.Atoi(c.query.Get(name))
	if err != nil {
		return def
	}
	return n
}

// viewer is the caller for rendering: an account without id when anonymous,
// since nil means "the site itself, which sees all".
func (c *call) viewer() *User {
	if c.user == nil {
		return &User{}
	}
	return c.user
}

// decode reads the body into v; a *Error tells that it is not what v needs.
func (c *call) decode(v any) *Error {
	d := json.NewDecoder(bytes.NewReader(c.body))
	if err := d.Decode(v); err != nil {
		return refuse(http.StatusBadRequest, "There was an error parsing JSON. Check that your request body is valid.")
	}
	return nil
}

func ok(body any) reply      { return reply{status: http.StatusOK, body: body} }
func created(body any) reply { return reply{status: http.StatusCreated, body: body} }
func noContent() reply       { return reply{status: http.StatusNoContent} }

func failed(e *Error) reply { return reply{status: e.Status, body: e.body(), header: e.header} }

// handler answers one call; the site's lock is held.
type handler func(c *call) reply

// route of the site. Anonymous visitors get 401 unless open is set.
type route struct {
	pattern string // "METHOD /path/{x}"
	handle  handler
}

// routes puts all resources together.
func (j *Jira) routes() *router {
	return newRouter(j.platformRoutes(), j.agileRoutes(), j.webhookRoutes(), j.schemeRoutes())
}

type insideKey struct{}

// ServeHTTP answers one REST call.
func (j *Jira) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if j.opt.Admin && strings.HasPrefix(req.URL.Path, adminPrefix) {
		j.serveAdmin(w, req)
		return
	}
	path, gateway, found := j.localPath(req.URL)
	if !found {
		http.NotFound(w, req)
		return
	}
	r2 := req.Clone(req.Context())
	r2.URL.Path, r2.URL.RawPath = path.Path, path.RawPath
	if gateway {
		r2 = r2.WithContext(withGateway(r2.Context()))
	}
	best, values, known := j.mux.find(r2)
	switch {
	case best != nil:
		for k, v := range values {
			r2.SetPathValue(k, v)
		}
		j.run(w, r2, best.route)
	case known:
		j.run(w, r2, route{handle: func(*call) reply { return failed(refuse(http.StatusMethodNotAllowed, "Method Not Allowed")) }})
	default:
		j.run(w, r2, route{handle: func(*call) reply {
			return reply{status: http.StatusNotFound, body: obj{"message": "null for uri: " + r2.URL.Path, "status-code": 404}}
		}})
	}
}

// localPath takes context path and gateway off and maps the versions of the
// API that answer like version 2.
func (j *Jira) localPath(u *url.URL) (*url.URL, bool, bool) {
	p, raw, gateway := u.Path, u.EscapedPath(), false
	gw := "/ex/jira/" + j.opt.CloudID
	for _, prefix := range []string{gw, strings.TrimSuffix(j.opt.ContextPath, "/")} {
		if rest, ok := strings.CutPrefix(p, prefix); ok && prefix != "" && (rest == "" || rest[0] == '/') {
			if prefix == gw && !j.cloud() {
				continue
			}
			p, raw, gateway = rest, strings.TrimPrefix(raw, prefix), prefix == gw
			break
		} else if prefix == j.opt.ContextPath && prefix != "" {
			return nil, false, false
		}
	}
	for _, v := range []string{"/rest/api/latest/", "/rest/api/3/"} {
		rest, ok := strings.CutPrefix(p, v)
		if !ok || v == "/rest/api/3/" && !(j.cloud() && sameInV3(rest)) {
			continue
		}
		p, raw = "/rest/api/2/"+rest, "/rest/api/2/"+strings.TrimPrefix(raw, v)
	}
	out := &url.URL{Path: p}
	if raw != p {
		out.RawPath = raw
	}
	return out, gateway, true
}

// sameInV3 tells whether a resource of Cloud's version 3 has no rich text in
// it, so that version 2's answer is right for both.
func sameInV3(rest string) bool {
	first, _, _ := strings.Cut(rest, "/")
	if first == "issue" {
		return strings.HasSuffix(rest, "/transitions") || strings.HasSuffix(rest, "/changelog")
	}
	switch first {
	case "search", "role", "permissionscheme", "permissions", "mypermissions", "myself", "serverInfo",
		"project", "user", "group", "field", "status", "priority", "resolution", "issueLinkType", "changelog":
		return true
	}
	return false
}

// maxBody bounds what the site reads of one request.
const maxBody = 8 << 20

// run takes a request through interception (faults, limits), authentication
// and its handler, and writes the answer.
func (j *Jira) run(w http.ResponseWriter, req *http.Request, r route) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	if err != nil {
		write(w, failed(refuse(http.StatusRequestEntityTooLarge, "The request body is too large or could not be read.")))
		return
	}
	inside, _ := req.Context().Value(insideKey{}).(*User)
	c := &call{req: req, route: r.pattern, body: body, query: req.URL.Query(), gateway: isGateway(req.Context()), inside: inside != nil}
	if c.inside {
		c.user = inside
	}
	rep := j.intercept(c, func() reply { return j.execute(c, r) })
	j.record(c, rep)
	if rep.drop {
		dropConnection(w)
		return
	}
	write(w, rep)
}

// execute authenticates and runs the handler under the lock.
func (j *Jira) execute(c *call, r route) reply {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !c.inside {
		user, err := j.authenticate(c)
		if err != nil {
			return failed(err)
		}
		c.user = user
	}
	before := len(j.events)
	rep := r.handle(c)
	if c.req.Method != http.MethodGet && rep.status < 300 && (len(j.events) > before || isWrite(c.route)) {
		j.wrote()
	}
	return rep
}

// isWrite tells a route that changes the world from a POST that only reads.
func isWrite(route string) bool {
	method, pattern, _ := strings.Cut(route, " ")
	if method == http.MethodGet || method == "" {
		return false
	}
	for _, read := range []string{"/search", "/bulkfetch", "/approximate-count", "/permissions/check", "/jql/parse"} {
		if strings.Contains(pattern, read) {
			return false
		}
	}
	return true
}

func write(w http.ResponseWriter, rep reply) {
	for k, vs := range rep.header {
		w.Header()[k] = vs
	}
	raw, isRaw := rep.body.([]byte)
	if !isRaw && rep.body != nil {
		b, err := json.Marshal(rep.body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		raw = b
	}
	if w.Header().Get("Content-Type") == "" && rep.body != nil {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	}
	w.WriteHeader(rep.status)
	if _, err := w.Write(raw); err != nil {
		return // the client has gone; there is nobody left to tell
	}
}

// dropConnection ends the connection without an answer.
func dropConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		w.WriteHeader(http.StatusBadGateway) // a recorder or HTTP/2: the nearest thing
		return
	}
	if err := conn.Close(); err != nil {
		return // closed already, which is what was wanted
	}
}
