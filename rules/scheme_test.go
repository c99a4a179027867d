package rules

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// permissionWorld is the world of an operator who has the permissions taken away.
func permissionWorld() *world {
	w := newWorld()
	w.settings.Freeze = FreezePermissions
	return w
}

// takenWorld is one in which they have been.
func takenWorld(t *testing.T) *world {
	t.Helper()
	w := permissionWorld()
	w.add(po, "100", "disaster")
	w.look(t)
	if w.schemes.present != 100 || w.schemes.swap.State != SwapInForce {
		t.Fatalf("the project uses scheme %d, and its property tells %+v", w.schemes.present, w.schemes.swap)
	}
	w.tick(time.Minute)
	w.done = nil
	return w
}

// keysOf are the keys of what was done, without what follows the kind of an action.
func keysOf(w *world) []string {
	var out []string
	for _, k := range w.done {
		kind, _, _ := strings.Cut(k, "/")
		out = append(out, kind)
	}
	w.done = nil
	return out
}

func TestTheOrderOfActsWithPermissions(t *testing.T) {
	w := permissionWorld()
	w.settings.Channels = []string{"chat"}
	w.add(po, "100", "disaster")
	w.look(t)
	want := []string{"remember", "cancel-sprint", "remember-project", "swap-scheme", "remember-project", "create-tasks", "status", "remember", "notify", "remember"}
	if got := keysOf(w); !slices.Equal(got, want) {
		t.Errorf("a declaration: stop the line, write down the way back, take the permissions\n got %v\nwant %v", got, want)
	}
	w.closeTask("100", "root-cause", "Done")
	w.look(t)
	want = []string{"remember-project", "restore-scheme", "status", "say", "remember", "remember-project", "notify", "remember", "drop-scheme", "remember-project", "remember"}
	if got := keysOf(w); !slices.Equal(got, want) {
		t.Errorf("a release: the permissions are back first, then people are told, then the copy goes\n got %v\nwant %v", got, want)
	}
	if len(w.schemes.copies()) > 0 || w.schemes.present != ownScheme || w.schemes.swap != (Swap{}) {
		t.Errorf("something is left behind: %+v", w.schemes)
	}
}

func TestNothingIsReadOrDoneWithSchemesByDefault(t *testing.T) {
	w := newWorld()
	w.add(po, "100", "disaster")
	w.schemes.unreadable = "nobody should ask"
	for range 3 {
		if p := w.look(t); p.plan.Wants.Scheme || w.schemes.present != ownScheme {
			t.Fatal("the scheme was asked for")
		}
		w.closeTask("100", "root-cause", "Done")
	}
	if rec, _ := w.recordOf("100"); rec.Scheme != (Swap{}) {
		t.Errorf("the record tells of an exchange: %+v", rec.Scheme)
	}
}

