package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
)

// A setting that nothing reads is a promise that nobody keeps.
func TestEverySettingIsUsed(t *testing.T) {
	used := selectors(t, func(name string) bool { return !strings.HasPrefix(name, "config") })
	// Fields that reach the rest of the program through a method.
	for method, fields := range map[string][]string{
		"Labels":        {"Label"},
		"RecordSecrets": {"RecordSecret"},
		"SLA":           {"RecoverySLA"},
	} {
		for _, s := range settings() {
			for _, prefix := range fields {
				if used[method] && strings.HasPrefix(s.field.Name, prefix) {
					used[s.field.Name] = true
				}
			}
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		if !used[f.Name] {
			t.Errorf("%s_%s (%s) is read but never used", envPrefix, f.Tag.Get("envconfig"), f.Name)
		}
	}
}

// selectors are all names that this package's code, tests left out, takes from something.
func selectors(t *testing.T, of func(file string) bool) map[string]bool {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]bool)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || !of(name) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				found[sel.Sel.Name] = true
			}
			return true
		})
	}
	return found
}
