package campaign

import (
	"path"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/paper/prose"
)

// Document is a file of the client's, kept as it came. Kind is what was found in it:
// "text", "docx" or "pdf", or "" when no words can be taken out.
type Document struct {
	ID         string
	CampaignID string
	Name       string
	Kind       string
	MediaType  string
	SHA256     string
	Size       int64 // bytes
	AddedAt    time.Time
	AddedBy    string
}

// Readable tells whether points can be proposed from the file.
func (f Document) Readable() bool { return f.Kind != "" }

// ErrDocumentMissing asks for a file or a text.
var ErrDocumentMissing = fault.Field("file", "brief.file-missing")

// fileName is the last part of a name as it came, without what no name needs.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`"<>|:*?/`, r) {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	if name = strings.TrimSpace(name); name == "" || name == "." {
		return "brief"
	}
	return name
}

// Reading is a text cut into suggestions, and what they clash with.
type Reading struct {
	Document    Document // zero for a pasted text
	Text        string
	Suggestions []Suggestion
	Clashes     []Clash
}

// Clash asks about a suggestion that seems to contradict a point of the draft, or
// another suggestion.
type Clash struct {
	At       int    // place of the suggestion, from 0
	Point    int64  // number of the point, or 0
	With     int    // place of the other suggestion, when Point is 0
	WithText string // of the other
}

// ReadText cuts a text into suggestions beside the points that are there. What the
// brief says already is left out.
func ReadText(text string, there []Point) Reading {
	r := Reading{Text: text}
	said := map[string]bool{}
	for _, p := range there {
		said[normal(p.Text)] = true
	}
	for _, s := range Suggest(text) {
		if !said[normal(s.Text)] {
			r.Suggestions = append(r.Suggestions, s)
		}
	}
	r.Clashes = clashesOf(r.Suggestions, there)
	return r
}

func clashesOf(list []Suggestion, there []Point) (out []Clash) {
	for i, s := range list {
		a := Point{Kind: s.Kind, Text: s.Text}
		for _, p := range there {
			if a.Binding() && p.Binding() && clash(a, p) {
				out = append(out, Clash{At: i, Point: p.Number, WithText: p.Text})
			}
		}
		for j, o := range list[:i] {
			if b := (Point{Kind: o.Kind, Text: o.Text}); a.Binding() && b.Binding() && clash(a, b) {
				out = append(out, Clash{At: i, With: j, WithText: o.Text})
			}
		}
	}
	return out
}

// readDocument gives what is in a document; a document without words is no error here,
// for it is kept all the same.
func readDocument(data []byte) (text string, kind prose.Kind) {
	text, kind, err := prose.Read(data)
	if err != nil {
		return "", ""
	}
	return text, kind
}
