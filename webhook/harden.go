package webhook

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
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
	s.greet(w.Header(), r.TLS != nil)
	defer s.lastResort(w, r)
	switch r.Method {
	case http.MethodPost, http.MethodGet, http.MethodHead:
		s.echo.ServeHTTP(w, r)
	default: // echo would answer OPTIONS by itself
		w.Header()["Allow"] = []string{"GET, HEAD, POST"}
		s.writeError(w, r, http.StatusMethodNotAllowed, "method not allowed")
	}
}

// greet writes the headers.
func (s *Server) greet(h http.Header, secret bool) {
	for _, each := range s.headers {
		h[each.name] = each.value
	}
	if secret {
		h["Strict-Transport-Security"] = s.strict
	}
	// The id is never the client's: that could be of any length, and could pass for somebody else's.
	h[headerRequestID] = []string{s.idStart + strconv.FormatUint(s.idCount.Add(1), 16)}
}

// lastResort turns a panic into a plain 500. Neither the request nor the panic's value is logged, unless that is a fault of the
// runtime, which quotes no data.
func (s *Server) lastResort(w http.ResponseWriter, r *http.Request) {
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
		slog.String("request", w.Header().Get(headerRequestID)), slog.String("stack", string(debug.Stack())))
	s.writeError(w, r, http.StatusInternalServerError, "internal error")
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
		s.writeError(c.Response(), c.Request(), status, "not found")
	case http.StatusMethodNotAllowed:
		s.writeError(c.Response(), c.Request(), status, "method not allowed")
	default:
		s.writeError(c.Response(), c.Request(), http.StatusInternalServerError, "internal error")
	}
}

// connKey is where the context of a request has its connection.
type connKey struct{}

// withConn keeps the connection for [Server.cut].
func withConn(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

// cut answers a request whose body stopped, and ends its connection. With HTTP/2, where others share the connection, it leaves
// both to the caller. The answer goes past the buffers of net/http, 6 KB that no such request has touched yet: for a crowd of slow senders,
// all cut at one time, the system would have to find the memory.
func (s *Server) cut(w http.ResponseWriter, r *http.Request, status int, message string) {
	h := w.Header()
	h["Connection"] = []string{"close"} // the rest of the body is not wanted
	conn, is := r.Context().Value(connKey{}).(net.Conn)
	if !is || r.ProtoMajor != 1 {
		return
	}
	body := errorBody(message)
	h["Content-Type"], h["Content-Length"] = []string{jsonType}, []string{strconv.Itoa(len(body))}
	var text bytes.Buffer
	text.WriteString("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status) + "\r\n")
	err := h.Write(&text)
	text.WriteString("\r\n")
	text.Write(body)
	if err == nil {
		_, err = conn.Write(text.Bytes())
	}
	s.written(status, err)
	panic(http.ErrAbortHandler) // net/http's own way to end a connection
}

const jsonType = "application/json; charset=utf-8"

// errorBody is {"error": message}. The message is one of ours and needs no escaping.
func errorBody(message string) []byte { return []byte(`{"error":"` + message + `"}` + "\n") }

// writeError answers with [errorBody], once the rest of the body is read: a sender may not look for an answer before.
func (s *Server) writeError(w http.ResponseWriter, r *http.Request, status int, message string) {
	if w.Header()["Connection"] == nil && errors.Is(s.bodies.skip(r.Body), os.ErrDeadlineExceeded) {
		s.cut(w, r, status, message)
	}
	w.Header()["Content-Type"] = []string{jsonType}
	w.WriteHeader(status)
	_, err := w.Write(errorBody(message))
	s.written(status, err)
}

// written says when an answer got lost.
func (s *Server) written(status int, err error) {
	if err != nil {
		s.deps.Log.Debug("an answer could not be written", "status", status, "error", err)
	}
}
