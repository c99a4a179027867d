package house

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// initRule reports init functions: what happens before main cannot be injected or tested.
func initRule(r repo) []string {
	var bad []string
	for _, s := range r.code {
		for _, f := range functions(s) {
			if f.Recv == nil && f.Name.Name == "init" {
				bad = append(bad, r.at(f.Pos(), "func init"))
			}
		}
	}
	return bad
}

// functions are the functions and methods of a file.
func functions(s source) []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			out = append(out, f)
		}
	}
	return out
}

// variableRule reports package-level variables that somebody could change.
func variableRule(r repo) []string {
	var bad []string
	for _, s := range r.product() {
		for _, d := range s.file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				bad = append(bad, mutable(r, s, decl, spec.(*ast.ValueSpec))...)
			}
		}
	}
	return bad
}

// mutable reports the names of a declaration that are not constant in effect.
func mutable(r repo, s source, decl *ast.GenDecl, v *ast.ValueSpec) []string {
	if embedded(v.Doc) || embedded(decl.Doc) {
		return nil
	}
	var bad []string
	for i, name := range v.Names {
		stamped := strings.HasPrefix(s.dir, "cmd/") && name.Name == "version" // by the linker
		if name.Name == "_" || stamped || i < len(v.Values) && constantCall(v.Values[i]) {
			continue
		}
		bad = append(bad, r.at(name.Pos(), "package-level variable %s", name.Name))
	}
	return bad
}

// embedded says whether a comment is the compiler's instruction to embed a file.
func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:embed ")
	})
}

// constantCall says whether an expression calls a function whose result nobody changes.
func constantCall(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && slices.Contains([]string{
		"errors.New", "fmt.Errorf", "regexp.MustCompile", "sync.OnceFunc", "sync.OnceValue", "template.Must", "strings.NewReplacer",
	}, pkg.Name+"."+sel.Sel.Name)
}

// panicRule reports panics outside tests, except in functions that say Must and in those
// that hand on http.ErrAbortHandler, for which net/http has no other way.
func panicRule(r repo) []string {
	var bad []string
	for _, s := range r.product() {
		aborts := s.uses("net/http", "ErrAbortHandler")
		for _, f := range functions(s) {
			handsOn := slices.ContainsFunc(aborts, func(use *ast.SelectorExpr) bool { return f.Pos() < use.Pos() && use.Pos() < f.End() })
			if f.Body == nil || handsOn || strings.HasPrefix(strings.ToLower(f.Name.Name), "must") {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" {
					bad = append(bad, r.at(call.Pos(), "panic in %s", f.Name.Name))
				}
				return true
			})
		}
	}
	return bad
}

// clockRule reports readings of the clock outside cmd and one file clock.go: everything
// else is given a clock, so that tests own the time.
func clockRule(r repo) []string {
	var bad []string
	clock := ""
	for _, s := range r.product() {
		if strings.HasPrefix(s.dir, "cmd/") {
			continue
		}
		for _, use := range s.uses("time", "Now", "Since", "Until") {
			if strings.HasSuffix(s.path, "/clock.go") && (clock == "" || clock == s.path) {
				clock = s.path
				continue
			}
			bad = append(bad, r.at(use.Pos(), "time.%s: take a clock", use.Sel.Name))
		}
	}
	return bad
}

// sleepRule reports sleeping: code could not be cancelled, and tests would hope. Inside a
// bubble of testing/synctest sleeping is exact, so tests may where their package has one.
func sleepRule(r repo) []string {
	bubbles := make(map[string]bool)
	for _, s := range r.code {
		if s.test && s.nameOf("testing/synctest") != "" {
			bubbles[s.dir] = true
		}
	}
	var bad []string
	for _, s := range r.code {
		if s.test && bubbles[s.dir] {
			continue
		}
		for _, use := range s.uses("time", "Sleep") {
			bad = append(bad, r.at(use.Pos(), "time.Sleep"))
		}
	}
	return bad
}

// skipRule reports skipped tests that the continuous integration could not turn into
// failures: only a function that looks at ANDON_TEST_REQUIRE may skip. A state machine of
// rapid skips steps, not tests.
func skipRule(r repo) []string {
	var bad []string
	for _, s := range r.code {
		if !s.test {
			continue
		}
		for _, f := range functions(s) {
			skips, asks := skipsOf(f)
			for _, skip := range skips {
				if !asks {
					bad = append(bad, r.at(skip.Pos(), "%s skips without looking at ANDON_TEST_REQUIRE", f.Name.Name))
				}
			}
		}
	}
	return bad
}

// skipsOf finds where a function skips its test, and whether it looks at ANDON_TEST_REQUIRE.
func skipsOf(f *ast.FuncDecl) (skips []*ast.SelectorExpr, asks bool) {
	steps := make(map[string]bool) // names of parameters of type *rapid.T
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			if star, ok := n.Type.(*ast.StarExpr); ok && isName(star.X, "rapid", "T") {
				for _, name := range n.Names {
					steps[name.Name] = true
				}
			}
		case *ast.SelectorExpr:
			x, ok := n.X.(*ast.Ident)
			if ok && !steps[x.Name] && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, n.Sel.Name) {
				skips = append(skips, n)
			}
		case *ast.BasicLit:
			asks = asks || n.Value == `"ANDON_TEST_REQUIRE"`
		}
		return true
	})
	return skips, asks
}

// isName says whether an expression is a name of a package.
func isName(e ast.Expr, pkg, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg && sel.Sel.Name == name
}
