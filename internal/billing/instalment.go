package billing

import (
	"strconv"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Instalment (termin) is a part of an agreement's value and the fact that makes
// it due for invoicing.
type Instalment struct {
	ID          string
	AgreementID string
	Number      int64
	Label       string
	ShareBp     int64        // of the value; 0 when the amount was given
	Amount      money.Amount // without tax
	Trigger     Trigger
	DueOn       worktime.Date // of OnDate only
	FiredAt     time.Time
	InvoiceID   string
	Version     int64
}

// Part is an instalment as it is asked for: a share in basis points or an
// amount. In the last one both may be empty: it takes the rest.
type Part struct {
	Label   string
	ShareBp int64
	Amount  money.Amount
	Trigger Trigger
	DueOn   worktime.Date
}

// Faults of an instalment plan; each points at its row.
var (
	ErrNoInstalment = fault.New(fault.Invalid, "billing.no-instalment")
	ErrShares       = fault.New(fault.Invalid, "billing.shares")        // args: sum (bp), missing (bp)
	ErrAmounts      = fault.New(fault.Invalid, "billing.amounts")       // args: off (too little), left for the last
	ErrPartShare    = fault.New(fault.Invalid, "billing.part-share")    // neither share nor amount, or both, or none left
	ErrPartTrigger  = fault.New(fault.Invalid, "billing.part-trigger")  // unknown
	ErrPartDate     = fault.New(fault.Invalid, "billing.part-date")     // OnDate without a day
	ErrPartCurrency = fault.New(fault.Invalid, "billing.part-currency") // not the agreement's
)

const whole = 10_000 // basis points

// Instalments makes the plan of a value: shares add up to 100 %, amounts to the
// value, and the last one takes the rounding remainder, so that the parts always
// add up to the value exactly. Equal shares written with two decimals (three of
// 33.33 %) are whole: what they lack is less than one basis point each. Faults:
// billing.no-instalment, billing.shares, billing.amounts, billing.part-*.
func Instalments(value money.Amount, parts []Part) ([]Instalment, error) {
	if len(parts) == 0 {
		return nil, ErrNoInstalment
	}
	out := make([]Instalment, len(parts))
	left, shares, byShare := value, int64(0), 0
	last := len(parts) - 1
	for i, p := range parts {
		if err := p.check(i, i == last, value.Currency); err != nil {
			return nil, err
		}
		amount := p.Amount
		if p.ShareBp > 0 {
			shares, byShare = shares+p.ShareBp, byShare+1
			var err error
			if amount, err = value.Bp(p.ShareBp, money.Down); err != nil {
				return nil, err
			}
		}
		out[i] = Instalment{Number: int64(i + 1), Label: p.Label, ShareBp: p.ShareBp, Amount: amount, Trigger: p.Trigger, DueOn: p.DueOn}
		if i == last {
			break
		}
		var err error
		if left, err = left.Sub(amount); err != nil {
			return nil, err
		}
	}
	if err := closes(value, left, parts[last], shares, byShare, len(parts)); err != nil {
		return nil, err
	}
	out[last].Amount = left
	return out, nil
}

func (p Part) check(i int, last bool, c money.Currency) error {
	row := strconv.Itoa(i)
	given := p.ShareBp != 0 || !p.Amount.IsZero()
	switch {
	case p.ShareBp < 0 || p.ShareBp > whole || p.Amount.Sign() < 0 || (p.ShareBp != 0 && !p.Amount.IsZero()) || (!given && !last):
		return ErrPartShare.At("share_" + row)
	case !p.Amount.IsZero() && p.Amount.Currency != c:
		return ErrPartCurrency.At("share_" + row)
	case !p.Trigger.Known():
		return ErrPartTrigger.At("trigger_" + row)
	case p.Trigger == OnDate && !p.DueOn.Valid():
		return ErrPartDate.At("due_" + row)
	}
	return nil
}

// closes refuses a plan that does not come to the value. left is what remains
// for the last part.
func closes(value, left money.Amount, last Part, shares int64, byShare, n int) error {
	row := "share_" + strconv.Itoa(n-1)
	if byShare == n {
		if missing := whole - shares; missing < 0 || missing >= int64(n) {
			return ErrShares.With("sum", shares, "missing", missing).At(row)
		}
		return nil
	}
	mine, short := last.Amount, int64(0)
	switch {
	case last.ShareBp > 0: // a share beside amounts may lack what rounding took
		var err error
		if mine, err = value.Bp(last.ShareBp, money.Down); err != nil {
			return err
		}
		short = int64(n) - 1
	case last.Amount.IsZero():
		mine = left // the rest
	}
	off, err := left.Sub(mine)
	if err != nil {
		return err
	}
	if left.Sign() <= 0 || off.Sign() < 0 || off.Minor > short {
		return ErrAmounts.With("off", off, "left", left).At(row)
	}
	return nil
}

// Fired gives the instalments that a trigger makes due at now: those of the
// trigger that have not fired. For OnDate the day must have come.
func Fired(plan []Instalment, t Trigger, today worktime.Date) []Instalment {
	var out []Instalment
	for _, in := range plan {
		if in.Trigger == t && in.FiredAt.IsZero() && (t != OnDate || !today.Before(in.DueOn)) {
			out = append(out, in)
		}
	}
	return out
}
