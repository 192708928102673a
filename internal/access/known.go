package access

import (
	"sync"
	"sync/atomic"
	"time"

	"kolega/internal/db"
)

// changed counts the changes of people, sessions, keys and links in this program.
var changed atomic.Uint64

// forgetKnown makes a change of who may come in act at once: what was known before
// its commit is asked for anew. Every statement that takes something away calls it.
func forgetKnown(tx *db.Tx) { tx.AfterCommit(func() { changed.Add(1) }) }

// knownFor is how long somebody recognised is not asked for again, and so how late a
// withdrawal by another instance acts: less than a second (R20).
const knownFor = 700 * time.Millisecond

// Forget makes links and sessions that another room's change took away end at once.
func Forget(tx *db.Tx) { forgetKnown(tx) }

// maxKnown bounds a memory; more people at once are asked for each time anew.
const maxKnown = 4096

// known remembers for a moment whom the hash of a secret belongs to. Nobody unknown is
// remembered, and what ends by time is for the caller to check.
type known[T any] struct {
	mu      sync.RWMutex
	by      map[string]recognised[T]
	waiting bool // for the end of the moment
}

type recognised[T any] struct {
	value T
	at    uint64 // count of changes before it was read
}

// get gives what is remembered of a hash, or loads it.
func (k *known[T]) get(hash string, load func() (T, error)) (T, error) {
	now := changed.Load()
	k.mu.RLock()
	r, ok := k.by[hash]
	k.mu.RUnlock()
	if ok && r.at == now {
		return r.value, nil
	}
	v, err := load()
	if err == nil {
		k.put(hash, recognised[T]{v, now})
	}
	return v, err
}

func (k *known[T]) put(hash string, r recognised[T]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.by == nil {
		k.by = map[string]recognised[T]{}
	}
	if len(k.by) >= maxKnown {
		return
	}
	k.by[hash] = r
	if !k.waiting {
		k.waiting = true
		time.AfterFunc(knownFor, k.forgetAll)
	}
}

func (k *known[T]) forgetAll() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.by)
	k.waiting = false
}

func (k *known[T]) forget(hash string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.by, hash)
}
