package billing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Statement is a bank statement (mutasi rekening) that was brought in. Only money
// that came is kept; what went is counted.
type Statement struct {
	ID       string
	Name     string // of the file
	Account  string // the agency's account, by name
	Currency money.Currency
	From, To worktime.Date
	In       int64 // lines of money that came
	Known    int64 // of them, lines that an earlier statement had brought
	Out      int64 // lines of money that went
	Skipped  int64 // lines that are not final, or of sen
	TakenAt  time.Time
	TakenBy  string
}

// BankLine is money that came by a bank's word. It is open until a person says
// whose it is, by a receipt, or sets it aside.
type BankLine struct {
	ID          string
	StatementID string
	Key         string // the same for the same line in another file
	Row         int64  // in the file
	On          worktime.Date
	Amount      money.Amount
	Text        string // with long runs of digits masked
	Account     string
	ReceiptID   string
	ReceiptGone bool // the receipt was reversed: the line is open again
	SettledAt   time.Time
	SettledBy   string
	AsideFor    string // why it is not a client's payment
	Version     int64
}

// Open says whether somebody has to say whose money it is.
func (l BankLine) Open() bool { return l.AsideFor == "" && (l.ReceiptID == "" || l.ReceiptGone) }

// Mutation is one line of a statement file as it was read.
type Mutation struct {
	Row    int
	On     worktime.Date
	Cents  int64 // hundredths; negative for money that went
	Text   string
	After  int64 // the balance behind it, in hundredths
	HasBal bool
}

// StatementFile is a statement file as it was read.
type StatementFile struct {
	From, To worktime.Date
	Lines    []Mutation
	Pending  int // lines that the bank marks as not final
}

// StatementRow is a row of a file: its line from 1, and its cells.
type StatementRow struct {
	Line  int
	Cells []string
}

// Faults of statements. They name the row.
var (
	ErrStatementHead    = fault.New(fault.Invalid, "billing.statement-head")    // no row with headings of a day and an amount
	ErrStatementDay     = fault.New(fault.Invalid, "billing.statement-day")     // args: row, text
	ErrStatementYear    = fault.New(fault.Invalid, "billing.statement-year")    // days without a year, and no period
	ErrStatementAmount  = fault.New(fault.Invalid, "billing.statement-amount")  // args: row, text
	ErrStatementSide    = fault.New(fault.Invalid, "billing.statement-side")    // args: row; neither in nor out
	ErrStatementBalance = fault.New(fault.Invalid, "billing.statement-balance") // args: row; the bank's own balance does not follow
	ErrStatementEmpty   = fault.New(fault.Invalid, "billing.statement-empty")
	ErrLineSettled      = fault.New(fault.Conflict, "billing.line-settled")
	ErrLineFit          = fault.New(fault.Conflict, "billing.line-fit") // the invoices do not fit the money any more
)

// The columns of a statement that say something.
const (
	colDay = iota
	colText
	colDebit
	colCredit
	colAmount
	colSide
	colBalance
	columns
)

// headings are the words of each column, folded and without signs, as BCA, Mandiri, BNI,
// BRI, CIMB Niaga, Permata, Jago and others write them.
var headings = [columns][]string{
	colDay:     {"tanggal", "tgl", "date", "posting date", "post date", "tanggal transaksi", "tgl transaksi", "transaction date", "trx date", "txn date", "tanggal posting", "tanggal waktu", "tgl tran", "date time", "posting date time"},
	colText:    {"keterangan", "uraian", "uraian transaksi", "description", "transaction description", "remark", "remarks", "deskripsi", "berita", "transaksi", "detail transaksi", "rincian transaksi", "keterangan transaksi", "desk tran", "additional desc", "reference no", "no referensi", "referensi", "reference", "catatan", "sumber tujuan", "details"},
	colDebit:   {"debit", "debet", "debit amount", "mutasi debet", "mutasi debit", "pengeluaran", "keluar", "uang keluar", "withdrawal", "db"},
	colCredit:  {"kredit", "credit", "credit amount", "mutasi kredit", "pemasukan", "masuk", "uang masuk", "deposit", "cr"},
	colAmount:  {"jumlah", "nominal", "amount", "mutasi", "jumlah transaksi", "nilai", "transaction amount", "nominal transaksi"},
	colSide:    {"db cr", "cr db", "d k", "k d", "dk", "debit credit", "debit kredit", "debet kredit", "jenis", "tipe", "type", "d c", "dc", "jenis transaksi", "posisi"},
	colBalance: {"saldo", "balance", "saldo akhir", "running balance", "ledger balance", "saldo setelah transaksi", "saldo akhir mutasi", "closing balance"},
}

