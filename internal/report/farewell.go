package report

import (
	"slices"
	"strings"

	"kolega/internal/fault"
)

// Again is what a client said at the end about another campaign (A11).
type Again string

// The answers.
const (
	AgainYes  Again = "yes"
	AgainNo   Again = "no"
	AgainOpen Again = "open" // not said, or not decided
)

// Agains lists the answers in the order of a choice.
var Agains = []Again{AgainYes, AgainNo, AgainOpen}

// Farewell is what was asked when a campaign was closed: whether the client wants another
// one, and why or why not. It is what was said; whether another came is counted.
type Farewell struct {
	Again  Again
	Reason string
}

// Refusals of a farewell.
var (
	ErrAgain       = fault.Field("again", "report.again")
	ErrAgainReason = fault.Field("reason", "report.again-reason") // yes and no have one
)

const mostReason = 1000

// Tidy checks a farewell.
func (f Farewell) Tidy() (Farewell, error) {
	f.Reason = strings.TrimSpace(f.Reason)
	switch {
	case !slices.Contains(Agains, f.Again):
		return f, ErrAgain
	case f.Again != AgainOpen && f.Reason == "":
		return f, ErrAgainReason
	case len(f.Reason) > mostReason:
		return f, ErrLong.At("reason")
	}
	return f, nil
}
