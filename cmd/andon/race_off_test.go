//go:build !race

package main

// underRace is false where nothing watches: there the searches are played in full.
const underRace = false
