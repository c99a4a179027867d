package main

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// A story is told twice. In every answer of Jira each text that people may choose (names
// of people, sprints, boards, states, resolutions, priorities and projects, summaries,
// goals, the words of an error) carries a hostile text one time and a harmless one of the
// same length the other time. Andon has to do the same both times: the same calls in the
// same order, and texts with the same mentions, links, macros, tables, headings and lines.
// So nothing in the hostile text has got a meaning anywhere.

// brand is in every text that is put in, so that it can be found again.
const brand = "mark7"

// hostileTexts are what people might choose as a name.
func hostileTexts() []string {
	return []string{
		"h1. big [~accountid:712020:po] [~po] {code}x{code} [a|https://evil.example] !http://evil.example/x.png! ||a|b|| <b onmouseover=x> @all @channel <!here>",
		"bq. q {html}<script>alert(1)</script>{html} {{m}} {color:red}*b* _i_ -d- +u+ ^s^ ~s~ ??c?? (x) (/) :) ;) ---- [^a.txt] mailto:a@b.c ftp://e.example",
		"* item\r\n# one\n||h||\n|c|\nh2. more\n\n----\n{quote}\n\u2028bq. x\u2029{panel}\u0085h3. y",
		"\u202eevil\u202c zero\u200bwidth\ufeff \x00\x07\x1b[31m\x1b]0;t\x07\u009b31m \u00ad\u2066x\u2069",
		`" OR project = BLOG OR summary ~ "x' ; DROP TABLE jiraissue; -- \" \\ \n ${jndi:ldap://x} $(id) %s %d %n {{.}} {{range .}} ../../../etc/passwd?x=1&y=2#z`,
		`{"mac":"00"} </textarea><img src=x onerror=alert(1)> &#123;code&#125; &lt;b&gt; &amp; \{code\} \\[~po\\] CANCELLED by SHOP-1: andon ref status.10005 disaster`,
		"{" + strings.Repeat("*[{|", 60) + "\\",
	}
}

// harmless is a text of the same length with nothing in it.
func harmless(hostile string) string { return strings.Repeat("x", utf8.RuneCountInString(hostile)) }

// spoken is what came of a story: what andon wrote, and what it said elsewhere.
type spoken struct {
	// Writes are the writes to Jira in order, each with the bare bones of its texts.
	Writes []string
	// Reads are the different addresses and queries that andon read.
	Reads []string
	// Letters are the bare bones of what channels were told.
	Letters []string
	// Logged are the messages of the log in order.
	Logged []string
	// Repeated counts the writes in which the text was repeated.
	Repeated int
	// Cut counts the writes with a harmless text that was so long that it was cut before
	// the brand came.
	Cut int
}

// listen tells a story in a Jira in which a text is everywhere.
func (s script) listen(t *testing.T, f int, text string) (spoken, []string) {
	t.Helper()
	s.settings = append([]string{"ANDON_NOTIFY_URLS=ntfy://chat.example.com/hostile", "ANDON_RECOVERY_SLA=4h"}, s.settings...)
	var out spoken
	var st *tale
	reads := map[string]bool{}
	faults := s.playIn(t, s.flavours[f], words(), func(began *tale) {
		st = began
		st.w.spoil = func(req *http.Request, answer *httptest.ResponseRecorder) { spoilAnswer(t, req, answer, text) }
		st.w.heard = func(req *http.Request) { out.hear(t, req, reads) }
	})
	out.Reads = slices.Sorted(maps.Keys(reads))
	for _, l := range st.w.post.all() {
		out.Letters = append(out.Letters, plainBones(t, "title", l.title)+" / "+plainBones(t, "text", l.text))
	}
	out.Logged = logBones(t, st.w.log.String())
	metrics := httptest.NewRecorder()
	st.w.app.server.MetricsHandler().ServeHTTP(metrics, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if strings.Contains(metrics.Body.String(), brand) {
		t.Error("somebody else's text is in the metrics")
	}
	return out, faults
}

// hear notes one call of andon's.
func (o *spoken) hear(t *testing.T, req *http.Request, reads map[string]bool) {
	t.Helper()
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		t.Fatal(err)
	}
	req.Body = io.NopCloser(strings.NewReader(string(raw)))
	where := req.Method + " " + req.URL.RequestURI()
	if decoded, err := url.QueryUnescape(where); err != nil || strings.Contains(decoded, brand) {
		t.Errorf("somebody else's text is in an address: %s", where)
	}
	if req.Method == http.MethodGet || strings.Contains(where, "/search") {
		if strings.Contains(string(raw), brand) {
			t.Errorf("somebody else's text is in a query: %s %s", where, raw)
		}
		reads[where+" "+string(raw)] = true
		return
	}
	if strings.Contains(string(raw), strings.Repeat("x", 100)) {
		o.Cut++
	}
	if strings.Contains(string(raw), brand) {
		o.Repeated++
	}
	if !strings.Contains(where, "/properties/") { // a record keeps texts as they are
		where += " " + strings.Join(bodyBones(t, raw), " ")
	}
	o.Writes = append(o.Writes, where)
}

