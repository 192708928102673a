package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
)

// Benchmarks lists what others publish. Right: report.see of staff.
func (s *Service) Benchmarks(ctx context.Context, actor access.Actor) (out []Benchmark, err error) {
	if err := actor.Require("report.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListBenchmarks(ctx, tx); return err })
	return out, err
}

// AddBenchmark keeps a published rate with its source and day. Reports that were sent
// keep what held for them. Right: benchmark.edit. Faults: benchmark.*.
func (s *Service) AddBenchmark(ctx context.Context, actor access.Actor, b Benchmark) (Benchmark, error) {
	if err := actor.Require("benchmark.edit", access.Owner{}); err != nil {
		return b, err
	}
	b, err := b.Tidy()
	if err != nil {
		return b, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b.ID, b.By = tx.NewID(), actor.Name
		if err := insertBenchmark(ctx, tx, b); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "benchmark.edit", Subject: "benchmark", ID: b.ID, After: b})
	})
	return b, err
}

// DropBenchmark takes a published rate out; conflict.changed when it is gone. Right:
// benchmark.edit.
func (s *Service) DropBenchmark(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("benchmark.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := deleteBenchmark(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "benchmark.edit", Subject: "benchmark", ID: id})
	})
}
