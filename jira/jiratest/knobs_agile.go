package jiratest

// SoftwareLicence says how a site without Jira Software answers Agile REST.
type SoftwareLicence int

// The states of the licence.
const (
	Licensed     SoftwareLicence = iota // answers
	Unlicensed                          // 403, as the specification says
	LoginPage                           // an HTML login page with 200, seen on Data Center
	AgileMissing                        // 404: the app is not installed
)

// AgileKnobs are the knobs of boards, sprints, webhooks, permission schemes and limits.
// "Unconfirmed" means that no source says which behaviour is the real one.
type AgileKnobs struct {
	// Licence of Jira Software. Default Licensed.
	Licence SoftwareLicence
	// AgileAnonymous401 answers Agile REST without a login with 401, as the
	// specification says. Default true on Data Center; false on Cloud, where an
	// anonymous visitor of a site address sees an empty Jira instead.
	AgileAnonymous401 bool
	// SprintDenied is the status for a sprint that one sees but may not manage.
	// Default 403; the specification lists only 403, some sites answer 400 or 401.
	SprintDenied int
	// CloseAgain is the status for closing a closed sprint. Default 400
	// ("other changes to state are not allowed"); 200 makes it a success without effect.
	CloseAgain int
	// DeleteStarted lets active and closed sprints be deleted on Cloud, which is
	// undocumented. Default false. Data Center always refuses.
	DeleteStarted bool
	// DeleteSilent leaves the changelog of the issues alone when their sprint is
	// deleted. Default false: it is a change of their Sprint field; unconfirmed.
	DeleteSilent bool
	// OffendingIssues refuses to close a sprint that holds complete issues with
	// incomplete sub-tasks. Default true on Data Center (documented), false on
	// Cloud (only the user interface is known to refuse).
	OffendingIssues bool
	// SprintNameMax is the longest sprint name in characters. Default 30.
	SprintNameMax int
	// SprintGoalMax is the longest goal of a sprint in characters. Default 0, no
	// limit: none was found.
	SprintGoalMax int
	// AdminsManageSprints lets the administrators of Jira manage sprints without
	// Manage Sprints. Default false: they are said to be refused; unconfirmed.
	AdminsManageSprints bool
	// SingleSprint refuses to start a sprint while another one of its board is
	// active (the site's "parallel sprints" switched off). Default false, so that
	// nobody relies on there being one; what REST says then is unconfirmed.
	SingleSprint bool
	// StartAlsoUpdates fires sprint_updated (state active) before sprint_started.
	// Default true on Cloud, where it was recorded, false on Data Center.
	StartAlsoUpdates bool
	// SubtaskMove is the status for moving a sub-task to a sprint or the backlog
	// by itself. Default 400; 204 ignores it silently. Unconfirmed.
	SubtaskMove int
	// IssueUnknown is the status for a move that names an unknown or invisible
	// issue; nothing is moved then. Default 400 ("4xx for the call").
	IssueUnknown int
	// RankUnavailable are keys of issues that cannot be ranked at the moment: they
	// give a 207 with one entry of status 503. Default none.
	RankUnavailable []string
	// NoLocation leaves the location out of boards, as old Data Center versions
	// do (unconfirmed). Default false.
	NoLocation bool
	// CloneKeepsSprint makes a clone go into the open sprint of its original, as
	// the dialog's "sprint values" does when ticked. Default false.
	CloneKeepsSprint bool
	// WebhookCreatedDate adds createdDate to the sprint in webhooks. Default
	// false: the recordings of 2020 have none.
	WebhookCreatedDate bool
	// SubtaskLinkEvents fires issuelink_created for a new sub-task. Default false: unconfirmed.
	SubtaskLinkEvents bool
	// WebhooksNotByGateway answers the registration of webhooks with 404 under
	// the gateway path. Default false: unconfirmed.
	WebhooksNotByGateway bool
	// WebhookHTTPSOnly refuses http addresses on registration, as Cloud does.
	// Default false, since test servers speak http.
	WebhookHTTPSOnly bool
	// RetryHeaderZero sends "X-Atlassian-Webhook-Retry: 0" with the first
	// attempt. Default false: by the documentation it is absent then.
	RetryHeaderZero bool
	// WebhookConcurrency is how many deliveries are under way at once. Default 20
	// on Cloud (unconfirmed), 5 on Data Center.
	WebhookConcurrency int
	// FreePlan answers 403 to every change of a permission scheme or its
	// assignment, as free plans do. Default false.
	FreePlan bool
	// SchemeNamesShared allows two permission schemes with one name. Default
	// false: names are unique; unconfirmed.
	SchemeNamesShared bool
	// RefusedHolders are holder types that creating or changing a scheme refuses
	// with 400, as happens with app-defined ones. Default none.
	RefusedHolders []string
	// TeamManagedScheme is the status for the permission scheme of a team-managed
	// project. Default 404; the real answer is unknown.
	TeamManagedScheme int
	// SchemeShort leaves the grants out of a scheme unless expand asks for them.
	// Default true on Data Center; on Cloud false: documented, but live sites
	// give them anyway.
	SchemeShort bool
	// IssueWrites2s and IssueWrites30s are the writes on one issue that Cloud
	// allows in 2 and in 30 seconds; 0 switches the limit off. Default 20 and 100
	// on Cloud, off on Data Center.
	IssueWrites2s  int
	IssueWrites30s int
	// Burst is the number of calls a second to one endpoint by method ("GET",
	// "POST", "PUT", "DELETE"). Default none; Cloud's own are 100, 100, 50, 50.
	Burst map[string]int
	// Bucket is Data Center's rate limit for each user; the zero value is none,
	// as by default in Jira.
	Bucket Bucket
}

// Bucket is a token bucket: Limit tokens at most, Fill new ones every Seconds.
type Bucket struct {
	Limit   int
	Fill    int
	Seconds int
}

func defaultAgileKnobs(f Flavour) AgileKnobs {
	k := AgileKnobs{
		SprintDenied: 403, CloseAgain: 400, SprintNameMax: 30, SubtaskMove: 400, IssueUnknown: 400, TeamManagedScheme: 404,
	}
	if f == Cloud {
		k.StartAlsoUpdates = true
		k.WebhookConcurrency = 20
		k.IssueWrites2s, k.IssueWrites30s = 20, 100
		return k
	}
	k.AgileAnonymous401 = true
	k.OffendingIssues = true
	k.SchemeShort = true
	k.WebhookConcurrency = 5
	return k
}
