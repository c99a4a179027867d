// Package apispec holds exchanges with a Jira against Atlassian's own description
// of the API, so that neither the simulated Jira nor what is tested on it has the
// last word on how Jira speaks.
//
// The description is not part of this repository: a folder "shared" beside one of
// the folders above has it, or $ANDON_SHARED names one. It is reduced to the paths
// that are simulated, and made stricter than a validator would be by itself: a
// query parameter, a field of a body or a status that it does not list is a finding.
// Where the description is known to be wrong or silent, an Excuse says so and why.
package apispec
