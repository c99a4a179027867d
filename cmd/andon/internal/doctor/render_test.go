package doctor

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextIsWrappedAtBlanks(t *testing.T) {
	for text, want := range map[string][]string{
		"":                 {""},
		"one two three":    {"one two", "three"},
		"https://long.one": {"https://long.one"},
		"a https://long.one b": {
			"a", "https://long.one", "b",
		},
		"  many   blanks ": {"many", "blanks"},
	} {
		if got := wrap(text, 8); !slices.Equal(got, want) {
			t.Errorf("%q is wrapped to %q, want %q", text, got, want)
		}
	}
}

// report has one check of each sort, with foreign words in it.
func report() Report {
	g := &group{name: "Project SHOP"}
	g.ok("short", "fine")
	g.warn("a name that is longer than its column", "mend it", "seen %s", strings.Repeat("ä ", 80))
	g.fail("rights", strings.Repeat("do this ", 20), "missing")
	g.unknown("end", "look", "nobody knows")
	return Report{Version: formVersion, Site: "https://jira.example.com", Checks: g.out}
}

func TestTheTableFitsATerminal(t *testing.T) {
	var out bytes.Buffer
	if err := report().Table(&out); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if utf8.RuneCountInString(line) > width {
			t.Errorf("%d columns: %q", utf8.RuneCountInString(line), line)
		}
		if line != strings.TrimRight(line, " ") {
			t.Errorf("blanks at the end of %q", line)
		}
	}
	for _, want := range []string{"Project SHOP\n", "  fail    rights                missing\n", "-> mend it\n", "1 ok, 1 to look at, 1 failed, 1 cannot be known."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, out.String())
		}
	}
}

func TestTheJSONCounts(t *testing.T) {
	var out bytes.Buffer
	if err := report().JSON(&out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version int
		Healthy bool
		Counts  map[string]int
		Checks  []Check
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != formVersion || got.Healthy || got.Counts["fail"] != 1 || got.Counts["unknown"] != 1 || len(got.Checks) != 4 {
		t.Errorf("it says %+v", got)
	}
	out.Reset()
	if err := (Report{}).JSON(&out); err != nil || !strings.Contains(out.String(), `"checks": []`) || !strings.Contains(out.String(), `"healthy": true`) {
		t.Errorf("an empty one is %s, %v", out.String(), err)
	}
}

func TestAGoodCheckNeedsNoMending(t *testing.T) {
	g := &group{name: "x"}
	g.add(OK, "n", "mend", "seen")
	if g.out[0].Mend != "" {
		t.Errorf("it says %q", g.out[0].Mend)
	}
}

// broken takes nothing.
type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestABrokenPipeIsToldOf(t *testing.T) {
	if err := report().Table(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("the table gives %v", err)
	}
	if err := report().JSON(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("the JSON gives %v", err)
	}
}

func TestForeignWordsStayOneLine(t *testing.T) {
	for text, want := range map[string]string{"a\nb\tc": "a b c", "x\u202egnp": "x gnp", "12345": "1234…", "\x1b[31mred": "[31…"} {
		if got := clip(text, max(4, utf8.RuneCountInString(want))); got != want && !(text == "12345" && got == text) {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := clip("1234567", 5); got != "1234…" {
		t.Errorf("it is cut to %q", got)
	}
}
