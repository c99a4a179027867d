package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"andon/jira"
	"andon/webhook/queue"
)

// replica is one of the processes that look after the site.
type replica struct {
	s    *sim
	name string
	app  *app
	life *life
	dead bool
	busy bool
	item queue.Item
	// skew is how far its clock is off.
	skew time.Duration
	// doubled is true where another replica was still at work on the same key.
	doubled bool
	// faulty is true where a write of the present run failed: what was told after that
	// could not be noted.
	faulty bool
	// asked is the permission scheme that the project used if that was its last question,
	// else -1.
	asked int64
	// since is where the truth stood when the present run began.
	since  int
	began  time.Time
	parked chan bool // true: before a call, false: the run is over
	resume chan struct{}
}

// life is one process of a replica. Once it is over nothing that it does has an effect.
type life struct {
	r    *replica
	over bool
	// refused is when Jira last refused it the project's list, which it leaves alone then.
	refused time.Time
}

// boot starts a process that knows nothing.
func (r *replica) boot() bool {
	if !r.dead && r.app != nil {
		return false
	}
	r.life, r.dead = &life{r: r}, false
	a, err := newApp(r.s.cfg, r.s.options(r.life))
	r.s.must(err)
	r.app = a
	r.s.note(r.name + " starts")
	if err := a.queue.Add(r.s.t.Context(), sweepKey, 0); err != nil {
		r.s.wrong("%s cannot queue its first sweep: %v", r.name, err)
	}
	return true
}

// crash ends the process where it stands.
func (r *replica) crash() {
	if r.dead {
		return
	}
	r.s.figures.by["crash between calls"]++
	r.end("it crashes between two calls")
}

// end ends the process, for whatever reason.
func (r *replica) end(why string) {
	if r.dead {
		return
	}
	r.life.over, r.dead = true, true
	r.s.restless++
	r.s.say("%s ends: %s", r.name, why)
	for r.busy {
		r.wait()
	}
}

// take begins to work on the key that is due.
func (r *replica) take() bool {
	if r.dead || r.busy || !r.s.due() {
		return false // a misfortune came first
	}
	it, err := r.s.memory.Take(r.s.t.Context())
	r.s.must(err)
	for _, token := range sortedTokens(r.s.leases) {
		if !r.s.clock.now.Before(r.s.leases[token]) {
			delete(r.s.leases, token) // the queue has taken it back
		}
	}
	r.s.leases[it.Token] = r.s.clock.now.Add(it.Lease)
	r.doubled = slices.ContainsFunc(r.s.crew, func(o *replica) bool { return o != r && o.busy && o.item.Key == it.Key })
	r.item, r.busy, r.since, r.began = it, true, r.s.truth.seq, r.s.clock.now
	r.parked, r.resume = make(chan bool), make(chan struct{})
	r.s.note(r.name + " takes " + it.Key)
	mine, memory, app := r.life, r.s.memory, r.app
	go func() {
		ctx := jira.WithWriteGuard(r.s.t.Context(), func() error { return r.extend(memory, it) })
		again, err := app.reconciler.Handle(ctx, it.Key, it.Notes)
		out := queue.Outcome{Again: again}
		if err != nil {
			out = queue.Outcome{Failed: true, Again: time.Second}
		}
		if !mine.over {
			r.finish(memory, it, out, err)
		}
		r.parked <- false
	}()
	r.await()
	return true
}

// extend makes the lease full again before a write.
func (r *replica) extend(memory *queue.Memory, it queue.Item) error {
	err := memory.Extend(context.Background(), it)
	if err == nil && memory == r.s.memory {
		r.s.leases[it.Token] = r.s.clock.now.Add(it.Lease)
	}
	return err
}

// finish tells the queue how a run ended. Another replica may have the key by now.
func (r *replica) finish(memory *queue.Memory, it queue.Item, out queue.Outcome, failed error) {
	if r.faulty {
		r.s.restless++
	}
	if failed != nil {
		r.s.failed++
	}
	r.faulty = false
	err := memory.Done(context.Background(), it, out)
	if memory == r.s.memory {
		delete(r.s.leases, it.Token)
	}
	if err != nil && !errors.Is(err, queue.ErrLost) {
		r.s.wrong("%s cannot finish %s: %v", r.name, it.Key, err)
	}
	r.s.note(fmt.Sprintf("%s is done with %s, again in %s, failed: %v, lost: %v", r.name, it.Key, out.Again, failed, err))
}

// wait lets the run go on to its next call.
func (r *replica) wait() bool {
	if !r.busy {
		return false
	}
	r.resume <- struct{}{}
	r.await()
	return true
}

// await waits until the run stands before a call or is over.
func (r *replica) await() { r.busy = <-r.parked }

// park stands still before a call until the simulation says go on.
func (l *life) park() {
	l.r.parked <- true
	<-l.r.resume
}

// carry takes a message for a channel.
func (l *life) carry(t target, message string, params types.Params) error {
	if l.over {
		return errPulled
	}
	s := l.r.s
	told := letter{"ops", params[types.TitleKey], message}
	// An act of people's may be news in the same words, and so may a sprint that is undone
	// once more, a declaration anew, and two acts that put issues.
	stamp := s.restless + s.figures.acts + s.rest.undone + s.truth.rounds()
	last, before := s.letters[told]
	_, held := s.leases[l.r.item.Token]
	s.check(!before || last.stamp != stamp || !held || l.r.doubled || strings.HasSuffix(told.title, "issues went back") || last.unheard(l), "people are told twice: %s", told.title)
	s.letters[told] = last.next(l, stamp, strings.HasSuffix(told.title, ": the disaster's issue cannot be read, planning stays frozen") && l.sulks())
	return s.post.carry(t, message, params)
}

