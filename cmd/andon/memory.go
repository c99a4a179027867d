package main

import "runtime/debug"

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