// bodyBones are the bare bones of all texts in a body.
func bodyBones(t *testing.T, raw []byte) []string {
	t.Helper()
	var v any
	if len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Errorf("andon sent no JSON: %v: %s", err, raw)
	}
	var out []string
	var walk func(key string, v any)
	walk = func(key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				if k != "properties" && k != "update" {
					walk(k, v[k])
				}
			}
		case []any:
			for _, e := range v {
				walk(key, e)
			}
		case string:
			switch key {
			case "goal": // a team's own words, put back where they came from: plain text to Jira
			case "body", "comment", "description":
				out = append(out, key+"="+wikiBones(v))
			case "htmlBody":
				out = append(out, key+"="+strings.Join(regexp.MustCompile(`<[^>]*>?`).FindAllString(v, -1), ""))
			default:
				out = append(out, key+"="+plainBones(t, key, v))
			}
		}
	}
	walk("", v)
	return out
}

// escaped is what wiki markup shows as it stands.
var escaped = regexp.MustCompile(`\\[^\\\p{L}\p{Nd}\s]|&#\d+;`)

// active is what would have a meaning in wiki markup.
var active = regexp.MustCompile(`(?im)\[~[^\]\n]*\]|(?:https?|ftp|file|irc|news|nntp|ldap)://[^\s|\]]*|mailto:|^(?:h\d|bq)\.|[][{}|!<>@&\\\n\r]|:[()DP]|;[()]|--|\?\?|\([a-z!?/+*-]\)`)

// wikiBones are those parts of a text that mean something in wiki markup.
func wikiBones(s string) string {
	plain := escaped.ReplaceAllString(s, "\u00b7")
	bones := strings.Join(active.FindAllString(plain, -1), "")
	runes := []rune(plain)
	word := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	for i, r := range runes {
		switch {
		case strings.ContainsRune("*_+^~-#", r) && !(word(i-1) && word(i+1)):
			bones += string(r)
		case unseen(r) && r != '\n':
			bones += "unseen"
		}
	}
	return bones
}

// unseen says whether a character is a control character or one that turns or hides others.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Cf, r) && r != '\u2060'
}

// plainBones are the lines of a text that is no markup.
func plainBones(t *testing.T, key, s string) string {
	t.Helper()
	for _, r := range s {
		if unseen(r) && r != '\n' {
			t.Errorf("%s holds the unseen character %q: %q", key, r, s)
			break
		}
	}
	return strings.Repeat("|", 1+strings.Count(s, "\n"))
}

