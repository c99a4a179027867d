package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

func TestMessagesFitTheirService(t *testing.T) {
	const title, text = "SHOP-1:\n<!channel> & @here", "Fire! <!here> @everyone <users/all>\x00\nmail@example.com @allan"
	tests := []struct {
		name    string
		to      target
		message string
		params  types.Params
	}{
		{"a webhook gets both as they are", target{service: "generic"},
			"Fire! <!here> @everyone <users/all>\nmail@example.com @allan", types.Params{"title": "SHOP-1: <!channel> & @here"}},
		{"a webhook with one place gets both in it", target{service: "generic", single: true},
			"SHOP-1: <\u2060!channel> & @\u2060here\n\nFire! <\u2060!here> @\u2060everyone <\u2060users/all>\nmail@example.com @allan", types.Params{}},
		{"Slack gets no markup", target{service: "slack"},
			"Fire! &lt;!here&gt; @everyone &lt;users/all&gt;\nmail@example.com @allan", types.Params{"title": "SHOP-1: &lt;!channel&gt; &amp; @here"}},
		{"a chat with titles calls nobody", target{service: "teams"},
			"Fire! <\u2060!here> @\u2060everyone <\u2060users/all>\nmail@example.com @allan", types.Params{"title": "SHOP-1: <\u2060!channel> & @\u2060here"}},
		{"a chat without titles has it in the text", target{service: "zulip"},
			"SHOP-1: <\u2060!channel> & @\u2060here\n\nFire! <\u2060!here> @\u2060everyone <\u2060users/all>\nmail@example.com @allan", types.Params{}},
		{"mail keeps its words", target{service: "smtp"},
			"Fire! <!here> @everyone <users/all>\nmail@example.com @allan", types.Params{"title": "SHOP-1: <!channel> & @here"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			message, params := tt.to.shape(title, text)
			if diff := cmp.Diff(tt.message, message); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.params, params); diff != "" {
				t.Errorf("params (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMessagesAreNeverTooLong(t *testing.T) {
	for _, service := range notifyServices() {
		message, params := target{service: service}.shape(strings.Repeat("ü", 500), strings.Repeat("€ <&>", 2000))
		if len(message) > maxText(service) || !utf8.ValidString(message) || !strings.HasSuffix(message, "…") {
			t.Errorf("%s: %d bytes", service, len(message))
		}
		if title := params[types.TitleKey]; service != mailService && len(title) > maxTitle || !utf8.ValidString(title) {
			t.Errorf("%s: title of %d bytes", service, len(title))
		}
	}
	if got := clip("abcdef", 6); got != "abcdef" {
		t.Errorf("what fits is kept: %q", got)
	}
	if got := clip("äöüß", 6); got != "ä…" {
		t.Errorf("got %q", got)
	}
}

func TestATitleAloneIsTheText(t *testing.T) {
	for _, to := range []target{{service: "generic"}, {service: "zulip"}} {
		if message, _ := to.shape("title", " "); message != "title" {
			t.Errorf("%s: %q", to.service, message)
		}
	}
}

func TestScrubKeepsWhatHelps(t *testing.T) {
	to, problem := parseTarget("https://hooks.example.com/services/T0C4N4RY0/" + canary + "%2Fb?sig=a%2B" + canary + "&to=po%40example.com")
	if problem != nil {
		t.Fatal(*problem)
	}
	for text, want := range map[string]string{
		"answered \"404 Not Found\"":                                    "answered \"404 Not Found\"",
		"dial tcp: lookup hooks.example.com: no such host":              "dial tcp: lookup ***: no such host",
		"Post \"https://other.example.com/a\": EOF":                     "Post \"***\": EOF",
		"see https://other.example.com/a, please":                       "see *** please",
		"token T0C4N4RY0 is over":                                       "token *** is over",
		"no webhook " + canary + "/b here":                              "no webhook ***/b here",
		"po@example.com and po%40example.com":                           "*** and ***",
		"key abcdefghijklmnop1 of another":                              "key *** of another",
		"unquestionably-unquestioned words":                             "unquestionably-unquestioned words",
		"two\nlines\tand\x00more":                                       "two lines and more",
		"quoted \"" + strings.Repeat("x", 400) + "\" and \"two words\"": "quoted \"***\" and \"two words\"",
	} {
		if got := to.scrub(text); got != want {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
	if got := to.scrub(strings.Repeat("word ", 100)); len(got) > maxNotifyError {
		t.Errorf("%d bytes", len(got))
	}
}
