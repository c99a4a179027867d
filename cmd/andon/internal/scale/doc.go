// Package scale measures, in virtual time, how andon stands a large site: thousands of projects,
// many disasters at once, a Jira that takes its time and limits its callers, and several replicas
// on one queue. Its tests run a small site and assert what can be counted. The large one runs where
// ANDON_SCALE=full is set, and prints the table that stands in jira/README.md:
//
//	ANDON_SCALE=full go test ./cmd/andon/internal/scale -run Scale -v -timeout 30m
//
// ANDON_SCALE=tenth makes everything a tenth.
package scale
