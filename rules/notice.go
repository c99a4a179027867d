package rules

import (
	_ "embed" // the built-in texts
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// Notice is what is known when people outside the issue are told of something. Its
// fields are what a template may use; foreign words in it are one line of plain text.
type Notice struct {
	// Key, Summary and Link are those of the disaster issue, Project is the project's key.
	Key     string
	Summary string
	Link    string
	Project string
	// By is who decided, At is when, in UTC.
	By string
	At string
	// Label is the label of a system mode.
	Label string
	// Kinds are the kinds of the disaster, empty for none.
	Kinds string
	// Cancelled counts the sprints that the declaration cancelled: "1 sprint".
	Cancelled string
	// Sprint, Name and Why are a sprint that was undone; Why is also an operator's reason.
	Sprint int64
	Name   string
	Why    string
	// Issues counts the issues that went back: "2 issues".
	Issues string
	// Percent is the used part of the recovery time, Allowed all of it, Due its end.
	Percent int
	Allowed string
	Due     string
	// Others are the keys of the other disasters that still freeze planning.
	Others string
	// Recovering is true while the system is not back in service.
	Recovering bool
}

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notices.
const (
	NoticeDeclared  NoticeKind = "declared"
	NoticeMode      NoticeKind = "mode"
	NoticeSLA       NoticeKind = "sla"
	NoticeRestored  NoticeKind = "restored"
	NoticeViolation NoticeKind = "violation"
	// NoticeReturned: issues that were put into a sprint in the freeze went back.
	NoticeReturned NoticeKind = "returned"
	// NoticeFight: an automation seems to fight the freeze.
	NoticeFight NoticeKind = "fight"
	// NoticeCause: the root cause is closed and planning waits for the return to service.
	NoticeCause     NoticeKind = "cause"
	NoticeReleased  NoticeKind = "released"
	NoticeRelapse   NoticeKind = "relapse"
	NoticeWithdrawn NoticeKind = "withdrawn"
	// NoticeOperator: an operator has ended the freeze of a disaster that cannot be read.
	NoticeOperator NoticeKind = "operator"
	// NoticeUnreadable: an open disaster's issue cannot be read any more.
	NoticeUnreadable NoticeKind = "unreadable"
)

// NoticeKinds are all kinds of notices, in the order of a disaster's life.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{NoticeDeclared, NoticeMode, NoticeSLA, NoticeRestored, NoticeViolation, NoticeReturned, NoticeFight, NoticeCause, NoticeReleased, NoticeRelapse, NoticeWithdrawn, NoticeOperator, NoticeUnreadable}
}

//go:embed notices.tmpl
var builtInTexts string

const (
	// maxNotice bounds a text that a template makes.
	maxNotice = 4000
	// maxNoticeTitle bounds a title, which becomes the subject of a mail.
	maxNoticeTitle = 200
)

// Texts are the texts of the notices.
type Texts struct{ set *template.Template }

// ParseTexts reads texts in the form of Go's text/template: definitions such as
// {{define "declared.title"}}…{{end}}, each of which replaces the built-in one. It says
// what is wrong with them by trying each with a notice that has everything and one that
// has nothing.
func ParseTexts(own string) (*Texts, error) {
	set, err := template.New("notices").Option("missingkey=error").Parse(builtInTexts)
	if err != nil {
		return nil, fmt.Errorf("built-in notices: %w", err)
	}
	known := textNames()
	mine, err := template.New("own").Parse(own)
	if err != nil {
		return nil, fmt.Errorf("notice templates: %w", err)
	}
	for _, t := range mine.Templates() {
		switch {
		case t.Name() == "own" && (t.Tree == nil || parse.IsEmptyTree(t.Root)):
		case t.Name() == "own":
			return nil, errors.New("notice templates: there is text outside of the definitions; write {{define \"declared.title\"}}…{{end}}")
		case !slices.Contains(known, t.Name()):
			return nil, fmt.Errorf("notice templates: %q is no notice; there are %s", t.Name(), strings.Join(known, ", "))
		case parse.IsEmptyTree(t.Root): // the library would keep the built-in one without a word
			return nil, fmt.Errorf("notice templates: %s gives an empty text", t.Name())
		default:
			if _, err := set.AddParseTree(t.Name(), t.Tree); err != nil {
				return nil, fmt.Errorf("notice templates: %s: %w", t.Name(), err)
			}
		}
	}
	texts := &Texts{set: set}
	for _, name := range known {
		for _, n := range []Notice{{}, sampleNotice()} {
			text, err := texts.run(name, n)
			switch {
			case err != nil:
				return nil, fmt.Errorf("notice templates: %w", err)
			case strings.TrimSpace(text) == "":
				return nil, fmt.Errorf("notice templates: %s gives an empty text", name)
			}
		}
	}
	return texts, nil
}

// textNames are the names of all definitions.
func textNames() []string {
	var out []string
	for _, k := range NoticeKinds() {
		out = append(out, string(k)+".title", string(k)+".text")
	}
	return out
}

// sampleNotice has everything that a notice can have.
func sampleNotice() Notice {
	return Notice{Key: "SHOP-6", Summary: "The shop is down", Link: "https://jira.example.com/browse/SHOP-6", Project: "SHOP", By: "Paula Owner", At: "2026-03-02 09:00 UTC",
		Label: "system-offline", Kinds: "data", Cancelled: "1 sprint", Sprint: 7, Name: "Sprint 7", Why: CreatedInFreeze.words(), Issues: "2 issues",
		Percent: 100, Allowed: "4 h", Due: "2026-03-02 13:00 UTC", Others: "SHOP-5", Recovering: true}
}

// run makes one text.
func (t *Texts) run(name string, n Notice) (string, error) {
	var b strings.Builder
	if err := t.set.ExecuteTemplate(&b, name, n); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return strings.TrimSpace(b.String()), nil
}

// Render gives title and text of a notice. The title is one line. The text ends with
// the issue's summary and address, unless the template names the address itself. A
// template that fails on this very notice gives plain words instead: news that do not
// come are worse than news that are badly put.
func (t *Texts) Render(kind NoticeKind, n Notice) (title, text string) {
	if t == nil { // a test parses the embedded texts, so this cannot fail in a build that passed it
		t = &Texts{set: template.New("")}
		if built, err := ParseTexts(""); err == nil {
			t = built
		}
	}
	title, err := t.run(string(kind)+".title", n)
	if err != nil {
		title = n.Key + ": " + string(kind)
	}
	text, err = t.run(string(kind)+".text", n)
	if err != nil {
		text = "There is news of " + n.Key + ": " + string(kind) + "."
	}
	title, text = printable(title, maxNoticeTitle), cut(text, maxNotice)
	if n.Link != "" && !strings.Contains(text, n.Link) {
		text = strings.Join(slices.DeleteFunc([]string{text, n.Summary, n.Link}, func(s string) bool { return s == "" || s == n.Summary && strings.Contains(text, s) }), "\n")
	}
	return title, text
}
