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
	MadeAt   time.Time
	DoneAt   time.Time // zero: nothing kept yet
	Version  int64
}

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
