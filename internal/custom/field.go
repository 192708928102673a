package custom

import (
	"slices"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/worktime"
)

// Of says whose record a field is on.
type Of string

// The records that may have fields.
const (
	Talents Of = "talent"
	Clients Of = "client"
)

// Kind says what a field holds.
type Kind string

// The kinds.
const (
	Text   Kind = "text"
	Number Kind = "number"
	Date   Kind = "date"
	Choice Kind = "choice"
	YesNo  Kind = "yes-no"
)

// Kinds lists them in the order of the form.
func Kinds() []Kind { return []Kind{Text, Number, Date, Choice, YesNo} }

// The values of YesNo.
const (
	Yes = "yes"
	No  = "no"
)

// Bounds of fields.
const (
	MostFields  = 40 // of one kind of record
	mostName    = 60
	mostText    = 500
	mostChoices = 50
)

// Field is one field that the agency added.
type Field struct {
	ID      string
	Of      Of
	Name    string
	Kind    Kind
	Choices []string // of Choice
	Dropped bool
	Version int64
}

// The faults of fields and values.
var (
	FaultName    = fault.Field("name", "custom.name")
	FaultTaken   = fault.Field("name", "custom.taken")
	FaultKind    = fault.Field("kind", "custom.kind")
	FaultChoices = fault.Field("choices", "custom.choices")
	FaultMany    = fault.New(fault.Conflict, "custom.many") // args: limit
	FaultNumber  = fault.New(fault.Invalid, "custom.number")
	FaultDate    = fault.New(fault.Invalid, "custom.date")
	FaultChoice  = fault.New(fault.Invalid, "custom.choice")
	FaultYesNo   = fault.New(fault.Invalid, "custom.yes-no")
	FaultLong    = fault.New(fault.Invalid, "custom.long")
)

// Normal tidies a field: single spaces, choices without repeats. Faults: custom.name,
// -kind, -choices.
func (f Field) Normal() (Field, error) {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	if f.Name == "" || len([]rune(f.Name)) > mostName {
		return f, FaultName
	}
	if f.Of != Talents && f.Of != Clients || !slices.Contains(Kinds(), f.Kind) {
		return f, FaultKind
	}
	var list []string
	for _, c := range f.Choices {
		c = strings.Join(strings.Fields(c), " ")
		if c != "" && !slices.ContainsFunc(list, func(x string) bool { return locale.Fold(x) == locale.Fold(c) }) {
			list = append(list, c)
		}
	}
	if f.Choices = list; f.Kind != Choice {
		f.Choices = nil
	} else if len(list) < 2 || len(list) > mostChoices {
		return f, FaultChoices
	}
	return f, nil
}

// Input is the name of the field's place in forms and addresses.
func (f Field) Input() string { return "c-" + f.ID }

var yesWords = map[string]string{"yes": Yes, "ya": Yes, "y": Yes, "true": Yes, "1": Yes, "ada": Yes, "no": No, "tidak": No, "n": No, "t": No, "false": No, "0": No, "belum": No}

// Read reads a value as people type it into its written form: a number with a point
// before its fraction and no other sign, a date as YYYY-MM-DD, a choice as the field has
// it, yes or no. Nothing typed is no value. Faults: custom.number, -date, -choice,
// -yes-no, -long.
func (f Field) Read(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	switch f.Kind {
	case Number:
		return readNumber(typed)
	case Date:
		d, err := worktime.ParseDate(yearFirst(typed))
		if err != nil {
			return "", FaultDate
		}
		return string(d), nil
	case Choice:
		for _, c := range f.Choices {
			if locale.Fold(c) == locale.Fold(typed) {
				return c, nil
			}
		}
		return "", FaultChoice
	case YesNo:
		if v := yesWords[locale.Fold(typed)]; v != "" {
			return v, nil
		}
		return "", FaultYesNo
	}
	if len([]rune(typed)) > mostText {
		return "", FaultLong
	}
	return typed, nil
}

// yearFirst turns "31/12/2026" around: where days are typed, the day stands first.
func yearFirst(s string) string {
	p := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' })
	if len(p) != 3 || len(p[2]) != 4 || len(p[0]) > 2 || len(p[1]) > 2 {
		return s
	}
	two := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
	return p[2] + "-" + two(p[1]) + "-" + two(p[0])
}

// readNumber reads "1.234,5", "1,234.5" and "1234.5". A single separator before exactly
// three digits parts thousands; any other single one begins the fraction.
func readNumber(typed string) (string, error) {
	s, minus := strings.CutPrefix(strings.ReplaceAll(typed, " ", ""), "-")
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	at := max(point, comma)
	switch {
	case at < 0:
	case point >= 0 && comma >= 0: // the later one begins the fraction
	case strings.Count(s, s[at:at+1]) > 1 || len(s)-at == 4 && at > 0 && at <= 3 && s[0] != '0':
		at = -1
	}
	whole, rest := s, ""
	if at >= 0 {
		whole, rest = s[:at], strings.TrimRight(s[at+1:], "0")
	}
	whole = strings.TrimLeft(strings.NewReplacer(".", "", ",", "").Replace(whole), "0")
	if !digits(whole+rest) && whole+rest != "" || !digits(strings.NewReplacer(".", "", ",", "").Replace(s)) || len(whole) > 15 || len(rest) > 6 {
		return "", FaultNumber
	}
	if whole == "" {
		whole = "0"
	}
	if rest != "" {
		whole += "." + rest
	}
	if minus && whole != "0" {
		whole = "-" + whole
	}
	return whole, nil
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
