// Package scale measures how andon stands a large site: thousands of projects, many disasters at
// once, a flood of webhooks through the real receivers, a Jira that takes its time and limits its
// callers, and several replicas on one queue. Most of it runs in virtual time with the queue in
// memory; what needs a real redis-server runs in real time.
//
// Its tests run small sites and assert what can be counted. The large ones run where
// ANDON_SCALE=full is set, which takes about half an hour, and print the tables that stand in
// jira/README.md:
//
//	ANDON_SCALE=full go test ./cmd/andon/internal/scale -run Scale -v -timeout 60m
//
// ANDON_SCALE=tenth makes everything a tenth.
package scale
