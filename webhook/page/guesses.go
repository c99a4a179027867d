package page

import (
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// guessBurst is how many wrong tokens one address may send at once.
	guessBurst = 10
	// guessEvery is how often it may try once more.
	guessEvery = 3 * time.Second
	// guessPeers bounds the addresses that are remembered; beyond it all are one.
	guessPeers = 4096
)

// guesses slows down whoever tries tokens. Only wrong ones count, by the address of the peer;
// behind a proxy that is the proxy's, and all who come through it share its tries.
type guesses struct {
	now   func() time.Time
	mu    sync.Mutex
	spent map[string]time.Time // when the peer has all its tries back
}

// newGuesses begins with nobody.
func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, spent: map[string]time.Time{}}
}

// tooMany says whether a peer has to wait.
func (g *guesses) tooMany(r *http.Request) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.spent[g.peer(r)].Sub(g.now()) > (guessBurst-1)*guessEvery
}

// wrong counts a wrong token.
func (g *guesses) wrong(r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, peer := g.now(), g.peer(r)
	from := g.spent[peer]
	if from.Before(now) {
		from = now
	}
	g.spent[peer] = from.Add(guessEvery)
}

// peer is the name under which tries are counted. Old entries are swept when there are many.
func (g *guesses) peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if _, known := g.spent[host]; known || len(g.spent) < guessPeers {
		return host
	}
	now := g.now()
	for peer, until := range g.spent {
		if until.Before(now) {
			delete(g.spent, peer)
		}
	}
	if len(g.spent) < guessPeers {
		return host
	}
	return "everybody else"
}
