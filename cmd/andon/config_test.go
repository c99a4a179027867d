package main

import (
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/rules"

	"github.com/google/go-cmp/cmp"
	"github.com/kelseyhightower/envconfig"
)

// goodEnv is the least that a site has to set.
func goodEnv(more ...string) []string {
	return append([]string{
		"ANDON_JIRA_URL=https://example.atlassian.net",
		"ANDON_JIRA_EMAIL=andon@example.com",
		"ANDON_JIRA_TOKEN=token-of-andon",
		"ANDON_WEBHOOK_SECRET=0123456789abcdef",
	}, more...)
}

func mustLoad(t *testing.T, environ []string) Config {
	t.Helper()
	c, err := Load(environ)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestLoadTakesTheLeastThatASiteHasToSet(t *testing.T) {
	got := mustLoad(t, append(goodEnv(), "PATH=/bin", "NOT_A_PAIR"))
	want, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	want.JiraURL = "https://example.atlassian.net"
	want.JiraEmail = "andon@example.com"
	want.JiraToken = "token-of-andon"
	want.WebhookSecret = Secrets{"0123456789abcdef"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("settings beyond the four differ from the defaults:\n%v\nwant:\n%v", got, want)
	}
}

func TestDefaultsAreTheOnesThatAreDocumented(t *testing.T) {
	c, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{
		"listen": c.Listen, "resync": c.Resync, "sweep": c.Sweep, "max age": c.DeclarationMaxAge,
		"po": c.PORole, "level": c.LogLevel, "rps": c.JiraRPS, "dry run": c.DryRun,
		"refused": []string(c.RefusedResolutions), "label": c.LabelDisaster, "redis": c.RedisURL.Reveal(),
	}
	want := map[string]any{
		"listen": ":8080", "resync": time.Minute, "sweep": 3 * time.Minute, "max age": 24 * time.Hour,
		"po": "Product Owner", "level": slog.LevelInfo, "rps": 10.0, "dry run": false,
		"refused": []string{"Won't Do", "Won't Fix", "Duplicate", "Cannot Reproduce", "Declined", "Incomplete"},
		"label":   "disaster", "redis": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
	if err := c.Validate(); err == nil {
		t.Error("the defaults alone are valid, although Jira's address is missing")
	}
}

// Two places name the defaults; whoever decides without settings must decide the same.
func TestDefaultsAreThoseOfTheRules(t *testing.T) {
	c, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	want := rules.DefaultSettings()
	if diff := cmp.Diff(want.Labels, c.Labels()); diff != "" {
		t.Errorf("labels (-rules +settings):\n%s", diff)
	}
	if diff := cmp.Diff(want.RefusedResolutions, []string(c.RefusedResolutions)); diff != "" {
		t.Errorf("refused resolutions (-rules +settings):\n%s", diff)
	}
	if c.DeclarationMaxAge != want.MaxAge || c.PORole != want.ProductOwnerRole || c.Resync != want.Resync {
		t.Errorf("settings %v, %q, %v; rules %v, %q, %v", c.DeclarationMaxAge, c.PORole, c.Resync, want.MaxAge, want.ProductOwnerRole, want.Resync)
	}
}

func TestEveryLabelHasASettingAndAPlace(t *testing.T) {
	var environ []string
	var want []string
	for _, l := range (Config{}).labels() {
		label := strings.ToLower("x-" + l.variable)
		environ = append(environ, l.variable+"="+label)
		want = append(want, label)
	}
	got := mustLoad(t, goodEnv(environ...)).Labels().All()
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("labels (-set +used):\n%s", diff)
	}
}

func TestLoadReadsEveryType(t *testing.T) {
	c := mustLoad(t, goodEnv(
		"ANDON_JIRA_URL=https://jira.example.com/jira/",
		"ANDON_WEBHOOK_SECRET= first-secret-16ch , second-secret-16c",
		"ANDON_PROJECTS=SHOP, BLOG",
		"ANDON_BOARDS= 7, SHOP:12 ",
		"ANDON_RESYNC=90s",
		"ANDON_WORKERS=8",
		"ANDON_JIRA_RPS=0.5",
		"ANDON_DRY_RUN=true",
		"ANDON_LOG_LEVEL=debug",
		"ANDON_LEASE=", // set but empty counts as unset
	))
	if c.JiraURL != "https://jira.example.com/jira" {
		t.Errorf("JiraURL = %q, want the path kept and the last slash gone", c.JiraURL)
	}
	if diff := cmp.Diff([]string{"first-secret-16ch", "second-secret-16c"}, c.WebhookSecret.Reveal()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(List{"SHOP", "BLOG"}, c.Projects); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(BoardNames{{ID: 7}, {Project: "SHOP", ID: 12}}, c.Boards); diff != "" {
		t.Error(diff)
	}
	if c.Resync != 90*time.Second || c.Workers != 8 || c.JiraRPS != 0.5 || !c.DryRun || c.LogLevel != slog.LevelDebug || c.Lease != 30*time.Second {
		t.Errorf("settings were read wrongly:\n%v", c)
	}
}

func TestTheLastOfTwoEqualVariablesCounts(t *testing.T) {
	c := mustLoad(t, goodEnv("ANDON_LISTEN=:1", "ANDON_LISTEN=:2"))
	if c.Listen != ":2" {
		t.Errorf("Listen = %q", c.Listen)
	}
}

func TestAllFaultsAreReportedTogether(t *testing.T) {
	c, err := Load([]string{
		"ANDON_JIRA_URL=http://jira.example.com",
		"ANDON_RESYNC=soon",
		"ANDON_WORKERS=0",
		"ANDON_LABEL_SYSTEM_OFFLINE=disaster",
		"ANDON_LISEN=:9090",
	})
	want := `7 settings are wrong:
  ANDON_LISEN is not a setting of andon: did you mean ANDON_LISTEN?
  ANDON_RESYNC is "soon": write a duration such as 90s, 5m or 24h
  ANDON_JIRA_TOKEN is not set: it is required: API token, personal access token or password of andon's own Jira account.
  ANDON_WORKERS is 0: it has to lie between 1 and 64
  ANDON_JIRA_URL would send the token over http: write https://…; ` + httpWhere + `
  ANDON_WEBHOOK_SECRET is not set, and neither is ANDON_WEBHOOK_PATH_TOKEN: set it to the secret of the webhook in Jira; if your Jira cannot sign, set ANDON_WEBHOOK_PATH_TOKEN
  ANDON_LABEL_SYSTEM_OFFLINE is "disaster", which is the label of ANDON_LABEL_DISASTER too: give every label a name of its own`
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if !reflect.DeepEqual(c, Config{}) {
		t.Error("settings were returned beside an error")
	}
	var fault Fault
	if !errors.As(err, &fault) || fault.Name != "ANDON_LISEN" {
		t.Errorf("errors.As found %v, want the first fault", fault)
	}
}

func TestAValueThatCannotBeReadIsReportedOnce(t *testing.T) {
	for _, environ := range [][]string{
		goodEnv("ANDON_WORKERS=many"),
		goodEnv("ANDON_WEBHOOK_SECRET="),
		goodEnv("ANDON_WEBHOOK_SECRET=0123456789abcdef,"),
	} {
		_, err := Load(environ)
		var faults Faults
		if !errors.As(err, &faults) || len(faults) != 1 {
			t.Errorf("%q: got %v, want one fault", environ[len(environ)-1], err)
		}
	}
}

// A struct that only looks like one for envconfig would surprise the next reader, so the
// plain library has to make the same of a plain environment.
func TestConfigIsAnOrdinaryEnvconfigStruct(t *testing.T) {
	environ := goodEnv("ANDON_BOARDS=1,2", "ANDON_RESYNC=2m", "ANDON_LOG_LEVEL=WARN", "ANDON_DRY_RUN=true", "ANDON_JIRA_RPS=3")
	want := mustLoad(t, environ)
	for name, value := range parseEnviron(environ) {
		t.Setenv(name, value)
	}
	var got Config
	if err := envconfig.Process(envPrefix, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("envconfig.Process:\n%v\nLoad:\n%v", got, want)
	}
}

// envconfig falls back to a variable without the prefix: JIRA_URL, say, which belongs to
// somebody else.
func TestVariablesOfOthersAreNotRead(t *testing.T) {
	t.Setenv("JIRA_EMAIL", "other@example.com")
	t.Setenv("LISTEN", ":1")
	t.Setenv("ANDON_LISTEN", ":2")
	c := mustLoad(t, goodEnv())
	if c.JiraEmail != "andon@example.com" || c.Listen != ":8080" {
		t.Errorf("JiraEmail %q, Listen %q: read from elsewhere than the given environment", c.JiraEmail, c.Listen)
	}
}

func TestUnknownVariables(t *testing.T) {
	tests := []struct{ name, want string }{
		{"ANDON_JIRA_TOKEM", "did you mean ANDON_JIRA_TOKEN?"},
		{"ANDON_WEBHOOK_SECRETS", "did you mean ANDON_WEBHOOK_SECRET?"},
		{"ANDON_JIRA_TOKEN_FIL", "did you mean ANDON_JIRA_TOKEN_FILE?"},
		{"ANDON_LISTEN_FILE", "remove it; README.md lists all settings"}, // only secrets come from files
		{"ANDON_SOMETHING_ELSE", "remove it; README.md lists all settings"},
		{"ANDON_", "remove it; README.md lists all settings"},
	}
	for _, tt := range tests {
		_, err := Load(goodEnv(tt.name + "=x"))
		want := tt.name + " is not a setting of andon: " + tt.want
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", tt.name, err, want)
		}
	}
}

func TestVariablesOfTheSurroundingsAreLeftAlone(t *testing.T) {
	mustLoad(t, goodEnv(
		"ANDON_SERVICE_HOST=10.0.0.1", "ANDON_SERVICE_PORT=80", "ANDON_SERVICE_PORT_HTTP=80",
		"ANDON_PORT=tcp://10.0.0.1:80", "ANDON_PORT_80_TCP=tcp://10.0.0.1:80", "ANDON_PORT_80_TCP_ADDR=10.0.0.1",
		"ANDON_REDIS_SERVICE_HOST=10.0.0.2", "ANDON_REDIS_PORT=tcp://10.0.0.2:6379",
		"ANDON_TEST_REQUIRE=1", "ANDON_SHARED=../shared", "ANDONE=1", "andon_listen=:1",
	))
}

func TestSettingsAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range settings() {
		if seen[s.name] {
			t.Errorf("%s is there twice", s.name)
		}
		seen[s.name] = true
		if foreign(s.name) || s.name == envPrefix+"_" || s.name != strings.ToUpper(s.name) || strings.HasSuffix(s.name, fileSuffix) {
			t.Errorf("%s cannot be told from a variable of something else", s.name)
		}
		if !strings.HasSuffix(s.desc, ".") {
			t.Errorf("%s: the description %q is not a sentence", s.name, s.desc)
		}
		typed := s.field.Type == reflect.TypeFor[Secret]() || s.field.Type == reflect.TypeFor[Secrets]()
		if typed != s.secret {
			t.Errorf("%s: masked by its type: %v, by its tag: %v", s.name, typed, s.secret)
		}
		if s.secret && s.def != "" || s.required && s.def != "" {
			t.Errorf("%s has the default %q", s.name, s.def)
		}
	}
}

func TestEveryNumberHasARangeThatHoldsItsDefault(t *testing.T) {
	defaults, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings() {
		value := reflect.ValueOf(defaults).FieldByIndex(s.index)
		switch s.field.Type {
		case reflect.TypeFor[int](), reflect.TypeFor[float64](), reflect.TypeFor[time.Duration]():
		default:
			if s.min != "" || s.max != "" {
				t.Errorf("%s has a range, which is only for numbers", s.name)
			}
			continue
		}
		for _, text := range []string{s.min, s.max} {
			if fault := s.decode(text, reflect.New(s.field.Type).Elem()); text == "" || fault != nil {
				t.Errorf("%s: bound %q: %v", s.name, text, fault)
			}
		}
		if s.bound(s.min) >= s.bound(s.max) {
			t.Errorf("%s: %s is not below %s", s.name, s.min, s.max)
		}
		if fault := s.outOfRange(value); fault != nil {
			t.Errorf("the default is out of range: %v", fault)
		}
	}
}
