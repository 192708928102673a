package talent

import (
	"strings"

	"kolega/internal/locale"
)

// Guess reads how a table is laid out from its head and a sample of rows below it.
// The result has one Column for each cell of the head. What it cannot tell it
// leaves out; nothing is taken in because it looks like something else.
func Guess(head []string, sample [][]string) []Column {
	out := make([]Column, len(head))
	posts := false
	for i, h := range head {
		out[i] = readHeader(h)
		posts = posts || isPostHeader(h)
	}
	values := func(i int) []string { return valuesOf(sample, i) }
	for i := range out {
		out[i] = byContent(out[i], values(i))
		if posts && !identifies(out[i].Field) && out[i].Field != FieldNone {
			out[i].Field, out[i].Why = FieldNone, "post"
		}
	}
	oneHandle(out, values)
	twins(out, values)
	return out
}

// identifies says whether the field tells who it is, rather than how large.
func identifies(f Field) bool {
	return f == FieldName || f == FieldHandle || f == FieldPlatform || f == FieldPlatformID
}

func isPostHeader(h string) bool {
	ws := words(h)
	for _, p := range postWords {
		if holds(ws, p) {
			return true
		}
	}
	return false
}

func valuesOf(sample [][]string, col int) []string {
	var out []string
	for _, row := range sample {
		if col < len(row) && strings.TrimSpace(row[col]) != "" {
			out = append(out, strings.TrimSpace(row[col]))
		}
	}
	return out
}

// share is the part of values for which is is true; 0 of none.
func share(values []string, is func(string) bool) float64 {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return float64(n) / float64(max(len(values), 1))
}

func isCount(s string) bool { _, err := locale.ParseFollowers(s); return err == nil }

func looksLikeHandle(s string) bool {
	if strings.HasPrefix(s, "@") || isLink(s) {
		return true
	}
	_, err := placeOn(Instagram, s)
	return err == nil && s == strings.ToLower(s)
}

// byContent corrects what a header alone says wrongly: a column "Instagram" full of
// counts holds followers; a column "Channel" full of links holds handles.
func byContent(c Column, values []string) Column {
	if len(values) == 0 {
		return c
	}
	switch {
	case c.Field == FieldHandle && share(values, isCount) > 0.8 && share(values, isLink) == 0 && bareLabel(c):
		c.Field = FieldFollowers
	case c.Field == FieldHandle && share(values, hasScheme) > 0.8 && share(values, isProfile) < 0.3: // pictures, single posts
		c.Field, c.Platform = FieldNone, ""
	case c.Field == FieldPlatform && share(values, isLink) > 0.8:
		c.Field = FieldHandle
	case c.Field == FieldPlatform && share(values, isPlatform) < 0.5:
		c.Field = FieldName
	case c.Field == FieldPrice && share(values, hasDigit) < 0.5:
		c.Field, c.Format, c.Platform = FieldNone, "", ""
	case c.Field == FieldKind && share(values, isKind) < 0.5:
		c.Field = FieldNone
	case c.Field == FieldPhone && share(values, func(s string) bool { return strings.Contains(s, "@") }) > 0.5:
		c.Field = FieldEmail
	case c.Field == FieldPhone && share(values, hasDigit) < 0.3:
		c.Field = FieldManager
	}
	return c
}

// bareLabel says whether the header is a platform's name alone.
func bareLabel(c Column) bool {
	for _, w := range words(c.Header) {
		if platformWords[w] == "" {
			return false
		}
	}
	return true
}

func hasScheme(s string) bool  { return strings.Contains(s, "://") }
func isProfile(s string) bool  { _, err := PlaceOf(s, ""); return err == nil }
func isPlatform(s string) bool { _, ok := platformOf(s); return ok }
func isKind(s string) bool     { _, ok := kindOf(s); return ok }
func hasDigit(s string) bool   { return strings.ContainsAny(s, "0123456789") }

// oneHandle decides between several handle columns of one platform: the one whose
// cells look most like handles stays; a header that spoke of a name gives way to a
// name, another is kept as a second source.
func oneHandle(cols []Column, values func(int) []string) {
	for i := range cols {
		if cols[i].Field != FieldHandle {
			continue
		}
		named := false
		for _, w := range words(cols[i].Header) {
			named = named || w == "name" || w == "nama"
		}
		if named && share(values(i), looksLikeHandle) < 0.8 {
			cols[i].Field, cols[i].Platform = FieldName, ""
		}
	}
}

// twins keeps one of several columns for the same figure: the one with the most
// cells written in full, then the first.
func twins(cols []Column, values func(int) []string) {
	for i := range cols {
		if cols[i].Field == FieldNone || cols[i].Field.several() || cols[i].Field == FieldHandle {
			continue
		}
		best, full := i, share(values(i), writtenInFull)
		for j := i + 1; j < len(cols); j++ {
			if cols[j].Field != cols[i].Field || cols[j].Platform != cols[i].Platform || cols[j].Format != cols[i].Format {
				continue
			}
			loser := j
			if f := share(values(j), writtenInFull); f > full && cols[i].Field != FieldName {
				loser, best, full = best, j, f
			}
			if loser != i {
				cols[loser].Field, cols[loser].Why = FieldNone, "twin"
			}
		}
		if best != i {
			cols[i].Field, cols[i].Why = FieldNone, "twin"
		}
	}
}

func writtenInFull(s string) bool { return isCount(s) && strings.Trim(s, "0123456789.,") == "" }

// HeadRow finds the row of a table's beginning that names the columns: the first
// with the most recognised headers. -1 if the rows begin with data: then the first
// row itself reads as an account.
func HeadRow(first [][]string) int {
	best, most := 0, -1
	for i, row := range first {
		n := 0
		for _, cell := range row {
			if c := readHeader(cell); c.Field != FieldNone && len(words(cell)) <= 6 && !isLink(strings.TrimSpace(cell)) && !strings.HasPrefix(strings.TrimSpace(cell), "@") {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if most > 0 {
		return best
	}
	if len(first) > 0 {
		for _, cell := range first[0] {
			if s := strings.TrimSpace(cell); strings.HasPrefix(s, "@") || isLink(s) {
				return -1
			}
		}
	}
	for i, row := range first {
		for _, cell := range row {
			if strings.TrimSpace(cell) != "" {
				return i
			}
		}
	}
	return 0
}

// GuessWithoutHead reads the layout of a table that has no head from its cells.
func GuessWithoutHead(sample [][]string) []Column {
	width := 0
	for _, row := range sample {
		width = max(width, len(row))
	}
	out := make([]Column, width)
	used := map[Field]bool{}
	for i := range out {
		values := valuesOf(sample, i)
		field := FieldNone
		switch {
		case len(values) == 0:
		case share(values, isPlatform) > 0.8:
			field = FieldPlatform
		case share(values, func(s string) bool { return strings.HasPrefix(s, "@") || isLink(s) }) > 0.8:
			field = FieldHandle
		case share(values, func(s string) bool { _, err := EmailOf(s); return err == nil }) > 0.8:
			field = FieldEmail
		case share(values, func(s string) bool { _, err := PhoneOf(s, ""); return err == nil }) > 0.8:
			field = FieldPhone
		}
		if !used[field] {
			out[i].Field = field
		}
		used[field] = field != FieldNone
	}
	return out
}
