package main

import (
	"runtime/debug"
	"testing"
)

func TestTheCollectorIsSetUnlessTheEnvironmentSaysHow(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	leanMemory([]string{"GOGC=100"})
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("with GOGC it is set to %d", got)
	}
	leanMemory(nil)
	if got := debug.SetGCPercent(100); got != gcPercent {
		t.Errorf("without GOGC it is %d", got)
	}
}
