// Package snapshot keeps the facts of one look at a project in a file, so that a plan can
// be made from it again, elsewhere and later: what an operator attaches to a report of a
// fault. No setting that is secret is among the facts. What names people, what they wrote
// and where their Jira is can be replaced, everywhere by the same.
package snapshot
