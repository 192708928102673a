package result

import (
	"time"

	"kolega/internal/db"
)

type scanner interface{ Scan(into ...any) error }

// place lets a plain time.Time be scanned from a row.
type place struct{ to *time.Time }

func instant(t *time.Time) *place { return &place{t} }

// Scan reads microseconds or NULL.
func (p *place) Scan(v any) error {
	var at db.Time
	if err := at.Scan(v); err != nil {
		return err
	}
	*p.to = at.Time
	return nil
}
