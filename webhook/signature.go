package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"hash"
	"net/http"
	"strings"
	"sync"
)

// headerSignature carries method=hex over the raw body, as WebSub defines it ("Authenticated Content Distribution").
const headerSignature = "X-Hub-Signature"

// signatureMethod is the only one accepted: a list of allowed methods with one entry, so that a sender cannot choose a weaker one.
const signatureMethod = "sha256="

var (
	errUnsigned  = errors.New("no signature")
	errDoubled   = errors.New("more than one signature")
	errMethod    = errors.New("signature method is not sha256")
	errMalformed = errors.New("signature is not 64 hexadecimal digits")
	errWrong     = errors.New("wrong signature")
)

type mac = [sha256.Size]byte

// claimedMAC returns the signature that a request claims to have.
func claimedMAC(h http.Header) (mac, error) {
	var m mac
	values := h[headerSignature]
	switch {
	case len(values) == 0:
		return m, errUnsigned
	case len(values) > 1:
		return m, errDoubled
	}
	digits, ok := strings.CutPrefix(values[0], signatureMethod)
	if !ok {
		return m, errMethod
	}
	if len(digits) != hex.EncodedLen(len(m)) {
		return m, errMalformed
	}
	for i := range m {
		high, low := nibble(digits[2*i]), nibble(digits[2*i+1])
		if high > 15 || low > 15 {
			return m, errMalformed
		}
		m[i] = high<<4 | low
	}
	return m, nil
}

// nibble returns the value of a hexadecimal digit, 16 if it is none.
func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 16
}

// verifier checks signatures against the accepted secrets: one, or the old and the new while they are being exchanged.
type verifier struct{ keys []*signingKey }

// signingKey keeps prepared hashes of one secret: preparing one costs as much as hashing another 128 bytes.
type signingKey struct{ pool sync.Pool }

func newVerifier(secrets []string) *verifier {
	v := &verifier{}
	for _, secret := range secrets {
		key := &signingKey{}
		key.pool.New = func() any { return hmac.New(sha256.New, []byte(secret)) }
		v.keys = append(v.keys, key)
	}
	return v
}

// enabled tells whether there is anything to verify with. Without a secret nothing can be verified, so nothing passes.
func (v *verifier) enabled() bool { return len(v.keys) > 0 }

// verify tells whether the signature was made over body with one of the secrets. How long it takes depends on the length of the
// body and the number of secrets only.
func (v *verifier) verify(claimed mac, body []byte) error {
	good := 0
	for _, key := range v.keys {
		h := key.pool.Get().(hash.Hash)
		h.Reset()
		h.Write(body) // never fails, by hash.Hash's contract
		var sum mac
		good |= subtle.ConstantTimeCompare(h.Sum(sum[:0]), claimed[:])
		key.pool.Put(h)
	}
	if good != 1 {
		return errWrong
	}
	return nil
}

// pathToken is the unguessable last part of the URL, for servers that cannot sign. Only its hash is kept, which also makes the
// comparison independent of the lengths.
type pathToken struct {
	set bool
	sum [sha256.Size]byte
}

func newPathToken(token string) pathToken {
	return pathToken{set: token != "", sum: sha256.Sum256([]byte(token))}
}

func (p pathToken) matches(given string) bool {
	sum := sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(sum[:], p.sum[:]) == 1 && p.set
}
