package talent

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// RowDefaults fill what a table does not say, chosen by the person who imports it.
type RowDefaults struct {
	Platform  Platform
	Country   string
	Currency  money.Currency // "" by country
	FiguresOn worktime.Date
	Lang      string // of numbers and amounts: id or en
}

// Reading is one row as it was understood.
type Reading struct {
	Talent   Talent // only what the row says; zero elsewhere
	Accounts []Account
	Rates    []Rate
}

// Bad is a cell that could not be read.
type Bad struct {
	Column int // index in the row
	Field  Field
	Text   string
	Code   string // catalogue key "fault." + Code
	Args   []any
}

// The reasons why a row is not taken in. A row with a bad cell has the cell's code.
const (
	SkipBlank     = "import.blank"      // nothing in the row
	SkipAbove     = "import.above-head" // stands above the head of the table
	SkipNoAccount = "import.no-account" // nothing says which account it is about
	SkipTwo       = "import.two-talents"
	SkipErased    = "import.erased"
	SkipBlocked   = "import.bad-cell"
)

// Read turns the cells of a row into a Reading. Bad cells are listed; what they
// would have said is left out of the record. ok is false when the row names no
// account, and neither a name with a phone number or e-mail address.
func Read(cols []Column, cells []string, d RowDefaults) (rec Reading, bad []Bad, ok bool) {
	r := rowReader{cols: cols, cells: cells, def: d}
	r.frame()
	for i := range cols {
		if i < len(cells) && cols[i].Field != FieldNone {
			if err := r.take(cols[i], cells[i]); err != nil {
				r.blame(i, err)
			}
		}
	}
	rec = r.finish()
	ok = len(rec.Accounts) > 0 || rec.Talent.Name != "" && (rec.Talent.Phone != "" || rec.Talent.Email != "")
	return rec, r.bad, ok
}

type rowReader struct {
	cols  []Column
	cells []string
	def   RowDefaults
	main  Platform
	rec   Reading
	bad   []Bad
	on    worktime.Date
	cur   money.Currency
}

func (r *rowReader) blame(col int, err error) {
	b := Bad{Column: col, Field: r.cols[col].Field, Text: clip(r.cells[col], 80), Code: fault.CodeOf(err)}
	if f, ok := fault.As(err); ok {
		b.Args = f.Args
	}
	r.bad = append(r.bad, b)
}

// frame reads first what other cells need to be read: platform, country, currency, day.
func (r *rowReader) frame() {
	r.main, r.on, r.cur = r.def.Platform, r.def.FiguresOn, r.def.Currency
	r.rec.Talent.Country = r.def.Country
	for _, c := range r.cols { // a table about one platform says so in one of its headers
		if r.main == "" && (c.Field == FieldHandle || c.Field == FieldFollowers || c.Field == FieldPlatformID) {
			r.main = c.Platform
		}
	}
	for i, c := range r.cols {
		if i >= len(r.cells) || isNothing(r.cells[i]) {
			continue
		}
		var err error
		switch c.Field {
		case FieldPlatform:
			p, ok := platformOf(r.cells[i])
			if r.main = p; !ok {
				err = FaultCellPlatform
			}
		case FieldCountry:
			code, ok := CountryOf(r.cells[i])
			if r.rec.Talent.Country = code; !ok {
				err = FaultCellCountry
			}
		case FieldCurrency:
			r.cur = money.Currency(upper(r.cells[i]))
			if !r.cur.Known() {
				err = FaultCellCurrency
			}
		case FieldFiguresOn:
			var day worktime.Date
			if day, err = dateCell(r.cells[i]); err == nil && day != "" {
				r.on = day
			}
		}
		if err != nil {
			r.blame(i, err)
		}
	}
	if r.cur == "" {
		r.cur = habitOf(r.rec.Talent.Country).currency
	}
}

func upper(s string) string {
	out := []byte(s)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			out[i] = c - 32
		}
	}
	return string(out)
}

// account gives the row's account on a platform, made on first use.
func (r *rowReader) account(p Platform) *Account {
	if p == "" {
		p = r.main
	}
	for i := range r.rec.Accounts {
		if r.rec.Accounts[i].Platform == p {
			return &r.rec.Accounts[i]
		}
	}
	r.rec.Accounts = append(r.rec.Accounts, NewAccount(p, ""))
	return &r.rec.Accounts[len(r.rec.Accounts)-1]
}

// take reads one cell into the record.
func (r *rowReader) take(c Column, cell string) (err error) {
	if isNothing(cell) {
		return nil
	}
	t := &r.rec.Talent
	switch c.Field {
	case FieldHandle, FieldPlatformID:
		return r.takePlace(c, cell)
	case FieldFollowers:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.Followers })
	case FieldViews:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.AvgViews })
	case FieldLikes:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.AvgLikes })
	case FieldComments:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.AvgComments })
	case FieldShares:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.AvgShares })
	case FieldEngagements:
		return r.takeCount(c, cell, func(a *Account) *int64 { return &a.AvgEngagements })
	case FieldER:
		bp, err := rateCell(cell, c.Share)
		if err == nil && bp >= 0 {
			a := r.account(c.Platform)
			a.ERBp, a.ERBase = bp, BaseOf(a.Platform)
		}
		return err
	case FieldAudience:
		code, ok := CountryOf(cell)
		if !ok {
			return FaultCellCountry
		}
		r.account(c.Platform).AudienceCountry = code
	case FieldPrice:
		amount, err := priceCell(cell, r.cur, r.def.Lang)
		if err == nil && !amount.None() {
			r.rec.Rates = append(r.rec.Rates, Rate{Platform: c.Platform, Format: c.Format, Amount: amount})
		}
		return err
	case FieldPhone:
		t.Phone, err = PhoneOf(cell, t.Country)
	case FieldEmail:
		t.Email, err = EmailOf(cell)
	case FieldKind:
		kind, ok := kindOf(cell)
		if t.Kind = kind; !ok {
			return FaultCellKind
		}
	case FieldLanguage:
		return r.takeLanguages(cell)
	default:
		return r.takeText(c.Field, cell)
	}
	return err
}

