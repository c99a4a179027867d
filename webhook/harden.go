package webhook

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"

	"github.com/labstack/echo/v4"
)

const headerRequestID = "X-Request-Id"

// header is one that every answer has. The value is made once and shared, so that it costs an answer nothing.
type header struct {
	name  string
	value []string
}

// ServeHTTP answers one request: with the headers and the request id that every answer has, and whatever the handler does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, each := range s.headers {
		h[each.name] = each.value
	}
	if r.TLS != nil {
		h["Strict-Transport-Security"] = s.strict
	}
	// The id is never the client's: that could be of any length, and could pass for somebody else's.
	id := s.idStart + strconv.FormatUint(s.idCount.Add(1), 16)
	h[headerRequestID] = []string{id}
	defer s.lastResort(w, r, id)
	switch r.Method {
	case http.MethodPost, http.MethodGet, http.MethodHead:
		s.echo.ServeHTTP(w, r)
	default: // echo would answer OPTIONS by itself
		h["Allow"] = []string{"GET, HEAD, POST"}
		s.writeError(w, http.StatusMethodNotAllowed, "method not allowed")
	}
}

// lastResort turns a panic into a plain 500. Neither the request nor the panic's value is logged, unless that is a fault of the
// runtime, which quotes no data.
func (s *Server) lastResort(w http.ResponseWriter, r *http.Request, id string) {
	v := recover()
	if v == nil {
		return
	}
	err, isErr := v.(error)
	if isErr && errors.Is(err, http.ErrAbortHandler) {
		panic(v) // net/http's own way to cut a connection
	}
	reason := slog.String("panic", "a value of another type")
	var fault runtime.Error
	if isErr && errors.As(err, &fault) {
		reason = slog.String("panic", fault.Error())
	}
	s.deps.Log.LogAttrs(r.Context(), slog.LevelError, "a request panicked", reason,
		slog.String("request", id), slog.String("stack", string(debug.Stack())))
	s.writeError(w, http.StatusInternalServerError, "internal error")
}

// httpError answers what echo's router could not: in the same form as everything else, without details.
func (s *Server) httpError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	status := http.StatusInternalServerError
	var known *echo.HTTPError
	if errors.As(err, &known) {
		status = known.Code
	} else {
		s.deps.Log.LogAttrs(c.Request().Context(), slog.LevelError, "a request failed",
			slog.String("route", c.Path()), slog.Any("error", err))
	}
	switch status {
	case http.StatusNotFound:
		s.writeError(c.Response(), status, "not found")
	case http.StatusMethodNotAllowed:
		s.writeError(c.Response(), status, "method not allowed")
	default:
		s.writeError(c.Response(), http.StatusInternalServerError, "internal error")
	}
}

// writeError writes {"error": message}. The message is one of ours and needs no escaping.
func (s *Server) writeError(w http.ResponseWriter, status int, message string) {
	w.Header()["Content-Type"] = []string{"application/json; charset=utf-8"}
	w.WriteHeader(status)
	if _, err := w.Write([]byte(`{"error":"` + message + `"}` + "\n")); err != nil {
		s.deps.Log.Debug("an answer could not be written", "status", status, "error", err)
	}
}
