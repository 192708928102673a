package demo

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"kolega/internal/db"
	"kolega/internal/talent"
)

// talentTable is the agency's own list as a specialist would upload it: invented
// creators and media accounts of Indonesia and the Philippines.
//
//go:embed talents.csv
var talentTable []byte

// talentRef is a talent of the table, found by handle.
type talentRef struct {
	ID, Name, Handle, Country string
	Row                       int
}

// fillTalents takes the table in by the same import that people use, and keeps
// how each talent is paid.
func (r *run) fillTalents() {
	table, refs, err := r.table()
	if err != nil {
		r.note("talent table", err)
		return
	}
	src := talent.Source{Name: "talent-kolega.csv", Data: bytes.NewReader(table)}
	report, err := r.Talent.Import(r.ctx, r.staff["bagas"], src, talent.ImportOptions{
		Columns: talentColumns, Defaults: talent.RowDefaults{Lang: "en", FiguresOn: r.today.AddDays(-since)}})
	if err == nil && (report.Skipped > 0 || report.Created != int64(len(refs))) {
		err = fmt.Errorf("import: %s %v", report.Line(), report.Rows)
	}
	r.note("import talents", err)
	r.read("find talents", func(tx *db.Tx) error {
		for i, ref := range refs {
			a, err := talent.AccountAt(r.ctx, tx, talent.Instagram, ref.Handle)
			if err != nil {
				return err
			}
			ref.ID = a.TalentID
			refs[i] = ref
			r.talents[strings.TrimSuffix(ref.Handle, r.suffix())] = ref
		}
		return nil
	})
	for _, ref := range refs {
		if r.err != nil {
			return
		}
		r.payBy(ref)
	}
	r.bind()
	r.ownFields()
}

// suffix parts the copies of a scaled play from each other.
func (r *run) suffix() string {
	if r.n == 0 {
		return ""
	}
	return fmt.Sprintf("_%d", r.n)
}

// table gives the copy's own table: handles and addresses are unique in a house.
func (r *run) table() ([]byte, []talentRef, error) {
	rows, err := csv.NewReader(bytes.NewReader(talentTable)).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	var refs []talentRef
	w := csv.NewWriter(&out)
	for i, row := range rows {
		if i > 0 {
			for _, col := range []int{colInstagram, colTikTok} {
				if row[col] != "" {
					row[col] += r.suffix()
				}
			}
			if r.n > 0 {
				row[colName] += fmt.Sprintf(" %d", r.n)
				row[colPhone], row[colEmail] = "", fmt.Sprintf("%d.%s", r.n, row[colEmail])
			}
			refs = append(refs, talentRef{Name: row[colName], Handle: strings.TrimPrefix(row[colInstagram], "@"), Country: row[colCountry], Row: i})
		}
		if err := w.Write(row); err != nil {
			return nil, nil, err
		}
	}
	w.Flush()
	return out.Bytes(), refs, w.Error()
}

// payBy keeps the talent's account: a bank at home, a transfer abroad for the
// Philippines, a wallet for some. Two have none yet and cannot be paid.
func (r *run) payBy(ref talentRef) {
	if noRoute[strings.TrimSuffix(ref.Handle, r.suffix())] {
		return
	}
	in := talent.SetRoute{TalentID: ref.ID, Method: talent.RouteBank, Bank: "Bank Contoh", BankCountry: "ID",
		Number: fmt.Sprintf("00012300%04d", ref.Row), AccountName: ref.Name, Currency: "IDR"}
	switch {
	case ref.Country == "PH":
		in.Method, in.Bank, in.BankCountry, in.Currency = talent.RouteAbroad, "Halimbawa Bank", "PH", "PHP"
	case ref.Row%7 == 3:
		in.Method, in.Bank = talent.RouteWallet, "Dompet Contoh"
	}
	_, err := r.Talent.SetRoute(r.ctx, r.staff["hesti"], in)
	r.note("route of "+ref.Handle, err)
}

var noRoute = map[string]bool{"galihprs": true, "infokomuter": true}

// Columns of the table that copies change.
const (
	colName      = 0
	colCountry   = 2
	colPhone     = 9
	colEmail     = 10
	colInstagram = 11
	colTikTok    = 14
)

var talentColumns = []talent.Column{
	{Field: talent.FieldName}, {Field: talent.FieldKind}, {Field: talent.FieldCountry}, {Field: talent.FieldCity},
	{Field: talent.FieldCategory}, {Field: talent.FieldCategory}, {Field: talent.FieldTag}, {Field: talent.FieldTag}, {Field: talent.FieldLanguage},
	{Field: talent.FieldPhone}, {Field: talent.FieldEmail},
	{Field: talent.FieldHandle, Platform: talent.Instagram}, {Field: talent.FieldFollowers, Platform: talent.Instagram}, {Field: talent.FieldER, Platform: talent.Instagram},
	{Field: talent.FieldHandle, Platform: talent.TikTok}, {Field: talent.FieldFollowers, Platform: talent.TikTok}, {Field: talent.FieldER, Platform: talent.TikTok},
	{Field: talent.FieldViews, Platform: talent.TikTok},
	{Field: talent.FieldPrice, Platform: talent.Instagram, Format: talent.FormatReels},
	{Field: talent.FieldPrice, Platform: talent.Instagram, Format: talent.FormatStory},
	{Field: talent.FieldPrice, Platform: talent.Instagram, Format: talent.FormatFeed},
	{Field: talent.FieldPrice, Platform: talent.TikTok, Format: talent.FormatVideo},
	{Field: talent.FieldCurrency},
}
