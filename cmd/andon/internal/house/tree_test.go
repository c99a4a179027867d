package house

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// topRule reports what is at the top of the repository without belonging there.
func topRule(r repo) []string {
	allowed := []string{
		"cmd", "jira", "webhook", "rules", "deploy",
		"go.mod", "go.sum", "Dockerfile", "README.md", "LICENSE", "CHANGELOG.md",
	}
	var bad []string
	for _, p := range r.paths {
		top, _, _ := strings.Cut(p, "/")
		text := top + " does not belong at the top"
		if !slices.Contains(allowed, top) && !strings.HasPrefix(top, ".") && !slices.Contains(bad, text) {
			bad = append(bad, text)
		}
	}
	return bad
}

// forbidden are texts that no file of the repository may contain. They are written with
// a + in the middle so that this file does not contain them.
type forbidden struct {
	texts  []string
	why    string
	before string // if set, the text counts only at the start of a line or after one of these
	word   bool   // the text counts only as a word of its own
}

func forbiddenTexts() []forbidden {
	return []forbidden{
		{why: "is the host of a registry: use the ordinary client as it is set up", texts: []string{
			"proxy.go+lang.org", "sum.go+lang.org", "registry.npm+js.org", "deb.deb+ian.org", "pypi.o+rg",
			"crates.i+o", "repo.maven.apa+che.org", "files.pythonhos+ted.org",
		}},
		{why: "is a path of one machine", before: " \t\n\"'=:(`", texts: []string{"/wo+rk/", "/ro+ot/", "/ho+me/"}},
		{why: "is a document outside the repository", texts: []string{
			"jira-fa+cts", "archi+tecture.md", "relia+bility.md", "depend+encies.md", "/tmp/des+ign", "contr+act.md",
		}},
		{why: "speaks of tools, not of the product", word: true, texts: []string{
			"cla+ude", "anthr+opic", "chatg+pt", "open+ai", "cop+ilot", "language mo+del", "coding ag+ent",
		}},
	}
}

// textRule reports forbidden texts in all text files.
func textRule(r repo) []string {
	var bad []string
	for _, p := range r.paths {
		raw, err := fs.ReadFile(r.fsys, p)
		if err != nil {
			bad = append(bad, fmt.Sprintf("%s: %v", p, err))
			continue
		}
		if !utf8.Valid(raw) {
			continue // a picture, say
		}
		lower := strings.ToLower(string(raw))
		for _, f := range forbiddenTexts() {
			for _, at := range f.find(lower) {
				line, _, _ := strings.Cut(lower[at:], "\n")
				word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
				bad = append(bad, fmt.Sprintf("%s:%d: %q %s", p, 1+strings.Count(lower[:at], "\n"), word, f.why))
			}
		}
	}
	return bad
}

// find gives the places of the texts in a file that is all in small letters.
func (f forbidden) find(lower string) []int {
	var places []int
	for _, text := range f.texts {
		text = strings.ReplaceAll(text, "+", "")
		for at := 0; ; {
			next := strings.Index(lower[at:], text)
			if next < 0 {
				break
			}
			at += next
			end := at + len(text)
			first := f.before == "" || at == 0 || strings.IndexByte(f.before, lower[at-1]) >= 0
			alone := !f.word || !isLetter(lower, at-1) && !isLetter(lower, end)
			if first && alone {
				places = append(places, at)
			}
			at = end
		}
	}
	return places
}

// isLetter says whether there is a letter at a place, which may lie outside the text.
func isLetter(lower string, at int) bool {
	return at >= 0 && at < len(lower) && lower[at] >= 'a' && lower[at] <= 'z'
}
