package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/webhook/queue"
)

// said runs the program and gives its exit status and what it printed.
func said(args ...string) (code int, out, complaint string) {
	var a, b bytes.Buffer
	code = run(args, &a, &b)
	return code, a.String(), b.String()
}

func TestHelpTeaches(t *testing.T) {
	code, out, _ := said("--help")
	if code != 0 {
		t.Errorf("exit status %d", code)
	}
	for _, want := range append(parts(), "--quick", "--write", "--only", "--recorded", "Examples:", "Exit status:") {
		if !strings.Contains(out, want) {
			t.Errorf("the help says nothing about %s", want)
		}
	}
}

func TestAWrongCommandLineIsAUsageError(t *testing.T) {
	for want, args := range map[string][]string{
		`there is no part "speed"`:      {"--only", "receiver,speed"},
		`"receiver" is not an option`:   {"receiver"},
		"flag provided but not defined": {"--fast"},
		"wants a kind, an address":      {serveWord},
		`there is no server "quick"`:    {serveWord, "quick", "127.0.0.1:0", ""},
	} {
		if code, _, complaint := said(args...); code != 2 || !strings.Contains(complaint, want) {
			t.Errorf("%q: exit status %d, %q", args, code, complaint)
		}
	}
}

func TestOnlyTheNamedPartsAreMeasured(t *testing.T) {
	opt, err := parse([]string{"--only", "queue,scale", "--quick"})
	if err != nil || strings.Join(opt.parts, " ") != "queue scale" || !opt.quick || opt.write {
		t.Errorf("%+v, %v", opt, err)
	}
	if opt, err = parse(nil); err != nil || len(opt.parts) != 4 {
		t.Errorf("%+v, %v", opt, err)
	}
}

func TestPercentilesAndRatios(t *testing.T) {
	values := []float64{5, 1, 4, 2, 3}
	for percent, want := range map[int]float64{0: 1, 50: 3, 99: 5, 100: 5} {
		if got := percentile(values, percent); got != want {
			t.Errorf("%d %%: %v, want %v", percent, got, want)
		}
	}
	if percentile(nil, 50) != 0 {
		t.Error("nothing has a median")
	}
	// One disturbed round does not count, and is set against the floor of the same round.
	if got := ratio([]float64{2, 40, 6}, []float64{1, 20, 3}); got != 2 {
		t.Errorf("ratio %v, want 2", got)
	}
	if got := ratio([]float64{2}, []float64{0}); got != 0 {
		t.Errorf("ratio to nothing: %v", got)
	}
}

func TestATableIsMarkdown(t *testing.T) {
	tb := table{head: []string{"a", "b"}}
	tb.add("1", "2")
	if got, want := tb.String(), "| a | b |\n|---|---|\n| 1 | 2 |\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTablesAreFoundInTheOutputOfTests(t *testing.T) {
	got := tablesIn("=== RUN\n    x_test.go:1: \n        | a |\n        |---|\n        | 1 |\n        \n        | b |\n        |---|\n--- PASS\n")
	if want := "| a |\n|---|\n| 1 |\n\n| b |\n|---|\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestATextIsPutBetweenItsMarks(t *testing.T) {
	page := []byte("before\n<!-- compare:begin queue -->\nold\n<!-- compare:end queue -->\nafter\n")
	once, err := between(page, "queue", "new\n\n")
	if err != nil || string(once) != "before\n<!-- compare:begin queue -->\nnew\n<!-- compare:end queue -->\nafter\n" {
		t.Fatalf("%q, %v", once, err)
	}
	if twice, err := between(once, "queue", "new\n\n"); err != nil || !bytes.Equal(once, twice) {
		t.Errorf("%q, %v", twice, err)
	}
	if _, err := between(page, "scale", "new"); err == nil {
		t.Error("marks that are missing are no error")
	}
}

func TestAPageThatIsNotThereIsAnError(t *testing.T) {
	if err := fill(filepath.Join(t.TempDir(), "README.md"), "queue", "x"); err == nil {
		t.Error("no error")
	}
}

