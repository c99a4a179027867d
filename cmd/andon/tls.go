package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
)

// maxPEM keeps a file that was named by mistake out of memory.
const maxPEM = 1 << 20

// checkTLS sees that there are both files or neither, and that they belong together. It
// is judged at start, since a listener that cannot shake hands looks like one that is
// down.
func checkTLS(c Config) Faults {
	switch {
	case c.TLSCert == "" && c.TLSKey == "":
		return nil
	case c.TLSCert == "":
		return Faults{{"ANDON_TLS_CERT", "is not set, but ANDON_TLS_KEY is", "name the certificate's file, too, or leave both empty"}}
	case c.TLSKey == "":
		return Faults{{"ANDON_TLS_KEY", "is not set, but ANDON_TLS_CERT is", "name the key's file, too, or leave both empty"}}
	}
	var faults Faults
	if problem := fileProblem(c.TLSCert, maxPEM); problem != "" {
		faults = append(faults, Fault{"ANDON_TLS_CERT", problem, "name a readable file with a certificate in PEM"})
	}
	if problem := fileProblem(c.TLSKey, maxPEM); problem != "" {
		faults = append(faults, Fault{"ANDON_TLS_KEY", problem, "name a readable file with the certificate's key in PEM"})
	}
	if len(faults) > 0 {
		return faults
	}
	if _, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey); err != nil {
		return Faults{{"ANDON_TLS_CERT", "cannot be used: " + err.Error(), "name a certificate and the key that belongs to it, both in PEM"}}
	}
	return nil
}

// secured puts TLS on a listener where the settings name a certificate. Only HTTP/1.1 is
// offered: the limits on connections, heads and bodies are made and tested for it, and a
// webhook gains nothing from many streams in one connection.
func secured(c Config, l net.Listener) (net.Listener, error) {
	if c.TLSCert == "" {
		return l, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ANDON_TLS_CERT: %w", err), l.Close())
	}
	return tls.NewListener(l, &tls.Config{
		Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	}), nil
}

// healthTLS takes any certificate: the health check asks this machine by a number that no
// certificate names, sends nothing that is secret, and must not fail a process because a
// certificate has run out or was renewed on the disk.
func healthTLS() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true} //nolint:gosec // see above
}
