package privacy

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/job"
)

// shred deletes the files of an erased person that no row names any more, and clears
// the database's own files of what was there.
type shred struct {
	Of    Kind     `json:"of"`
	Files []string `json:"files"` // hashes
}

// Kind is the stable name of the job.
func (shred) Kind() string { return "privacy.shred" }

// Work registers the workers.
func (s *Service) Work(r *job.Registry) { job.On(r, "bytes", s.shred) }

// shred may run twice: what is absent is no error.
func (s *Service) shred(ctx context.Context, a shred) error {
	for _, sha := range a.Files {
		var named bool
		err := s.db.Read(ctx, func(tx *db.Tx) (err error) { named, err = refers(ctx, tx, s.Tables(a.Of), sha); return err })
		if err != nil {
			return err
		}
		if named {
			continue
		}
		if err := s.files.Remove(ctx, sha); err != nil {
			return err
		}
	}
	return s.db.Shred(ctx)
}
