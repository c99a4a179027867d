package jiratest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Error is a refusal in Jira's shape: a status, general messages, and messages
// by field.
type Error struct {
	Status   int
	Messages []string
	Fields   map[string]string

	header http.Header
}

// Error gives status and messages in one line.
func (e *Error) Error() string {
	parts := slices.Clone(e.Messages)
	for _, k := range sortedKeys(e.Fields) {
		parts = append(parts, k+": "+e.Fields[k])
	}
	return fmt.Sprintf("%d: %s", e.Status, strings.Join(parts, "; "))
}

func (e *Error) body() map[string]any {
	msgs, fields := e.Messages, e.Fields
	if msgs == nil {
		msgs = []string{}
	}
	if fields == nil {
		fields = map[string]string{}
	}
	return map[string]any{"errorMessages": msgs, "errors": fields}
}

func refuse(status int, format string, args ...any) *Error {
	return &Error{Status: status, Messages: []string{fmt.Sprintf(format, args...)}}
}

func refuseField(field, format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Fields: map[string]string{field: fmt.Sprintf(format, args...)}}
}

// errIssueMissing is for an absent issue and for one the caller may not see alike.
func errIssueMissing() *Error {
	return refuse(http.StatusNotFound, "Issue does not exist or you do not have permission to see it.")
}

func errProjectMissing(key string) *Error {
	return refuse(http.StatusNotFound, "No project could be found with key '%s'.", key)
}

func errUnauthorized(f Flavour) *Error {
	if f == Cloud {
		return refuse(http.StatusUnauthorized, "Client must be authenticated to access this resource.")
	}
	return refuse(http.StatusUnauthorized, "You are not authenticated. Authentication required to perform this operation.")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
