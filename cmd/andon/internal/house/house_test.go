package house

import (
	"strings"
	"testing"
)

// TestRepository holds this repository against every rule.
func TestRepository(t *testing.T) {
	r := loadRepository(t)
	for _, tt := range []struct {
		name  string
		check rule
	}{
		{"packages import only what they may", importRule},
		{"there is no init", initRule},
		{"no package-level variable can be changed", variableRule},
		{"nothing panics", panicRule},
		{"the clock is injected", clockRule},
		{"nothing sleeps", sleepRule},
		{"no test skips where it must not", skipRule},
		{"exported names are documented", documentRule},
		{"files are short", fileRule},
		{"functions are short", functionRule},
		{"there are as many lines of tests as of code", ratioRule},
		{"the top of the tree is tidy", topRule},
		{"no file contains what does not belong here", textRule},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if bad := tt.check(r); len(bad) > 0 {
				t.Errorf("%d violations:\n%s", len(bad), strings.Join(bad, "\n"))
			}
		})
	}
}
