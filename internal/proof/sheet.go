package proof

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// SheetKind says what a sheet is.
type SheetKind string

// SheetKinds lists them in the order of the form.
func SheetKinds() []SheetKind { return []SheetKind{"service", "price", "deck"} }

// Sheet is a document that the agency shows: what it does, what it costs, a standard deck.
type Sheet struct {
	ID     string
	Title  string
	Kind   SheetKind
	MadeAt time.Time
	By     string

	Versions []SheetVersion // newest first
	Shown    []SheetShown   // newest first
}

// SheetVersion is one file of a sheet with the days on which it holds.
type SheetVersion struct {
	ID, SheetID string
	Number      int64
	SHA, Name   string
	Type        string // sniffed
	Size        int64  // bytes
	FromOn      worktime.Date
	UntilOn     worktime.Date // the last day; "" without end
	Note        string
	MadeAt      time.Time
	By          string
}

// SheetShown says who saw which version.
type SheetShown struct {
	ID, SheetID, VersionID string
	Number                 int64
	Whom                   string
	ContactID              string
	DealID, DeckID         string
	Reason                 string // why although it did not hold
	At                     time.Time
	By                     string
}

// Faults of sheets.
var (
	ErrSheetTitle  = fault.Field("title", "sheet.title")
	ErrSheetKind   = fault.Field("kind", "sheet.kind")
	ErrSheetFrom   = fault.Field("from_on", "sheet.from")
	ErrSheetUntil  = fault.Field("until_on", "sheet.until")
	ErrSheetFile   = fault.Field("file", "sheet.file") // none, too large, or not PDF, PowerPoint, Word, Excel or a picture
	ErrSheetWhom   = fault.Field("whom", "sheet.whom")
	ErrSheetOld    = fault.Field("reason", "sheet.out-of-date") // shown out of its days without a reason; arg: until
	ErrSheetAbsent = fault.Field("version", "sheet.absent")
)

// MaxFile bounds a sheet's file, in bytes.
const MaxFile = 30 << 20

// fileTypes are what sheets, design work and its material may be.
var fileTypes = []string{"application/pdf", "image/png", "image/jpeg", "image/webp", "application/zip",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// FileAllowed tells whether a sniffed type may be kept.
func FileAllowed(kind string) bool { return slices.Contains(fileTypes, strings.Split(kind, ";")[0]) }

func (s *Sheet) tidy() error {
	s.Title = oneLine(s.Title)
	switch n := len([]rune(s.Title)); {
	case n == 0 || n > maxTitle:
		return ErrSheetTitle
	case !slices.Contains(SheetKinds(), s.Kind):
		return ErrSheetKind
	}
	return nil
}

func (v *SheetVersion) tidy() error {
	v.Note = strings.TrimSpace(v.Note)
	switch {
	case v.FromOn.IsZero() || !v.FromOn.Valid():
		return ErrSheetFrom
	case !v.UntilOn.IsZero() && (!v.UntilOn.Valid() || v.UntilOn.Before(v.FromOn)):
		return ErrSheetUntil
	case len([]rune(v.Note)) > maxBody:
		return ErrSheetFile
	}
	return nil
}

// Holds tells whether a version is in force on a day.
func (v SheetVersion) Holds(today worktime.Date) bool {
	return !v.FromOn.After(today) && (v.UntilOn.IsZero() || !v.UntilOn.Before(today))
}

// Current is the newest version that holds on a day; false when none does.
func (s Sheet) Current(today worktime.Date) (SheetVersion, bool) {
	for _, v := range s.Versions {
		if v.Holds(today) {
			return v, true
		}
	}
	return SheetVersion{}, false
}

// MayShow tells whether a version may be shown on a day. Fault: sheet.out-of-date.
func (v SheetVersion) MayShow(today worktime.Date, reason string) error {
	if v.Holds(today) || strings.TrimSpace(reason) != "" {
		return nil
	}
	return ErrSheetOld.With("until", v.UntilOn)
}
