package locale

import (
	"strings"

	"kolega/internal/fault"
)

// Faults of reading counts. Each asks again with a right form.
var (
	ErrCountRequired   = fault.New(fault.Invalid, "count.required")
	ErrCountUnreadable = fault.New(fault.Invalid, "count.unreadable")
	ErrCountFraction   = fault.New(fault.Invalid, "count.fraction")  // figures are whole numbers
	ErrCountMillion    = fault.New(fault.Invalid, "count.million")   // M is million or miliar: asked back
	ErrCountAmbiguous  = fault.New(fault.Invalid, "count.ambiguous") // could mean two numbers
	ErrCountTooLarge   = fault.New(fault.Invalid, "count.too-large")
	ErrCountUnknown    = fault.New(fault.Invalid, "count.unknown") // an import cell that says there is no figure
)

// countLimit is above any figure of any post: a million million.
const countLimit = 1_000_000_000_000

// Reading is a count as it was understood, shown back before it is saved (R7).
type Reading struct {
	Value     int64
	Canonical string // the value in the reader's language: "12.300"
}

// ParseCount reads a figure that a person typed (R7): 12345, 12.345, 12,345, 12,3K, 12.3K,
// 12,3 rb, 1,2 jt. Dots and commas are groups only before three digits; a fraction
// without a short form is refused; with one, three digits after a single mark could
// mean two numbers and are asked back, as is M always. lang only words the reading.
// Faults: count.*.
func ParseCount(text string, lang string) (Reading, error) {
	s := normal(text)
	if s == "" {
		return Reading{}, ErrCountRequired
	}
	body, power, err := cutCountUnit(s)
	if err != nil {
		return Reading{}, err.With("text", strings.TrimSpace(text), "number", body)
	}
	n, err := countValue(body, power, false)
	if err != nil {
		return Reading{}, err.With("text", strings.TrimSpace(text))
	}
	return Reading{n, For(lang, DefaultZone).Int(n)}, nil
}

// ParseFollowers reads a cell of an import file, where M is million as the apps write it:
// "477.9M", "12,5rb", "878", "477900000.00". With a short form a single mark is a
// decimal; a fraction of zeros is dropped. Cells such as "" and "nan" are the fault
// count.unknown, never zero. Faults: count.*.
func ParseFollowers(text string) (int64, error) {
	s := normal(text)
	switch s {
	case "", "nan", "n/a", "na", "null", "none", "-", "–", "—", "?", "#n/a", "unknown":
		return 0, ErrCountUnknown
	}
	body, power := s, 0
	for _, u := range importUnits {
		if rest, ok := cutUnit(s, u.ending); ok {
			body, power = rest, u.power
			break
		}
	}
	n, err := countValue(body, power, true)
	if err != nil {
		return 0, err.With("text", strings.TrimSpace(text))
	}
	return n, nil
}

// countUnit is an ending and its power of ten; 0 asks back.
type countUnit struct {
	ending string
	power  int
}

var (
	sharedCounts = []countUnit{
		{"thousand", 3}, {"million", 6}, {"billion", 9}, {"ribu", 3}, {"juta", 6}, {"miliar", 9}, {"milyar", 9},
		{"rb", 3}, {"jt", 6}, {"bn", 9}, {"k", 3},
	}
	importUnits = append([]countUnit{{"m", 6}, {"b", 9}}, sharedCounts...)
)

// cutCountUnit removes a short form; M, and B beside it, are asked back.
func cutCountUnit(s string) (string, int, *fault.Error) {
	for _, u := range sharedCounts {
		if rest, ok := cutUnit(s, u.ending); ok {
			return rest, u.power, nil
		}
	}
	for _, ending := range []string{"m", "mn", "b"} {
		if rest, ok := cutUnit(s, ending); ok {
			return rest, 0, ErrCountMillion
		}
	}
	return s, 0, nil
}

// cutUnit removes ending when a digit stands before it.
func cutUnit(s, ending string) (string, bool) {
	rest, ok := strings.CutSuffix(s, ending)
	rest = strings.TrimSpace(rest)
	return rest, ok && rest != "" && isDigit(rest[len(rest)-1])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// normal trims, lowers, and turns the odd spaces of pasted text into plain ones.
func normal(text string) string {
	s := strings.Map(func(r rune) rune {
		if r == '\u00a0' || r == '\u202f' || r == '\u2009' {
			return ' '
		}
		return r
	}, text)
	return strings.ToLower(strings.TrimSpace(s))
}

// countValue reads digits with dots and commas, times a power of ten.
func countValue(s string, power int, imported bool) (int64, *fault.Error) {
	if len(s) > 40 || !onlyNumber(s) {
		return 0, ErrCountUnreadable
	}
	if power == 0 {
		if whole, ok := ungroup(s); ok {
			return scaleCount(whole, "", 0)
		}
	}
	whole, frac, err := splitDecimal(s, power > 0, imported)
	if err != nil {
		return 0, err
	}
	if frac = strings.TrimRight(frac, "0"); power == 0 && (frac != "" || !imported) {
		return 0, ErrCountFraction
	}
	return scaleCount(whole, frac, power)
}

// onlyNumber says whether s is digits with marks between them.
func onlyNumber(s string) bool {
	for i := range len(s) {
		mark := s[i] == '.' || s[i] == ','
		if !mark && !isDigit(s[i]) || mark && (i == 0 || i == len(s)-1 || !isDigit(s[i-1])) {
			return false
		}
	}
	return s != ""
}

// ungroup removes group marks of one kind that stand before each three digits.
func ungroup(s string) (string, bool) {
	at := strings.IndexAny(s, ".,")
	if at < 0 {
		return s, true
	}
	groups := strings.Split(s, s[at:at+1])
	for i, g := range groups {
		if strings.ContainsAny(g, ".,") || i > 0 && len(g) != 3 || i == 0 && (len(g) > 3 || g[0] == '0') {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// splitDecimal cuts at the last mark. What stands before it may be grouped by the
// other mark. A single mark before three digits is ambiguous with a short form,
// unless the cell comes from a tool, which writes decimals there.
func splitDecimal(s string, short, imported bool) (whole, frac string, err *fault.Error) {
	at := strings.LastIndexAny(s, ".,")
	if at < 0 {
		return s, "", nil
	}
	whole, frac = s[:at], s[at+1:]
	if strings.Contains(whole, s[at:at+1]) {
		if short {
			if all, ok := ungroup(s); ok {
				return all, "", nil
			}
		}
		return "", "", ErrCountUnreadable
	}
	grouped := strings.ContainsAny(whole, ".,")
	if short && !imported && !grouped && len(frac) == 3 && whole[0] != '0' && len(whole) <= 3 {
		return "", "", ErrCountAmbiguous
	}
	whole, ok := ungroup(whole)
	if !ok {
		return "", "", ErrCountUnreadable
	}
	return whole, frac, nil
}

// scaleCount gives whole.frac × 10^power, at most countLimit.
func scaleCount(whole, frac string, power int) (int64, *fault.Error) {
	if len(frac) > power {
		return 0, ErrCountFraction
	}
	digits := strings.TrimLeft(whole+frac+strings.Repeat("0", power-len(frac)), "0")
	if len(digits) > 13 {
		return 0, ErrCountTooLarge
	}
	var n int64
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	if n > countLimit {
		return 0, ErrCountTooLarge
	}
	return n, nil
}
