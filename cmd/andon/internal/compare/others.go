package main

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
)

// expressVersion is pinned like every other tool.
const expressVersion = "express@5.1.0"

// other is a server in another language that a user might write instead.
type other struct {
	name   string
	script string
	dir    string // where its libraries are
}

// others are those that can be had here: they need Node, and Express from npm.
func (l *lab) others(ctx context.Context) []other {
	if _, err := exec.LookPath("node"); err != nil {
		l.say("  without Node: it is not on the path")
		return nil
	}
	scripts, err := filepath.Abs(filepath.Join("cmd", "andon", "internal", "compare", "testdata", "peers", "node"))
	if err != nil {
		l.say("  without Node: %v", err)
		return nil
	}
	out := []other{{name: "Node, http alone", script: filepath.Join(scripts, "bare.cjs"), dir: l.dir}}
	npm := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix", l.dir, expressVersion)
	if said, err := npm.CombinedOutput(); err != nil {
		l.say("  without Express, which cannot be had: %v: %s", err, said)
		return out
	}
	return append(out, other{name: "Node, Express", script: filepath.Join(scripts, "express.cjs"), dir: l.dir})
}

// start starts it on an address of its own.
func (o other) start(ctx context.Context) (*process, error) {
	p, _, err := serving(ctx, "/measure", func(addr string) (*process, error) {
		host, port, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, fmt.Errorf("read the address %s: %w", addr, err)
		}
		return begin(ctx, []string{"NODE_ENV=production", "NODE_PATH=" + filepath.Join(o.dir, "node_modules")}, "node", o.script, host, port, secret, path)
	})
	return p, err
}
