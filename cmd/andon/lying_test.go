package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"andon/jira/jiratest"
)

// A Jira that answers nonsense, or something that stands before it and answers instead.
// Whatever it says of whichever kind: what was frozen stays frozen, nothing is cancelled
// that nobody declared, nothing is created twice, and once it tells the truth again
// everything is as if nothing had been.

// lie is one way to spoil an answer.
type lie struct {
	name string
	tell func(answer *httptest.ResponseRecorder)
	// route is the kind of call that is spoilt, where it is settled already.
	route string
}

// says makes a lie that answers something else with 200.
func says(name, contentType, body string) lie {
	return lie{name: name, tell: func(a *httptest.ResponseRecorder) {
		a.Code = http.StatusOK
		a.Header().Set("Content-Type", contentType)
		a.Body = bytes.NewBufferString(body)
	}}
}

const jsonType = "application/json;charset=UTF-8"

// wholeLies spoil an answer as a whole.
func wholeLies() []lie {
	return []lie{
		says("a page for people", "text/html", "<!doctype html><html><title>Log in</title></html>"),
		says("a page that calls itself JSON", jsonType, "<html>down</html>"),
		says("nothing", jsonType, ""), says("null", jsonType, "null"), says("an empty list", jsonType, "[]"),
		says("an empty object", jsonType, "{}"), says("a text", jsonType, `"yes"`), says("a number", jsonType, "12"), says("a flag", jsonType, "true"),
		says("a list of nothing", jsonType, "[null,null]"), says("two documents", jsonType, `{} {}`), says("no JSON at all", jsonType, "OK"),
		says("depth without end", jsonType, strings.Repeat(`{"values":[`, 50_000)), says("zero bytes", jsonType, strings.Repeat("\x00", 100)),
		says("an error that is none", jsonType, `{"errorMessages":["It failed."],"errors":{}}`),
		{name: "the truth cut in half", tell: func(a *httptest.ResponseRecorder) { a.Body.Truncate(a.Body.Len() / 2) }},
		{name: "the truth twice", tell: func(a *httptest.ResponseRecorder) { a.Body.Write(bytes.Clone(a.Body.Bytes())) }},
		{name: "the truth in UTF-16", tell: func(a *httptest.ResponseRecorder) {
			var wide bytes.Buffer
			for _, u := range utf16.Encode([]rune(a.Body.String())) {
				wide.Write([]byte{byte(u), byte(u >> 8)})
			}
			a.Body = &wide
			a.Header().Set("Content-Type", "application/json;charset=UTF-16LE")
		}},
		{name: "the truth compressed, though nobody asked for it", tell: func(a *httptest.ResponseRecorder) {
			var small bytes.Buffer
			z := gzip.NewWriter(&small)
			if _, err := z.Write(a.Body.Bytes()); err != nil || z.Close() != nil {
				return
			}
			a.Body = &small
			a.Header().Set("Content-Encoding", "gzip")
		}},
		{name: "more than anybody can read", tell: func(a *httptest.ResponseRecorder) {
			a.Body = bytes.NewBufferString(`{"values":"` + strings.Repeat("x", 11<<20) + `"}`)
		}},
		{name: "a way to somewhere else", tell: func(a *httptest.ResponseRecorder) {
			a.Code = http.StatusTemporaryRedirect
			a.Header().Set("Location", "https://evil.example/rest")
		}},
		{name: "a status of its own", tell: func(a *httptest.ResponseRecorder) { a.Code = 299 }},
		{name: "nothing any more", tell: func(a *httptest.ResponseRecorder) { a.Code = http.StatusGone }},
	}
}

// endless makes every list go on for ever, with the same page again and again.
func endless() lie {
	return lie{name: "a list without an end", tell: func(a *httptest.ResponseRecorder) {
		rewrite(a, func(v map[string]any) {
			for _, k := range []string{"isLast", "last"} {
				if _, there := v[k]; there {
					v[k] = false
				}
			}
			if _, there := v["total"]; there {
				v["total"] = 1_000_000
			}
			if _, there := v["issues"]; there {
				v["nextPageToken"] = "again"
			}
		})
	}}
}

// rewrite changes every object of an answer.
func rewrite(a *httptest.ResponseRecorder, change func(map[string]any)) {
	var v any
	decoder := json.NewDecoder(bytes.NewReader(a.Body.Bytes()))
	decoder.UseNumber()
	if decoder.Decode(&v) != nil {
		return
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k])
			}
			change(v)
		}
	}
	walk(v)
	raw, err := json.Marshal(v)
	if err != nil {
		return
	}
	a.Body = bytes.NewBuffer(raw)
}

