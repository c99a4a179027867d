package webhook

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

// startWire serves on a real socket, and returns the address. Time limits are short, so that a test sees them without waiting long;
// no test depends on how long.
func startWire(t *testing.T, rig *rig) string {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := rig.HTTPServer("")
	done := make(chan error, 1)
	go func() { done <- srv.Serve(rig.Limit(l)) }()
	t.Cleanup(func() {
		if err := srv.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
	return l.Addr().String()
}

func shortConfig() Config {
	cfg := testConfig()
	cfg.HeaderTimeout, cfg.ReadTimeout, cfg.WriteTimeout, cfg.IdleTimeout = time.Second, time.Second, 10*time.Second, time.Second
	return cfg
}

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// talk sends text, and returns all that the server says until it cuts the connection.
func talk(t *testing.T, addr, text string) string {
	t.Helper()
	conn := dial(t, addr)
	if _, err := io.WriteString(conn, text); err != nil {
		t.Logf("the server cut the connection while it was sent to: %v", err)
	}
	said, err := io.ReadAll(conn)
	if err != nil && !strings.Contains(err.Error(), "reset") {
		t.Fatalf("the server did not cut the connection: %v after %q", err, said)
	}
	return string(said)
}

func head(path, rest string) string {
	return "POST " + path + " HTTP/1.1\r\nHost: andon\r\n" + rest
}

func TestSlowClientsAreCut(t *testing.T) {
	t.Parallel()
	rig := newRig(t, shortConfig(), fakeKnown{})
	addr := startWire(t, rig)
	for name, tt := range map[string]struct{ text, want string }{
		"nothing at all":                     {"", ""},
		"a head that stops":                  {"POST /webhooks/jira HTTP/1.1\r\nHost: andon\r\nX-Slow:", ""},
		"a body that does not come":          {head(tokenPath, "Content-Length: 100\r\n\r\n"), "HTTP/1.1 408 "},
		"a body that stops":                  {head(tokenPath, "Content-Length: 100\r\n\r\n{\"webhookEvent\""), "HTTP/1.1 408 "},
		"a chunk that stops":                 {head(tokenPath, "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"web"), "HTTP/1.1 408 "},
		"a body that does not come, refused": {head(signedPath, "Content-Length: 100\r\n\r\n"), "HTTP/1.1 401 "},
		"a body that stops, nowhere":         {head("/nowhere", "Content-Length: 100\r\n\r\n{"), "HTTP/1.1 404 "},
		"an idle connection":                 {"GET /healthz HTTP/1.1\r\nHost: andon\r\n\r\n", "HTTP/1.1 200 "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said := talk(t, addr, tt.text)
			if !strings.HasPrefix(said, tt.want) || tt.want == "" && said != "" && !strings.HasPrefix(said, "HTTP/1.1 408") {
				t.Errorf("the server said %q, want %q", said, tt.want)
			}
			if rig.hints.take() != "" {
				t.Error("a hint was queued")
			}
		})
	}
}

func TestWhoIsCutGetsAWholeAnswer(t *testing.T) {
	t.Parallel()
	addr := startWire(t, newRig(t, shortConfig(), fakeKnown{}))
	said := talk(t, addr, head(tokenPath, "Content-Length: 100\r\n\r\n{"))
	res, err := http.ReadResponse(bufio.NewReader(strings.NewReader(said)), nil)
	if err != nil {
		t.Fatalf("%v: %q", err, said)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || string(body) != `{"error":"the body did not arrive in time"}`+"\n" {
		t.Errorf("the body is %q (%v)", body, err)
	}
	if !res.Close || res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Request-Id") == "" || res.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("its head is %q", said)
	}
}

func TestABodyThatStopsIsToldAlsoWhereTheConnectionIsOutOfReach(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	newRig(t, shortConfig(), fakeKnown{}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, tokenPath, iotest.ErrReader(os.ErrDeadlineExceeded)))
	if w.Code != http.StatusRequestTimeout || w.Header().Get("Connection") != "close" {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
}

func TestAConnectionOutlivesARefusal(t *testing.T) {
	t.Parallel()
	addr := startWire(t, newRig(t, shortConfig(), fakeKnown{}))
	unwanted := strings.Repeat("x", 100<<10)
	said := talk(t, addr, head(signedPath, fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(unwanted), unwanted))+"GET /healthz HTTP/1.1\r\nHost: andon\r\nConnection: close\r\n\r\n")
	if !strings.HasPrefix(said, "HTTP/1.1 401 ") || !strings.Contains(said, "HTTP/1.1 200 ") {
		t.Errorf("the server said %q", said)
	}
}

func TestBrokenRequestsAreRefused(t *testing.T) {
	t.Parallel()
	cfg := shortConfig()
	cfg.HeaderTimeout, cfg.ReadTimeout = 30*time.Second, 30*time.Second
	addr := startWire(t, newRig(t, cfg, fakeKnown{}))
	close := "Connection: close\r\n"
	for name, tt := range map[string]struct{ text, want string }{
		"two lengths":                 {head(tokenPath, "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"), "HTTP/1.1 400 "},
		"a negative length":           {head(tokenPath, "Content-Length: -5\r\n\r\nhello"), "HTTP/1.1 400 "},
		"an unknown coding":           {head(tokenPath, "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), "HTTP/1.1 501 "},
		"a chunk of nonsense":         {head(tokenPath, close+"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n"), "HTTP/1.1 400 "},
		"a head that is too large":    {head(tokenPath, "X-Large: "+strings.Repeat("x", 40<<10)+"\r\n\r\n"), "HTTP/1.1 431 "},
		"a body announced too large":  {head(tokenPath, "Content-Length: 99999999999\r\n\r\n{"), "HTTP/1.1 413 "},
		"a length without a number":   {head(tokenPath, "Content-Length: five\r\n\r\nhello"), "HTTP/1.1 400 "},
		"no host":                     {"POST " + tokenPath + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400 "},
		"HTTP/0.9":                    {"GET /\r\n\r\n", "HTTP/1.1 400 "},
		"a signature over two lines":  {head(signedPath, close+"X-Hub-Signature: sha256=00\r\n 00\r\nContent-Length: 2\r\n\r\n{}"), "HTTP/1.1 40"},
		"a zero byte in a header":     {head(signedPath, "X-Hub-Signature: sha256=\x00\r\nContent-Length: 2\r\n\r\n{}"), "HTTP/1.1 400 "},
		"length and chunks, by chunk": {head(tokenPath, close+"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), "HTTP/1.1 204 "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if said := talk(t, addr, tt.text); !strings.HasPrefix(said, tt.want) {
				t.Errorf("the server said %q, want %q", said, tt.want)
			}
		})
	}
}

func TestPipelinedRequestsAreEachJudged(t *testing.T) {
	t.Parallel()
	rig := newRig(t, shortConfig(), fakeKnown{})
	addr := startWire(t, rig)
	one := func(path, header, body string) string {
		return head(path, header+fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
	}
	said := talk(t, addr, one(signedPath, "X-Hub-Signature: "+sign(testSecret, relevant)+"\r\n", relevant)+
		one(signedPath, "", relevant)+one(tokenPath, "", `{"webhookEvent":"user_created"}`)+one(tokenPath, "Connection: close\r\n", relevant))
	var statuses []string
	r := bufio.NewReader(strings.NewReader(said))
	for range 4 {
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Fatalf("%v in %q", err, said)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		statuses = append(statuses, resp.Status[:3])
	}
	if got := strings.Join(statuses, " "); got != "202 401 204 202" {
		t.Errorf("four requests at once: %s", got)
	}
	if got := rig.hints.take(); got != "board:9; board:9" {
		t.Errorf("queued %q", got)
	}
}

func TestSlowClientsDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	cfg := testConfig() // the usual, long limits: nobody is cut while the test runs
	rig := newRig(t, cfg, fakeKnown{})
	addr := startWire(t, rig)
	const slow = 200
	for i := range slow {
		conn := dial(t, addr)
		text := head(tokenPath, "Content-Length: 1000000\r\n\r\n{")
		if _, err := io.WriteString(conn, text[:len(text)-i%2*30]); err != nil {
			t.Fatal(err)
		}
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for range 20 {
		req, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+addr+tokenPath, strings.NewReader(relevant))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 202 {
			t.Errorf("beside %d slow clients: %d", slow, resp.StatusCode)
		}
	}
	if held := rig.bodies.lent.Load(); held > slow*smallBody {
		t.Errorf("%d slow clients hold %d bytes", slow, held)
	}
}

func TestAFloodIsShedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.MaxBody, cfg.MaxHeld = 100_000, 300_000
	rig := newRig(t, cfg, fakeKnown{})
	addr := startWire(t, rig)
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	body := []byte(relevant + strings.Repeat(" ", 90_000))
	var mu sync.Mutex
	got := map[int]int{}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 25 {
				req, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+addr+tokenPath, bytes.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				resp, err := client.Do(req)
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				mu.Lock()
				got[resp.StatusCode]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if got[202]+got[503] != 400 || got[202] == 0 {
		t.Errorf("400 events: %v", got)
	}
	if queued := strings.Count(rig.hints.take(), "board:9"); queued != got[202] {
		t.Errorf("%d were told 202, %d are queued", got[202], queued)
	}
	if rig.bodies.lent.Load() != 0 {
		t.Errorf("%d bytes are still held", rig.bodies.lent.Load())
	}
}
