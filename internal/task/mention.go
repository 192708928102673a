package task

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"kolega/internal/access"
)

// Mention says that somebody was called by "@name" in a text (A68).
type Mention struct {
	ID         string
	PersonID   string
	ByID, By   string
	CampaignID string
	Href       string // where it was
	Text       string
	At         time.Time
	SeenAt     time.Time
}

// Mentioned gives the people that a text calls by "@" and their first name, or the part
// of their e-mail before the at sign. A name that two people bear calls both; whoever
// writes calls nobody by the own name.
func Mentioned(text string, people []access.Person, by string) (out []access.Person) {
	names := map[string]bool{}
	for i, part := range strings.Split(text, "@") {
		if i == 0 {
			continue
		}
		name := part
		if end := strings.IndexFunc(part, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' && r != '_'
		}); end >= 0 {
			name = part[:end]
		}
		if name = strings.ToLower(strings.Trim(name, ".-_")); name != "" {
			names[name] = true
		}
	}
	for _, p := range people {
		first, _, _ := strings.Cut(strings.ToLower(p.Name), " ")
		local, _, _ := strings.Cut(strings.ToLower(p.Email), "@")
		if p.Active() && p.ID != by && (names[first] || names[local]) && !slices.ContainsFunc(out, func(o access.Person) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}