// plainHead is a heading without signs: "Debit/Credit (Rp)" is "debit credit".
func plainHead(cell string) string {
	s := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, locale.Fold(cell))
	words := strings.Fields(s)
	for len(words) > 1 && (words[len(words)-1] == "rp" || words[len(words)-1] == "idr") {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// layout says in which columns of a file what stands.
type layout struct{ at [columns][]int }

func (l layout) has(c int) bool { return len(l.at[c]) > 0 }

func (l layout) cell(cells []string, c int) string {
	var out []string
	for _, i := range l.at[c] {
		if i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			out = append(out, strings.Join(strings.Fields(cells[i]), " "))
		}
	}
	return strings.Join(out, " ")
}

// layoutOf reads a row of headings; it is false where the row is none.
func layoutOf(cells []string) (l layout, ok bool) {
	for i, cell := range cells {
		h := plainHead(cell)
		for c, words := range headings {
			for _, w := range words {
				if h != w || c != colText && l.has(c) {
					continue
				}
				l.at[c] = append(l.at[c], i)
			}
		}
		if h == "" && i > 0 && len(l.at[colAmount]) == 1 && l.at[colAmount][0] == i-1 && !l.has(colSide) {
			l.at[colSide] = []int{i} // BCA leaves the heading of CR and DB empty
		}
	}
	return l, l.has(colDay) && (l.has(colAmount) || l.has(colDebit) && l.has(colCredit))
}

// ReadStatement reads the rows of a statement file: the headings are found by their words,
// the marks of its figures by all of them, and where the bank gives a balance each line is
// held against it, so that no amount is misread. Faults: billing.statement-*.
func ReadStatement(rows []StatementRow) (f StatementFile, err error) {
	var l layout
	var period span
	head := -1
	for i, r := range rows {
		if p, ok := periodIn(strings.Join(r.Cells, " ")); ok {
			period = p
		}
		if found, ok := layoutOf(r.Cells); ok {
			l, head = found, i
			break
		}
	}
	if head < 0 {
		return f, ErrStatementHead
	}
	m, err := markOf(rows[head+1:], l)
	if err != nil {
		return f, err
	}
	for _, r := range rows[head+1:] {
		if err := f.add(r, l, m, period); err != nil {
			return f, err
		}
	}
	if len(f.Lines) == 0 {
		return f, ErrStatementEmpty
	}
	f.bounds(period)
	return f, f.follows()
}

// markOf finds the decimal mark that reads every figure of the file; its fault names the
// figure that neither reads.
func markOf(rows []StatementRow, l layout) (mark, error) {
	far := 0
	var bad error
	for _, m := range []mark{comma, point} {
		r, cell, ok := m.readsAll(rows, l)
		if ok {
			return m, nil
		}
		if r >= far {
			far, bad = r, ErrStatementAmount.With("row", r, "text", cell)
		}
	}
	return 0, bad
}

// readsAll gives the first row and figure that a mark does not read.
func (m mark) readsAll(rows []StatementRow, l layout) (row int, cell string, ok bool) {
	for _, r := range rows {
		if _, dated := statementDay(l.cell(r.Cells, colDay), anyYear); !dated {
			continue
		}
		for _, c := range []int{colDebit, colCredit, colAmount, colBalance} {
			if s := l.cell(r.Cells, c); s != "" && s != "-" {
				if _, _, ok := m.cents(s); !ok {
					return r.Line, s, false
				}
			}
		}
	}
	return 0, "", true
}

// anyYear is a period in which every day of a year lies, to tell a day from a word.
var anyYear = span{"2000-01-01", "2000-12-31"}

// add reads one row: a line, the rest of the line before it, or a foot.
func (f *StatementFile) add(r StatementRow, l layout, m mark, period span) error {
	day, text := l.cell(r.Cells, colDay), l.cell(r.Cells, colText)
	if strings.EqualFold(strings.Trim(day, "'"), "pend") {
		f.Pending++
		return nil
	}
	on, ok := statementDay(day, period)
	if !ok {
		if _, any := statementDay(day, anyYear); any {
			return ErrStatementYear
		}
		return f.rest(r, l, day, text)
	}
	cents, err := amountOf(r, l, m)
	if err != nil {
		return err
	}
	x := Mutation{Row: r.Line, On: on, Cents: cents, Text: text}
	if s := l.cell(r.Cells, colBalance); s != "" && s != "-" {
		var side int
		if x.After, side, x.HasBal = m.cents(s); side < 0 {
			x.After = -x.After
		}
	}
	f.Lines = append(f.Lines, x)
	return nil
}

