package webhook

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// answer is what a webhook gets.
type answer struct {
	status  int
	outcome outcome
	message string // for the error body; empty: no body
	reason  error  // for the log only
}

var (
	errEncoded = errors.New("the body has a content encoding")
	errEmpty   = errors.New("the body is empty")
)

// retryAfter is in seconds. Jira Cloud chooses its own time to try again (5 to 15 minutes); others may keep to this.
const retryAfter = "5"

// receiveSigned takes webhooks that carry a signature.
func (s *Server) receiveSigned(c echo.Context) error { return s.receive(c, true) }

// receiveToken takes webhooks from servers that cannot sign. A wrong token is answered like any other unknown path. A signature is
// not demanded, but when there is one and it can be checked, it must be right.
func (s *Server) receiveToken(c echo.Context) error {
	return s.receive(c, false)
}

func (s *Server) receive(c echo.Context, signed bool) error {
	s.metrics.inFlight.Inc()
	a := answer{outcome: outcomePanic}
	defer s.count(s.deps.Now(), &a)
	a = s.judge(c, signed)
	s.logRefused(c, a)
	s.write(c, a)
	return nil
}

// count counts a request that has been answered.
func (s *Server) count(start time.Time, a *answer) {
	s.metrics.inFlight.Dec()
	s.metrics.received[a.outcome].Inc()
	s.metrics.seconds.Observe(s.deps.Now().Sub(start).Seconds())
}

// judge does the work, cheapest first: nothing is read for a request that can be refused by its head, nothing is parsed before the
// signature is good, and nothing leaves the process before it is known that the event may matter. Who waits for a body waits in
// here, with a stack that has to fit into 4 KB; so the steps before and after it have functions of their own.
func (s *Server) judge(c echo.Context, signed bool) answer {
	e := envelope{signed: signed}
	if a := s.admit(c, &e); a.status != 0 {
		return a
	}
	body, buf, err := s.bodies.read(c.Request().Body)
	if err != nil {
		return unread(err)
	}
	return s.open(c.Request().Context(), &e, body, buf)
}

// envelope is what the head of a request says.
type envelope struct {
	signed  bool // a signature is to be checked
	claimed mac  // which
}

// open checks the signature of a body, and works on what it says. It gives back the buffer.
func (s *Server) open(ctx context.Context, e *envelope, body []byte, buf *[]byte) answer {
	defer s.bodies.giveBack(buf)
	if e.signed {
		if err := s.signed.verify(e.claimed, body); err != nil {
			return unauthorized(err)
		}
	}
	s.metrics.lastGood.Set(float64(s.deps.Now().Unix()))
	ctx, end := s.deps.Trace.begin(ctx, "webhook")
	a := s.understand(ctx, body)
	end(a.reason, slog.String("andon.outcome", a.outcome.String()), slog.Int("http.response.status_code", a.status))
	return a
}

// admit judges the head of a request. The answer is that to a request that is refused.
func (s *Server) admit(c echo.Context, e *envelope) (refusal answer) {
	r := c.Request()
	if !e.signed {
		if !s.token.matches(c.Param("token")) {
			return answer{http.StatusNotFound, outcomeUnauthorized, "not found", errWrong}
		}
		e.signed = s.signed.enabled() && len(r.Header[headerSignature]) > 0
	}
	if e.signed {
		var err error
		if e.claimed, err = claimedMAC(r.Header); err != nil {
			return unauthorized(err)
		}
	}
	if encoded(r.Header["Content-Encoding"]) {
		return answer{http.StatusUnsupportedMediaType, outcomeInvalid, "Content-Encoding is not supported", errEncoded}
	}
	if r.ContentLength > s.cfg.MaxBody {
		return tooLarge(errTooLarge)
	}
	return answer{}
}