func TestWhatBecomesOfTheScheme(t *testing.T) {
	final, passes := Failure{Text: "no", Final: true}, Failure{Text: "not now"}
	tests := []struct {
		name    string
		before  func(*testing.T, *world)
		present int64
		state   SwapState
		copies  int
		status  string
	}{
		{"it is taken away", func(*testing.T, *world) {}, 100, SwapInForce, 1, "*Permissions:* everybody but andon is without Manage Sprints"},
		{"other teams are warned", func(*testing.T, *world) {}, 100, SwapInForce, 1, "on other projects' boards that show this project's issues either."},
		{"nobody is warned of boards that there are not", func(_ *testing.T, w *world) { w.boards = w.boards[:1] }, 100, SwapInForce, 1, "comes back when planning is free.\n"},
		{"Data Center has three permissions", func(_ *testing.T, w *world) { w.flavour = DataCenter }, 100, SwapInForce, 1, "Manage Sprints, Start/Complete Sprints and Edit Sprints"},
		{"a team-managed project has none", func(_ *testing.T, w *world) { w.project.TeamManaged = true }, 0, SwapNone, 0, "a team-managed project has no permission scheme"},
		{"the property cannot be written", func(_ *testing.T, w *world) { w.writable = false }, 0, SwapNone, 0, "the way back could be forgotten"},
		{"the property is refused", func(_ *testing.T, w *world) { w.refuse["remember-project"] = final }, 0, SwapNone, 0, "the way back could be forgotten"},
		{"the property cannot be written at the moment", func(_ *testing.T, w *world) { w.refuse["remember-project"] = passes }, 0, SwapNone, 0, "*Planning:* frozen"},
		{"Jira refuses the exchange", func(_ *testing.T, w *world) { w.refuse["swap-scheme"] = final }, 0, SwapGivenUp, 0, "by undoing only, because the sprint permissions cannot be taken away: no."},
		{"Jira does not answer to the exchange", func(_ *testing.T, w *world) { w.refuse["swap-scheme"] = passes }, 0, SwapMoving, 0, "have not been taken away yet"},
		{"the scheme cannot be read", func(_ *testing.T, w *world) { w.schemes.unreadable = "secret" }, 0, SwapGivenUp, 0, "cannot be taken away: secret."},
		{"the scheme cannot be read at the moment", func(_ *testing.T, w *world) { w.schemes.unreadable, w.schemes.passing = "later", true }, 0, SwapNone, 0, "*Planning:* frozen"},
		{"a copy from before is in use", func(_ *testing.T, w *world) {
			w.schemes.texts[100], w.schemes.present, w.schemes.next = copyDescription(w.project, SchemeRef{ID: 5, Name: "x"}), 100, 101
		}, 100, SwapInForce, 1, "the permission scheme with the id 5"},
		{"a copy of another project's is in use", func(_ *testing.T, w *world) {
			w.schemes.texts[7], w.schemes.present = copyDescription(Project{ID: "20000", Key: "BLOG"}, SchemeRef{ID: 5}), 7
		}, 7, SwapGivenUp, 0, "which andon made for another project"},
		{"nobody could note the record, so nothing at all is done", func(_ *testing.T, w *world) { w.refuse["remember/"] = final }, 0, SwapNone, 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := permissionWorld()
			test.before(t, w)
			w.add(po, "100", "disaster")
			if p := w.look(t); !p.plan.Frozen {
				t.Error("planning is free")
			}
			if s := w.schemes; s.present != test.present || s.swap.State != test.state || len(s.copies()) != test.copies {
				t.Errorf("the project uses %d, its property tells %+v, the copies are %v", s.present, s.swap, s.copies())
			}
			if body := w.issues["100"].bodies[makeRef(statusRef, "100")]; !strings.Contains(body, test.status) {
				t.Errorf("the status does not say %q:\n%s", test.status, body)
			}
			for _, l := range w.look(t).lines {
				if !strings.HasPrefix(l, "refused") {
					t.Errorf("a second look still does: %s", l)
				}
			}
		})
	}
}

