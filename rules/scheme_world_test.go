package rules

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"
)

// own and another are permission schemes of the site that are not andon's.
const (
	ownScheme     = int64(0)
	anotherScheme = int64(5)
)

// wschemes are the permission schemes of the model.
type wschemes struct {
	present    int64
	texts      map[int64]string // the descriptions, by id
	next       int64
	unreadable string
	passing    bool
	// swap and damaged are what the project's property tells.
	swap    Swap
	damaged bool
}

// newSchemes are the project's own scheme, which is in use, and another one.
func newSchemes() wschemes {
	return wschemes{present: ownScheme, texts: map[int64]string{ownScheme: "", anotherScheme: "made by hand"}, next: 100}
}

// ref names a scheme.
func (s *wschemes) ref(id int64) SchemeRef {
	return SchemeRef{ID: id, Name: fmt.Sprintf("Scheme %d", id)}
}

// copies are the ids of andon's copies, in order.
func (s *wschemes) copies() []int64 {
	var out []int64
	for _, id := range slices.Sorted(maps.Keys(s.texts)) {
		if id >= 100 {
			out = append(out, id)
		}
	}
	return out
}

// copied is a model that shares nothing that an act changes.
func (s wschemes) copied() wschemes {
	s.texts = maps.Clone(s.texts)
	return s
}

// fact is what Jira tells of the scheme in use.
func (s *wschemes) fact(project string) Scheme {
	if s.unreadable != "" {
		return Scheme{Read: true, Unreadable: s.unreadable, Passing: s.passing}
	}
	out := Scheme{Read: true, Present: s.ref(s.present)}
	if original, ours := CopyOf(s.texts[s.present], project); ours {
		out.Copy, out.Original = true, SchemeRef{ID: original}
	}
	out.Foreign = !out.Copy && CopyOfAny(s.texts[s.present])
	return out
}

// applyScheme carries out what concerns permission schemes, and checks that it may be
// carried out. It says whether the action was one of these.
func (w *world) applyScheme(t tb, a Action) (Result, bool) {
	t.Helper()
	s := &w.schemes
	switch a := a.(type) {
	case SwapScheme:
		w.maySwap(t, a)
		if len(s.copies()) == 0 {
			s.texts = maps.Clone(s.texts)
			s.texts[s.next] = a.Description
			s.next++
		}
		s.present = s.copies()[0]
		return Result{Scheme: s.ref(s.present)}, true
	case RestoreScheme:
		switch {
		case s.present < 100:
			t.Fatalf("the scheme is given back, and the project does not use andon's copy")
		case a.Original.ID >= 100:
			t.Fatalf("a copy of andon's is given back as the original")
		}
		s.present = a.Original.ID
	case DropScheme:
		if s.present >= 100 {
			t.Fatalf("the copy is deleted while the project uses it")
		}
		s.texts = maps.Clone(s.texts)
		for _, id := range s.copies() {
			delete(s.texts, id)
		}
	default:
		return Result{}, false
	}
	return Result{}, true
}

// maySwap checks what must hold before a scheme is replaced.
func (w *world) maySwap(t tb, a SwapScheme) {
	t.Helper()
	s := &w.schemes
	declared := slices.ContainsFunc(slices.Sorted(maps.Keys(w.issues)), w.everDeclared)
	switch {
	case s.swap.State != SwapMoving || s.swap.Original.ID != s.present || a.Original != s.swap.Original:
		t.Fatalf("scheme %d is replaced, and the project's property tells %+v", s.present, s.swap)
	case s.present >= 100:
		t.Fatalf("andon's copy is copied")
	case w.settings.Freeze != FreezePermissions || w.project.TeamManaged || !declared:
		t.Fatalf("the scheme is replaced, with the setting %q, team-managed %v, ever declared %v", w.settings.Freeze, w.project.TeamManaged, declared)
	}
	if original, ours := CopyOf(a.Description, w.project.ID); !ours || original != a.Original.ID {
		t.Fatalf("the copy's description does not tell the way back: %s", a.Description)
	}
}

// rememberSwap writes the project's property.
func (w *world) rememberSwap(t tb, s Swap) {
	t.Helper()
	if (s.open() || s.State == SwapLeft) && s.Original.ID >= 100 {
		t.Fatalf("a copy of andon's is remembered as the original: %+v", s)
	}
	w.schemes.swap, w.schemes.damaged = s, false
}

// schemeActs are what happens to permission schemes behind andon's back.
func (a *adversary) schemeActs() map[string]func(*rapid.T) {
	s := &a.w.schemes
	return map[string]func(*rapid.T){
		"choose how to freeze": func(t *rapid.T) {
			a.w.settings.Freeze = rapid.SampledFrom([]FreezeMode{FreezeReact, FreezePermissions, FreezePermissions}).Draw(t, "mode")
		},
		"assign a scheme": func(t *rapid.T) {
			s.present = rapid.SampledFrom(slices.Sorted(maps.Keys(s.texts))).Draw(t, "scheme")
		},
		"refuse schemes": func(t *rapid.T) {
			key := rapid.SampledFrom([]string{"swap-scheme/", "restore-scheme/", "drop-scheme/"}).Draw(t, "what")
			a.w.refuse[key] = Failure{Text: "no schemes", Final: rapid.Bool().Draw(t, "final")}
		},
		"hide the scheme": func(t *rapid.T) {
			s.unreadable = rapid.SampledFrom([]string{"", "Jira answers 403"}).Draw(t, "unreadable")
			s.passing = rapid.Bool().Draw(t, "passing")
		},
		"damage the property": func(*rapid.T) { a.w.memory, s.swap, s.damaged = nil, Swap{}, true },
	}
}

// schemesSettled checks how the scheme stands once all faults have ended.
func schemesSettled(t tb, w *world, p Plan) {
	t.Helper()
	s := &w.schemes
	copyInUse, wanted := s.present >= 100, p.Frozen && w.settings.Freeze == FreezePermissions
	switch {
	case copyInUse && !wanted && s.swap.State != SwapNone:
		t.Errorf("no freeze wants it, and the project uses andon's copy: %+v", s.swap)
	case copyInUse && wanted && s.swap.State != SwapInForce && s.swap.State != SwapGivenUp && w.writable:
		t.Errorf("the copy is in use, and the property tells %+v", s.swap)
	case !copyInUse && len(s.copies()) > 0 && s.swap.State != SwapNone && w.writable:
		t.Errorf("the copies %v are left behind, and the property tells %+v", s.copies(), s.swap)
	}
	if s.texts[ownScheme] != "" || s.texts[anotherScheme] != "made by hand" {
		t.Errorf("a scheme that is not andon's was changed: %v", s.texts)
	}
}
