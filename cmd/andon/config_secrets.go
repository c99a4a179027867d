package main

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// minSecret is the least length of a secret that andon shares with Jira or with itself:
// 16 characters are 128 bits if they are random bytes. Jira's token is Jira's to judge.
const minSecret = 16

const wantSecret = "use at least 16 random characters, such as the output of: openssl rand -hex 32"

// checkWebhook sees that nobody can send webhooks who does not know a secret.
func checkWebhook(c Config) Faults {
	faults := checkSecrets("ANDON_WEBHOOK_SECRET", c.WebhookSecret)
	const token = "ANDON_WEBHOOK_PATH_TOKEN"
	switch {
	case c.WebhookPathToken != "" && !pathToken().MatchString(c.WebhookPathToken.Reveal()):
		faults = append(faults, Fault{token, "contains a character that does not belong into a URL (its value is not shown)",
			"use letters, digits, - _ . and ~, and no dot alone"})
	case c.WebhookPathToken != "" && len(c.WebhookPathToken) < minSecret:
		faults = append(faults, Fault{token, fmt.Sprintf("has only %d characters", len(c.WebhookPathToken)), wantSecret})
	case c.WebhookPathToken == "" && len(c.WebhookSecret) == 0:
		faults = append(faults, Fault{"ANDON_WEBHOOK_SECRET", "is not set, and neither is " + token,
			"set it to the secret of the webhook in Jira; if your Jira cannot sign, set " + token})
	}
	return faults
}

// pathToken are the characters that no part of the way of a request rewrites.
var pathToken = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Za-z._~-]+$`) })

// checkRecord judges the secrets for andon's own record, if there are any.
func checkRecord(c Config) Faults { return checkSecrets("ANDON_RECORD_SECRET", c.RecordSecret) }

// checkSecrets judges the length of each secret of a list, and that none is there twice.
func checkSecrets(name string, secrets Secrets) Faults {
	var faults Faults
	seen := make(map[Secret]bool)
	for i, secret := range secrets {
		which := ""
		if len(secrets) > 1 {
			which = fmt.Sprintf(" in place %d of %d", i+1, len(secrets))
		}
		switch {
		case len(secret) < minSecret:
			faults = append(faults, Fault{name, fmt.Sprintf("has only %d characters%s", len(secret), which), wantSecret})
		case strings.ContainsAny(secret.Reveal(), "\r\n"):
			faults = append(faults, Fault{name, "contains a line break" + which, "write secrets separated by commas, on one line"})
		case seen[secret]:
			faults = append(faults, Fault{name, "repeats an earlier secret" + which, "name each secret once"})
		}
		seen[secret] = true
	}
	return faults
}

// RecordSecrets are the secrets from which the keys for andon's own record in Jira are
// made: the first one seals, all are accepted. Without ANDON_RECORD_SECRET these are the
// webhook's secrets, so that a site that sets nothing more is sealed too; while such a
// secret is being replaced, old and new are both there.
func (c Config) RecordSecrets() []string {
	if len(c.RecordSecret) > 0 {
		return c.RecordSecret.Reveal()
	}
	secrets := c.WebhookSecret.Reveal()
	if c.WebhookPathToken != "" {
		secrets = append(secrets, c.WebhookPathToken.Reveal())
	}
	return secrets
}
