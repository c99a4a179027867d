package jiratest

import (
	"math/rand/v2"
	"time"
)

// Odds are probabilities (0 to 1) for what SeededFate does to a delivery.
type Odds struct {
	Lose      float64
	Duplicate float64
	Reorder   float64
	Delay     float64
	MaxDelay  time.Duration // default one minute
}

// SeededFate is a random but repeatable script for SetFate: the same seed and
// the same events give the same losses, duplicates, delays and order.
func SeededFate(seed uint64, odds Odds) func(Delivery) Fate {
	r := rand.New(rand.NewPCG(seed, 0x6a697261)) // #nosec G404 -- a test's script, not a secret
	if odds.MaxDelay <= 0 {
		odds.MaxDelay = time.Minute
	}
	return func(Delivery) Fate {
		// Each number is drawn whatever the others are, so that changing one
		// probability does not shift the rest of the script.
		lose, dup, reorder, delay := r.Float64(), r.Float64(), r.Float64(), r.Float64()
		behind, wait := 1+r.IntN(5), time.Duration(r.Int64N(int64(odds.MaxDelay)))
		f := Fate{Lose: lose < odds.Lose}
		if dup < odds.Duplicate {
			f.Copies = 1
		}
		if reorder < odds.Reorder {
			f.Behind = behind
		}
		if delay < odds.Delay {
			f.Delay = wait
		}
		return f
	}
}
