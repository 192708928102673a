package ui

import (
	"context"
	"hash/fnv"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/web/asset"
)

// t is locale.T with this area's prefix.
func t(ctx context.Context, key string, args ...any) string { return locale.T(ctx, "ui."+key, args...) }

// word takes the text given by the caller, or the usual one.
func word(ctx context.Context, given, key string) string {
	if given != "" {
		return given
	}
	return t(ctx, key)
}

// faultText turns the code of a fault into its text; a text with spaces is shown as it is.
func faultText(ctx context.Context, code string) string {
	if code == "" || strings.ContainsRune(code, ' ') {
		return code
	}
	return locale.From(ctx).Code(code)
}

// iconURL is the address of one symbol of the sprite.
func iconURL(name string) string { return asset.URL("icons.svg") + "#" + name }

// Initials takes the first letters of the first two words of a name.
func Initials(name string) string {
	var out []rune
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		r, _ := utf8.DecodeRuneInString(w)
		if out = append(out, unicode.ToUpper(r)); len(out) == 2 {
			break
		}
	}
	return string(out)
}

// tint picks one of n tints from a text, the same each time.
func tint(key string, n uint32) string {
	h := fnv.New32a()
	_, _ = io.WriteString(h, key) // a hash does not fail
	return strconv.FormatUint(uint64(h.Sum32()%n+1), 10)
}

func itoa(n int) string { return strconv.Itoa(n) }

// num writes a geometry value with at most two decimals.
func num(f float64) string { return strconv.FormatFloat(float64(int64(f*100+0.5))/100, 'f', -1, 64) }

// share is part of whole in percent, kept within 0 and 100.
func share(part, whole int64) float64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	if part >= whole {
		return 100
	}
	return float64(part) * 100 / float64(whole)
}

// cx joins class names, leaving out the empty ones.
func cx(names ...string) string {
	kept := names[:0:0]
	for _, n := range names {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}

func when(ok bool, text string) string {
	if ok {
		return text
	}
	return ""
}

// ref turns a path into a safe address; empty stays empty.
func ref(href string) templ.SafeURL { return templ.URL(href) }
