package house

import (
	"fmt"
	"io/fs"
	"regexp"
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

// forbidden is a text that no file of the repository may contain.
type forbidden struct {
	pattern *regexp.Regexp
	why     string
}

// forbiddenTexts are written in two halves so that this file does not contain them.
func forbiddenTexts() []forbidden {
	words := func(why string, halves ...string) forbidden {
		var quoted []string
		for _, h := range halves {
			quoted = append(quoted, regexp.QuoteMeta(strings.ReplaceAll(h, "+", "")))
		}
		return forbidden{regexp.MustCompile(`(?i)` + strings.Join(quoted, "|")), why}
	}
	return []forbidden{
		words("is the host of a registry: use the ordinary client as it is set up",
			"proxy.go+lang.org", "sum.go+lang.org", "registry.npm+js.org", "deb.deb+ian.org", "pypi.o+rg",
			"crates.i+o", "repo.maven.apa+che.org", "files.pythonhos+ted.org"),
		{regexp.MustCompile(`(^|[\s"'=:(` + "`" + `])/(wo` + `rk|ro` + `ot|home/[a-z]+)/`), "is a path of one machine"},
		words("is a document outside the repository",
			"jira-fa+cts", "archi+tecture.md", "relia+bility.md", "depend+encies.md", "/tmp/des+ign", "contr+act.md"),
		{regexp.MustCompile(`(?i)\b(cla` + `ude|anthr` + `opic|chatg` + `pt|open` + `ai|cop` + `ilot|language mo` + `del|coding ag` + `ent)\b`),
			"speaks of tools, not of the product"},
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
		for i, line := range strings.Split(string(raw), "\n") {
			for _, f := range forbiddenTexts() {
				if found := f.pattern.FindString(line); found != "" {
					bad = append(bad, fmt.Sprintf("%s:%d: %q %s", p, i+1, strings.TrimSpace(found), f.why))
				}
			}
		}
	}
	return bad
}
