package rules

import (
	"strings"
	"testing"
	"time"
)

// linkPage puts the link on the issue as Jira does: one by name.
func (w *world) linkPage(a LinkPage) {
	i := w.issues[a.Disaster]
	if i.bodies == nil {
		i.bodies = map[string]string{}
	}
	if a.URL == "" {
		delete(i.bodies, "link "+a.Name)
		return
	}
	i.bodies["link "+a.Name] = a.URL
}

// linksOf are the links on an issue.
func (w *world) linksOf(id string) []string {
	var out []string
	for name, url := range w.issues[id].bodies {
		if strings.HasPrefix(name, "link ") {
			out = append(out, url)
		}
	}
	return out
}

const pageURL = "https://andon.example.com/status/d/10000/100/token-1"

func TestADeclaredDisasterShowsItsPageOnTheIssueOnce(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	if got := w.linksOf("100"); len(got) != 1 || got[0] != pageURL {
		t.Errorf("the links are %q", got)
	}
	if body := w.issues["100"].bodies["status.100"]; !strings.Contains(body, "*Status page:* [live, with tasks, gates and times|"+pageURL+"]\n") {
		t.Errorf("the status comment does not lead to the page:\n%s", body)
	}
	w.tick(time.Minute)
	if p := w.look(t); len(p.acts) != 0 {
		t.Errorf("a minute later there was something to do: %v", p.lines)
	}
}

func TestAnotherAddressReplacesTheOldLink(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	w.issues["100"].Page = strings.ReplaceAll(pageURL, "token-1", "token-2")
	w.look(t)
	if got := w.linksOf("100"); len(got) != 1 || !strings.HasSuffix(got[0], "token-2") {
		t.Errorf("the links are %q", got)
	}
	if body := w.issues["100"].bodies["status.100"]; !strings.Contains(body, "token-2") || strings.Contains(body, "token-1") {
		t.Errorf("the status comment has the old address:\n%s", body)
	}
}

func TestALinkThatLeadsNowhereIsTakenOff(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	w.issues["100"].Page = "" // the page is switched off
	w.look(t)
	if got := w.linksOf("100"); len(got) != 0 {
		t.Errorf("the links are %q", got)
	}
	if body := w.issues["100"].bodies["status.100"]; strings.Contains(body, "Status page") {
		t.Errorf("the status comment still leads there:\n%s", body)
	}
	w.tick(time.Minute)
	if p := w.look(t); len(p.acts) != 0 {
		t.Errorf("a minute later there was something to do: %v", p.lines)
	}
	w.issues["100"].Page = pageURL // and on again
	w.look(t)
	if got := w.linksOf("100"); len(got) != 1 {
		t.Errorf("the links are %q", got)
	}
}

func TestAProposalHasNoLinkYet(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.issues["100"].Page = pageURL
	w.add(dev, "100", "disaster")
	w.look(t)
	if got := w.linksOf("100"); len(got) != 0 {
		t.Errorf("the links are %q", got)
	}
}

func TestWithoutAPageNothingIsLinked(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.add(po, "100", "disaster")
	w.look(t)
	if got := w.linksOf("100"); len(got) != 0 || strings.Contains(w.issues["100"].bodies["status.100"], "Status page") {
		t.Errorf("the links are %q", got)
	}
}

func TestALinkThatJiraRefusesIsNoTroubleAndNotAskedForAgain(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.refuse = map[string]Failure{"link-page/": {Text: "You do not have permission to link issues", Final: true}}
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	body := w.issues["100"].bodies["status.100"]
	if strings.Contains(body, "Needs a human") || !strings.Contains(body, pageURL) {
		t.Errorf("the status comment:\n%s", body)
	}
	w.refuse = nil
	w.tick(time.Minute)
	if p := w.look(t); len(p.acts) != 0 || len(w.linksOf("100")) != 0 {
		t.Errorf("it was asked for again: %v", p.lines)
	}
}

func TestALinkThatFailsForAWhileIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.refuse = map[string]Failure{"link-page/": {Text: "503"}}
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	w.refuse = nil
	w.tick(time.Minute)
	w.look(t)
	if got := w.linksOf("100"); len(got) != 1 {
		t.Errorf("the links are %q", got)
	}
}

func TestADisasterThatWasOverBeforeThereWereAPageIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.add(po, "100", "disaster")
	w.look(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.issues["100"].Page = pageURL
	if p := w.look(t); len(p.acts) != 0 {
		t.Errorf("it was touched: %v", p.lines)
	}
}

func TestTheLinkStaysWhereADisasterThatHadItIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.issues["100"].Page = pageURL
	w.add(po, "100", "disaster")
	w.look(t)
	w.take(po, "100", "disaster")
	w.look(t)
	if body := w.issues["100"].bodies["status.100"]; !strings.Contains(body, pageURL) {
		t.Errorf("the status comment lost its link:\n%s", body)
	}
}

func TestTheActsOfTheLinkHaveAKeyAndALine(t *testing.T) {
	t.Parallel()
	a := LinkPage{Disaster: "100", URL: pageURL}
	if a.Key() != "link-page/100" || strings.Contains(a.Line(), "token") {
		t.Errorf("%q: %q", a.Key(), a.Line())
	}
	if off := (LinkPage{Disaster: "100"}); off.Key() != a.Key() || !strings.HasPrefix(off.Line(), "take ") {
		t.Errorf("%q: %q", off.Key(), off.Line())
	}
}
