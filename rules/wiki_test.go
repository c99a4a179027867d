package rules

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// activeMarkup is an independent reader of Jira's wiki markup: it takes out what is
// escaped, and says what still would be markup.
func activeMarkup(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		return "a line break"
	}
	// Entities and escaped characters are plain text; a stand-in keeps their place.
	plain := regexp.MustCompile(`&#\d+;|\\[^\\\p{L}\p{Nd}\s]`).ReplaceAllString(s, "\u00b7")
	for name, pattern := range map[string]string{
		"a backslash":     `\\`,
		"a macro":         `[{}]`,
		"a link":          `[\[\]]`,
		"a table":         `\|`,
		"an image":        `!`,
		"a tag":           `[<>]`,
		"a mention":       `@`,
		"an address":      `(?i)(https?|ftp|file|irc|news|nntp)://|mailto:`,
		"an entity":       `&`,
		"a smiley":        `:[()DPp]|;[()]`,
		"a symbol":        `\([a-z!?/+\-*]+\)`,
		"a block":         `^(?i)(h\d|bq)\.`,
		"a list":          `^[*#-]+\s`,
		"a rule or dash":  `--`,
		"a citation":      `\?\?`,
		"bold text":       `(^|[^\p{L}\p{Nd}])\*|\*([^\p{L}\p{Nd}]|$)`,
		"emphasis":        `(^|[^\p{L}\p{Nd}])_|_([^\p{L}\p{Nd}]|$)`,
		"inserted text":   `(^|[^\p{L}\p{Nd}])\+|\+([^\p{L}\p{Nd}]|$)`,
		"superscript":     `(^|[^\p{L}\p{Nd}])\^|\^([^\p{L}\p{Nd}]|$)`,
		"subscript":       `(^|[^\p{L}\p{Nd}])~|~([^\p{L}\p{Nd}]|$)`,
		"deleted text":    `(^|[^\p{L}\p{Nd}])-|-([^\p{L}\p{Nd}]|$)`,
		"a numbered list": `(^|[^\p{L}\p{Nd}])#`,
	} {
		if m := regexp.MustCompile(pattern).FindString(plain); m != "" {
			return fmt.Sprintf("%s %q", name, m)
		}
	}
	return ""
}

func TestTheCheckerKnowsMarkup(t *testing.T) {
	for _, s := range []string{"{code}", "[~admin]", "[x|http://x]", "!x.png!", "a|b", "<script>", "user@example.com", "http://x", "mailto:x", "&amp;", ":)", "(!)", "h1. x",
		"BQ. x", "# x", "* x", "----", "??x??", "*x*", "_x_", "+x+", "^x^", "~x~", "-x-", "a\\\\b", "a\nb"} {
		if activeMarkup(s) == "" {
			t.Errorf("%q is markup, and the checker does not see it", s)
		}
	}
	for _, s := range []string{"plain", "snake_case", "2*3", "SHOP-7", "a.b", "\\{code\\}", "&#58;", "what?no"} {
		if got := activeMarkup(s); got != "" {
			t.Errorf("%q is plain, and the checker sees %s", s, got)
		}
	}
}

// hostile are texts that people have put into summaries and names.
func hostile() []string {
	return []string{
		"", " ", "plain text", "{code}rm -rf{code}", "{html}<b>{html}", "{noformat}", "{color:red}x{color}", "{quote}", "{panel:title=x}", "{{mono}}", "{*}bold{*}",
		"[~admin]", "[~accountid:5b10]", "[a|https://evil.example]", "[^attachment.ext]", "[#anchor]", "[mailto:a@b.c]", "!http://evil/x.png!", "!x.png|width=1!",
		"https://evil.example/", "HTTP://EVIL", "ftp://x", "file:///etc/passwd", "mailto:a@b.c", "MailTo:a@b.c", "a@b.example", "\\\\server\\share", "\\", "\\\\", "\\{", "\\\\{code}",
		"h1. big", "H6. big", "bq. quote", "h1.x", "* list", "** list", "# list", "- list", "----", "---", "a--b", "||head||", "|cell|", "??cite??", "*b*", "_i_", "-d-", "+u+", "^s^", "~s~",
		"(x)", "(!)", "(/)", "(on)", ":)", ":(", ":D", ":P", ";)", ":\\)", "&#123;code&#125;", "&lt;b&gt;", "&amp;", "<script>alert(1)</script>", "<!--", "@all", "a\r\nh1. b", "a\u2028b",
		"\u202eevil", "zero\u200bwidth", "\x00\x1b[31m", "\xff\xfe", strings.Repeat("x", 5000), strings.Repeat("*", 300), "%s %d %n", "e\u0301*b*", "日本語*太字*", "'; DROP", "$(x)", "`x`",
	}
}

func TestForeignTextStaysText(t *testing.T) {
	for _, s := range hostile() {
		t.Run(s, func(t *testing.T) {
			for _, got := range []string{EscapeWiki(s), escapeLong(s), foreign(s)} {
				if m := activeMarkup(got); m != "" {
					t.Errorf("%q became %q, which holds %s", s, got, m)
				}
			}
		})
	}
}

func TestEscapingKeepsWhatIsHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"plain words":          "plain words",
		"disaster-data":        "disaster-data",
		"snake_case and 2*3":   "snake_case and 2*3",
		"SHOP-7: down":         "SHOP-7: down",
		"  a \t b  ":           "a b",
		"three\nlines\r\nhere": "three lines here",
		"v1.2.3":               "v1.2.3",
		"100 %":                "100 %",
		"{x}":                  "\\{x\\}",
		"a & b":                "a &#38; b",
		"h1. x":                "h1&#46; x",
		"a:)":                  "a&#58;\\)",
		"x://y":                "x&#58;//y",
		"\\":                   "&#92;",
	} {
		if got := EscapeWiki(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	if got := EscapeWiki(strings.Repeat("é", 500)); utf8.RuneCountInString(got) != maxForeign || !strings.HasSuffix(got, "\u2026") {
		t.Errorf("got %d characters", utf8.RuneCountInString(got))
	}
	if got := escapeLong(strings.Repeat("é", 500)); utf8.RuneCountInString(got) != 500 {
		t.Errorf("the playbook's text was cut to %d characters", utf8.RuneCountInString(got))
	}
	if got := foreign(""); got != "\\(empty)" && got != "\\(empty\\)" {
		t.Errorf("empty text became %q", got)
	}
}

func TestEverythingSaidIsFreeOfForeignMarkup(t *testing.T) {
	for _, s := range hostile() {
		w := newWorld()
		w.owners = []Person{{ID: "po", Name: s}}
		evil := Person{ID: "po", Name: s}
		w.boards[1].Name, w.boards[1].ProjectKey, w.find(10).Name, w.find(12).Name = s, s, s, s
		w.settings.Channels = []string{"chat"}
		w.issues["100"].Summary = s
		w.label(evil, "100", l("disaster", "system-offline"), nil)
		w.look(t)
		if i := w.task("100", "root-cause"); i != nil {
			i.Status.Name, i.assignee = s, Person{ID: "x", Name: s}
		}
		w.find(11).Name, w.find(11).State = s, SprintActive
		w.label(Person{ID: "evil", Name: s}, "100", l("disaster-data", "system-restored"), nil)
		w.look(t)
		w.closeTask("100", "root-cause", s)
		w.look(t)
		for ref, body := range w.issues["100"].bodies {
			for _, bad := range []string{"{code}", "{html}", "{quote}", "[~admin]", "[~accountid:5b10]", "!http", "<script", "https://evil", "\n\nh1. big", "\nbq."} {
				if strings.Contains(strings.ReplaceAll(body, "\\"+bad[:1], "\u00b7"), bad) {
					t.Errorf("the comment %s repeats %q of %q:\n%s", ref, bad, s, body)
				}
			}
			if strings.ContainsFunc(body, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) }) {
				t.Errorf("the comment %s holds characters that cannot be seen: %q", ref, body)
			}
			for line := range strings.Lines(body) {
				if m := regexp.MustCompile(`^(h\d|bq)\.`).FindString(line); m != "" && !strings.HasPrefix(line, "h3. Disaster SHOP-100: ") {
					t.Errorf("the comment %s has a heading of somebody else's: %q", ref, line)
				}
			}
		}
	}
}

func TestMentions(t *testing.T) {
	cloud, dc := Site{Flavour: Cloud}, Site{Flavour: DataCenter}
	for _, test := range []struct {
		name string
		site Site
		p    Person
		want string
	}{
		{"an account on Cloud", cloud, Person{ID: "557058:ab-c", Name: "P"}, "[~accountid:557058:ab-c]"},
		{"a login on Data Center", dc, Person{ID: "JIRAUSER1", Username: "paula.o", Name: "P"}, "[~paula.o]"},
		{"a key alone does not do on Data Center", dc, Person{ID: "JIRAUSER1", Name: "P*"}, "P\\*"},
		{"a login that would be markup", dc, Person{ID: "x", Username: "a]b", Name: "P"}, "P"},
		{"an id that would be markup", cloud, Person{ID: "a]{b}", Name: "P"}, "P"},
		{"nobody", cloud, Person{}, "an unknown account"},
		{"a login without a name", cloud, Person{Username: "u"}, "u"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mention(test.site, test.p); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestNoTextSurvivesAsMarkup(t *testing.T) {
	piece := rapid.SampledFrom(append(hostile(), "a", "1", " ", ":", ";", ")", "(", "/", "{", "}", "*", "_", ".", "h1", "bq", "mailto", "&", "#", "\\", "\n"))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
		if m := activeMarkup(EscapeWiki(s)); m != "" {
			t.Fatalf("%q became %q, which holds %s", s, EscapeWiki(s), m)
		}
	})
}

func FuzzEscapeWiki(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := EscapeWiki(s)
		if m := activeMarkup(got); m != "" {
			t.Errorf("%q became %q, which holds %s", s, got, m)
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q became invalid text %q", s, got)
		}
	})
}
