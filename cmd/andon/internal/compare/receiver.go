package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// crowd is how many connections send at once.
const crowd = 32

// kinds are the servers of the receiver's table, in their order.
func kinds() []string {
	return []string{kindFloor, kindIrrelevant, kindFloorRedis, kindRelevant}
}

// against says which floor a kind is measured by.
func against(kind string) string {
	if kind == kindFloorRedis || kind == kindRelevant {
		return kindFloorRedis
	}
	return kindFloor
}

// seen are the figures of one kind, one a round.
type seen struct {
	alone, crowded []float64 // µs of CPU an event
	rate           []float64 // events a second at most
	p99            []float64 // µs
	count, bytes   float64   // allocations an event
}

// receiver measures what one event costs.
func (l *lab) receiver(ctx context.Context) (string, error) {
	server, address, err := startRedis(ctx)
	if err != nil {
		return "", err
	}
	defer server.end()
	others := l.others(ctx)
	t := table{head: []string{"event", "server", "CPU alone", "ratio", "CPU, 32 at once", "ratio", "allocated", "events/s at most", "p99 at 70 %", "ratio"}}
	var from []string
	for _, p := range payloads(l.opt.recorded) {
		if p.from != "" {
			from = append(from, p.name+" is "+p.from)
		}
		l.say("  %s, %d bytes", p.name, len(p.body))
		figures, err := l.receive(ctx, address, p, others)
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.name, err)
		}
		for _, kind := range kinds() {
			t.add(receiverRow(p, kind, figures[kind], figures[against(kind)])...)
		}
		for _, o := range others {
			t.add(receiverRow(p, o.name, figures[o.name], figures[against(o.name)])...)
		}
	}
	if len(from) == 0 {
		from = []string{"events are generated"}
	}
	return fmt.Sprintf("%s, Redis %s; medians of %d rounds in turns; %s.\n\n%s\n"+
		"CPU is that of the server's process an event. Ratios of irrelevant events are to the floor, of relevant ones to the floor with one\n"+
		"round trip to Redis (goals: 1.10 alone, below 1 for many at once). The 99th percentile is counted from when an event was due, at 70 %% of\n"+
		"what the slowest of the first four takes at most (goal: under twice the floor's). The others stand for what a user would write instead; they\n"+
		"store nothing. adnanh/webhook and Node-RED are not among them, since they could not be had where this ran; before, on two shared cores, they\n"+
		"took 450 and 700 µs for 9 KB, 1,400 and 730 µs for 40 KB, where echo with HMAC took 60 and 92.\n",
		machine(), redisVersion(), l.pick(3, 7), strings.Join(from, ", "), t.String()), nil
}

// receiverRow is a line of the table.
func receiverRow(p payload, kind string, s, floor *seen) []string {
	allocated, late, beside := fmt.Sprintf("%.1f KB, %.0f times", s.bytes/1024, s.count), "", ""
	if s.bytes == 0 {
		allocated = "" // a program in another language
	}
	if len(s.p99) > 0 {
		late, beside = micros(median(s.p99)), times(ratio(s.p99, floor.p99))
	}
	return []string{
		p.name, kind, micros(median(s.alone)), times(ratio(s.alone, floor.alone)), micros(median(s.crowded)), times(ratio(s.crowded, floor.crowded)),
		allocated, fmt.Sprintf("%.0f", median(s.rate)), late, beside,
	}
}

// receive measures all kinds with one event.
func (l *lab) receive(ctx context.Context, address string, p payload, others []other) (map[string]*seen, error) {
	figures := make(map[string]*seen)
	servers := make(map[string]*process)
	all := kinds()
	for _, o := range others {
		all = append(all, o.name)
	}
	for n, kind := range all {
		begin := func() (*process, error) { return child(ctx, kind, address) }
		if own := len(kinds()); n >= own {
			begin = func() (*process, error) { return others[n-own].start(ctx) }
		}
		s, err := begin()
		if err != nil {
			return nil, fmt.Errorf("start %s: %w", kind, err)
		}
		defer s.end()
		servers[kind], figures[kind] = s, &seen{}
		if _, err := flood(ctx, s.addr, request(s.addr, p.body), crowd, 20*crowd); err != nil { // connections and pools are there
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
	}
	for range l.pick(3, 7) {
		for _, kind := range all {
			if err := l.cost(ctx, servers[kind], p, figures[kind]); err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
		}
	}
	rate := slowest(figures) * 0.7
	for range l.pick(1, 5) {
		for _, kind := range kinds() {
			raw := request(servers[kind].addr, p.body)
			took, err := pace(ctx, servers[kind].addr, func(int) []byte { return raw }, crowd, rate, time.Duration(l.pick(500, 2000))*time.Millisecond)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
			figures[kind].p99 = append(figures[kind].p99, percentile(took, 99))
		}
	}
	return figures, nil
}

// slowest is the least of what the servers take at most; those in other languages do not set the pace.
func slowest(figures map[string]*seen) float64 {
	least := 0.0
	for _, kind := range kinds() {
		s, there := figures[kind]
		if !there {
			continue
		}
		if r := median(s.rate); least == 0 || r < least {
			least = r
		}
	}
	return least
}

// cost is one round of one server.
func (l *lab) cost(ctx context.Context, s *process, p payload, out *seen) error {
	raw := request(s.addr, p.body)
	before, err := s.memory(ctx)
	if err != nil {
		return err
	}
	n := l.pick(300, 2000)
	alone, _, err := s.spend(ctx, raw, 1, n)
	if err != nil {
		return err
	}
	after, err := s.memory(ctx)
	if err != nil {
		return err
	}
	crowded, rate, err := s.spend(ctx, raw, crowd, 2*n)
	out.alone, out.crowded, out.rate = append(out.alone, alone), append(out.crowded, crowded), append(out.rate, rate)
	out.count, out.bytes = float64(after.Count-before.Count)/float64(n), float64(after.Bytes-before.Bytes)/float64(n)
	return err
}

// spend sends n events and gives the CPU time of each in microseconds, and how many were taken in a second.
func (p *process) spend(ctx context.Context, raw []byte, conns, n int) (each, rate float64, err error) {
	before, err := p.cpu()
	if err != nil {
		return 0, 0, err
	}
	rate, err = flood(ctx, p.addr, raw, conns, n)
	if err != nil {
		return 0, 0, err
	}
	after, err := p.cpu()
	return float64((after - before).Microseconds()) / float64(n/conns*conns), rate, err
}
