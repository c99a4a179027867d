package jira

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"andon/jira/jiratest"
	"andon/rules"
)

// orderSite is a simulated site with the client of andon's account.
func orderSite(t *testing.T) (*jiratest.Jira, *Client, Signer, Project) {
	t.Helper()
	j, c := demoSite(t)
	s, err := NewSigner("a secret of some length")
	noError(t, err)
	p, err := c.Project(t.Context(), "SHOP")
	noError(t, err)
	return j, c, s, p
}

// order is an order on the project.
func order(id string, round int) rules.Order {
	return rules.Order{Disaster: id, Round: round, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), By: "olga", Reason: "deleted"}
}

func TestAnOrderIsNotedOnce(t *testing.T) {
	j, c, s, p := orderSite(t)
	noted, added, err := c.Order(t.Context(), s, p, order("10005", 1))
	noError(t, err)
	equal(t, "added", true, added)
	equal(t, "noted", order("10005", 1), noted)
	writes := j.Writes()
	second := order("10005", 1)
	second.By = "somebody else"
	noted, added, err = c.Order(t.Context(), s, p, second)
	noError(t, err)
	equal(t, "added again", false, added)
	equal(t, "whose it is", "olga", noted.By)
	equal(t, "writes", 0, j.Writes()-writes)
	_, added, err = c.Order(t.Context(), s, p, order("10005", 2))
	noError(t, err)
	equal(t, "another round", true, added)
	book, err := c.readOrders(t.Context(), s, "SHOP", p.ID)
	noError(t, err)
	equal(t, "orders", []rules.Order{order("10005", 1), order("10005", 2)}, book.Orders)
}

func TestOrdersOfOthersAreNotBelieved(t *testing.T) {
	j, c, s, p := orderSite(t)
	_, _, err := c.Order(t.Context(), s, p, order("10005", 1))
	noError(t, err)
	raw, _ := j.ProjectProperty("SHOP", OrderProperty)
	noError(t, j.SetProperty("BLOG", OrderProperty, raw))
	blog, err := c.Project(t.Context(), "BLOG")
	noError(t, err)
	if _, err := c.readOrders(t.Context(), s, "BLOG", blog.ID); !errors.Is(err, errDamaged) {
		t.Errorf("an order that was carried over gives %v", err)
	}
	other, err := NewSigner("quite another secret")
	noError(t, err)
	if _, err := c.readOrders(t.Context(), other, "SHOP", p.ID); !errors.Is(err, errDamaged) {
		t.Errorf("an order under another secret gives %v", err)
	}
	_, added, err := c.Order(t.Context(), other, p, order("10006", 1))
	noError(t, err)
	equal(t, "what nobody believes is written over", true, added)
}

func TestOnlySoManyOrdersAreKept(t *testing.T) {
	_, c, s, p := orderSite(t)
	for round := range maxOrders + 3 {
		_, _, err := c.Order(t.Context(), s, p, order("10005", round+1))
		noError(t, err)
	}
	book, err := c.readOrders(t.Context(), s, "SHOP", p.ID)
	noError(t, err)
	equal(t, "kept", maxOrders, len(book.Orders))
	equal(t, "the oldest is gone", 4, book.Orders[0].Round)
}

func TestAnOrderThatCannotBeWrittenIsNone(t *testing.T) {
	j, c, s, p := orderSite(t)
	_, _, err := c.ReadOnly().Order(t.Context(), s, p, order("10005", 1))
	wantKind(t, err, KindReadOnly)
	j.Fail(jiratest.Fault{Method: "PUT", Path: "/rest/api/2/project/SHOP/properties/*", Kind: jiratest.FaultStatus, Status: 403, Times: -1})
	_, _, err = c.Order(t.Context(), s, p, order("10005", 1))
	wantKind(t, err, KindForbidden)
	j.Heal(0)
	j.Fail(jiratest.Fault{Method: "GET", Path: "/rest/api/2/project/SHOP/properties/*", Kind: jiratest.FaultStatus, Status: 500, Times: -1})
	_, _, err = c.Order(t.Context(), s, p, order("10005", 1))
	wantKind(t, err, KindUnavailable)
}

func TestOpenDisastersAreReadFromTheProject(t *testing.T) {
	j, c, s, p := orderSite(t)
	open, err := c.OpenDisasters(t.Context(), s, "SHOP")
	noError(t, err)
	equal(t, "none", 0, len(open))
	raw, err := s.sealMemory(projectMemory{Project: p.ID, Disasters: []string{"7", "8"}, Kept: []rules.Record{{Issue: "8", Key: "SHOP-8", Round: 2}}})
	noError(t, err)
	noError(t, j.SetProperty("SHOP", RecordProperty, raw))
	open, err = c.OpenDisasters(t.Context(), s, "SHOP")
	noError(t, err)
	equal(t, "open", []OpenDisaster{{ID: "7"}, {ID: "8", Key: "SHOP-8", Round: 2}}, open)
	noError(t, j.SetProperty("SHOP", RecordProperty, []byte(`{"v":1}`)))
	if _, err := c.OpenDisasters(t.Context(), s, "SHOP"); !errors.Is(err, ErrNotBelieved) {
		t.Errorf("a damaged list gives %v", err)
	}
}

// inside carries calls to a handler in the same process.
type inside struct{ h http.Handler }

func (i inside) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		req.Body = http.NoBody
	}
	in := req.Clone(req.Context())
	in.RequestURI = req.URL.RequestURI()
	rec := httptest.NewRecorder()
	i.h.ServeHTTP(rec, in)
	return rec.Result(), nil
}

// demoSite is the demo's site on Cloud, and andon's client for it.
func demoSite(t *testing.T) (*jiratest.Jira, *Client) {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	j := jiratest.New(jiratest.Options{Flavour: jiratest.Cloud, Now: now, BaseURL: "https://jira.example.com"})
	_, err := jiratest.SeedDemo(j)
	noError(t, err)
	c, err := NewClient(Config{BaseURL: "https://jira.example.com", Email: "andon@example.com", Token: "demo", Now: now, Base: inside{j}, MaxRetries: -1,
		Sleep: func(context.Context, time.Duration) error { return nil }, Budget: Budget{PerSecond: 1e6, Burst: 1e6}})
	noError(t, err)
	return j, c
}
