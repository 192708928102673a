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

const keepKey = `INSERT INTO idempotency (owner, key, body_hash, at) VALUES ($1, $2, $3, $4) ON CONFLICT (owner, key) DO NOTHING`

// claim keeps the key before the change. A key that is there already makes the
// change fail with ErrReplayed, or ErrKeyReuse when another body was sent.
func (k *keyState) claim(ctx context.Context, fn func(*Tx) error) func(*Tx) error {
	return func(tx *Tx) error {
		n, err := tx.Exec(ctx, keepKey, k.Owner, k.Key.Key, k.BodyHash, At(tx.Now()))
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
	waiting, isWaiting := d.answers.of(k) // before the rows are read: it goes once they have it
	var a *Answer
	err := d.Read(ctx, func(tx *Tx) error {
		var hash string
		var at Time
		err := tx.QueryRow(ctx, `SELECT body_hash, at FROM idempotency WHERE owner = $1 AND key = $2`, k.Owner, k.Key).Scan(&hash, &at)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return err
		case hash != k.BodyHash:
			return ErrKeyReuse
		case isWaiting:
			a = &waiting
			return nil
		}
		a, err = findAnswer(ctx, tx, k, at.Time)
		return err
	})
	return a, err
}
