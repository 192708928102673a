package paper

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/money"
	"kolega/internal/paper/xlsx"
	"kolega/internal/worktime"
)

// Format says how a column's cells are written.
type Format uint8

// The formats. Text is the zero value.
const (
	AsText Format = iota
	AsInt
	AsMoney   // money.Amount, in the currency's own digits
	AsPercent // Bp
	AsDate    // worktime.Date
	AsTime    // time.Time, in the book's zone
)

// Bp is a cell of basis points, shown as a per cent: 480 is 4.80%.
type Bp int64

// Formula is a live cell such as "SUM(C2:C9)". It must come from the program, never from
// what people type. Name cells by Sheet.Ref.
type Formula string

// Calc is a live cell whose format is its own, where a column holds figures of several kinds.
type Calc struct {
	Formula Formula
	Format  Format
	Digits  int
}

// Field is one column of a sheet.
type Field struct {
	Head   string
	Width  float64 // in characters; 0 is by format
	Format Format
	Digits int // of AsMoney: the currency's minor digits; formulas need it, amounts bring their own
}

// Book is a workbook in the making, streamed: memory stays flat over many rows. It is not
// safe for concurrent use.
type Book struct {
	f      *xlsx.Book
	zone   *time.Location
	names  []string
	styles map[look]int
	head   xlsx.Style
}

// look is what tells the styles of cells apart.
type look struct {
	format Format
	digits int
	strong bool
}

// NewBook begins a workbook whose instants are written in zone; created makes its bytes
// repeatable.
func NewBook(title, author string, created time.Time, zone *time.Location) *Book {
	if zone == nil {
		zone = time.UTC
	}
	return &Book{f: xlsx.New(title, author, created), zone: zone, styles: map[look]int{}, head: xlsx.Style{Bold: true, Ink: "F8FDFC", Fill: "00605E", Middle: true, Wrap: true}}
}

// Dress gives the heads of the sheets that follow the colour of a look.
func (b *Book) Dress(l Look) { b.head.Fill, b.head.Ink, _ = l.Readable() }

// Sheet is one sheet, written row by row from the top.
type Sheet struct {
	book   *Book
	w      *xlsx.Sheet
	fields []Field
	row    int
}

// Sheet begins a sheet with a frozen head. Its name is made fit: at most 31 characters, none
// of []:*?/\, not the same as another's.
func (b *Book) Sheet(name string, fields ...Field) *Sheet {
	name = b.sheetName(name)
	b.names = append(b.names, name)
	widths := make([]float64, len(fields))
	for i, f := range fields {
		widths[i] = f.width()
	}
	s := &Sheet{book: b, fields: fields, row: 1, w: b.f.Sheet(name, widths, 1)}
	s.head()
	return s
}

func (f Field) width() float64 {
	if f.Width > 0 {
		return f.Width
	}
	return [...]float64{24, 14, 18, 12, 13, 18}[f.Format]
}

func (b *Book) sheetName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name)
	clean = strings.Trim(cutRunes(strings.TrimSpace(clean), 31), "' ")
	if clean == "" {
		clean = "Sheet"
	}
	base := clean
	for n := 2; b.hasSheet(clean); n++ {
		tail := fmt.Sprintf(" (%d)", n)
		clean = cutRunes(base, 31-len(tail)) + tail
	}
	return clean
}

// hasSheet compares as spreadsheets do, without regard to case.
func (b *Book) hasSheet(name string) bool {
	return slices.ContainsFunc(b.names, func(n string) bool { return strings.EqualFold(n, name) })
}

func cutRunes(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}

func (s *Sheet) head() {
	style := s.book.f.Style(s.book.head)
	s.w.Begin()
	for _, f := range s.fields {
		s.w.Text(style, f.Head)
	}
	s.end()
}

func (s *Sheet) end() {
	s.w.End()
	s.row++
}

// Row writes one row of cells: string, int, int64, money.Amount, Bp, worktime.Date, time.Time,
// bool, Formula, Calc or nil for none. Texts are stored as texts whatever they begin with.
func (s *Sheet) Row(cells ...any) { s.styled(false, cells) }

// Total writes a row in bold with a line above.
func (s *Sheet) Total(cells ...any) { s.styled(true, cells) }

func (s *Sheet) styled(strong bool, cells []any) {
	s.w.Begin()
	for i, v := range cells {
		f := Field{}
		if i < len(s.fields) {
			f = s.fields[i]
		}
		s.cell(look{f.Format, f.Digits, strong}, v)
	}
	s.end()
}

// Next is the number of the row that will be written next; the head is row 1.
func (s *Sheet) Next() int { return s.row }

// Ref names a cell for a formula: Ref(2, 5) is C5. Columns count from 0.
func (s *Sheet) Ref(col, row int) string { return xlsx.Column(col) + strconv.Itoa(row) }

func (s *Sheet) cell(l look, v any) {
	switch x := v.(type) {
	case nil:
		s.w.Skip()
	case money.Amount:
		s.money(l, x)
	case Bp:
		s.w.Decimal(s.style(l, AsPercent), int64(x), 4)
	case worktime.Date:
		if !x.Valid() {
			s.w.Skip()
			return
		}
		s.w.Day(s.style(l, AsDate), x.In(time.UTC))
	case time.Time:
		s.w.Time(s.style(l, AsTime), x.In(s.book.zone))
	case int:
		s.w.Int(s.style(l, AsInt), int64(x))
	case int64:
		s.w.Int(s.style(l, AsInt), x)
	case Calc:
		l.digits = x.Digits
		s.w.Formula(s.style(l, x.Format), string(x.Formula))
	case Formula:
		s.w.Formula(s.style(l, l.format), string(x))
	case string:
		s.w.Text(s.style(l, AsText), x)
	default:
		s.w.Text(s.style(l, AsText), fmt.Sprint(x))
	}
}

// money writes an amount in major units, to the last digit.
func (s *Sheet) money(l look, a money.Amount) {
	if a.None() {
		s.w.Skip()
		return
	}
	l.digits = a.Currency.Exponent()
	s.w.Decimal(s.style(l, AsMoney), a.Minor, l.digits)
}

// style finds or makes the style of a kind of cell.
func (s *Sheet) style(l look, f Format) int {
	if l.format = f; f != AsMoney {
		l.digits = 0
	}
	id, ok := s.book.styles[l]
	if !ok {
		id = s.book.f.Style(l.style())
		s.book.styles[l] = id
	}
	return id
}

func (l look) style() xlsx.Style {
	st := xlsx.Style{}
	switch l.format {
	case AsText:
		st.Wrap, st.Pattern = true, "@"
	case AsInt:
		st.Pattern = "#,##0"
	case AsMoney:
		if st.Pattern = "#,##0"; l.digits > 0 {
			st.Pattern += "." + strings.Repeat("0", l.digits)
		}
	case AsPercent:
		st.Pattern = "0.00%"
	case AsDate:
		st.Pattern = "yyyy-mm-dd"
	case AsTime:
		st.Pattern = "yyyy-mm-dd hh:mm"
	}
	if l.strong {
		st.Bold, st.LineAbove = true, "CDCBC2"
	}
	return st
}

// WriteTo finishes the workbook and writes it.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	n, err := b.f.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("write workbook: %w", err)
	}
	return n, nil
}
