package jira

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscapeWikiLeavesNothingWithAMeaning(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain text stays", "Checkout is down, 50% of orders lost: why", "Checkout is down, 50% of orders lost: why"},
		{"letters of every script stay", "Größe 大 заказ 👍", "Größe 大 заказ 👍"},
		{"a macro", "{code}x{code}", `\{code\}x\{code\}`},
		{"a mention", "[~accountid:5b10]", `\[\~accountid:5b10\]`},
		{"a link", "[x|https://evil.test]", `\[x\|https:\//evil.test\]`},
		{"a bare link", "see http://evil.test", `see http:\//evil.test`},
		{"a mail link", "mailto:x@y.z MAILTO:x", `mailto\:x@y.z MAILTO\:x`},
		{"an image", "!img.png|width=9!", `\!img.png\|width=9\!`},
		{"bold, italic, struck, under, over", "*a* _b_ -c- +d+ ^e^ ~f~", `\*a\* \_b\_ \-c\- \+d\+ \^e\^ \~f\~`},
		{"a citation", "??who??", `\?\?who\?\?`},
		{"a heading at the start", "h1. Big", `h1\. Big`},
		{"a quotation at the start", "bq. He said", `bq\. He said`},
		{"a heading later is text", "see h1. Big", "see h1. Big"},
		{"a list", "# one", `\# one`},
		{"a ruler", "----", `\-\-\-\-`},
		{"a table", "||a||b||", `\|\|a\|\|b\|\|`},
		{"emoticons", ":) :D :P (x) (/)", `:\) :\D :\P \(x\) \(/\)`},
		{"line breaks become blanks", "a\r\nh1. b\u2028c\u0085d", "a h1. b c d"},
		{"a backslash cannot undo an escape", `\{code}`, `＼\{code\}`},
		{"two backslashes are no line break", `C:\\temp`, "C:＼＼temp"},
		{"direction and invisible characters go", "a\u202eb\u200bc\u2066d\ufeff\u3164\u00ad", "abcd"},
		{"control characters become blanks", "a\x00b\x1bc", "a b c"},
		{"broken UTF-8", "a\xffb", "a\ufffdb"},
		{"blanks around and inside", "  a \t b  ", "a b"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { equal(t, "escaped", tt.want, EscapeWiki(tt.in)) })
	}
}

func TestMention(t *testing.T) {
	tests := []struct {
		name string
		user User
		f    Flavour
		want string
	}{
		{"Cloud", User{AccountID: "557058:ab-1", DisplayName: "Pat"}, Cloud, "[~accountid:557058:ab-1]"},
		{"Data Center", User{Key: "JIRAUSER1", Name: "pat", DisplayName: "Pat"}, DataCenter, "[~pat]"},
		{"Data Center, the name is an e-mail", User{Name: "pat.o+x@example.com"}, DataCenter, "[~pat.o+x@example.com]"},
		{"Cloud without an id", User{Name: "pat", DisplayName: "Pat [x]"}, Cloud, `Pat \[x\]`},
		{"Data Center without a name", User{Key: "k", DisplayName: "Pat"}, DataCenter, "Pat"},
		{"an id that would leave the mention", User{AccountID: "x] [~accountid:boss", DisplayName: "Pat"}, Cloud, "Pat"},
		{"a name that would leave the mention", User{Name: "x]{code}", DisplayName: "*Pat*"}, DataCenter, `\*Pat\*`},
		{"nobody", User{}, Cloud, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { equal(t, "mention", tt.want, Mention(tt.user, tt.f)) })
	}
}

func FuzzEscapeWiki(f *testing.F) {
	for _, seed := range []string{"{code}", `\{`, `\\`, "h1. x", "h\u200b1. x", "[~a]", "a\u202eb", "://", ":\u200b/", "mailto:x", ":)", "\xff", "bq\x00. x", " h1.", "!a!"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := EscapeWiki(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: not UTF-8", got)
		}
		var last rune
		for _, r := range got {
			switch {
			case r != ' ' && (unicode.IsSpace(r) || unicode.IsControl(r)), unicode.Is(unicode.Cf, r):
				t.Fatalf("%q holds %U", got, r)
			case strings.ContainsRune(wikiMarks, r) && last != '\\':
				t.Fatalf("%q: %q stands bare", got, r)
			case r == '\\' && last == '\\':
				t.Fatalf("%q: two backslashes are a line break", got)
			}
			last = r
		}
		if strings.HasSuffix(got, `\`) {
			t.Fatalf("%q escapes what comes after it", got)
		}
		for _, forbidden := range []string{"://", "mailto:"} {
			if strings.Contains(strings.ToLower(got), forbidden) {
				t.Fatalf("%q holds %q", got, forbidden)
			}
		}
		// Without the escapes it is what could be seen, nothing lost and nothing added.
		if plain := strings.ReplaceAll(got, `\`, ""); plain != strings.ReplaceAll(visible(s), `\`, "＼") {
			t.Fatalf("%q became %q", s, plain)
		}
	})
}
