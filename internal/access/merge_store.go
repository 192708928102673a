package access

import (
	"context"

	"kolega/internal/db"
)

// MoveTalent carries the room links of a talent to the record it was merged into.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	_, err := tx.Exec(ctx, `UPDATE room_link SET talent_id = $2 WHERE talent_id = $1`, from, to)
	return nil, err
}
