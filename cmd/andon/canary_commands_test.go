package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// leaves are the commands that do something, each with its words.
func leaves(c *cobra.Command) [][]string {
	var out [][]string
	for _, sub := range c.Commands() {
		if sub.Name() == "help" || sub.Name() == "completion" {
			continue
		}
		below := leaves(sub)
		if sub.Runnable() {
			below = append(below, nil)
		}
		for _, words := range below {
			out = append(out, append([]string{sub.Name()}, words...))
		}
	}
	return out
}

// troubles are environments in which nothing goes well, with a canary in every secret.
func troubles(t *testing.T) map[string][]string {
	t.Helper()
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	unreachable := append(canaryEnv(t), "ANDON_JIRA_URL=http://127.0.0.1:1", "ANDON_JIRA_EMAIL=andon@example.com")
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(canary), 0o600); err != nil { // too short for most, in files as well
		t.Fatal(err)
	}
	short, files := []string{"ANDON_JIRA_URL=https://" + canary + "@jira.example.com"}, []string{"ANDON_JIRA_URL=http://127.0.0.1:1"}
	for _, s := range settings() {
		if s.secret {
			short = append(short, s.name+"="+canary)
			files = append(files, s.name+"_FILE="+file)
		}
	}
	return map[string][]string{
		"Jira and Redis are not there":      unreachable,
		"somebody else listens there":       append(unreachable, "ANDON_LISTEN="+taken.Addr().String()),
		"every secret is wrong":             short,
		"every secret's file is wrong":      files,
		"every setting is called wrongly":   {"ANDON_JIRA_TOKNE=" + canary, "ANDON_REDIS=redis://:" + canary + "@redis", "ANDON_WEBHOOK_SECRETS=" + canary},
		"there is nothing":                  nil,
		"Redis is a cluster that is not up": append(unreachable, "ANDON_REDIS_URL=redis://"+canary+":"+canary+"@127.0.0.1:1?cluster=true"),
	}
}

// Every command that there is, in every trouble: new commands are tried without being
// named here.
func TestNoCommandShowsASecret(t *testing.T) {
	all := leaves(rootCommand(nil))
	if len(all) < 4 {
		t.Fatalf("only %v are found", all)
	}
	for trouble, environ := range troubles(t) {
		for _, words := range all {
			for _, more := range [][]string{nil, {"--help"}, {"SHOP-6"}, {"--nonsense"}} {
				args := append(append([]string{}, words...), more...)
				if words[0] == "demo" && more == nil {
					args = append(args, "--verbose", "--jira-listen", "127.0.0.1:0", "--andon-listen", "127.0.0.1:0")
				}
				t.Run(fmt.Sprintf("%s/%s", trouble, strings.Join(args, " ")), func(t *testing.T) {
					t.Parallel()
					ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // some would serve for ever
					defer cancel()
					var out, errs syncBuffer
					run(ctx, args, environ, &out, &errs)
					for _, said := range []string{out.String(), errs.String()} {
						if s := shown(said); s != "" {
							t.Errorf("%q is shown in:\n%s", s, said)
						}
					}
				})
			}
		}
	}
}

// The demo is what people show on a screen, with settings of their own.
func TestTheDemoShowsNoSecret(t *testing.T) {
	const value = canary + "-0123456789abcdef"
	for _, flavour := range []string{"cloud", "datacenter"} {
		t.Run(flavour, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 3*deadline)
			defer cancel()
			var said bytes.Buffer
			log := &syncBuffer{}
			code := run(ctx, []string{"demo", "--exit", "--verbose", "--flavour", flavour, "--jira-listen", "127.0.0.1:0", "--andon-listen", "127.0.0.1:0"},
				[]string{"ANDON_WEBHOOK_SECRET=" + value, "ANDON_WEBHOOK_PATH_TOKEN=" + value, "ANDON_RECORD_SECRET=" + value, "ANDON_LOG_LEVEL=DEBUG",
					"ANDON_NOTIFY_URLS=http://127.0.0.1:1/" + canary + ",ntfy://andon:" + value + "@localhost:1/" + canary}, &said, log)
			if code != 0 || !strings.Contains(log.String(), `"not done"`) {
				t.Errorf("status %d, or no channel failed: the test shows nothing:\n%s", code, log.String())
			}
			for _, text := range []string{said.String(), log.String()} {
				if s := shown(text); s != "" {
					at := strings.Index(text, s)
					t.Errorf("%q is shown: …%s", s, text[max(0, at-200):min(len(text), at+60)])
				}
			}
		})
	}
}
