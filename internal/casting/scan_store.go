package casting

import (
	"time"

	"kolega/internal/db"
)

// scanner is a row, or one of several.
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

// document lets a value be kept as JSON text.
func document[T any](v *T) *doc[T] { return &doc[T]{v} }

type doc[T any] struct{ to *T }

// Scan reads JSON text.
func (d *doc[T]) Scan(v any) error {
	var j db.JSON[T]
	if err := j.Scan(v); err != nil {
		return err
	}
	*d.to = j.V
	return nil
}
