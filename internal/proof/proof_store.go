package proof

import (
	"context"
	"database/sql"
	"strings"

	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
)

type row interface{ Scan(...any) error }

const proofColumns = `id, kind, title, body, who, source, link, source_on, client_id, campaign_id, figures, permission, alias, consent, consent_on, made_at, by_name, retired_at, version`

// LoadProof gives a proof, NotFound if there is none with the id.
func LoadProof(ctx context.Context, tx *db.Tx, id string) (Proof, error) {
	p, err := scanProof(tx.QueryRow(ctx, `SELECT `+proofColumns+` FROM proof WHERE id = $1`, id))
	return p, db.One(err)
}

func scanProof(r row) (p Proof, err error) {
	var figures db.JSON[[]Figure]
	var made, retired db.Time
	err = r.Scan(&p.ID, &p.Kind, &p.Title, &p.Body, &p.Who, &p.Source, &p.Link, &p.SourceOn, &p.ClientID, &p.CampaignID, &figures, &p.Permission, &p.Alias, &p.Consent, &p.ConsentOn, &made, &p.By, &retired, &p.Version)
	p.Figures, p.MadeAt, p.RetiredAt = figures.V, made.Time, retired.Time
	return p, err
}

// Filter picks proofs; what is empty does not restrict.
type Filter struct {
	Kind    Kind
	Text    string
	Retired bool // those that were put away too
}

// ListProofs gives proofs, the newest first.
func ListProofs(ctx context.Context, tx *db.Tx, f Filter) ([]Proof, error) {
	text, retired := "", int64(0)
	if f.Text != "" {
		text = "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(locale.Fold(f.Text)) + "%"
	}
	if f.Retired {
		retired = 1
	}
	rows, err := tx.Query(ctx, `SELECT `+proofColumns+` FROM proof WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR fold LIKE $2 ESCAPE '!') AND ($3 = 1 OR retired_at IS NULL) ORDER BY id DESC LIMIT 500`,
		string(f.Kind), text, retired)
	return db.Collect(rows, err, func(r *sql.Rows) (Proof, error) { return scanProof(r) })
}

func (p Proof) fold() string {
	return locale.Fold(p.Title + " " + p.Body + " " + p.Who + " " + p.Source)
}

func insertProof(ctx context.Context, tx *db.Tx, p Proof) error {
	_, err := tx.Exec(ctx, `INSERT INTO proof (`+proofColumns+`, fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, $19)`,
		p.ID, string(p.Kind), p.Title, p.Body, p.Who, p.Source, p.Link, string(p.SourceOn), p.ClientID, p.CampaignID, db.JSON[[]Figure]{V: p.Figures}, string(p.Permission), p.Alias, p.Consent, string(p.ConsentOn),
		db.At(p.MadeAt), p.By, db.At(p.RetiredAt), p.fold())
	return err
}

func saveProof(ctx context.Context, tx *db.Tx, p Proof) error {
	return db.Changed(tx.Exec(ctx, `UPDATE proof SET title = $3, body = $4, who = $5, source = $6, link = $7, source_on = $8, client_id = $9, figures = $10, permission = $11, alias = $12, consent = $13,
		consent_on = $14, retired_at = $15, fold = $16, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Title, p.Body, p.Who, p.Source, p.Link, string(p.SourceOn), p.ClientID, db.JSON[[]Figure]{V: p.Figures}, string(p.Permission), p.Alias, p.Consent, string(p.ConsentOn), db.At(p.RetiredAt), p.fold()))
}

// ofCampaign tells whether a campaign has a case study.
func ofCampaign(ctx context.Context, tx *db.Tx, campaignID string) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM proof WHERE campaign_id = $1`, campaignID).Scan(&n)
	return n > 0, err
}

// NamesOf are the names by which a proof's client would be known.
func NamesOf(ctx context.Context, tx *db.Tx, p Proof) (out []string, err error) {
	if p.ClientID == "" {
		return nil, nil
	}
	c, err := client.LoadClient(ctx, tx, p.ClientID)
	if err != nil {
		return nil, err
	}
	brands, err := client.ListBrands(ctx, tx, p.ClientID)
	out = []string{c.Name, c.LegalName}
	for _, b := range brands {
		out = append(out, b.Name)
	}
	return out, err
}

// ShowProof loads a proof and cuts it to what a client may see. Faults: as Proof.Show.
func ShowProof(ctx context.Context, tx *db.Tx, id string) (Proof, Shown, error) {
	p, err := LoadProof(ctx, tx, id)
	if err != nil {
		return p, Shown{}, err
	}
	names, err := NamesOf(ctx, tx, p)
	if err != nil {
		return p, Shown{}, err
	}
	s, err := p.Show(names)
	return p, s, err
}
