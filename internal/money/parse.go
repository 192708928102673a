package money

import (
	"strings"

	"kolega/internal/fault"
)

// Faults of reading. Each carries "example", a right form in the reader's language.
var (
	ErrRequired      = fault.New(fault.Invalid, "money.required")
	ErrUnreadable    = fault.New(fault.Invalid, "money.unreadable")
	ErrGrouping      = fault.New(fault.Invalid, "money.grouping")       // dots or commas where this language has none
	ErrFraction      = fault.New(fault.Invalid, "money.fraction")       // finer than the currency's minor unit
	ErrNegative      = fault.New(fault.Invalid, "money.negative")       // amounts are typed without a sign
	ErrOtherCurrency = fault.New(fault.Invalid, "money.other-currency") // arg: currency, the one asked for
)

// Parse reads what a person typed as an amount of currency c, by the language's
// own separators and short forms, and refuses what that language does not write:
// "1.500" is 1500 in "id" and refused in English, never guessed. In Indonesian M is
// miliar (10⁹) and T triliun; in English m is million, b or bn billion.
// Amounts are zero or more and at most Limit. Faults: money.*.
func Parse(text string, c Currency, lang string) (Amount, error) {
	p := parser{cur: c, sep: separatorsOf(lang), units: unitsOf(lang)}
	a, err := p.parse(text)
	if err != nil {
		return Amount{}, err.With("example", Example(c, lang), "currency", string(c))
	}
	return a, nil
}

// ParseDecimal reads the plain decimal text of wires and files: "1500.50".
// Negative amounts are allowed here. Faults: money.*.
func ParseDecimal(text string, c Currency) (Amount, error) {
	body, negative := strings.CutPrefix(text, "-")
	whole, frac, point := strings.Cut(body, ".")
	if !digits(whole) || point && !digits(frac) {
		return Amount{}, ErrUnreadable.With("example", Amount{150050, c}.Decimal(), "currency", string(c))
	}
	minor, err := scaled(whole, frac, c.Exponent())
	if err != nil {
		return Amount{}, err.With("example", Amount{150050, c}.Decimal(), "currency", string(c))
	}
	if negative {
		minor = -minor
	}
	return Amount{minor, c}, nil
}

// Example is a right way to write an amount of c in this language, for hints and faults.
func Example(c Currency, lang string) string {
	s := separatorsOf(lang)
	text := "1" + s.group + "500" + s.group + "000"
	if c.Exponent() > 0 {
		text = "1" + s.group + "500" + s.decimal + strings.Repeat("0", c.Exponent())
	}
	return text
}

// separators are the two marks of a language's numbers.
type separators struct{ group, decimal string }

func separatorsOf(lang string) separators {
	if lang == "id" {
		return separators{".", ","}
	}
	return separators{",", "."}
}

// unit is a short form and its power of ten.
type unit struct {
	word  string
	power int
}

// Longer words first, since the text is cut from its end. Words that say the same
// in both languages are taken in both; m, b and t belong to one each.
var (
	sharedUnits = []unit{{"ribu", 3}, {"juta", 6}, {"miliar", 9}, {"milyar", 9}, {"triliun", 12}, {"trilyun", 12}, {"rb", 3}, {"jt", 6}, {"k", 3}}
	idUnits     = append([]unit{{"m", 9}, {"t", 12}}, sharedUnits...)
	enUnits     = append([]unit{{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}, {"mn", 6}, {"bn", 9}, {"tn", 12}, {"m", 6}, {"b", 9}}, sharedUnits...)
)

func unitsOf(lang string) []unit {
	if lang == "id" {
		return idUnits
	}
	return enUnits
}

// parser reads one amount. It works on lower-case ASCII digits only.
type parser struct {
	cur   Currency
	sep   separators
	units []unit
}

