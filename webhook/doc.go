// Package webhook is andon's HTTP server: it receives Jira's webhooks, and answers health, readiness and metrics. What is below
// /status it hands to the status page, if it is given one.
//
// A webhook is only a hint. The receiver limits and verifies the request, works out which project it may concern, leaves that
// project's key with [Hints] and answers. Nothing that the body claims (who did it, which label, which sprint) is passed on, since
// a body can be late, doubled, out of order or replayed; whoever takes the hint asks Jira. So a wrong hint costs one look, and a
// lost one costs the wait for the next look round the site, but neither causes an act.
//
// # What is answered
//
//	202  the hint is stored (and only then)
//	204  understood, and it means nothing to andon
//	400  not a Jira event: no JSON object, broken or too deeply nested JSON, not UTF-8, an empty body
//	401  the signature is missing, doubled, of another method, or wrong
//	404  another path, or a wrong path token
//	405  another method
//	408  the body did not arrive in time
//	413  the body is larger than Config.MaxBody
//	415  a Content-Encoding other than identity: nothing is ever inflated
//	503  the hint could not be stored, or too many bodies are held at once
//
// Jira Cloud repeats a delivery after 408, 409, 425, 429, 5xx, a refused connection or a time-out, and never after another 4xx
// (developer.atlassian.com, "Webhooks", retry policy). So what would be wrong for ever is a 4xx, and what may pass is a 503.
//
// # How an event is judged
//
// Events come for the whole site, and nearly all of them mean nothing. They are dropped as early as can be: by the event's name,
// then by a byte search for the labels and the watched projects, then by reading the few fields that decide. A body that the byte
// search drops is not read any further, so it is not validated either.
//
// The keys left with Hints are project:KEY, board:ID and issue:ID (a board or an issue whose project is not known here), and
// sweep (an event that names nothing to start from).
package webhook
