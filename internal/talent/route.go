package talent

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// RouteMethod is a way money reaches a talent.
type RouteMethod string

// The methods.
const (
	RouteBank   RouteMethod = "bank"    // domestic transfer
	RouteWallet RouteMethod = "ewallet" // GoPay, OVO, GCash, …
	RouteAbroad RouteMethod = "abroad"  // transfer to another country
)

// HoldAfterChange is how long payouts wait after the account data changed (R10).
const HoldAfterChange = 72 * time.Hour

// Route is how a talent is paid. The account number is sealed; only its last
// four digits are readable without the key.
type Route struct {
	TalentID     string
	Method       RouteMethod
	Bank         string // bank or wallet, as the payout file names it
	BankCountry  string // ISO 3166-1 alpha-2
	NumberSealed string
	NumberEnd    string // last four digits
	AccountName  string
	Currency     money.Currency
	ChangedAt    time.Time
	ChangedBy    string    // audit.Who.Name
	ChangedVia   Channel   // how the one who changed it was known
	ConfirmedAt  time.Time // the talent said yes through the other known channel
	ConfirmedBy  string    // the talent's name, or of the person at the agency who heard it
	ConfirmedVia Channel
	Version      int64 // 1 is the first account; each change adds one
}

// Channel is a way by which a talent is known to be reached.
type Channel string

// The channels. A change that staff typed in was known by neither.
const (
	ByPhone Channel = "phone"
	ByEmail Channel = "email"
	ByStaff Channel = "staff"
)

// Place is where a channel reaches a talent, "" where it does not.
func (t Talent) Place(c Channel) string {
	switch c {
	case ByPhone:
		return t.Phone
	case ByEmail:
		return t.Email
	}
	return ""
}

// KnownBy is the channel to which codes of the talent go: the phone, or where none is
// known the e-mail.
func (t Talent) KnownBy() Channel {
	if t.Phone != "" {
		return ByPhone
	}
	return ByEmail
}

// OtherChannel is the known channel through which a change is confirmed: another than
// the change came by (R10). Its place is "" where the talent has no other.
func (r Route) OtherChannel(t Talent) (c Channel, place string) {
	for _, c := range []Channel{ByPhone, ByEmail} {
		if c != r.ChangedVia && t.Place(c) != "" {
			return c, t.Place(c)
		}
	}
	return "", ""
}

// Changed says whether the account replaced another one. The first a talent gives
// replaces nothing, so nobody can have swapped it.
func (r Route) Changed() bool { return r.Version > 1 }

// NeedsWord says whether a changed account still lacks the talent's word through the
// other channel.
func (r Route) NeedsWord() bool { return r.Changed() && r.ConfirmedAt.IsZero() }

// Confirm keeps the talent's word for a changed account. Who changed it cannot confirm
// it, and the word comes by another channel than the change. Faults:
// talent.route-confirmed, talent.route-own-word, talent.route-channel.
func (r Route) Confirm(by string, via Channel, now time.Time) (Route, error) {
	switch {
	case !r.ConfirmedAt.IsZero():
		return r, FaultConfirmed
	case via != ByPhone && via != ByEmail || via == r.ChangedVia:
		return r, FaultWordChannel
	case by == "" || r.ChangedVia != ByPhone && r.ChangedVia != ByEmail && by == r.ChangedBy:
		return r, FaultOwnWord
	}
	r.ConfirmedAt, r.ConfirmedBy, r.ConfirmedVia = now, by, via
	return r, nil
}

// HeldUntil is the instant before which no payout may use the route (R10).
func (r Route) HeldUntil() time.Time { return r.ChangedAt.Add(HoldAfterChange) }

// Held says whether payouts wait because the account data changed lately. The
// first route of a talent is held as well: it is a change from none.
func (r Route) Held(now time.Time) bool { return now.Before(r.HeldUntil()) }

// Pays says whether the route can carry a currency.
func (r Route) Pays(c money.Currency) bool { return r.Method != "" && r.Currency == c }

