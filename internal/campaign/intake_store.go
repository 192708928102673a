package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const documentColumns = `id, campaign_id, name, kind, media_type, sha256, size, added_at, added_by`

func insertDocument(ctx context.Context, tx *db.Tx, f Document) error {
	_, err := tx.Exec(ctx, `INSERT INTO brief_file (`+documentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		f.ID, f.CampaignID, f.Name, f.Kind, f.MediaType, f.SHA256, f.Size, db.At(f.AddedAt), f.AddedBy)
	return err
}

// LoadDocument gives one of a campaign's documents, NotFound if it has none with the id.
func LoadDocument(ctx context.Context, tx *db.Tx, campaignID, id string) (Document, error) {
	f, err := scanDocument(tx.QueryRow(ctx, `SELECT `+documentColumns+` FROM brief_file WHERE campaign_id = $1 AND id = $2`, campaignID, id))
	return f, db.One(err)
}

func documentByHash(ctx context.Context, tx *db.Tx, campaignID, sha string) (Document, error) {
	f, err := scanDocument(tx.QueryRow(ctx, `SELECT `+documentColumns+` FROM brief_file WHERE campaign_id = $1 AND sha256 = $2`, campaignID, sha))
	return f, db.One(err)
}

// ListDocuments gives a campaign's documents, the newest first.
func ListDocuments(ctx context.Context, tx *db.Tx, campaignID string) ([]Document, error) {
	rows, err := tx.Query(ctx, `SELECT `+documentColumns+` FROM brief_file WHERE campaign_id = $1 ORDER BY added_at DESC, id DESC`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Document, error) { return scanDocument(r) })
}

func scanDocument(r row) (f Document, err error) {
	var added db.Time
	err = r.Scan(&f.ID, &f.CampaignID, &f.Name, &f.Kind, &f.MediaType, &f.SHA256, &f.Size, &added, &f.AddedBy)
	f.AddedAt = added.Time
	return f, err
}
