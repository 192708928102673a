package match

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// ErrWeights is given for weights below zero or that do not add up to 100.
var ErrWeights = fault.New(fault.Invalid, "match.weights")

// Check says whether no weight is below zero and all add up to 100.
func (w Weights) Check() error {
	sum := int64(0)
	for _, n := range w {
		if sum += n; n < 0 {
			return ErrWeights
		}
	}
	if sum != 100 {
		return ErrWeights
	}
	return nil
}

// WeightSetting is the agency's weights of the fit (R18); Version is 0 while they
// are the defaults.
type WeightSetting struct {
	Weights Weights
	Version int64
}

// Weights gives the weights by which the fit is measured.
func (s *Service) Weights(ctx context.Context, actor access.Actor) (w WeightSetting, err error) {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return w, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) { w, err = loadWeights(ctx, tx); return err })
	return w, err
}

// SetWeights changes them. Faults: match.weights, conflict.changed, access.forbidden.
func (s *Service) SetWeights(ctx context.Context, actor access.Actor, w WeightSetting) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	if err := w.Weights.Check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := loadWeights(ctx, tx)
		if err != nil {
			return err
		}
		if err := saveWeights(ctx, tx, w); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "agency", ID: "match.weights", Before: before.Weights, After: w.Weights})
	})
}
