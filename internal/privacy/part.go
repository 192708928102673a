package privacy

import (
	"strings"

	"kolega/internal/fault"
)

// Kind says what a person is to the agency.
type Kind string

// The persons from outside who may ask for a copy or for erasure.
const (
	Talent  Kind = "talent"
	Contact Kind = "contact"
)

// Subject is one person.
type Subject struct {
	Kind Kind
	ID   string
}

// Alias is the name that takes the place of a person's own: it tells erased persons
// apart and names none of them.
func (s Subject) Alias() string {
	end := strings.ToUpper(s.ID[max(0, len(s.ID)-4):])
	return strings.ToUpper(string(s.Kind[:1])) + string(s.Kind[1:]) + " " + end
}

// whose is the condition on rows of tables that declare none.
func (k Kind) whose() string { return string(k) + "_id = $1" }

// Table declares what one table keeps about persons of one kind.
type Table struct {
	Name  string
	Whose string // condition on the rows of a person, whose id is $1; "" for talent_id or contact_id; Anybody for all rows

	Show   []string // columns of the person's copy
	Words  []string // columns that identify the person wherever they stand
	Alone  []string // columns that do so whatever they look like, such as a handle
	Near   []string // columns whose words are the person's in texts about the person
	Sealed []Sealed // sealed columns, opened for the copy
	Files  []string // columns with hashes of files, which go along and go too

	Alias []string // names: the alias takes their place
	Clear []string // emptied; sealed and file columns are too
	Blot  []string // texts in which the person's words are blotted out
	Drop  bool     // the rows go
}

// Anybody stands for all rows of a table: only words that identify a person alone,
// such as a phone number, are blotted out there.
const Anybody = "1 = 1"

// Sealed is a sealed column and what its text is bound to.
type Sealed struct {
	Column string
	As     string // its name in the copy
	Bound  func(id string) string
}

// Faults of a copy and of an erasure.
var (
	ErrOpen   = fault.New(fault.Conflict, "privacy.open")   // something is still under way
	ErrReason = fault.Field("reason", "privacy.reason")     // an erasure says who asked for it
	ErrName   = fault.Field("name", "privacy.name")         // the name typed is not the person's
	ErrAbsent = fault.New(fault.NotFound, "privacy.absent") // nobody, or erased already
)
