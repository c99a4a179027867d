package webhook

import (
	"strings"
	"testing"
)

func labelsOf(names ...string) labelSet {
	l := labelSet{}
	for _, name := range names {
		l[name] = struct{}{}
	}
	return l
}

func TestWhatTheByteSearchDrops(t *testing.T) {
	t.Parallel()
	l := labelsOf("disaster")
	known := fakeKnown{watched: []string{"SHOP"}}
	other := `"labels":["ui","no-disaster"],"project":{"key":"BLOG"}`
	blog := func(fields, changelog string) string {
		return strings.Replace(issueEvent(updated, fields, changelog), "SHOP-41", "BLOG-41", 1)
	}
	for _, tt := range []struct {
		name, body string
		want       bool
	}{
		{"an issue of another project", blog(other, items(item("status", "a", "b"))), true},
		{"the same with the label in its text", blog(other+`,"summary":"disaster \"labels\": key"`, ""), true},
		{"the same with another alphabet of white space", strings.ReplaceAll(blog(other, ""), `":`, "\" :\n\t"), true},
		{"a user", `{"webhookEvent":"user_updated","user":{}}`, true},
		{"an event that stands after text and numbers", `{"timestamp":1,"id":"x","ok":true,"webhookEvent":"user_updated"}`, true},
		{"the label in the list", blog(`"labels":["ui","disaster"],"project":{"key":"BLOG"}`, ""), false},
		{"a change of labels", blog(other, items(item("labels", "a", "b"))), false},
		{"a list of labels that ends in the middle", `{"webhookEvent":"jira:issue_updated","a":"` + strings.Repeat("x", readFrom) + `","labels":["a}`, false},
		{"the watched project", issueEvent(updated, `"project":{"key":"SHOP"}`, ""), false},
		{"the watched project in the issue's key only", issueEvent(updated, `"project":{"key":"BLOG"}`, ""), false},
		{"the watched project's key in an escape", blog(`"project":{"key":"SHO\u0050"}`, ""), false},
		{"a key that ends in the middle", `{"webhookEvent":"jira:issue_updated","a":"` + strings.Repeat("x", readFrom) + `","key":"a}`, false},
		{"a move", blog(other, items(item("Key", "SHOP-1", "BLOG-1"))), false},
		{"a sprint", `{"webhookEvent":"sprint_closed","sprint":{}}`, false},
		{"an event that stands after an object", `{"user":{},"webhookEvent":"user_updated"}`, false},
		{"no event", `{"timestamp":1}`, false},
		{"no object", `[1]`, false},
		{"a body that ends in the middle", `{"webhookEvent":"user_updated","user":{"a":` + strings.Repeat(" ", readFrom) + "1", false},
	} {
		body := tt.body
		if strings.HasSuffix(body, "}") && len(body) < readFrom {
			body = pad(body)
		} else if len(body) < readFrom {
			body += strings.Repeat(" ", readFrom)
		}
		if got := l.canDrop([]byte(body), known); got != tt.want {
			t.Errorf("%s: dropped %v, want %v", tt.name, got, tt.want)
		}
		if small := tt.body; len(small) < readFrom && l.canDrop([]byte(small), known) {
			t.Errorf("%s: dropped although it is small enough to be read", tt.name)
		}
	}
}

// FuzzByteSearch checks the one promise of the byte search: it never drops what reading would not.
func FuzzByteSearch(f *testing.F) {
	for _, tt := range verdicts() {
		f.Add([]byte(tt.body))
	}
	l := labelsOf("disaster", "system-offline")
	f.Fuzz(func(t *testing.T, body []byte) {
		if strings.Contains(string(body), `\`) {
			return // an escape could hide a member's name, see canDrop
		}
		body = []byte(pad(string(body)))
		for _, known := range []fakeKnown{{}, {watched: []string{"SHOP"}}, {watched: []string{"*"}}} {
			if !l.canDrop(body, known) {
				continue
			}
			ev, err := l.parse(body)
			if err == nil && decide(&ev, known) != nil {
				t.Fatalf("dropped, with %+v watched: %s", known, body)
			}
		}
	})
}

// FuzzHint checks that nothing but sound keys ever gets to the queue, whatever a genuine sender may send.
func FuzzHint(f *testing.F) {
	for _, tt := range verdicts() {
		f.Add([]byte(tt.body))
	}
	l := labelsOf("disaster")
	known := fakeKnown{watched: []string{"*"}}
	f.Fuzz(func(t *testing.T, body []byte) {
		ev, err := l.parse(body)
		if err != nil {
			return
		}
		hints := decide(&ev, known)
		if len(hints) > 2 {
			t.Fatalf("%d hints", len(hints))
		}
		for _, h := range hints {
			kind, rest, _ := strings.Cut(h.key, ":")
			digits := strings.Trim(rest, "0123456789") == "" && rest != "" && len(rest) < 20
			project := len(rest) > 0 && len(rest) < 256 && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == ""
			if ok := kind == "project" && project || (kind == "board" || kind == "issue") && digits || h.key == "sweep"; !ok {
				t.Fatalf("key %q", h.key)
			}
			for _, note := range h.notes {
				if note == "" || len(note) > 19 || strings.Trim(note, "0123456789") != "" {
					t.Fatalf("note %q", note)
				}
			}
		}
	})
}
