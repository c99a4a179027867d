package main

import (
	"maps"
	"slices"
	"strings"
)

// parseEnviron turns the form of os.Environ into a map. As for the shell, the last one
// of two variables with the same name counts.
func parseEnviron(environ []string) map[string]string {
	env := make(map[string]string, len(environ))
	for _, pair := range environ {
		if name, value, ok := strings.Cut(pair, "="); ok {
			env[name] = value
		}
	}
	return env
}

// unknownVariables finds variables that are meant for andon but that it does not know:
// a mistyped setting must not be ignored in silence.
func unknownVariables(env map[string]string) Faults {
	known := knownNames()
	var faults Faults
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if !strings.HasPrefix(name, envPrefix+"_") || known[name] || foreign(name) {
			continue
		}
		want := "remove it; README.md lists all settings"
		if near := nearest(name, slices.Sorted(maps.Keys(known))); near != "" {
			want = "did you mean " + near + "?"
		}
		faults = append(faults, Fault{name, "is not a setting of andon", want})
	}
	return faults
}

// knownNames are all variables that are read.
func knownNames() map[string]bool {
	known := make(map[string]bool)
	for _, s := range settings() {
		known[s.name] = true
		if s.secret {
			known[s.name+fileSuffix] = true
		}
	}
	return known
}

// foreign says whether a variable carries andon's prefix without being meant as a
// setting. Kubernetes gives every container variables for each Service of its namespace,
// such as ANDON_PORT and ANDON_REDIS_SERVICE_HOST; andon's own tests use two names.
func foreign(name string) bool {
	return strings.HasSuffix(name, "_SERVICE_HOST") ||
		strings.Contains(name, "_SERVICE_PORT") ||
		strings.HasSuffix(name, "_PORT") ||
		strings.Contains(name, "_PORT_") ||
		strings.HasPrefix(name, envPrefix+"_TEST_") ||
		name == envPrefix+"_SHARED"
}

// nearest is the name that takes the fewest edits, if they are few enough for a slip of
// the hand, else nothing. The first of several wins.
func nearest(name string, names []string) string {
	best, distance := "", 4
	for _, candidate := range names {
		if d := edits(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// edits is the Levenshtein distance in bytes; names of variables are ASCII.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
