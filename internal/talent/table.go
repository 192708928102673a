package talent

import (
	"time"

	"kolega/internal/fault"
)

// Table is a file that waits to be taken in, or was.
type Table struct {
	ID       string
	SHA256   string
	Name     string
	PersonID string // who brought it
	Plan     TablePlan
	Report   ImportReport
	Rows     int64  // of the file, the head among them
	Share    int64  // of the file that was settled so far, in basis points
	Fault    string // code of what stopped the import, "" nothing
	MadeAt   time.Time
	BegunAt  time.Time // zero: nobody has said to take it in
	DoneAt   time.Time // zero: not taken in, or not wholly
	Version  int64
}

// Running says whether the table is being taken in.
func (t Table) Running() bool { return !t.BegunAt.IsZero() && t.DoneAt.IsZero() && t.Fault == "" }

// TablePlan is how a person wants the file to be read. Zero: guessed.
type TablePlan struct {
	Page        string
	Head        *int
	Columns     []Column
	Defaults    RowDefaults
	LeaveOutBad bool
	Mended      map[int64]map[int]string
}

func (p TablePlan) options() ImportOptions {
	return ImportOptions{Page: p.Page, Head: p.Head, Columns: p.Columns, Defaults: p.Defaults, LeaveOutBad: p.LeaveOutBad, Mended: p.Mended}
}

// Origin is an import that brought a talent, or changed what is known of one.
type Origin struct {
	ImportID string
	Name     string // of the file
	By       string // person, "" the system
	At       time.Time
	Rows     int64 // about this talent
}

// Preview is how a file would be read, before anything is kept.
type Preview struct {
	Table   Table
	Layout  Layout
	Samples [][]string   // of each column, up to three cells
	First   []PreviewRow // the first rows as they are read
	Red     []RedCell    // up to maxRed cells that cannot be read
	MoreRed int          // how many further ones
	Counts  PreviewCounts
}

// PreviewCounts counts the rows of a preview; every row is in one of the first five.
type PreviewCounts struct{ Ready, Repeats, Known, RedRows, NoAccount, Empty, Read int64 }

// PreviewRow is one row as it is read.
type PreviewRow struct {
	Number  int64
	Reading Reading
	Bad     []Bad
}

// RedCell is a cell that a person may mend.
type RedCell struct {
	Row    int64
	Column int
	Header string
	Text   string
	Code   string
	Args   []any
}

const (
	maxRed   = 60
	maxFirst = 12
)

// The faults of a table.
var (
	FaultNothing = fault.Field("file", "import.nothing")
	FaultDone    = fault.New(fault.Conflict, "import.done")
)
