package db

import "sync"

// readers are the connections for reading that nobody uses. The one used last is lent
// first: its cache is the freshest, and those of the others stay small.
type readers struct {
	mu   sync.Mutex
	free []*conn
}

func (r *readers) put(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free = append(r.free, c)
}

// take gives a connection to whoever holds a slot, so there is one.
func (r *readers) take() *conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.free[len(r.free)-1]
	r.free = r.free[:len(r.free)-1]
	return c
}
