package jiratest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// foreign is a place in a Jira that is not ours: a throw-away project on a real site,
// or anything that claims to be one. It speaks HTTP alone.
type foreign struct {
	base, name string
	accounts   map[string]string // "user", "admin" -> "login:secret", or a personal access token
	known      map[string]string
	client     *http.Client
	patience   time.Duration // between the tries at what an index shows late
}

func (p *foreign) product() string          { return p.name }
func (p *foreign) given() map[string]string { return p.known }
func (p *foreign) choose(func(*Knobs)) bool { return false }

func (p *foreign) send(as string, req *http.Request) (*http.Response, error) {
	u, err := url.Parse(p.base + req.URL.String())
	if err != nil {
		return nil, err
	}
	req.URL = u
	login, secret, basic := strings.Cut(p.accounts[as], ":")
	if as == "intruder" {
		login, _, basic = strings.Cut(p.accounts["user"], ":")
		secret = "wrong"
	}
	switch {
	case as == "nobody":
	case basic:
		req.SetBasicAuth(login, secret)
	case as == "intruder":
		req.Header.Set("Authorization", "Bearer wrong")
	default:
		req.Header.Set("Authorization", "Bearer "+login)
	}
	return p.client.Do(req)
}

// ask makes a call and reads the answer; a status of 400 and above is an error.
func (p *foreign) ask(as, method, path, body string, into any) error {
	req, err := http.NewRequest(method, path, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := p.send(as, req)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s %s as %s: %d %.300s", method, path, as, res.StatusCode, text)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(bytes.NewReader(text)).Decode(into)
}

// foreignPlace gets to know a site and refuses a project that is not empty.
func foreignPlace(base, project string, accounts map[string]string) (*foreign, error) {
	p := &foreign{base: strings.TrimSuffix(base, "/"), accounts: accounts, client: &http.Client{Timeout: 30 * time.Second}, patience: 2 * time.Second}
	var info struct{ DeploymentType, BaseURL string }
	var made struct{ ID, Key string }
	var boards struct{ Values []struct{ ID json.Number } }
	var fields []struct {
		ID     string
		Schema struct{ Custom string }
	}
	err := errors.Join(p.ask("nobody", "GET", "/rest/api/2/serverInfo", "", &info), p.ask("user", "GET", "/rest/api/2/project/"+project, "", &made),
		p.ask("user", "GET", "/rest/agile/1.0/board?type=scrum&projectKeyOrId="+project, "", &boards), p.ask("user", "GET", "/rest/api/2/field", "", &fields))
	if err != nil {
		return nil, err
	}
	if len(boards.Values) == 0 {
		return nil, fmt.Errorf("project %s has no scrum board: make it from the template of Scrum", project)
	}
	p.name = "Data Center"
	if info.DeploymentType == "Cloud" {
		p.name = "Cloud"
	}
	p.known = map[string]string{"project": made.Key, "projectId": made.ID, "board": boards.Values[0].ID.String(), "site": info.BaseURL}
	for _, f := range fields {
		if strings.HasSuffix(f.Schema.Custom, ":gh-sprint") {
			p.known["sprintField"] = f.ID
		}
	}
	for name := range accounts {
		var me struct{ AccountID, Key, Name, DisplayName, EmailAddress string }
		if err := p.ask(name, "GET", "/rest/api/2/myself", "", &me); err != nil {
			return nil, err
		}
		p.known[name], p.known[name+"Name"], p.known[name+"Mail"], p.known[name+"Login"] = me.AccountID+me.Key, me.DisplayName, me.EmailAddress, me.Name
	}
	issues, sprints, err := p.holds()
	if err != nil {
		return nil, err
	}
	if len(issues)+len(sprints) > 0 {
		return nil, fmt.Errorf("project %s is not empty: %d issues, %d open sprints; name one that may be thrown away", project, len(issues), len(sprints))
	}
	return p, nil
}

// holds lists the issues of the project and the open sprints of its board.
func (p *foreign) holds() (issues []string, sprints map[string]string, err error) {
	var found struct{ Issues []struct{ ID string } }
	var open struct {
		Values []struct {
			ID    json.Number
			State string
		}
	}
	path := "/rest/api/2/search"
	if p.name == "Cloud" {
		path += "/jql"
	}
	body := fmt.Sprintf(`{"jql":"project = %s","maxResults":100}`, p.known["project"])
	err = errors.Join(p.ask("user", "POST", path, body, &found), p.ask("user", "GET", "/rest/agile/1.0/board/"+p.known["board"]+"/sprint?state=active,future", "", &open))
	for _, i := range found.Issues {
		issues = append(issues, i.ID)
	}
	sprints = map[string]string{}
	for _, s := range open.Values {
		sprints[s.ID.String()] = s.State
	}
	return issues, sprints, err
}

// clean takes away what a behaviour left: its issues, and its open sprints. A closed
// sprint stays, since Jira has no way to be rid of it.
func (p *foreign) clean(known map[string]string) error {
	issues, sprints, err := p.holds()
	for name, id := range known { // an index may not know the latest yet
		if _, given := p.known[name]; !given && regexp.MustCompile(`^\d+$`).MatchString(id) && known[name+"Key"] != "" && !slices.Contains(issues, id) {
			issues = append(issues, id)
		}
	}
	for _, id := range issues {
		if gone := p.ask("admin", "DELETE", "/rest/api/2/issue/"+id+"?deleteSubtasks=true", "", nil); gone != nil && !strings.Contains(gone.Error(), ": 404 ") {
			err = errors.Join(err, gone)
		}
	}
	for id, state := range sprints {
		if state == SprintActive {
			err = errors.Join(err, p.ask("user", "POST", "/rest/agile/1.0/sprint/"+id, `{"state":"closed"}`, nil))
		} else {
			err = errors.Join(err, p.ask("user", "DELETE", "/rest/agile/1.0/sprint/"+id, "", nil))
		}
	}
	return err
}

// unfit says why a behaviour cannot be shown on a foreign site; empty if it can.
func (p *foreign) unfit(b behaviour) string {
	if b.turn != nil {
		return "behaviour cannot be chosen there"
	}
	known := maps.Clone(p.known)
	for _, x := range b.script {
		for _, m := range regexp.MustCompile(`\{([a-zA-Z]+)\}`).FindAllStringSubmatch(fmt.Sprint(x.call, x.body, x.text, x.facts), -1) {
			if known[m[1]] == "" {
				return "the site has no " + m[1]
			}
		}
		method, path, _ := strings.Cut(x.call, " ")
		beyond := regexp.MustCompile(`/(permissionscheme|webhooks?|role|project|notify|board)\b`).MatchString(path)
		if x.as == "admin" && method != http.MethodGet || beyond && method != http.MethodGet {
			return "it changes more than issues and sprints of the project"
		}
		if x.send["Authorization"] != "" || regexp.MustCompile(`HIDE|TEAM|NONE|testers`).MatchString(x.call+x.body) {
			return "it needs the simulated site's own people and projects"
		}
		for name := range x.keep {
			known[name] = "kept"
		}
	}
	return ""
}

// examine shows all behaviours that fit, one after the other, and tells what was wrong with which.
func (p *foreign) examine(log func(format string, args ...any)) (wrong map[string]error, shown int, err error) {
	wrong = map[string]error{}
	subjects := suite()
	for _, subject := range slices.Sorted(maps.Keys(subjects)) {
		for _, b := range subjects[subject] {
			if b.only != "" && b.only != p.name {
				continue
			}
			if why := p.unfit(b); why != "" {
				log("not shown: %s: %s", b.says, why)
				continue
			}
			known := maps.Clone(p.known)
			for i, x := range b.script {
				failed := play(p, x, known)
				for tries := 0; failed != nil && tries < 5 && strings.Contains(x.call, "search"); tries++ {
					<-time.After(p.patience)
					failed = play(p, x, known)
				}
				if failed != nil {
					wrong[subject+": "+b.says] = fmt.Errorf("source: %s\ncall %d: %s: %w", b.source, i+1, x.call, failed)
					break
				}
			}
			shown++
			if err := p.clean(known); err != nil {
				return wrong, shown, fmt.Errorf("clean up after %q: %w", b.says, err)
			}
		}
	}
	return wrong, shown, nil
}

// TestConformanceOfASite examines a site that the environment names; without one it has
// nothing to do. README.md tells how.
func TestConformanceOfASite(t *testing.T) {
	base := os.Getenv("ANDON_CONFORM_URL")
	if base == "" {
		return
	}
	p, err := foreignPlace(base, os.Getenv("ANDON_CONFORM_PROJECT"), map[string]string{"user": os.Getenv("ANDON_CONFORM_USER"), "admin": os.Getenv("ANDON_CONFORM_ADMIN")})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s at %s: creates issues and sprints in project %s, on board %s, and deletes them again; closed sprints stay", p.name, p.base, p.known["project"], p.known["board"])
	wrong, shown, err := p.examine(t.Logf)
	for _, says := range slices.Sorted(maps.Keys(wrong)) {
		t.Errorf("%s\n%v", says, wrong[says])
	}
	if err != nil {
		t.Error(err)
	}
	t.Logf("%d behaviours were shown, %d of them are otherwise", shown, len(wrong))
}
