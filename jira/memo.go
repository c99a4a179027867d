package jira

import "sync"

// memo keeps the first value that was loaded without an error. Concurrent first loads may run twice; that costs a call
// and avoids that one caller's cancelled context holds up the others.
type memo[T any] struct {
	mu    sync.Mutex
	known bool
	value T
}

// peek is the value if it is known already.
func (m *memo[T]) peek() (T, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.value, m.known
}

// forget lets the value be loaded again.
func (m *memo[T]) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	var none T
	m.known, m.value = false, none
}

// get is the value, loaded if it is not known.
func (m *memo[T]) get(load func() (T, error)) (T, error) {
	m.mu.Lock()
	known, value := m.known, m.value
	m.mu.Unlock()
	if known {
		return value, nil
	}
	value, err := load()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known, m.value = true, value
	return value, nil
}
