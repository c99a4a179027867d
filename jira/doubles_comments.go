package jira

import (
	"cmp"
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"

	"andon/rules"
)

// lastRef finds the reference that ends a comment of andon. One that stands further up may
// be somebody else's words.
var lastRef = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:^|\n)andon ref ([a-z0-9.-]+)$`) })

// twinComment is a comment that an older one says already.
type twinComment struct{ older, younger Comment }

// twinsAmong are andon's own comments that end with the reference of an older one of its own.
func twinsAmong(comments []Comment, self string) []twinComment {
	all := slices.SortedFunc(slices.Values(comments), func(a, b Comment) int { return cmp.Compare(number(a.ID), number(b.ID)) })
	first := map[string]Comment{}
	var out []twinComment
	for _, c := range all {
		ref := lastRef().FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(c.Body, "\r", "")))
		if ref == nil || c.Author == nil || c.Author.ID() != self {
			continue
		}
		older, twice := first[ref[1]]
		if !twice {
			first[ref[1]] = c
			continue
		}
		out = append(out, twinComment{older: older, younger: c})
	}
	return out
}

// takeBackComments deletes the doubles among andon's comments on a disaster. Where the
// younger one is the status comment that the record knows, the older one takes its text over.
func (r *Reconciler) takeBackComments(ctx context.Context, l *look, d rules.Disaster) error {
	more, muted := l.read[d.ID].More, "comments of "+d.ID
	if !more.CommentsWhole || r.known.muted(muted) {
		return nil
	}
	for _, twice := range twinsAmong(more.Comments, l.facts.Self.ID) {
		var err error
		if twice.younger.ID == d.Record.Comment {
			_, err = r.c.UpdateComment(ctx, d.ID, twice.older.ID, twice.younger.Body)
		}
		if err == nil {
			err = r.c.DeleteComment(ctx, d.ID, twice.younger.ID)
		}
		err = r.tookBack(ctx, err, muted, "a comment", "Delete Own Comments", slog.String("disaster", d.Key), slog.String("comment", twice.younger.ID))
		if err != nil {
			return err
		}
	}
	return nil
}
