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

// IDs are numeric ids that Jira gave.
type IDs []int64

// Decode reads a list of positive numbers separated by commas.
func (ids *IDs) Decode(value string) error {
	items, err := splitList(value)
	*ids = nil
	for _, item := range items {
		id, convErr := strconv.ParseInt(item, 10, 64)
		if convErr != nil || id <= 0 {
			return fmt.Errorf("%q is not the id of a board", item)
		}
		*ids = append(*ids, id)
	}
	return err
}

// String is the list as it could be given.
func (ids IDs) String() string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, strconv.FormatInt(id, 10))
	}
	return strings.Join(out, ",")
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
