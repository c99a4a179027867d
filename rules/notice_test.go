package rules

import (
	"strings"
	"testing"
)

func TestTextsOfTheOperatorReplaceTheBuiltInOnes(t *testing.T) {
	texts, err := ParseTexts(`{{define "declared.title"}}ALARM {{.Project}}{{end}}
{{define "declared.text"}}{{.By}} pulled the cord at {{.At}} ({{.Kinds}}): {{.Summary}}{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	n := sampleNotice()
	title, text := texts.Render(NoticeDeclared, n)
	if title != "ALARM SHOP" || !strings.HasPrefix(text, "Paula Owner pulled the cord at 2026-03-02 09:00 UTC (data): The shop is down\n") {
		t.Errorf("got %q, %q", title, text)
	}
	built, _ := (*Texts)(nil).Render(NoticeRestored, n)
	if title, _ := texts.Render(NoticeRestored, n); title != built || title != "SHOP-6: back in service" {
		t.Errorf("what is not replaced stays: %q, %q", title, built)
	}
}

func TestTextsThatCannotWorkAreRefusedAtTheStart(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an unknown notice":       {`{{define "declard.title"}}x{{end}}`, `"declard.title" is no notice; there are declared.title, declared.text, mode.title`},
		"an unknown field":        {`{{define "declared.title"}}{{.Who}}{{end}}`, "can't evaluate field Who"},
		"broken syntax":           {`{{define "declared.title"}}{{if}}{{end}}`, "notice templates: "},
		"a field of another type": {`{{define "sla.text"}}{{if gt .Percent "x"}}a{{end}}{{end}}`, "sla.text"},
		"an empty text":           {`{{define "mode.text"}} {{end}}`, "mode.text gives an empty text"},
		"empty for some":          {`{{define "withdrawn.title"}}{{.Others}}{{end}}`, "withdrawn.title gives an empty text"},
		"words outside":           {`hello {{define "mode.text"}}x{{end}}`, "there is text outside of the definitions"},
	} {
		if _, err := ParseTexts(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, c.want)
		}
	}
	for name, text := range map[string]string{"nothing": "", "blanks": " \n ", "a remark": "{{/* later */}}"} {
		if _, err := ParseTexts(text); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		}
	}
}

func TestEveryNoticeNamesTheDisasterAndItsAddress(t *testing.T) {
	n := sampleNotice()
	for _, k := range NoticeKinds() {
		title, text := (*Texts)(nil).Render(k, n)
		if !strings.HasPrefix(title, "SHOP-6: ") || strings.ContainsAny(title, "\n{") || !strings.HasSuffix(text, "\nThe shop is down\nhttps://jira.example.com/browse/SHOP-6") {
			t.Errorf("%s: %q, %q", k, title, text)
		}
	}
}

func TestATextWithItsOwnAddressGetsNoSecondOne(t *testing.T) {
	texts, err := ParseTexts(`{{define "mode.text"}}See {{.Link}} about {{.Label}}.{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	if _, text := texts.Render(NoticeMode, sampleNotice()); text != "See https://jira.example.com/browse/SHOP-6 about system-offline." {
		t.Errorf("got %q", text)
	}
}

func TestATextThatFailsOnItsNoticeBecomesPlainWords(t *testing.T) {
	texts, err := ParseTexts(`{{define "mode.title"}}{{if eq .Label "odd"}}{{index .Label 99}}{{else}}fine{{end}}{{end}}{{define "mode.text"}}{{if eq .Label "odd"}}{{slice .Label 99}}{{else}}fine{{end}}{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	title, text := texts.Render(NoticeMode, Notice{Key: "SHOP-6", Label: "odd"})
	if title != "SHOP-6: mode" || text != "There is news of SHOP-6: mode." {
		t.Errorf("got %q, %q", title, text)
	}
}

func TestLongAndHostileWordsStayOneLineInATitle(t *testing.T) {
	texts, err := ParseTexts(`{{define "declared.title"}}x{{.Summary}}{{end}}{{define "declared.text"}}x{{.Summary}}{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	title, text := texts.Render(NoticeDeclared, Notice{Summary: "a\r\nBcc: everybody\u202e" + strings.Repeat("long ", 2000)})
	if strings.ContainsAny(title, "\r\n\u202e") || len([]rune(title)) > maxNoticeTitle || len([]rune(text)) > maxNotice {
		t.Errorf("title %q, text of %d", title, len([]rune(text)))
	}
}

func TestPeopleHearOfARootCauseThatWaitsAndOfOtherFreezes(t *testing.T) {
	w := newWorld()
	w.settings.Channels, w.settings.RestoredNeeded = []string{"chat"}, true
	w.issue("200", dev)
	for _, act := range []string{"po labels SHOP-100 disaster", "po labels SHOP-200 disaster", "dev closes root-cause of SHOP-100", "dev closes gate of SHOP-100", "po labels SHOP-100 system-restored", "po unlabels SHOP-200 disaster"} {
		w.play(t, act)
		w.look(t)
		w.look(t)
	}
	got := strings.Join(append(w.issues["100"].told, w.issues["200"].told...), "\n")
	for _, want := range []string{
		"chat: SHOP-100: root cause closed, planning waits for the return to service",
		"chat: SHOP-100: root cause closed, planning stays frozen",
		"chat: SHOP-200: disaster withdrawn",
	} {
		if strings.Count(got+"\n", want+"\n") != 1 {
			t.Errorf("%q was not told once:\n%s", want, got)
		}
	}
}

func FuzzTextsOfTheOperator(f *testing.F) {
	f.Add(`{{define "declared.title"}}{{.Key}}{{end}}`)
	f.Add(`{{define "mode.text"}}{{printf "%d" .Percent}}{{end}}`)
	f.Add("{{")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "range") || strings.Contains(text, "template") {
			return // an operator may write a loop without an end; the fuzzer need not
		}
		texts, err := ParseTexts(text)
		if err != nil {
			return
		}
		for _, k := range NoticeKinds() {
			if title, body := texts.Render(k, sampleNotice()); title == "" || body == "" {
				t.Errorf("%s: an accepted text gives %q, %q", k, title, body)
			}
		}
	})
}
