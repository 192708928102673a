package client

import (
	"context"
	"database/sql"
	"strings"

	"kolega/internal/db"
	"kolega/internal/locale"
)

const clientColumns = `id, name, legal_name, country, zone, lang, address, tax_id, po_required, withholds_pph23, payment_days, note, made_at, version`

type row interface{ Scan(...any) error }

// LoadClient gives a client, NotFound if there is none with the id.
func LoadClient(ctx context.Context, tx *db.Tx, id string) (Client, error) {
	c, err := scanClient(tx.QueryRow(ctx, `SELECT `+clientColumns+` FROM client WHERE id = $1`, id))
	return c, db.One(err)
}

// There refuses a client that is not there. Fault: not-found.
func There(ctx context.Context, tx *db.Tx, id string) error {
	_, err := LoadClient(ctx, tx, id)
	return err
}

func scanClient(r row) (c Client, err error) {
	var made db.Time
	err = r.Scan(&c.ID, &c.Name, &c.LegalName, &c.Country, &c.Zone, &c.Lang, &c.Address, &c.TaxID, &c.PORequired, &c.WithholdsPPh23,
		&c.PaymentDays, &c.Note, &made, &c.Version)
	c.MadeAt = made.Time
	return c, err
}

// Page asks for clients by name: those whose name or brand holds the text, after
// the one with the key After.
type Page struct {
	Text  string
	After string // key of the last one seen: Key
	Limit int    // default 50
}

// Key is a client's place in the list, for Page.After.
func (c Client) Key() string { return locale.Fold(c.Name) + "\x1f" + c.ID }

// ListClients gives a page of clients by name.
func ListClients(ctx context.Context, tx *db.Tx, p Page) ([]Client, error) {
	if p.Limit <= 0 || p.Limit > 500 {
		p.Limit = 50
	}
	name, id, _ := strings.Cut(p.After, "\x1f")
	rows, err := tx.Query(ctx, `SELECT `+clientColumns+` FROM client WHERE (fold, id) > ($1, $2)
		AND ($3 = '' OR fold LIKE $4 ESCAPE '!' OR id IN (SELECT client_id FROM brand WHERE fold LIKE $4 ESCAPE '!'))
		ORDER BY fold, id LIMIT $5`, name, id, p.Text, "%"+escape(locale.Fold(p.Text))+"%", p.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Client, error) { return scanClient(r) })
}

func fold(s string) string { return locale.Fold(s) }

// escape makes a text stand for itself in LIKE … ESCAPE '!'.
func escape(s string) string { return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s) }

func insertClient(ctx context.Context, tx *db.Tx, c Client) error {
	n, err := tx.Exec(ctx, `INSERT INTO client (`+clientColumns+`, fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)
		ON CONFLICT (fold) DO NOTHING`, c.ID, c.Name, c.LegalName, c.Country, c.Zone, c.Lang, c.Address, c.TaxID, c.PORequired, c.WithholdsPPh23,
		c.PaymentDays, c.Note, db.At(c.MadeAt), locale.Fold(c.Name))
	if err == nil && n == 0 {
		return ErrNameTaken.With("name", c.Name).At("name")
	}
	return err
}

