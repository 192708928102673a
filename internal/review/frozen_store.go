package review

import (
	"context"
	"database/sql"
	"encoding/json"

	"kolega/internal/audit"
	"kolega/internal/db"
)

// CheckDecided compares every approval with the trail (I-12): what the chained entry says
// was approved is what stands in the row. So a row and its hash that were rewritten
// together are found too, and an approval that nobody gave.
func CheckDecided(ctx context.Context, tx *db.Tx) (out []Problem, err error) {
	said := map[string]string{}
	lines, err := audit.WithVerbs(ctx, tx, "draft", "draft.approve", "draft.record")
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		var after struct {
			Hash string `json:"hash"`
		}
		if l.After != "" && json.Unmarshal([]byte(l.After), &after) == nil && after.Hash != "" {
			said[l.ID] = after.Hash
		}
	}
	rows, err := tx.Query(ctx, `SELECT a.deliverable_id, a.draft_id, a.hash FROM approval a ORDER BY a.deliverable_id`)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		p := Problem{What: "trail"}
		hash := ""
		err := r.Scan(&p.DeliverableID, &p.VersionID, &hash)
		if said[p.VersionID] != hash {
			out = append(out, p)
		}
		return struct{}{}, err
	})
	return out, err
}

// FrozenFiles names the content of every approved version, by the version's id.
func FrozenFiles(ctx context.Context, tx *db.Tx) (map[string]string, error) {
	out := map[string]string{}
	rows, err := tx.Query(ctx, `SELECT draft_id, sha256 FROM approval WHERE sha256 <> ''`)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var id, sha string
		err := r.Scan(&id, &sha)
		out[id] = sha
		return struct{}{}, err
	})
	return out, err
}
