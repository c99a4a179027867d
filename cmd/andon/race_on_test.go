//go:build race

package main

// underRace is true where the race detector watches.
const underRace = true
