package payout

import (
	"context"
	"errors"
	"time"

	"kolega/internal/db"
	"kolega/internal/job"
)

// OrderDue is kept until an order is to be looked at. Hinted is a word from outside
// that there is news.
type OrderDue struct {
	OrderID string
	Hinted  bool
}

// Kind names the job.
func (OrderDue) Kind() string { return "payout.order-due" }

// HintCame: a provider called.
type HintCame struct{ Account, EventID string }

// Kind names the job.
func (HintCame) Kind() string { return "payout.hint-came" }

// orderDue gives an order its turn. A hint that comes while another holds the turn
// waits for its end.
func (s *Service) orderDue(ctx context.Context, e OrderDue) error {
	if e.Hinted {
		waits, err := s.behind(ctx, e)
		if err != nil || waits {
			return err
		}
	}
	err := s.Look(ctx, e.OrderID, e.Hinted)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}

// behind keeps a hint for later when the order is held by another.
func (s *Service) behind(ctx context.Context, e OrderDue) (waits bool, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := loadOrder(ctx, tx, e.OrderID)
		if err != nil || !tx.Now().Before(o.LeaseUntil) {
			return err
		}
		waits = true
		return job.Enqueue(ctx, tx, e, job.After(o.LeaseUntil.Add(time.Second)))
	})
	return waits, err
}

// hintCame finds the order that a callback speaks of. One that names another
// amount or account than was ordered stops the order; any other makes us ask.
func (s *Service) hintCame(ctx context.Context, e HintCame) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		h, err := loadHint(ctx, tx, e.Account, e.EventID)
		if err != nil {
			return err
		}
		o, err := orderOfHint(ctx, tx, e.Account, h)
		if errors.Is(err, db.ErrNotFound) {
			return nil // of nothing that we ordered, or before we heard its id: we ask anyway
		}
		if err != nil {
			return err
		}
		if err := matchHint(ctx, tx, e.Account, e.EventID, o.ID); err != nil {
			return err
		}
		if !h.Amount.None() && h.Amount != o.Amount || h.AccountEnd != "" && h.AccountEnd != o.AccountEnd {
			o, effect := o.Freeze()
			return s.keep(ctx, tx, o, Answer{}, effect)
		}
		return job.Enqueue(ctx, tx, OrderDue{OrderID: o.ID, Hinted: true})
	})
}
