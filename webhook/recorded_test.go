package webhook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recordedFolder finds the recorded payloads, which are not part of this repository: in $ANDON_SHARED, or in a folder "shared"
// beside one of the folders above. Without them the tests are skipped, but never where ANDON_TEST_REQUIRE=1 is set.
func recordedFolder(t testing.TB) string {
	t.Helper()
	var places []string
	if named := os.Getenv("ANDON_SHARED"); named != "" {
		places = append(places, filepath.Join(named, "webhooks"))
	} else if dir, err := filepath.Abs("."); err == nil {
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			places = append(places, filepath.Join(dir, "shared", "webhooks"))
		}
	}
	for _, place := range places {
		if _, err := os.Stat(filepath.Join(place, "INDEX.tsv")); err == nil {
			return place
		}
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("the recorded payloads are required, but not there: set ANDON_SHARED")
	}
	t.Skip("the recorded payloads are not there")
	return ""
}

func readRecorded(t testing.TB, root, folder, file string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(root, folder, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestWhatBecomesOfEveryRecordedPayload(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	unwatched := newRig(t, testConfig(), fakeKnown{})
	watched := newRig(t, testConfig(), fakeKnown{watched: []string{"*"}})
	for folder, verdicts := range recordedVerdicts() {
		for _, v := range verdicts {
			body := readRecorded(t, root, folder, v.file)
			if got := unwatched.post(body); got != v.unwatched {
				t.Errorf("%s/%s, nothing is watched: got %q, want %q", folder, v.file, got, v.unwatched)
			}
			if got := watched.post(body); got != v.watched {
				t.Errorf("%s/%s, all is watched: got %q, want %q", folder, v.file, got, v.watched)
			}
		}
	}
}

func TestEveryRecordedPayloadIsInTheTable(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	index, err := os.ReadFile(filepath.Join(root, "INDEX.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(index)), "\n")[1:] {
		name, _, _ := strings.Cut(line, "\t")
		listed[name] = true
	}
	for folder, verdicts := range recordedVerdicts() {
		for _, v := range verdicts {
			if !listed[folder+"/"+v.file] {
				t.Errorf("%s/%s is in the table but not recorded", folder, v.file)
			}
			delete(listed, folder+"/"+v.file)
		}
	}
	for name := range listed {
		t.Errorf("%s is recorded but not in the table", name)
	}
}

// TestRecordedLabelsAreFound takes each label that is on a recorded issue as andon's own: then the event counts though nothing is
// watched, exactly as if the project were.
func TestRecordedLabelsAreFound(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	found := 0
	for folder, verdicts := range recordedVerdicts() {
		for _, v := range verdicts {
			body := readRecorded(t, root, folder, v.file)
			var payload struct {
				Issue struct{ Fields struct{ Labels []string } }
			}
			if err := json.Unmarshal([]byte(body), &payload); err != nil {
				t.Fatal(err)
			}
			for _, label := range payload.Issue.Fields.Labels {
				if strings.HasPrefix(v.file, "webhook-cloud-comment") {
					continue
				}
				cfg := testConfig()
				cfg.Labels = []string{label}
				if got := newRig(t, cfg, fakeKnown{}).post(body); got != v.watched {
					t.Errorf("%s/%s with its label %q as andon's: got %q, want %q", folder, v.file, label, got, v.watched)
				}
				cfg.Labels = []string{label + "x", "x" + label}
				if got := newRig(t, cfg, fakeKnown{}).post(body); got != v.unwatched {
					t.Errorf("%s/%s with labels that look like %q: got %q, want %q", folder, v.file, label, got, v.unwatched)
				}
				found++
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d labels were found in the recorded payloads", found)
	}
}

func TestARecordedLabelThatWasTakenOff(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	cfg := testConfig()
	cfg.Labels = []string{"bad"} // in the changelog's fromString only
	body := readRecorded(t, root, "mattermost+mattermost-plugin-jira", "webhook-issue-updated-labels.json")
	if got := newRig(t, cfg, fakeKnown{}).post(body); got != "202 project:TES 10040" {
		t.Errorf("got %q", got)
	}
}

func TestRecordedSprintsOfKnownBoards(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	rig := newRig(t, testConfig(), fakeKnown{watched: []string{"TES"}, boards: map[int64]string{9: "TES", 81: "TSD"}})
	for file, want := range map[string]string{
		"sprint_created.json": "202 project:TES", "sprint_updated.json": "202 project:TES",
		"sprint_started.json": "204", "sprint_closed.json": "204", "sprint_deleted.json": "204",
	} {
		if got := rig.post(readRecorded(t, root, "luisfernandezbr+jira", file)); got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}

// TestRecordedPayloadsCutShort cuts each payload at many places: what is left is never taken for an event.
func TestRecordedPayloadsCutShort(t *testing.T) {
	t.Parallel()
	root := recordedFolder(t)
	rig := newRig(t, testConfig(), fakeKnown{watched: []string{"*"}})
	for folder, verdicts := range recordedVerdicts() {
		for _, v := range verdicts {
			body := strings.TrimSpace(readRecorded(t, root, folder, v.file))
			for cut := 1; cut < len(body); cut += 1 + len(body)/20 {
				if got := rig.post(body[:cut]); got != "400" && (got != "204" || cut < readFrom) {
					t.Errorf("%s/%s cut at %d of %d: got %q", folder, v.file, cut, len(body), got)
				}
			}
		}
	}
}