// telling is how a message was told last.
type telling struct {
	// stamp is what had happened until then.
	stamp int
	// by are the processes that have told it since.
	by []*life
	// unkept is true where nothing could keep that it was told: on an issue that cannot be
	// read nothing can be noted, and the project's list may not be written.
	unkept bool
}

// unheard says whether a process cannot know that another one has told it. It has to tell
// it itself then, once.
func (t telling) unheard(l *life) bool { return t.unkept && !slices.Contains(t.by, l) }

// next is how it was told after a process has told it.
func (t telling) next(l *life, stamp int, unkept bool) telling {
	if t.stamp != stamp {
		t.by = nil
	}
	return telling{stamp: stamp, by: append(slices.Clone(t.by), l), unkept: unkept}
}

// sulks says whether a process may still leave the project's list alone.
func (l *life) sulks() bool {
	return !l.refused.IsZero() && l.r.s.clock.now.Sub(l.refused) < longestSulk
}

// roundTrip is a function as a transport.
type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// request is a call of andon with its body.
type request struct {
	life   *life
	method string
	path   string
	body   []byte
	// before is what the world was before it.
	before *moment
	// late is true for one that takes effect long after it was made: what has happened
	// since cannot be held against andon, only what comes of it in the end.
	late bool
	// meant is true for a late deletion of a sprint that was right when it was made.
	meant bool
}

// wire is a replica's way to Jira: a stop before each call, then whatever was planted,
// then the watch.
func (s *sim) wire(l *life) http.RoundTripper {
	var next http.RoundTripper = roundTrip(func(req *http.Request) (*http.Response, error) { return s.send(l, req) })
	if s.bug.wire != nil {
		next = s.bug.wire(s, next)
	}
	return roundTrip(func(req *http.Request) (*http.Response, error) {
		if l.over {
			return nil, errPulled
		}
		if l.park(); l.over {
			return nil, errPulled
		}
		if s.lapsed(l); l.over {
			return nil, errPulled
		}
		if l.r == s.held { // somebody else goes on first
			if l.park(); l.over {
				return nil, errPulled
			}
		}
		resp, err := next.RoundTrip(req)
		if s.odds(s.weather.crash / 3) {
			l.over, l.r.dead = true, true
			s.restless++
			s.figures.by["crash after a call"]++
			s.say("%s crashes: after %s %s", l.r.name, req.Method, req.URL.Path)
			return nil, errPulled
		}
		return resp, err
	})
}

// send makes a call, with its body at hand for whoever watches.
func (s *sim) send(l *life, req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	s.truth.read()
	s.figures.calls++
	if s.straggles(l, req, body) {
		return nil, errPulled
	}
	s.now = &request{life: l, method: req.Method, path: req.URL.Path, body: body}
	s.now.before = s.look(s.now)
	resp, err := s.jira.Transport().RoundTrip(req)
	status := 0
	if resp != nil {
		status = resp.StatusCode
	}
	s.note(fmt.Sprintf("%s %s %s?%s %d %x", l.r.name, req.Method, req.URL.Path, req.URL.RawQuery, status, body))
	return resp, err
}

// receive hands a webhook to a replica that lives.
func (s *sim) receive(req *http.Request) (*http.Response, error) {
	first := s.rng.IntN(len(s.crew))
	for i := range s.crew {
		if r := s.crew[(first+i)%len(s.crew)]; !r.dead {
			return inProcess{r.app.server}.RoundTrip(req)
		}
	}
	return nil, errPulled
}

// line is the queue as a replica has it: the shared one, until its life is over.
type line struct {
	queue.Queue
	s *sim
	l *life
}

// line makes a replica's view of the queue.
func (s *sim) line(l *life) queue.Queue {
	var q queue.Queue = line{s: s, l: l}
	if s.bug.line != nil {
		q = s.bug.line(s, q)
	}
	return q
}

// use asks the queue that there is now, which may have been emptied.
func (q line) use(do func(m *queue.Memory) error) error {
	if q.l.over {
		return queue.ErrUnavailable
	}
	return do(q.s.memory)
}

// Add implements queue.Queue.
func (q line) Add(ctx context.Context, key string, delay time.Duration, notes ...string) error {
	return q.use(func(m *queue.Memory) error { return m.Add(ctx, key, delay, notes...) })
}

// Pin implements queue.Queue.
func (q line) Pin(ctx context.Context, name string) error {
	return q.use(func(m *queue.Memory) error { return m.Pin(ctx, name) })
}

// Unpin implements queue.Queue.
func (q line) Unpin(ctx context.Context, name string) error {
	return q.use(func(m *queue.Memory) error { return m.Unpin(ctx, name) })
}

// Pinned implements queue.Queue.
func (q line) Pinned(ctx context.Context) (names []string, err error) {
	err = q.use(func(m *queue.Memory) error { names, err = m.Pinned(ctx); return err })
	return names, err
}

// Stats implements queue.Queue.
func (q line) Stats(ctx context.Context) (stats queue.Stats, err error) {
	err = q.use(func(m *queue.Memory) error { stats, err = m.Stats(ctx); return err })
	return stats, err
}

// Ping implements queue.Queue.
func (q line) Ping(ctx context.Context) error {
	return q.use(func(m *queue.Memory) error { return m.Ping(ctx) })
}
