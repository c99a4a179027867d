package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// press presses a key.
func press(b *tab, key string) {
	b.Helper()
	b.do(chromedp.KeyEvent(key))
}

// asPerson makes a call to the demo's Jira.
func (d demoRun) asPerson(t *testing.T, who, method, path, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, d.jira+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(who+"@example.com", "demo")
	req.Header.Set("Content-Type", "application/json")
	resp, err := new(http.Client).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 {
		t.Fatalf("%s %s: %d", method, path, resp.StatusCode)
	}
}

// labels puts labels on an issue of the demo.
func (d demoRun) labels(t *testing.T, who, verb, key, label string) {
	t.Helper()
	d.asPerson(t, who, http.MethodPut, "/rest/api/2/issue/"+key, `{"update":{"labels":[{"`+verb+`":"`+label+`"}]}}`)
}

func TestTheStatusPageFollowsWithoutBeingLoadedAnew(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	b.open(d.status)
	b.the("heading", "Status of all projects")
	b.click("textbox", "Token of the overview")
	press(b, "not the token at all")
	b.click("button", "Show the overview")
	b.says("That is not the token.")
	b.expected("status of 401")
	b.click("textbox", "Token of the overview")
	press(b, d.token)
	press(b, "\r")
	b.says("Planning is free everywhere.")
	b.says("Live: this page follows by itself.")
	b.script(`window.sameAsBefore = true`)
	d.labels(t, "po", "add", "SHOP-6", "disaster-data")
	b.says("Planning is frozen since")
	b.until(`document.getElementById("news").textContent === "Planning is frozen in SHOP."`)
	b.says("Orders disappear from the history")
	b.stayed()
	b.shot("overview")
	b.click("link", "SHOP-6 Orders disappear from the history")
	b.says("Live: this page follows by itself.")
	b.script(`window.sameAsBefore = true`)
	b.the("region", "State")
	b.the("region", "Gates")
	b.the("main", "")
	b.says("Copy the damaged data before touching it")
	b.shot("page")
	d.labels(t, "po", "add", "SHOP-6", "system-offline")
	b.says("system-offline since")
	before := b.script(`document.querySelector(".clock").textContent`)
	b.until(`document.querySelector(".clock").textContent !== ` + quote(before)) // it ticks
	b.stayed()
	b.clean()
}

// quote makes a text of a script.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

func TestTheFocusStaysWhenAPartIsReplaced(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	d.labels(t, "po", "add", "SHOP-6", "disaster")
	b.open(d.play)
	b.says("Status page of SHOP-6")
	b.click("link", "Status page of SHOP-6")
	b.says("Live: this page follows by itself.")
	b.script(`window.sameAsBefore = true`)
	b.tabTo("SHOP-13")
	d.labels(t, "po", "add", "SHOP-6", "disaster-security")
	b.says("Rotate credentials, keys, tokens and sessions")
	if got := b.focused(); got != "SHOP-13" {
		t.Errorf("the focus is on %q", got)
	}
	b.stayed()
	b.clean()
}

func TestAHostileSummaryStaysTextInABrowser(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	const evil = `<img src=x onerror=document.title=1><script>document.title=1</script>"onload="document.title=1`
	d.asPerson(t, "dev", http.MethodPut, "/rest/api/2/issue/SHOP-6", `{"fields":{"summary":"`+strings.ReplaceAll(evil, `"`, `\"`)+`"}}`)
	d.labels(t, "po", "add", "SHOP-6", "disaster")
	b.open(d.play)
	b.says("Status page of SHOP-6")
	b.says(evil)
	b.click("link", "Status page of SHOP-6")
	b.says("recovering, planning is frozen")
	b.says(`<img src=x onerror=document.title=1>`)
	if got := b.script(`String(document.querySelectorAll("img, body script").length) + document.title`); !strings.HasPrefix(got, "0SHOP-6") {
		t.Errorf("the page has elements of a stranger, or his title: %s", got)
	}
	b.clean()
}

func TestWithoutAScriptThePagesAreWhole(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	d.labels(t, "po", "add", "SHOP-6", "disaster")
	b.open(d.play)
	b.says("Status page of SHOP-6")
	address := b.script(`[...document.links].find((a) => a.textContent === "Status page of SHOP-6").href`)
	b.scripts(false)
	b.do(chromedp.Navigate(address))
	for _, want := range []string{"recovering, planning is frozen", "Not live: this page shows what was seen when it was opened.", "Investigate the root cause"} {
		if !strings.Contains(b.text(), want) {
			t.Errorf("without a script the page does not say %q:\n%s", want, b.text())
		}
	}
	b.do(chromedp.Navigate(d.play))
	b.the("button", "Be this person")
	b.the("heading", "Board of SHOP")
}
