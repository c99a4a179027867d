package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/jira/jiratest"
)

// adversaryChecks is how many random stories are told for each product. More, and other
// ones each time, are had with ANDON_TEST_ADVERSARY.
const adversaryChecks = 25

// adversary plans as wildly as people and programs like while planning is frozen.
type adversary struct {
	st *tale
	// home is the open sprint of each issue when the freeze began, highest the youngest
	// sprint then.
	home    map[int64]int64
	highest int64
	names   int
	log     []string
}

// TestNoPlanningStaysInForceWhateverPeopleDo plays random sequences of acts on sprints and
// issues against andon, with lost and doubled webhooks and restarts in between. In the end
// nothing that was planned in the freeze is left, and nothing of BLOG's was touched.
func TestNoPlanningStaysInForceWhateverPeopleDo(t *testing.T) {
	checks := strconv.Itoa(less(adversaryChecks))
	if n := os.Getenv("ANDON_TEST_ADVERSARY"); n != "" {
		checks = n
	}
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", old); err != nil {
			t.Error(err)
		}
	})
	for _, f := range []jiratest.Flavour{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(fmt.Sprint(f), func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) { playAdversary(t, r, f) })
		})
	}
}

// playAdversary is one random story.
func playAdversary(t *testing.T, r *rapid.T, f jiratest.Flavour) {
	eyes := &witness{TB: t, at: "the story"}
	defer func() {
		if p := recover(); p != nil {
			if _, over := p.(storyOver); !over {
				panic(p)
			}
			r.Fatalf("%s", strings.Join(eyes.faults, "\n"))
		}
	}()
	a := begin(eyes, f)
	acts := a.acts()
	for range rapid.IntRange(3, 25).Draw(r, "length") {
		acts[rapid.IntRange(0, len(acts)-1).Draw(r, "act")](r)
	}
	a.st.w.jira.SetFate(nil)
	for range 4 {
		a.st.w.clock.Advance(80 * time.Second)
		a.work()
	}
	a.check()
	a.st.still("a settled freeze")
	a.st.w.boot()
	a.st.still("a settled freeze after a restart")
	if len(eyes.faults) > 0 {
		r.Fatalf("%s\nafter %s", strings.Join(eyes.faults, "\n"), strings.Join(a.log, "\n"))
	}
}

// begin declares a disaster in a project with two boards, and notes how things stand.
func begin(eyes *witness, f jiratest.Flavour) *adversary {
	a := &adversary{st: newStory(eyes, f, nil), home: map[int64]int64{}}
	w := a.st.w
	w.must(a.st.addBoard("scrum", "SHOP web", "SHOP", ""))
	w.must(a.st.addSprint([]string{"future", "Web 1", "SHOP web", "SHOP-10"}))
	w.must(w.jira.As("po@example.com").AddLabel("SHOP-6", "disaster"))
	a.work()
	w.clock.Advance(time.Minute)
	for _, s := range w.jira.Sprints() {
		a.highest = max(a.highest, s.ID)
	}
	for _, i := range w.jira.Issues("") {
		a.home[i.ID] = a.openSprint(i)
	}
	return a
}

// openSprint is the open sprint that holds an issue, 0 for the backlog.
func (a *adversary) openSprint(i jiratest.Issue) int64 {
	for _, id := range i.Sprints {
		if s, ok := a.st.w.jira.Sprint(id); ok && s.State != jiratest.SprintClosed {
			return id
		}
	}
	return 0
}

// work lets andon work until nothing is due. Whatever of BLOG changes meanwhile, andon did.
func (a *adversary) work() {
	w := a.st.w
	before := w.jira.DumpProject("BLOG")
	for _, err := range w.settle() {
		w.t.Errorf("a look failed: %v", err)
	}
	if after := w.jira.DumpProject("BLOG"); !sameWorld(before, after) {
		w.t.Errorf("something of project BLOG was touched: %s", difference(pretty(before), pretty(after)))
	}
}

