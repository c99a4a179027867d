package picture_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"andon/cmd/andon/internal/picture"
	"andon/rules"
)

// past is a disaster declared on a day of March; without a time it is still open.
func past(key string, day int, took, allowed time.Duration) rules.Report {
	declared := time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC)
	r := rules.Report{Key: key, Issue: "1", At: declared.Add(90 * time.Minute), Times: rules.Times{Counts: true, Declared: declared, Allowed: allowed, ToRestore: took}}
	if took > 0 {
		r.Times.Restored = declared.Add(took)
	}
	return r
}

// wellFormed expects XML.
func wellFormed(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		switch _, err := d.Token(); {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			t.Fatalf("%v in:\n%s", err, svg)
		}
	}
}

func TestAHistoryTellsWhetherTheTeamGetsFaster(t *testing.T) {
	svg := picture.History("SHOP", []rules.Report{
		past("SHOP-9", 9, time.Hour, 4*time.Hour), past("SHOP-2", 2, 5*time.Hour, 4*time.Hour), past("SHOP-12", 12, 0, 0),
	}, picture.Options{Standalone: true})
	wellFormed(t, svg)
	for _, want := range []string{
		"Time to restore of the disasters of SHOP", ">2026-03-02 SHOP-2<", "SHOP-2, declared 2 Mar 2026 09:00 UTC: 5 h to restore, allowed 4 h.",
		"SHOP-12, declared 12 Mar 2026 09:00 UTC: open for 1 h 30 min so far.", ">1 h 30 min, open<", "andon-bar andon-bad", "andon-bar andon-good", "andon-bar andon-plain andon-open", "<style>",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is missing in:\n%s", want, svg)
		}
	}
	if strings.Index(svg, ">2026-03-02 SHOP-2<") > strings.Index(svg, ">2026-03-09 SHOP-9<") {
		t.Error("the oldest does not come first")
	}
	if n := strings.Count(svg, "andon-due"); n != 3 { // two lines and the style
		t.Errorf("%d ends of a recovery time", n)
	}
}

func TestAHistoryLeavesOutWhatDoesNotCount(t *testing.T) {
	rehearsed, unread, undated := past("SHOP-1", 1, time.Hour, 0), past("SHOP-2", 2, 0, 0), past("SHOP-3", 3, time.Hour, 0)
	rehearsed.Times.Counts, unread.Unreadable, undated.Times.Declared = false, true, time.Time{}
	if svg := picture.History("SHOP", []rules.Report{rehearsed, unread, undated}, picture.Options{}); svg != "" {
		t.Errorf("there is a picture of nothing:\n%s", svg)
	}
}

func TestAHistoryShowsTheLatestOfMany(t *testing.T) {
	var all []rules.Report
	for i := range 100 {
		all = append(all, past(fmt.Sprintf("SHOP-%d", i), i+1, time.Minute, 0))
	}
	svg := picture.History("SHOP", all, picture.Options{})
	if strings.Count(svg, "<rect") != 40 || !strings.Contains(svg, "SHOP-99<") || strings.Contains(svg, "SHOP-59<") {
		t.Errorf("%d of a hundred are shown", strings.Count(svg, "<rect"))
	}
}

func TestForeignTextIsHarmlessInAHistory(t *testing.T) {
	svg := picture.History(`<script>&"`, []rules.Report{past(`</text><b>`+"\x00\u202e", 1, -time.Hour, 0)}, picture.Options{})
	wellFormed(t, svg)
	if strings.Contains(svg, "<script") || strings.Contains(svg, "<b>") || strings.Contains(svg, "\u202e") {
		t.Errorf("it holds:\n%s", svg)
	}
}
