package rules

import "time"

// FreezeMode says how a freeze is enforced.
type FreezeMode string

// The modes. What happens in spite of a freeze is undone in both of them: a permission
// does not keep anybody from putting issues into a sprint that exists already.
const (
	// FreezeReact undoes what happens.
	FreezeReact FreezeMode = "react"
	// FreezePermissions also takes the sprint permissions away: the project gets a copy
	// of its permission scheme without them, and its own scheme back at the release.
	FreezePermissions FreezeMode = "permissions"
)

// SchemeRef names a permission scheme. Jira's default scheme has the id 0.
type SchemeRef struct {
	ID   int64  `json:"id"`
	Name string `json:"name,omitempty"`
}

// Scheme is the permission scheme that the project uses now.
type Scheme struct {
	// Read is true once it was asked for.
	Read bool
	// Unreadable is non-empty where Jira did not tell, with the reason. Passing is true
	// where that may be different the next time.
	Unreadable string
	Passing    bool
	// Present is the scheme in use.
	Present SchemeRef
	// Copy is true where its description says that andon made it for this project.
	// Original is then the scheme that it stands in for.
	Copy     bool
	Original SchemeRef
	// Foreign is true where andon made it for another project. It is nobody's own.
	Foreign bool
	// Dropped is true once andon's copies were deleted in this pass.
	Dropped bool
}

// SwapState says how far the exchange of a permission scheme has come.
type SwapState string

// The states of an exchange.
const (
	// SwapNone: there is none.
	SwapNone SwapState = ""
	// SwapMoving: the original is remembered. Either scheme may be in use, by andon's
	// own hand: it is about to exchange them, or to change them back.
	SwapMoving SwapState = "moving"
	// SwapInForce: the copy was seen in use. If it is not any more, somebody else
	// changed that.
	SwapInForce SwapState = "swapped"
	// SwapLeft: somebody else changed the scheme. It stays as it is.
	SwapLeft SwapState = "left"
	// SwapGivenUp: it cannot be done, and is not tried again for a while.
	SwapGivenUp SwapState = "given up"
)

// Swap is the exchange of a project's permission scheme, as the project's property
// remembers it.
type Swap struct {
	State SwapState `json:"state"`
	// Original is the project's own scheme. It is written down before it is replaced,
	// and never is one of andon's copies.
	Original SchemeRef `json:"original"`
	// Copy is andon's copy, as soon as it was seen in use.
	Copy SchemeRef `json:"copy,omitzero"`
	// Since is when the exchange began or was given up.
	Since time.Time `json:"since,omitzero"`
	// Why says why it was given up, or what was found instead of the copy.
	Why string `json:"why,omitempty"`
	// Clean is true once no copy of andon's is left behind.
	Clean bool `json:"clean,omitempty"`
}

// same compares two exchanges by what would be written.
func (s Swap) same(o Swap) bool {
	at := s.Since.Equal(o.Since)
	s.Since, o.Since = time.Time{}, time.Time{}
	return at && s == o
}

// open says whether andon's copy may be in use.
func (s Swap) open() bool { return s.State == SwapMoving || s.State == SwapInForce }

// brief is what a disaster's record keeps of an exchange.
func (s Swap) brief() Swap {
	return Swap{State: s.State, Original: s.Original, Copy: s.Copy, Why: s.Why}
}

// ours says whether the present scheme is andon's copy: by its description, or by its
// id where somebody has changed the description.
func (p Scheme) ours(s Swap) bool {
	return p.Copy || s.Copy != (SchemeRef{}) && p.Present.ID == s.Copy.ID
}