// understand decides what a genuine body means.
func (s *Server) understand(ctx context.Context, body []byte) answer {
	dropped := answer{status: http.StatusNoContent, outcome: outcomeDropped}
	if len(body) == 0 {
		return answer{http.StatusBadRequest, outcomeInvalid, "the body is empty: switch off 'exclude body' in the settings of the webhook in Jira", errEmpty}
	}
	if s.labels.canDrop(body, s.deps.Known) {
		return dropped
	}
	ev, err := s.labels.parse(body)
	if err != nil {
		return answer{http.StatusBadRequest, outcomeInvalid, "the body is " + err.Error(), err}
	}
	hints := decide(&ev, s.deps.Known)
	if len(hints) == 0 {
		return dropped
	}
	if err := s.store(ctx, hints); err != nil {
		return answer{http.StatusServiceUnavailable, outcomeUnavailable, "the event could not be stored, send it again", err}
	}
	return answer{status: http.StatusAccepted, outcome: outcomeQueued}
}

// store leaves the hints. It goes on when the sender hangs up: the event is genuine, and nobody may send it again.
func (s *Server) store(ctx context.Context, hints []hint) error {
	start := s.deps.Now()
	defer func() { s.metrics.storing.Observe(s.deps.Now().Sub(start).Seconds()) }()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.QueueTimeout)
	defer cancel()
	for _, h := range hints {
		if err := s.deps.Hints.Add(ctx, h.key, 0, h.notes...); err != nil {
			return err
		}
		s.metrics.hints.Inc()
	}
	return nil
}

// encoded tells whether a body is anything but itself. Nothing is inflated here: a small body could become a huge one.
func encoded(codings []string) bool {
	for _, coding := range codings {
		if coding != "" && !strings.EqualFold(coding, "identity") {
			return true
		}
	}
	return false
}

func unauthorized(reason error) answer {
	return answer{http.StatusUnauthorized, outcomeUnauthorized, "unauthorized", reason}
}

func tooLarge(reason error) answer {
	return answer{http.StatusRequestEntityTooLarge, outcomeTooLarge, "the body is too large", reason}
}

// unread answers for a body that could not be read to its end.
func unread(err error) answer {
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge(err)
	case errors.Is(err, errBusy):
		return answer{http.StatusServiceUnavailable, outcomeShed, "too many requests at once, send it again", err}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return answer{http.StatusRequestTimeout, outcomeIncomplete, "the body did not arrive in time", err}
	}
	return answer{http.StatusBadRequest, outcomeIncomplete, "the body is incomplete", err}
}

func (s *Server) write(c echo.Context, a answer) {
	w := c.Response()
	if a.message == "" {
		w.WriteHeader(a.status)
		return
	}
	switch a.status {
	case http.StatusServiceUnavailable:
		w.Header()["Retry-After"] = []string{retryAfter}
	case http.StatusRequestEntityTooLarge:
		w.Header()["Connection"] = []string{"close"} // the rest of the body is not wanted
	}
	s.writeError(w, c.Request(), a.status, a.message)
}

// logRefused tells the operator what goes wrong: bad signatures (an attack, or a secret that does not match), bodies that are no
// events (a wrong setting in Jira) and a queue that does not work. Never the body, the signature or the path, which may hold the
// token; the address is that of the peer, which may be a proxy.
func (s *Server) logRefused(c echo.Context, a answer) {
	if a.reason == nil {
		return
	}
	to, text := s.lineFor(a.outcome)
	to.warn(c.Request().Context(), text,
		slog.String("reason", a.reason.Error()), slog.String("peer", c.RealIP()),
		slog.String("route", c.Path()), slog.Int("status", a.status))
}

func (s *Server) lineFor(o outcome) (*throttle, string) {
	switch o {
	case outcomeUnauthorized:
		return &s.refused, "webhook refused: not authorized"
	case outcomeUnavailable:
		return &s.failing, "webhook not stored, sender told to try again"
	case outcomeShed:
		return &s.shed, "webhook not read, sender told to try again: too many at once"
	default:
		return &s.invalid, "webhook refused: not understood"
	}
}
