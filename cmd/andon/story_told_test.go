package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"andon/jira/jiratest"
)

// letter is one message that a channel took.
type letter struct{ channel, title, text string }

// post stands for the services behind ANDON_NOTIFY_URLS. A story calls a channel by the
// first part of its host: https://ops.example.com/hook is "ops".
type post struct {
	mu     sync.Mutex
	taken  []letter
	broken []string
}

var errClosed = errors.New("503 Service Unavailable")

// carry takes a message, unless the channel is broken.
func (p *post) carry(t target, message string, params types.Params) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	name, _, _ := strings.Cut(t.address.Hostname(), ".")
	if slices.Contains(p.broken, name) {
		return fmt.Errorf("post to %s: %w", t.address, errClosed)
	}
	p.taken = append(p.taken, letter{name, params[types.TitleKey], message})
	return nil
}

// all is everything that was taken, in order.
func (p *post) all() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.taken)
}

// breakChannel makes a channel refuse messages, or take them again.
func (p *post) breakChannel(name string, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broken = slices.DeleteFunc(p.broken, func(b string) bool { return b == name })
	if broken {
		p.broken = append(p.broken, name)
	}
}

// channelWords are what happens to the ways in which people outside the issue are told.
func channelWords() []word {
	return []word{
		does(`channel {text} fails from now on`, func(st *tale, a []string) error { st.w.post.breakChannel(a[0], true); return nil }),
		does(`channel {text} works again`, func(st *tale, a []string) error { st.w.post.breakChannel(a[0], false); return nil }),
		does(`Jira sends no mail`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.MailOff = true })
			return nil
		}),
		does(`Jira sends mail again`, func(st *tale, _ []string) error {
			st.w.jira.SetKnobs(func(k *jiratest.Knobs) { k.MailOff = false })
			return nil
		}),
		// Jira's notify answers with a status, everything else works
		does(`Jira answers (\d+) to every mail`, func(st *tale, a []string) error {
			return st.fault(jiratest.Fault{Method: "POST", Path: "/rest/api/2/issue/*/notify", Kind: jiratest.FaultStatus, Status: count(a[0]), Times: -1})
		}),
	}
}

// toldWords are what was told. A message counts if its title or its text holds the words.
func toldWords() []word {
	return []word{
		then(`channel {text} was told {text} {n}`, func(st *tale, a []string) error { return toldTimes(st.channel(a[0]), a[1], a[2]) }),
		then(`channel {text} was told nothing`, func(st *tale, a []string) error { return toldTimes(st.channel(a[0]), "", "never") }),
		then(`channel {text} was told (\d+|one|two) things?`, func(st *tale, a []string) error { return toldTimes(st.channel(a[0]), "", number(a[1])) }),
		// Jira's own mail to the members of the role Stakeholder
		then(`{who} was mailed {text} {n}`, func(st *tale, a []string) error { return toldTimes(st.mail(a[0]), a[1], a[2]) }),
		then(`{who} was mailed nothing`, func(st *tale, a []string) error { return toldTimes(st.mail(a[0]), "", "never") }),
		then(`nobody was mailed`, func(st *tale, _ []string) error {
			if all := st.w.jira.Notices(); len(all) > 0 {
				return not("there are %d mails, the first says %q", len(all), all[0].Subject)
			}
			return nil
		}),
		// each message leads to the issue
		then(`everything that was told leads to {issue}`, func(st *tale, a []string) error { return st.leads(a[0]) }),
	}
}

// number reads a number of things.
func number(n string) string {
	switch n {
	case "one":
		return "1"
	case "two":
		return "2"
	}
	return n
}

// channel is what one channel took.
func (st *tale) channel(name string) []letter {
	return slices.DeleteFunc(st.w.post.all(), func(l letter) bool { return l.channel != name })
}

// mail is what one person got from Jira.
func (st *tale) mail(who string) []letter {
	u, _ := st.w.jira.User(email(who))
	var out []letter
	for _, n := range st.w.jira.Notices() {
		if slices.Contains(n.Users, u.ID) {
			out = append(out, letter{who, n.Subject, n.TextBody})
		}
	}
	return out
}

// toldTimes counts the messages with a text.
func toldTimes(all []letter, text, n string) error {
	got := 0
	for _, l := range all {
		if strings.Contains(l.title, text) || strings.Contains(l.text, text) {
			got++
		}
	}
	if got != count(n) {
		return not("%d messages say so; there are: %+v", got, all)
	}
	return nil
}

// leads checks that there are messages and that each holds the address.
func (st *tale) leads(ref string) error {
	all, link := st.w.post.all(), st.w.jira.BaseURL()+"/browse/"+st.key(ref)
	for _, n := range st.w.jira.Notices() {
		all = append(all, letter{"mail", n.Subject, n.TextBody})
	}
	for _, l := range all {
		if !strings.HasSuffix(l.text, link) && !strings.Contains(l.text, link+"\n") {
			return not("this does not: %+v", l)
		}
	}
	if len(all) == 0 {
		return not("nothing was told")
	}
	return nil
}
