// Package jira is andon's adapter to Jira Cloud and Jira Data Center.
//
// It is the only package that knows the go-jira library, and uses it as a helper that builds requests and decodes answers.
// Everything that decides whether a call is safe lives here: which host may see the credentials, what is retried, what is
// refused in read-only mode, how often Jira is asked, and what an answer means.
//
// One rule is kept everywhere: an incomplete answer is an error. A list is read to its end or not returned at all, because
// a freeze that is lifted on half a history is worse than one that is lifted a minute later.
package jira
