package webhook

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// labelsChanged is an event in which a label was set, with more labels than anybody has.
func labelsChanged(n int) string {
	var many strings.Builder
	for i := range n {
		fmt.Fprintf(&many, "label-%d ", i)
	}
	return `{"webhookEvent":"jira:issue_updated","issue":{"id":"1","key":"SHOP-1","fields":{"labels":["` + strings.ReplaceAll(strings.TrimSpace(many.String()), " ", `","`) +
		`"],"project":{"id":"2","key":"SHOP"}}},"changelog":{"items":[{"field":"labels","fieldId":"labels","fromString":"` + strings.TrimSpace(many.String()) +
		`","toString":"` + many.String() + `disaster"}]}}`
}

func TestBodiesOfOddFormAreJudgedInBoundedTime(t *testing.T) {
	t.Parallel()
	event := `{"webhookEvent":"jira:issue_updated","issue":{"id":"1","key":"SHOP-1","fields":{"labels":["disaster"],"project":{"id":"2","key":"SHOP"}}},` +
		`"changelog":{"items":[{"field":"labels","fieldId":"labels","fromString":"","toString":"disaster"}]}}`
	key := func(name, value string) string { return `"` + name + `":` + value + `,` }
	for name, tt := range map[string]struct {
		body   string
		status []int
	}{
		"a hundred thousand labels":            {labelsChanged(50_000), []int{202}},
		"too many labels for a body":           {labelsChanged(500_000), []int{413}},
		"a hundred thousand levels":            {strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000), []int{400}},
		"a hundred thousand lists":             {strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), []int{400}},
		"the event's name twice":               {"{" + key("webhookEvent", `"user_created"`) + event[1:], []int{202, 204, 400}},
		"the issue twice":                      {"{" + key("issue", `{"id":"9","key":"BLOG-9"}`) + event[1:], []int{202, 400}},
		"a key a hundred thousand times":       {"{" + strings.Repeat(key("webhookEvent", `"user_created"`), 50_000) + event[1:], []int{202, 204, 400}},
		"a zero byte in a text":                {strings.Replace(event, "SHOP-1", "SHOP\x00-1", 1), []int{400}},
		"a zero byte behind a backslash":       {strings.Replace(event, "SHOP-1", `SHOP\u0000-1`, 1), []int{202, 204}},
		"half a pair of surrogates":            {strings.Replace(event, "SHOP-1", `SHOP\ud800-1`, 1), []int{202, 204}},
		"a byte that is no UTF-8":              {strings.Replace(event, "SHOP-1", "SHOP\xc0\xaf-1", 1), []int{400}},
		"UTF-16 with a mark":                   {"\xff\xfe" + strings.ReplaceAll(event, `"`, "\"\x00"), []int{400}},
		"UTF-7":                                {"+AHs" + event[1:], []int{400}},
		"a byte-order mark":                    {"\xef\xbb\xbf" + event, []int{202, 400}},
		"a number without an end":              {`{"webhookEvent":"jira:issue_updated","timestamp":` + strings.Repeat("9", 1_000_000) + "}", []int{202, 204, 400}},
		"a key without an end":                 {`{"` + strings.Repeat("k", 1_000_000) + `":1}`, []int{204, 400}},
		"ids that are no numbers":              {strings.NewReplacer(`"id":"1"`, `"id":"../../1"`, `"id":"2"`, `"id":{"a":1}`).Replace(event), []int{202, 204}},
		"a key of a project that climbs about": {strings.ReplaceAll(event, "SHOP", "../../SHOP:*"), []int{202, 204}},
	} {
		t.Run(name, func(t *testing.T) {
			rig := newRig(t, testConfig(), fakeKnown{watched: []string{"SHOP"}})
			w := rig.do(http.MethodPost, signedPath, tt.body, "X-Hub-Signature: "+sign(testSecret, tt.body))
			ok := false
			for _, s := range tt.status {
				ok = ok || s == w.Code
			}
			if !ok {
				t.Errorf("answered %d, want one of %v", w.Code, tt.status)
			}
			queued := rig.hints.take()
			if strings.ContainsAny(queued, "./*{}\\\x00") || (queued != "") != (w.Code == 202) {
				t.Errorf("answered %d and queued %q", w.Code, queued)
			}
			if rig.bodies.lent.Load() != 0 {
				t.Errorf("%d bytes are not given back", rig.bodies.lent.Load())
			}
		})
	}
}

// A bomb is small on the wire. It is refused by its header; without the header it is no
// JSON. It is inflated in neither case. The test runs alone, since it counts memory.
func TestACompressionBombIsNeverInflated(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	zeros := make([]byte, 1<<20)
	for range 64 {
		if _, err := z.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	rig := newRig(t, shortConfig(), fakeKnown{})
	addr := startWire(t, rig)
	signed := "X-Hub-Signature: " + sign(testSecret, bomb.String()) + "\r\n"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for header, want := range map[string]string{
		"Content-Encoding: gzip\r\n": "415", "Content-Encoding: x-gzip\r\n": "415", "Content-Encoding: deflate, gzip\r\n": "415",
		"Content-Encoding: identity\r\nContent-Encoding: zstd\r\n": "415", "Content-Type: application/gzip\r\n": "400", "": "400",
	} {
		said := talk(t, addr, head(signedPath, "Connection: close\r\n"+signed+header+fmt.Sprintf("Content-Length: %d\r\n\r\n", bomb.Len()))+bomb.String())
		if !strings.HasPrefix(said, "HTTP/1.1 "+want) {
			t.Errorf("%q: the server said %.40q, want %s", header, said, want)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 48<<20 {
		t.Errorf("%d MB were used up for a few small bombs", grown>>20)
	}
	if rig.hints.take() != "" {
		t.Error("a hint was queued")
	}
}

// Of two thousand idle connections a hundred are let in, and these are cut in time; then
// whoever comes is served.
func TestTwoThousandIdleConnectionsKeepNobodyOutForLong(t *testing.T) {
	t.Parallel()
	cfg := shortConfig()
	cfg.MaxConns = 100
	rig := newRig(t, cfg, fakeKnown{})
	addr := startWire(t, rig)
	var d net.Dialer
	conns := make([]net.Conn, 0, 2000)
	for range 2000 {
		conn, err := d.DialContext(t.Context(), "tcp", addr)
		if err != nil {
			break // the system's own queue is full, which is as good
		}
		conns = append(conns, conn)
	}
	for _, conn := range conns[1:] {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(conns) < 200 {
		t.Fatalf("only %d connections came about", len(conns))
	}
	if err := conns[0].SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if said, err := io.ReadAll(conns[0]); err != nil && !strings.Contains(err.Error(), "reset") || len(said) > 0 && !bytes.HasPrefix(said, []byte("HTTP/1.1 408")) {
		t.Errorf("an idle connection is not cut: %q, %v", said, err)
	}
	if err := conns[0].Close(); err != nil {
		t.Error(err)
	}
	if said := talk(t, addr, "GET /healthz HTTP/1.1\r\nHost: andon\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(said, "HTTP/1.1 200") {
		t.Errorf("afterwards the server says %q", said)
	}
}
