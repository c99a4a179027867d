package jira

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"andon/rules"
)

// OrderProperty is the property of a project that holds the orders of operators to end a
// freeze by hand. A running andon only reads it, so that neither overwrites the other.
const OrderProperty = "andon.release"

// maxOrders bounds the orders that a project keeps; the oldest are forgotten first.
const maxOrders = 50

// orderBook is what the property holds.
type orderBook struct {
	Project string        `json:"project"`
	Orders  []rules.Order `json:"orders"`
}

// readOrders reads the orders of a project by its key or id. A property that is not
// there, or that we may not see, holds none; one that somebody else has changed is an
// error that wraps errDamaged.
func (c *Client) readOrders(ctx context.Context, s Signer, projectKey, projectID string) (orderBook, error) {
	book := orderBook{Project: projectID}
	raw, found, err := c.ProjectProperty(ctx, projectKey, OrderProperty)
	switch {
	case refusedByJira(err):
		return book, nil
	case err != nil:
		return book, fmt.Errorf("read the operators' orders: %w", err)
	case !found:
		return book, nil
	}
	var got orderBook
	if err := s.open("order", raw, &got); err != nil {
		return book, err
	}
	if got.Project != projectID { // carried over from another project
		return book, fmt.Errorf("order: %w", errDamaged)
	}
	return got, nil
}

// orders reads the operators' orders where one may matter: a disaster is open or cannot
// be read, or the project still keeps something on their account.
func (l *look) orders(ctx context.Context) error {
	matters := func(d rules.Disaster) bool {
		over := d.RecordState == rules.RecordValid && (d.Record.Withdrawn != nil || d.Record.Released != nil)
		return !over && (d.Unreadable != "" || d.RecordState != rules.RecordAbsent || len(d.Tasks) > 0)
	}
	if len(l.facts.Memory.Told)+len(l.facts.Memory.Kept) == 0 && !slices.ContainsFunc(l.facts.Disasters, matters) {
		return nil
	}
	book, err := l.r.c.readOrders(ctx, l.r.opt.Signer, l.key, l.facts.Project.ID)
	if errors.Is(err, errDamaged) || errors.Is(err, errNewer) {
		l.r.log.WarnContext(ctx, "the operators' orders are not believed", "project", l.key, "why", err)
		return nil
	}
	if err != nil {
		return err
	}
	l.facts.Memory.Orders = book.Orders
	return nil
}

// OpenDisaster is a disaster that a project keeps on its list.
type OpenDisaster struct {
	ID string
	// Key is the issue's key as it was declared, empty where that is not kept.
	Key string
	// Round is the declaration, 0 where that is not kept.
	Round int
}

// ErrNotBelieved is wrapped where a property of the project was changed by somebody else,
// sealed with another secret or written by a later version.
var ErrNotBelieved = errors.New("not believed")

// OpenDisasters are the open disasters that the project's own property lists. Nothing is
// said about a disaster of which the property tells nothing.
func (c *Client) OpenDisasters(ctx context.Context, s Signer, projectKey string) ([]OpenDisaster, error) {
	raw, found, err := c.ProjectProperty(ctx, projectKey, RecordProperty)
	if err != nil || !found {
		return nil, err
	}
	var m projectMemory
	if err := s.open("project", raw, &m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotBelieved, err)
	}
	var out []OpenDisaster
	for _, id := range m.Disasters {
		d := OpenDisaster{ID: id}
		for _, r := range m.Kept {
			if r.Issue == id {
				d.Key, d.Round = r.Key, r.Round
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// Order notes an operator's order on the project, and reads it back. An order that is
// there already stays as it is, and is given back; added says whether it is new.
func (c *Client) Order(ctx context.Context, s Signer, project Project, o rules.Order) (noted rules.Order, added bool, err error) {
	book, err := c.readOrders(ctx, s, project.Key, project.ID)
	if err != nil && !errors.Is(err, errDamaged) {
		return o, false, err
	}
	same := func(n rules.Order) bool { return n.Disaster == o.Disaster && n.Round == o.Round }
	if i := slices.IndexFunc(book.Orders, same); i >= 0 {
		return book.Orders[i], false, nil
	}
	book.Orders = append(book.Orders, o)
	book.Orders = book.Orders[max(0, len(book.Orders)-maxOrders):]
	raw, err := s.seal("order", book)
	if err != nil {
		return o, false, err
	}
	if err := c.SetProjectProperty(ctx, project.Key, OrderProperty, raw); err != nil {
		return o, false, fmt.Errorf("note the order on project %s: %w", project.Key, err)
	}
	book, err = c.readOrders(ctx, s, project.Key, project.ID)
	switch {
	case err != nil:
		return o, false, fmt.Errorf("read the order back: %w", err)
	case !slices.ContainsFunc(book.Orders, same):
		return o, false, fmt.Errorf("the order is not on project %s: %w", project.Key, errMoved)
	}
	return o, true, nil
}