func TestWhatBecomesOfTheCopy(t *testing.T) {
	release := func(_ *testing.T, w *world) { w.closeTask("100", "root-cause", "Done") }
	tests := []struct {
		name    string
		acts    []func(*testing.T, *world) // a look after each
		present int64
		state   SwapState
		copies  int
		says    string
	}{
		{"the cause is closed", []func(*testing.T, *world){release}, 0, SwapNone, 0, "The project uses its own permission scheme again"},
		{"the declaration is withdrawn", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.take(po, "100", "disaster") }}, 0, SwapNone, 0, "The project uses its own permission scheme again"},
		{"somebody else takes the label off", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.take(dev, "100", "disaster") }}, 100, SwapInForce, 1, "everybody but andon"},
		{"the disaster is hidden", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.issues["100"].hidden = true }}, 100, SwapInForce, 1, ""},
		{"the operator changes his mind", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.settings.Freeze = FreezeReact }}, 0, SwapNone, 0, "*Planning:* frozen"},
		{"another scheme is assigned", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.present = anotherScheme }}, 5, SwapLeft, 0, "somebody else changed the project's permission scheme"},
		{"another scheme is assigned, then the cause is closed", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.present = anotherScheme }, release}, 5, SwapNone, 0, "Andon left it as it is"},
		{"another scheme is assigned as the cause is closed", []func(*testing.T, *world){func(t *testing.T, w *world) { w.schemes.present = anotherScheme; release(t, w) }}, 5, SwapNone, 0, "Andon left it as it is"},
		{"its own scheme is assigned by hand", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.present = ownScheme }}, 0, SwapLeft, 0, "somebody else changed"},
		{"the copy's description is changed", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.texts[100] = "mine" }}, 100, SwapInForce, 1, "everybody but andon"},
		{"the property is deleted", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.swap = Swap{} }}, 100, SwapInForce, 1, "everybody but andon"},
		{"the property is deleted as the cause is closed", []func(*testing.T, *world){func(t *testing.T, w *world) { w.schemes.swap = Swap{}; release(t, w) }}, 0, SwapNone, 0, "again: the permission scheme with the id 0"},
		{"the property is deleted and the operator changes his mind", []func(*testing.T, *world){func(_ *testing.T, w *world) { w.schemes.swap, w.settings.Freeze = Swap{}, FreezeReact }}, 0, SwapNone, 0, "*Planning:* frozen"},
		{"another worker writes over all that tells of it, and the cause is closed", []func(*testing.T, *world){func(t *testing.T, w *world) { forgets(t, w); release(t, w) }}, 0, SwapNone, 0, "Planning is free again"},
		{"another worker writes over all that tells of it, and the declaration is withdrawn", []func(*testing.T, *world){func(t *testing.T, w *world) { forgets(t, w); w.take(po, "100", "disaster") }}, 0, SwapNone, 0, "withdrawn"},
		{"another worker takes the permissions away after the release", []func(*testing.T, *world){release, func(t *testing.T, w *world) {
			w.schemes.present, w.schemes.texts[100] = 100, copyDescription(w.facts().Project, SchemeRef{ID: ownScheme})
			forgets(t, w)
		}}, 0, SwapNone, 0, "Planning is free again"},
		{"the property is damaged and the label withdrawn", []func(*testing.T, *world){func(_ *testing.T, w *world) {
			w.schemes.swap, w.schemes.damaged = Swap{}, true
			w.take(po, "100", "disaster")
		}}, 0, SwapNone, 0, "its own permission scheme again"},
		{"Jira refuses to give it back", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["restore-scheme"] = Failure{Text: "you may not", Final: true}
			release(t, w)
		}}, 100, SwapMoving, 1, "*But* the project's own permission scheme is not back yet: Jira refused to put it back: you may not."},
		{"Jira does not answer to giving it back", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["restore-scheme"] = Failure{Text: "503"}
			release(t, w)
		}}, 100, SwapMoving, 1, "Jira does not answer as it should"},
		{"Jira refuses first, then no longer", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["restore-scheme"] = Failure{Text: "you may not", Final: true}
			release(t, w)
		}, func(_ *testing.T, w *world) { w.refuse = map[string]Failure{} }}, 0, SwapNone, 0, "*But* the project's own permission scheme is not back yet"},
		{"the scheme cannot be read at the release", []func(*testing.T, *world){func(t *testing.T, w *world) { w.schemes.unreadable = "hidden"; release(t, w) }}, 100, SwapInForce, 1, "Jira does not tell which one the project uses: hidden"},
		{"the scheme cannot be read for a moment", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.schemes.unreadable, w.schemes.passing = "500", true
			release(t, w)
		}, func(_ *testing.T, w *world) { w.schemes.unreadable = "" }}, 0, SwapNone, 0, "Jira does not tell at the moment"},
		{"the property cannot be written at the release", []func(*testing.T, *world){func(t *testing.T, w *world) { w.writable = false; release(t, w) }}, 0, SwapInForce, 1, "Planning is free again"},
		{"the property is refused at the release", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["remember-project"] = Failure{Text: "no", Final: true}
			release(t, w)
		}}, 0, SwapInForce, 1, "Planning is free again"},
		{"Jira does not answer to the note at the release", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["remember-project"] = Failure{Text: "503"}
			release(t, w)
		}}, 100, SwapInForce, 1, "Jira does not answer as it should"},
		{"Jira does not answer to the note, and then the cause is opened again", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["remember-project"] = Failure{Text: "503"}
			release(t, w)
		}, func(_ *testing.T, w *world) { w.refuse = map[string]Failure{}; w.reopenTask("100", "root-cause") }}, 100, SwapInForce, 1, "everybody but andon"},
		{"Jira does not answer to the note for a moment", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["remember-project"] = Failure{Text: "503"}
			release(t, w)
		}, func(_ *testing.T, w *world) { w.refuse = map[string]Failure{} }}, 0, SwapNone, 0, "Planning is free again"},
		{"the copy cannot be deleted", []func(*testing.T, *world){func(t *testing.T, w *world) {
			w.refuse["drop-scheme"] = Failure{Text: "in use", Final: true}
			release(t, w)
		}}, 0, SwapMoving, 1, "its own permission scheme again"},
		{"the cause is opened again", []func(*testing.T, *world){release, func(_ *testing.T, w *world) { w.reopenTask("100", "root-cause") }}, 101, SwapInForce, 1, "everybody but andon"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := takenWorld(t)
			for _, act := range test.acts {
				w.tick(time.Minute)
				act(t, w)
				w.look(t)
			}
			if s := w.schemes; s.present != test.present || s.swap.State != test.state || len(s.copies()) != test.copies {
				t.Errorf("the project uses %d, its property tells %+v, the copies are %v", s.present, s.swap, s.copies())
			}
			if !slices.ContainsFunc(bodiesOf(w, "100"), func(b string) bool { return strings.Contains(b, test.says) }) && test.says != "" {
				t.Errorf("nothing says %q:\n%s", test.says, strings.Join(bodiesOf(w, "100"), "\n---\n"))
			}
			for _, l := range w.look(t).lines {
				if !strings.HasPrefix(l, "refused") {
					t.Errorf("another look still does: %s", l)
				}
			}
		})
	}
}

