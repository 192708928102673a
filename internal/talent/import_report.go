package talent

import (
	"fmt"
	"maps"
	"sort"
)

// ImportReport says what became of every row of a file.
type ImportReport struct {
	Read, Created, Updated, Unchanged, Skipped int64
	Why                                        map[string]int64 // skipped rows by the code of their reason
	Rows                                       []RowReport      // skipped rows and rows with cells left out, in order
	Layout                                     Layout
}

// copied is a report that goes on from this one.
func (r ImportReport) copied() ImportReport {
	r.Why = maps.Clone(r.Why)
	return r
}

// counts is the report without its rows.
func (r ImportReport) counts() ImportReport {
	r.Rows = nil
	return r
}

// because counts a skipped row by its reason.
func (r *ImportReport) because(code string) {
	if r.Why == nil {
		r.Why = map[string]int64{}
	}
	r.Why[code]++
}

// RowReport is one row that was skipped, or taken in without some of its cells.
type RowReport struct {
	Row     int64
	Skipped bool
	Code    string // catalogue key "fault." + Code; of the row, or of its first bad cell
	Args    []any
	Column  string // header of the bad cell's column
	Text    string // the bad cell
}

// Layout is how a file was read.
type Layout struct {
	Format, Encoding, Delimiter string
	Page                        string
	Pages                       []string
	Head                        int // index of the row that names the columns; -1 none
	Columns                     []Column
	Defaults                    RowDefaults
}

// count adds a row's outcome.
func (r *ImportReport) count(o Outcome) {
	switch o {
	case Created:
		r.Created++
	case Updated:
		r.Updated++
	case Unchanged:
		r.Unchanged++
	case Skipped:
		r.Skipped++
	}
}

// Line is the last line of the command: it is read by people and by scripts.
func (r ImportReport) Line() string {
	return fmt.Sprintf("read %d, created %d, updated %d, unchanged %d, skipped %d", r.Read, r.Created, r.Updated, r.Unchanged, r.Skipped)
}

// Reason is how many rows were skipped for one reason.
type Reason struct {
	Code  string
	Count int64
}

// Reasons counts the skipped rows by reason, the most frequent first.
func (r ImportReport) Reasons() []Reason {
	out := make([]Reason, 0, len(r.Why))
	for code, n := range r.Why {
		out = append(out, Reason{code, n})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Count != out[j].Count {
			return out[i].Count > out[j].Count
		}
		return out[i].Code < out[j].Code
	})
	return out
}

// ImportDocument is the report as scripts read it.
type ImportDocument struct {
	Read      int64        `json:"read"`
	Created   int64        `json:"created"`
	Updated   int64        `json:"updated"`
	Unchanged int64        `json:"unchanged"`
	Skipped   int64        `json:"skipped"`
	Reasons   []ReasonLine `json:"reasons"`
	Rows      []RowLine    `json:"rows"`
	More      bool         `json:"more_rows,omitempty" doc:"there are more rows: GET …/rows?after="`
	Columns   []ColumnLine `json:"columns"`
}

// ReasonLine counts one reason.
type ReasonLine struct {
	Code  string `json:"code"`
	Text  string `json:"text"`
	Count int64  `json:"count"`
}

// RowLine is one row with its reason.
type RowLine struct {
	Row     int64  `json:"row"`
	Skipped bool   `json:"skipped"`
	Code    string `json:"code"`
	Text    string `json:"text"`
	Column  string `json:"column,omitempty"`
	Cell    string `json:"cell,omitempty"`
}

// ColumnLine says how one column was read; an empty field is a column left out.
type ColumnLine struct {
	Header   string `json:"header"`
	Field    string `json:"field"`
	Platform string `json:"platform,omitempty"`
	Format   string `json:"format,omitempty"`
}

// Document words the report; say gives the text of a code.
func (r ImportReport) Document(say func(code string, args ...any) string) ImportDocument {
	d := ImportDocument{Read: r.Read, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Skipped: r.Skipped,
		Reasons: []ReasonLine{}, Rows: []RowLine{}, Columns: []ColumnLine{}}
	for _, x := range r.Reasons() {
		d.Reasons = append(d.Reasons, ReasonLine{x.Code, say(x.Code), x.Count})
	}
	for _, x := range r.Rows {
		d.Rows = append(d.Rows, RowLine{x.Row, x.Skipped, x.Code, say(x.Code, x.Args...), x.Column, x.Text})
	}
	for _, c := range r.Layout.Columns {
		d.Columns = append(d.Columns, ColumnLine{c.Header, string(c.Field), string(c.Platform), string(c.Format)})
	}
	return d
}
