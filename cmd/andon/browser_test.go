package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserPatience bounds a whole test with a browser.
const browserPatience = 4 * time.Minute

// tab is a page in a browser, seen as people do who hear or touch it: by role and name.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string // what the console said: broken scripts, refused by the policy
}

// newTab opens a browser without a window. Without Chromium the test is skipped, or fails
// if ANDON_TEST_REQUIRE=1.
func newTab(t *testing.T) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
			t.Fatalf("chromium is required: %v", err)
		}
		t.Skip("no chromium in PATH")
	}
	ctx, cancel := context.WithTimeout(context.Background(), browserPatience)
	ctx, end := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)...)
	ctx, closeTab := chromedp.NewContext(ctx)
	b := &tab{T: t, ctx: ctx}
	t.Cleanup(func() {
		closeTab()
		end()
		cancel()
	})
	b.do(chromedp.EmulateViewport(1280, 900))
	entries := chromedp.Events(ctx, log.EntryAdded)
	faults := chromedp.Events(ctx, runtime.ExceptionThrown)
	go func() {
		for e, err := range entries {
			if err != nil {
				return
			}
			if e.Entry.Level == log.EntryLevelError || strings.Contains(e.Entry.Text, "Security Policy") {
				b.problem(e.Entry.Text + " " + e.Entry.URL)
			}
		}
	}()
	go func() {
		for e, err := range faults {
			if err != nil {
				return
			}
			b.problem(e.ExceptionDetails.Text)
		}
	}()
	return b
}

func (b *tab) problem(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, text)
}

// expected takes back a complaint of the console that was to be expected.
func (b *tab) expected(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = slices.DeleteFunc(b.problems, func(p string) bool { return strings.Contains(p, text) })
}

// clean expects that the console had nothing to complain about.
func (b *tab) clean() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		b.Errorf("the console says: %s", p)
	}
}

// do runs steps.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// open opens an address, and marks the page so that a reload shows.
func (b *tab) open(address string) {
	b.Helper()
	b.do(chromedp.Navigate(address))
	b.script(`window.sameAsBefore = true`)
}

// script runs a script and waits for what it promises.
func (b *tab) script(text string) string {
	b.Helper()
	raw, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](text, func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		b.Fatalf("%s: %v", text, err)
	}
	if s, is := raw.(string); is {
		return s
	}
	out, err := json.Marshal(raw)
	if err != nil {
		b.Fatal(err)
	}
	return string(out)
}

// until waits for a condition on the page, by its changes and without asking again and again.
func (b *tab) until(condition string) {
	b.Helper()
	const wait = `new Promise((ok, no) => {
  const see = () => { try { return CONDITION; } catch { return false; } };
  if (see()) return ok("seen");
  const watch = new MutationObserver(() => { if (see()) { watch.disconnect(); ok("seen"); } });
  watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  setTimeout(() => ok("not seen"), 60000);
})`
	seen, err := "", errors.New("not asked yet")
	for err != nil && b.ctx.Err() == nil { // the page may be loaded anew while it is asked
		seen, err = chromedp.Run(b.ctx, chromedp.Evaluate[string](strings.ReplaceAll(wait, "CONDITION", condition), func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	}
	if seen != "seen" {
		b.shot("failed")
		b.Fatalf("not seen: %s; the page says:\n%s", condition, b.script(`document.body.innerText`))
	}
}

// says waits for a text on the page.
func (b *tab) says(text string) {
	b.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		b.Fatal(err)
	}
	b.until(`document.body.innerText.includes(` + string(quoted) + `)`)
}

// stayed expects that the page was not loaded anew.
func (b *tab) stayed() {
	b.Helper()
	if b.script(`String(window.sameAsBefore === true)`) != "true" {
		b.Error("the page was loaded anew")
	}
}

// find gives the things with a role and an accessible name.
func (b *tab) find(role, name string) ([]*accessibility.Node, error) {
	var found []*accessibility.Node
	err := chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		doc, err := cdp.Call(ctx, t, dom.GetDocument, dom.GetDocumentParams{})
		if err != nil {
			return err
		}
		res, err := cdp.Call(ctx, t, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{BackendNodeID: doc.Root.BackendNodeID, Role: role, AccessibleName: name})
		if err != nil {
			return err
		}
		for _, n := range res.Nodes {
			if !n.Ignored {
				found = append(found, n)
			}
		}
		return nil
	}))
	return found, err
}

