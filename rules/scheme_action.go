package rules

import "fmt"

// SwapScheme has the project use a copy of its permission scheme without the sprint
// permissions. A copy that is there already is taken. The original has been remembered
// before.
type SwapScheme struct {
	Project  string
	Original SchemeRef
	// Name and Description are those of the copy.
	Name        string
	Description string
}

// Key implements [Action].
func (a SwapScheme) Key() string { return "swap-scheme/" + a.Project }

// Line implements [Action].
func (a SwapScheme) Line() string {
	return fmt.Sprintf("replace the project's permission scheme %d %q by a copy without the sprint permissions", a.Original.ID, a.Original.Name)
}

// RestoreScheme has the project use its own permission scheme again, but only while it
// still uses andon's copy.
type RestoreScheme struct {
	Project  string
	Original SchemeRef
	Copy     SchemeRef
}

// Key implements [Action].
func (a RestoreScheme) Key() string { return "restore-scheme/" + a.Project }

// Line implements [Action].
func (a RestoreScheme) Line() string {
	return fmt.Sprintf("give the project its own permission scheme %d %q back", a.Original.ID, a.Original.Name)
}

// DropScheme deletes andon's copies for the project that no project uses.
type DropScheme struct{ Project string }

// Key implements [Action].
func (a DropScheme) Key() string { return "drop-scheme/" + a.Project }

// Line implements [Action].
func (a DropScheme) Line() string { return "delete the copy of the permission scheme" }

// line says for people how an exchange stands, as part of what is remembered.
func (s Swap) line() string {
	switch s.State {
	case SwapMoving:
		return fmt.Sprintf("; its own permission scheme is %d %q", s.Original.ID, s.Original.Name)
	case SwapInForce:
		return fmt.Sprintf("; it uses andon's copy of its permission scheme %d %q", s.Original.ID, s.Original.Name)
	case SwapLeft:
		return "; somebody else changed its permission scheme, which is left as it is: " + s.Why
	case SwapGivenUp:
		return "; its permission scheme cannot be replaced: " + s.Why
	case SwapNone:
	}
	return ""
}
