package house

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// instruction is one line of a Dockerfile, its continuations joined.
type instruction struct{ name, args string }

// dockerfile reads instructions and throws comments away.
func dockerfile(text string) []instruction {
	var out []instruction
	joined := strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(joined) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, args, _ := strings.Cut(line, " ")
		out = append(out, instruction{strings.ToUpper(name), strings.Join(strings.Fields(args), " ")})
	}
	return out
}

// lastStage are the instructions from the last FROM on: they are the image.
func lastStage(all []instruction) []instruction {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].name == "FROM" {
			return all[i:]
		}
	}
	return nil
}

// find gives the arguments of all instructions of a name.
func find(all []instruction, name string) []string {
	var out []string
	for _, in := range all {
		if in.name == name {
			out = append(out, in.args)
		}
	}
	return out
}

// imageRule reports what makes the image less than static, bare and without rights.
func imageRule(r repo) []string {
	raw, err := fs.ReadFile(r.fsys, "Dockerfile")
	if err != nil {
		return []string{err.Error()}
	}
	all := dockerfile(string(raw))
	image := lastStage(all)
	var bad []string
	demand := func(ok bool, text string) {
		if !ok {
			bad = append(bad, "Dockerfile: "+text)
		}
	}
	one := func(name, want string) {
		demand(slices.Equal(find(image, name), []string{want}), "the image needs exactly: "+name+" "+want)
	}
	one("FROM", "scratch")
	one("USER", "65532:65532")
	one("ENTRYPOINT", `["/andon"]`)
	one("CMD", `["serve"]`)
	one("EXPOSE", "8080")
	health := find(image, "HEALTHCHECK")
	demand(len(health) == 1 && strings.HasSuffix(health[0], ` CMD ["/andon", "healthcheck"]`), "the health check has to be the binary itself")
	demand(len(find(image, "RUN")) == 0, "nothing can run in an empty image")
	demand(len(find(all, "ADD"))+len(find(all, "ENV")) == 0, "neither ADD nor ENV is needed")
	demand(slices.ContainsFunc(find(image, "COPY"), func(a string) bool { return strings.Contains(a, "/etc/ssl/certs/ca-certificates.crt") }),
		"the certificates of the public authorities are missing")
	demand(len(find(image, "LABEL")) > 0, "labels are missing")
	build := strings.Join(find(all, "RUN"), "\n")
	for _, want := range []string{"CGO_ENABLED=0", "-trimpath", "-X main.version=$VERSION", "./cmd/andon"} {
		demand(strings.Contains(build, want), "the build lacks "+want)
	}
	demand(strings.Contains(find(all, "FROM")[0], "golang:"+goVersion(r)+" "), "the build needs golang:"+goVersion(r)+", as go.mod says")
	return bad
}

// goVersion is major and minor of the Go version that go.mod asks for.
func goVersion(r repo) string {
	raw, err := fs.ReadFile(r.fsys, "go.mod")
	if err != nil {
		return ""
	}
	if m := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(raw); m != nil {
		return string(m[1])
	}
	return ""
}

// contextRule reports what .dockerignore lets into the build without need, and what the
// build needs but does not get.
func contextRule(r repo) []string {
	raw, err := fs.ReadFile(r.fsys, ".dockerignore")
	if err != nil {
		return []string{err.Error()}
	}
	lines := strings.Fields(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(string(raw), ""))
	if len(lines) == 0 || lines[0] != "*" {
		return []string{".dockerignore: has to begin with *, so that nothing gets in by accident"}
	}
	var bad []string
	let := []string{}
	for _, line := range lines {
		if name, ok := strings.CutPrefix(line, "!"); ok {
			let = append(let, name)
			if !slices.Contains([]string{"go.mod", "go.sum", "cmd", "jira", "rules", "webhook"}, name) {
				bad = append(bad, ".dockerignore: lets in "+name)
			}
		}
	}
	for _, s := range r.product() {
		if top, _, _ := strings.Cut(s.path, "/"); !slices.Contains(let, top) {
			bad = append(bad, ".dockerignore: keeps out "+s.path)
		}
	}
	return bad
}

func TestContainer(t *testing.T) {
	r := loadRepository(t)
	for _, bad := range append(imageRule(r), contextRule(r)...) {
		t.Error(bad)
	}
}

// goodDockerfile is the least that the rule takes.
const goodDockerfile = `# comment
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 \
  go build -trimpath -ldflags "-X main.version=$VERSION" ./cmd/andon
FROM scratch
LABEL a=b
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s CMD ["/andon", "healthcheck"]
ENTRYPOINT ["/andon"]
CMD ["serve"]
`

func TestImageRuleFindsWhatIsPlanted(t *testing.T) {
	change := func(from, to string) map[string]string {
		return map[string]string{"go.mod": "module x\ngo 1.26.0\n", "Dockerfile": strings.Replace(goodDockerfile, from, to, 1)}
	}
	runPlanted(t, []planted{
		{"a good one", imageRule, change("", ""), nil},
		{"none at all", imageRule, map[string]string{"go.mod": ""}, []string{"open Dockerfile: file does not exist"}},
		{"a base with a shell", imageRule, change("FROM scratch", "FROM alpine"), []string{"Dockerfile: the image needs exactly: FROM scratch"}},
		{"root", imageRule, change("USER 65532:65532\n", ""), []string{"Dockerfile: the image needs exactly: USER 65532:65532"}},
		{"root at last", imageRule, change("USER 65532:65532\n", "USER 65532:65532\nUSER 0\n"), []string{"Dockerfile: the image needs exactly: USER 65532:65532"}},
		{"a shell for health", imageRule, change(`["/andon", "healthcheck"]`, "curl localhost"), []string{"Dockerfile: the health check has to be the binary itself"}},
		{"a command in the image", imageRule, change("EXPOSE 8080\n", "EXPOSE 8080\nRUN true\n"), []string{"Dockerfile: nothing can run in an empty image"}},
		{"a secret in the environment", imageRule, change("EXPOSE 8080\n", "EXPOSE 8080\nENV ANDON_JIRA_TOKEN=x\n"), []string{"Dockerfile: neither ADD nor ENV is needed"}},
		{"no certificates", imageRule, change("COPY --from=build /etc", "COPY --from=build /opt"), []string{"Dockerfile: the certificates of the public authorities are missing"}},
		{"a dynamic binary", imageRule, change("CGO_ENABLED=0 ", ""), []string{"Dockerfile: the build lacks CGO_ENABLED=0"}},
		{"another Go", imageRule, change("golang:1.26", "golang:1.25"), []string{"Dockerfile: the build needs golang:1.26, as go.mod says"}},
	})
}

func TestContextRuleFindsWhatIsPlanted(t *testing.T) {
	runPlanted(t, []planted{
		{"a good one", contextRule, map[string]string{".dockerignore": "# why\n*\n!go.mod\n!cmd\n**/*_test.go\n", "cmd/a.go": "", "jira/a_test.go": ""}, nil},
		{"open", contextRule, map[string]string{".dockerignore": ".git\n"}, []string{".dockerignore: has to begin with *, so that nothing gets in by accident"}},
		{"history", contextRule, map[string]string{".dockerignore": "*\n!.git\n"}, []string{".dockerignore: lets in .git"}},
		{"a package missing", contextRule, map[string]string{".dockerignore": "*\n!cmd\n", "jira/a.go": ""}, []string{".dockerignore: keeps out jira/a.go"}},
	})
}