func TestThePagesHaveMarksForEachPart(t *testing.T) {
	for _, part := range parts() {
		raw, err := os.ReadFile(filepath.Join("..", "..", "..", "..", pageOf(part)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := between(raw, part, "x"); err != nil {
			t.Errorf("%s: %v", pageOf(part), err)
		}
	}
}

func TestFillChangesThePageAlone(t *testing.T) {
	page := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(page, []byte("a\n<!-- compare:begin queue -->\n<!-- compare:end queue -->\nb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fill(page, "queue", "| 1 |"); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(page); err != nil || string(raw) != "a\n<!-- compare:begin queue -->\n| 1 |\n<!-- compare:end queue -->\nb\n" {
		t.Errorf("%q, %v", raw, err)
	}
}

func TestGeneratedEventsMatterOnlyWhereTheProjectIsWatched(t *testing.T) {
	for _, p := range payloads(t.TempDir()) {
		if p.from != "" || !matters(p.body) {
			t.Errorf("%s (%s) shows nothing", p.name, p.from)
		}
	}
	for _, kb := range []int{3, 9, 40} {
		if n := len(generated(kb << 10)); n < kb<<10*9/10 || n > kb<<10*11/10 {
			t.Errorf("%d bytes for %d KB", n, kb)
		}
	}
}

func TestTheRecordedEventNextInSizeIsUsed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"near.json": generated(9 << 10), "far.json": generated(12 << 10),
		"other.json": strings.Repeat(" ", 9<<10) + `{"webhookEvent":"user_created"}`, "note.txt": generated(9 << 10),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, body := nearest(dir, 9<<10); filepath.Base(got) != "near.json" || string(body) != generated(9<<10) {
		t.Errorf("%q, %d bytes", got, len(body))
	}
	if got, _ := nearest(dir, 100<<10); got != "" {
		t.Errorf("%q is not of that size", got)
	}
}

func TestARecordedEventWithoutAChangeGetsOne(t *testing.T) {
	dir := t.TempDir()
	whole := generated(9 << 10)
	without := whole[:strings.Index(whole, `,"changelog"`)] + "}\n"
	if err := os.WriteFile(filepath.Join(dir, "comment.json"), []byte(without), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, body := nearest(dir, 9<<10); got == "" || !strings.Contains(string(body), `"changelog"`) || !matters(body) {
		t.Errorf("%q: %.80s", got, body)
	}
}

// listening serves a handler for a test.
func listening(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	t.Cleanup(func() {
		_ = srv.Close()
		<-done
	})
	return l.Addr().String()
}

func TestAllEventsAreSentAndAnswered(t *testing.T) {
	h, err := handler(kindFloor, "")
	if err != nil {
		t.Fatal(err)
	}
	addr := listening(t, measured(h))
	raw := request(addr, []byte(generated(3<<10)))
	if rate, err := flood(t.Context(), addr, raw, 4, 40); err != nil || rate <= 0 {
		t.Errorf("%v a second, %v", rate, err)
	}
	took, err := pace(t.Context(), addr, func(int) []byte { return raw }, 4, 400, 100*time.Millisecond)
	if err != nil || len(took) != 40 {
		t.Errorf("%d answers, want 40, %v", len(took), err)
	}
	p := process{addr: addr}
	if m, err := p.memory(t.Context()); err != nil || m.Count == 0 || m.Bytes == 0 {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAForgedEventIsNoMeasurement(t *testing.T) {
	h, err := handler(kindFloor, "")
	if err != nil {
		t.Fatal(err)
	}
	addr := listening(t, h)
	raw := bytes.Replace(request(addr, []byte("{}")), []byte("sha256="), []byte("sha256=00"), 1)
	if _, err := flood(t.Context(), addr, raw, 1, 1); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("%v", err)
	}
}

func TestNobodyListeningIsAnError(t *testing.T) {
	addr, err := freeAddr(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := flood(t.Context(), addr, nil, 1, 1); err == nil {
		t.Error("no error")
	}
}

// inMemory is andon's queue without a server.
func inMemory(string) (keyed, error) {
	q := queue.NewMemory(time.Now, queue.MemoryOptions{})
	return keyed{
		add: func(ctx context.Context, key string) error { return q.Add(ctx, key, 0) },
		work: func(ctx context.Context, workers int, handle func(string)) error {
			return queue.Run(ctx, q, queue.RunOptions{Workers: workers}, func(_ context.Context, it queue.Item) (time.Duration, error) {
				handle(it.Key)
				return 0, nil
			})
		},
		end: q.Close,
	}, nil
}

func TestARoundOfAQueueMeasuresEverything(t *testing.T) {
	f, err := rounds(t.Context(), "", 5, 20, inMemory)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Handover) != 5 || len(f.Rate) != len(workerCounts()) || f.Runs == 0 || f.Adds <= 0 || !f.Seen {
		t.Errorf("%+v", f)
	}
}

func TestTheQueuesOnRedisAreMeasuredAlike(t *testing.T) {
	needRedis(t)
	for name, open := range map[string]func(string) (keyed, error){"bare": bare, "andon": ours} {
		f, err := fresh(t.Context(), subject{name, func(ctx context.Context, address string) (figures, error) {
			return rounds(ctx, address, 3, 20, open)
		}})
		if err != nil || len(f.Handover) != 3 || f.Runs == 0 || !f.Seen {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

func TestARelevantEventIsStoredBeforeItIsAnswered(t *testing.T) {
	needRedis(t)
	server, address, err := startRedis(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{kindFloorRedis, kindRelevant} {
		h, err := handler(kind, address)
		if err != nil {
			t.Fatal(err)
		}
		addr := listening(t, h)
		raw := request(addr, []byte(generated(3<<10)))
		if _, err := flood(t.Context(), addr, raw, 2, 4); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		defer func() {
			if _, err := flood(t.Context(), addr, raw, 1, 1); err == nil {
				t.Errorf("%s answers well although nothing can be stored", kind)
			}
		}()
	}
	server.end()
}

// needRedis skips where there is no server, unless the tests must not skip.
func needRedis(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err == nil {
		return
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		t.Fatal("no redis-server")
	}
	t.Skip("no redis-server")
}

func TestRowsHaveACellForEachColumn(t *testing.T) {
	s := &seen{alone: []float64{10}, crowded: []float64{5}, rate: []float64{100}, p99: []float64{7}}
	if row := receiverRow(payload{name: "3 KB"}, kindFloor, s, s); len(row) != 10 || row[3] != "1.00" || row[9] != "1.00" {
		t.Errorf("%q", row)
	}
	if row := queueRow("q", []figures{{Rate: map[int]float64{1: 2}}}); len(row) != 9 || row[3] != "2" || row[8] != "not always" {
		t.Errorf("%q", row)
	}
	if row := weightRow("w", []weight{{size: 9.2, taken: 10, wanted: 10}}); len(row) != 8 || row[1] != "9.2 MB" || row[7] != "none" {
		t.Errorf("%q", row)
	}
}

func TestTheSlowestSetsThePace(t *testing.T) {
	if got := slowest(map[string]*seen{kindFloor: {rate: []float64{30}}, kindRelevant: {rate: []float64{10, 20, 15}}, "Node": {rate: []float64{1}}}); got != 15 {
		t.Errorf("%v", got)
	}
}
