package ledger

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// branch is where an account stands in the tree that double-entry tools know.
var branch = map[Account]string{
	Receivable: "assets:receivable", PPhReceivable: "assets:pph-receivable", Clearing: "equity:clearing", Revenue: "revenues:revenue",
	PPNPayable: "liabilities:ppn-payable", TalentPayable: "liabilities:talent-payable", PPhPayable: "liabilities:pph-payable", ClientCredit: "liabilities:client-credit",
	TalentCost: "expenses:talent-cost", Fees: "expenses:fees", ExchangeDifference: "expenses:exchange-difference", GuaranteeCost: "expenses:guarantee-cost",
}

// JournalAccount is an account's name in a journal: "assets:cash:BCA 5220". Signs
// that a journal gives a meaning to are left out of names.
func JournalAccount(a Account) string {
	if b, ok := branch[Account(a.Kind())]; ok {
		return b
	}
	return "assets:" + a.Kind() + ":" + plainText(a.Name())
}

// plainText is text without the signs that a journal reads: two spaces, semicolons,
// brackets, ends of line.
func plainText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, strings.ContainsRune(";|()[]:", r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// WriteEntry writes one entry as hledger's journal has it, dated in zone: the day,
// the cause's id as the code, what it is, and each line with its currency.
func WriteEntry(w io.Writer, e Entry, zone *time.Location) error {
	var b strings.Builder
	text := e.Cause.Kind + " " + e.Cause.Step
	if note := plainText(e.Note); note != "" {
		text += " " + note
	}
	fmt.Fprintf(&b, "%s (%s) %s\n    ; entry: %s\n", e.At.In(zone).Format("2006-01-02"), e.Cause.ID, plainText(text), e.ID)
	for _, l := range e.Lines {
		fmt.Fprintf(&b, "    %s  %s %s", JournalAccount(l.Account), l.Amount.Currency, l.Amount.Decimal())
		if l.Doc != "" {
			fmt.Fprintf(&b, "  ; doc: %s", l.Doc)
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}