func saveClient(ctx context.Context, tx *db.Tx, c Client) error {
	return db.Changed(tx.Exec(ctx, `UPDATE client SET name = $3, legal_name = $4, country = $5, zone = $6, lang = $7, address = $8, tax_id = $9,
		po_required = $10, withholds_pph23 = $11, payment_days = $12, note = $13, fold = $14, version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Name, c.LegalName, c.Country, c.Zone, c.Lang, c.Address, c.TaxID, c.PORequired, c.WithholdsPPh23,
		c.PaymentDays, c.Note, locale.Fold(c.Name)))
}

// nameTaken tells whether another client has the name, case and accents aside.
func nameTaken(ctx context.Context, tx *db.Tx, c Client) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client WHERE fold = $1 AND id <> $2`, locale.Fold(c.Name), c.ID).Scan(&n)
	return n > 0, err
}

const brandColumns = `id, client_id, name, category, rivals, version`

// LoadBrand gives a brand, NotFound if there is none with the id.
func LoadBrand(ctx context.Context, tx *db.Tx, id string) (Brand, error) {
	b, err := scanBrand(tx.QueryRow(ctx, `SELECT `+brandColumns+` FROM brand WHERE id = $1`, id))
	return b, db.One(err)
}

func scanBrand(r row) (b Brand, err error) {
	var rivals db.JSON[[]string]
	err = r.Scan(&b.ID, &b.ClientID, &b.Name, &b.Category, &rivals, &b.Version)
	b.Rivals = rivals.V
	return b, err
}

// ListBrands gives a client's brands by name, every brand when the client is "".
func ListBrands(ctx context.Context, tx *db.Tx, clientID string) ([]Brand, error) {
	rows, err := tx.Query(ctx, `SELECT `+brandColumns+` FROM brand WHERE $1 = '' OR client_id = $1 ORDER BY fold, id`, clientID)
	return db.Collect(rows, err, func(r *sql.Rows) (Brand, error) { return scanBrand(r) })
}

func insertBrand(ctx context.Context, tx *db.Tx, b Brand) error {
	n, err := tx.Exec(ctx, `INSERT INTO brand (`+brandColumns+`, fold) VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT (client_id, fold) DO NOTHING`,
		b.ID, b.ClientID, b.Name, b.Category, db.JSON[[]string]{V: b.Rivals}, locale.Fold(b.Name))
	if err == nil && n == 0 {
		return ErrNameTaken.With("name", b.Name).At("name")
	}
	return err
}

func saveBrand(ctx context.Context, tx *db.Tx, b Brand) error {
	return db.Changed(tx.Exec(ctx, `UPDATE brand SET name = $3, category = $4, rivals = $5, fold = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		b.ID, b.Version, b.Name, b.Category, db.JSON[[]string]{V: b.Rivals}, locale.Fold(b.Name)))
}

const contactColumns = `id, client_id, name, title, email, phone, lang, zone, left_at, version`

// LoadContact gives a contact, NotFound if there is none with the id.
func LoadContact(ctx context.Context, tx *db.Tx, id string) (Contact, error) {
	c, err := scanContact(tx.QueryRow(ctx, `SELECT `+contactColumns+` FROM contact WHERE id = $1`, id))
	return c, db.One(err)
}

func scanContact(r row) (c Contact, err error) {
	var left db.Time
	err = r.Scan(&c.ID, &c.ClientID, &c.Name, &c.Title, &c.Email, &c.Phone, &c.Lang, &c.Zone, &left, &c.Version)
	c.LeftAt = left.Time
	return c, err
}

// ListContacts gives a client's contacts by name, those who left last.
func ListContacts(ctx context.Context, tx *db.Tx, clientID string) ([]Contact, error) {
	rows, err := tx.Query(ctx, `SELECT `+contactColumns+` FROM contact WHERE client_id = $1
		ORDER BY CASE WHEN left_at IS NULL THEN 0 ELSE 1 END, fold, id`, clientID)
	return db.Collect(rows, err, func(r *sql.Rows) (Contact, error) { return scanContact(r) })
}

func insertContact(ctx context.Context, tx *db.Tx, c Contact) error {
	_, err := tx.Exec(ctx, `INSERT INTO contact (`+contactColumns+`, fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)`,
		c.ID, c.ClientID, c.Name, c.Title, c.Email, c.Phone, c.Lang, c.Zone, db.At(c.LeftAt), locale.Fold(c.Name))
	return err
}

func saveContact(ctx context.Context, tx *db.Tx, c Contact) error {
	return db.Changed(tx.Exec(ctx, `UPDATE contact SET name = $3, title = $4, email = $5, phone = $6, lang = $7, zone = $8, left_at = $9, fold = $10,
		version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Name, c.Title, c.Email, c.Phone, c.Lang, c.Zone, db.At(c.LeftAt), locale.Fold(c.Name)))
}
