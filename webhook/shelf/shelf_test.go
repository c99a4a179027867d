package shelf_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/webhook/queue"
	"andon/webhook/queue/queuetest"
	"andon/webhook/shelf"
)

// everywhere runs a test on every implementation. Open gives the same shelf as another
// process would see it.
func everywhere(t *testing.T, test func(t *testing.T, open func() shelf.Shelf)) {
	t.Run("memory", func(t *testing.T) {
		one := shelf.NewMemory()
		test(t, func() shelf.Shelf { return closing(t, one) })
	})
	t.Run("redis-server", func(t *testing.T) {
		server := queuetest.Start(t)
		test(t, func() shelf.Shelf {
			client, err := queue.Connect(server.URL())
			ok(t, err)
			return closing(t, shelf.NewRedis(client, shelf.RedisOptions{}))
		})
	})
}

func closing(t *testing.T, s shelf.Shelf) shelf.Shelf {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// told waits for the news of a change.
func told(t *testing.T, changed <-chan struct{}) {
	t.Helper()
	select {
	case <-changed:
	case <-time.After(10 * time.Second):
		t.Fatal("no news of the change")
	}
}

func TestWhatIsPutCanBeReadByEverybody(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		ctx, a, b := context.Background(), open(), open()
		ok(t, a.Put(ctx, "one", []byte(`{"n":1}`)))
		ok(t, a.Put(ctx, "two", []byte{0, 255, '\n'}))
		ok(t, a.Put(ctx, "one", []byte(`{"n":3}`)))
		v, there, err := b.Get(ctx, "one")
		if err != nil || !there || string(v) != `{"n":3}` {
			t.Errorf("one is %q, %t, %v", v, there, err)
		}
		all, err := b.All(ctx)
		ok(t, err)
		if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, []string{"one", "two"}) || string(all["two"]) != "\x00\xff\n" {
			t.Errorf("all: %q", all)
		}
	})
}

func TestWhatIsDeletedIsGone(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		ctx, s := context.Background(), open()
		ok(t, s.Put(ctx, "one", []byte("1")))
		ok(t, s.Delete(ctx, "one"))
		ok(t, s.Delete(ctx, "never there"))
		if _, there, err := s.Get(ctx, "one"); there || err != nil {
			t.Errorf("still there: %t, %v", there, err)
		}
		if all, err := s.All(ctx); len(all) != 0 || err != nil {
			t.Errorf("all: %q, %v", all, err)
		}
	})
}

func TestEverybodyWhoListensHearsOfAChange(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		ctx, a, b := context.Background(), open(), open()
		first, stopFirst := b.Changes()
		second, stopSecond := b.Changes()
		defer stopFirst()
		defer stopSecond()
		ok(t, a.Put(ctx, "one", []byte("1")))
		seen(t, b, first, "1")
		seen(t, b, second, "1")
		ok(t, a.Put(ctx, "one", []byte("2")))
		seen(t, b, first, "2")
		ok(t, a.Delete(ctx, "one"))
		seen(t, b, first, "")
	})
}

// seen listens until a value is what it should be: a new subscription tells of a change too.
func seen(t *testing.T, s shelf.Shelf, changed <-chan struct{}, want string) {
	t.Helper()
	for {
		v, _, err := s.Get(context.Background(), "one")
		ok(t, err)
		if string(v) == want {
			return
		}
		told(t, changed)
	}
}

func TestWhoStopsListeningIsForgotten(t *testing.T) {
	t.Parallel()
	s := shelf.NewMemory()
	changed, stop := s.Changes()
	stop()
	stop()
	ok(t, s.Put(context.Background(), "one", []byte("1")))
	select {
	case <-changed:
		t.Error("told although nobody listens")
	default:
	}
}

func TestTheSameValueAgainIsNoNews(t *testing.T) {
	t.Parallel()
	s := shelf.NewMemory()
	ok(t, s.Put(context.Background(), "one", []byte("1")))
	changed, stop := s.Changes()
	defer stop()
	ok(t, s.Put(context.Background(), "one", []byte("1")))
	ok(t, s.Delete(context.Background(), "two"))
	select {
	case <-changed:
		t.Error("told of a change that is none")
	default:
	}
}

func TestWhatIsHandedOutIsACopy(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		ctx, s, value := context.Background(), open(), []byte("right")
		ok(t, s.Put(ctx, "one", value))
		copy(value, "wrong")
		got, _, err := s.Get(ctx, "one")
		ok(t, err)
		copy(got, "wrong")
		all, err := s.All(ctx)
		ok(t, err)
		if string(all["one"]) != "right" {
			t.Errorf("the value became %q", all["one"])
		}
	})
}

func TestWhatCannotBeKeptIsRefused(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		s := open()
		for name, value := range map[string]string{
			"": "1", strings.Repeat("n", shelf.MaxName+1): "1", "a\nb": "1", "\xff": "1", "large": strings.Repeat("v", shelf.MaxValue+1),
		} {
			if err := s.Put(context.Background(), name, []byte(value)); !errors.Is(err, shelf.ErrInvalid) {
				t.Errorf("name of %d bytes, value of %d: %v", len(name), len(value), err)
			}
		}
	})
}

func TestValuesSurviveARestartOfRedis(t *testing.T) {
	t.Parallel()
	server := queuetest.Start(t, "--appendonly", "yes", "--appendfsync", "always")
	client, err := queue.Connect(server.URL())
	ok(t, err)
	s := closing(t, shelf.NewRedis(client, shelf.RedisOptions{}))
	changed, stop := s.Changes()
	defer stop()
	ok(t, s.Put(context.Background(), "one", []byte("1")))
	server.Kill()
	if _, _, err := s.Get(context.Background(), "one"); !errors.Is(err, shelf.ErrUnavailable) {
		t.Errorf("without a server: %v", err)
	}
	if err := s.Put(context.Background(), "one", []byte("2")); !errors.Is(err, shelf.ErrUnavailable) {
		t.Errorf("without a server: %v", err)
	}
	server.Restart()
	seen(t, s, changed, "1")
	ok(t, s.Put(context.Background(), "one", []byte("3")))
	seen(t, s, changed, "3")
}

func TestClosingTwiceIsFine(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, open func() shelf.Shelf) {
		s := open()
		_, stop := s.Changes()
		defer stop()
		ok(t, s.Close())
		ok(t, s.Close())
		_, stopped := s.Changes()
		stopped()
	})
}
