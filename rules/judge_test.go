package rules

import (
	"slices"
	"testing"
	"time"
)

// judgeFacts are facts in which judging is possible, an hour after the start.
func judgeFacts() Facts {
	return Facts{
		Now: start.Add(time.Hour), Settings: DefaultSettings(), Self: andon, Project: Project{ID: "10000", Key: "SHOP"},
		People: People{Source: "role", Read: true, ProductOwners: []Person{po}},
	}
}

// change is an entry of the history, some minutes after the start.
func change(id string, minute int, by Person, added, removed []string) LabelChange {
	return LabelChange{ID: id, At: start.Add(time.Duration(minute) * time.Minute), By: by, Added: added, Removed: removed}
}

// candidate is an issue with labels and a history.
func candidate(labels []string, history ...LabelChange) Disaster {
	return Disaster{ID: "100", Key: "SHOP-100", ProjectID: "10000", Creator: dev, Created: start.Add(-time.Hour), Labels: labels, History: history}
}

func l(labels ...string) []string { return labels }

func TestJudge(t *testing.T) {
	withdrawn := func(d Disaster, minute int) Disaster {
		d.RecordState = RecordValid
		d.Record = Record{Issue: d.ID, Project: "10000", Round: 1, Withdrawn: &Ending{At: start.Add(time.Duration(minute) * time.Minute), By: po}}
		return d
	}
	released := func(d Disaster, minute int) Disaster {
		d = withdrawn(d, minute)
		d.Record.Released, d.Record.Withdrawn = d.Record.Withdrawn, nil
		return d
	}
	tests := []struct {
		name    string
		d       Disaster
		facts   func(*Facts)
		verdict Verdict
		code    string
		by      string
		text    string
	}{
		{
			name:    "an issue without labels is no disaster",
			d:       candidate(nil),
			verdict: NoDisaster, code: "no-label", text: "no disaster label is on the issue",
		},
		{
			name:    "another label is no disaster",
			d:       candidate(l("disasters", "Disaster", "system-offline"), change("1", 1, po, l("disasters"), nil)),
			verdict: NoDisaster, code: "no-label", text: "no disaster label is on the issue",
		},
		{
			name:    "the Product Owner's label declares",
			d:       candidate(l("disaster"), change("1", 1, po, l("disaster"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name:    "the Product Owner's label of a kind declares",
			d:       candidate(l("disaster-security"), change("1", 1, po, l("disaster-security"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster-security",
		},
		{
			name:    "a label that the creator set from the start is the creator's",
			d:       func() Disaster { d := candidate(l("disaster")); d.Creator = po; return d }(),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name:    "somebody else's label proposes",
			d:       candidate(l("disaster"), change("1", 1, dev, l("disaster"), nil)),
			verdict: Proposed, code: "added-by-other", by: "dev", text: "Dev Eloper added the label disaster and is not a Product Owner of the project",
		},
		{
			name:    "a program's label proposes",
			d:       candidate(l("disaster"), change("1", 1, robot, l("disaster"), nil)),
			verdict: Proposed, code: "added-by-app", by: "robot", text: "Automation added the label disaster; a program is not the Product Owner",
		},
		{
			name:    "a program in the role still only proposes",
			d:       candidate(l("disaster"), change("1", 1, robot, l("disaster"), nil)),
			facts:   func(f *Facts) { f.People.ProductOwners = []Person{robot} },
			verdict: Proposed, code: "added-by-app", by: "robot", text: "Automation added the label disaster; a program is not the Product Owner",
		},
		{
			name: "a program that only the role tells to be one still only proposes",
			d: candidate(l("disaster"), change("1", 1, Person{ID: "robot", Name: "Automation"},
				l("disaster"), nil)),
			facts:   func(f *Facts) { f.People.ProductOwners = []Person{robot} },
			verdict: Proposed, code: "added-by-other", by: "robot", text: "Automation added the label disaster and is not a Product Owner of the project",
		},
		{
			name: "a program that the operator named declares",
			d:    candidate(l("disaster"), change("1", 1, robot, l("disaster"), nil)),
			facts: func(f *Facts) {
				f.People.ProductOwners, f.People.AppsAllowed = []Person{robot}, []string{"robot"}
			},
			verdict: Declared, code: "declared-by-product-owner", by: "robot", text: "Automation, Product Owner, added the label disaster",
		},
		{
			name:    "andon's own account never decides, not even as Product Owner",
			d:       candidate(l("disaster"), change("1", 1, andon, l("disaster"), nil)),
			facts:   func(f *Facts) { f.People.ProductOwners, f.People.AppsAllowed = []Person{andon}, []string{"andon"} },
			verdict: History, code: "own-account", by: "andon", text: "the label disaster was set with andon's own account, which never decides",
		},
		{
			name:    "an unknown account does not decide, even where an owner's id is empty",
			d:       candidate(l("disaster"), change("1", 1, Person{}, l("disaster"), nil)),
			facts:   func(f *Facts) { f.People.ProductOwners = []Person{{}} },
			verdict: Proposed, code: "added-by-other", by: "", text: "an unknown account added the label disaster and is not a Product Owner of the project",
		},
		{
			name: "the last addition counts, not the first",
			d: candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 2, dev, nil, l("disaster")),
				change("3", 3, dev, l("disaster"), nil)),
			verdict: Proposed, code: "added-by-other", by: "dev", text: "Dev Eloper added the label disaster and is not a Product Owner of the project",
		},
		{
			name: "the Product Owner confirms with another label",
			d: candidate(l("disaster", "disaster-data"), change("1", 1, dev, l("disaster"), nil),
				change("2", 2, po, l("disaster-data"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster-data",
		},
		{
			name: "of two declaring labels the earlier one is the proof",
			d: candidate(l("disaster-data", "disaster"), change("1", 3, po, l("disaster"), nil),
				change("2", 2, po, l("disaster-data"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster-data",
		},
		{
			name:    "a label older than the limit is history",
			d:       candidate(l("disaster"), change("1", -24*60, po, l("disaster"), nil)),
			verdict: History, code: "label-from-before", by: "po", text: "the label disaster is from 2026-03-01 09:00:00, older than 24h0m0s: history",
		},
		{
			name:    "a label exactly as old as the limit still counts",
			d:       candidate(l("disaster"), change("1", 60-24*60, po, l("disaster"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name: "an old label beside a fresh proposal stays history",
			d: candidate(l("disaster", "disaster-data"), change("1", -24*60, po, l("disaster"), nil),
				change("2", 1, dev, l("disaster-data"), nil)),
			verdict: Proposed, code: "added-by-other", by: "dev", text: "Dev Eloper added the label disaster-data and is not a Product Owner of the project",
		},
		{
			name:    "a label from the future is no harm",
			d:       candidate(l("disaster"), change("1", 100, po, l("disaster"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name:    "nothing is judged before the owners have been asked for",
			d:       candidate(l("disaster"), change("1", 1, po, l("disaster"), nil)),
			facts:   func(f *Facts) { f.People = People{} },
			verdict: Undecided, code: "owners-unreadable", by: "po", text: "it cannot be read who the Product Owners are (not asked yet); nothing changes until it can",
		},
		{
			name:    "nothing is judged while the owners cannot be read",
			d:       candidate(l("disaster"), change("1", 1, po, l("disaster"), nil)),
			facts:   func(f *Facts) { f.People.Unreadable = "404" },
			verdict: Undecided, code: "owners-unreadable", by: "po", text: "it cannot be read who the Product Owners are (404); nothing changes until it can",
		},
		{
			name:    "a label and a history that contradict each other prove nothing",
			d:       candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 2, po, nil, l("disaster"))),
			verdict: Undecided, code: "history-contradicts", by: "", text: "Jira shows the label disaster but its history says that it was taken off; looking again",
		},
		{
			name: "a proof beats a contradiction",
			d: candidate(l("disaster", "disaster-data"), change("1", 1, dev, l("disaster"), nil), change("2", 2, dev, nil, l("disaster")),
				change("3", 3, po, l("disaster-data"), nil)),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster-data",
		},
		{
			name: "an issue in another project is not judged here",
			d: func() Disaster {
				d := candidate(l("disaster"), change("1", 1, po, l("disaster"), nil))
				d.ProjectID = "2"
				return d
			}(),
			verdict: NoDisaster, code: "in-other-project", by: "", text: "the issue is in another project; only that one's Product Owner could declare it, anew",
		},
		{
			name: "a label from before the issue came to this project is history",
			d: func() Disaster {
				d := candidate(l("disaster"), change("1", 1, po, l("disaster"), nil))
				d.Moved = start.Add(2 * time.Minute)
				return d
			}(),
			verdict: History, code: "label-from-elsewhere", by: "po", text: "the label disaster was set before the issue came to this project: history",
		},
		{
			name: "a label from after the issue came to this project counts",
			d: func() Disaster {
				d := candidate(l("disaster"), change("1", 3, po, l("disaster"), nil))
				d.Moved = start.Add(2 * time.Minute)
				return d
			}(),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name:    "a label that was there when the story was withdrawn belongs to it",
			d:       withdrawn(candidate(l("disaster-data"), change("1", 1, po, l("disaster-data"), nil)), 5),
			verdict: NoDisaster, code: "story-ended", by: "po", text: "the label disaster-data belongs to a disaster that has ended",
		},
		{
			name: "after a withdrawal a new label counts",
			d: withdrawn(candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 5, po, nil, l("disaster")),
				change("3", 6, po, l("disaster"), nil)), 5),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
		{
			name: "after a release another label on top of the old one declares nothing",
			d: released(candidate(l("disaster", "disaster-data"), change("1", 1, po, l("disaster"), nil),
				change("2", 9, po, l("disaster-data"), nil)), 5),
			verdict: NoDisaster, code: "story-ended", by: "po", text: "the label disaster belongs to a disaster that has ended",
		},
		{
			name: "a gap before the release does not count as one after it",
			d: released(candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 3, po, nil, l("disaster")),
				change("3", 4, po, l("disaster"), nil)), 5),
			verdict: NoDisaster, code: "story-ended", by: "po", text: "the label disaster belongs to a disaster that has ended",
		},
		{
			name: "after a release all labels off and one on again declares anew",
			d: released(candidate(l("disaster"), change("1", 1, po, l("disaster"), nil), change("2", 6, dev, nil, l("disaster")),
				change("3", 7, po, l("disaster"), nil)), 5),
			verdict: Declared, code: "declared-by-product-owner", by: "po", text: "Paula Owner, Product Owner, added the label disaster",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := judgeFacts()
			if test.facts != nil {
				test.facts(&f)
			}
			got := Judge(f, test.d)
			if got.Verdict != test.verdict || got.Reason.Code != test.code || got.By.By.ID != test.by || got.Reason.Text != test.text {
				t.Errorf("got %s, %s by %q: %s\nwant %s, %s by %q: %s", got.Verdict, got.Reason.Code, got.By.By.ID, got.Reason.Text,
					test.verdict, test.code, test.by, test.text)
			}
			if got.Verdict == Declared && (len(got.Reason.Evidence) != 1 || got.Reason.Evidence[0].Who != got.By.By || got.Reason.Evidence[0].Change != got.By.Change) {
				t.Errorf("a declaration needs its evidence, got %+v", got.Reason.Evidence)
			}
		})
	}
}

func TestJudgeRehearsals(t *testing.T) {
	const on, all, rehearsal = "disaster", "disaster-data", "disaster-rehearsal"
	tests := []struct {
		name    string
		d       Disaster
		verdict Verdict
		code    string
	}{
		{"both labels in one edit are a rehearsal", candidate(l(on, rehearsal), change("1", 1, po, l(on, rehearsal), nil)), Rehearsal, "rehearsal"},
		{"a rehearsal of somebody else is a rehearsal", candidate(l(on, rehearsal), change("1", 1, dev, l(on, rehearsal), nil)), Rehearsal, "rehearsal"},
		{"a rehearsal label from before makes every label a rehearsal",
			candidate(l(on, rehearsal), change("1", 1, dev, l(rehearsal), nil), change("2", 2, po, l(on), nil)), Rehearsal, "rehearsal"},
		{"the Product Owner turns a proposal into a rehearsal",
			candidate(l(on, rehearsal), change("1", 1, dev, l(on), nil), change("2", 2, po, l(rehearsal), nil)), Rehearsal, "rehearsal"},
		{"somebody else does not turn a declaration into a rehearsal",
			candidate(l(on, rehearsal), change("1", 1, po, l(on), nil), change("2", 2, dev, l(rehearsal), nil)), Declared, "declared-by-product-owner"},
		{"the rehearsal label alone is nothing", candidate(l(rehearsal), change("1", 1, po, l(rehearsal), nil)), NoDisaster, "no-label"},
		{"a rehearsed label does not declare afterwards",
			candidate(l(on), change("1", 1, po, l(on, rehearsal), nil), change("2", 2, po, nil, l(rehearsal))), History, "rehearsed"},
		{"a rehearsed label does not declare after somebody else's rehearsal label either",
			candidate(l(on, rehearsal), change("1", 1, po, l(on, rehearsal), nil), change("2", 2, po, nil, l(rehearsal)),
				change("3", 3, dev, l(rehearsal), nil)), History, "rehearsed"},
		{"whoever takes the rehearsal label off declares nothing",
			candidate(l(on), change("1", 1, po, l(on, rehearsal), nil), change("2", 2, dev, nil, l(rehearsal))), History, "rehearsed"},
		{"a rehearsed label that is set again declares",
			candidate(l(on), change("1", 1, po, l(on, rehearsal), nil), change("2", 2, po, nil, l(rehearsal, on)),
				change("3", 3, po, l(on), nil)), Declared, "declared-by-product-owner"},
		{"another label after the rehearsal declares",
			candidate(l(on, all), change("1", 1, po, l(on, rehearsal), nil), change("2", 2, po, nil, l(rehearsal)),
				change("3", 3, po, l(all), nil)), Declared, "declared-by-product-owner"},
		{"swapping the rehearsal label for the real one in one edit declares",
			candidate(l(on), change("1", 1, po, l(rehearsal), nil), change("2", 2, po, l(on), l(rehearsal))), Declared, "declared-by-product-owner"},
		{"a rehearsal label that never counted leaves the declaration alone",
			candidate(l(on), change("1", 1, po, l(on), nil), change("2", 2, dev, l(rehearsal), nil), change("3", 3, dev, nil, l(rehearsal))),
			Declared, "declared-by-product-owner"},
		{"labels from the creation are a rehearsal together", candidate(l(on, rehearsal)), Rehearsal, "rehearsal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := judgeFacts()
			f.Now = start.Add(10 * time.Minute)
			got := Judge(f, test.d)
			if got.Verdict != test.verdict || got.Reason.Code != test.code {
				t.Errorf("got %s, %s: %s; want %s, %s", got.Verdict, got.Reason.Code, got.Reason.Text, test.verdict, test.code)
			}
		})
	}
}

func TestOfSeveralRehearsalsTheLatestIsAnswered(t *testing.T) {
	d := candidate(l("disaster", "disaster-data", "disaster-rehearsal"), change("1", 1, dev, l("disaster", "disaster-rehearsal"), nil), change("2", 2, po, l("disaster-data"), nil))
	if got := Judge(judgeFacts(), d); got.By.Change != "2" {
		t.Errorf("the rehearsal of change %q is answered, want that of 2", got.By.Change)
	}
}

func TestTheVerdictsAreRanked(t *testing.T) {
	order := []Verdict{"", NoDisaster, History, Proposed, Undecided, Rehearsal, Declared}
	if !slices.IsSortedFunc(order, func(a, b Verdict) int { return rank(a) - rank(b) }) {
		t.Errorf("the ranks are not in order")
	}
	for i, a := range order {
		for _, b := range order[i+1:] {
			if got := stronger(Judgement{Verdict: a}, Judgement{Verdict: b}).Verdict; got != b {
				t.Errorf("%q and %q give %q", a, b, got)
			}
			if got := stronger(Judgement{Verdict: b}, Judgement{Verdict: a}).Verdict; got != b {
				t.Errorf("%q and %q give %q", b, a, got)
			}
		}
	}
}