// fieldLies give each field of a name a value that it cannot have.
func fieldLies(field string) []lie {
	var out []lie
	for name, value := range map[string]any{
		"null": nil, "a number": json.Number("7"), "a negative number": json.Number("-1"), "a number beyond all bounds": json.Number("1e999"), "a long number": json.Number("99999999999999999999"),
		"a text": "?", "no text": "", "a flag": true, "a list": []any{}, "a list of lists": []any{[]any{nil}}, "an object": map[string]any{}, "an object in an object": map[string]any{"id": map[string]any{}},
	} {
		out = append(out, lie{name: fmt.Sprintf("%s as %s", field, name), tell: func(a *httptest.ResponseRecorder) {
			rewrite(a, func(v map[string]any) {
				if _, there := v[field]; there {
					v[field] = value
				}
			})
		}})
	}
	out = append(out, lie{name: "no " + field, tell: func(a *httptest.ResponseRecorder) { rewrite(a, func(v map[string]any) { delete(v, field) }) }})
	slices.SortFunc(out, func(a, b lie) int { return strings.Compare(a.name, b.name) })
	return out
}

var idInPath = regexp.MustCompile(`^([0-9]+|[A-Z]+-[0-9]+|SHOP|BLOG)$`)

// routeOf is the kind of a call: its address without ids and queries.
func routeOf(req *http.Request) string {
	parts := strings.Split(req.URL.Path, "/")
	for i, p := range parts {
		parts[i] = idInPath.ReplaceAllString(p, "{}")
	}
	return req.Method + " " + strings.Join(parts, "/")
}

// deceived is a world in which planning is frozen, and what it has to remain.
type deceived struct {
	*world
	calm  string
	blog  jiratest.World
	tasks int
	// fields are the names of the fields that each kind of call answers.
	fields map[string][]string
}

func newDeceived(t *testing.T, f jiratest.Flavour) *deceived {
	d := &deceived{world: newWorld(t, f, "ANDON_JIRA_RPS=500"), fields: map[string][]string{}}
	d.after(d.jira.As("po@example.com").AddLabel(d.seed.Issues[5], "disaster"))
	d.cancelledBy(d.seed.ActiveSprint, d.seed.Issues[5])
	d.quiet()
	d.tasks, d.blog, d.calm = len(d.jira.Subtasks(d.seed.Issues[5])), d.jira.DumpProject("BLOG"), d.plan()
	d.spoil = func(req *http.Request, a *httptest.ResponseRecorder) {
		route := routeOf(req)
		if _, known := d.fields[route]; !known {
			d.fields[route] = nil
		}
		rewrite(&httptest.ResponseRecorder{Body: bytes.NewBuffer(bytes.Clone(a.Body.Bytes()))}, func(v map[string]any) {
			for k := range v {
				if !slices.Contains(d.fields[route], k) {
					d.fields[route] = append(d.fields[route], k)
				}
			}
		})
	}
	d.boot()
	d.look()
	d.spoil = nil
	return d
}

// plan is what people plan with, in one text.
func (d *deceived) plan() string {
	var b strings.Builder
	for _, s := range d.jira.Sprints() {
		fmt.Fprintf(&b, "%d %s %q %q\n", s.ID, s.State, s.Name, s.Goal)
	}
	for _, i := range d.jira.Issues("") {
		fmt.Fprintf(&b, "%s %v %v\n", i.Key, i.Labels, i.Sprints)
	}
	return b.String()
}

// look looks at SHOP and at the site, whatever comes of it.
func (d *deceived) look() []error {
	d.t.Helper()
	for _, key := range []string{"project:SHOP", sweepKey} {
		d.must(d.app.queue.Add(d.t.Context(), key, 0))
	}
	return d.settle()
}