func (p parser) parse(text string) (Amount, *fault.Error) {
	if len(text) > 80 {
		return Amount{}, ErrUnreadable
	}
	s := strings.ToLower(strings.TrimSpace(text))
	if s == "" {
		return Amount{}, ErrRequired
	}
	s, err := p.cutSign(s)
	if err != nil {
		return Amount{}, err
	}
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") || strings.HasPrefix(s, "(") {
		return Amount{}, ErrNegative
	}
	s = p.cutDash(s)
	s, power := p.cutUnit(s)
	whole, frac, err := p.number(s, power > 0)
	if err != nil {
		return Amount{}, err
	}
	minor, err := scaled(whole, frac, power+p.cur.Exponent())
	if err != nil {
		return Amount{}, err
	}
	return Amount{minor, p.cur}, nil
}

// cutSign removes the currency's sign or code before or after the number, and
// refuses another currency's.
func (p parser) cutSign(s string) (string, *fault.Error) {
	for _, sign := range traits[p.cur].signs {
		if rest, ok := strings.CutPrefix(s, sign); ok && !startsWithLetter(rest) {
			return strings.TrimSpace(rest), nil
		}
	}
	for _, sign := range traits[p.cur].signs {
		rest, ok := strings.CutSuffix(s, sign)
		if ok && len(sign) > 1 && sign != "rp." {
			return strings.TrimSpace(rest), nil
		}
	}
	for other, t := range traits {
		for _, sign := range t.signs {
			if other != p.cur && (len(sign) > 1 || sign == "$") && (strings.HasPrefix(s, sign) || strings.HasSuffix(s, sign)) {
				return "", ErrOtherCurrency
			}
		}
	}
	return s, nil
}

// cutDash removes the Indonesian ending "90.000,-", which says "and no sen".
func (p parser) cutDash(s string) string {
	if p.sep.decimal != "," && p.cur != CurrencyIDR {
		return s
	}
	for _, end := range []string{",--", ",-", ",–", ",—", ".-"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// cutUnit removes a short form from the end and gives its power of ten.
func (p parser) cutUnit(s string) (string, int) {
	for _, u := range p.units {
		rest, ok := strings.CutSuffix(s, u.word)
		rest = strings.TrimSpace(rest)
		if ok && rest != "" && rest[len(rest)-1] >= '0' && rest[len(rest)-1] <= '9' {
			return rest, u.power
		}
	}
	return s, 0
}

// number splits the digits into whole and fraction by the language's separators.
// Without a short form, a fraction longer than two digits is refused even when it
// is all zeros, because it was surely meant as a group.
func (p parser) number(s string, short bool) (whole, frac string, err *fault.Error) {
	whole, frac, point := strings.Cut(s, p.sep.decimal)
	if point && !digits(frac) {
		return "", "", p.foreign(s)
	}
	if whole, err = p.ungroup(whole); err != nil {
		return "", "", err
	}
	if !short && len(frac) > max(2, p.cur.Exponent()) {
		return "", "", ErrGrouping
	}
	return whole, frac, nil
}

// ungroup removes group marks, which must stand before each three digits.
func (p parser) ungroup(s string) (string, *fault.Error) {
	groups := strings.Split(s, p.sep.group)
	for i, g := range groups {
		if !digits(g) {
			return "", p.foreign(s)
		}
		if len(groups) > 1 && (i > 0 && len(g) != 3 || i == 0 && (len(g) > 3 || g[0] == '0')) {
			return "", ErrGrouping
		}
	}
	return strings.Join(groups, ""), nil
}

// foreign tells a number with the other language's marks from what is no number.
func (p parser) foreign(s string) *fault.Error {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' && r != ',' {
			return ErrUnreadable
		}
	}
	if strings.Trim(s, ".,") == "" {
		return ErrUnreadable
	}
	return ErrGrouping
}

// scaled gives whole.frac × 10^power as an integer, at most Limit.
func scaled(whole, frac string, power int) (int64, *fault.Error) {
	frac = strings.TrimRight(frac, "0")
	if len(frac) > power {
		return 0, ErrFraction
	}
	all := strings.TrimLeft(whole+frac, "0") + strings.Repeat("0", power-len(frac))
	all = strings.TrimLeft(all, "0")
	if len(all) > 16 {
		return 0, ErrTooLarge
	}
	var n int64
	for _, d := range []byte(all) {
		n = n*10 + int64(d-'0')
	}
	if n > Limit {
		return 0, ErrTooLarge
	}
	return n, nil
}

// digits says whether s is one or more ASCII digits.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func startsWithLetter(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }
