package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"andon/jira/jiratest"
)

// tale is a story while it is told.
type tale struct {
	w *world
	// alias are names that the story gave to issues.
	alias map[string]string
	// blog is project BLOG as people left it; nil-like once andon may touch it.
	blog     jiratest.World
	blogOpen bool
	// down is true while andon does not run.
	down bool
	// failed are looks that failed and of which the story has not spoken yet.
	failed []error
	// atStart and atAct count the writes at the beginning and before the last act.
	atStart, atAct int
	// expiry is the fault that stands for an expired password.
	expiry int64
	fate   func(jiratest.Delivery) jiratest.Fate
}

// newStory sets the scene: the demo's site and a running andon.
func newStory(t testing.TB, f jiratest.Flavour, settings []string) *tale {
	w := newWorld(t, f, settings...)
	return &tale{w: w, alias: map[string]string{}, blog: w.jira.DumpProject("BLOG")}
}

// mark remembers where the writes stand before an act.
func (st *tale) mark() { st.atAct = st.w.jira.Writes() }

// settle lets andon work until nothing is due, and sees to it that BLOG is untouched.
func (st *tale) settle() {
	st.w.t.Helper()
	if st.down {
		st.w.jira.DeliverAll(st.w.t.Context())
		return
	}
	st.failed = append(st.failed, st.w.settle()...)
	if now := st.w.jira.DumpProject("BLOG"); !st.blogOpen && !sameWorld(st.blog, now) {
		st.w.t.Errorf("something of project BLOG was touched: %s", difference(pretty(st.blog), pretty(now)))
		st.blog = now
	}
}

