package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// mask stands wherever a secret would be shown. It does not give away the length.
const mask = "***"

// Secret is a string that never shows itself: every way of printing, logging or
// encoding it gives a mask. Only [Secret.Reveal] gives the value.
type Secret string

// Reveal is the value itself, for the place that needs it.
func (s Secret) Reveal() string { return string(s) }

// String is the mask, or nothing where there is no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return mask
}

// Format masks the secret for every verb, %q, %x and %#v included.
func (s Secret) Format(f fmt.State, _ rune) {
	_, _ = f.Write([]byte(s.String())) // fmt's own state takes every write
}

// MarshalText masks the secret in JSON, YAML and structured logs.
//
//nolint:unparam // encoding.TextMarshaler asks for the error
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Secrets are several secrets of which each is accepted and the first one is used.
type Secrets []Secret

// Decode reads a list separated by commas.
func (s *Secrets) Decode(value string) error {
	items, err := splitList(value)
	*s = nil
	for _, item := range items {
		*s = append(*s, Secret(item))
	}
	return err
}

// Reveal are the values themselves, for the place that needs them.
func (s Secrets) Reveal() []string {
	out := make([]string, 0, len(s))
	for _, secret := range s {
		out = append(out, secret.Reveal())
	}
	return out
}

// String is a mask for each secret.
func (s Secrets) String() string {
	return strings.TrimSuffix(strings.Repeat(mask+",", len(s)), ",")
}

// List is a list of names, in the order in which they were given.
type List []string

// Decode reads a list separated by commas. Blanks around an item do not count.
func (l *List) Decode(value string) error {
	items, err := splitList(value)
	*l = items
	return err
}

// String is the list as it could be given.
func (l List) String() string { return strings.Join(l, ",") }

// BoardName is a board that the operator names, for one project or for all.
type BoardName struct {
	// Project is the key of the project whose sprints the board is for; empty for every
	// project that the board shows.
	Project string
	ID      int64
}

// String is the board as it could be given.
func (b BoardName) String() string {
	if b.Project == "" {
		return strconv.FormatInt(b.ID, 10)
	}
	return b.Project + ":" + strconv.FormatInt(b.ID, 10)
}

// BoardNames are the boards that the operator names.
type BoardNames []BoardName

// Decode reads a list such as 12,SHOP:14.
func (n *BoardNames) Decode(value string) error {
	items, err := splitList(value)
	*n = nil
	for _, item := range items {
		project, number, named := strings.Cut(item, ":")
		if !named {
			project, number = "", item
		}
		id, convErr := strconv.ParseInt(number, 10, 64)
		if convErr != nil || id <= 0 || named && !projectKey().MatchString(project) {
			return fmt.Errorf("%q is not the id of a board", item)
		}
		*n = append(*n, BoardName{project, id})
	}
	return err
}

// String is the list as it could be given.
func (n BoardNames) String() string {
	out := make([]string, 0, len(n))
	for _, b := range n {
		out = append(out, b.String())
	}
	return strings.Join(out, ",")
}

// For are the ids of the boards that are named for a project.
func (n BoardNames) For(project string) []int64 {
	var ids []int64
	for _, b := range n {
		if b.Project == "" || b.Project == project {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// errEmptyItem is the fault of "a,,b". It is a fault since the usual cause is a
// variable inside the value that turned out to be empty.
var errEmptyItem = errors.New("has an empty item")

// splitList cuts at the commas and trims each item. All items that are not empty are
// returned even with an error.
func splitList(value string) ([]string, error) {
	var items []string
	var err error
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item == "" {
			err = errEmptyItem
			continue
		}
		items = append(items, item)
	}
	return items, err
}
