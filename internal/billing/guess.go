package billing

import (
	"cmp"
	"slices"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
)

// Why is a reason for which a line of a statement may pay an invoice.
type Why string

// The reasons.
const (
	WhyNumber Why = "number" // its text names the invoice
	WhyAmount Why = "amount" // it is what is due, to the last unit
	WhyCharge Why = "charge" // it is what is due less a bank's charge
	WhyName   Why = "name"   // its text names the client
)

var whyScore = map[Why]int{WhyNumber: 4, WhyAmount: 3, WhyName: 2, WhyCharge: 1}

// Guess is what a line of a statement may be: the payment of one invoice or of several
// of one client. A person confirms it.
type Guess struct {
	ClientID   string
	ClientName string
	Lines      []Line
	Matches    []Match
	Why        []Why
}

func (g Guess) score() (n int) {
	for _, w := range g.Why {
		n += whyScore[w]
	}
	return n
}

// Sure says whether nothing speaks against it: the number or the client is named, and
// the amount is exact.
func (g Guess) Sure() bool {
	return slices.Contains(g.Why, WhyAmount) && (slices.Contains(g.Why, WhyNumber) || slices.Contains(g.Why, WhyName))
}

// mostCharge is the largest sum that a domestic transfer may lack as a bank's charge.
var mostCharge = map[money.Currency]int64{money.CurrencyIDR: 35_000}

// Guesses orders the open invoices that a line may pay, the likeliest first; those for
// which nothing speaks are left out. Two invoices of one client are taken together where
// the amount is the sum of both.
func Guesses(l BankLine, open []Line) (out []Guess) {
	for i, a := range open {
		out = keepGuess(out, l, a)
		for _, b := range open[i+1:] {
			if a.Invoice.ClientID == b.Invoice.ClientID {
				out = keepGuess(out, l, a, b)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Guess) int { return cmp.Compare(b.score(), a.score()) })
	return out[:min(len(out), 12)]
}

func keepGuess(out []Guess, l BankLine, lines ...Line) []Guess {
	g, left, err := guess(l, lines)
	if err != nil || len(lines) > 1 && (!left.IsZero() || !slices.Contains(g.Why, WhyAmount)) || g.score() == 0 {
		return out
	}
	return append(out, g)
}

// guess allots the money of a line to invoices and says what speaks for it; left is what
// none of them takes.
func guess(l BankLine, lines []Line) (g Guess, left money.Amount, err error) {
	left = l.Amount
	exact, text := true, squeezed(l.Text)
	named := 0
	for i, x := range lines {
		if x.Invoice.Currency != l.Amount.Currency || left.Sign() <= 0 {
			return g, left, ErrMatchCurrency
		}
		m := Suggest(left, x.Open)
		covers, err := m.Covers()
		if err != nil {
			return g, left, err
		}
		short, err := x.Balance.Sub(covers)
		if err != nil {
			return g, left, err
		}
		if most := mostCharge[x.Invoice.Currency]; i == len(lines)-1 && short.Sign() > 0 {
			if m, ok := lessCharge(x.Open, left, most); ok {
				g.Why, g.Matches, exact = append(g.Why, WhyCharge), append(g.Matches, m), false
				left = money.New(0, left.Currency)
				named += count(names(text, x.Invoice.Number))
				g.ClientID, g.ClientName, g.Lines = x.Invoice.ClientID, x.ClientName, append(g.Lines, x)
				continue
			}
		}
		exact = exact && short.IsZero()
		if left, err = left.Sub(m.Cash); err != nil {
			return g, left, err
		}
		named += count(names(text, x.Invoice.Number))
		g.ClientID, g.ClientName, g.Lines, g.Matches = x.Invoice.ClientID, x.ClientName, append(g.Lines, x), append(g.Matches, m)
	}
	if exact && left.IsZero() {
		g.Why = append(g.Why, WhyAmount)
	}
	if named == len(lines) {
		g.Why = append(g.Why, WhyNumber)
	}
	if namesClient(l.Text, lines[0]) {
		g.Why = append(g.Why, WhyName)
	}
	return g, left, nil
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// lessCharge is the match that closes an invoice with a bank's charge, where what the
// money lacks is no more than one.
func lessCharge(o Open, left money.Amount, most int64) (Match, bool) {
	withheld, err := o.Invoice.Totals.Withheld.Sub(o.Withheld)
	if err != nil {
		return Match{}, false
	}
	due, err := o.Balance.Sub(withheld)
	if err != nil {
		return Match{}, false
	}
	charge, err := due.Sub(left)
	if err != nil || charge.Sign() <= 0 || charge.Minor > most {
		return Match{}, false
	}
	return Match{InvoiceID: o.Invoice.ID, Cash: left, Charge: charge, Withheld: withheld}, true
}

// squeezed is a text as banks cut it: letters and digits only.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, locale.Fold(s))
}

// names says whether a squeezed text names a document's number, whole or without its
// last part, which banks cut off.
func names(text, number string) bool {
	whole := squeezed(number)
	if len(whole) < 5 {
		return false
	}
	if strings.Contains(text, whole) {
		return true
	}
	if i := strings.LastIndexAny(number, "/-."); i > 0 {
		most := squeezed(number[:i])
		return len(most) >= 8 && strings.Contains(text, most)
	}
	return false
}

// forms are words of companies' names that tell nothing.
var forms = map[string]bool{"pt": true, "cv": true, "tbk": true, "indonesia": true, "persero": true, "inc": true, "corp": true, "limited": true, "group": true}

// namesClient says whether a text holds every telling word of a client's name.
func namesClient(text string, l Line) bool {
	text = " " + strings.Join(strings.FieldsFunc(locale.Fold(text), isSign), " ") + " "
	for _, name := range []string{l.Invoice.Buyer.Name, l.ClientName} {
		told, all := 0, true
		for _, w := range strings.FieldsFunc(locale.Fold(name), isSign) {
			if len(w) < 3 || forms[w] {
				continue
			}
			told++
			all = all && strings.Contains(text, " "+w)
		}
		if told > 0 && all {
			return true
		}
	}
	return false
}

func isSign(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
