package review

import (
	"context"
	"time"

	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/worktime"
)

// leftoverAfter is how long an upload that did not become a draft waits for somebody to
// go on with it.
const leftoverAfter = 7 * 24 * time.Hour

// LeftoversDue says that the leftovers of a day are to be swept.
type LeftoversDue struct{ Day worktime.Date }

// Kind of the job.
func (LeftoversDue) Kind() string { return "review.leftovers-due" }

// UploadGone says that nothing knows an upload any more; its pieces can go.
type UploadGone struct{ UploadID string }

// Kind of the job.
func (UploadGone) Kind() string { return "review.upload-gone" }

// KeepSweeping plans the sweep of today. It is called at start; each sweep plans the
// next, so a day that the program slept through is made up for when it wakes.
func (s *Service) KeepSweeping(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return planSweep(ctx, tx, worktime.DateOf(tx.Now(), time.UTC)) })
}

// planSweep keeps one sweep for a day, at an hour when Jakarta and Manila sleep.
func planSweep(ctx context.Context, tx *db.Tx, day worktime.Date) error {
	return job.Enqueue(ctx, tx, LeftoversDue{Day: day}, job.After(day.At(19, 0, time.UTC)), job.Unique("leftovers-"+string(day)))
}

// sweep forgets the uploads that nobody went on with. Doing it again forgets nothing.
func (s *Service) sweep(ctx context.Context, _ LeftoversDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		gone, err := listLeftovers(ctx, tx, tx.Now().Add(-leftoverAfter))
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := deleteUpload(ctx, tx, id); err != nil {
				return err
			}
			if err := job.Enqueue(ctx, tx, UploadGone{UploadID: id}, job.Unique(id)); err != nil {
				return err
			}
		}
		if err := dropPictures(ctx, tx, tx.Now().Add(-leftoverAfter)); err != nil {
			return err
		}
		return planSweep(ctx, tx, worktime.DateOf(tx.Now(), time.UTC).AddDays(1))
	})
}

// dropPieces removes what had arrived of an upload; what is absent is no error.
func (s *Service) dropPieces(_ context.Context, e UploadGone) error {
	return s.spool.Remove(e.UploadID)
}
