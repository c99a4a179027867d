package webhook

import (
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestSignatureOfTheWebSubExample(t *testing.T) {
	t.Parallel()
	const claim = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
	m, err := claimedMAC(http.Header{"X-Hub-Signature": {claim}})
	if err != nil {
		t.Fatal(err)
	}
	if err := newVerifier([]string{"It's a Secret to Everybody"}).verify(m, []byte("Hello World!")); err != nil {
		t.Errorf("the published example: %v", err)
	}
}

func TestClaimedSignature(t *testing.T) {
	t.Parallel()
	digits := strings.Repeat("0a", 32)
	for _, tt := range []struct {
		name   string
		header []string
		want   error
	}{
		{"lower case", []string{"sha256=" + digits}, nil},
		{"digits in upper case mean the same", []string{"sha256=" + strings.ToUpper(digits)}, nil},
		{"no header", nil, errUnsigned},
		{"two headers", []string{"sha256=" + digits, "sha256=" + digits}, errDoubled},
		{"two in one header", []string{"sha256=" + digits + ",sha256=" + digits}, errMalformed},
		{"empty", []string{""}, errMethod},
		{"no method", []string{digits}, errMethod},
		{"an older method", []string{"sha1=" + digits[:40]}, errMethod},
		{"an older method of the right length", []string{"sha1=" + digits}, errMethod},
		{"another method", []string{"sha512=" + digits + digits}, errMethod},
		{"no method at all", []string{"none="}, errMethod},
		{"the method in upper case", []string{"SHA256=" + digits}, errMethod},
		{"a blank before", []string{" sha256=" + digits}, errMethod},
		{"a blank after", []string{"sha256=" + digits + " "}, errMalformed},
		{"nothing after the method", []string{"sha256="}, errMalformed},
		{"cut off", []string{"sha256=" + digits[:62]}, errMalformed},
		{"an odd number of digits", []string{"sha256=" + digits[:63]}, errMalformed},
		{"too long", []string{"sha256=" + digits + "00"}, errMalformed},
		{"not hexadecimal", []string{"sha256=" + strings.Repeat("0g", 32)}, errMalformed},
		{"not hexadecimal in the high half", []string{"sha256=" + strings.Repeat("g0", 32)}, errMalformed},
		{"base64", []string{"sha256=pHccOfvpDzF8eCToPd7zyq6cs9l2whSs4fKTfhMyY8k="}, errMalformed},
	} {
		h := http.Header{}
		if tt.header != nil {
			h["X-Hub-Signature"] = tt.header
		}
		if _, err := claimedMAC(h); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestSecretsAreRotated(t *testing.T) {
	t.Parallel()
	const older, newer, never = "the-older-secret-1", "the-newer-secret-2", "the-wrong-secret-3"
	both := newVerifier([]string{newer, older})
	for _, tt := range []struct {
		name   string
		v      *verifier
		secret string
		body   string
		want   error
	}{
		{"the new one during the rotation", both, newer, "x", nil},
		{"the old one during the rotation", both, older, "x", nil},
		{"a wrong one during the rotation", both, never, "x", errWrong},
		{"an empty one during the rotation", both, "", "x", errWrong},
		{"the old one afterwards", newVerifier([]string{newer}), older, "x", errWrong},
		{"an empty body", both, older, "", nil},
		{"the same secret given twice", newVerifier([]string{older, older}), older, "x", nil},
		{"no secret at all", newVerifier(nil), "", "x", errWrong},
	} {
		for range 2 { // the second time with a prepared hash that was used before
			m, err := claimedMAC(http.Header{"X-Hub-Signature": {sign(tt.secret, tt.body)}})
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.v.verify(m, []byte(tt.body)); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
	}
}

func TestEveryBitOfASignatureCounts(t *testing.T) {
	t.Parallel()
	v := newVerifier([]string{testSecret})
	good, err := claimedMAC(http.Header{"X-Hub-Signature": {sign(testSecret, "body")}})
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(good) * 8 {
		bad := good
		bad[bit/8] ^= 1 << (bit % 8)
		if v.verify(bad, []byte("body")) == nil {
			t.Errorf("bit %d may be wrong", bit)
		}
	}
	if v.verify(good, []byte("Body")) == nil || v.verify(good, []byte("body ")) == nil || v.verify(good, nil) == nil {
		t.Error("another body passes with the signature")
	}
}

func TestPathToken(t *testing.T) {
	t.Parallel()
	p := newPathToken(testToken)
	if !p.matches(testToken) {
		t.Error("the token does not match itself")
	}
	for _, bad := range []string{"", "x", testToken + "x", testToken[1:], strings.ToUpper(testToken), testToken + "\x00"} {
		if p.matches(bad) {
			t.Errorf("%q passes for the token", bad)
		}
	}
	if newPathToken("").matches("") {
		t.Error("without a token, the empty one passes")
	}
}

func FuzzClaimedSignature(f *testing.F) {
	for _, seed := range []string{"", "sha256=", "sha256=" + strings.Repeat("aB", 32), "sha1=00", "none="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		m, err := claimedMAC(http.Header{"X-Hub-Signature": {header}})
		digits, isMethod := strings.CutPrefix(header, "sha256=")
		want, hexErr := hex.DecodeString(digits)
		good := isMethod && hexErr == nil && len(want) == len(m)
		if good != (err == nil) {
			t.Fatalf("%q: %v", header, err)
		}
		if good && string(want) != string(m[:]) {
			t.Fatalf("%q is read as %x", header, m)
		}
		if newVerifier([]string{testSecret}).verify(m, []byte("body")) == nil && !strings.EqualFold(header, sign(testSecret, "body")) {
			t.Fatalf("%q passes", header)
		}
	})
}
