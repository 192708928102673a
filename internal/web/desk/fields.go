package desk

import (
	"net/url"
	"strconv"
	"strings"

	"kolega/internal/custom"
	"kolega/internal/locale"
)

// FieldsTyped takes the values of the agency's own fields out of a form or an address, by
// field.
func FieldsTyped(v url.Values) map[string]string {
	out := map[string]string{}
	for name := range v {
		if id, ok := strings.CutPrefix(name, custom.Field{}.Input()); ok && id != "" {
			out[id] = strings.TrimSpace(v.Get(name))
		}
	}
	return out
}

// numberIn writes a kept number with the reader's signs.
func numberIn(l *locale.Loc, v string) string {
	whole, rest, _ := strings.Cut(strings.TrimPrefix(v, "-"), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return v
	}
	out := l.Int(n)
	if strings.HasPrefix(v, "-") {
		out = "-" + out
	}
	if rest != "" {
		sign := "."
		if l.Lang != "en" {
			sign = ","
		}
		out += sign + rest
	}
	return out
}
