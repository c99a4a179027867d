package main

import (
	"net/url"
	"strings"
)

// checkPage judges who may see the status page, and where its links lead.
func checkPage(c Config) Faults {
	faults := append(checkSecrets("ANDON_PAGE_SECRET", c.PageSecret), checkSecrets("ANDON_PAGE_TOKEN", c.PageToken)...)
	const name = "ANDON_PUBLIC_URL"
	u, err := url.Parse(c.PublicURL)
	switch {
	case err != nil || c.PublicURL == "" || len(c.PageSecret) == 0: // checkPublic has a word on the first
	case u.Scheme == "http" && !privateHost(u.Hostname()):
		faults = append(faults, Fault{name, "would lead to the status pages over http, with what opens them", "write https://…; " + httpWhere})
	case strings.ContainsAny(c.PublicURL, "|[]{}\\<>\"' \t\r\n"):
		faults = append(faults, Fault{name, "contains a character that does not belong into a link in Jira", "write it like https://andon.example.com"})
	}
	return faults
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
