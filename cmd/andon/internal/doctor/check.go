package doctor

import "fmt"

// Verdict is what a check found.
type Verdict string

// The verdicts, from the best to the worst.
const (
	// OK: as it should be.
	OK Verdict = "ok"
	// Unknown: nobody can say, and nothing points to a fault.
	Unknown Verdict = "unknown"
	// Warn: andon works, but something is worth a look.
	Warn Verdict = "warn"
	// Fail: something will not work.
	Fail Verdict = "fail"
)

// Check is one thing that was looked at.
type Check struct {
	// Group is where it belongs: "Jira", "Webhook", "Redis" or "Project KEY".
	Group string `json:"group"`
	// Name says what was looked at.
	Name    string  `json:"name"`
	Verdict Verdict `json:"verdict"`
	// Seen is what was found, in words.
	Seen string `json:"seen"`
	// Mend says how to put it right, for everything that is not ok.
	Mend string `json:"mend,omitempty"`
}

// Report is all that was looked at.
type Report struct {
	// Version is the version of this form, for programs that read it.
	Version int `json:"version"`
	// Site is Jira's address in the settings.
	Site   string  `json:"site"`
	Checks []Check `json:"checks"`
}

// Count is how many checks have a verdict.
func (r Report) Count(v Verdict) int {
	n := 0
	for _, c := range r.Checks {
		if c.Verdict == v {
			n++
		}
	}
	return n
}

// Healthy says whether nothing failed.
func (r Report) Healthy() bool { return r.Count(Fail) == 0 }

// group collects the checks of one group.
type group struct {
	name string
	out  []Check
}

func (g *group) add(v Verdict, name, mend, format string, args ...any) {
	if v == OK {
		mend = ""
	}
	g.out = append(g.out, Check{Group: g.name, Name: name, Verdict: v, Seen: fmt.Sprintf(format, args...), Mend: mend})
}

func (g *group) ok(name, format string, args ...any) { g.add(OK, name, "", format, args...) }

func (g *group) warn(name, mend, format string, args ...any) {
	g.add(Warn, name, mend, format, args...)
}

func (g *group) fail(name, mend, format string, args ...any) {
	g.add(Fail, name, mend, format, args...)
}

func (g *group) unknown(name, mend, format string, args ...any) {
	g.add(Unknown, name, mend, format, args...)
}
