package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repo is what the rules look at: the files that are, or are about to be, in the repository.
type repo struct {
	fsys  fs.FS
	paths []string // with slashes, sorted
	code  []source
	fset  *token.FileSet
}

// source is a Go file outside testdata.
type source struct {
	path, dir string
	test      bool
	lines     int
	content   int // lines that are neither blank nor only a comment
	file      *ast.File
}

// rule finds what breaks it, one line a place.
type rule func(repo) []string

// load parses the Go files among the paths.
func load(fsys fs.FS, paths []string) (repo, error) {
	r := repo{fsys: fsys, fset: token.NewFileSet()}
	r.paths = slices.Sorted(slices.Values(paths))
	for _, p := range r.paths {
		if !strings.HasSuffix(p, ".go") || strings.Contains(p, "testdata/") {
			continue
		}
		raw, err := fs.ReadFile(fsys, p)
		if err != nil {
			return repo{}, err
		}
		file, err := parser.ParseFile(r.fset, p, raw, parser.ParseComments)
		if err != nil {
			return repo{}, err
		}
		r.code = append(r.code, source{
			path: p, dir: path.Dir(p),
			test:  strings.HasSuffix(p, "_test.go") || slices.Contains(helpers(), path.Dir(p)),
			lines: strings.Count(string(raw), "\n"), content: content(string(raw), "//"), file: file,
		})
	}
	return r, nil
}

// content counts the lines that are neither blank nor only a comment.
func content(text, comment string) int {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, comment) {
			n++
		}
	}
	return n
}

// at is a violation at a place in the code.
func (r repo) at(pos token.Pos, format string, args ...any) string {
	p := r.fset.Position(pos)
	return fmt.Sprintf("%s:%d: ", p.Filename, p.Line) + fmt.Sprintf(format, args...)
}

// product is the code that is not tests.
func (r repo) product() []source {
	return slices.DeleteFunc(slices.Clone(r.code), func(s source) bool { return s.test })
}

// imports are the paths that a file imports, with the place of each.
func (s source) imports() map[string]token.Pos {
	out := make(map[string]token.Pos)
	for _, spec := range s.file.Imports {
		out[strings.Trim(spec.Path.Value, `"`)] = spec.Pos()
	}
	return out
}

// nameOf is the name under which a file uses a package of the standard library, or
// nothing if it does not import it.
func (s source) nameOf(importPath string) string {
	for _, spec := range s.file.Imports {
		if strings.Trim(spec.Path.Value, `"`) != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path.Base(importPath)
	}
	return ""
}

// uses finds the places where a file names one of the functions of a package, whether it
// calls them or hands them on.
func (s source) uses(importPath string, names ...string) []*ast.SelectorExpr {
	pkg := s.nameOf(importPath)
	var found []*ast.SelectorExpr
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && pkg != "" && x.Name == pkg && slices.Contains(names, sel.Sel.Name) {
			found = append(found, sel)
		}
		return true
	})
	return found
}

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the tests")
		}
		dir = filepath.Dir(dir)
	}
}

// loadRepository loads this repository as git sees it, files included that are not
// committed yet; where there is no git, everything that is there.
func loadRepository(t *testing.T) repo {
	t.Helper()
	dir := root(t)
	paths, err := gitFiles(t, dir)
	if err != nil {
		t.Logf("without git, all files count: %v", err)
		paths = allFiles(t, dir)
	}
	r, err := load(os.DirFS(dir), paths)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.code) == 0 {
		t.Fatalf("no Go files in %s", dir)
	}
	return r
}

// gitFiles are the files that git tracks or would track.
func gitFiles(t *testing.T, dir string) ([]string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var paths []string
	for p := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(dir, p)); err == nil && p != "" { // deleted, but not committed yet
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("git knows no files in %s", dir)
	}
	return paths, nil
}

// allFiles are the files below a folder, without git's own.
func allFiles(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.Type().IsRegular():
			paths = append(paths, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
