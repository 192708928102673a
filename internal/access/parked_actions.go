package access

import (
	"context"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// Parked lists the jobs that failed too often and wait for a person, newest first, at most
// 200. Right: access.settings.
func (s *Service) Parked(ctx context.Context, actor Actor) (out []job.Stuck, err error) {
	if err := actor.Require("access.settings", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = job.Parked(ctx, tx); return err })
	return out, err
}

// RunAgain lets a parked job run again, from its first try. Right: access.settings. Fault:
// db.ErrChanged when it is parked no more.
func (s *Service) RunAgain(ctx context.Context, actor Actor, id string) error {
	if err := actor.Require("access.settings", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := job.Retry(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "job", ID: id})
	})
}
