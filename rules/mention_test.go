package rules

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// oddIDs are ids and logins that could break out of a mention.
func oddIDs() []string {
	return l("admin]", "[admin", "a]{code}", "a|b", "a b", "a\tb", "a\nb", "{x}", "a{b", "!x!", "a!", "~a", "a~", "a*b", "#a", "a\\b", "\\", "a/b", "a?b", "a^b", "a(b)", "<b>", "a&b",
		"a\u200bb", "\u202ea", "a\u2028b", "a\x00b", "a\xffb", " ", "a'b", "a\"b", "a,b", "a;b", "a=b", "a%b", "a$b", "a`b")
}

// goodIDs are ids and logins as Jira gives them.
func goodIDs() []string {
	return l("5b10ac8d82e05b22cc7d4ef5", "557058:f58131cb-b67d-43c7-b30d-6b58d40bd077", "qm:2e1a:3", "paula", "paula.owner", "paula_owner", "paula-owner", "paula@example.com",
		"paula+jira@example.com", "JIRAUSER10100", "ünal", "山田", "7")
}

func TestOddIDsAreNeverMentioned(t *testing.T) {
	for _, id := range oddIDs() {
		t.Run(id, func(t *testing.T) {
			for _, site := range []Site{{Flavour: Cloud}, {Flavour: DataCenter}} {
				if got := mention(site, Person{ID: id, Username: id, Name: "Paula"}); got != "Paula" {
					t.Errorf("on %s: %q", site.Flavour, got)
				}
				if got := mention(site, Person{ID: id, Username: id}); activeMarkup(got) != "" {
					t.Errorf("on %s without a name: %q holds %s", site.Flavour, got, activeMarkup(got))
				}
			}
		})
	}
}

func TestRealIDsAreMentioned(t *testing.T) {
	for _, id := range goodIDs() {
		t.Run(id, func(t *testing.T) {
			if got := mention(Site{Flavour: Cloud}, Person{ID: id, Name: "Paula"}); got != "[~accountid:"+id+"]" {
				t.Errorf("on Cloud: %q", got)
			}
			if got := mention(Site{Flavour: DataCenter}, Person{ID: "key", Username: id, Name: "Paula"}); got != "[~"+id+"]" {
				t.Errorf("on Data Center: %q", got)
			}
		})
	}
}

func TestTheOtherProductsIDIsNoMention(t *testing.T) {
	if got := mention(Site{Flavour: Cloud}, Person{Username: "paula", Name: "Paula"}); got != "Paula" {
		t.Errorf("a login on Cloud: %q", got)
	}
	if got := mention(Site{Flavour: DataCenter}, Person{ID: "paula", Name: "Paula"}); got != "Paula" {
		t.Errorf("a key on Data Center: %q", got)
	}
}

// lone says whether text is one mention and nothing else that could be markup.
func lone(s string) bool {
	inner, begins := strings.CutPrefix(s, "[~")
	inner, ends := strings.CutSuffix(inner, "]")
	return begins && ends && inner != "" && !strings.ContainsAny(inner, "[]{}|!~*#\\/ \t\r\n<>()&^?")
}

func TestAMentionIsAMentionOrPlainText(t *testing.T) {
	piece := rapid.SampledFrom(append(append(oddIDs(), goodIDs()...), hostile()...))
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) string { return strings.Join(rapid.SliceOfN(piece, 0, 3).Draw(t, what), "") }
		p := Person{ID: draw("id"), Username: draw("login"), Name: draw("name")}
		site := Site{Flavour: rapid.SampledFrom([]Flavour{Cloud, DataCenter, ""}).Draw(t, "product")}
		got := mention(site, p)
		if m := activeMarkup(got); m != "" && !lone(got) {
			t.Fatalf("%+v is mentioned as %q, which holds %s", p, got, m)
		}
		if m := activeMarkup(person(p)); m != "" {
			t.Fatalf("%+v is named as %q, which holds %s", p, person(p), m)
		}
	})
}

func FuzzMention(f *testing.F) {
	for _, id := range append(oddIDs(), goodIDs()...) {
		f.Add(id, "Paula")
	}
	f.Fuzz(func(t *testing.T, id, name string) {
		for _, site := range []Site{{Flavour: Cloud}, {Flavour: DataCenter}} {
			got := mention(site, Person{ID: id, Username: id, Name: name})
			if m := activeMarkup(got); m != "" && !lone(got) {
				t.Errorf("%q, %q on %s is mentioned as %q, which holds %s", id, name, site.Flavour, got, m)
			}
		}
	})
}

func TestForeignTextSurvivesEscaping(t *testing.T) {
	// What people wrote can still be read: without the escapes the very words are there.
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z0-9{}\[\]|!*_~^<>@()#-]{1,6}`), 1, 10).Draw(t, "words")
		text := strings.Join(words, " ")
		if got := strings.ReplaceAll(EscapeWiki(text), "\\", ""); got != text {
			t.Fatalf("%q is shown as %q", text, got)
		}
	})
}

func TestTextIsCutBeforeItIsEscaped(t *testing.T) {
	// An escape that is cut in two would be active again.
	for _, c := range "{}[]|!*\\&" {
		text := strings.Repeat(string(c), 2*maxForeign)
		got := EscapeWiki(text)
		if m := activeMarkup(got); m != "" {
			t.Errorf("%q: %s", c, m)
		}
		if !strings.HasSuffix(got, "\u2026") {
			t.Errorf("%q is not cut: %d bytes", c, len(got))
		}
	}
}

func TestEntitiesCannotBeSpelt(t *testing.T) {
	for _, s := range l("&#123;", "&#x7b;", "&lbrace;", "&amp;#123;", "&", "&&", "&;", "&#38;#123;") {
		if got := EscapeWiki(s); strings.Contains(strings.ReplaceAll(got, "&#38;", ""), "&") {
			t.Errorf("%q became %q, which still spells an entity", s, got)
		}
	}
}
