package jiratest

import "time"

// Knobs choose between behaviours that differ between sites, or that Atlassian
// does not document. Change them with Jira.SetKnobs or in Options before the
// first call; New fills in the defaults of the flavour where Options.Knobs is nil.
type Knobs struct {
	// BadCredentialsAnonymous treats wrong or expired credentials as an
	// anonymous visitor: 404s and empty searches instead of 401. Default: true on
	// Cloud (a site URL does this; only /myself answers 401), false on Data Center.
	BadCredentialsAnonymous bool
	// SelfBase, when set, replaces the site in self links, as Cloud does since
	// July 2026 with https://api.atlassian.com/ex/jira/<cloudId>. Default: "".
	SelfBase string
	// IndexLagWrites makes search see the world as it was this many writes ago, for a
	// minute at most: an index catches up also where nobody writes.
	// Default 0: tests that want the lag of Cloud's index ask for it.
	IndexLagWrites int
	// IndexLag makes search see the world as it was this long ago. Default 0.
	IndexLag time.Duration
	// RolesDenied is the status for reading a project's roles without
	// Administer Projects. Default 404; Atlassian lists 401 as well, some sites give 403.
	RolesDenied int
	// EditDenied is the status for editing an issue one may see but not edit.
	// Default 403; some sites answer 400 and call every field unknown.
	EditDenied int
	// DoneSetsResolution makes the built-in transition to a done status set the
	// resolution "Done" and the way back clear it, as the simplified workflow
	// does. Default true. Without it issues are done and unresolved.
	DoneSetsResolution bool
	// CloneCopiesProperties carries entity properties over to a clone.
	// Default false: unconfirmed.
	CloneCopiesProperties bool
	// MaxComments is the number of comments on an issue beyond which Cloud
	// answers 413. Default 5000 on Cloud, 0 (no limit) on Data Center.
	MaxComments int
	// UnknownFieldEmpty answers JQL with an unknown field, project or other
	// value with an empty 200 instead of 400. Default false for users; for
	// anonymous callers it is always so.
	UnknownFieldEmpty bool
	// RequireBounded refuses unbounded JQL with 400 on Cloud. Default true there.
	RequireBounded bool
	// ChangelogCap bounds expand=changelog on Cloud (newest first) and the page
	// of the changelog resource. Default 100.
	ChangelogCap int
	// MailOff makes notify answer 403. Default false.
	MailOff bool
	// HideEmails leaves e-mail addresses of other people out of Cloud's
	// answers. Default false.
	HideEmails bool
	// SubtasksOff disables sub-tasks on the whole site. Default false.
	SubtasksOff bool
	// AgileListsGone answers 410 on the old agile issue lists, as Cloud does
	// from November 2026. Default false.
	AgileListsGone bool
	// AgileListsGoneStatus is what they answer then. Default 410; 404 is as
	// likely: unconfirmed.
	AgileListsGoneStatus int
	// ChangelogReversed turns the order of expand=changelog around: oldest first
	// on Cloud, newest first on Data Center, whose order is unconfirmed. Default false.
	ChangelogReversed bool
	// LabelMax is the longest label in characters. Default 255: unconfirmed.
	LabelMax int
	// DataDependent are permission keys for which mypermissions answers true for
	// the project though an issue may say no. Default none.
	DataDependent []string
	// CaptchaAfter is the number of failed logins with a password after which
	// Data Center refuses the account with 403 and X-Authentication-Denied-Reason
	// until ClearCaptcha, as if a human had logged in. Default 0: never.
	CaptchaAfter int
	// IndexVanish makes every so many-th search leave out the issue that changed
	// last, as Cloud's index is not monotonic. Default 0: never.
	IndexVanish int
	// Zone is the callers' time zone: platform REST shows dates with its offset,
	// and dates in JQL are meant in it. Default UTC.
	Zone *time.Location
	// SearchMax caps maxResults of a search that asks for fields. Default 100
	// on Cloud (5000 for ids and keys only), 1000 on Data Center.
	SearchMax int

	AgileKnobs
}

func defaultKnobs(f Flavour) Knobs {
	k := Knobs{
		RolesDenied:        404,
		EditDenied:         403,
		DoneSetsResolution: true,
		ChangelogCap:       100,
		LabelMax:           255,
		SearchMax:          1000,

		AgileListsGoneStatus: 410,

		AgileKnobs: defaultAgileKnobs(f),
	}
	if f == Cloud {
		k.BadCredentialsAnonymous = true
		k.MaxComments = 5000
		k.RequireBounded = true
		k.SearchMax = 100
	}
	return k
}
