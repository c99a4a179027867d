package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// carrier is a sharer over a way that takes a second, and notes what travelled together.
func carrier(fail map[string]error) (*sharer, *[][]string) {
	var mu sync.Mutex
	var trips [][]string
	s := &sharer{}
	s.send = func(_ context.Context, batch []*parcel) {
		var names []string
		for _, p := range batch {
			name, _ := p.args[0].(string)
			names, p.err = append(names, name), fail[name]
		}
		mu.Lock()
		trips = append(trips, names)
		mu.Unlock()
		time.Sleep(time.Second)
	}
	return s, &trips
}

func TestHintsThatComeTogetherShareARoundTrip(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, trips := carrier(nil)
		start := time.Now()
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				if err := s.carry(t.Context(), []any{fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if len(*trips) != 2 || len((*trips)[0]) != 1 || len((*trips)[1]) != 99 {
			t.Errorf("round trips of %d hints in all: %v", 100, *trips)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("took %v: somebody was told before it was stored, or waited for a third", took)
		}
	})
}

func TestAHintThatComesAloneWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, trips := carrier(nil)
		for range 3 {
			start := time.Now()
			if err := s.carry(t.Context(), []any{"one"}); err != nil || time.Since(start) != time.Second {
				t.Errorf("took %v: %v", time.Since(start), err)
			}
		}
		if len(*trips) != 3 {
			t.Errorf("round trips: %v", *trips)
		}
	})
}

func TestEachHintHearsOfItsOwnFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		no := errors.New("no")
		s, _ := carrier(map[string]error{"3": no})
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				err := s.carry(t.Context(), []any{fmt.Sprint(i)})
				if errors.Is(err, no) != (i == 3) {
					t.Errorf("hint %d: %v", i, err)
				}
			})
		}
		all.Wait()
	})
}

func TestAHintWhoseSenderGivesUpHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, trips := carrier(nil)
		gone, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if err := s.carry(t.Context(), []any{"first"}); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if err := s.carry(gone, []any{"second"}); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		synctest.Wait()
		leave()
		all.Wait()
		if err := s.carry(t.Context(), []any{"third"}); err != nil {
			t.Error(err)
		}
		time.Sleep(10 * time.Second)
		if n := len(*trips); n < 2 || n > 3 {
			t.Errorf("round trips: %v", *trips)
		}
	})
}

func TestAStormIsCutIntoPortions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, trips := carrier(nil)
		var all sync.WaitGroup
		for i := range 3*maxShared + 1 {
			all.Go(func() {
				if err := s.carry(t.Context(), []any{fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, trip := range *trips {
			if len(trip) > maxShared {
				t.Errorf("%d hints in one round trip", len(trip))
			}
		}
		if len(*trips) != 4 {
			t.Errorf("%d round trips", len(*trips))
		}
	})
}
