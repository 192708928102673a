package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	waiting, _ := d.answers.Load(k) // before the row is read: it goes once the row has it
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
		if w, ok := waiting.(Answer); ok && kept.Status == 0 {
			kept = w
		}
		a = &kept
		return nil
	})
	return a, err
}

// KeepAnswer stores what was answered to a key whose change was kept. It does not
// wait for the disk: the answer joins the next commit, and is known here at once.
// When the program dies before, a repeat is told that the change was made.
func (d *DB) KeepAnswer(k Key, a Answer) {
	d.answers.Store(k, a)
	d.turn.soon(func(tx *Tx) error {
		tx.AfterCommit(func() { d.answers.Delete(k) })
		_, err := tx.Exec(context.Background(), `UPDATE idempotency SET status = $3, headers = $4, answer = $5 WHERE owner = $1 AND key = $2 AND status = 0`,
			k.Owner, k.Key, a.Status, JSON[map[string]string]{a.Headers}, a.Body)
		if err != nil {
			d.log.Error("keep an answer", "err", err)
		}
		return err
	})
}
