package apispec

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// exchange is a good one; tests spoil it.
func exchange() Exchange {
	json := http.Header{"Content-Type": {"application/json;charset=UTF-8"}}
	return Exchange{
		Method: "POST", Target: "/rest/agile/1.0/sprint/7", Header: json, Body: []byte(`{"state":"closed"}`),
		Status: 200, Answer: json, Text: []byte(`{"id":7,"self":"https://x","state":"closed","name":"S"}`),
	}
}

func spec(t *testing.T) *Spec {
	t.Helper()
	s, err := Find()
	if err != nil {
		t.Fatal(err)
	}
	if s == nil && os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the description is required")
	}
	if s == nil {
		t.Skip("the description is not at hand")
	}
	return s
}

func TestWhatDoesNotFitIsFound(t *testing.T) {
	s := spec(t)
	for name, c := range map[string]struct {
		spoil func(*Exchange)
		want  string
	}{
		"nothing":                        {func(*Exchange) {}, ""},
		"an unknown call":                {func(x *Exchange) { x.Target = "/rest/agile/1.0/nonsense" }, "knows no such call"},
		"a method that a path has not":   {func(x *Exchange) { x.Method = "PATCH" }, "knows no such call"},
		"an unknown parameter":           {func(x *Exchange) { x.Target += "?force=true" }, `query parameter "force" is unknown`},
		"a parameter of the wrong type":  {func(x *Exchange) { x.Target = "/rest/agile/1.0/sprint/seven" }, "parameter sprintId"},
		"a field that is sent in vain":   {func(x *Exchange) { x.Body = []byte(`{"stat":"closed"}`) }, `property "stat" is unsupported`},
		"a value of the wrong type":      {func(x *Exchange) { x.Body = []byte(`{"state":1}`) }, "value must be a string"},
		"no body":                        {func(x *Exchange) { x.Body = nil }, "value is required"},
		"an answer of the wrong type":    {func(x *Exchange) { x.Text = []byte(`{"id":"7","self":"https://x","state":"closed","name":"S"}`) }, "/id: value must be an integer"},
		"an answer with something more":  {func(x *Exchange) { x.Text = []byte(`{"id":7,"self":"https://x","state":"closed","name":"S","x":1}`) }, `property "x" is unsupported`},
		"an answer with something less":  {func(x *Exchange) { x.Text = []byte(`{"id":7}`) }, "is missing"},
		"a status that nobody describes": {func(x *Exchange) { x.Status = 418 }, "status is not supported: 418"},
	} {
		t.Run(name, func(t *testing.T) {
			x := exchange()
			c.spoil(&x)
			v, err := s.Judge(x)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, f := range v.Findings {
				said = append(said, f.String())
			}
			all := strings.Join(said, "; ")
			if (c.want == "") != (all == "") || !strings.Contains(all, c.want) {
				t.Errorf("got %q, want %q", all, c.want)
			}
		})
	}
}

func TestAnAnswerThatNeverCameIsNotJudged(t *testing.T) {
	x := exchange()
	x.Status, x.Text = 0, nil
	if v, err := spec(t).Judge(x); err != nil || len(v.Findings) > 0 {
		t.Errorf("%v, %v", v.Findings, err)
	}
}

func TestEveryExcuseAndGapSaysWhy(t *testing.T) {
	for _, e := range Excuses() {
		if e.Why == "" || e.What == "" {
			t.Errorf("an excuse without a reason: %+v", e)
		}
		if _, err := regexp.Compile(e.Operation + e.What); err != nil {
			t.Error(err)
		}
	}
	for _, g := range Undescribed() {
		if g.Why == "" || !strings.HasPrefix(g.Path, "/") {
			t.Errorf("a gap without a reason: %+v", g)
		}
	}
}

func TestACourtCountsWhatItJudges(t *testing.T) {
	c := NewCourt(spec(t))
	bad := exchange()
	bad.Target += "?force=true"
	for _, x := range []Exchange{exchange(), exchange(), bad} {
		if _, err := c.Judge(x); err != nil {
			t.Fatal(err)
		}
	}
	want := Count{Operation: "POST /rest/agile/1.0/sprint/{sprintId}", Described: true, Exchanges: 3, Findings: 1}
	if got := c.Counts(); !slices.Equal(got, []Count{want}) {
		t.Errorf("got %+v", got)
	}
}
