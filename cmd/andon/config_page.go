package main

import (
	"fmt"
	"net/url"
	"strings"
)

// checkPage judges who may see the status page.
func checkPage(c Config) Faults {
	return append(checkSecrets("ANDON_PAGE_SECRET", c.PageSecret), checkSecrets("ANDON_PAGE_TOKEN", c.PageToken)...)
}

// checkPublic judges andon's own address. Without a status page no secret travels to it that
// http would give away, and Jira may sit beside andon; andon doctor has a word to say then.
func checkPublic(c Config) Faults {
	const name = "ANDON_PUBLIC_URL"
	if c.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(c.PublicURL)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || !portOK(u.Port()):
		return Faults{{name, "is not a complete URL", "write it like https://andon.example.com"}}
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return Faults{{name, "has more than host and path", "leave away a user name, a password, and everything from ? or # on"}}
	case strings.ContainsAny(c.PublicURL, "|[]{}\\ \t\r\n<>\"'"):
		return Faults{{name, "contains a character that does not belong into an address", "write it like https://andon.example.com"}}
	case u.Scheme != "https" && u.Scheme != "http":
		return Faults{{name, fmt.Sprintf("has the scheme %q", u.Scheme), "write https://…"}}
	case u.Scheme == "http" && c.pageOn() && !privateHost(u.Hostname()):
		return Faults{{name, "would send secrets over http", "write https://…; " + httpWhere}}
	}
	return nil
}

// pageOn says whether there is a status page.
func (c Config) pageOn() bool { return len(c.PageSecret)+len(c.PageToken) > 0 }

// publicPath is the path that a proxy puts before every path of andon's, and whether
// browsers come to it by https.
func (c Config) publicPath() (path string, secure bool) {
	u, err := url.Parse(c.PublicURL)
	if err != nil {
		return "", false // Validate has told
	}
	return strings.TrimRight(u.EscapedPath(), "/"), u.Scheme == "https" || c.TLSCert != ""
}
