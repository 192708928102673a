package casting

import "kolega/internal/db"

// Service holds the use cases of casting.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }
