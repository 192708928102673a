package locale

import (
	"math/bits"
	"strconv"
	"strings"

	"kolega/internal/money"
)

// minus is the sign of a negative number on a page.
const minus = "−"

// NoFigure is shown where a figure cannot be measured (R19).
const NoFigure = "–"

// Int writes a whole number with groups: 412000 is "412.000" or "412,000".
func (l *Loc) Int(n int64) string {
	if n < 0 {
		return minus + grouped(magnitude(n), l.style.group)
	}
	return grouped(uint64(n), l.style.group)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// grouped writes n with a mark before each three digits.
func grouped(n uint64, mark string) string {
	digits := strconv.FormatUint(n, 10)
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3)
	head := len(digits) % 3
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if i > 0 {
			b.WriteString(mark)
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// Short writes a count in its short form: 412000 is "412 rb" or "412k", 1234567 is
// "1,2 jt" or "1.2m". Below a hundred of a step one decimal is shown unless it is zero.
func (l *Loc) Short(n int64) string {
	sign := ""
	if n < 0 {
		sign = minus
	}
	return sign + l.short(magnitude(n), 1, l.style.steps)
}

// short writes n ÷ per with the largest fitting step, rounded half away from zero.
func (l *Loc) short(n, per uint64, steps []step) string {
	for i, s := range steps {
		size := uint64(s.size) * per
		if n < size {
			continue
		}
		tenths := roundDiv(n, size/10)
		if tenths >= 1000 {
			tenths = roundDiv(n, size) * 10
		}
		if tenths >= 10_000 && i > 0 {
			s, tenths = steps[i-1], 10
		}
		text := grouped(tenths/10, l.style.group)
		if tenths%10 > 0 {
			text += l.style.decimal + strconv.FormatUint(tenths%10, 10)
		}
		return text + s.ending
	}
	return grouped(roundDiv(n, per), l.style.group)
}

func roundDiv(n, d uint64) uint64 {
	q, r := n/d, n%d
	if r >= d-r {
		q++
	}
	return q
}

// Bp writes basis points as a rate with one decimal: 480 is "4,8%", 500 is "5,0%".
func (l *Loc) Bp(bp int64) string { return l.sign(bp) + l.tenths(roundDiv(magnitude(bp), 10)) + "%" }

// Share writes basis points exactly, as taxes and shares are: 1100 is "11%", 3333 is "33,33%".
func (l *Loc) Share(bp int64) string {
	m := magnitude(bp)
	text := grouped(m/100, l.style.group)
	if frac := strings.TrimRight(strconv.FormatUint(100+m%100, 10)[1:], "0"); frac != "" {
		text += l.style.decimal + frac
	}
	return l.sign(bp) + text + "%"
}

// Points writes a difference of two rates in percentage points, always signed: "+0,4", "−1,3".
func (l *Loc) Points(bp int64) string {
	sign := l.sign(bp)
	if bp > 0 {
		sign = "+"
	}
	return sign + l.tenths(roundDiv(magnitude(bp), 10))
}

// Percent writes num ÷ den as a rate with one decimal, rounded once from the exact
// fraction. Without a base it is NoFigure: not measurable, never 0.
func (l *Loc) Percent(num, den int64) string {
	if den == 0 {
		return NoFigure
	}
	d := magnitude(den)
	hi, lo := bits.Mul64(magnitude(num), 1000)
	if hi >= d {
		return NoFigure
	}
	quo, rem := bits.Div64(hi, lo, d)
	if rem >= d-rem {
		quo++
	}
	sign := ""
	if quo > 0 && (num < 0) != (den < 0) {
		sign = minus
	}
	return sign + l.tenths(quo) + "%"
}

func (l *Loc) sign(n int64) string {
	if n < 0 {
		return minus
	}
	return ""
}

// tenths writes n tenths with exactly one decimal.
func (l *Loc) tenths(n uint64) string {
	return grouped(n/10, l.style.group) + l.style.decimal + strconv.FormatUint(n%10, 10)
}

// Rate writes a plain decimal, such as an exchange rate kept as text, in the language's
// marks: "15850.5" is "15.850,5" or "15,850.5". What is no decimal stays as it is.
func (l *Loc) Rate(plain string) string {
	whole, frac, point := strings.Cut(plain, ".")
	n, err := strconv.ParseUint(whole, 10, 64)
	if err != nil {
		return plain
	}
	if point {
		return grouped(n, l.style.group) + l.style.decimal + frac
	}
	return grouped(n, l.style.group)
}

// Money writes the exact amount: "Rp 425.000.000" or "IDR 425,000,000", "PHP 1.500,50". No
// amount at all is NoFigure.
func (l *Loc) Money(a money.Amount) string {
	if a.None() {
		return NoFigure
	}
	per := perMajor(a.Currency)
	m := magnitude(a.Minor)
	text := l.sign(a.Minor) + l.symbol(a.Currency) + grouped(m/per, l.style.group)
	if per > 1 {
		text += l.style.decimal + strconv.FormatUint(per+m%per, 10)[1:]
	}
	return text
}

// MoneyShort writes a rounded amount: "Rp 268 jt" or "IDR 268m". Beside it, or on hover and
// in print, stands Money.
func (l *Loc) MoneyShort(a money.Amount) string {
	if a.None() {
		return NoFigure
	}
	return l.sign(a.Minor) + l.symbol(a.Currency) + l.short(magnitude(a.Minor), perMajor(a.Currency), l.style.moneySteps)
}

// symbol stands before an amount: the rupiah's own sign in Indonesian, else the code.
func (l *Loc) symbol(c money.Currency) string {
	if c == money.CurrencyIDR {
		return l.style.rupiah
	}
	return string(c) + " "
}

func perMajor(c money.Currency) uint64 {
	per := uint64(1)
	for range c.Exponent() {
		per *= 10
	}
	return per
}

// Size writes a file size: "1,5 MB".
func (l *Loc) Size(bytes int64) string {
	n := magnitude(bytes)
	for _, s := range []step{{trillion, " TB"}, {billion, " GB"}, {million, " MB"}, {thousand, " kB"}} {
		if n >= uint64(s.size) {
			text := l.tenths(roundDiv(n, uint64(s.size)/10))
			return l.sign(bytes) + strings.TrimSuffix(text, l.style.decimal+"0") + s.ending
		}
	}
	return l.sign(bytes) + strconv.FormatUint(n, 10) + " B"
}