// rest takes a row without a day: more text of the line above, or a foot such as
// "Saldo Akhir". A row with an amount that is neither is refused.
func (f *StatementFile) rest(r StatementRow, l layout, day, text string) error {
	figures := l.cell(r.Cells, colDebit) + l.cell(r.Cells, colCredit) + l.cell(r.Cells, colAmount)
	label := plainHead(day + " " + text)
	for _, w := range []string{"saldo", "total", "mutasi", "opening", "closing", "ending", "beginning", "kredit", "debet", "debit", "credit", "balance", "jumlah"} {
		if strings.HasPrefix(label, w) {
			return nil
		}
	}
	switch {
	case figures != "":
		return ErrStatementDay.With("row", r.Line, "text", day)
	case day == "" && text != "" && len(f.Lines) > 0:
		f.Lines[len(f.Lines)-1].Text += " " + text
	}
	return nil
}

// amountOf reads what came, positive, or went, negative.
func amountOf(r StatementRow, l layout, m mark) (int64, error) {
	if l.has(colDebit) && l.has(colCredit) {
		out, _, okOut := m.cents(l.cell(r.Cells, colDebit))
		in, _, okIn := m.cents(l.cell(r.Cells, colCredit))
		switch {
		case okIn && in != 0 && (!okOut || out == 0):
			return in, nil
		case okOut && out != 0 && (!okIn || in == 0):
			return -out, nil
		case !l.has(colAmount):
			return 0, ErrStatementSide.With("row", r.Line)
		}
	}
	n, side, ok := m.cents(l.cell(r.Cells, colAmount))
	if !ok {
		return 0, ErrStatementAmount.With("row", r.Line, "text", l.cell(r.Cells, colAmount))
	}
	switch plainHead(l.cell(r.Cells, colSide)) {
	case "cr", "c", "k", "kredit", "credit", "in", "masuk":
		side = 1
	case "db", "d", "dr", "debit", "debet", "out", "keluar":
		side = -1
	case "":
		if side == 0 && !l.has(colSide) {
			side = 1 // one column of signed amounts: without a sign it came
		}
	}
	if side == 0 {
		return 0, ErrStatementSide.With("row", r.Line)
	}
	return int64(side) * n, nil
}

func (f *StatementFile) bounds(p span) {
	f.From, f.To = p.from, p.to
	if f.From != "" {
		return
	}
	f.From, f.To = f.Lines[0].On, f.Lines[0].On
	for _, x := range f.Lines {
		if x.On.Before(f.From) {
			f.From = x.On
		}
		if x.On.After(f.To) {
			f.To = x.On
		}
	}
}

// follows holds the lines against the bank's own balances, the oldest or the newest
// line first.
func (f *StatementFile) follows() error {
	down, rowDown := broken(f.Lines, 1)
	up, rowUp := broken(f.Lines, -1)
	if down && up {
		return ErrStatementBalance.With("row", max(rowDown, rowUp))
	}
	return nil
}

// broken walks the lines in one direction of time and tells the first row at which the
// balance is not the one before and the amounts since.
func broken(lines []Mutation, step int) (bool, int) {
	i, n := 0, len(lines)
	if step < 0 {
		i = n - 1
	}
	sum, known := int64(0), false
	for ; i >= 0 && i < n; i += step {
		x := lines[i]
		sum += x.Cents
		if !x.HasBal {
			continue
		}
		if known && sum != x.After {
			return true, x.Row
		}
		sum, known = x.After, true
	}
	return false, 0
}

// maskDigits keeps the last four of a run of ten digits or more: a statement names
// payers' accounts, which nobody needs here.
func maskDigits(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		switch {
		case j-i >= 10:
			b.WriteString("···" + s[j-4:j])
		case j > i:
			b.WriteString(s[i:j])
		default:
			b.WriteByte(s[i])
			j = i + 1
		}
		i = j
	}
	return b.String()
}

// bankLines are the lines of money that came, each with a key that the same line has in
// every file of the account. sen counts those that are no whole minor units.
func bankLines(f StatementFile, account string, c money.Currency) (in []BankLine, out, sen int64) {
	seen := map[string]int{}
	for _, x := range f.Lines {
		if x.Cents < 0 {
			out++
			continue
		}
		minor := x.Cents
		if c.Exponent() == 0 {
			if x.Cents%100 != 0 {
				sen++
				continue
			}
			minor = x.Cents / 100
		}
		if minor == 0 {
			continue
		}
		same := fmt.Sprintf("%s|%s|%s|%d|%s|%v|%d", account, c, x.On, x.Cents, locale.Fold(x.Text), x.HasBal, x.After)
		seen[same]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s|%d", same, seen[same]))
		in = append(in, BankLine{Key: hex.EncodeToString(sum[:]), Row: int64(x.Row), On: x.On, Amount: money.New(minor, c), Text: maskDigits(x.Text), Account: account})
	}
	return in, out, sen
}
