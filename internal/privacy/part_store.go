package privacy

import (
	"context"

	"kolega/internal/db"
)

// Part is what one slice knows of persons of one kind.
type Part struct {
	Tables []Table
	// Open names what is still under way, so that the person cannot go yet: codes with
	// texts under privacy.open. May be nil.
	Open func(ctx context.Context, tx *db.Tx, id string) ([]string, error)
	// Erased follows in the same change, after the tables, and names the campaigns whose
	// pages showed the person. May be nil.
	Erased func(ctx context.Context, tx *db.Tx, id, alias string) (campaigns []string, err error)
}
