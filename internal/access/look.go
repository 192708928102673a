package access

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/paper"
)

// OfAgency is the owner of the agency's own look.
const OfAgency = "agency"

// Look is the colour and logo of the agency, or of a client by id, from an instant on.
type Look struct {
	Owner string
	Color string // RRGGBB; "" is the house's own
	Logo  []byte // PNG; empty for none
	Since time.Time
	By    string
}

// Paper is the look as papers take it.
func (l Look) Paper() paper.Look { return paper.Look{Color: l.Color, Logo: l.Logo} }

// Refusals of a look.
var (
	ErrColor = fault.Field("color", "look.color")
	ErrLogo  = fault.Field("logo", "look.logo")
)

// ReadColor takes "#0a5c5a", "0A5C5A" or nothing. Fault: look.color.
func ReadColor(text string) (string, error) {
	text = strings.ToUpper(strings.TrimPrefix(strings.TrimSpace(text), "#"))
	if text == "" {
		return "", nil
	}
	if len(text) != 6 || strings.Trim(text, "0123456789ABCDEF") != "" {
		return "", ErrColor
	}
	return text, nil
}
