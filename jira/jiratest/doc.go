// Package jiratest is a simulated Jira: an http.Handler over a store in memory
// that answers the parts of Jira's REST interface which a tool around issues,
// sprints, roles and permissions needs, in the manner of Jira Cloud or of Jira
// Data Center.
//
// It is made to be disagreed with as little as possible: permissions are
// checked for each user on each call, the changelog names who did what, search
// may lag behind the issues as it does on Cloud, and errors have Jira's own
// status codes and bodies. Where Jira's behaviour is not documented or differs
// between sites, a field of Knobs chooses.
//
// Simulated: platform REST v2 (users, groups, projects, roles, permissions and
// permission schemes, issues with edit, transitions, changelog, comments,
// properties, links, remote links, watchers, notify, search), Agile REST 1.0
// (boards, sprints, backlog, rank), the newer software/1.0 lists of Cloud,
// webhook registration and delivery, rate limits, and faults on demand.
//
// Not simulated: REST v3 rich text, workflows beyond a list of transitions,
// screens beyond "this field is not on the create screen", attachments,
// worklogs, versions, components, votes, dashboards, OAuth flows, apps,
// service management, and the user interface.
//
// # Where the behaviour comes from
//
// Shapes and statuses of platform REST follow Atlassian's OpenAPI description
// of Jira Cloud (November 2025) and of Data Center 10; the package's tests hold
// Cloud's answers against the former where it is at hand. Beyond it:
//
//   - the old search answers 410 and search/jql gives ids only, without a total,
//     and lags behind (Atlassian's CHANGE-2046, and what clients report);
//   - bad credentials on a Cloud site address are an anonymous visit, which only
//     /myself tells (reported by several clients);
//   - changelog entries of labels and of the Sprint field have the format of
//     recorded answers: whole sets joined by spaces, ids joined by ", ";
//     creation writes no entry;
//   - the Sprint field is a list of objects on Cloud and of Java-like strings on
//     Data Center (recorded);
//   - a property is at most 32768 characters and writing one needs the right to
//     edit the issue (the description of entity properties);
//   - Cloud refuses a remote link's DELETE without Content-Type with 415, and
//     more than 5000 comments with 413 (recorded; Atlassian's list of limits).
//
// What no source confirms is a knob, and its comment says so. The tests named
// conform are a list of what the site does, one sentence each with its source
// and a script of calls, over both products and every knob both ways.
//
// # How to use it
//
// A test sets up the world with the Add methods, lets people act with As (the
// same code as REST, permissions and changelog included), points the code
// under test at the handler and then looks at the world, for example with
// Issue, Sprint or Dump. Ids are counters and nothing is random, so that two
// runs of the same steps give the same world.
//
// Webhooks go out for real: StartWebhooks delivers in the background,
// DeliverNext one by one under a test's control, and SetFate loses, doubles,
// delays and reorders them. Fail and BeforeCalls/AfterCalls make REST calls go
// wrong before or after their effect; Transport takes requests without a
// network. Options.Admin serves the same under /_sim/ for a person with curl.
package jiratest
