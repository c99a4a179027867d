package house

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every promise and every fault has its row, and what a row names exists: a test that was
// renamed must not leave a promise that nothing holds any more.
func TestEveryPromiseNamesWhatHoldsIt(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root(t), "rules/PROMISES.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for _, row := range append(append(numbered("S", 11), numbered("L", 3)...), numbered("F", 18)...) {
		if n := strings.Count(text, "\n| "+row+" | "); n != 1 {
			t.Errorf("row %s is there %d times", row, n)
		}
	}
	exists := testNames(t)
	for _, name := range regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`").FindAllStringSubmatch(text, -1) {
		if !exists[name[1]] {
			t.Errorf("%s is no test", name[1])
		}
	}
	for _, name := range regexp.MustCompile("`([a-z0-9-]+\\.story)`").FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join(root(t), "cmd/andon/testdata/stories", name[1])); err != nil {
			t.Errorf("%s: %v", name[1], err)
		}
	}
}

// numbered gives the names of the rows from 1 to n.
func numbered(letter string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s%d", letter, i+1))
	}
	return out
}

// testNames are the names of all test functions and fuzz targets of the repository.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, s := range loadRepository(t).code {
		if !s.test {
			continue
		}
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}
