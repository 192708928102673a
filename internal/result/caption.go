package result

import (
	"slices"
	"strings"
	"unicode"
)

// Wanted is what the approved version says that the published caption carries.
type Wanted struct {
	Caption            string
	Hashtags, Mentions []string // with or without their sign
}

// disclosures are the words and tags that tell viewers of advertising, in the
// languages of our markets, folded. A platform's own label is not in the caption: a
// person who sees it ticks the check by hand.
var disclosures = struct{ tags, words []string }{
	tags: []string{"#ad", "#ads", "#iklan", "#sponsored", "#sponsor", "#kerjasama", "#kerjasamaberbayar", "#kemitraanberbayar", "#paidpartnership", "#paidpromotion", "#endorsement"},
	words: []string{"kerja sama berbayar", "kerjasama berbayar", "kemitraan berbayar", "bekerja sama dengan", "disponsori", "iklan berbayar", "paid partnership", "paid promotion",
		"in partnership with", "sponsored by", "bayad na pakikipagtulungan"},
}

// ReadCaption compares the caption as published with what was approved (A53): whether
// the approved words stand, which hashtags, mentions and addresses are missing, and
// whether anything says that it is advertising. Case, spaces and emoji do not count.
// The note of a look names what is missing, in the approved version's own words.
func ReadCaption(w Wanted, published string) []LiveCheck {
	have := tokens(published)
	var out []LiveCheck
	add := func(key CheckKey, missing []string) {
		out = append(out, LiveCheck{Key: key, OK: len(missing) == 0, Note: strings.Join(missing, " ")})
	}
	if w.Caption != "" {
		add(CheckCaption, missingLine(w.Caption, published))
	}
	var tags []string
	for _, list := range []struct {
		sign string
		of   []string
	}{{"#", w.Hashtags}, {"@", w.Mentions}} {
		for _, t := range list.of {
			if t = strings.TrimSpace(t); t != "" && !strings.HasPrefix(t, list.sign) {
				t = list.sign + t
			}
			if t != "" && !slices.Contains(have, fold(t)) && !slices.Contains(tags, t) {
				tags = append(tags, t)
			}
		}
	}
	if len(w.Hashtags)+len(w.Mentions) > 0 {
		add(CheckTags, tags)
	}
	if !discloses(have, published) {
		add(CheckDisclosure, []string{"#iklan / #ad"})
	} else {
		add(CheckDisclosure, nil)
	}
	if wanted := addresses(w.Caption); len(wanted) > 0 {
		add(CheckAddress, slices.DeleteFunc(wanted, func(a string) bool { return slices.Contains(have, fold(a)) }))
	}
	return out
}

// missingLine gives the first line of the approved caption that is not published; its
// tags and addresses are judged apart.
func missingLine(approved, published string) []string {
	have := plain(published)
	for line := range strings.Lines(approved) {
		if want := plain(line); want != "" && !strings.Contains(have, want) {
			return []string{short(strings.TrimSpace(line))}
		}
	}
	return nil
}

// short cuts a text for a note.
func short(s string) string {
	r := []rune(s)
	if len(r) <= 80 {
		return s
	}
	return string(r[:79]) + "…"
}

// plain is the text that people read: folded words without tags, mentions, addresses,
// emoji and marks.
func plain(s string) string {
	var words []string
	for _, w := range strings.Fields(s) {
		if strings.HasPrefix(w, "#") || strings.HasPrefix(w, "@") || isAddress(w) {
			continue
		}
		w = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, w)
		if w != "" {
			words = append(words, w)
		}
	}
	return " " + strings.Join(words, " ") + " "
}

// tokens are the words, tags and addresses of a caption, folded, without the marks
// around them. "#a#b" are two tags.
func tokens(s string) (out []string) {
	for _, w := range strings.Fields(s) {
		if isAddress(w) {
			out = append(out, fold(w))
			continue
		}
		for _, part := range strings.FieldsFunc(strings.NewReplacer("#", " #", "@", " @").Replace(w), unicode.IsSpace) {
			out = append(out, fold(part))
		}
	}
	return out
}

func fold(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool {
		return r != '#' && r != '@' && r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}))
}

func isAddress(w string) bool {
	return strings.Contains(w, "://") || strings.HasPrefix(strings.ToLower(w), "www.")
}

func addresses(s string) (out []string) {
	for _, w := range strings.Fields(s) {
		if isAddress(w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

func discloses(have []string, published string) bool {
	for _, t := range disclosures.tags {
		if slices.Contains(have, t) {
			return true
		}
	}
	text := plain(published)
	return slices.ContainsFunc(disclosures.words, func(w string) bool { return strings.Contains(text, " "+w+" ") })
}
