package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// demoRun is a demo that is served for a browser.
type demoRun struct {
	jira, play, status, token string
}

// newDemo runs the demo without its story until the test ends.
func newDemo(t *testing.T) demoRun {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo", "--no-story", "--jira-listen", "127.0.0.1:0", "--andon-listen", "127.0.0.1:0", "--play-listen", "127.0.0.1:0"}, nil, in, in)
		_ = in.Close()
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case status := <-ended:
			if status != 0 {
				t.Errorf("the demo ended with %d", status)
			}
		case <-time.After(30 * time.Second):
			t.Error("the demo did not end")
		}
	})
	var d demoRun
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if address, is := strings.CutPrefix(line, "jira: "); is {
			d.jira = address
		}
		if address, is := strings.CutPrefix(line, "playground: "); is {
			d.play = address
		}
		if rest, is := strings.CutPrefix(line, "status page"); is {
			f := strings.Fields(rest)
			d.status, d.token = f[0], strings.TrimSuffix(f[2], ")")
		}
		if strings.HasPrefix(line, "Stop with") {
			break
		}
	}
	if d.play == "" || d.status == "" || d.jira == "" {
		t.Fatalf("the demo names no addresses: %+v", d)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return d
}

func TestANewcomerClicksThroughADisaster(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	b.open(d.play)
	b.says("Dana, a developer, finds that SHOP-6")
	b.shot("play-1-begin")
	b.click("button", "As Dana: label it disaster")
	b.says("Dana may only propose")
	b.says("A disaster is proposed")
	b.says("Dana Developer put the label disaster on SHOP-6")
	b.click("button", "As Paula: declare a data disaster")
	b.says("Andon cancelled sprint \"SHOP Sprint 7\"")
	b.says("Frozen: SHOP-6 is recovering")
	b.says("Investigate the root cause")
	b.shot("play-2-frozen")
	b.click("button", "As Sam: create a sprint")
	b.says("Andon deleted sprint \"Business as usual\"")
	b.shot("play-3-undone")
	b.screenful("playground", 1280, 1000)
	b.click("button", "As Dana: finish the recovery tasks")
	b.says("The recovery tasks are done.")
	b.click("button", "As Paula: system-restored")
	b.says("Frozen: SHOP-6 is investigating")
	b.click("button", "As Dana: close the root cause")
	b.says("Planning is free again")
	b.click("button", "As Paula: sprint-resume")
	b.says("The sprint has a successor")
	b.click("button", "As Sam: start SHOP Sprint 7")
	b.says("Sam Master started sprint \"SHOP Sprint 7\"")
	b.says("Dana, a developer, finds that SHOP-")
	b.shot("play-4-end")
	b.stayed()
	b.clean()
}

func TestEverybodyActsByHandOnThePlayground(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	b.open(d.play)
	b.until(`document.body.classList.contains("is-live")`)
	b.click("radio", "Dana, developer")
	b.until(`document.getElementById("as-dev").checked && document.cookie === ""`) // the cookie is not for scripts
	b.click("DisclosureTriangle", "Act on SHOP-2")
	b.click("button", "Put the label on SHOP-2")
	b.says("Dana Developer put the label disaster on SHOP-2")
	b.says("A disaster is proposed")
	b.click("button", "Take disaster off SHOP-2")
	b.says("Dana Developer took the label disaster off SHOP-2")
	b.click("radio", "Sam, Scrum Master")
	b.until(`document.getElementById("as-sm").checked`)
	b.click("button", "Create the sprint")
	b.says("Sam Master created sprint \"SHOP Sprint 9\"")
	b.click("button", "Put SHOP-2 there")
	b.says("Sam Master put SHOP-2 into SHOP Sprint 8")
	b.click("button", "Close SHOP-2 as Done")
	b.says("Sam Master moved SHOP-2 from To Do to Done as Done")
	b.click("button", "Start SHOP Sprint 8")
	b.says("Sam Master started sprint \"SHOP Sprint 8\"")
	b.stayed()
	b.clean()
}

func TestThePlaygroundNeedsNoMouse(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	b.open(d.play)
	b.until(`document.body.classList.contains("is-live")`)
	b.tabTo("As Dana: label it disaster")
	press(b, "\r")
	b.says("As Paula: declare a data disaster")
	if got := b.focused(); got != "As Paula: declare a data disaster" {
		t.Errorf("after the change the focus is on %q", got)
	}
	press(b, "\r")
	b.says("Frozen: SHOP-6 is recovering")
	b.until(`document.getElementById("news").textContent.includes("Planning is frozen")`)
	b.stayed()
	b.clean()
}

func TestPhonesAndTheDark(t *testing.T) {
	d, b := newDemo(t), newTab(t)
	b.open(d.play)
	b.click("button", "As Dana: label it disaster")
	b.says("As Paula: declare a data disaster")
	b.click("button", "As Paula: declare a data disaster")
	b.says("Status page of SHOP-6")
	light := b.script(`getComputedStyle(document.body).backgroundColor`)
	b.wears(360, "dark")
	if dark := b.script(`getComputedStyle(document.body).backgroundColor`); dark == light {
		t.Errorf("in the dark the page is as bright as before: %s", dark)
	}
	b.fits()
	b.shot("play-phone-dark")
	b.click("link", "Status page of SHOP-6")
	b.until(`location.pathname.includes("/status") && document.readyState === "complete"`)
	b.says("recovering, planning is frozen")
	b.fits()
	b.shot("page-phone-dark")
	b.wears(360, "light")
	b.shot("page-phone-light")
	b.wears(1280, "dark")
	b.fits()
	b.shot("page-dark")
	b.clean()
}