// logBones are the messages of a log; each has to be one line, and no character of it may
// do something to a terminal.
func logBones(t *testing.T, log string) []string {
	t.Helper()
	var out []string
	for line := range strings.Lines(log) {
		var entry struct{ Msg string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Msg == "" {
			t.Errorf("this is no line of the log: %q", line)
		}
		for _, r := range strings.TrimSuffix(line, "\n") {
			if unseen(r) {
				t.Errorf("a line of the log holds the unseen character %q: %q", r, line)
				break
			}
		}
		out = append(out, entry.Msg)
	}
	return out
}

// spoilAnswer puts a text into every place of an answer that people may choose.
func spoilAnswer(t *testing.T, req *http.Request, answer *httptest.ResponseRecorder, text string) {
	t.Helper()
	var v any
	decoder := json.NewDecoder(answer.Body)
	decoder.UseNumber()
	if answer.Body.Len() == 0 || decoder.Decode(&v) != nil {
		return
	}
	if !strings.Contains(req.URL.Path, "/properties/") {
		v = spoilValue(v, "", text)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Reset()
	answer.Body.Write(raw)
}

func spoilValue(v any, key, text string) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = spoilValue(v[i], key, text)
		}
	case map[string]any:
		if _, there := v["holder"]; there {
			return v // a grant: what it names is an id
		}
		for k := range v {
			switch {
			case k == "properties", k == "permissions", k == "schema", k == "body":
			case k == "name" && identity(v):
			case k == "errors":
				for field, words := range object(v[k]) {
					object(v[k])[field] = spoilValue(words, "errorMessages", text)
				}
			default:
				v[k] = spoilValue(v[k], k, text)
			}
		}
		if field := v["field"]; field == "Sprint" || field == "status" || field == "resolution" || field == "summary" || field == "assignee" {
			v["fromString"], v["toString"] = text+" "+brand, text+" "+brand
		}
	case string:
		switch key {
		case "goal": // our own mark stands at the beginning
			return v + " " + text + " " + brand
		case "displayName", "name", "summary", "errorMessages", "locationName", "projectName", "message":
			return text + " " + brand + " " + v
		}
	}
	return v
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// identity says whether the name of something is what it is found by: logins, roles, kinds
// of links, schemes and fields.
func identity(v map[string]any) bool {
	for _, k := range []string{"displayName", "emailAddress", "actors", "inward", "outward", "schema", "fieldId", "permissions", "groupId", "grants", "expand"} {
		if _, there := v[k]; there {
			return true
		}
	}
	return false
}

// hostileStories are stories that together hold every kind of sentence that andon says.
// With ANDON_TEST_HOSTILE=all every story is told.
func hostileStories() []string {
	return []string{
		"declare", "automation-fights-the-freeze", "gate-rc-refuses-resolutions", "gate-rts-refuses", "gate-rc-option-evidence", "issues-put-into-a-sprint",
		"label-disaster-by-somebody-else", "label-system-restored-by-somebody-else", "proposal-is-replaced", "rehearsal-shows-who-is-told", "resumption",
		"sprint-cannot-be-closed", "some-tasks-are-refused", "told-of-everything", "told-of-the-recovery-time", "two-disasters", "withdrawn",
		"channel-fails", "somebody-elses-sprint-with-our-issues", "issues-may-not-be-moved", "disaster-is-moved", "project-without-sub-tasks",
		"permissions-without-administering-jira", "permissions-and-a-copy-that-others-use", "roles-cannot-be-read-in-the-freeze", "kanban-board",
	}
}

func TestHostileTextHasNoMeaningAnywhere(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/stories/*.story")
	if err != nil {
		t.Fatal(err)
	}
	all := os.Getenv("ANDON_TEST_HOSTILE") == "all"
	for _, name := range hostileStories() {
		if !slices.Contains(paths, "testdata/stories/"+name+".story") {
			t.Errorf("there is no story %s", name)
		}
	}
	for i, path := range paths {
		s, err := readScript(path)
		if err != nil {
			t.Fatal(err)
		}
		if !all && !slices.Contains(hostileStories(), s.name) {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.compare(t, i, all)
		})
	}
}

// compare tells a story with one of the texts, or with all of them on both products.
func (s script) compare(t *testing.T, number int, all bool) {
	t.Helper()
	texts, times := hostileTexts(), 1
	if all {
		times = len(texts) * len(s.flavours)
	}
	for n := range times {
		hostile, product := texts[(number+n)%len(texts)], (number+n/len(texts))%len(s.flavours)
		bad, badFaults := s.listen(t, product, hostile)
		good, goodFaults := s.listen(t, product, harmless(hostile))
		shown := good.Repeated + good.Cut
		good.Cut, bad.Cut = 0, 0
		if diff := cmp.Diff(good, bad); diff != "" {
			t.Errorf("the text %q changed what andon does (-harmless +hostile):\n%s", hostile, diff)
		}
		if len(badFaults) != len(goodFaults) {
			t.Errorf("faults with %q: %v, otherwise: %v", hostile, badFaults, goodFaults)
		}
		if !all && shown == 0 {
			t.Error("nothing that people may choose is repeated in this story, so it shows nothing")
		}
	}
}
