package main

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/matrix"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// target is where messages go: a service of the library and the address in its form.
type target struct {
	service string
	address *url.URL
	single  bool     // there is one place for the text, and none for a title
	secrets []string // what of the address must not be shown, longest first
}

// targetFault is what is wrong with an address, without the address.
type targetFault struct {
	found string // the rest of a sentence that begins with "address 1"
	want  string
}

const (
	webhookService = "generic"
	mailService    = "smtp"
	matrixService  = "matrix"
)

// parseTarget reads an address: SERVICE://… in the library's form, SERVICE+https://…
// where the service knows that, or https://… for a webhook. It does not say what the
// address is, since all of it may be secret. Nothing is sent.
func parseTarget(raw string) (target, *targetFault) {
	if strings.ContainsFunc(raw, unicode.IsControl) {
		return target{}, &targetFault{"contains a line break or a control character", "write addresses separated by commas, on one line"}
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme == "" || u.Opaque != "" {
		return target{}, &targetFault{"is not a URL", "write it like https://… or slack://…; deploy/README.md has examples"}
	}
	service, scheme, custom := strings.Cut(u.Scheme, "+")
	if !custom && (service == "https" || service == "http") {
		service, scheme, custom = webhookService, service, true
	}
	if service == "telegram" {
		return target{}, &targetFault{"names telegram, where the library takes a failed connection for a delivered message",
			"write it as a webhook: https://api.telegram.org/botTOKEN/sendMessage?messagekey=text&$chat_id=CHAT"}
	}
	names := notifyServices()
	if !slices.Contains(names, service) {
		return target{}, &targetFault{"names no service that is known", "begin it with https:// or one of " + strings.Join(names, "://, ") + "://"}
	}
	if fault := unwanted(service, u); fault != nil {
		return target{}, fault
	}
	if inClear(scheme, u) && !clearAllowed(u) {
		return target{}, &targetFault{"would send over http", "use https; " + httpWhere}
	}
	t := target{service: service, address: u, secrets: secretsOf(raw, u)}
	if service == webhookService {
		t.address = asJSON(u)
		t.single = u.Query().Has("messagekey") && !u.Query().Has("titlekey")
	}
	err = guarded(func() (err error) {
		if t.address, err = converted(service, scheme, custom, t.address); err != nil {
			return err
		}
		return t.check()
	})
	if err != nil {
		return target{}, &targetFault{"is not an address of the service " + service, "write it as deploy/README.md or the library's documentation of " + service + " shows"}
	}
	return t, nil
}

// notifyServices are the names of the services that can be had, sorted. One that writes
// into a log is left out, for it tells nobody, and so is one that loses messages.
func notifyServices() []string {
	names := (&router.ServiceRouter{}).ListServices()
	names = slices.DeleteFunc(names, func(name string) bool { return name == "logger" || name == "telegram" })
	slices.Sort(names)
	return names
}

// unwanted finds options that would make a message more than text, since its words are
// anybody's who can write an issue, and those that would show it to anybody on the way.
func unwanted(service string, u *url.URL) *targetFault {
	for key, values := range u.Query() {
		key = strings.ToLower(key)
		if !slices.ContainsFunc(values, func(value string) bool { return !optionOff(value) }) {
			continue
		}
		switch {
		case key == "skiptlsverify" || key == "insecureskipverify" || key == "disabletlsverification":
			return &targetFault{"trusts any certificate", "leave that option out, and name the file with your own authority's certificate in SSL_CERT_FILE"}
		case service == mailService && key == "usehtml", service == "discord" && key == "json",
			service == webhookService && key == "template" && !strings.EqualFold(values[0], "json"):
			return &targetFault{"sets the option " + key, "leave it out: messages are plain text, and webhooks get JSON"}
		}
	}
	return nil
}

// optionOff says whether an option's value means that it is not used.
func optionOff(value string) bool {
	return slices.Contains([]string{"", "no", "false", "0", "none"}, strings.ToLower(value))
}

// inClear says whether messages, and tokens with them, would travel without TLS. Mail
// negotiates TLS by itself.
func inClear(scheme string, u *url.URL) bool {
	for key, values := range u.Query() {
		switch strings.ToLower(key) {
		case "disabletls":
			if !slices.ContainsFunc(values, optionOff) {
				return true
			}
		case "scheme":
			if slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, "http") }) {
				return true
			}
		}
	}
	return scheme == "http"
}

// clearAllowed says whether every host that an address names is near.
func clearAllowed(u *url.URL) bool {
	hosts := []string{u.Hostname()}
	for key, values := range u.Query() {
		if strings.EqualFold(key, "host") {
			hosts = append(hosts, values...)
		}
	}
	return !slices.ContainsFunc(hosts, func(host string) bool { return !privateHost(host) })
}

// asJSON asks for a webhook's JSON form, since the plain one has no place for a title.
func asJSON(u *url.URL) *url.URL {
	out, query := *u, u.Query()
	query.Set("template", "json")
	out.RawQuery = query.Encode()
	return &out
}

// converted turns a web address into the service's own form, where it is one.
func converted(service, scheme string, custom bool, u *url.URL) (*url.URL, error) {
	if !custom {
		return u, nil
	}
	s, err := (&router.ServiceRouter{}).NewService(service)
	if err != nil {
		return nil, err
	}
	converter, ok := s.(types.CustomURLService)
	if !ok || scheme != "https" && scheme != "http" {
		return nil, router.ErrCustomURLsNotSupported
	}
	web := *u
	web.Scheme = service + "+" + scheme
	return converter.GetConfigURLFromCustom(&web)
}

// check sees whether the service takes the address, without sending anything: Matrix
// signs in as soon as it is opened, so there only the address is read.
func (t target) check() error {
	if (t.service == webhookService || t.service == matrixService) && t.address.Hostname() == "" {
		return url.InvalidHostError("")
	}
	if t.service == matrixService {
		return new(matrix.Config).SetURL(t.address)
	}
	_, err := t.open()
	return err
}

// open makes the service ready to send.
func (t target) open() (types.Service, error) {
	service, err := (&router.ServiceRouter{}).NewService(t.service)
	if err != nil {
		return nil, err
	}
	address := *t.address
	return service, service.Initialize(&address, silence{})
}
