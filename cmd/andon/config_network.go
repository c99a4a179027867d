package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"andon/webhook/queue"
)

// httpWhere says where a connection without TLS is taken, for people.
const httpWhere = "http is taken only for loopback and private hosts (localhost, 127.0.0.1, 10.x, 172.16-31.x, 192.168.x, fd00::, " +
	"names without a dot or ending in .localhost, .local, .internal or .test)"

// checkJira judges the address of Jira and how andon signs in there.
func checkJira(c Config) Faults {
	if c.JiraURL == "" {
		return nil // said already: it is required
	}
	faults := checkAccount(c)
	fault := func(found, want string) Faults {
		return append(Faults{{"ANDON_JIRA_URL", found, want}}, faults...)
	}
	u, err := url.Parse(c.JiraURL)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || !portOK(u.Port()):
		return fault("is not a complete URL", "write it like https://example.atlassian.net or https://jira.example.com/jira")
	case u.User != nil:
		return fault("contains a user name or password", "put these into ANDON_JIRA_EMAIL and ANDON_JIRA_TOKEN")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fault("has a query or a fragment", "leave away everything from ? or # on")
	case u.Scheme != "https" && u.Scheme != "http":
		return fault(fmt.Sprintf("has the scheme %q", u.Scheme), "write https://…")
	case u.Scheme == "http" && !privateHost(u.Hostname()):
		return fault("would send the token over http", "write https://…; "+httpWhere)
	case u.Hostname() == gatewayHost && !gatewayPath().MatchString(u.Path):
		return fault("names the gateway without a site", "write https://api.atlassian.com/ex/jira/CLOUDID")
	}
	return faults
}

// gatewayHost takes scoped tokens; the site is named by the path.
const gatewayHost = "api.atlassian.com"

var gatewayPath = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^/ex/jira/[0-9A-Za-z-]+/?$`) })

// checkAccount judges the account's name. It ends at the first colon of the basic
// authentication header, and Jira Cloud takes API tokens of a site in no other way.
func checkAccount(c Config) Faults {
	const name = "ANDON_JIRA_EMAIL"
	u, err := url.Parse(c.JiraURL)
	switch {
	case strings.ContainsAny(c.JiraEmail, ": \t\r\n"):
		return Faults{{name, "contains a colon or a blank", "write the account's e-mail address, or its user name on Data Center"}}
	case c.JiraEmail == "" && err == nil && strings.HasSuffix(u.Hostname(), ".atlassian.net"):
		return Faults{{name, "is not set", "Jira Cloud takes an API token only together with the account's e-mail address"}}
	case strings.ContainsAny(c.JiraToken.Reveal(), " \t\r\n"):
		return Faults{{"ANDON_JIRA_TOKEN", "contains a blank or a line break", "write the token alone"}}
	}
	return nil
}

// privateHost says whether a host is on this machine or in a private network, as far as
// its name tells. Nothing is looked up: a name server's answer must not decide whether a
// token travels in the clear.
func privateHost(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.Contains(host, ".") {
		return host != ""
	}
	for _, suffix := range []string{".localhost", ".local", ".internal", ".test"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// checkPublic judges andon's own address. http is not refused, since Jira may sit beside
// andon; andon doctor has a word to say about it.
func checkPublic(c Config) Faults {
	if c.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(c.PublicURL)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || !portOK(u.Port()):
		return Faults{{"ANDON_PUBLIC_URL", "is not a complete URL", "write it like https://andon.example.com"}}
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return Faults{{"ANDON_PUBLIC_URL", "has more than an address", "write scheme, host and path alone, such as https://andon.example.com"}}
	}
	return nil
}

// checkAddresses judges the addresses that are listened on.
func checkAddresses(c Config) Faults {
	const want = "write HOST:PORT or :PORT, such as :8080 or 127.0.0.1:8080"
	var faults Faults
	if !addressOK(c.Listen) {
		faults = append(faults, Fault{"ANDON_LISTEN", fmt.Sprintf("is %q", c.Listen), want})
	}
	switch {
	case c.MetricsListen == "":
	case !addressOK(c.MetricsListen):
		faults = append(faults, Fault{"ANDON_METRICS_LISTEN", fmt.Sprintf("is %q", c.MetricsListen), want})
	case c.MetricsListen == c.Listen && !strings.HasSuffix(c.Listen, ":0"):
		faults = append(faults, Fault{"ANDON_METRICS_LISTEN", "is the same as ANDON_LISTEN", "leave it empty, or use another port"})
	}
	return faults
}

// addressOK says whether one can listen on an address, as far as its text tells.
func addressOK(address string) bool {
	host, port, err := net.SplitHostPort(address)
	return err == nil && port != "" && portOK(port) && !strings.ContainsAny(host, " /@")
}

// portOK says whether a port is a number in range, or missing.
func portOK(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "" || err == nil && n >= 0 && n <= 65535
}

// checkRedis judges the form of the address without ever printing it: it may contain a
// password.
func checkRedis(c Config) Faults {
	if c.RedisURL == "" {
		return nil
	}
	u, err := url.Parse(c.RedisURL.Reveal())
	server := err == nil && (u.Scheme == "redis" || u.Scheme == "rediss") && u.Hostname() != "" && portOK(u.Port())
	socket := err == nil && u.Scheme == "unix" && u.Path != ""
	if !server && !socket {
		return Faults{{"ANDON_REDIS_URL", "is not the URL of a Redis (its value is not shown)",
			"write it like redis://:PASSWORD@redis:6379/0, rediss://… for TLS or unix:///run/redis.sock"}}
	}
	if queue.CheckURL(c.RedisURL.Reveal()) != nil {
		return Faults{{"ANDON_REDIS_URL", "has a database or a parameter that is not understood (its value is not shown)",
			"write it like redis://sentinel:26379/0?master_name=NAME for Sentinel, redis://node:6379?cluster=true for a cluster, and special characters in names and passwords as %XX"}}
	}
	return nil
}