// suffers has a fresh andon look at a Jira that lies about one kind of call.
func (d *deceived) suffers(route string, l lie) {
	d.t.Helper()
	what, done := route+": "+l.name, false
	defer func() {
		if !done {
			d.t.Log("while Jira lied: " + what)
		}
	}()
	d.spoil = func(req *http.Request, a *httptest.ResponseRecorder) {
		if req.URL.Host != "jira.example.com" {
			d.t.Errorf("%s: andon asks %s", what, req.URL.Host)
		}
		if routeOf(req) == route {
			l.tell(a)
		}
	}
	d.boot()
	d.look()
	d.clock.Advance(2 * time.Minute)
	d.look()
	d.holds(what)
	d.spoil = nil
	d.clock.Advance(30 * time.Minute)
	for _, err := range d.look() {
		d.t.Errorf("%s: after the truth was told again: %v", what, err)
	}
	d.holds(what + ", and then the truth")
	done = true
}

// holds checks that everything is frozen and as it was.
func (d *deceived) holds(what string) {
	d.t.Helper()
	if now := d.plan(); now != d.calm {
		d.t.Errorf("%s: the plan has changed: %s", what, difference(d.calm, now))
		d.calm = now
	}
	if n := len(d.jira.Subtasks(d.seed.Issues[5])); n != d.tasks {
		d.t.Errorf("%s: there are %d tasks, not %d", what, n, d.tasks)
		d.tasks = n
	}
	if now := d.jira.DumpProject("BLOG"); !sameWorld(d.blog, now) {
		d.t.Errorf("%s: something of project BLOG was touched", what)
		d.blog = now
	}
	for _, c := range d.comments(d.seed.Issues[5]) {
		headline, _, _ := strings.Cut(c, "\n")
		if strings.HasPrefix(c, "h3.") && !strings.HasSuffix(headline, "planning is frozen") || strings.Contains(c, "Planning is free again") ||
			strings.Contains(c, "The disaster is withdrawn") {
			d.t.Fatalf("%s: the freeze has ended: %s", what, c)
		}
	}
}

// each runs a test on both products in a frozen world.
func eachDeceived(t *testing.T, test func(t *testing.T, d *deceived)) {
	t.Helper()
	for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(fmt.Sprint(f), func(t *testing.T) { t.Parallel(); test(t, newDeceived(t, f)) })
	}
}

// some are n of the lies, others for each salt; with ANDON_TEST_HOSTILE=all they are all.
func some(lies []lie, n int, salt string) []lie {
	if os.Getenv("ANDON_TEST_HOSTILE") == "all" {
		return lies
	}
	h := fnv.New32()
	fmt.Fprint(h, salt)
	at := int(h.Sum32() % uint32(len(lies)))
	return append(slices.Clone(lies[at:]), lies[:at]...)[:n]
}

func TestAFreezeOutlastsAnyNonsenseInPlaceOfAnAnswer(t *testing.T) {
	t.Parallel()
	eachDeceived(t, func(t *testing.T, d *deceived) {
		for _, route := range slices.Sorted(maps.Keys(d.fields)) {
			for _, l := range some(append(wholeLies(), endless()), 3, route) {
				d.suffers(route, l)
			}
		}
		if len(d.fields) < 10 {
			t.Errorf("only %d kinds of calls were spoilt: %v", len(d.fields), d.fields)
		}
		d.quiet()
	})
}

func TestAFreezeOutlastsAnyFieldOfAWrongType(t *testing.T) {
	t.Parallel()
	eachDeceived(t, func(t *testing.T, d *deceived) {
		var all []lie
		for _, route := range slices.Sorted(maps.Keys(d.fields)) {
			for _, field := range slices.Sorted(slices.Values(d.fields[route])) {
				for _, l := range some(fieldLies(field), 1, route+field) {
					l.route = route
					all = append(all, l)
				}
			}
		}
		if len(all) < 100 {
			t.Errorf("only %d fields could be spoilt", len(all))
		}
		for i, l := range all {
			if os.Getenv("ANDON_TEST_HOSTILE") == "all" || i%10 == 3 {
				d.suffers(l.route, l)
			}
		}
		d.quiet()
	})
}

// A task whose parent Jira does not name for a moment is still the task that it was.
func TestATaskWhoseParentIsNotNamedIsNotReplaced(t *testing.T) {
	t.Parallel()
	eachDeceived(t, func(t *testing.T, d *deceived) {
		before := d.jira.Writes()
		for _, route := range slices.Sorted(maps.Keys(d.fields)) {
			for _, l := range fieldLies("parent") {
				if slices.Contains(d.fields[route], "parent") {
					d.suffers(route, l)
				}
			}
		}
		if n := d.jira.Writes() - before; n != 0 {
			t.Errorf("andon wrote %d times because Jira did not name a parent: %s", n, d.lastWrites())
		}
	})
}