// acts are what happens, the common ones more than once.
func (a *adversary) acts() []func(*rapid.T) {
	return []func(*rapid.T){a.createSprint, a.createSprint, a.startSprint, a.startSprint, a.endSprint, a.deleteSprint, a.renameSprint, a.reopenSprint,
		a.putIssues, a.putIssues, a.putIssues, a.takeIssues, a.createIssue, a.cloneIssue, a.wander,
		a.weather, a.restart, a.wait, func(*rapid.T) { a.work() }, func(*rapid.T) { a.work() }}
}

// tell notes an act; that Jira refuses it is people's own trouble.
func (a *adversary) tell(err error, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if err != nil {
		line += fmt.Sprintf(" (refused: %v)", err)
	}
	a.log = append(a.log, line)
}

// who acts.
func (a *adversary) who(r *rapid.T) (string, *jiratest.Person) {
	who := rapid.SampledFrom([]string{"sm", "dev", "lead", "po"}).Draw(r, "who")
	return who, a.st.as(who)
}

// sprint is any sprint in one of the states, 0 if there is none.
func (a *adversary) sprint(r *rapid.T, states ...string) int64 {
	var fit []int64
	for _, s := range a.st.w.jira.Sprints() {
		if slices.Contains(states, s.State) {
			fit = append(fit, s.ID)
		}
	}
	if len(fit) == 0 {
		return 0
	}
	return rapid.SampledFrom(fit).Draw(r, "sprint")
}

// some are issues of project SHOP; sub-tasks follow their parents.
func (a *adversary) some(r *rapid.T, most int) []string {
	var fit []string
	for _, i := range a.st.w.jira.Issues("SHOP") {
		if i.ParentID == 0 {
			fit = append(fit, i.Key)
		}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(fit), 1, most, rapid.ID[string]).Draw(r, "issues")
}

func (a *adversary) createSprint(r *rapid.T) {
	who, p := a.who(r)
	board := rapid.SampledFrom([]string{"SHOP board", "SHOP board", "SHOP web", "BLOG and SHOP together", "BLOG board"}).Draw(r, "board")
	a.names++
	_, err := p.CreateSprint(a.st.board(board).ID, fmt.Sprintf("Habit %d", a.names))
	a.tell(err, "%s creates sprint Habit %d on board %s", who, a.names, board)
}

func (a *adversary) startSprint(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintFuture)
	a.tell(p.StartSprint(id, fortnight), "%s starts sprint %d", who, id)
}

func (a *adversary) endSprint(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintActive)
	to := rapid.SampledFrom([]int64{0, a.sprint(r, jiratest.SprintFuture)}).Draw(r, "to")
	if !a.ours(id) {
		to = 0 // what BLOG plans in a sprint of ours goes with that sprint
	}
	a.tell(p.CompleteSprint(id, to), "%s completes sprint %d, open issues go to %d", who, id, to)
}

func (a *adversary) deleteSprint(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintFuture)
	a.tell(p.DeleteSprint(id), "%s deletes sprint %d", who, id)
}

func (a *adversary) renameSprint(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintFuture, jiratest.SprintActive)
	_, err := p.Do("POST", "/rest/agile/1.0/sprint/"+itoa(id), map[string]string{"name": "Nothing to see here", "goal": "CANCELLED by SHOP-6: not really"})
	a.tell(err, "%s renames sprint %d", who, id)
}

func (a *adversary) reopenSprint(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintClosed)
	a.tell(p.ReopenSprint(id), "%s opens sprint %d again", who, id)
}

func (a *adversary) putIssues(r *rapid.T) {
	who, p := a.who(r)
	id, issues := a.sprint(r, jiratest.SprintFuture, jiratest.SprintActive), a.some(r, 4)
	a.tell(p.MoveToSprint(id, issues...), "%s puts %v into sprint %d", who, issues, id)
}

func (a *adversary) takeIssues(r *rapid.T) {
	who, p := a.who(r)
	issues := a.some(r, 2)
	a.tell(p.MoveToBacklog(issues...), "%s takes %v out", who, issues)
}

