package jiratest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A behaviour is one thing that a Jira does, with the source that says so and a
// script of calls that shows it. All behaviours together are the conformance
// suite: it runs over the simulated Jira in both flavours, and speaks nothing
// but HTTP to a place, so that a place may be a real site.
type behaviour struct {
	says   string
	source string // Atlassian's own text, a recording, or "unconfirmed"
	only   string // "Cloud" or "Data Center"; both when empty
	// knob is the field of Knobs that the behaviour depends on; turn sets it. A
	// behaviour with a knob and no turn is the default. Only a place where
	// behaviour can be chosen runs one with a turn.
	knob   string
	turn   func(*Knobs)
	script []exchange
}

// exchange is one call and what must come back. "{name}" in call and body
// stands for something the place gives or an earlier exchange has kept.
type exchange struct {
	as    string // "user" when empty; "admin"; "nobody" without credentials; "intruder" with wrong ones
	call  string // method and path
	body  string
	send  map[string]string // more headers of the request
	gives int
	// facts map a path into the answer ("fields.labels.0", "values.#" for a
	// length) to JSON text, to "absent", or to "*" for anything that is there.
	facts map[string]string
	text  string            // a part of the answer
	heads map[string]string // headers of the answer; "*" for any value, "absent"
	keep  map[string]string // name to keep -> path into the answer
}

// place is a Jira in which behaviours can be shown: a project with a scrum
// board, made ready for one behaviour, and people.
type place interface {
	// product tells which of the two it is: "Cloud" or "Data Center".
	product() string
	// given names what is there: project, projectId, board, filter, role, user,
	// admin (ids of accounts), hidden (an issue that nobody sees).
	given() map[string]string
	// choose turns a knob; false where behaviour cannot be chosen.
	choose(func(*Knobs)) bool
	// send makes a request, whose address is a path, as a person.
	send(as string, req *http.Request) (*http.Response, error)
}

// suite is every behaviour, by subject.
func suite() map[string][]behaviour {
	return map[string][]behaviour{
		"bases":       aboutBases(),
		"sign-in":     aboutSigningIn(),
		"webhooks":    aboutWebhooks(),
		"sprints":     aboutSprints(),
		"states":      aboutSprintStates(),
		"moves":       aboutMoves(),
		"permissions": aboutSprintRights(),
		"lists":       aboutLists(),
		"boards":      aboutBoards(),
		"types":       aboutTypes(),
		"creation":    aboutCreation(),
		"bulk":        aboutBulkCreation(),
		"reading":     aboutReading(),
		"editing":     aboutEditing(),
		"transitions": aboutTransitions(),
		"deletion":    aboutDeletion(),
		"history":     aboutHistory(),
		"properties":  aboutProperties(),
		"comments":    aboutComments(),
		"links":       aboutLinks(),
		"people":      aboutPeople(),
		"search":      aboutSearch(),
		"index":       aboutTheIndex(),
		"roles":       aboutRoles(),
		"rights":      aboutRights(),
		"schemes":     aboutSchemes(),
		"limits":      aboutLimits(),
		"texts":       aboutLimitsOfText(),
		"orders":      aboutKnobsOfReading(),
	}
}

func TestConformance(t *testing.T) {
	for subject, all := range suite() {
		for _, product := range []string{"Cloud", "Data Center"} {
			t.Run(subject+" on "+product, func(t *testing.T) {
				t.Parallel()
				for _, b := range all {
					if b.only == "" || b.only == product {
						t.Run(b.says, func(t *testing.T) { show(t, simulatedPlace(t, product), b) })
					}
				}
			})
		}
	}
}

// show plays a behaviour's script.
func show(t *testing.T, p place, b behaviour) {
	t.Helper()
	if b.turn != nil && !p.choose(b.turn) {
		return // nobody can choose there; the behaviour with the default tells which one it is
	}
	known := maps.Clone(p.given())
	for i, x := range b.script {
		if err := play(p, x, known); err != nil {
			t.Fatalf("%s\nsource: %s\ncall %d: %s: %v", b.says, b.source, i+1, x.call, err)
		}
	}
}