// BaseOf is the base by which a platform's rate is measured (A31).
func BaseOf(p Platform) ERBase {
	if p == TikTok {
		return ERByViews
	}
	return ERByFollowers
}

func (r *rowReader) takePlace(c Column, cell string) error {
	p := c.Platform
	if p == "" && !isLink(cell) {
		p = r.main
	}
	if c.Field == FieldPlatformID && isChannelID(cell) {
		p = YouTube
	}
	place, err := PlaceOf(cell, p)
	if err != nil {
		return err
	}
	if r.main == "" {
		r.main = place.Platform
	}
	a := r.account(place.Platform)
	if a.Handle == "" {
		a.Handle = place.Handle
	}
	if a.PlatformID == "" {
		a.PlatformID = place.PlatformID
	}
	return nil
}

func (r *rowReader) takeCount(c Column, cell string, of func(*Account) *int64) error {
	n, err := countCell(cell)
	if err == nil && n >= 0 {
		*of(r.account(c.Platform)) = n
	}
	return err
}

func (r *rowReader) takeLanguages(cell string) error {
	for _, s := range listCell(cell) {
		code, ok := languageOf(s)
		if !ok {
			return FaultCellLanguage
		}
		r.rec.Talent.Languages = append(r.rec.Talent.Languages, code)
	}
	return nil
}

func (r *rowReader) takeText(f Field, cell string) error {
	t := &r.rec.Talent
	limit := 200
	if f == FieldBio || f == FieldNote {
		limit = 5_000
	}
	s, err := textCell(cell, limit)
	if err != nil {
		return err
	}
	switch f {
	case FieldName:
		t.Name = s
	case FieldCity:
		t.City = s
	case FieldManager:
		t.ManagerName = s
	case FieldCategory:
		t.Categories = append(t.Categories, listCell(s)...)
	case FieldTag:
		t.Tags = append(t.Tags, listCell(s)...)
	case FieldBio:
		t.Bio = join(t.Bio, s)
	case FieldNote:
		t.Note = join(t.Note, s)
	}
	return nil
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// finish keeps the accounts that are named, dates their figures and gives the
// prices to a platform.
func (r *rowReader) finish() Reading {
	rec := r.rec
	rec.Accounts = nil
	for _, a := range r.rec.Accounts {
		if a.Handle == "" && a.PlatformID == "" || !a.Platform.Known() {
			continue
		}
		a.FollowersOn = r.on
		if a.ERBp >= 0 {
			a.EROn = r.on
		}
		if a.Key = lower(a.Handle); a.Handle == "" {
			a.Key = "id:" + a.PlatformID
		}
		rec.Accounts = append(rec.Accounts, a.Measured())
	}
	for i := range rec.Rates {
		if rec.Rates[i].Platform == "" && (len(rec.Accounts) > 0) {
			rec.Rates[i].Platform = rec.Accounts[0].Platform
		}
		rec.Rates[i].ValidFrom = r.on
	}
	t := &rec.Talent
	t.Categories, t.Tags, t.Languages = distinct(t.Categories), distinct(t.Tags), distinct(t.Languages)
	return rec
}

func lower(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' || s[i] > 127 {
			return strings.ToLower(s)
		}
	}
	return s
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// Hash names what a record says, so that the same row is known again whatever the
// order of its columns or its number. 128 bits of SHA-256.
func (rec *Reading) Hash() string { return rec.sum().text() }

// rowHash is the hash of a row before it is worded.
type rowHash [16]byte

func (h rowHash) text() string { return base64.RawURLEncoding.EncodeToString(h[:]) }

func (rec *Reading) sum() rowHash {
	h := recordHash{sha256.New()}
	t := rec.Talent
	h.add(t.Name, t.Country, t.City, t.Phone, t.Email, t.ManagerName, t.Bio, t.Note, string(t.Kind))
	h.list(t.Categories)
	h.list(t.Tags)
	h.list(t.Languages)
	for _, a := range rec.Accounts {
		h.add("account", string(a.Platform), a.Key, a.PlatformID, string(a.FollowersOn), a.AudienceCountry)
		h.numbers(a.Followers, a.ERBp, a.AvgViews, a.AvgLikes, a.AvgComments, a.AvgShares, a.AvgEngagements)
	}
	for _, x := range rec.Rates {
		h.add("rate", string(x.Platform), string(x.Format), string(x.Amount.Currency), string(x.ValidFrom))
		h.numbers(x.Amount.Minor)
	}
	return rowHash(h.Sum(nil)[:16])
}

type recordHash struct{ hash.Hash }

func (h recordHash) add(texts ...string) {
	var n [4]byte
	for _, s := range texts {
		binary.BigEndian.PutUint32(n[:], uint32(len(s)))
		_, _ = h.Write(n[:])
		_, _ = h.Write([]byte(s))
	}
}

func (h recordHash) list(texts []string) {
	h.add(strconv.Itoa(len(texts)))
	h.add(texts...)
}

func (h recordHash) numbers(ns ...int64) {
	var b [8]byte
	for _, n := range ns {
		binary.BigEndian.PutUint64(b[:], uint64(n))
		_, _ = h.Write(b[:])
	}
}