// forgets leaves nothing that tells of the exchange, as a worker does that had looked before it.
func forgets(t *testing.T, w *world) {
	t.Helper()
	rec, _ := w.recordOf("100")
	rec.Scheme = Swap{}
	raw, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	w.schemes.swap, w.issues["100"].record = Swap{}, raw
}

// bodiesOf are andon's comments on an issue.
func bodiesOf(w *world, id string) []string {
	var out []string
	for _, b := range w.issues[id].bodies {
		out = append(out, b)
	}
	slices.Sort(out)
	return out
}

func TestTheProcessDiesAnywhereInAnExchange(t *testing.T) {
	for dies := range 12 {
		w := permissionWorld()
		w.add(po, "100", "disaster")
		w.lookUntil(t, dies)
		w.seen = map[string]bool{}
		w.look(t)
		if w.schemes.present != 100 || w.schemes.swap.State != SwapInForce || w.schemes.swap.Original.ID != ownScheme {
			t.Errorf("died after %d acts of a declaration: %+v", dies, w.schemes)
		}
		w.closeTask("100", "root-cause", "Done")
		w.lookUntil(t, dies)
		w.seen = map[string]bool{}
		w.look(t)
		if w.schemes.present != ownScheme || len(w.schemes.copies()) > 0 || w.schemes.swap != (Swap{}) {
			t.Errorf("died after %d acts of a release: %+v", dies, w.schemes)
		}
		settled(t, w)
	}
}

func TestTheCauseIsOpenedAgainAfterADeathAnywhereInARelease(t *testing.T) {
	for dies := range 12 {
		w := takenWorld(t)
		w.closeTask("100", "root-cause", "Done")
		w.lookUntil(t, dies)
		w.reopenTask("100", "root-cause")
		p := w.look(t)
		if !p.plan.Frozen || w.schemes.present < 100 || w.schemes.swap.State != SwapInForce || w.schemes.swap.Original.ID != ownScheme {
			t.Errorf("died after %d acts: nobody else touched the scheme, and it is %+v", dies, w.schemes)
		}
		settled(t, w)
	}
}
