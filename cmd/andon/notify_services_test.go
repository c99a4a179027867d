package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// secretAddresses has one address for each service that can be had, with the canary in
// every place where a secret can be.
func secretAddresses() map[string]string {
	const c = canary
	return map[string]string{
		"bark":       "bark://:" + c + "abcdef@bark.example.com/",
		"discord":    "discord://" + c + "TOKEN@1234567890",
		"generic":    "https://" + c + ".example.com/" + c + "?sig=" + c,
		"gotify":     "gotify://gotify.example.com/A" + c + "aaaaaaaa",
		"googlechat": "googlechat://chat.googleapis.com/v1/spaces/" + c + "/messages?key=" + c + "&token=" + c,
		"hangouts":   "hangouts://chat.googleapis.com/v1/spaces/" + c + "/messages?key=" + c + "&token=" + c,
		"ifttt":      "ifttt://" + c + "/?events=" + c,
		"join":       "join://shoutrrr:" + c + "@join/?devices=" + c,
		"lark":       "lark://open.larksuite.com/" + c + "?secret=" + c,
		"matrix":     "matrix://:" + c + "@matrix.example.com/?rooms=%21" + c + "%3Aexample.com",
		"mattermost": "mattermost://andon@mattermost.example.com/" + c + "/town-square",
		"notifiarr":  "notifiarr://" + c + "?channel=123456789",
		"ntfy":       "ntfy://andon:" + c + "@ntfy.example.com/" + c,
		"opsgenie":   "opsgenie://api.opsgenie.com/" + c,
		"pagerduty":  "pagerduty://events.pagerduty.com/c0ffeec0ffeec0ffeec0ffeec0ffee12",
		"pushbullet": "pushbullet://o." + c + "abcdefghijklmnopqrstuvwxyz",
		"pushover":   "pushover://shoutrrr:" + c + "@" + c + "/",
		"rocketchat": "rocketchat://andon@rocket.example.com/" + c + "/" + c + "/general",
		"signal":     "signal://andon:" + c + "@signal.example.com:8080/%2B4915112345678/%2B4915187654321",
		"slack":      "slack://hook:TC4N4RY00-BC4N4RY00-c4n4ryc4n4ryc4n4ryc4n4ry@webhook",
		"smtp":       "smtp://" + c + ":" + c + "@mail.example.com:587/?from=andon@example.com&to=" + c + "@example.com",
		"teams":      "teams://11111111-4444-4444-8444-cccccccccccc@22222222-4444-4444-8444-cccccccccccc/33333333012222222222333333333344/44444444-4444-4444-8444-cccccccccccc/V2" + c + "?host=example.webhook.office.com",
		"wecom":      "wecom://c4n4ryc4-4444-4444-8444-cccccccccccc",
		"zulip":      "zulip://andon-bot%40zulip.example.com:" + c + "@zulip.example.com/?stream=" + c + "&topic=andon",
	}
}

// wireTap stands for the network: it notes each request and answers it.
type wireTap struct {
	mu     sync.Mutex
	seen   []string
	answer func(*http.Request) (*http.Response, error)
}

func (w *wireTap) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	body := []byte(nil)
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	w.seen = append(w.seen, fmt.Sprintf("%s %s %v %s", r.Method, r.URL, r.Header, body))
	return w.answer(r)
}

// plug puts it in place of the network.
func plug(t *testing.T, answer func(*http.Request) (*http.Response, error)) *wireTap {
	t.Helper()
	w := &wireTap{answer: answer}
	boundDefaultClient()
	transport, client := http.DefaultTransport, http.DefaultClient.Transport
	http.DefaultTransport, http.DefaultClient.Transport = w, shortAnswers{w}
	t.Cleanup(func() { http.DefaultTransport, http.DefaultClient.Transport = transport, client })
	return w
}

func TestEveryServiceCanBeHad(t *testing.T) {
	addresses := secretAddresses()
	for _, service := range notifyServices() {
		t.Run(service, func(t *testing.T) {
			if addresses[service] == "" {
				t.Fatal("the test has no address")
			}
			got, problem := parseTarget(addresses[service])
			if problem != nil {
				_, err := got.open()
				t.Fatalf("%v (%v)", problem, err)
			}
			if got.service != service {
				t.Errorf("service %s", got.service)
			}
		})
		delete(addresses, service)
	}
	if len(addresses) > 0 {
		t.Errorf("not among the services: %v", addresses)
	}
}

func TestEveryServiceTellsTitleAndText(t *testing.T) {
	for service, address := range secretAddresses() {
		if service == mailService { // which is not HTTP
			continue
		}
		t.Run(service, func(t *testing.T) {
			w := plug(t, func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Body: io.NopCloser(strings.NewReader("{}"))}, nil
			})
			_ = oneChannel(t, address).Send(t.Context(), "heading4711", "sentence4712") // not every service takes {} as an answer
			all := strings.Join(w.seen, "\n")
			if !strings.Contains(all, "heading4711") || !strings.Contains(all, "sentence4712") {
				t.Errorf("the title or the text is missing in\n%s", all)
			}
		})
	}
}

// Whatever fails, however the library words it: no part of the address is told.
func TestErrorsOfNoServiceShowItsSecrets(t *testing.T) {
	answers := map[string]func(*http.Request) (*http.Response, error){
		"no connection": func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("cannot connect to " + r.URL.String())
		},
		"refused": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusForbidden, Status: "403 Forbidden", Body: io.NopCloser(strings.NewReader("no: " + r.URL.String()))}, nil
		},
		"nonsense": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Body: io.NopCloser(strings.NewReader("what is " + r.URL.String()))}, nil
		},
	}
	for how, answer := range answers {
		for service, address := range secretAddresses() {
			if service == mailService { // which is not HTTP
				continue
			}
			t.Run(service+" "+how, func(t *testing.T) {
				plug(t, answer)
				err := oneChannel(t, address).Send(t.Context(), "title", "text")
				switch {
				case err == nil && how != "nonsense":
					t.Error("no error")
				case err != nil && (strings.Contains(strings.ToLower(err.Error()), canary) || strings.Contains(err.Error(), "c0ffee")):
					t.Errorf("a secret is shown: %v", err)
				case err != nil && !strings.HasPrefix(err.Error(), "notify by 1 "+service+": "):
					t.Errorf("got %v", err)
				}
				t.Log(err)
			})
		}
	}
}
