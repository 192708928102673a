package report

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/job"
)

// Work registers the workers of this room.
func (s *Service) Work(r *job.Registry) { job.On(r, "report", s.compareAnew) }

// compareAnew computes where reported posts stand after a report went out. It may run
// twice: it always starts from all of them.
func (s *Service) compareAnew(ctx context.Context, _ ReportSent) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return remark(ctx, tx) })
}
