package house

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// compose is what the rule looks at in a compose file.
type compose struct {
	Services map[string]service `yaml:"services"`
	Networks map[string]struct {
		Internal bool `yaml:"internal"`
	} `yaml:"networks"`
	Volumes map[string]any `yaml:"volumes"`
	Secrets map[string]any `yaml:"secrets"`
}

type service struct {
	Image       string            `yaml:"image"`
	User        string            `yaml:"user"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Secrets     []string          `yaml:"secrets"`
	Ports       []string          `yaml:"ports"`
	Networks    []string          `yaml:"networks"`
	Volumes     []string          `yaml:"volumes"`
	ReadOnly    bool              `yaml:"read_only"`
	Privileged  bool              `yaml:"privileged"`
	CapDrop     []string          `yaml:"cap_drop"`
	CapAdd      []string          `yaml:"cap_add"`
	SecurityOpt []string          `yaml:"security_opt"`
	MemLimit    string            `yaml:"mem_limit"`
	Restart     string            `yaml:"restart"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

// composeRule reports what makes the services of the compose file less than confined.
func composeRule(r repo) []string {
	raw, err := fs.ReadFile(r.fsys, "deploy/compose.yaml")
	if err != nil {
		return []string{err.Error()}
	}
	var c compose
	if err := yaml.Unmarshal(raw, &c); err != nil {
		return []string{err.Error()}
	}
	var bad []string
	for _, name := range slices.Sorted(maps.Keys(c.Services)) {
		for _, problem := range c.Services[name].problems() {
			bad = append(bad, "deploy/compose.yaml: "+name+": "+problem)
		}
	}
	for _, problem := range append(c.andonProblems(), c.redisProblems()...) {
		bad = append(bad, "deploy/compose.yaml: "+problem)
	}
	return bad
}

// problems are what every service owes.
func (s service) problems() []string {
	var bad []string
	demand := func(ok bool, text string) {
		if !ok {
			bad = append(bad, text)
		}
	}
	demand(s.ReadOnly, "read_only is missing")
	demand(slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0 && !s.Privileged, "all capabilities have to be dropped")
	demand(slices.Contains(s.SecurityOpt, "no-new-privileges:true"), "no-new-privileges is missing")
	demand(s.MemLimit != "", "mem_limit is missing")
	demand(s.User != "" && s.User != "root" && !strings.HasPrefix(s.User, "0"), "runs as root")
	demand(len(s.Healthcheck.Test) > 1 && s.Healthcheck.Test[0] == "CMD", "a health check without a shell is missing")
	demand(s.Restart == "unless-stopped", "does not come back by itself")
	for _, port := range s.Ports {
		demand(strings.HasPrefix(port, "127.0.0.1:"), "port "+port+" is open to the world")
	}
	return bad
}

// andonProblems are what andon's own service owes beyond that.
func (c compose) andonProblems() []string {
	s := c.Services["andon"]
	var bad []string
	if !slices.Equal(s.Healthcheck.Test, []string{"CMD", "/andon", "healthcheck"}) {
		bad = append(bad, "andon: the health check has to be the binary itself")
	}
	limit, goLimit := mebibytes(s.MemLimit), mebibytes(s.Environment["GOMEMLIMIT"])
	if goLimit == 0 || goLimit >= limit {
		bad = append(bad, fmt.Sprintf("andon: GOMEMLIMIT (%d MiB) has to lie below mem_limit (%d MiB)", goLimit, limit))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Environment)) {
		value := s.Environment[name]
		secret := strings.HasPrefix(value, "/run/secrets/")
		switch {
		case strings.HasSuffix(name, "_FILE") != secret:
			bad = append(bad, "andon: "+name+" and its value do not fit: a secret comes from /run/secrets")
		case secret && !slices.Contains(s.Secrets, strings.TrimPrefix(value, "/run/secrets/")):
			bad = append(bad, "andon: "+name+" names a secret that is not given to it")
		case regexp.MustCompile(`(TOKEN|SECRET|PASSWORD)$`).MatchString(name):
			bad = append(bad, "andon: "+name+" is a secret in the environment")
		}
	}
	for _, name := range s.Secrets {
		if _, ok := c.Secrets[name]; !ok {
			bad = append(bad, "andon: the secret "+name+" is not declared")
		}
	}
	return bad
}

// redisProblems are what the Redis owes: it keeps what it is told, and nobody else reaches it.
func (c compose) redisProblems() []string {
	s := c.Services["redis"]
	var bad []string
	if !strings.Contains(strings.Join(s.Command, " "), "--appendonly yes") {
		bad = append(bad, "redis: forgets the queue when it restarts")
	}
	volume := ""
	if len(s.Volumes) == 1 {
		volume, _, _ = strings.Cut(s.Volumes[0], ":")
	}
	if _, ok := c.Volumes[volume]; !ok {
		bad = append(bad, "redis: has no volume")
	}
	for _, network := range s.Networks {
		if !c.Networks[network].Internal {
			bad = append(bad, "redis: is in the network "+network+", which is not internal")
		}
	}
	if len(s.Ports) > 0 || len(s.Networks) == 0 {
		bad = append(bad, "redis: can be reached from outside")
	}
	return bad
}