// the expects one thing with a role and a name, and does something with it. A live page may
// replace the thing between the look and the act: then it is looked for again, as people do.
func (b *tab) the(role, name string, act ...func(cdp.BackendNodeID) error) {
	b.Helper()
	var problem error
	for range 100 {
		found, err := b.find(role, name)
		problem = err
		if err == nil && len(found) != 1 {
			problem = fmt.Errorf("there are %d", len(found))
		}
		for i := 0; problem == nil && i < len(act); i++ {
			problem = act[i](found[0].BackendDOMNodeID)
		}
		if problem == nil {
			return
		}
		select { // not by a script: the page may be loaded anew just now
		case <-time.After(50 * time.Millisecond):
		case <-b.ctx.Done():
			b.Fatal(b.ctx.Err())
		}
	}
	b.shot("failed")
	b.Fatalf("role %s with the name %q: %v; the page says:\n%s", role, name, problem, b.script(`document.body.innerText`))
}

// click clicks on a thing with the mouse, where it is.
func (b *tab) click(role, name string) {
	b.Helper()
	b.the(role, name, b.hit)
}

// hit clicks on a thing, or says why it could not: it may have left the page.
func (b *tab) hit(id cdp.BackendNodeID) error {
	return chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: id}); err != nil {
			return err
		}
		box, err := cdp.Call(ctx, t, dom.GetBoxModel, dom.GetBoxModelParams{BackendNodeID: id})
		if err != nil {
			return err
		}
		q := box.Model.Content
		_, err = chromedp.MouseClickXY((q[0]+q[4])/2, (q[1]+q[5])/2)(ctx, t)
		return err
	}))
}

// focused is the accessible name of what has the focus.
func (b *tab) focused() string {
	b.Helper()
	name := ""
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		obj, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
		if err != nil {
			return err
		}
		res, err := cdp.Call(ctx, t, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: obj.Result.ObjectID, FetchRelatives: new(false)})
		if err != nil || len(res.Nodes) == 0 || res.Nodes[0].Name == nil {
			return err
		}
		return json.Unmarshal(res.Nodes[0].Name.Value, &name)
	}))
	return name
}

// tabTo presses the tabulator until the thing of that name has the focus.
func (b *tab) tabTo(name string) {
	b.Helper()
	for range 80 {
		b.do(chromedp.KeyEvent("\t"))
		if b.focused() == name {
			return
		}
	}
	b.Fatalf("%q cannot be reached with the keyboard", name)
}

// wears sets the width of the window and the colours that the reader prefers.
func (b *tab) wears(width int64, scheme string) {
	b.Helper()
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}))
}

// fits expects that nobody has to scroll sideways.
func (b *tab) fits() {
	b.Helper()
	if over := b.script(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); over != "0" {
		b.shot("too-wide")
		b.Errorf("the page is wider than the window by %s: %s", over, b.script(`[...document.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join("\n")`))
	}
}

// shot keeps a picture of the page, for people to look at, where ANDON_TEST_SHOTS names a
// folder.
func (b *tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("ANDON_TEST_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.Fatal(err)
	}
}

// screenful keeps a picture of what a window of a size shows, in the same folder.
func (b *tab) screenful(name string, width, height int64) {
	b.Helper()
	dir := os.Getenv("ANDON_TEST_SHOTS")
	if dir == "" {
		return
	}
	b.do(chromedp.EmulateViewport(width, height))
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.Fatal(err)
	}
}

// scripts lets pages run scripts or not.
func (b *tab) scripts(on bool) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// text is what the page says, asked without a script of the page.
func (b *tab) text() string {
	b.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS("body")))
	if err != nil {
		b.Fatal(err)
	}
	return text
}
