package talent

import (
	"context"

	"kolega/internal/audit"
	"kolega/internal/job"
)

// takeIn is a begun table that waits to be taken in.
type takeIn struct {
	TableID string
	Who     audit.Who
}

// Kind names the job.
func (takeIn) Kind() string { return "talent.take-in" }

// Imported says that a table was taken in, or that its file could not be (Fault).
type Imported struct {
	TableID, PersonID, Name, Line, Fault string
}

// Kind names the event.
func (Imported) Kind() string { return "talent.imported" }

// Work registers what talent does after the answer.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "talent", func(ctx context.Context, j takeIn) error {
		_, err := s.takeTable(ctx, j.Who, j.TableID)
		return err
	})
}
