package main

// underRaceOneIn is how much less of a search is played under the race detector, which
// makes everything slower by a lot. A search plays one act after the other: what it looks
// for is wrong decisions, found as well without the detector, and every race that it could
// show is shown by its first steps.
const underRaceOneIn = 8

// underRaceStories is how many stories there are for each that is played under the race
// detector: they are alike in what runs side by side.
const underRaceStories = 6

// less is n, or the smaller share of it that is played under the race detector.
func less[N int | uint64](n N) N {
	if underRace {
		return max(n/underRaceOneIn, 1)
	}
	return n
}
