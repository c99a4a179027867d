package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"andon/jira/jiratest"
)

// testedBlock finds the commands of the runbook that can be carried out here.
var testedBlock = regexp.MustCompile("(?s)<!-- tested -->\n```sh\n(.*?)```")

// runbookBlock is the block of commands that holds a text.
func runbookBlock(t *testing.T, holds string) string {
	t.Helper()
	raw, err := os.ReadFile("../../deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range testedBlock.FindAllStringSubmatch(string(raw), -1) {
		if strings.Contains(m[1], holds) {
			return m[1]
		}
	}
	t.Fatalf("the runbook has no commands with %q that are marked as tested", holds)
	return ""
}

// runBlock carries out commands in a folder as a shell would, with some programs replaced.
func runBlock(t *testing.T, dir, commands string, stubs map[string]string) string {
	t.Helper()
	bin := t.TempDir()
	for name, text := range stubs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), tool(t, "bash"), "-euo", "pipefail", "-c", commands)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "SAID="+filepath.Join(dir, "said"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, out, commands)
	}
	return string(out)
}

// read is the text of a file.
func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// noted makes a program say how it was called instead of doing anything.
const noted = `echo "$(basename "$0") $*" >> "$SAID"`

// asSudo does as the user what sudo would do as root, but gives nothing away.
const asSudo = `if [ "$1" = chown ]; then echo "$*" >> "$SAID"; else exec "$@"; fi`

func TestTheRunbooksStepsLeadToAnAndonThatStarts(t *testing.T) {
	tool(t, "openssl")
	dir := t.TempDir()
	stubs := map[string]string{"docker": noted, "sudo": asSudo}
	runBlock(t, dir, runbookBlock(t, "docker compose up"), stubs)
	if said := read(t, filepath.Join(dir, "said")); said != "chown -R 65532:65532 secrets\ndocker compose up --detach --build\n" {
		t.Errorf("the steps said:\n%s", said)
	}
	environ := strings.Fields(read(t, filepath.Join(dir, ".env")))
	for name, file := range map[string]string{"ANDON_JIRA_TOKEN_FILE": "jira_token", "ANDON_WEBHOOK_SECRET_FILE": "webhook_secret", "ANDON_RECORD_SECRET_FILE": "record_secret"} {
		path := filepath.Join(dir, "secrets", file)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o400 {
			t.Errorf("%s can be read by others: %s", file, info.Mode())
		}
		environ = append(environ, name+"="+path)
	}
	if info, err := os.Stat(filepath.Join(dir, "secrets")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info.Mode(), err)
	}
	if c := mustLoad(t, environ); len(c.WebhookSecret) != 1 || c.JiraToken.Reveal() != "the-token-of-step-2" {
		t.Errorf("the settings are %v", c)
	}

	runBlock(t, dir, runbookBlock(t, "ANDON_PAGE_SECRET"), stubs)
	environ = append(environ, strings.Fields(read(t, filepath.Join(dir, "andon.env")))...)
	if c := mustLoad(t, environ); len(c.PageSecret) != 1 || len(c.PageToken) != 1 || c.PublicURL == "" {
		t.Errorf("the status page is not set up: %v", c)
	}

	old := read(t, filepath.Join(dir, "secrets/webhook_secret"))
	if os.Geteuid() != 0 { // root writes what it may not
		if err := os.Chmod(filepath.Join(dir, "secrets/webhook_secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runBlock(t, dir, runbookBlock(t, "sudo tee"), stubs)
	if c := mustLoad(t, environ); len(c.WebhookSecret) != 2 || c.WebhookSecret.Reveal()[1] != strings.TrimSpace(old) {
		t.Errorf("the new secret does not stand beside the old one: %d secrets", len(c.WebhookSecret))
	}
}

// The files of the compose file are those that the steps make.
func TestTheComposeFileMountsWhatTheStepsMake(t *testing.T) {
	steps, compose := runbookBlock(t, "docker compose up"), read(t, "../../deploy/compose.yaml")
	for _, m := range regexp.MustCompile(`file: \./(\S+)`).FindAllStringSubmatch(compose, -1) {
		if !strings.Contains(steps, "> "+m[1]+"\n") {
			t.Errorf("the steps do not make %s", m[1])
		}
	}
}

func TestTheRunbooksQuestionsAreAnswered(t *testing.T) {
	t.Parallel()
	tool(t, "curl")
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv())
	until(t, "andon is ready", func() error { return answers(a.url+"/readyz", http.StatusOK, "") })
	out := runBlock(t, t.TempDir(), strings.ReplaceAll(runbookBlock(t, "/readyz"), "http://127.0.0.1:8080", a.url), nil)
	if !strings.HasPrefix(out, "ok\n") || !strings.Contains(out, `andon_build_info{`) || !strings.Contains(out, `"ready":true`) {
		t.Errorf("the answers are:\n%s", out)
	}
}

func TestTheRunbookFindsInTheLogWhatWasDoneAboutADisaster(t *testing.T) {
	tool(t, "jq")
	w := newWorld(t, jiratest.Cloud)
	w.after(w.jira.As("po@example.com").AddLabel(w.seed.Issues[5], "disaster"))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "andon.log"), []byte(w.log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out := runBlock(t, dir, runbookBlock(t, "jq -c"), nil)
	if !strings.Contains(out, `"done","cancel-sprint/10005/1"`) || !strings.Contains(out, "create-tasks/") {
		t.Errorf("it finds:\n%s", out)
	}
}

func TestTheRunbooksCheckOfTheRulesWorks(t *testing.T) {
	tool(t, "promtool")
	if out := runBlock(t, "../../deploy", runbookBlock(t, "promtool"), nil); !strings.Contains(out, "SUCCESS") {
		t.Errorf("it says:\n%s", out)
	}
}

// Whatever the runbook marks as tested is carried out by one of the tests above.
func TestNothingIsMarkedAsTestedThatIsNot(t *testing.T) {
	blocks := testedBlock.FindAllStringSubmatch(read(t, "../../deploy/README.md"), -1)
	for _, m := range blocks {
		known := false
		for _, holds := range []string{"docker compose up", "sudo tee", "/readyz", "jq -c", "promtool", "ANDON_PAGE_SECRET"} {
			known = known || strings.Contains(m[1], holds)
		}
		if !known {
			t.Errorf("no test carries out:\n%s", m[1])
		}
	}
	if len(blocks) != 6 {
		t.Errorf("%d blocks are marked", len(blocks))
	}
}

// Every link of the runbook within itself leads somewhere.
func TestTheRunbooksLinksLeadSomewhere(t *testing.T) {
	text := read(t, "../../deploy/README.md")
	anchors := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(text, -1) {
		anchor := strings.ToLower(strings.ReplaceAll(m[1], " ", "-"))
		anchors[regexp.MustCompile(`[^a-z0-9-]`).ReplaceAllString(anchor, "")] = true
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text, -1) {
		target := strings.ReplaceAll(m[1], "\n", "")
		file, anchor, _ := strings.Cut(target, "#")
		if strings.Contains(target, "://") {
			continue
		}
		if file != "" {
			if _, err := os.Stat("../../deploy/" + file); err != nil {
				t.Errorf("%s: %v", target, err)
			}
		} else if !anchors[anchor] {
			t.Errorf("#%s leads nowhere", anchor)
		}
	}
}
