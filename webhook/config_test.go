package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestSettingsThatAreRefused(t *testing.T) {
	t.Parallel()
	const canary = "canary-short" // of 12 characters
	for _, tt := range []struct {
		name   string
		change func(*Config)
		want   []string
	}{
		{"neither secret nor token", func(c *Config) { c.Secrets, c.PathToken = nil, "" }, []string{"ANDON_WEBHOOK_SECRET", "ANDON_WEBHOOK_PATH_TOKEN"}},
		{"an empty secret", func(c *Config) { c.Secrets = []string{""} }, []string{"ANDON_WEBHOOK_SECRET: secret 1 has 0 characters"}},
		{"an empty secret beside a good one", func(c *Config) { c.Secrets = []string{testSecret, ""} }, []string{"ANDON_WEBHOOK_SECRET: secret 2 has 0 characters"}},
		{"a short secret", func(c *Config) { c.Secrets = []string{canary} }, []string{"ANDON_WEBHOOK_SECRET", "12 characters", "at least 16"}},
		{"a secret of 15 characters", func(c *Config) { c.Secrets = []string{canary + "123"} }, []string{"15 characters"}},
		{"a secret with its line end", func(c *Config) { c.Secrets = []string{canary + "-0123456789\n"} }, []string{"white space"}},
		{"a short token", func(c *Config) { c.PathToken = canary }, []string{"ANDON_WEBHOOK_PATH_TOKEN", "12 characters"}},
		{"a token with a slash", func(c *Config) { c.PathToken = canary + "/0123456789" }, []string{"ANDON_WEBHOOK_PATH_TOKEN: may hold only"}},
		{"a token that is not ASCII", func(c *Config) { c.PathToken = canary + "ä123456789" }, []string{"ANDON_WEBHOOK_PATH_TOKEN: may hold only"}},
		{"no labels", func(c *Config) { c.Labels = nil }, []string{"label"}},
		{"an empty label", func(c *Config) { c.Labels = []string{""} }, []string{`label name ""`}},
		{"a label with a blank", func(c *Config) { c.Labels = []string{"big disaster"} }, []string{`label name "big disaster"`}},
		{"a negative limit", func(c *Config) { c.MaxBody = -1 }, []string{"limits"}},
		{"too little memory for one body", func(c *Config) { c.MaxHeld = 1 << 20 }, []string{"limits"}},
		{"a negative time limit", func(c *Config) { c.IdleTimeout = -time.Second }, []string{"time limit"}},
		{"several faults at once", func(c *Config) { c.Secrets, c.PathToken, c.Labels = []string{canary}, canary, nil }, []string{"SECRET", "PATH_TOKEN", "label"}},
	} {
		cfg := testConfig()
		tt.change(&cfg)
		_, err := New(cfg, Deps{Hints: &fakeHints{}, Known: fakeKnown{}, Now: newClock().now})
		if err == nil {
			t.Errorf("%s: accepted", tt.name)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error does not say %q: %v", tt.name, want, err)
			}
		}
		if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: a secret is in the error: %v", tt.name, err)
		}
	}
}

func TestSettingsThatAreAccepted(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Config){
		"only a secret":                func(c *Config) { c.PathToken = "" },
		"only a token":                 func(c *Config) { c.Secrets = nil },
		"a secret of 16 characters":    func(c *Config) { c.Secrets = []string{"0123456789abcdef"} },
		"two secrets":                  func(c *Config) { c.Secrets = []string{testSecret, testSecret + "2"} },
		"blanks inside a secret":       func(c *Config) { c.Secrets = []string{"It's a Secret to Everybody"} },
		"every character for a token":  func(c *Config) { c.PathToken = "abcXYZ0123456789-._~" },
		"labels of any other alphabet": func(c *Config) { c.Labels = []string{"障害", `a"b`, "a,b"} },
	} {
		cfg := testConfig()
		change(&cfg)
		if _, err := New(cfg, Deps{Hints: &fakeHints{}, Known: fakeKnown{}, Now: newClock().now}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatAServerWorksWithIsChecked(t *testing.T) {
	t.Parallel()
	good := Deps{Hints: &fakeHints{}, Known: fakeKnown{}, Now: newClock().now}
	do := func(context.Context) error { return nil }
	for name, change := range map[string]func(*Deps){
		"no hints":                func(d *Deps) { d.Hints = nil },
		"no known":                func(d *Deps) { d.Known = nil },
		"no clock":                func(d *Deps) { d.Now = nil },
		"a check without name":    func(d *Deps) { d.Checks = []Check{{Do: do}} },
		"a check that is nothing": func(d *Deps) { d.Checks = []Check{{Name: "redis"}} },
		"two checks of one name":  func(d *Deps) { d.Checks = []Check{{"redis", do}, {"redis", do}} },
	} {
		deps := good
		change(&deps)
		if _, err := New(testConfig(), deps); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	first := newRig(t, testConfig(), fakeKnown{})
	good.Registry = first.reg
	if _, err := New(testConfig(), good); err == nil || !strings.Contains(err.Error(), "register") {
		t.Errorf("two receivers on one registry: %v", err)
	}
}

func TestAConfigShowsNoSecret(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("settings", "webhook", cfg)
	for _, shown := range []string{fmt.Sprint(cfg), fmt.Sprintf("%+v", cfg), fmt.Sprintf("%#v", cfg), (&cfg).String(), log.String()} {
		if strings.Contains(shown, "canary") {
			t.Errorf("a secret is shown: %s", shown)
		}
		if !strings.Contains(shown, "1 secrets, path token true, 4 labels") {
			t.Errorf("what is set is not shown: %s", shown)
		}
	}
}
