package webhook

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

func TestBodiesAreReadWhole(t *testing.T) {
	t.Parallel()
	b := newBodies(16<<20, 2<<20)
	for _, size := range []int{0, 1, firstBody - 1, firstBody, firstBody + 1, smallBody - 1, smallBody, smallBody + 1, usualBody - 1, usualBody, usualBody + 1, 300_000, 2<<20 - 1, 2 << 20} {
		want := bytes.Repeat([]byte("0123456789abcde"), size/15+1)[:size]
		for name, r := range map[string]io.Reader{
			"at once": bytes.NewReader(want), "with the end in the same call": iotest.DataErrReader(bytes.NewReader(want)), "in halves": iotest.HalfReader(bytes.NewReader(want)),
		} {
			got, buf, err := b.read(r)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes %s: %d bytes, %v", size, name, len(got), err)
			}
			b.giveBack(buf)
		}
	}
	if b.lent.Load() != 0 {
		t.Errorf("%d bytes are still lent", b.lent.Load())
	}
}

func TestBodiesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	for _, tt := range []struct {
		name string
		b    *bodies
		r    io.Reader
		want error
	}{
		{"one byte too many", newBodies(1<<20, 100), strings.NewReader(strings.Repeat("x", 101)), errTooLarge},
		{"one byte too many with the end", newBodies(1<<20, 100), iotest.DataErrReader(strings.NewReader(strings.Repeat("x", 101))), errTooLarge},
		{"endless", newBodies(16<<20, 2<<20), endless{}, errTooLarge},
		{"no memory at all", newBodies(firstBody-1, 100), strings.NewReader("x"), errBusy},
		{"no memory for more", newBodies(firstBody, 1<<20), endless{}, errBusy},
		{"no memory for much more", newBodies(smallBody+usualBody, 1<<20), endless{}, errBusy},
		{"a fault at once", newBodies(1<<20, 100), iotest.ErrReader(stop), stop},
		{"a fault later", newBodies(16<<20, 2<<20), io.MultiReader(io.LimitReader(endless{}, 100_000), iotest.ErrReader(stop)), stop},
	} {
		if _, _, err := tt.b.read(tt.r); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if tt.b.lent.Load() != 0 {
			t.Errorf("%s: %d bytes are still lent", tt.name, tt.b.lent.Load())
		}
	}
}

// endless never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestSlowSendersHoldLittle(t *testing.T) {
	t.Parallel()
	b := newBodies(16<<20, 2<<20)
	var wg sync.WaitGroup
	var writers []*io.PipeWriter
	for range 1000 {
		r, w := io.Pipe()
		writers = append(writers, w)
		wg.Go(func() {
			_, buf, err := b.read(r)
			if err != nil {
				t.Errorf("a slow body: %v", err)
				return
			}
			b.giveBack(buf)
		})
	}
	for _, w := range writers { // each has been taken by the reader when Write returns
		if _, err := w.Write([]byte("{")); err != nil {
			t.Fatal(err)
		}
	}
	if held := b.lent.Load(); held != 1000*firstBody {
		t.Errorf("1000 senders of one byte each hold %d bytes, want %d", held, 1000*firstBody)
	}
	for _, w := range writers {
		w.Close()
	}
	wg.Wait()
	if b.lent.Load() != 0 {
		t.Errorf("%d bytes are still lent", b.lent.Load())
	}
}

func TestTooManyBodiesAtOnceAreShed(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	rig.bodies.lent.Store(rig.cfg.MaxHeld)
	w := rig.do("POST", tokenPath, relevant)
	if w.Code != 503 || w.Header().Get("Retry-After") == "" || rig.counted(t) != "shed=1" {
		t.Errorf("with all memory lent: %d, %s", w.Code, rig.counted(t))
	}
	if !strings.Contains(rig.log.String(), "too many at once") {
		t.Error("shedding is not logged")
	}
	rig.bodies.lent.Store(0)
	if got := rig.post(relevant); got != "202 board:9" {
		t.Errorf("afterwards: %q", got)
	}
}
