package xlsx

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const longest = 32_767 // UTF-16 units of a cell

// fit cuts text to what a cell takes.
func fit(text string) string {
	if len(text) <= longest {
		return text
	}
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units > longest {
			return text[:i]
		}
	}
	return text
}

// appendText escapes for XML. What XML cannot hold is written as Excel does it, _x0007_,
// and so is text that looks like that.
func appendText(out []byte, text string) []byte {
	last := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' && c != '_' && c != '"' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if with, ok := escaped(r, size, text[i:]); ok {
			out = append(append(out, text[last:i]...), with...)
			last = i + size
		}
		i += size
	}
	return append(out, text[last:]...)
}

func escaped(r rune, size int, rest string) (string, bool) {
	switch {
	case r == '&':
		return "&amp;", true
	case r == '<':
		return "&lt;", true
	case r == '>':
		return "&gt;", true
	case r == '"':
		return "&quot;", true
	case r == '\r':
		return "&#xD;", true
	case r == '_':
		_, isCode := code(rest)
		return "_x005F_", isCode
	case r == utf8.RuneError && size == 1:
		return "\ufffd", true
	case r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff:
		hex := strconv.FormatInt(int64(r), 16)
		return "_x" + strings.Repeat("0", 4-len(hex)) + hex + "_", true
	}
	return "", false
}

// code reads _x0041_ at the beginning of text.
func code(text string) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}

// decoded turns _x0041_ back.
func decoded(text string) string {
	at := strings.Index(text, "_x")
	if at < 0 {
		return text
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(text[:at])
		if r, ok := code(text[at:]); ok {
			b.WriteRune(r)
			text = text[at+7:]
		} else {
			b.WriteByte('_')
			text = text[at+1:]
		}
		at = strings.Index(text, "_x")
	}
	b.WriteString(text)
	return b.String()
}

// appendDecimal writes n ÷ 10^digits.
func appendDecimal(out []byte, n int64, digits int) []byte {
	if n < 0 {
		out = append(out, '-')
		n = -n
	}
	text := strconv.FormatInt(n, 10)
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	out = append(out, text[:len(text)-digits]...)
	if digits > 0 {
		out = append(append(out, '.'), text[len(text)-digits:]...)
	}
	return out
}

var dayZero = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

// serial is the days since the end of 1899 on t's own clock, and the seconds of its day.
func serial(t time.Time) (days, seconds int64) {
	_, off := t.Zone()
	s := t.Unix() + int64(off) - dayZero.Unix()
	days = s / 86_400
	if seconds = s % 86_400; seconds < 0 {
		days, seconds = days-1, seconds+86_400
	}
	return days, seconds
}
