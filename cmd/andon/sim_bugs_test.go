package main

import (
	"net/http"

	"andon/rules"
	"andon/webhook/queue"
)

// plant is a fault that is put into andon to see whether the simulation finds it.
type plant struct {
	name        string
	permissions bool
	decide      func(f rules.Facts, decide func(rules.Facts) rules.Plan) rules.Plan
	wire        func(s *sim, next http.RoundTripper) http.RoundTripper
	line        func(s *sim, q queue.Queue) queue.Queue
}
