package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Key makes a request's first change happen once: the key is kept in the same
// commit. Owner is who sent it, BodyHash what was sent.
type Key struct{ Owner, Key, BodyHash string }

// Answer is what was said to the first request with a key. Status 0 means that
// the change was kept but its answer was not.
type Answer struct {
	Status  int
	Headers map[string]string
	Body    string
}

type keyState struct {
	Key
	claimed bool
}

type keyCtx struct{}

// WithKey returns a context in which the first Write keeps the key.
func WithKey(ctx context.Context, k Key) context.Context {
	return context.WithValue(ctx, keyCtx{}, &keyState{Key: k})
}

func keyOf(ctx context.Context) *keyState {
	k, _ := ctx.Value(keyCtx{}).(*keyState)
	if k == nil || k.claimed {
		return nil
	}
	return k
}

// claim keeps the key before the change. A key that is there already makes the
// change fail with ErrReplayed, or ErrKeyReuse when another body was sent.
func (k *keyState) claim(ctx context.Context, fn func(*Tx) error) func(*Tx) error {
	return func(tx *Tx) error {
		n, err := tx.Exec(ctx, `INSERT INTO idempotency (owner, key, body_hash, at, status, headers, answer)
			VALUES ($1, $2, $3, $4, 0, '', '') ON CONFLICT (owner, key) DO NOTHING`, k.Owner, k.Key.Key, k.BodyHash, At(tx.Now()))
		if err != nil {
			return fmt.Errorf("keep idempotency key: %w", err)
		}
		if n == 0 {
			return ErrReplayed
		}
		if err := fn(tx); err != nil {
			return err
		}
		k.claimed = true
		return nil
	}
}

// KeptAnswer looks up what was answered to the key before; nil when it is new.
// It returns ErrKeyReuse when the key came with another body.
func (d *DB) KeptAnswer(ctx context.Context, k Key) (*Answer, error) {
	waiting, isWaiting := d.answers.of(k) // before the row is read: it goes once the row has it
	var a *Answer
	err := d.Read(ctx, func(tx *Tx) error {
		var hash string
		var kept Answer
		var headers JSON[map[string]string]
		err := tx.QueryRow(ctx, `SELECT body_hash, status, headers, answer FROM idempotency WHERE owner = $1 AND key = $2`, k.Owner, k.Key).
			Scan(&hash, &kept.Status, &headers, &kept.Body)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return err
		case hash != k.BodyHash:
			return ErrKeyReuse
		}
		kept.Headers = headers.V
		if isWaiting && kept.Status == 0 {
			kept = waiting
		}
		a = &kept
		return nil
	})
	return a, err
}

// answers are what was said and is not in its row yet.
type answers struct {
	mu    sync.Mutex
	by    map[Key]Answer
	queue []Key
}

func (a *answers) of(k Key) (Answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w, ok := a.by[k]
	return w, ok
}

func (a *answers) put(k Key, w Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.by == nil {
		a.by = map[Key]Answer{}
	}
	if _, twice := a.by[k]; !twice {
		a.queue = append(a.queue, k)
	}
	a.by[k] = w
}

// all gives those that wait, the longest first.
func (a *answers) all() (keys []Key, said []Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	keys = slices.Clone(a.queue)
	for _, k := range keys {
		said = append(said, a.by[k])
	}
	return keys, said
}

// forget lets go of the first of the queue, whose rows have them now.
func (a *answers) forget(keys []Key) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, k := range keys {
		delete(a.by, k)
	}
	a.queue = a.queue[len(keys):]
}

// KeepAnswer stores what was answered to a key whose change was kept. It does not
// wait for the disk: the answer joins a later commit, and is known here at once.
// When the program dies before, a repeat is told that the change was made.
func (d *DB) KeepAnswer(k Key, a Answer) {
	d.answers.put(k, a)
	d.turn.soon()
}

// writeAnswers keeps all the answers that wait, many with one statement.
func (d *DB) writeAnswers(tx *Tx) error {
	keys, said := d.answers.all()
	written := keys
	tx.AfterCommit(func() { d.answers.forget(written) })
	for len(keys) > 0 {
		n := 1
		if len(keys) >= hoard {
			n = hoard
		}
		if err := tx.keepAnswers(keys[:n], said[:n]); err != nil {
			d.log.Error("keep answers", "err", err)
			return err
		}
		keys, said = keys[n:], said[n:]
	}
	return nil
}

func (tx *Tx) keepAnswers(keys []Key, said []Answer) error {
	var text strings.Builder
	text.WriteString(`INSERT INTO idempotency (owner, key, body_hash, at, status, headers, answer) VALUES `)
	args := make([]any, 0, 7*len(keys))
	for i, k := range keys {
		if i > 0 {
			text.WriteString(", ")
		}
		n := len(args)
		fmt.Fprintf(&text, "($%d, $%d, $%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5, n+6, n+7)
		args = append(args, k.Owner, k.Key, k.BodyHash, At(tx.Now()), said[i].Status, JSON[map[string]string]{said[i].Headers}, said[i].Body)
	}
	text.WriteString(` ON CONFLICT (owner, key) DO UPDATE SET status = excluded.status, headers = excluded.headers, answer = excluded.answer WHERE idempotency.status = 0`)
	_, err := tx.Exec(context.Background(), text.String(), args...)
	return err
}
