package rules

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNewsReachEveryChannelOnce(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat", "mail"}
	for _, act := range []string{
		"po labels SHOP-100 disaster", "po labels SHOP-100 system-offline", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored",
		"dev starts sprint 11", "dev closes root-cause of SHOP-100", "dev reopens root-cause of SHOP-100", "po unlabels SHOP-100 disaster",
	} {
		w.play(t, act)
		w.look(t)
		w.look(t)
	}
	want := []string{
		"SHOP-100: disaster declared, planning is frozen",
		"SHOP-100: system mode is system-offline",
		"SHOP-100: back in service",
		"SHOP-100: a sprint was undone",
		"SHOP-100: root cause closed, planning is free",
		"SHOP-100: planning is frozen again",
		"SHOP-100: disaster withdrawn",
	}
	for _, channel := range []string{"chat", "mail"} {
		var got []string
		for _, n := range w.issues["100"].told {
			if title, ok := strings.CutPrefix(n, channel+": "); ok {
				got = append(got, title)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s heard\n\t%s\nwant\n\t%s", channel, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
		}
	}
}

func TestAChannelThatComesLaterDoesNotHearOldNews(t *testing.T) {
	w := declaredWorld(t)
	w.tick(25 * time.Hour)
	w.settings.Channels = []string{"chat"}
	w.look(t)
	if told := w.issues["100"].told; len(told) > 0 {
		t.Errorf("told %v", told)
	}
}

func TestAChannelThatFailsHearsLater(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.refuse["notify/"] = Failure{Text: "502"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.take(po, "100", "disaster")
	w.look(t)
	w.refuse = map[string]Failure{}
	w.look(t)
	w.look(t)
	if told := w.issues["100"].told; len(told) != 2 {
		t.Errorf("told %v, want the declaration and the withdrawal", told)
	}
}

func TestAChannelThatFailsIsNamedInTheStatusComment(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"1 {slack}", "jira"}
	w.refuse["notify/"] = Failure{Text: "502"}
	status := func() string {
		w.look(t)
		if p := w.look(t); len(p.acts) > 0 {
			t.Fatalf("a second look still does %v", p.lines)
		}
		return w.issues["100"].bodies["status.100"]
	}
	w.add(po, "100", "disaster")
	const failing = "*Not told:* 1 \\{slack\\} could not be reached since 2026-03-02 09:00 UTC; andon keeps trying."
	if body := status(); !strings.Contains(body, failing) {
		t.Errorf("the status says\n%s", body)
	}
	w.tick(time.Hour)
	if body := status(); !strings.Contains(body, failing) {
		t.Errorf("an hour later the status says\n%s", body)
	}
	w.seen = map[string]bool{} // a restart
	w.refuse = map[string]Failure{}
	if body := status(); strings.Contains(body, "Not told") {
		t.Errorf("the channel works again, and the status says\n%s", body)
	}
}

func TestPeopleHearOnceThatADisasterCannotBeRead(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat", MailChannel}
	w.add(po, "100", "disaster")
	w.look(t)
	hidden := func(times int) {
		t.Helper()
		w.issues["100"].hidden = true
		w.look(t)
		w.seen = map[string]bool{} // a restart
		w.look(t)
		n := 0
		for _, told := range w.issues["100"].told {
			switch {
			case told == "chat: SHOP-100: the disaster's issue cannot be read, planning stays frozen":
				n++
			case strings.Contains(told, "cannot be read"):
				t.Errorf("told %q, and Jira cannot write a mail about an issue that is not there", told)
			}
		}
		if n != times {
			t.Errorf("it was told %d times, want %d", n, times)
		}
		w.issues["100"].hidden = false
		w.look(t)
		if len(w.memoTold) > 0 {
			t.Errorf("the project still remembers %v", w.memoTold)
		}
	}
	hidden(1)
	hidden(2)
}

func TestAChannelThatIsTakenOutOfTheSettingsIsForgotten(t *testing.T) {
	w := newWorld()
	w.settings.Channels = []string{"chat"}
	w.refuse["notify/"] = Failure{Text: "502"}
	w.add(po, "100", "disaster")
	w.look(t)
	w.look(t)
	w.settings.Channels = nil
	w.look(t)
	if rec, _ := w.recordOf("100"); len(rec.Untold) > 0 || strings.Contains(w.issues["100"].bodies["status.100"], "Not told") {
		t.Errorf("untold %v", rec.Untold)
	}
}

func TestWordsForWhatHasNoStory(t *testing.T) {
	w := &work{}
	if got := w.planningLine(dossier{}); got != "not frozen by this disaster." {
		t.Errorf("got %q", got)
	}
	for _, p := range []Phase{PhaseNone, PhaseProposed, PhaseRehearsal, PhaseUnreadable} {
		if got := w.next(dossier{state: State{Phase: p}}); got != "nothing." {
			t.Errorf("%s: got %q", p, got)
		}
	}
}

func TestAnOpenRecordHasNoEnding(t *testing.T) {
	d := candidate(l("disaster"), change("1", 1, po, l("disaster"), nil))
	d.RecordState = RecordValid
	if got := Judge(judgeFacts(), d); got.Verdict != Declared {
		t.Errorf("got %s: %s", got.Verdict, got.Reason.Text)
	}
}

func TestTheProofOfALabelFromTheCreation(t *testing.T) {
	w := newWorld()
	w.issues["100"] = nil
	delete(w.issues, "100")
	w.issue("100", po, "disaster", "disaster-data")
	w.look(t)
	w.issues["100"].state = RecordDamaged
	w.look(t)
	if rec, _ := w.recordOf("100"); rec.Declared.By.ID != "po" || rec.Declared.Change != "" || rec.Rebuilt.IsZero() {
		t.Errorf("declared %+v", rec.Declared)
	}
}