func (a *adversary) createIssue(r *rapid.T) {
	who, p := a.who(r)
	id := a.sprint(r, jiratest.SprintFuture, jiratest.SprintActive)
	a.names++
	_, err := p.Do("POST", "/rest/api/2/issue", map[string]any{"fields": map[string]any{"project": map[string]string{"key": "SHOP"},
		"issuetype": map[string]string{"name": "Story"}, "summary": fmt.Sprintf("Wish %d", a.names), jiratest.SprintField: id}})
	a.tell(err, "%s creates Wish %d in sprint %d", who, a.names, id)
}

func (a *adversary) cloneIssue(r *rapid.T) {
	who, _ := a.who(r)
	a.st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.CloneKeepsSprint = true })
	issue := rapid.SampledFrom([]string{"SHOP-10", "SHOP-11", "SHOP-2"}).Draw(r, "original")
	_, err := a.st.w.jira.Clone(email(who), issue)
	a.tell(err, "%s clones %s", who, issue)
}

// wander takes an issue to BLOG and, some day, back. The names of the keys stay the same.
func (a *adversary) wander(r *rapid.T) {
	who, _ := a.who(r)
	project := rapid.SampledFrom([]string{"BLOG", "SHOP", "SHOP"}).Draw(r, "project")
	issue := rapid.SampledFrom([]string{"SHOP-3", "SHOP-11"}).Draw(r, "wanderer")
	if project == "BLOG" { // what is BLOG's in a sprint of ours goes with that sprint
		a.tell(a.st.as(who).MoveToBacklog(issue), "%s takes %s out", who, issue)
	}
	_, err := a.st.w.jira.Move(email(who), issue, project)
	a.tell(err, "%s moves %s to %s", who, issue, project)
}

func (a *adversary) weather(r *rapid.T) {
	fates := map[string]func(jiratest.Delivery) jiratest.Fate{"arrive": nil,
		"are lost":     func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Lose: true} },
		"come twice":   func(jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Copies: 1} },
		"come crossed": func(d jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Behind: int(d.ID % 2 * 3)} }}
	fate := rapid.SampledFrom([]string{"arrive", "are lost", "come twice", "come crossed"}).Draw(r, "webhooks")
	a.st.w.jira.SetFate(fates[fate])
	a.tell(nil, "webhooks %s", fate)
}

func (a *adversary) restart(*rapid.T) {
	a.st.w.boot()
	a.tell(nil, "andon restarts with nothing in memory")
}

func (a *adversary) wait(r *rapid.T) {
	d := rapid.SampledFrom([]time.Duration{time.Second, 30 * time.Second, 2 * time.Minute, 2 * time.Hour}).Draw(r, "wait")
	a.st.w.clock.Advance(d)
	a.tell(nil, "%s pass", d)
}

// ours says whether a sprint is of one of the project's boards.
func (a *adversary) ours(sprint int64) bool {
	s, _ := a.st.w.jira.Sprint(sprint)
	return s.OriginBoardID != 0 && (s.OriginBoardID == a.st.board("SHOP board").ID || s.OriginBoardID == a.st.board("SHOP web").ID)
}

// check holds the site against the field's words: no sprint of the project runs, none was
// created since, and every issue is where it was, or in the backlog.
func (a *adversary) check() {
	w := a.st.w
	for _, s := range w.jira.Sprints() {
		if a.ours(s.ID) && (s.State == jiratest.SprintActive || s.State == jiratest.SprintFuture && s.ID > a.highest) {
			w.t.Errorf("sprint %d %q is %s", s.ID, s.Name, s.State)
		}
	}
	for _, i := range w.jira.Issues("SHOP") {
		_, task := i.Properties["andon.task"]
		now := a.openSprint(i)
		if i.ParentID == 0 && !task && i.Key != "SHOP-6" && a.ours(now) && now != a.home[i.ID] {
			w.t.Errorf("%s is in sprint %d; when the freeze began it was in %d", i.Key, now, a.home[i.ID])
		}
	}
	if p, ok := a.st.lastPlan("SHOP"); !ok || !p.Frozen {
		w.t.Errorf("planning is free: %v", ok)
	}
}
