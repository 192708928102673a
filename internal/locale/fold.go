package locale

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// strokes are letters that Unicode does not take apart into a base and an accent.
var strokes = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "ħ", "h", "ŧ", "t")

// Fold is the key by which names are matched and sorted: case, accents, width and
// fancy letters are folded away and spaces made single. "  Béa  Santillán" and
// "𝐁𝐄𝐀 SANTILLAN" have one key.
func Fold(s string) string {
	if plain, ok := foldASCII(s); ok {
		return plain
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range strokes.Replace(cases.Fold().String(norm.NFKD.String(s))) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldASCII folds plain text without tables, and returns it unchanged when it is
// folded already.
func foldASCII(s string) (string, bool) {
	same := true
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return "", false
		}
		if c >= 'A' && c <= 'Z' || c < ' ' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			same = false
		}
	}
	if same {
		return s, true
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " "), true
}