// The faults of a route.
var (
	FaultMethod        = fault.Field("method", "talent.method-unknown")
	FaultBank          = fault.Field("bank", "talent.bank-missing")
	FaultBankCountry   = fault.Field("bank_country", "talent.country-unknown")
	FaultNumber        = fault.Field("number", "talent.number-wrong")
	FaultAccountName   = fault.Field("account_name", "talent.account-name-missing")
	FaultRouteCurrency = fault.Field("currency", "talent.currency-unknown")
	FaultConfirmed     = fault.New(fault.Conflict, "talent.route-confirmed-before")
	FaultOwnWord       = fault.New(fault.Forbidden, "talent.route-own-word") // who changed it confirms it
	FaultWordChannel   = fault.Field("via", "talent.route-channel")          // the one the change came by, or none
	FaultNoRoute       = fault.New(fault.Conflict, "talent.no-route")
	FaultTaxNumber     = fault.Field("tax_number", "talent.tax-number-wrong")
	FaultIdentity      = fault.Field("identity_number", "talent.identity-wrong")
)

// CheckRoute finds everything wrong with route data as typed, by form field.
// The number is given plain, as typed.
func CheckRoute(r Route, number string) error {
	wrong := fault.Fields{}
	if r.Method != RouteBank && r.Method != RouteWallet && r.Method != RouteAbroad {
		wrong["method"] = FaultMethod.Code
	}
	if strings.TrimSpace(r.Bank) == "" {
		wrong["bank"] = FaultBank.Code
	}
	if r.BankCountry != "" && !KnownCountry(r.BankCountry) {
		wrong["bank_country"] = FaultBankCountry.Code
	}
	if n := AccountNumber(number); len(n) < 4 || len(n) > 34 {
		wrong["number"] = FaultNumber.Code
	}
	if strings.TrimSpace(r.AccountName) == "" {
		wrong["account_name"] = FaultAccountName.Code
	}
	if !r.Currency.Known() {
		wrong["currency"] = FaultRouteCurrency.Code
	}
	return wrong.Err()
}

// AccountNumber is the number without spaces, dots and hyphens, letters raised
// (an IBAN has letters). "" if anything else stands in it.
func AccountNumber(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r == ' ' || r == '-' || r == '.' || r == '\u00a0':
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		default:
			return ""
		}
	}
	return b.String()
}

// TaxNumber reads an Indonesian NPWP or NIK: 15 digits (old form) or 16. Other
// countries' numbers are kept as typed, 5 to 20 letters and digits.
func TaxNumber(typed, country string) (string, error) {
	n := AccountNumber(typed)
	if country == "ID" {
		if len(n) != 15 && len(n) != 16 || strings.Trim(n, "0123456789") != "" {
			return "", FaultTaxNumber
		}
		return n, nil
	}
	if len(n) < 5 || len(n) > 20 {
		return "", FaultTaxNumber
	}
	return n, nil
}

// IdentityNumber reads an Indonesian NIK: 16 digits whose 7th to 12th are a
// birth date (a woman's day is raised by 40). Other countries' are kept as typed.
func IdentityNumber(typed, country string) (string, error) {
	n := AccountNumber(typed)
	if country != "ID" {
		if len(n) < 5 || len(n) > 20 {
			return "", FaultIdentity
		}
		return n, nil
	}
	if len(n) != 16 || strings.Trim(n, "0123456789") != "" {
		return "", FaultIdentity
	}
	day := int(n[6]-'0')*10 + int(n[7]-'0')
	month := int(n[8]-'0')*10 + int(n[9]-'0')
	if day > 40 {
		day -= 40
	}
	if day < 1 || day > 31 || month < 1 || month > 12 {
		return "", FaultIdentity
	}
	return n, nil
}

// currency reads a currency code as typed.
func currency(typed string) money.Currency {
	return money.Currency(strings.ToUpper(strings.TrimSpace(typed)))
}
