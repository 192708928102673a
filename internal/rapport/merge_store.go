package rapport

import (
	"context"

	"kolega/internal/db"
)

var movedTables = []string{
	// A client who was told of both records was told of one person: the first word stays.
	`DELETE FROM prompt WHERE talent_id = $1 AND EXISTS (SELECT 1 FROM prompt k WHERE k.talent_id = $2 AND k.kind = prompt.kind AND k.client_id = prompt.client_id
		AND k.campaign_id = prompt.campaign_id)`,
	`UPDATE prompt SET talent_id = $2 WHERE talent_id = $1`,
}

// MoveTalent carries what clients were told of a talent to the record it was merged into.
// It touches no campaign.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	for _, text := range movedTables {
		if _, err := tx.Exec(ctx, text, from, to); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
