package pitch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"kolega/internal/money"
	"kolega/internal/proof"
	"kolega/internal/worktime"
)

// Document is everything a version says, as its client may read it.
type Document struct {
	Number   int64
	Lang     string
	Zone     string
	Agency   string
	Brand    string
	Title    string
	AE       string
	Today    worktime.Date // on which it was made
	MadeAt   time.Time
	ClientID string // whose colour and logo stand on it
	Sections []Section
}

// Section is one page of the deck. Ref names what the part rests on, so that a
// permission that was taken back is noticed before the version is sent.
type Section struct {
	PartID string
	Kind   Kind
	Title  string
	Body   string `json:",omitzero"`

	ProofID string       `json:",omitzero"`
	Proof   *proof.Shown `json:",omitzero"`

	Value    string        `json:",omitzero"`
	Source   string        `json:",omitzero"`
	Link     string        `json:",omitzero"`
	SourceOn worktime.Date `json:",omitzero"`

	Price   money.Amount  `json:",omitzero"`
	UntilOn worktime.Date `json:",omitzero"`
	Limit   Limit         `json:",omitzero"`
	FreeIDs []string      `json:",omitzero"`
	Free    []FreeDays    `json:",omitzero"`

	Faces []Face `json:",omitzero"`
	Plan  *Plan  `json:",omitzero"`

	Sheet *SheetFile `json:",omitzero"`
}

// Face is one talent of a line-up as a client may see them: no cost, no note.
type Face struct {
	Name, Handle, Platform string
	City, Country          string
	Followers              int64 // -1 unknown
	ERBp                   int64 // -1 unknown
	Categories             []string
}

// SheetFile is a service sheet that goes along.
type SheetFile struct {
	SheetID, VersionID string
	Number             int64
	SHA, Name, Type    string
	Size               int64
	UntilOn            worktime.Date
	Reason             string
}

// Hash is over the whole document.
func (d Document) Hash() string {
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Check is one line of the checklist (A24).
type Check struct {
	Key  string // story, proof, number, offer, limit, fresh, trend, sheet
	OK   bool
	Warn bool // does not hold it back
	Name string
}

// Checked is a part with what stands in its way and what it warns of.
type Checked struct {
	Part
	Section Section
	Problem error // why a client may not see it as it is
	Stale   bool  // a number or statistic past its age, a trend past its day, a sheet out of its days
}

// Checklist judges an outline: a story line, proof, a number with its source, an offer with
// an end that is to come; what is claimed to be scarce is.
func Checklist(parts []Checked, today worktime.Date) []Check {
	has := func(ok func(Checked) bool) bool {
		return slices.ContainsFunc(parts, func(p Checked) bool { return p.Problem == nil && ok(p) })
	}
	list := []Check{
		{Key: "story", OK: has(func(p Checked) bool { return p.Kind == KindStory })},
		{Key: "proof", OK: has(func(p Checked) bool { return p.Kind == KindProof })},
		{Key: "number", OK: has(func(p Checked) bool {
			return p.Kind == KindFigure || p.Kind == KindProof && p.Section.Proof != nil && p.Section.Proof.Kind == proof.Statistic
		})},
		{Key: "offer", OK: has(func(p Checked) bool { return p.Kind == KindOffer && !p.Section.UntilOn.Before(today) })},
	}
	for _, p := range parts {
		if p.Problem != nil {
			list = append(list, Check{Key: "part", Name: p.Title})
		} else if p.Stale {
			list = append(list, Check{Key: "stale", Name: p.Title, Warn: true})
		}
	}
	return list
}

// Lacking are the keys of a checklist that hold a version back.
func Lacking(list []Check) (out []string) {
	for _, c := range list {
		if !c.OK && !c.Warn {
			out = append(out, c.Key)
		}
	}
	return out
}
