package main

import (
	"strings"
	"testing"
)

// A story that claims a message must fail where there is none, or the other stories prove nothing.
func TestWhatWasNotToldIsNoticed(t *testing.T) {
	t.Parallel()
	const scene = "setting ANDON_NOTIFY_URLS = https://ops.example.com/hook\nthere is a user ann\nthe role \"Stakeholder\" of SHOP is held by ann\npo adds disaster to SHOP-6\n"
	for line, want := range map[string]string{
		`channel "ops" was told "withdrawn" once`:                    "0 messages say so",
		`channel "ops" was told nothing`:                             "1 messages say so",
		`channel "news" was told one thing`:                          "0 messages say so",
		`ann was mailed "declared" twice`:                            "1 messages say so",
		`nobody was mailed`:                                          "there are 1 mails",
		`everything that was told leads to SHOP-5`:                   "this does not",
		`andon's comment "no such words" on SHOP-6 mentions po`:      "andon does not say so",
		`andon's comment "andon ref" on SHOP-6 mentions po`:          "andon does not say so",
		`andon's comment "planning is frozen" on SHOP-6 mentions sm`: "andon does not say so",
	} {
		s, err := readScript(written(t, scene+"then "+line+"\n"))
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		for _, f := range s.flavours {
			if got := strings.Join(s.play(t, f, words()), "\n"); !strings.Contains(got, want) {
				t.Errorf("%q on %v gives %q, want %q", line, f, got, want)
			}
		}
	}
}

func TestSomebodyWhoIsNotMentionedIsNoticed(t *testing.T) {
	t.Parallel()
	s, err := readScript(written(t, "dev adds disaster to SHOP-6\nthen andon's comment \"A disaster is proposed\" on SHOP-6 mentions po and lead\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.flavours {
		if got := strings.Join(s.play(t, f, words()), "\n"); !strings.Contains(got, "lead is not mentioned") {
			t.Errorf("on %v: %q", f, got)
		}
	}
}
