// Package retell writes what the rules tell of a disaster, or of all disasters of a
// project, for people: as Markdown, as a page, as a comment in Jira's wiki markup, as JSON.
// The three texts come from one template file that can be replaced. A text is made
// harmless for its form before a template sees it, so that no template can forget to.
package retell
