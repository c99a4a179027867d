package main

import (
	"log/slog"
	"runtime/debug"
	"time"
)

// gcPercent is how much garbage is allowed on top of what is in use. Go's own 100 is for
// programs that allocate all the time; andon does not, and its memory under a flood of
// connections is mostly this share of it.
const gcPercent = 50

// leanMemory makes the collector run sooner, unless the environment says how it should
// (GOGC is Go's own variable).
func leanMemory(environ []string) {
	if parseEnviron(environ)["GOGC"] == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// settled is how long after its beginning a program has started for good.
const settled = time.Second / 2

// leanOnce gives back, a moment from now, what only the start has needed, and lets the collector
// run more often from then on: the start is quicker without it. The result stops that.
func leanOnce(environ []string, log *slog.Logger) (stop func() bool) {
	return time.AfterFunc(settled, func() {
		leanMemory(environ)
		if err := letGo(); err != nil {
			log.Debug("what the start has needed stays in memory", "error", err)
		}
	}).Stop
}
