package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const chart = "../../deploy/helm/andon"

// helm runs Helm in the chart's folder.
func helm(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool(t, "helm"), args...)
	cmd.Dir = chart
	cmd.Env = append(os.Environ(), "HELM_CACHE_HOME="+t.TempDir(), "HELM_CONFIG_HOME="+t.TempDir(), "HELM_DATA_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// manifest is a Kubernetes object, as far as the tests read it.
type manifest struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Replicas int
		Template struct{ Spec podSpec }
		Rules    []struct {
			Host string
			HTTP struct{ Paths []struct{ Path string } } `yaml:"http"`
		}
		PolicyTypes    []string         `yaml:"policyTypes"`
		Ingress        []map[string]any `yaml:"ingress"`
		Egress         []map[string]any `yaml:"egress"`
		MaxUnavailable int              `yaml:"maxUnavailable"`
		Ports          []struct{ Port int }
	}
}

// podSpec is what a pod runs, and with which rights.
type podSpec struct {
	AutomountServiceAccountToken  *bool `yaml:"automountServiceAccountToken"`
	EnableServiceLinks            *bool `yaml:"enableServiceLinks"`
	HostNetwork                   bool  `yaml:"hostNetwork"`
	TerminationGracePeriodSeconds int   `yaml:"terminationGracePeriodSeconds"`
	SecurityContext               struct {
		RunAsNonRoot   bool                  `yaml:"runAsNonRoot"`
		RunAsUser      int                   `yaml:"runAsUser"`
		FSGroup        int                   `yaml:"fsGroup"`
		SeccompProfile struct{ Type string } `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	Containers []containerSpec
	Volumes    []struct {
		Name   string
		Secret struct {
			SecretName  string `yaml:"secretName"`
			DefaultMode int    `yaml:"defaultMode"`
			Items       []struct{ Key, Path string }
		}
	}
}

// containerSpec is one container.
type containerSpec struct {
	Image           string
	SecurityContext struct {
		AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
		ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
		Privileged               bool
		Capabilities             struct{ Drop, Add []string }
	} `yaml:"securityContext"`
	Env            []struct{ Name, Value string }
	StartupProbe   probeSpec `yaml:"startupProbe"`
	LivenessProbe  probeSpec `yaml:"livenessProbe"`
	ReadinessProbe probeSpec `yaml:"readinessProbe"`
	Resources      struct{ Limits map[string]string }
	Lifecycle      struct {
		PreStop struct{ Sleep struct{ Seconds int } } `yaml:"preStop"`
	}
}

// probeSpec is a probe.
type probeSpec struct {
	HTTPGet struct{ Path string } `yaml:"httpGet"`
}

// rendered gives the objects of the chart with a set of values, by kind and name.
func rendered(t *testing.T, values string) map[string]manifest {
	t.Helper()
	out, err := helm(t, "template", "andon", ".", "--namespace", "jira", "--kube-version", "1.33.0", "--values", values)
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	objects := map[string]manifest{}
	for d := yaml.NewDecoder(strings.NewReader(out)); ; {
		var o manifest
		err := d.Decode(&o)
		if errors.Is(err, io.EOF) {
			return objects
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		objects[o.Kind+" "+o.Metadata.Name] = o
	}
}

// valueSets are the sets of values that are rendered here.
func valueSets(t *testing.T) []string {
	t.Helper()
	sets, err := filepath.Glob(chart + "/ci/*.yaml")
	if err != nil || len(sets) < 3 {
		t.Fatalf("%v, %v", sets, err)
	}
	for i := range sets {
		sets[i] = "ci/" + filepath.Base(sets[i])
	}
	return sets
}

func TestHelmFindsNoFaultInTheChart(t *testing.T) {
	for _, values := range append(valueSets(t), "values.yaml") {
		if out, err := helm(t, "lint", "--strict", ".", "--values", values); err != nil {
			t.Errorf("%s: %v\n%s", values, err, out)
		}
	}
}

func TestTheChartRunsAndonWithoutRights(t *testing.T) {
	for _, values := range valueSets(t) {
		t.Run(values, func(t *testing.T) {
			pod := rendered(t, values)["Deployment andon"].Spec.Template.Spec
			if len(pod.Containers) != 1 {
				t.Fatalf("%d containers", len(pod.Containers))
			}
			c := pod.Containers[0]
			for demand, ok := range map[string]bool{
				"a read-only root":         c.SecurityContext.ReadOnlyRootFilesystem,
				"no further rights":        c.SecurityContext.AllowPrivilegeEscalation != nil && !*c.SecurityContext.AllowPrivilegeEscalation && !c.SecurityContext.Privileged,
				"no capabilities":          slices.Equal(c.SecurityContext.Capabilities.Drop, []string{"ALL"}) && len(c.SecurityContext.Capabilities.Add) == 0,
				"a user without rights":    pod.SecurityContext.RunAsNonRoot && pod.SecurityContext.RunAsUser == 65532 && pod.SecurityContext.FSGroup == 65532,
				"seccomp":                  pod.SecurityContext.SeccompProfile.Type == "RuntimeDefault",
				"no token of Kubernetes":   pod.AutomountServiceAccountToken != nil && !*pod.AutomountServiceAccountToken,
				"no variables of services": pod.EnableServiceLinks != nil && !*pod.EnableServiceLinks,
				"a network of its own":     !pod.HostNetwork,
				"a limit of memory":        c.Resources.Limits["memory"] != "",
				"probes":                   c.StartupProbe.HTTPGet.Path == "/healthz" && c.LivenessProbe.HTTPGet.Path == "/healthz" && c.ReadinessProbe.HTTPGet.Path == "/readyz",
				"a pause at the end":       c.Lifecycle.PreStop.Sleep.Seconds > 0,
				"secrets for it alone":     len(pod.Volumes) > 0 && pod.Volumes[0].Secret.DefaultMode == 0o440,
			} {
				if !ok {
					t.Errorf("there is not: %s", demand)
				}
			}
		})
	}
}

func TestTheChartSetsValidSettings(t *testing.T) {
	for _, values := range valueSets(t) {
		t.Run(values, func(t *testing.T) {
			d := rendered(t, values)["Deployment andon"]
			pod := d.Spec.Template.Spec
			var environ, mounted []string
			for _, item := range pod.Volumes[0].Secret.Items {
				mounted = append(mounted, "/run/secrets/andon/"+item.Path)
			}
			for _, v := range pod.Containers[0].Env {
				if strings.HasSuffix(v.Name, "_FILE") && strings.HasPrefix(v.Name, "ANDON_") {
					if !slices.Contains(mounted, v.Value) {
						t.Errorf("%s names %s, which is not mounted: %v", v.Name, v.Value, mounted)
					}
					text := v.Name + "-0123456789abcdef\n"
					switch v.Name {
					case "ANDON_REDIS_URL_FILE":
						text = "redis://redis:6379/0"
					case "ANDON_NOTIFY_URLS_FILE":
						text = "ntfy://chat.example.com/andon"
					}
					v.Value = writeSecret(t, text)
				}
				if v.Name == "ANDON_NOTICE_TEMPLATES" {
					v.Value = writeSecret(t, `{{define "declared.title"}}The line is stopped{{end}}`)
				}
				environ = append(environ, v.Name+"="+v.Value)
			}
			c := mustLoad(t, environ)
			if _, err := c.ruleSettings(); err != nil {
				t.Error(err)
			}
			if (c.RedisURL == "") != (d.Spec.Replicas == 1) || c.MetricsListen != ":9090" || c.Listen != ":8080" {
				t.Errorf("%d replicas, Redis %t, %s, %s", d.Spec.Replicas, c.RedisURL != "", c.Listen, c.MetricsListen)
			}
			if grace := c.ShutdownGrace.Seconds() + 5; float64(pod.TerminationGracePeriodSeconds) <= grace {
				t.Errorf("a pod is killed after %d s, and needs %v", pod.TerminationGracePeriodSeconds, grace)
			}
		})
	}
}

func TestTheChartOpensNoMoreThanItIsAskedTo(t *testing.T) {
	cloud, dc, single := rendered(t, "ci/cloud.yaml"), rendered(t, "ci/datacenter.yaml"), rendered(t, "ci/single.yaml")
	if paths := cloud["Ingress andon"].Spec.Rules[0].HTTP.Paths; len(paths) != 1 || paths[0].Path != "/webhooks" {
		t.Errorf("the ingress brings %v", paths)
	}
	if p := cloud["NetworkPolicy andon"].Spec; len(p.PolicyTypes) != 2 || len(p.Ingress) != 2 || p.Ingress[0]["from"] == nil || len(p.Egress) != 3 || p.Egress[2]["to"] == nil {
		t.Errorf("the policy of the network is %+v", p)
	}
	if p := dc["NetworkPolicy andon"].Spec; len(p.Ingress) != 1 || len(p.Egress) != 4 {
		t.Errorf("the policy of the network is %+v", p)
	}
	for name, want := range map[string]bool{"Ingress andon": false, "PodDisruptionBudget andon": false, "NetworkPolicy andon": false, "ConfigMap andon": false, "ServiceMonitor andon": false, "Service andon": true} {
		if _, ok := single[name]; ok != want {
			t.Errorf("%s with a single replica: %t", name, ok)
		}
	}
	for _, name := range []string{"PodDisruptionBudget andon", "ServiceMonitor andon", "Service andon-metrics", "ServiceAccount andon"} {
		if _, ok := cloud[name]; !ok {
			t.Errorf("there is no %s", name)
		}
	}
	if image := dc["Deployment andon"].Spec.Template.Spec.Containers[0].Image; !strings.Contains(image, "@sha256:") {
		t.Errorf("the image is %s", image)
	}
}

func TestTheChartRefusesWhatCannotWork(t *testing.T) {
	const url = "jira.url=https://example.atlassian.net"
	for _, c := range []struct{ fault, set, want string }{
		{"no Jira", "replicas=2", "set jira.url"},
		{"replicas without Redis", url + ",secretKeys.redisURL=", "several replicas"},
		{"a secret in the open", url + ",settings.ANDON_JIRA_TOKEN=abc", "ANDON_JIRA_TOKEN"},
		{"no setting", url + ",settings.JIRA=abc", "JIRA"},
		{"an unknown value", url + ",replicaCount=3", "replicaCount"},
		{"an ingress for no host", url + ",ingress.enabled=true", "ingress"},
		{"nothing that proves a webhook", url + ",secretKeys.webhookSecret=", "secretKeys"},
		{"a password in the address", "jira.url=https://me:secret@example.com", "jira"},
	} {
		out, err := helm(t, "template", "andon", ".", "--set", c.set)
		if err == nil || !strings.Contains(out, c.want) {
			t.Errorf("%s: %v: %s", c.fault, err, out)
		}
	}
}

const (
	valuesBegin = "<!-- values:begin -->\n"
	valuesEnd   = "<!-- values:end -->"
)

// With ANDON_TEST_UPDATE=1 the table is written instead of compared.
func TestTheChartsReadmeListsItsValues(t *testing.T) {
	raw, err := os.ReadFile(chart + "/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	want := "| value | default | meaning |\n|---|---|---|\n" + strings.Join(valueRows(t, "", doc.Content[0]), "")
	text, err := os.ReadFile(chart + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), valuesBegin)
	table, after, closed := strings.Cut(rest, valuesEnd)
	if !ok || !closed {
		t.Fatal("the chart's README.md has no place for the table")
	}
	if table == want {
		return
	}
	if os.Getenv("ANDON_TEST_UPDATE") != "1" {
		t.Fatalf("the table is not the one of values.yaml; ANDON_TEST_UPDATE=1 writes it:\n%s", want)
	}
	if err := os.WriteFile(chart+"/README.md", []byte(before+valuesBegin+want+valuesEnd+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// valueRows are the rows of all values below a mapping.
func valueRows(t *testing.T, prefix string, m *yaml.Node) []string {
	t.Helper()
	var rows []string
	for i := 0; i < len(m.Content); i += 2 {
		key, value := m.Content[i], m.Content[i+1]
		name, comment := prefix+key.Value, key.HeadComment
		if value.Kind == yaml.MappingNode && len(value.Content) > 0 && value.Content[0].HeadComment != "" {
			rows = append(rows, valueRows(t, name+".", value)...)
			continue
		}
		_, comment, _ = strings.Cut(comment[strings.LastIndex(comment, "\n")+1:], "# ")
		if comment == "" {
			t.Errorf("%s says nothing about itself", name)
		}
		var plain any
		if err := value.Decode(&plain); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(plain); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, "| `"+name+"` | `"+strings.TrimSpace(b.String())+"` | "+cell(comment)+" |\n")
	}
	return rows
}
