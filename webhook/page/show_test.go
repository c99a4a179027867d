package page_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"andon/webhook/page"
)

// shown is the page of a disaster as a reader with its link sees it.
func (r *rig) shown(project, issue string) string {
	r.Helper()
	cookies := r.do(http.MethodGet, link(project, issue)).Cookies()
	return text(r, r.do(http.MethodGet, "/status/d/"+project+"/"+issue, with(cookies)))
}

func TestAPageTellsAllOfADisaster(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	body := r.shown("10000", "7")
	for _, want := range []string{
		"recovering, planning is frozen", "SHOP-9 is open", "the team works the tasks", "data", "Paula Owner", "system-offline", "4 May 2026, 09:00 UTC",
		"Verify the backup", "Dana Developer", "Done, Done", "In Progress", "nobody", "1 of 2 done", "Return to service", "one task is open", "Waits for SHOP-9", "holds", "recorded",
		"sprint 12 &#34;Next&#34; was started, by Sam Master", "2 times", "cancelled", "Jira refused to close sprint 8.", "declared with the label disaster",
		`<rect width="5" height="2" fill="red">`, "3 h 00 min", "of 4 h 00 min", `max="14400" value="10800"`, "Last look",
		`href="https://jira.example.com/browse/SHOP-7"`, `href="https://jira.example.com/browse/SHOP-8"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "over time") {
		t.Error("the page says that the recovery is over time")
	}
	r.now = r.now.Add(2 * time.Hour)
	if body = r.shown("10000", "7"); !strings.Contains(body, "over time") {
		t.Error("the page does not say that the recovery is over time")
	}
}

func TestTheOverviewPutsWhatIsFrozenFirst(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	proposed, over, older := disaster("3"), disaster("4"), disaster("5")
	proposed.Project, proposed.ProjectKey, proposed.Frozen, proposed.Headline = "10001", "ALPHA", false, "proposed"
	over.Ended, over.Frozen, over.Headline = r.now.Add(-time.Hour), false, "resolved"
	older.Ended, older.Frozen, older.Headline = r.now.Add(-2*time.Hour), false, "withdrawn"
	for _, d := range []page.Disaster{disaster("7"), proposed, over, older} {
		r.put(d)
	}
	body := text(t, r.do(http.MethodGet, "/status", bearer(token)))
	last := -1
	for _, part := range []string{`<h2 id="p-SHOP">`, "Planning is frozen since", "SHOP-7", `<h2 id="p-ALPHA">`, "Planning is free", "SHOP-3", ">Over<", "SHOP-4", "SHOP-5"} {
		at := strings.Index(body, part)
		if at <= last {
			t.Errorf("%q is not where it should be:\n%s", part, body)
		}
		last = at
	}
	if !strings.Contains(body, `data-news="Planning is frozen in SHOP."`) {
		t.Error("the news does not tell what is frozen")
	}
}

func TestAnEmptyOverviewSaysThatPlanningIsFree(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	wants(t, r.do(http.MethodGet, "/status", bearer(token)), 200, "Planning is free everywhere", "-Over<")
}

func TestADisasterThatIsGoneIsNoFault(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	cookies := r.do(http.MethodGet, link("10000", "7")).Cookies()
	wants(t, r.do(http.MethodGet, "/status/d/10000/7", with(cookies)), 404, "nothing to show of this disaster")
}

func TestWhatIsNotUnderstoodOnTheShelfHidesNothingElse(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	r.shelf.put(page.Name("10000", "8"), []byte("{garbage"))
	r.shelf.put("of another sort", []byte("{}"))
	wants(t, r.do(http.MethodGet, "/status", bearer(token)), 200, "SHOP-7")
	cookies := r.do(http.MethodGet, link("10000", "8")).Cookies()
	wants(t, r.do(http.MethodGet, "/status/d/10000/8", with(cookies)), 503)
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	const evil = `</title></h1><script>alert(1)</script><img src=x onerror=alert(1)>" onload="alert(1)' javascript:alert(1) {{.}} &lt;`
	r := newRig(t, nil)
	d := disaster("7")
	d.Summary, d.Key, d.ProjectName, d.ProjectKey, d.Headline, d.Reason, d.Next, d.Mode, d.DeclaredBy = evil, evil, evil, evil, evil, evil, evil, evil, evil
	d.URL, d.Tasks[0].URL = "javascript:alert(1)", `data:text/html,<script>alert(1)</script>`
	d.Tasks[0].Title, d.Tasks[0].Status, d.Tasks[0].Assignee, d.Tasks[0].Key = evil, evil, evil, evil
	d.Gates[0].Why, d.Gates[0].Waits, d.Violations[0].What, d.Violations[0].By, d.Trouble = evil, []string{evil}, evil, evil, []string{evil}
	d.Steps[0].Text, d.Sprints, d.Kinds, d.Clocks[0].Name = evil, []string{evil}, []string{evil}, evil
	d.Picture = `<svg onload="alert(1)"><script>alert(1)</script><title>` + strings.ReplaceAll(strings.ReplaceAll(evil, "&lt;", ""), "<", "&lt;") + `</title></svg>`
	r.put(d)
	for _, body := range []string{r.shown("10000", "7"), text(t, r.do(http.MethodGet, "/status", bearer(token)))} {
		for _, bad := range []string{"<script>", "<img", `="javascript:`, `="data:text`, "onload=\"", "{{"} {
			if strings.Contains(strings.ReplaceAll(body, "{{.}}", ""), bad) {
				t.Errorf("%q got through", bad)
			}
		}
		bare := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(body, `""`)
		if attr := regexp.MustCompile(`<[a-z]+ [^>]*\bon[a-z]+=`).FindString(bare); attr != "" {
			t.Errorf("a handler got through: %s", attr)
		}
	}
}

func TestOnlyShapesAndWordsOfAPictureAreShown(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ picture, want, not string }{
		"shapes":              {`<svg viewBox="0 0 1 1"><g><rect x="1" fill="red"/><text>a &lt; b</text></g></svg>`, `<text>a &lt; b</text>`, ""},
		"a script":            {`<svg><script>bad()</script><text>good</text></svg>`, "good", "bad"},
		"a foreign object":    {`<svg><foreignObject><text>bad</text></foreignObject><text>good</text></svg>`, "good", "bad"},
		"a link":              {`<svg><a href="javascript:bad()"><text>bad</text></a><text>good</text></svg>`, "good", "bad"},
		"a use":               {`<svg><use xlink:href="#bad"/><text>good</text></svg>`, "good", "bad"},
		"a style":             {`<svg><style>bad</style><rect style="bad"/><text>good</text></svg>`, "good", "bad"},
		"a handler":           {`<svg onload="bad()"><text onclick="bad()">good</text></svg>`, "good", "bad"},
		"a load from outside": {`<svg><rect fill="URL(https://bad)"/><text>good</text></svg>`, "good", "bad"},
		"a comment":           {`<svg><!-- bad --><?bad?><text>good</text></svg>`, "good", "bad"},
		"no XML":              {`<svg><text>bad</svg>`, "Timeline", "bad<"},
		"cut off":             {`<svg><script>bad`, "Timeline", "bad"},
		"none":                {``, "Timeline", "Picture of"},
	} {
		r := newRig(t, nil)
		d := disaster("7")
		d.Picture = tt.picture
		r.put(d)
		body := r.shown("10000", "7")
		if !strings.Contains(body, tt.want) {
			t.Errorf("%s: %q is missing", name, tt.want)
		}
		_, rest, _ := strings.Cut(body, `<h2 id="h-times">`)
		if tt.not != "" && strings.Contains(rest, tt.not) {
			t.Errorf("%s: %q is there:\n%s", name, tt.not, rest)
		}
	}
}

func TestPagesAreWellFormedAndNeedNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.put(disaster("7"))
	for _, body := range []string{r.shown("10000", "7"), text(t, r.do(http.MethodGet, "/status", bearer(token))), text(t, r.do(http.MethodGet, "/status"))} {
		body = regexp.MustCompile(`<(meta|link|input)([^>]*)>`).ReplaceAllString(strings.Replace(body, "<!doctype html>", "", 1), "<$1$2/>")
		in := xml.NewDecoder(strings.NewReader(strings.NewReplacer(" required/", "/", " defer>", ">").Replace(body)))
		ids := map[string]bool{}
		for {
			tok, err := in.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v:\n%s", err, body)
			}
			start, is := tok.(xml.StartElement)
			for _, a := range start.Attr {
				if is && a.Name.Local == "id" {
					if ids[a.Value] {
						t.Errorf("the id %q is there twice", a.Value)
					}
					ids[a.Value] = true
				}
				if loads := a.Name.Local == "src" || start.Name.Local == "link" && a.Name.Local == "href"; loads && !strings.HasPrefix(a.Value, "/status/assets/") {
					t.Errorf("loads %q", a.Value)
				}
				if a.Name.Local == "style" {
					t.Errorf("a style in the page, which the policy forbids: %q", a.Value)
				}
			}
		}
	}
}

func TestAssetsAreKeptAsLongAsTheyStayTheSame(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	body := text(t, r.do(http.MethodGet, "/status", bearer(token)))
	for name, kind := range map[string]string{"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		address := regexp.MustCompile(`/status/assets/` + regexp.QuoteMeta(name) + `\?v=[0-9a-f]+`).FindString(body)
		resp := r.do(http.MethodGet, address)
		if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), kind) || !strings.Contains(resp.Header.Get("Cache-Control"), "max-age") {
			t.Errorf("%s: %d %v", address, resp.StatusCode, resp.Header)
		}
		if old := r.do(http.MethodGet, "/status/assets/"+name+"?v=0").Header.Get("Cache-Control"); old != "no-cache" {
			t.Errorf("another version of %s is kept: %q", name, old)
		}
	}
	if _, err := page.Asset("page.go"); err == nil {
		t.Error("what is no asset was given out")
	}
}
