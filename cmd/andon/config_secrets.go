package main

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
)

// minSecret is the least length of a secret that andon shares with Jira or with itself:
// 16 characters are 128 bits if they are random bytes. Jira's token is Jira's to judge.
const minSecret = 16

const wantSecret = "use at least 16 random characters, such as the output of: openssl rand -hex 32"

// checkWebhook sees that nobody can send webhooks who does not know a secret.
func checkWebhook(c Config) Faults {
	faults := checkSecrets("ANDON_WEBHOOK_SECRET", c.WebhookSecret)
	const token = "ANDON_WEBHOOK_PATH_TOKEN" //nolint:gosec // the name of a variable
	switch {
	case c.WebhookPathToken != "" && !pathToken.MatchString(c.WebhookPathToken.Reveal()):
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
var pathToken = regexp.MustCompile(`^[0-9A-Za-z._~-]+$`)

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

// RecordKeys are the keys, 32 bytes each, with which andon seals and checks its own
// record in Jira: the first one seals, all are accepted. Without ANDON_RECORD_SECRET they
// come from the webhook's secrets, so that a site that sets nothing more is sealed too;
// while such a secret is being replaced, old and new are both there.
func (c Config) RecordKeys() ([][]byte, error) {
	from := c.RecordSecret.Reveal()
	if len(from) == 0 {
		from = c.WebhookSecret.Reveal()
		if c.WebhookPathToken != "" {
			from = append(from, c.WebhookPathToken.Reveal())
		}
	}
	keys := make([][]byte, 0, len(from))
	for _, secret := range from {
		// A key of its own: knowing one use of a secret must not help with the other.
		key, err := hkdf.Key(sha256.New, []byte(secret), nil, "andon record", sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("derive a key for the record: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}
