package find

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"kolega/internal/locale"
)

// Kind says what was found.
type Kind string

// The kinds, in the order in which equal ones stand.
const (
	Talent      Kind = "talent"
	Campaign    Kind = "campaign"
	Client      Kind = "client"
	Brand       Kind = "brand"
	Contact     Kind = "contact"
	Opportunity Kind = "opportunity"
	Agreement   Kind = "agreement"
	Invoice     Kind = "invoice"
	Post        Kind = "post"
	Task        Kind = "task"
)

// Kinds lists them.
func Kinds() []Kind {
	return []Kind{Talent, Campaign, Client, Brand, Contact, Opportunity, Agreement, Invoice, Post, Task}
}

// Line is one thing that can be found.
type Line struct {
	Kind   Kind
	ID     string
	Within string // the record on whose page it stands, where it has none of its own
	Title  string
	Second string   // what tells it from others of the same title
	Keys   []string // what it is found by beside title and second: handles, numbers, phones
	At     time.Time
}

// mostText is how many letters of a text are looked at.
const mostText = 200

// leastInside is the length from which a word is found inside another, as a part of a
// handle or of a number is.
const leastInside = 3

// Sought is a text made ready to be looked for.
type Sought struct {
	whole string // folded
	words []word
}

// word is one word of the text: as typed, and squeezed to letters and digits.
type word struct {
	parts    []string
	squeezed string
}

// Look makes a text ready. Case and accents do not matter; "@" and "#" before a word
// neither; of a number its leading zeros do not, as 0812 and +62812 are one phone.
func Look(text string) (s Sought) {
	if r := []rune(text); len(r) > mostText {
		text = string(r[:mostText])
	}
	s.whole = strings.TrimLeft(locale.Fold(text), "@#")
	for _, w := range strings.Fields(s.whole) {
		x := word{parts: strings.FieldsFunc(w, apart), squeezed: squeeze(w)}
		if number(x.squeezed) && len(x.squeezed) >= leastInside {
			x.squeezed = cmp.Or(strings.TrimLeft(x.squeezed, "0"), x.squeezed)
		}
		if x.squeezed != "" {
			s.words = append(s.words, x)
		}
	}
	return s
}

// Empty says that there is nothing to look for.
func (s Sought) Empty() bool { return len(s.words) == 0 }

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func number(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func squeeze(s string) string {
	if !strings.ContainsFunc(s, apart) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if apart(r) {
			return -1
		}
		return r
	}, s)
}

// The ranks, the best first; none is no hit.
const (
	whole   = iota // the title itself
	opening        // the title begins with the text
	titled         // each word begins a word of the title
	keyed          // each word begins a word somewhere
	inside         // some word stands inside another
	none
)

// rank says how well a line fits. Every word must be found in it.
func (s Sought) rank(l *Line) int {
	title := locale.Fold(l.Title)
	switch {
	case s.whole == title:
		return whole
	case strings.HasPrefix(title, s.whole):
		return opening
	}
	worst := titled
	folded := ""
	for i := range s.words {
		r := s.words[i].in(title, titled)
		if r > keyed {
			if folded == "" {
				folded = locale.Fold(strings.Join(append(l.Keys[:len(l.Keys):len(l.Keys)], l.Second), " "))
			}
			r = min(r, s.words[i].in(folded, keyed))
		}
		if worst = max(worst, r); worst == none {
			return none
		}
	}
	return worst
}

// in looks for a word in a folded text: good where it begins one of its words.
func (w *word) in(text string, good int) int {
	begun := 0
	for _, p := range w.parts {
		if begins(text, p) {
			begun++
		}
	}
	switch {
	case begun == len(w.parts) && begun > 0:
		return good
	case len(w.squeezed) < leastInside:
		return none
	}
	for t := range strings.FieldsSeq(text) {
		if strings.Contains(squeeze(t), w.squeezed) {
			return inside
		}
	}
	return none
}

// begins says whether some word of a folded text begins with p.
func begins(text, p string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], p)
		if i < 0 {
			return false
		}
		if at += i; at == 0 || apart(lastRune(text[:at])) {
			return true
		}
		at += len(p)
	}
}

func lastRune(s string) rune {
	var last rune
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < 0x80 || s[i] >= 0xc0 {
			for _, r := range s[i:] {
				last = r
			}
			break
		}
	}
	return last
}

// ranked is a line that fits.
type ranked struct {
	Line
	rank int
}

// pick gives the lines that fit, the best first: of equal ones the newest.
func (s Sought) pick(lines []Line) (out []ranked) {
	for i := range lines {
		if r := s.rank(&lines[i]); r < none {
			out = append(out, ranked{lines[i], r})
		}
	}
	slices.SortStableFunc(out, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), b.At.Compare(a.At), strings.Compare(a.Title, b.Title), strings.Compare(a.ID, b.ID))
	})
	return out
}

// arrange puts the kinds in order: first the one whose best line fits best.
func arrange(by map[Kind][]ranked, most int) (out []Line) {
	kinds := slices.DeleteFunc(Kinds(), func(k Kind) bool { return len(by[k]) == 0 })
	slices.SortStableFunc(kinds, func(a, b Kind) int { return cmp.Compare(by[a][0].rank, by[b][0].rank) })
	for _, k := range kinds {
		for _, r := range by[k][:min(len(by[k]), most)] {
			out = append(out, r.Line)
		}
	}
	return out
}
