package jiratest

import (
	"math/rand/v2"
	"net/http"
)

// SetTrouble decides by script which calls go wrong: f is asked once for each
// call that no fault set by Fail strikes, in order, and gives a fault or nil.
// Only Kind and what belongs to it, After and Delay count then. f must not call
// the site. Nil ends the trouble.
func (j *Jira) SetTrouble(f func(Call) *Fault) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.faults.script = f
}

// Trouble are probabilities (0 to 1) for what SeededTrouble does to a call; the
// first that strikes counts.
type Trouble struct {
	LostBefore  float64 // the connection breaks, nothing was done
	LostAfter   float64 // the connection breaks, it was done
	ErrorBefore float64 // 500 or 503, nothing was done
	ErrorAfter  float64 // 502, it was done
	Limited     float64 // 429
	HTML        float64 // a page with 200, nothing was done
	Truncated   float64 // the answer is cut, it was done
}

// SeededTrouble is a random but repeatable script for SetTrouble: the same seed
// and the same calls give the same faults.
func SeededTrouble(seed uint64, odds Trouble) func(Call) *Fault {
	r := rand.New(rand.NewPCG(seed, 0x66617573)) // #nosec G404 -- a test's script, not a secret
	return func(Call) *Fault {
		// All numbers are drawn in any case, so that one probability does not
		// shift what the others do.
		draws, coin, wait := [7]float64{}, r.IntN(2), 1+r.IntN(3)
		for i := range draws {
			draws[i] = r.Float64()
		}
		for i, k := range []struct {
			odds  float64
			fault Fault
		}{
			{odds.LostBefore, Fault{Kind: FaultReset}},
			{odds.LostAfter, Fault{Kind: FaultReset, After: true}},
			{odds.ErrorBefore, Fault{Kind: FaultStatus, Status: []int{http.StatusInternalServerError, http.StatusServiceUnavailable}[coin]}},
			{odds.ErrorAfter, Fault{Kind: FaultStatus, Status: http.StatusBadGateway, After: true}},
			{odds.Limited, Fault{Kind: FaultLimited, Reason: []string{ReasonBurst, ReasonIssueWrites}[coin], RetryAfter: wait}},
			{odds.HTML, Fault{Kind: FaultHTML}},
			{odds.Truncated, Fault{Kind: FaultTruncate, After: true}},
		} {
			if draws[i] < k.odds {
				return &k.fault
			}
		}
		return nil
	}
}
