package match

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

func loadWeights(ctx context.Context, tx *db.Tx) (w WeightSetting, err error) {
	var doc db.JSON[Weights]
	err = tx.QueryRow(ctx, `SELECT value, version FROM setting WHERE name = 'match.weights'`).Scan(&doc, &w.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return WeightSetting{Weights: DefaultWeights()}, nil
	}
	w.Weights = doc.V
	return w, err
}

func saveWeights(ctx context.Context, tx *db.Tx, w WeightSetting) error {
	if w.Version == 0 {
		return db.Changed(tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ('match.weights', $1, 1) ON CONFLICT (name) DO NOTHING`, db.JSON[Weights]{V: w.Weights}))
	}
	return db.Changed(tx.Exec(ctx, `UPDATE setting SET value = $1, version = version + 1 WHERE name = 'match.weights' AND version = $2`, db.JSON[Weights]{V: w.Weights}, w.Version))
}
