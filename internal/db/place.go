package db

import (
	"strconv"
	"strings"
)

// unnamed turns "$1, $2, …" into "?, ?, …" where the numbers stand in order and each
// once. SQLite takes $1 for a name and looks each one up among all the others, so a
// statement with many of them would cost the square of their number. Other texts
// stay as they are.
func unnamed(text string) string {
	if !strings.Contains(text, "$2") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	next, quoted := 1, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\'' {
			quoted = !quoted
		}
		if c != '$' || quoted {
			b.WriteByte(c)
			continue
		}
		end := i + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		if text[i+1:end] != strconv.Itoa(next) {
			return text
		}
		next++
		b.WriteByte('?')
		i = end - 1
	}
	return b.String()
}
