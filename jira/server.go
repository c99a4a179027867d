package jira

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

// Server asks Jira what it is. The answer is remembered after the first success, Skew and ServerTime included. It needs
// no valid credentials, so it proves nothing about them: Myself does. An answer that does not name the product is taken for
// one of Data Center and not remembered: were it garbage of a moment, a Cloud would be mistaken for good.
func (c *Client) Server(ctx context.Context) (ServerInfo, error) {
	if info, known := c.shared.server.peek(); known {
		return info, nil
	}
	info, named, err := c.askServer(ctx)
	if err != nil || !named {
		return info, err
	}
	return c.shared.server.get(func() (ServerInfo, error) { return info, nil })
}

// askServer says also whether the answer names a product.
func (c *Client) askServer(ctx context.Context) (ServerInfo, bool, error) {
	var (
		wire struct {
			BaseURL        string `json:"baseUrl"`
			Version        string `json:"version"`
			VersionNumbers []int  `json:"versionNumbers"`
			DeploymentType string `json:"deploymentType"`
			ServerTime     stamp  `json:"serverTime"`
		}
		header http.Header
	)
	const route = platform + "serverInfo"
	if err := c.do(ctx, call{method: http.MethodGet, route: route, out: &wire, header: &header}); err != nil {
		return ServerInfo{}, false, err
	}
	if wire.BaseURL == "" && wire.Version == "" {
		return ServerInfo{}, false, malformed(http.MethodGet, route, false, "the answer names neither a base URL nor a version")
	}
	info := ServerInfo{
		Flavour:        DataCenter,
		BaseURL:        strings.TrimRight(wire.BaseURL, "/"),
		Version:        wire.Version,
		VersionNumbers: wire.VersionNumbers,
		ServerTime:     wire.ServerTime.Time,
	}
	// Data Center says "Server" here, and some releases "DataCenter".
	if wire.DeploymentType == "Cloud" {
		info.Flavour = Cloud
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		info.Skew = date.Sub(c.cfg.Now())
	}
	return info, slices.Contains([]string{"Cloud", "Server", "DataCenter"}, wire.DeploymentType), nil
}

// flavour is the product behind the base URL.
func (c *Client) flavour(ctx context.Context) (Flavour, error) {
	info, err := c.Server(ctx)
	return info.Flavour, err
}

// Myself asks Jira who we are. It is the only call that answers bad or expired credentials with a clean 401: elsewhere
// Cloud may treat them as an anonymous visitor who sees an empty Jira. An answer without an id is KindUnauthorized too.
func (c *Client) Myself(ctx context.Context) (User, error) {
	var wire wireUser
	const route = platform + "myself"
	if err := c.get(ctx, &wire, nil, route); err != nil {
		return User{}, err
	}
	u := wire.user()
	if u.ID() == "" {
		return User{}, &Error{Kind: KindUnauthorized, Status: http.StatusOK, Method: http.MethodGet, Path: route, Executed: ExecutedNo,
			Messages: []string{"Jira does not say who we are"}}
	}
	return u, nil
}

// wireUser is a user as either product writes one.
type wireUser struct {
	AccountID    string   `json:"accountId"`
	Key          string   `json:"key"`
	Name         string   `json:"name"`
	DisplayName  string   `json:"displayName"`
	EmailAddress string   `json:"emailAddress"`
	Active       flexBool `json:"active"`
	AccountType  string   `json:"accountType"`
}

func (w wireUser) user() User {
	return User{AccountID: w.AccountID, Key: w.Key, Name: w.Name, DisplayName: w.DisplayName, Email: w.EmailAddress,
		Active: bool(w.Active), AccountType: w.AccountType}
}

// userOf is nil for a missing user and for one of whom nothing at all is known.
func userOf(w *wireUser) *User {
	if w == nil {
		return nil
	}
	u := w.user()
	if u.ID() == "" && u.DisplayName == "" && u.Email == "" {
		return nil
	}
	return &u
}
