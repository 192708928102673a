package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Agency is what the house says about itself on pages and papers.
type Agency struct {
	Name      string `json:"name"`
	LegalName string `json:"legal_name"`
	Address   string `json:"address"`
	TaxID     string `json:"tax_id"` // NPWP
	PKP       bool   `json:"pkp"`    // charges PPN
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	Zone      string `json:"zone"`
	Country   string `json:"country"`
	Lang      string `json:"lang"`
	Currency  string `json:"currency"`
	BankName  string `json:"bank_name"` // where clients pay to
	BankNo    string `json:"bank_no"`
	BankOwner string `json:"bank_owner"`
	Signer    string `json:"signer"` // who signs agreements and invoices
	Demo      bool   `json:"demo"`   // the invented agency of serve --demo
	Version   int64  `json:"-"`
}

// DefaultAgency is the house before anybody said more.
var DefaultAgency = Agency{Name: "Kolega", Zone: "Asia/Jakarta", Country: "ID", Lang: "id", Currency: "IDR"}

// LoadAgency gives what the house says about itself.
func LoadAgency(ctx context.Context, tx *db.Tx) (Agency, error) {
	var doc db.JSON[Agency]
	var version int64
	err := tx.QueryRow(ctx, `SELECT value, version FROM setting WHERE name = 'agency'`).Scan(&doc, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return DefaultAgency, nil
	}
	doc.V.Version = version
	return doc.V, err
}

// Agency gives what the house says about itself, for doors.
func (s *Service) Agency(ctx context.Context) (a Agency, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, err = LoadAgency(ctx, tx); return err })
	return a, err
}

// SaveAgency changes what the house says about itself; Conflict when somebody
// saved meanwhile.
func (s *Service) SaveAgency(ctx context.Context, actor Actor, a Agency) error {
	if err := actor.Require("access.settings", Owner{}); err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		err = db.Changed(tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ('agency', $1, 1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = setting.version + 1 WHERE setting.version = $2`, db.JSON[Agency]{V: a}, a.Version))
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "agency", ID: "agency", Before: before, After: a})
	})
}

func (a Agency) check() error {
	f := fault.Fields{}
	if strings.TrimSpace(a.Name) == "" || len(a.Name) > 120 {
		f["name"] = "agency.name"
	}
	if _, err := worktime.Zone(a.Zone); err != nil {
		f["zone"] = "person.zone"
	}
	if a.Lang != "id" && a.Lang != "en" {
		f["lang"] = "person.lang"
	}
	return f.Err()
}
