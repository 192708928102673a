package ledger

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Closing is the end of a period: nothing may be dated on Until or before it while it
// stands. Corrections are dated later.
type Closing struct {
	ID         string
	Until      worktime.Date
	Before     time.Time // the first instant that is open again
	At         time.Time
	By         string
	ReopenedAt time.Time
	ReopenedBy string
	Reason     string // of the reopening
}

// Stands says whether the period is closed still.
func (c Closing) Stands() bool { return c.ReopenedAt.IsZero() }

// Faults of closing.
var (
	ErrClosed      = fault.New(fault.Conflict, "ledger.closed")      // arg: until
	ErrCloseDay    = fault.New(fault.Invalid, "ledger.close-day")    // today or later, or not after the last one
	ErrCloseBooks  = fault.New(fault.Conflict, "ledger.close-books") // args: n; a check finds something wrong
	ErrNotClosed   = fault.New(fault.Conflict, "ledger.not-closed")  // reopened before, or not the last
	ErrCloseReason = fault.New(fault.Invalid, "ledger.close-reason")
)

// Close makes the closing of a period up to a day that is over. last is the one that
// stands, zero when none does. Fault: ledger.close-day.
func Close(last Closing, until, today worktime.Date, zone *time.Location) (Closing, error) {
	if !until.Valid() || !until.Before(today) || last.Until != "" && !until.After(last.Until) {
		return Closing{}, ErrCloseDay.At("until")
	}
	return Closing{Until: until, Before: until.AddDays(1).In(zone)}, nil
}
