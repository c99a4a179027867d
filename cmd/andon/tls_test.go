package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// certificate writes a self-signed certificate for 127.0.0.1 and its key, and gives their
// files and a pool that trusts it. It ran out a year ago where expired is true.
func certificate(t *testing.T, expired bool) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	until := time.Now().AddDate(1, 0, 0)
	if expired {
		until = time.Now().AddDate(-1, 0, 0)
	}
	spec := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "andon"}, NotBefore: until.AddDate(-2, 0, 0), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, spec, spec, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key, trust = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), x509.NewCertPool()
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		text := pem.EncodeToMemory(block)
		trust.AppendCertsFromPEM(text)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key, trust
}

func TestACertificateNeedsItsOwnKey(t *testing.T) {
	t.Parallel()
	cert, key, _ := certificate(t, false)
	_, other, _ := certificate(t, false)
	large := writeSecret(t, strings.Repeat("x", maxPEM+1))
	for _, tt := range []struct{ name, cert, key, want string }{
		{"both", cert, key, ""},
		{"neither", "", "", ""},
		{"no key", cert, "", "ANDON_TLS_KEY is not set, but ANDON_TLS_CERT is"},
		{"no certificate", "", key, "ANDON_TLS_CERT is not set, but ANDON_TLS_KEY is"},
		{"another one's key", cert, other, "ANDON_TLS_CERT cannot be used: tls: private key does not match public key"},
		{"the two exchanged", key, cert, "ANDON_TLS_CERT cannot be used: tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched"},
		{"no PEM", writeSecret(t, canary), key, "ANDON_TLS_CERT cannot be used: tls: failed to find any PEM data in certificate input"},
		{"a key that is none", cert, writeSecret(t, canary), "ANDON_TLS_CERT cannot be used: tls: failed to find any PEM data in key input"},
		{"two files that are missing", "/nowhere/c", "/nowhere/k", "ANDON_TLS_CERT cannot be read: stat /nowhere/c: no such file or directory\nANDON_TLS_KEY cannot be read: stat /nowhere/k: no such file or directory"},
		{"a folder and a large file", filepath.Dir(cert), large, `ANDON_TLS_CERT names "` + filepath.Dir(cert) + "\", which is not a file\nANDON_TLS_KEY names \"" + large + `", which is larger than 1048576 bytes`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := faultsOf(t, goodEnv("ANDON_TLS_CERT="+tt.cert, "ANDON_TLS_KEY="+tt.key)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestACertificateThatIsGoneAtTheStartIsAnError(t *testing.T) {
	t.Parallel()
	cert, key, _ := certificate(t, false)
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := secured(Config{TLSCert: cert + "x", TLSKey: key}, l); err == nil || !strings.HasPrefix(err.Error(), "ANDON_TLS_CERT: ") {
		t.Errorf("got %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is still open: %v", err)
	}
}

// over asks for /healthz in the way that a configuration of TLS allows.
func over(t *testing.T, url string, c *tls.Config) (*http.Response, error) {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: c, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: transport, Timeout: deadline}).Do(req)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp, errors.Join(err, resp.Body.Close())
}

func TestAProcessSpeaksTLS(t *testing.T) {
	t.Parallel()
	cert, key, trust := certificate(t, false)
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv("ANDON_TLS_CERT="+cert, "ANDON_TLS_KEY="+key, "ANDON_METRICS_LISTEN=127.0.0.1:0"))
	host := strings.TrimPrefix(a.url, "http://")
	resp, err := over(t, "https://"+host, &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12})
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("over TLS: %v, %v", resp, err)
	}
	if resp.ProtoMajor != 1 || resp.TLS.Version < tls.VersionTLS12 || resp.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("HTTP/%d, TLS %x, headers %v", resp.ProtoMajor, resp.TLS.Version, resp.Header)
	}
	if _, err := over(t, "https://"+host, &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 is taken")
	}
	if _, err := over(t, "https://"+host, &tls.Config{MinVersion: tls.VersionTLS12}); err == nil {
		t.Error("whoever does not trust the certificate is served all the same: the test checks nothing")
	}
	if resp, err := over(t, a.url, nil); err != nil || resp.StatusCode != http.StatusBadRequest {
		t.Errorf("plain http on the port for TLS: %v, %v", resp, err)
	}
	if p := launch(t, []string{"ANDON_LISTEN=" + host, "ANDON_TLS_CERT=" + cert}, "healthcheck"); p.status() != 0 {
		t.Errorf("alive, and healthcheck says: %s", p.text())
	}
	if p := launch(t, []string{"ANDON_LISTEN=" + host}, "healthcheck"); p.status() != 1 {
		t.Errorf("healthcheck without TLS is content: %s", p.text())
	}
	if code := a.end(); code != 0 {
		t.Errorf("status %d after SIGTERM", code)
	}
}

// A certificate that has run out is seen by whoever connects; the process itself is well,
// and restarting it would help nobody.
func TestAProcessIsAliveThoughItsCertificateHasRunOut(t *testing.T) {
	t.Parallel()
	cert, key, trust := certificate(t, true)
	j := launchJira(t, "cloud")
	a := launchAndon(t, j.serveEnv("ANDON_TLS_CERT="+cert, "ANDON_TLS_KEY="+key))
	host := strings.TrimPrefix(a.url, "http://")
	if _, err := over(t, "https://"+host, &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12}); err == nil {
		t.Error("the certificate has not run out: the test checks nothing")
	}
	if p := launch(t, []string{"ANDON_LISTEN=" + host, "ANDON_TLS_CERT=" + cert}, "healthcheck"); p.status() != 0 {
		t.Errorf("alive, and healthcheck says: %s", p.text())
	}
}
