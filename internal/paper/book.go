package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kolega/internal/money"
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
// safe for concurrent use. The first error is kept and told by WriteTo.
type Book struct {
	f      *excelize.File
	zone   *time.Location
	sheets []*Sheet
	styles map[string]int
	err    error
}

// NewBook begins a workbook whose instants are written in zone; created makes its bytes
// repeatable.
func NewBook(title, author string, created time.Time, zone *time.Location) *Book {
	if zone == nil {
		zone = time.UTC
	}
	b := &Book{f: excelize.NewFile(), zone: zone, styles: map[string]int{}}
	stamp := created.UTC().Format("2006-01-02T15:04:05Z")
	b.keep(b.f.SetDocProps(&excelize.DocProperties{Title: title, Creator: author, LastModifiedBy: author, Created: stamp, Modified: stamp}))
	return b
}

func (b *Book) keep(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

// Sheet is one sheet, written row by row from the top.
type Sheet struct {
	book   *Book
	w      *excelize.StreamWriter
	fields []Field
	row    int
}

// Sheet begins a sheet with a frozen head. Its name is made fit: at most 31 characters, none
// of []:*?/\, not the same as another's.
func (b *Book) Sheet(name string, fields ...Field) *Sheet {
	s := &Sheet{book: b, fields: fields, row: 1}
	name = b.sheetName(name)
	var err error
	if len(b.sheets) == 0 {
		err = b.f.SetSheetName("Sheet1", name)
	} else {
		_, err = b.f.NewSheet(name)
	}
	b.keep(err)
	if s.w, err = b.f.NewStreamWriter(name); err != nil {
		b.keep(err)
		return s
	}
	b.sheets = append(b.sheets, s)
	for i, f := range fields {
		b.keep(s.w.SetColWidth(i+1, i+1, f.width()))
	}
	b.keep(s.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
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

func (b *Book) hasSheet(name string) bool {
	if len(b.sheets) == 0 {
		return false
	}
	i, err := b.f.GetSheetIndex(name)
	return err == nil && i >= 0
}

func cutRunes(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}

func (s *Sheet) head() {
	style := s.book.style("head", &excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "F8FDFC"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00605E"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	})
	cells := make([]any, len(s.fields))
	for i, f := range s.fields {
		cells[i] = excelize.Cell{StyleID: style, Value: f.Head}
	}
	s.write(cells)
}

// Row writes one row of cells: string, int, int64, money.Amount, Bp, worktime.Date, time.Time,
// bool, Formula, Calc or nil for none. Texts are stored as texts whatever they begin with.
func (s *Sheet) Row(cells ...any) { s.styled(false, cells) }

// Total writes a row in bold with a line above.
func (s *Sheet) Total(cells ...any) { s.styled(true, cells) }

func (s *Sheet) styled(strong bool, cells []any) {
	out := make([]any, len(cells))
	for i, v := range cells {
		out[i] = s.cell(i, v, strong)
	}
	s.write(out)
}

func (s *Sheet) write(cells []any) {
	if s.w == nil || s.book.err != nil {
		return
	}
	s.book.keep(s.w.SetRow(fmt.Sprintf("A%d", s.row), cells))
	s.row++
}

// Next is the number of the row that will be written next; the head is row 1.
func (s *Sheet) Next() int { return s.row }

// Ref names a cell for a formula: Ref(2, 5) is C5. Columns count from 0.
func (s *Sheet) Ref(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row)
	s.book.keep(err)
	return name
}

func (s *Sheet) cell(i int, v any, strong bool) any {
	f := Field{}
	if i < len(s.fields) {
		f = s.fields[i]
	}
	format, digits := f.Format, f.Digits
	var value any
	switch x := v.(type) {
	case nil:
		return nil
	case money.Amount:
		if x.None() {
			return nil
		}
		format, digits = AsMoney, x.Currency.Exponent()
		value = major(x)
	case Bp:
		format, value = AsPercent, float64(x)/10_000
	case worktime.Date:
		if !x.Valid() {
			return nil
		}
		format, value = AsDate, x.In(time.UTC)
	case time.Time:
		format, value = AsTime, wallTime(x, s.book.zone)
	case int, int64:
		format, value = AsInt, x
	case Calc:
		return excelize.Cell{StyleID: s.book.format(x.Format, x.Digits, strong), Formula: string(x.Formula)}
	case Formula:
		return excelize.Cell{StyleID: s.book.format(format, digits, strong), Formula: string(x)}
	case string:
		format, value = AsText, strings.ToValidUTF8(x, "�")
	default:
		format, value = AsText, fmt.Sprint(x)
	}
	return excelize.Cell{StyleID: s.book.format(format, digits, strong), Value: value}
}

// major is an amount in major units for a spreadsheet, which counts in floats: exact up to
// fifteen digits, which is money.Limit.
func major(a money.Amount) any {
	if a.Currency.Exponent() == 0 {
		return a.Minor
	}
	return float64(a.Minor) / float64([...]int64{1, 10, 100, 1000}[a.Currency.Exponent()])
}

// wallTime is the clock of zone as a spreadsheet shows it, which knows no zones.
func wallTime(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// format finds or makes the style of a kind of cell.
func (b *Book) format(f Format, digits int, strong bool) int {
	style := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}
	pattern := ""
	switch f {
	case AsText:
		style.Alignment.WrapText = true
		style.NumFmt = 49
	case AsInt:
		pattern = "#,##0"
	case AsMoney:
		if pattern = "#,##0"; digits > 0 {
			pattern += "." + strings.Repeat("0", digits)
		}
	case AsPercent:
		pattern = "0.00%"
	case AsDate:
		pattern = "yyyy-mm-dd"
	case AsTime:
		pattern = "yyyy-mm-dd hh:mm"
	}
	if pattern != "" {
		style.CustomNumFmt = &pattern
	}
	if strong {
		style.Font = &excelize.Font{Bold: true}
		style.Border = []excelize.Border{{Type: "top", Style: 1, Color: "CDCBC2"}}
	}
	return b.style(fmt.Sprint(f, digits, strong), style)
}

func (b *Book) style(key string, style *excelize.Style) int {
	if id, ok := b.styles[key]; ok {
		return id
	}
	id, err := b.f.NewStyle(style)
	b.keep(err)
	b.styles[key] = id
	return id
}

// WriteTo finishes the workbook and writes it.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	defer b.f.Close()
	for _, s := range b.sheets {
		b.keep(s.w.Flush())
	}
	if b.err != nil {
		return 0, fmt.Errorf("make workbook: %w", b.err)
	}
	n, err := b.f.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("write workbook: %w", err)
	}
	return n, nil
}