// play makes one exchange and adds to known what it keeps.
func play(p place, x exchange, known map[string]string) error {
	if x.as == "" {
		x.as = "user"
	}
	method, path, _ := strings.Cut(filled(x.call, known), " ")
	if left := regexp.MustCompile(`\{[a-zA-Z]+\}`).FindString(path); left != "" {
		return fmt.Errorf("nothing is known of %s", left)
	}
	req, err := http.NewRequest(method, path, strings.NewReader(filled(x.body, known)))
	if err != nil {
		return err
	}
	if x.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for k, v := range x.send {
		req.Header.Set(k, v)
	}
	res, err := p.send(x.as, req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if err := x.holds(res, body, known); err != nil {
		return fmt.Errorf("%w\nanswer: %d %.600s", err, res.StatusCode, body)
	}
	return nil
}

// holds compares an answer with what must come back.
func (x exchange) holds(res *http.Response, body []byte, known map[string]string) error {
	if res.StatusCode != x.gives {
		return fmt.Errorf("want status %d", x.gives)
	}
	if !strings.Contains(string(body), filled(x.text, known)) {
		return fmt.Errorf("want the text %q", filled(x.text, known))
	}
	for name, want := range x.heads {
		switch got, there := res.Header[http.CanonicalHeaderKey(name)], res.Header.Get(name) != ""; {
		case want == "absent" && !there, want == "*" && there, there && got[0] == want:
		default:
			return fmt.Errorf("header %s is %v, want %s", name, got, want)
		}
	}
	if len(x.facts)+len(x.keep) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	for _, path := range slices.Sorted(maps.Keys(x.facts)) {
		want := filled(x.facts[path], known)
		if got := at(v, filled(path, known)); got != want && (want != "*" || got == "absent") {
			return fmt.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	for name, path := range x.keep {
		got := at(v, filled(path, known))
		if got == "absent" {
			return fmt.Errorf("there is no %s to keep", path)
		}
		known[name] = strings.Trim(got, `"`)
	}
	return nil
}

// filled puts what is known in the place of names.
func filled(s string, known map[string]string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(known)) {
		pairs = append(pairs, "{"+name+"}", known[name])
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// scripts puts pieces of a script together.
func scripts(parts ...[]exchange) []exchange { return slices.Concat(parts...) }

func TestEveryBehaviourIsWellTold(t *testing.T) {
	seen := map[string]bool{}
	for subject, all := range suite() {
		for _, b := range all {
			switch {
			case b.says == "", b.source == "", len(b.script) == 0:
				t.Errorf("%s: %q needs a sentence, a source and a script", subject, b.says)
			case strings.HasPrefix(b.source, "unconfirmed") && b.knob == "":
				t.Errorf("%s: %q is unconfirmed and has no knob", subject, b.says)
			case b.turn != nil && b.knob == "":
				t.Errorf("%s: %q turns a knob and does not name it", subject, b.says)
			case b.only != "" && b.only != "Cloud" && b.only != "Data Center":
				t.Errorf("%s: %q is only for %q", subject, b.says, b.only)
			case seen[subject+b.says+b.only]:
				t.Errorf("%s: %q is told twice", subject, b.says)
			}
			seen[subject+b.says+b.only] = true
		}
	}
}

// outside are the knobs that no script of calls can show; other tests do.
func outside() []string {
	return []string{
		"WebhookConcurrency", "RetryHeaderZero", "WebhookCreatedDate", "StartAlsoUpdates", "SubtaskLinkEvents", // seen by the receiver of webhooks
		"CloneCopiesProperties", "CloneKeepsSprint", // REST cannot clone
	}
}

func TestEveryKnobIsShownBothWays(t *testing.T) {
	plain, turned := map[string]bool{}, map[string]bool{}
	for _, all := range suite() {
		for _, b := range all {
			plain[b.knob] = plain[b.knob] || b.turn == nil
			turned[b.knob] = turned[b.knob] || b.turn != nil
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Knobs]()) {
		if f.Anonymous || slices.Contains(outside(), f.Name) {
			continue
		}
		if !plain[f.Name] || !turned[f.Name] {
			t.Errorf("knob %s: shown as it is by default: %v, shown turned: %v", f.Name, plain[f.Name], turned[f.Name])
		}
		delete(plain, f.Name)
		delete(turned, f.Name)
	}
	delete(plain, "")
	for name := range plain {
		t.Errorf("there is no knob %s", name)
	}
}