// pretty is a world in lines that can be compared.
func pretty(w jiratest.World) string {
	text, err := json.MarshalIndent(w, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// end checks that nothing is left to do, neither for this andon nor for a new one.
func (st *tale) end() {
	st.w.t.Helper()
	for _, err := range st.failed {
		st.w.t.Errorf("a look failed: %v", err)
	}
	if st.down {
		return
	}
	st.still("a settled system")
	st.w.boot()
	st.still("a settled system after a restart")
}

// still looks at everything again and expects no write.
func (st *tale) still(what string) {
	st.w.t.Helper()
	before, seen, told := st.w.jira.Writes(), len(st.w.passes), len(st.w.post.all())
	keys := []string{sweepKey}
	for _, p := range st.w.jira.Dump().Projects {
		keys = append(keys, "project:"+p.Key)
	}
	for _, key := range keys {
		st.w.must(st.w.app.queue.Add(st.w.t.Context(), key, 0))
	}
	for _, err := range st.w.settle() {
		st.w.t.Errorf("a look at %s failed: %v", what, err)
	}
	if n := st.w.jira.Writes() - before; n != 0 {
		var did []string
		for _, p := range st.w.passes[seen:] {
			for _, a := range p.Done {
				did = append(did, a.Key())
			}
		}
		st.w.t.Errorf("%s was written to %d times: %s", what, n, strings.Join(did, ", "))
	}
	if again := st.w.post.all()[told:]; len(again) > 0 {
		st.w.t.Errorf("%s was told of: %+v", what, again)
	}
}

// email is a person's address.
func email(who string) string {
	if strings.Contains(who, "@") {
		return who
	}
	return who + "@example.com"
}

// as acts as a person.
func (st *tale) as(who string) *jiratest.Person { return st.w.jira.As(email(who)) }

var taskOf = regexp.MustCompile(`^(?:the (root-cause) task|task "([^"]+)") of (.+)$`)

// issue resolves the way in which a story names an issue: its key, a name in quotes, or
// a task of a disaster. It gives the id, which stays the same wherever the issue goes.
func (st *tale) issue(ref string) string {
	st.w.t.Helper()
	if m := taskOf.FindStringSubmatch(ref); m != nil {
		title := m[2]
		if m[1] != "" {
			title = rootCauseTitle
		}
		tasks := st.tasks(m[3], title)
		if len(tasks) == 0 {
			st.w.t.Fatalf("there is no %s", ref)
		}
		return fmt.Sprint(tasks[len(tasks)-1].ID) // the youngest
	}
	name := strings.Trim(ref, `"`)
	if id, ok := st.alias[name]; ok {
		return id
	}
	if i, ok := st.w.jira.Issue(name); ok {
		return fmt.Sprint(i.ID)
	}
	for _, i := range st.w.jira.Issues("") {
		if i.Summary == name {
			return fmt.Sprint(i.ID)
		}
	}
	st.w.t.Fatalf("there is no issue %s", ref)
	return ""
}

// key is the present key of an issue.
func (st *tale) key(ref string) string {
	i, _ := st.w.jira.Issue(st.issue(ref))
	return i.Key
}

// issues resolves "SHOP-1, SHOP-2 and SHOP-3" to ids.
func (st *tale) issues(refs string) []string {
	var out []string
	for _, ref := range list(refs) {
		out = append(out, st.issue(ref))
	}
	return out
}

// list cuts "a, b and c".
func list(text string) []string {
	if text == "nobody" || text == "nothing" {
		return nil
	}
	return regexp.MustCompile(`, | and `).Split(text, -1)
}

// tasks are the tasks of a disaster, sub-tasks and linked ones, oldest first, as far as
// their summary ends with a title.
func (st *tale) tasks(ref, title string) []jiratest.Issue {
	var out []jiratest.Issue
	for _, i := range append(st.w.jira.Subtasks(st.issue(ref)), st.linked(ref)...) {
		if _, marked := i.Properties["andon.task"]; marked && strings.HasSuffix(i.Summary, title) {
			out = append(out, i)
		}
	}
	return out
}

// linked are the issues that are linked to one and were created by andon.
func (st *tale) linked(ref string) []jiratest.Issue {
	bot, _ := st.w.jira.User("andon@example.com")
	self, _ := st.w.jira.Issue(st.issue(ref))
	var out []jiratest.Issue
	for _, l := range st.w.jira.Dump().Links {
		other := l.Source
		if other == self.ID {
			other = l.Dest
		} else if l.Dest != self.ID {
			continue
		}
		if i, ok := st.w.jira.Issue(fmt.Sprint(other)); ok && i.Creator == bot.ID {
			out = append(out, i)
		}
	}
	return out
}

// sprint finds a sprint by its name; the youngest of that name, gone or not.
func (st *tale) sprint(name string) jiratest.Sprint {
	st.w.t.Helper()
	s, ok := st.findSprint(name)
	if !ok {
		st.w.t.Fatalf("there is no sprint %q", name)
	}
	return s
}

func (st *tale) findSprint(name string) (jiratest.Sprint, bool) {
	var found jiratest.Sprint
	for _, s := range st.w.jira.Sprints() {
		if s.Name == name {
			found = s
		}
	}
	return found, found.ID != 0
}

// board finds a board by its name.
func (st *tale) board(name string) jiratest.Board {
	st.w.t.Helper()
	for _, b := range st.w.jira.Dump().Boards {
		if b.Name == name {
			return b
		}
	}
	st.w.t.Fatalf("there is no board %q", name)
	return jiratest.Board{}
}

// pass waits: time goes on in a few steps, and andon does what becomes due. While looks
// fail the steps are small for a while, since andon tries again soon.
func (st *tale) pass(d time.Duration) {
	small := 10
	for left := d; left > 0; {
		step, failed := min(left, d/3+time.Millisecond), len(st.failed)
		if small < 10 && small > 0 {
			step = min(left, 10*time.Second)
		}
		left -= step
		st.w.clock.Advance(step)
		st.w.jira.RunAutoSprints()
		st.settle()
		if small = small - 1; len(st.failed) == failed {
			small = 10
		}
	}
}

// duration reads "2 hours".
func duration(n, unit string) (time.Duration, error) {
	units := map[string]string{"second": "s", "minute": "m", "hour": "h"}
	unit = strings.TrimSuffix(unit, "s")
	if unit == "day" {
		d, err := time.ParseDuration(n + "h")
		return 24 * d, err
	}
	return time.ParseDuration(n + units[unit])
}

var errNot = errors.New("not as told")

// not is a check that fails.
func not(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errNot, fmt.Sprintf(format, args...))
}
