package jira

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	// maxPages bounds every list. The longest real ones (20,000 changes of one issue, 10,000 sprints of one board) fit.
	maxPages = 200
	// maxEmpty is how many empty pages in a row are believed to be filtered ones before the list counts as broken.
	maxEmpty = 3
)

// page is one part of a list in any of the offset forms. Total and IsLast are nil where the answer lacks them.
type page[T any] struct {
	StartAt    int
	MaxResults int
	Total      *int
	IsLast     *bool
	Values     []T
}

// window is the head that all offset pages have in common on the wire.
type window struct {
	StartAt    int   `json:"startAt"`
	MaxResults int   `json:"maxResults"`
	Total      *int  `json:"total"`
	IsLast     *bool `json:"isLast"`
}

// wirePage is the commonest form: the values are called "values".
type wirePage[T any] struct {
	window
	Values []T `json:"values"`
}

func pageOf[T any](w window, values []T) page[T] {
	return page[T]{StartAt: w.StartAt, MaxResults: w.MaxResults, Total: w.Total, IsLast: w.IsLast, Values: values}
}

// last reports whether nothing can follow this page. "isLast" alone is not believed while the total says otherwise.
func (p page[T]) last(start int) bool {
	end := start + len(p.Values)
	reached := p.Total == nil || end >= *p.Total
	switch {
	case p.IsLast != nil:
		return *p.IsLast && reached
	case p.Total != nil:
		return reached
	default:
		return len(p.Values) == 0
	}
}

// collect reads a list to its end. It goes on by the number of values received, since servers cap pages silently: that
// may read an element twice, but never skips one. Elements with the same non-empty id are kept once.
func collect[T any](route string, id func(T) string, fetch func(start int) (page[T], error)) ([]T, error) {
	var (
		out   []T
		seen  = map[string]bool{}
		start int
		empty int
	)
	for range maxPages {
		p, err := fetch(start)
		if err != nil {
			return nil, err
		}
		for _, v := range p.Values {
			if key := id(v); key == "" || !seen[key] {
				seen[key] = true
				out = append(out, v)
			}
		}
		if p.last(start) {
			if empty > 0 && len(p.Values) == 0 && p.Total != nil && len(out) < *p.Total {
				return nil, cutShort(route, len(out))
			}
			return out, nil
		}
		if start += len(p.Values); len(p.Values) > 0 {
			empty = 0
			continue
		}
		if empty++; empty > maxEmpty {
			return nil, cutShort(route, len(out))
		}
		start += max(1, p.MaxResults)
	}
	return nil, incomplete(route, "more than %d pages", maxPages)
}

func cutShort(route string, n int) *Error {
	return incomplete(route, "the list ended after %d elements although more were announced", n)
}

// listAll reads a list whose pages have the common form.
func listAll[T any](ctx context.Context, c *Client, id func(T) string, query url.Values, size int, route string, args ...arg) ([]T, error) {
	return collect(route, id, func(start int) (page[T], error) { return readPage[T](ctx, c, query, start, size, route, args...) })
}

// readPage reads one page of such a list.
func readPage[T any](ctx context.Context, c *Client, query url.Values, start, size int, route string, args ...arg) (page[T], error) {
	var w wirePage[T]
	if err := c.get(ctx, &w, pageAt(query, start, size), route, args...); err != nil {
		return page[T]{}, err
	}
	return pageOf(w.window, w.Values), present(route, "values", w.Values)
}

// present refuses an answer that lacks its list. An empty list is written []; a missing one is somebody else's answer.
func present[T any](route, what string, values []T) error {
	if values == nil {
		return malformed(http.MethodGet, route, false, "the answer holds no %s", what)
	}
	return nil
}

// pageAt is query with the page's place added.
func pageAt(query url.Values, start, size int) url.Values {
	q := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {strconv.Itoa(size)}}
	for k, v := range query {
		q[k] = v
	}
	return q
}

func param(key, value string) url.Values { return url.Values{key: {value}} }

func joined(values []string) string { return strings.Join(values, ",") }
