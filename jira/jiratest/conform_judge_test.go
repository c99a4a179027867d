package jiratest

import (
	"strings"
	"testing"
)

// TestTheJudgeFindsWhatIsWrong plants wrong expectations: a suite that never
// fails would show nothing.
func TestTheJudgeFindsWhatIsWrong(t *testing.T) {
	const info = "GET /rest/api/2/serverInfo"
	for name, c := range map[string]struct {
		wrong exchange
		want  string
	}{
		"a status":            {exchange{call: info, gives: 404}, "want status 404"},
		"a value":             {exchange{call: info, gives: 200, facts: map[string]string{"deploymentType": `"Moon"`}}, `deploymentType is "Cloud", want "Moon"`},
		"something missing":   {exchange{call: info, gives: 200, facts: map[string]string{"nonsense": "*"}}, "nonsense is absent"},
		"something there":     {exchange{call: info, gives: 200, facts: map[string]string{"version": "absent"}}, "version is"},
		"a length":            {exchange{call: info, gives: 200, facts: map[string]string{"versionNumbers.#": "2"}}, "versionNumbers.# is 3"},
		"a text":              {exchange{call: info, gives: 200, text: "nonsense"}, `want the text "nonsense"`},
		"a header":            {exchange{call: info, gives: 200, heads: map[string]string{"Retry-After": "*"}}, "header Retry-After"},
		"a header too many":   {exchange{call: info, gives: 200, heads: map[string]string{"Content-Type": "absent"}}, "header Content-Type"},
		"nothing to keep":     {exchange{call: info, gives: 200, keep: map[string]string{"x": "nonsense.deep"}}, "there is no nonsense.deep"},
		"a name nobody knows": {exchange{call: "GET /rest/api/2/issue/{nothing}", gives: 404}, "nothing is known of {nothing}"},
		"an index too far": {exchange{as: "admin", call: "DELETE /rest/api/2/issue/{hidden}", gives: 404, facts: map[string]string{"errorMessages.5": "*"}},
			"errorMessages.5 is absent"},
	} {
		t.Run(name, func(t *testing.T) {
			p := simulatedPlace(t, "Cloud")
			err := play(p, c.wrong, p.given())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestWhatIsKeptIsKnownAfterwards(t *testing.T) {
	p := simulatedPlace(t, "Data Center")
	known := p.given()
	for _, x := range anIssue("a", "Story") {
		if err := play(p, x, known); err != nil {
			t.Fatal(err)
		}
	}
	if known["a"] == "" || known["aKey"] != "CONF-1" {
		t.Errorf("known: %v", known)
	}
	if got := filled("{aKey} and {unknown} {a.b}", known); got != "CONF-1 and {unknown} {a.b}" {
		t.Errorf("filled: %s", got)
	}
}
