package rules

import "strings"

// LinkPage puts the link to the disaster's status page on its issue. Jira keeps one such
// link by its name, so that a new address replaces the old one. Without an address it takes
// the link off: the page is switched off, and a link that leads nowhere helps nobody.
type LinkPage struct {
	Disaster string
	// Name is the name by which Jira finds the link again.
	Name  string
	URL   string
	Title string
}

// Key implements [Action].
func (a LinkPage) Key() string { return "link-page/" + a.Disaster }

// Line implements [Action].
func (a LinkPage) Line() string {
	if a.URL == "" {
		return "take the link to the status page off the issue"
	}
	return "put the link to the status page on the issue"
}

// page is the address of a disaster's status page, where it is told on the issue. A
// disaster that was over before there was such a page is left as it is.
func (c *dossier) page() string {
	if c.rec.open() || c.rec.Page != "" {
		return c.d.Page
	}
	return ""
}

// linkPage gives the link that is missing on the issue, leads elsewhere or leads nowhere any
// more. Nobody waits for it: the status comment has the same address.
func (w *work) linkPage(c *dossier) []Action {
	url := c.page()
	if linkHash(url) == c.rec.Page {
		return nil
	}
	return []Action{LinkPage{Disaster: c.d.ID, Name: "andon-page=" + w.f.Project.ID + "/" + c.d.ID, URL: url, Title: "Status of the disaster, live"}}
}

// linkHash is what the record keeps of an address, nothing for none.
func linkHash(url string) string {
	if url == "" {
		return ""
	}
	return fingerprint(url)
}

// pageLine is the line of the status comment that leads to the page.
func pageLine(b *strings.Builder, c *dossier) {
	if url := c.page(); url != "" {
		b.WriteString("*Status page:* [live, with tasks, gates and times|" + url + "]\n")
	}
}

// linked notes which address the link on the issue has, so that it is put there once. A
// refusal for good is noted as well: a link is no reason to ask again and again.
func (f Facts) linked(a LinkPage) Facts {
	return f.with(a.Disaster, func(d *Disaster) {
		d.Record = d.Record.clone()
		d.Record.Page, d.Unsaved = linkHash(a.URL), true
	})
}
