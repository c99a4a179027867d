package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hostileText tries to be every sort of markup at once.
const hostileText = "{html}<b>x</b>{html} [~admin] |a| !x.png! h1. *b* [l|http://evil.example] \n||x|| @all \\\\ {code}"

// statusTales are the situations whose status comment is kept in testdata/status.
func statusTales() map[string][]string {
	back := []string{"po labels SHOP-100 disaster-data", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored"}
	with := func(more ...string) []string { return append(back[:len(back):len(back)], more...) }
	return map[string][]string{
		"recovering":         {"po labels SHOP-100 disaster"},
		"mode":               {"po labels SHOP-100 disaster", "po labels SHOP-100 system-offline"},
		"recovery-time":      {"setting recovery-time 2h", "po labels SHOP-100 disaster", "time passes 70m"},
		"gate-passed":        {"po labels SHOP-100 disaster", "dev closes gate of SHOP-100"},
		"investigating":      with(),
		"refused":            with("dev closes root-cause of SHOP-100 as Won't Do"),
		"resolved":           with("dev closes root-cause of SHOP-100"),
		"resumed":            with("dev closes root-cause of SHOP-100", "dev starts sprint 11"),
		"relapse":            with("dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100"),
		"waits-for-restored": {"setting release-waits-for-restored", "po labels SHOP-100 disaster", "dev closes root-cause of SHOP-100"},
		"withdrawn":          {"po labels SHOP-100 disaster", "po unlabels SHOP-100 disaster"},
		"violated":           {"po labels SHOP-100 disaster", "dev creates sprint 20", "dev starts sprint 11"},
		"refused-by-jira":    {`jira refuses "cancel-sprint/"`, "po labels SHOP-100 disaster"},
		"record-made-anew":   {"po labels SHOP-100 disaster", "somebody forges SHOP-100"},
	}
}

// statusAfter plays a tale in a world whose every name is hostile or not, and gives the
// status comment; a minute later it must be the same.
func statusAfter(t *testing.T, acts []string, hostile bool) string {
	t.Helper()
	w := newWorld()
	owner := po
	if hostile {
		for _, s := range w.sprints {
			s.Name, s.Goal = hostileText, hostileText
		}
		w.boards[1].Name, w.issues["100"].Summary, owner.Name = hostileText, hostileText, hostileText
	}
	for _, act := range acts {
		w.play(t, act)
		for i, c := range w.issues["100"].History {
			if c.By.ID == po.ID {
				w.issues["100"].History[i].By = owner
			}
		}
		w.look(t)
	}
	body := w.issues["100"].bodies["status.100"]
	w.tick(time.Minute)
	if p := w.look(t); writes(p, "status") > 0 {
		t.Errorf("a minute later the status comment is written again:\n%s", cmp.Diff(body, w.issues["100"].bodies["status.100"]))
	}
	return body
}

func TestStatusComments(t *testing.T) {
	for name, acts := range statusTales() {
		t.Run(name, func(t *testing.T) {
			file, got := filepath.Join("testdata", "status", name+".txt"), statusAfter(t, acts, false)
			if *update {
				if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
				t.Errorf("the status comment is another one (-kept +now):\n%s", diff)
			}
		})
	}
}

func TestHostileNamesStayTextInEveryStatusComment(t *testing.T) {
	for name, acts := range statusTales() {
		t.Run(name, func(t *testing.T) {
			got := statusAfter(t, acts, true)
			for _, live := range []string{"{html}", "<b>", "[~admin]", " |a|", "!x.png!", "[l|", "http://evil", "||x||", " @all", "\\\\ "} {
				for rest := got; ; {
					i := strings.Index(rest, live)
					if i < 0 {
						break
					}
					if i == 0 || rest[i-1] != '\\' {
						t.Fatalf("%q is live markup in:\n%s", live, got)
					}
					rest = rest[i+1:]
				}
			}
			if !strings.Contains(got, "evil.example") {
				t.Errorf("no hostile name is shown, so nothing was tried:\n%s", got)
			}
		})
	}
}
