package ui

// Meaning is what a colour says. It never stands alone: a shape and a word go with it.
type Meaning string

// The meanings of the palette.
const (
	Neutral    Meaning = ""
	Us         Meaning = "us"     // our own move, the current place
	Wait       Meaning = "wait"   // soon due, waiting, the talent's move
	ClientMove Meaning = "client" // the client's move, a wish outside the brief
	Bad        Meaning = "bad"    // late, missed, failed
	Good       Meaning = "good"   // met, approved, arrived
	Info       Meaning = "info"   // partly done, neutral notice
)

// class gives prefix+meaning, or "" when neutral.
func (m Meaning) class(prefix string) string {
	if m == Neutral {
		return ""
	}
	return prefix + string(m)
}