// mebibytes reads sizes such as 256m and 200MiB, 0 for anything else.
func mebibytes(text string) int {
	var n int
	var unit string
	if _, err := fmt.Sscanf(text, "%d%s", &n, &unit); err != nil || unit != "m" && unit != "MiB" {
		return 0
	}
	return n
}

func TestCompose(t *testing.T) {
	for _, bad := range composeRule(loadRepository(t)) {
		t.Error(bad)
	}
}

const goodCompose = `
services:
  andon:
    user: "65532:65532"
    environment: {GOMEMLIMIT: 200MiB, ANDON_JIRA_TOKEN_FILE: /run/secrets/token}
    secrets: [token]
    ports: ["127.0.0.1:8080:8080"]
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 256m
    restart: unless-stopped
    healthcheck: {test: [CMD, /andon, healthcheck]}
  redis:
    user: redis
    command: [redis-server, --appendonly, "yes"]
    volumes: ["queue:/data"]
    networks: [inside]
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 128m
    restart: unless-stopped
    healthcheck: {test: [CMD, redis-cli, ping]}
networks: {inside: {internal: true}}
volumes: {queue: {}}
secrets: {token: {file: ./token}}
`

func TestComposeRuleFindsWhatIsPlanted(t *testing.T) {
	change := func(from, to string) map[string]string {
		return map[string]string{"deploy/compose.yaml": strings.Replace(goodCompose, from, to, 1)}
	}
	const at = "deploy/compose.yaml: "
	runPlanted(t, []planted{
		{"a good one", composeRule, change("", ""), nil},
		{"a root that can be written", composeRule, change("    read_only: true\n", ""), []string{at + "andon: read_only is missing"}},
		{"capabilities", composeRule, change("cap_drop: [ALL]", "cap_drop: [NET_RAW]"), []string{at + "andon: all capabilities have to be dropped"}},
		{"new privileges", composeRule, change(`["no-new-privileges:true"]`, "[]"), []string{at + "andon: no-new-privileges is missing"}},
		{"root", composeRule, change("user: redis", `user: "0"`), []string{at + "redis: runs as root"}},
		{"no limit", composeRule, change("    mem_limit: 128m\n", ""), []string{at + "redis: mem_limit is missing"}},
		{"open to the world", composeRule, change("127.0.0.1:8080:8080", "8080:8080"), []string{at + "andon: port 8080:8080 is open to the world"}},
		{"a shell for health", composeRule, change("[CMD, /andon, healthcheck]", "[CMD-SHELL, curl]"),
			[]string{at + "andon: a health check without a shell is missing", at + "andon: the health check has to be the binary itself"}},
		{"Go may take all memory", composeRule, change("200MiB", "256MiB"), []string{at + "andon: GOMEMLIMIT (256 MiB) has to lie below mem_limit (256 MiB)"}},
		{"a secret in the environment", composeRule, change("ANDON_JIRA_TOKEN_FILE: /run/secrets/token", "ANDON_JIRA_TOKEN: abc"), []string{at + "andon: ANDON_JIRA_TOKEN is a secret in the environment"}},
		{"a secret from elsewhere", composeRule, change("/run/secrets/token", "/etc/token"), []string{at + "andon: ANDON_JIRA_TOKEN_FILE and its value do not fit: a secret comes from /run/secrets"}},
		{"a secret that is not given", composeRule, change("secrets: [token]", "secrets: []"), []string{at + "andon: ANDON_JIRA_TOKEN_FILE names a secret that is not given to it"}},
		{"a secret that is not declared", composeRule, change("secrets: {token:", "secrets: {other:"), []string{at + "andon: the secret token is not declared"}},
		{"a Redis that forgets", composeRule, change("--appendonly", "--save"), []string{at + "redis: forgets the queue when it restarts"}},
		{"a Redis without a volume", composeRule, change("queue:/data", "./data:/data"), []string{at + "redis: has no volume"}},
		{"a Redis with a way out", composeRule, change("internal: true", "internal: false"), []string{at + "redis: is in the network inside, which is not internal"}},
		{"a Redis in the open", composeRule, change("    networks: [inside]\n", "    ports: [\"127.0.0.1:6379:6379\"]\n"), []string{at + "redis: can be reached from outside"}},
		{"not YAML", composeRule, map[string]string{"deploy/compose.yaml": "a: ["}, []string{"yaml: line 1: did not find expected node content"}},
	})
}
