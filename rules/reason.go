package rules

import "time"

// Reason is why something is as it is, in words, with the evidence.
type Reason struct {
	// Code is a stable name for machines and tests.
	Code string
	// Text is one plain sentence for people. It may hold foreign text and has to be
	// escaped for wherever it is shown.
	Text string
	// Evidence is what the sentence rests on.
	Evidence []Evidence
}

// Evidence is one thing that somebody did at some time.
type Evidence struct {
	Who  Person
	When time.Time
	What string
	// Change is the id of the changelog entry, empty for the creation of an issue.
	Change string
}
