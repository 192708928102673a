package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// covered are the letters and signs that the embedded type has: Latin with its
// extensions, punctuation and the currencies in use.
var covered = &unicode.RangeTable{R16: []unicode.Range16{
	{0x20, 0x7e, 1}, {0xa0, 0xac, 1}, {0xae, 0x148, 1}, {0x14a, 0x17e, 1}, {0x1a0, 0x1a1, 1}, {0x1af, 0x1b0, 1},
	{0x218, 0x21b, 1}, {0x1e80, 0x1e85, 1}, {0x1e9e, 0x1e9e, 1}, {0x1ea0, 0x1ef9, 1},
	{0x2009, 0x2009, 1}, {0x2010, 0x2010, 1}, {0x2012, 0x2015, 1}, {0x2018, 0x201a, 1}, {0x201c, 0x201e, 1},
	{0x2020, 0x2022, 1}, {0x2026, 0x2026, 1}, {0x2030, 0x2030, 1}, {0x2032, 0x2033, 1}, {0x2039, 0x203a, 1},
	{0x2044, 0x2044, 1}, {0x20ac, 0x20ac, 1}, {0x20b1, 0x20b1, 1}, {0x2116, 0x2116, 1}, {0x2122, 0x2122, 1},
	{0x2190, 0x2193, 1}, {0x2212, 0x2212, 1}, {0x2248, 0x2248, 1}, {0x2260, 0x2260, 1}, {0x2264, 0x2265, 1},
	{0x25cb, 0x25cb, 1}, {0x25cf, 0x25cf, 1},
}, LatinOffset: 3}

// replaced are signs with a near relative in the type.
var replaced = map[rune]string{
	'\t': "    ", '\u2011': "-", '\u202f': "\u00a0", '\u2007': "\u00a0", '\u2003': " ", '\u2002': " ", '\u00ad': "", '✓': "•", '■': "•",
}

// printable keeps what the type can show. Fancy letters and foreign accents become their
// plain letters, emoji and invisible marks go, and a letter of another script is shown
// as a question mark rather than left out.
func printable(s string) string {
	if allCovered(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		b.WriteString(shown(r))
	}
	return strings.TrimRight(b.String(), " ")
}

func allCovered(s string) bool {
	for _, r := range s {
		if r != '\n' && !unicode.Is(covered, r) {
			return false
		}
	}
	return true
}

func shown(r rune) string {
	if r == '\n' || unicode.Is(covered, r) {
		return string(r)
	}
	if text, ok := replaced[r]; ok {
		return text
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc, unicode.So, unicode.Sk, unicode.Cs, unicode.Co) {
		return ""
	}
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		if unicode.Is(covered, part) {
			b.WriteRune(part)
		}
	}
	if b.Len() == 0 {
		return "?"
	}
	return b.String()
}

// wrapText breaks text at spaces into lines no wider than w by measure; line ends are
// kept and a word that is too wide alone is cut.
func wrapText(text string, w float64, measure func(string) float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' }) {
			if joined := line + " " + word; line != "" && measure(joined) <= w {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			var cut []string
			cut, line = cutWord(word, w, measure)
			lines = append(lines, cut...)
		}
		lines = append(lines, line)
	}
	for len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// cutWord cuts full lines off a word that is wider than w and gives the rest.
func cutWord(word string, w float64, measure func(string) float64) (full []string, rest string) {
	for measure(word) > w {
		end, first := 0, true
		for i, r := range word {
			next := i + len(string(r))
			if !first && measure(word[:next]) > w {
				break
			}
			end, first = next, false
		}
		if end >= len(word) {
			break
		}
		full, word = append(full, word[:end]), word[end:]
	}
	return full, word
}
