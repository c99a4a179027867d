package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The chain of stages is pinned here: which acts come in which order, story by story, so
// that nobody reorders them unseen.
func TestTheOrderOfActs(t *testing.T) {
	tests := []struct {
		name   string
		before []string // acts with a look after each
		act    string
		want   []string // the keys of everything that is done, in order
	}{
		{
			name: "a declaration: remember, stop the line, list, tasks, words, record, news",
			act:  "po labels SHOP-100 disaster",
			want: []string{
				"remember/100",
				"cancel-sprint/100/10",
				"remember-project/10000",
				"create-tasks/100/1/inform+contain+evidence+restore-data+deploy+dns+verify+consult+root-cause",
				"status/100",
				"remember/100",
				"notify/100",
				"remember/100",
			},
		},
		{
			name: "a proposal: one comment",
			act:  "dev labels SHOP-100 disaster",
			want: []string{
				"say/100/proposed.100",
			},
		},
		{
			name: "a rehearsal: one comment",
			act:  "po labels SHOP-100 disaster disaster-rehearsal",
			want: []string{
				"say/100/rehearsal.100",
			},
		},
		{
			name:   "a second kind: only what is missing",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "po labels SHOP-100 disaster-data",
			want: []string{
				"create-tasks/100/1/stop-writers+salvage+reconcile+integrity",
				"status/100",
				"remember/100",
			},
		},
		{
			name:   "a sprint started in the freeze: remember, cancel, words, record, news",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev starts sprint 11",
			want: []string{
				"remember/100",
				"cancel-sprint/100/11",
				"status/100",
				"say/100/violation.100.started.11",
				"remember/100",
				"notify/100",
				"remember/100",
			},
		},
		{
			name:   "a sprint created in the freeze: remember, delete, words, record, news",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev creates sprint 20",
			want: []string{
				"remember/100",
				"delete-sprint/100/20",
				"status/100",
				"say/100/violation.100.created.20",
				"remember/100",
				"notify/100",
				"remember/100",
			},
		},
		{
			name:   "the label taken off by somebody else: explain first, then put back",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev unlabels SHOP-100 disaster",
			want: []string{
				"say/100/put-back.100",
				"labels/100/+disaster/-",
				"remember/100",
			},
		},
		{
			name:   "a release: words, record, and only then off the list, then news",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev closes root-cause of SHOP-100",
			want: []string{
				"status/100",
				"say/100/released.100.1.1",
				"remember/100",
				"remember-project/10000",
				"notify/100",
				"remember/100",
			},
		},
		{
			name:   "a withdrawal: words, record, and only then off the list, then news",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "po unlabels SHOP-100 disaster",
			want: []string{
				"status/100",
				"say/100/withdrawn.100.1",
				"remember/100",
				"remember-project/10000",
				"notify/100",
				"remember/100",
			},
		},
		{
			name:   "a relapse: the record and the list first",
			before: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
			act:    "dev reopens root-cause of SHOP-100",
			want: []string{
				"remember/100",
				"remember-project/10000",
				"status/100",
				"say/100/relapse.100.1.2",
				"remember/100",
				"notify/100",
				"remember/100",
			},
		},
		{
			name:   "a new sprint after the release: noted, and shown",
			before: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
			act:    "dev starts sprint 11",
			want: []string{
				"status/100",
				"remember/100",
			},
		},
		{
			name:   "a return to service that comes too early: explain first, then take off",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "po labels SHOP-100 system-restored",
			want: []string{
				"say/100/not-ready.100",
				"labels/100/+/-system-restored",
				"remember/100",
			},
		},
		{
			name:   "a task closed: shown",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev closes inform of SHOP-100",
			want: []string{
				"status/100",
				"remember/100",
			},
		},
		{
			name:   "a task deleted: created again, and shown",
			before: []string{"po labels SHOP-100 disaster"},
			act:    "dev deletes task inform of SHOP-100",
			want: []string{
				"create-tasks/100/1/inform",
				"status/100",
				"remember/100",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			w.settings.Channels = []string{"chat"}
			for _, act := range test.before {
				w.play(t, act)
				w.look(t)
			}
			w.play(t, test.act)
			var got []string
			for _, a := range w.look(t).acts {
				got = append(got, a.Key())
			}
			same := slices.EqualFunc(got, test.want, func(g, w string) bool { return g == w || strings.HasPrefix(g, w+".") || strings.HasPrefix(g, w+"/") })
			if !same {
				t.Errorf("did\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
			settled(t, w)
		})
	}
}

// Whatever Jira refuses, everything else is done, and the refused act once it may be.
func TestWhatJiraRefusesHoldsUpNothingElse(t *testing.T) {
	tests := []struct {
		name    string
		refused string
		done    []string
		not     []string
	}{
		{
			name:    "the record: then nothing at all but a comment",
			refused: "remember/",
			done:    []string{"say/100/not-stored"},
			not:     []string{"cancel-sprint/", "create-tasks/", "status/", "remember-project/", "notify/"},
		},
		{
			name:    "the sprint: tasks and words go on",
			refused: "cancel-sprint/",
			done:    []string{"remember/", "remember-project/", "create-tasks/", "status/", "notify/"},
		},
		{
			name:    "the project's list: everything else goes on",
			refused: "remember-project/",
			done:    []string{"remember/", "cancel-sprint/", "create-tasks/", "status/", "notify/"},
		},
		{
			name:    "the tasks: everything else goes on",
			refused: "create-tasks/",
			done:    []string{"remember/", "cancel-sprint/", "remember-project/", "status/", "notify/"},
		},
		{
			name:    "the status comment: everything else goes on",
			refused: "status/",
			done:    []string{"remember/", "cancel-sprint/", "remember-project/", "create-tasks/", "notify/"},
		},
		{
			name:    "a channel: everything else goes on",
			refused: "notify/",
			done:    []string{"remember/", "cancel-sprint/", "remember-project/", "create-tasks/", "status/"},
		},
	}
	for _, test := range tests {
		for _, final := range []bool{true, false} {
			name := test.name + ", for a moment"
			if final {
				name = test.name + ", for good"
			}
			t.Run(name, func(t *testing.T) {
				w := newWorld()
				w.settings.Channels = []string{"chat"}
				w.refuse[test.refused] = Failure{Text: "no permission", Final: final}
				w.add(po, "100", "disaster")
				w.look(t)
				w.tick(time.Minute)
				w.look(t)
				did := func(prefix string) bool {
					return slices.ContainsFunc(w.done, func(k string) bool { return strings.HasPrefix(k, prefix) })
				}
				for _, prefix := range test.done {
					if !did(prefix) && (final || prefix != "say/100/not-stored") {
						t.Errorf("%s was not done", prefix)
					}
				}
				for _, prefix := range append(test.not, test.refused) {
					if did(prefix) {
						t.Errorf("%s was done", prefix)
					}
				}
				w.refuse = map[string]Failure{}
				w.look(t)
				settled(t, w)
				if w.find(10).State != SprintClosed || w.task("100", "root-cause") == nil || !slices.Equal(w.memory, []string{"100"}) || len(w.issues["100"].told) != 1 {
					t.Errorf("sprint %s, list %v, told %v", w.find(10).State, w.memory, w.issues["100"].told)
				}
			})
		}
	}
}

func TestTheStatusSaysWhatAHumanMustDo(t *testing.T) {
	for _, test := range []struct{ refused, want string }{
		{"cancel-sprint/", "*Needs a human:* Jira refused to close sprint 10: no permission. Close the sprint by hand, or remove what stands in the way: andon's account needs Manage Sprints"},
		{"create-tasks/", "*Needs a human:* Jira refused to create tasks of the playbook: no permission. Give andon's account Create Issues, or set the fields that the project requires with ANDON_TASK_FIELDS. Andon tries again at every look."},
	} {
		t.Run(test.refused, func(t *testing.T) {
			w := newWorld()
			w.issue("10", dev)
			w.refuse[test.refused] = Failure{Text: "no permission", Final: true}
			w.add(po, "100", "disaster")
			w.look(t)
			w.add(po, "10", "disaster")
			w.look(t)
			if got := bodies(w, "status")[0]; !strings.Contains(got, test.want) {
				t.Errorf("the status lacks %q:\n%s", test.want, got)
			}
			other := w.issues["10"].bodies["status.10"]
			if test.refused == "cancel-sprint/" && strings.Contains(other, "Needs a human") {
				t.Errorf("the other disaster, whose id is like the sprint's, tells of it too:\n%s", other)
			}
		})
	}
}

func TestTheStatusIsWrittenOnlyWhenSomethingHasHappened(t *testing.T) {
	w := declaredWorld(t)
	w.refuse["cancel-sprint/"] = Failure{Text: "no permission", Final: true}
	w.find(11).State = SprintActive
	w.look(t)
	n := len(w.done)
	for range 10 {
		w.tick(time.Hour)
		w.look(t)
	}
	if more := w.done[n:]; len(more) > 0 {
		t.Errorf("ten looks without news did %v", more)
	}
}

func TestTheListOfOpenDisasters(t *testing.T) {
	tests := []struct {
		name string
		acts []string
		want []string
	}{
		{
			name: "a proposal is not on it",
			acts: []string{"dev labels SHOP-100 disaster"},
		},
		{
			name: "a rehearsal is not on it",
			acts: []string{"po labels SHOP-100 disaster disaster-rehearsal"},
		},
		{
			name: "an open disaster is on it",
			acts: []string{"po labels SHOP-100 disaster"},
			want: []string{"100"},
		},
		{
			name: "two open disasters are on it in the order of their ids",
			acts: []string{"dev opens SHOP-99", "po labels SHOP-100 disaster", "po labels SHOP-99 disaster"},
			want: []string{"99", "100"},
		},
		{
			name: "a resolved disaster is not on it",
			acts: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
		},
		{
			name: "a disaster that came back is on it again",
			acts: []string{"po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100"},
			want: []string{"100"},
		},
		{
			name: "a withdrawn disaster is not on it",
			acts: []string{"po labels SHOP-100 disaster", "po unlabels SHOP-100 disaster"},
		},
		{
			name: "a hidden disaster stays on it",
			acts: []string{"po labels SHOP-100 disaster", "dev hides SHOP-100"},
			want: []string{"100"},
		},
		{
			name: "a deleted disaster stays on it",
			acts: []string{"po labels SHOP-100 disaster", "dev deletes SHOP-100"},
			want: []string{"100"},
		},
		{
			name: "a moved disaster stays on it",
			acts: []string{"po labels SHOP-100 disaster", "dev moves SHOP-100 to BLOG"},
			want: []string{"100"},
		},
		{
			name: "a disaster whose record is lost stays on it",
			acts: []string{"po labels SHOP-100 disaster", "dev loses SHOP-100"},
			want: []string{"100"},
		},
		{
			name: "a deleted proposal is not on it",
			acts: []string{"dev labels SHOP-100 disaster", "dev deletes SHOP-100"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			for _, act := range test.acts {
				w.play(t, act)
				w.look(t)
			}
			if !slices.Equal(w.memory, test.want) {
				t.Errorf("on the list are %v, want %v", w.memory, test.want)
			}
		})
	}
}

func TestWithoutAListNothingIsWrittenThere(t *testing.T) {
	for _, m := range []ProjectMemory{{Writable: false}, {Writable: true, Unreadable: "broken"}} {
		w := declaredWorld(t)
		f := w.facts()
		f.Memory = m
		for _, a := range decided(w, f).Actions {
			if _, ok := a.(RememberProject); ok {
				t.Errorf("with %+v it does %s", m, a.Line())
			}
		}
	}
}
