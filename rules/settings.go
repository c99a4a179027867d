package rules

import (
	"slices"
	"strings"
	"time"
)

// Kind is a kind of disaster. The empty kind is a disaster whose kind nobody has set.
type Kind string

// The kinds of disaster.
const (
	Security   Kind = "security"
	Data       Kind = "data"
	Accidental Kind = "accidental"
)

// Kinds are all kinds, in the order in which they are shown.
func Kinds() []Kind { return []Kind{Security, Data, Accidental} }

// Labels are the names of the labels by which people decide. Jira compares labels to
// the letter, and so does andon.
type Labels struct {
	Disaster    string
	Security    string
	Data        string
	Accidental  string
	Maintenance string
	ReadOnly    string
	Offline     string
	Alternate   string
	Restored    string
	Resume      string
	Rehearsal   string
}

// DefaultLabels are the label names used where the operator sets none.
func DefaultLabels() Labels {
	return Labels{
		Disaster: "disaster", Security: "disaster-security", Data: "disaster-data", Accidental: "disaster-accidental",
		Maintenance: "system-maintenance", ReadOnly: "system-read-only", Offline: "system-offline",
		Alternate: "system-alternate", Restored: "system-restored",
		Resume: "sprint-resume", Rehearsal: "disaster-rehearsal",
	}
}

// All are all label names.
func (l Labels) All() []string {
	return append(append(l.Declaring(), l.Modes()...), l.Restored, l.Resume, l.Rehearsal)
}

// Declaring are the labels that declare or propose a disaster.
func (l Labels) Declaring() []string {
	return []string{l.Disaster, l.Security, l.Data, l.Accidental}
}

// Modes are the labels that set the system mode.
func (l Labels) Modes() []string {
	return []string{l.Maintenance, l.ReadOnly, l.Offline, l.Alternate}
}

// Kind is the kind that a label sets, empty for the plain disaster label and for
// labels that set none.
func (l Labels) Kind(label string) Kind {
	switch label {
	case l.Security:
		return Security
	case l.Data:
		return Data
	case l.Accidental:
		return Accidental
	}
	return ""
}

// Settings are what the operator configured, as far as decisions depend on it.
type Settings struct {
	Labels Labels
	// Playbook are the tasks of a disaster.
	Playbook Playbook
	// MaxAge is the age from which a label on which nobody acted is history.
	MaxAge time.Duration
	// Boards are the ids of the boards in scope, if the operator names them himself.
	Boards []int64
	// RefusedResolutions are the resolutions with which a root-cause task does not
	// count as closed. Compared without regard to case and to the kind of apostrophe.
	RefusedResolutions []string
	// ProductOwnerRole is the name of the project role, for words to people.
	ProductOwnerRole string
	// RecoverySLA is the time from the declaration to the return to service, 0 for none.
	RecoverySLA time.Duration
	// RecoverySLAByKind is the same for single kinds, which it then replaces.
	RecoverySLAByKind map[Kind]time.Duration
	// OwnersAccept is true where only a Product Owner's closing of the root-cause task counts.
	OwnersAccept bool
	// EvidenceNeeded is true where the root-cause task needs a human's text and a linked
	// prevention issue before its closing counts.
	EvidenceNeeded bool
	// RestoredNeeded is true where the freeze also waits for the return to service.
	RestoredNeeded bool
	// Texts are the texts of notices, nil for the built-in ones.
	Texts *Texts
	// ChannelNames are the words for channels whose name in Channels is made for machines.
	ChannelNames map[string]string
	// Channels are the names of the channels over which people outside the issue are told.
	Channels []string
	// Freeze says whether the sprint permissions are taken away as well.
	Freeze FreezeMode
	// Resync is how often a project with an open disaster is looked at without a hint.
	Resync time.Duration
}

// DefaultSettings are the settings of an operator who sets nothing.
func DefaultSettings() Settings {
	return Settings{
		Labels:             DefaultLabels(),
		Playbook:           DefaultPlaybook(),
		MaxAge:             24 * time.Hour,
		RefusedResolutions: []string{"Won't Do", "Won't Fix", "Duplicate", "Cannot Reproduce", "Declined", "Incomplete"},
		ProductOwnerRole:   "Product Owner",
		Freeze:             FreezeReact,
		Resync:             time.Minute,
	}
}

// channelName is a channel's name for people.
func (s Settings) channelName(channel string) string {
	if channel == MailChannel {
		return "Jira's mail to the stakeholders"
	}
	return orElse(s.ChannelNames[channel], channel)
}

// refuses says whether a resolution is one with which nothing counts as closed.
func (s Settings) refuses(resolution string) bool {
	return slices.ContainsFunc(s.RefusedResolutions, func(r string) bool {
		return foldName(r) == foldName(resolution)
	})
}

// foldName makes names comparable that differ only in case, in outer blanks or in a
// typographic apostrophe, which Jira's own default resolutions use or not by version.
func foldName(s string) string {
	return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(s, "\u2019", "'")))
}
