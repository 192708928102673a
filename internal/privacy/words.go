package privacy

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blotted stands where a word was.
const Blotted = "•••"

// Words are the names, numbers and addresses of one person.
type Words struct {
	all, alone []string // alone: those that no text about somebody else would hold
}

// KnownBy gathers the words of the values that identify a person alone, of those that may,
// and of those that do so only near the person. A phone number counts in the forms people write it in without
// spaces; a word of less than three letters is no word.
func KnownBy(alone, values, near []string) Words {
	var w Words
	for i, v := range slices.Concat(alone, values, near) {
		v = strings.TrimSpace(v)
		if len([]rune(v)) < 3 {
			continue
		}
		forms := append([]string{v}, phoneForms(v)...)
		w.all = append(w.all, forms...)
		if i < len(alone) || i < len(alone)+len(values) && identifies(v) {
			w.alone = append(w.alone, forms...)
		}
	}
	for _, list := range []*[]string{&w.all, &w.alone} {
		slices.SortFunc(*list, func(a, b string) int { return len(b) - len(a) }) // the longest first
		*list = slices.Compact(*list)
	}
	return w
}

// phoneForms gives the other forms of a number in E.164 form of the two countries at home.
func phoneForms(v string) []string {
	rest, plus := strings.CutPrefix(v, "+")
	if !plus || strings.Trim(rest, "0123456789") != "" || len(rest) < 9 {
		return nil
	}
	out := []string{rest}
	if rest[:2] == "62" || rest[:2] == "63" {
		out = append(out, "0"+rest[2:])
	}
	return out
}

// identifies says whether a word stands for one person in any text: an address, a
// number, a full name or a handle that is no everyday word.
func identifies(v string) bool {
	digits := 0
	for _, r := range v {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return strings.Contains(v, "@") || digits >= 7 || strings.ContainsAny(v, " ._") && len([]rune(v)) >= 8
}

// blotter takes words out of texts. Words are found in any case, as whole words, and as
// they stand in a JSON string.
type blotter struct{ find *regexp.Regexp }

// newBlotter makes the one for a list of words, nil when there are none.
func newBlotter(words []string) *blotter {
	var parts []string
	for _, w := range words {
		parts = append(parts, regexp.QuoteMeta(w))
		if b, err := json.Marshal(w); err == nil {
			if quoted := string(b[1 : len(b)-1]); quoted != w {
				parts = append(parts, regexp.QuoteMeta(quoted))
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &blotter{regexp.MustCompile("(?i)" + strings.Join(parts, "|"))}
}

// places are where the words stand as whole words: no letter or digit goes on from
// one, as in a longer name or number.
func (b *blotter) places(text string) (out [][]int) {
	if b == nil || text == "" {
		return nil
	}
	for _, at := range b.find.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		first, _ := utf8.DecodeRuneInString(text[at[0]:])
		last, _ := utf8.DecodeLastRuneInString(text[:at[1]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if !goesOn(before, first) && !goesOn(last, after) {
			out = append(out, at)
		}
	}
	return out
}

func goesOn(a, b rune) bool {
	return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLetter(b) || unicode.IsDigit(b))
}

// hit says whether a text holds one of the words.
func (b *blotter) hit(text string) bool { return len(b.places(text)) > 0 }

// out gives the text without them.
func (b *blotter) out(text string) string {
	var s strings.Builder
	from := 0
	for _, at := range b.places(text) {
		s.WriteString(text[from:at[0]])
		s.WriteString(Blotted)
		from = at[1]
	}
	return s.String() + text[from:]
}
