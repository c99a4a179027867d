package jira

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// authorization is the header value for the configured credentials.
func authorization(cfg Config) string {
	if cfg.Email == "" {
		return "Bearer " + cfg.Token
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(cfg.Email+":"+cfg.Token))
}

// relative returns the request's path below the base URL, and false when the request would leave it: another scheme or
// host must never see the credentials, and a path outside the prefix is another tenant behind Atlassian's gateway.
func relative(base *url.URL, req *http.Request) (string, bool) {
	u := req.URL
	if u.Scheme != base.Scheme || u.Host != base.Host || u.User != nil {
		return "", false
	}
	if req.Host != "" && req.Host != base.Host {
		return "", false
	}
	if u.Path != path.Clean(u.Path) {
		return "", false
	}
	return strings.CutPrefix(u.Path, base.Path)
}

// isWrite reports whether the call may change something. The few POSTs that only read are listed one by one, so that a
// new one is refused in read-only mode until somebody has thought about it.
func isWrite(method, rel string) bool {
	switch method {
	case http.MethodGet, http.MethodHead:
		return false
	case http.MethodPost:
		switch rel {
		case "rest/api/2/search", "rest/api/2/search/jql", "rest/api/2/search/approximate-count", "rest/api/2/changelog/bulkfetch":
			return false
		}
	}
	return true
}
