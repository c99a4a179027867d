package jira

import (
	"cmp"
	"context"
	"net/http"
	"slices"
)

type wireChange struct {
	ID      flexID    `json:"id"`
	Author  *wireUser `json:"author"`
	Created stamp     `json:"created"`
	Items   []struct {
		Field      string `json:"field"`
		FieldID    string `json:"fieldId"`
		From       flexID `json:"from"`
		FromString string `json:"fromString"`
		To         flexID `json:"to"`
		ToText     string `json:"toString"`
	} `json:"items"`
}

func (w wireChange) change() Change {
	ch := Change{ID: string(w.ID), Author: userOf(w.Author), Created: w.Created.Time}
	for _, i := range w.Items {
		ch.Items = append(ch.Items, ChangeItem{Field: i.Field, FieldID: i.FieldID, From: string(i.From),
			FromString: i.FromString, To: string(i.To), ToString: i.ToText})
	}
	return ch
}

// wireChangelog is the changelog inside an issue. Cloud puts in the newest hundred or so, Data Center everything.
type wireChangelog struct {
	window
	Histories []wireChange `json:"histories"`
}

// whole reports whether the expanded changelog provably holds every entry.
func (w *wireChangelog) whole() bool {
	return w != nil && w.StartAt == 0 && w.Total != nil && *w.Total <= len(w.Histories)
}

// history completes the changelog that came with the issue and sorts it, oldest first. The products sort differently,
// and Cloud cuts. A history that cannot be completed is an error: who set a label is decided from it.
func (c *Client) history(ctx context.Context, issueID string, expanded *wireChangelog) ([]Change, error) {
	var wires []wireChange
	if expanded.whole() {
		wires = expanded.Histories
	} else {
		f, err := c.flavour(ctx)
		if err != nil {
			return nil, err
		}
		if f != Cloud {
			// Data Center has no call that pages through a changelog.
			return nil, incomplete(platform+"issue/{}", "history of issue %s came incomplete", issueID)
		}
		wires, err = listAll(ctx, c, func(w wireChange) string { return string(w.ID) }, nil, 100,
			platform+"issue/{}/changelog", idArg(issueID))
		if err != nil {
			return nil, err
		}
	}
	for _, w := range wires {
		if w.Created.IsZero() {
			return nil, malformed(http.MethodGet, platform+"issue/{}", false, "change %s of issue %s has no time", w.ID, issueID)
		}
	}
	return sortedChanges(wires), nil
}

// sortedChanges orders by time, and within the same time by id: ids grow.
func sortedChanges(wires []wireChange) []Change {
	changes := make([]Change, 0, len(wires))
	for _, w := range wires {
		changes = append(changes, w.change())
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(flexID(a.ID).num(), flexID(b.ID).num()))
	})
	return changes
}
