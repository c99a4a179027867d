package shelf

import (
	"bytes"
	"context"
	"sync"
)

// Memory is a shelf in this process.
type Memory struct {
	bell bell

	mu     sync.Mutex
	values map[string][]byte
}

var _ Shelf = (*Memory)(nil)

// NewMemory returns an empty shelf.
func NewMemory() *Memory { return &Memory{values: map[string][]byte{}} }

// Put implements [Shelf].
func (m *Memory) Put(_ context.Context, name string, value []byte) error {
	if err := valid(name, value); err != nil {
		return err
	}
	m.mu.Lock()
	old, there := m.values[name]
	m.values[name] = bytes.Clone(value)
	m.mu.Unlock()
	if !there || !bytes.Equal(old, value) {
		m.bell.ring()
	}
	return nil
}

// Delete implements [Shelf].
func (m *Memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	_, there := m.values[name]
	delete(m.values, name)
	m.mu.Unlock()
	if there {
		m.bell.ring()
	}
	return nil
}

// Get implements [Shelf].
func (m *Memory) Get(_ context.Context, name string) ([]byte, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, there := m.values[name]
	return bytes.Clone(v), there, nil
}

// All implements [Shelf].
func (m *Memory) All(context.Context) (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make(map[string][]byte, len(m.values))
	for name, v := range m.values {
		out[name] = bytes.Clone(v)
	}
	return out, nil
}

// Changes implements [Shelf].
func (m *Memory) Changes() (<-chan struct{}, func()) { return m.bell.listen() }

// Close implements [Shelf].
func (m *Memory) Close() error { return nil }
