package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestAddressesThatAreTaken(t *testing.T) {
	for address, service := range map[string]string{
		"https://hooks.example.com/in":                                        "generic",
		"HTTPS://hooks.example.com/in":                                        "generic",
		"https://user:password@hooks.example.com/in":                          "generic",
		"https://prod-1.example.com:443/workflows/1?api-version=1&sig=abc":    "generic",
		"generic://hooks.example.com/in":                                      "generic",
		"generic+https://hooks.example.com/in?template=JSON":                  "generic",
		"http://chat:8065/hooks/abc?messagekey=text":                          "generic",
		"http://10.1.2.3/in":                                                  "generic",
		"generic://localhost/in?disabletls=yes":                               "generic",
		"generic://hooks.example.com/in?disabletls=no":                        "generic",
		"smtp://mail.example.com/?from=a@example.com&to=b@example.com":        "smtp",
		"smtp://mail/?from=a@example.com&to=b@example.com&usehtml=no":         "smtp",
		"ntfy://ntfy.internal/alarm?scheme=http":                              "ntfy",
		"mattermost://chat.internal/token?disabletls=yes":                     "mattermost",
		"discord+https://discord.com/api/webhooks/123/token?username=andon":   "",
		"rocketchat://andon@rocket.example.com/token-a/token-b/general":       "rocketchat",
		"https://api.telegram.org/bot1:a/sendMessage?messagekey=text&$chat=1": "generic",
	} {
		got, problem := parseTarget(address)
		switch {
		case service == "" && problem == nil:
			t.Errorf("%s is taken", address)
		case service != "" && problem != nil:
			t.Errorf("%s: %v", address, *problem)
		case got.service != service:
			t.Errorf("%s: service %q", address, got.service)
		}
	}
}

func TestAddressesThatAreNotTaken(t *testing.T) {
	const mail = "smtp://mail.example.com/?from=a@example.com&to=b@example.com"
	tests := []struct{ name, address, want string }{
		{"no URL", canary, "is not a URL"},
		{"no URL at all", "https://[::1" + canary, "is not a URL"},
		{"no service", "//" + canary + "/in", "is not a URL"},
		{"an address of mail", "mailto:" + canary + "@example.com", "is not a URL"},
		{"a line break", "https://hooks.example.com/\n" + canary, "contains a line break or a control character"},
		{"an unknown service", canary + "://abc", "names no service that is known"},
		{"the log, which tells nobody", "logger://", "names no service that is known"},
		{"a service that loses messages", "telegram://1:" + canary + "@telegram?chats=1", "names telegram, where the library takes a failed connection for a delivered message"},
		{"a webhook without a host", "https:///" + canary, "is not an address of the service generic"},
		{"a webhook without a host, in the long form", "generic:///" + canary, "is not an address of the service generic"},
		{"a token that is none", "slack://" + canary, "is not an address of the service slack"},
		{"mail to nobody", "smtp://" + canary + "/?from=a@example.com", "is not an address of the service smtp"},
		{"an option that is none", mail + "&" + canary + "=1", "is not an address of the service smtp"},
		{"a form that the service does not know", "slack+https://" + canary, "is not an address of the service slack"},
		{"another scheme behind the service", "generic+ftp://" + canary, "is not an address of the service generic"},
		{"Matrix without a token", "matrix://", "is not an address of the service matrix"},
		{"http to the world", "http://hooks.example.com/" + canary, "would send over http"},
		{"http to the world, in the short form", "generic+http://hooks.example.com/" + canary, "would send over http"},
		{"http to the world by an option", "generic://hooks.example.com/" + canary + "?disabletls=yes", "would send over http"},
		{"http to the world in capitals", "ntfy://ntfy.example.com/" + canary + "?Scheme=HTTP", "would send over http"},
		{"http to a host in an option", "signal://localhost/%2B49151/%2B49152?host=signal.example.com&disabletls=1", "would send over http"},
		{"mail in HTML", mail + "&UseHTML=yes", "sets the option usehtml"},
		{"JSON of one's own for Discord", "discord://token@1?json=yes", "sets the option json"},
		{"a template that nobody has loaded", "https://hooks.example.com/in?template=" + canary, "sets the option template"},
		{"mail with any certificate", mail + "&skiptlsverify=true", "trusts any certificate"},
		{"ntfy with any certificate", "ntfy://ntfy.example.com/a?disabletlsverification=yes", "trusts any certificate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problem := parseTarget(tt.address)
			switch {
			case problem == nil:
				t.Errorf("%s is taken", tt.address)
			case problem.found != tt.want || problem.want == "" || strings.Contains(problem.want, canary):
				t.Errorf("got %+v, want %q", *problem, tt.want)
			}
		})
	}
}

func TestAllAddressesAreJudgedTogether(t *testing.T) {
	got := faultsOf(t, goodEnv("ANDON_NOTIFY_URLS=https://a.example.com/"+canary+", "+canary+",https://a.example.com/"+canary+",http://b.example.com/"+canary))
	want := "ANDON_NOTIFY_URLS address 2 is not a URL (its value is not shown)\n" +
		"ANDON_NOTIFY_URLS address 3 is there twice (its value is not shown)\n" +
		"ANDON_NOTIFY_URLS address 4 would send over http (its value is not shown)"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What the runbook shows has to work as it stands.
func TestAddressesOfTheRunbookAreTaken(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile(`(?m)^(ANDON_NOTIFY_URLS)='(.*)'$`).FindAllStringSubmatch(string(raw), -1)
	if len(examples) < 5 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, example := range examples {
		if got := faultsOf(t, goodEnv(example[1]+"="+example[2])); got != "" {
			t.Errorf("%s: %s", example[2], got)
		}
	}
}

// FuzzParseTarget hands over addresses that nobody would write: neither a fault nor an
// error repeats them.
func FuzzParseTarget(f *testing.F) {
	for _, address := range secretAddresses() {
		f.Add(address)
	}
	f.Add("teams+https://x.webhook.office.com/webhookb2/" + canary)
	f.Add("generic+https://host?__title=" + canary + "&@a=b&$c=d&template=json&titlekey=")
	f.Fuzz(func(t *testing.T, address string) {
		got, problem := parseTarget(address)
		if problem != nil {
			if strings.Contains(problem.found+problem.want, canary) {
				t.Errorf("%q: %+v", address, *problem)
			}
			return
		}
		if !slices.Contains(notifyServices(), got.service) {
			t.Errorf("%q: service %q", address, got.service)
		}
		if said := got.scrub("cannot reach " + address + " today"); address != "" && strings.Contains(said, address) {
			t.Errorf("%q is shown: %s", address, said)
		}
		if _, err := got.open(); err != nil && got.service != matrixService {
			t.Errorf("%q was taken but cannot be opened: %v", address, err)
		}
	})
}
