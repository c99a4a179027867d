package jira

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"andon/rules"
)

type subjectKey struct{}

// withSubject notes what the calls made under ctx are about, for the lines that are logged
// about them.
func withSubject(ctx context.Context, attrs ...slog.Attr) context.Context {
	return context.WithValue(ctx, subjectKey{}, slices.Concat(subjectOf(ctx), attrs))
}

// subjectOf is what the calls made under ctx are about.
func subjectOf(ctx context.Context) []slog.Attr {
	attrs, _ := ctx.Value(subjectKey{}).([]slog.Attr)
	return attrs
}

// actionAttrs name an action and the disaster that it belongs to.
func actionAttrs(f rules.Facts, action string) []slog.Attr {
	attrs := []slog.Attr{slog.String("action", action)}
	if key := issueOf(f, action); key != "" {
		attrs = append(attrs, slog.String("issue", key))
	}
	return attrs
}

// issueOf is the key of the disaster to which an action belongs, its id where Jira does not
// show the issue, empty where the action is about the project as a whole.
func issueOf(f rules.Facts, action string) string {
	verb, rest, _ := strings.Cut(action, "/")
	id, _, _ := strings.Cut(rest, "/")
	if verb == "remember-project" || strings.HasSuffix(verb, "-scheme") {
		return ""
	}
	for _, d := range f.Disasters {
		if d.ID == id && d.Key != "" {
			return d.Key
		}
	}
	return id
}
