package match

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"kolega/internal/column"
	"kolega/internal/locale"
)

// A word of a query fits a talent when a word on record begins with it. When no talent
// at all fits so, one typing error is forgiven; and when still none does, a handle fits
// by a part inside it.
const (
	leastInside = 3 // letters of a word that is looked for inside handles
	leastTypo   = 4 // letters of a word whose typing error is forgiven
)

// spoken is a word of a query: as typed, and its parts of letters and digits.
type spoken struct {
	whole string // "" for a word without signs in it
	parts []string
}

// spokenWords cuts a text into words. What is no letter or digit at a word's
// beginning is dropped, so that any text is a query.
func spokenWords(text string) []spoken {
	var out []spoken
	for _, w := range strings.Fields(locale.Fold(text)) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		s := spoken{parts: wordsOf(w)}
		for i := range s.parts {
			s.parts[i] = clipped(s.parts[i])
		}
		if len(s.parts) > 1 {
			s.whole = clipped(w)
		}
		if len(s.parts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// classes in which a text or a bio is looked for.
var (
	anywhere = []byte{inWords, inBio, inHandle, inPhone}
	bioOnly  = []byte{inBio}
)

// speak finds for each segment the rows that fit all words; nil for no words.
func (x *index) speak(words []spoken, classes []byte) [][]column.Bits {
	var out [][]column.Bits
	for _, w := range words {
		whole, found := x.whole(w, classes)
		all := make([]column.Bits, len(x.segs))
		for i, p := range w.parts {
			for k, rows := range x.part(p, classes, !found) {
				if i == 0 {
					all[k] = rows
				} else {
					all[k].And(rows)
				}
			}
		}
		for k := range whole {
			all[k].Or(whole[k])
		}
		out = append(out, all)
	}
	return out
}

// whole finds the rows of handles that begin with a word as it was typed.
func (x *index) whole(w spoken, classes []byte) (out []column.Bits, found bool) {
	if w.whole == "" || len(classes) == 1 {
		return nil, false
	}
	for _, s := range x.segs {
		rows := column.NewBits(s.n)
		s.beginning(inHandle, w.whole, rows)
		out, found = append(out, rows), found || !rows.Without(s.dead)
	}
	return out, found
}

// part finds the rows for one part of a word; with forgive what nobody fits is
// looked for inside handles and with a typing error.
func (x *index) part(p string, classes []byte, forgive bool) []column.Bits {
	out, found := make([]column.Bits, len(x.segs)), false
	for k, s := range x.segs {
		out[k] = column.NewBits(s.n)
		for _, c := range classes {
			s.beginning(c, p, out[k])
		}
		if rest, ok := strings.CutPrefix(p, "0"); ok && len(classes) > 1 && rest != "" {
			s.beginning(inPhone, "62"+rest, out[k])
		}
		found = found || !out[k].Without(s.dead)
	}
	n := utf8.RuneCountInString(p)
	if found || !forgive || n < leastInside || !strings.ContainsFunc(p, unicode.IsLetter) {
		return out
	}
	if n >= leastTypo {
		for k, s := range x.segs {
			for _, c := range classes {
				if c != inPhone {
					s.mistyped(c, []rune(p), out[k])
				}
			}
			found = found || !out[k].Without(s.dead)
		}
	}
	if found || len(classes) == 1 {
		return out
	}
	for k, s := range x.segs { // last, as it looks at every handle
		s.inside(p, out[k])
	}
	return out
}

// beginning adds the rows of the words of a class that begin with p.
func (s *segment) beginning(class byte, p string, into column.Bits) {
	s.words.Prefix(append([]byte{class}, p...), func(c *column.Cursor) bool {
		s.addRows(c.Ref, into)
		return true
	})
}

func (s *segment) addRows(ref uint64, into column.Bits) {
	if ref&1 == 1 {
		into.Add(uint32(ref >> 1))
		return
	}
	column.AddRows(s.lists[s.listAt[ref>>1]:], into)
}

// inside adds the rows of the handles that have p in them.
func (s *segment) inside(p string, into column.Bits) {
	part := []byte(p)
	s.words.Prefix([]byte{inHandle}, func(c *column.Cursor) bool {
		if bytes.Contains(c.Key[1:], part) {
			s.addRows(c.Ref, into)
		}
		return true
	})
}

// mistyped adds the rows of the words that begin with p after one letter of p was
// left out, put in, changed, or changed places with the next.
func (s *segment) mistyped(class byte, p []rune, into column.Bits) {
	try := func(parts ...[]rune) {
		var b strings.Builder
		for _, q := range parts {
			b.WriteString(string(q))
		}
		s.beginning(class, b.String(), into)
	}
	for i := range p {
		try(p[:i], p[i+1:])
		if i+1 < len(p) {
			try(p[:i], []rune{p[i+1], p[i]}, p[i+2:])
		}
		for _, r := range s.following(class, string(p[:i])) {
			try(p[:i], []rune{r}, p[i:])
			try(p[:i], []rune{r}, p[i+1:])
		}
	}
}

// following lists the letters that follow a beginning in the words of a class.
func (s *segment) following(class byte, p string) []rune {
	var out []rune
	prefix := append([]byte{class}, p...)
	for c := s.words.Seek(prefix); c.OK && bytes.HasPrefix(c.Key, prefix); {
		rest := c.Key[len(prefix):]
		if len(rest) == 0 {
			c.Next()
			continue
		}
		r, n := utf8.DecodeRune(rest)
		out = append(out, r)
		after := append([]byte(nil), c.Key[:len(prefix)+n]...)
		c = s.words.Seek(append(after, 0xff)) // no word has this byte: past all that go on so
	}
	return out
}
