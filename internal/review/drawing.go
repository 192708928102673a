package review

import (
	"encoding/json"
	"strconv"
	"strings"

	"kolega/internal/fault"
)

// ErrDrawing refuses strokes that are no places on a frame.
var ErrDrawing = fault.Field("strokes", "round.drawing")

// Bounds of one drawing: a finger leaves some hundred places.
const (
	maxStrokes = 60
	maxPlaces  = 4000
	maxMedia   = int64(24 * 3600 * 1000)
)

// drawnStroke is one stroke as a page sends it: media time in ms, then x and y in turn,
// each from 0 to 1 of the frame.
type drawnStroke struct {
	T json.Number   `json:"t"`
	P []json.Number `json:"p"`
}

// CheckDrawing reads strokes and writes them anew, so that what is kept is nothing but
// media times and places in thousandths of the frame. Empty is no drawing.
// Fault: round.drawing.
func CheckDrawing(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", nil
	}
	var given []drawnStroke
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&given); err != nil || d.More() || len(given) > maxStrokes {
		return "", ErrDrawing
	}
	var b strings.Builder
	places := 0
	for _, s := range given {
		t, err := s.T.Int64()
		if places += len(s.P); err != nil || t < 0 || t > maxMedia || len(s.P) < 2 || len(s.P)%2 != 0 || places > maxPlaces {
			return "", ErrDrawing
		}
		b.WriteString(`,{"t":` + strconv.FormatInt(t, 10) + `,"p":[`)
		for i, p := range s.P {
			thousandths, ok := cutPlace(p.String())
			if !ok {
				return "", ErrDrawing
			}
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(thousandths)
		}
		b.WriteString("]}")
	}
	if b.Len() == 0 {
		return "", nil
	}
	return "[" + b.String()[1:] + "]", nil
}

// cutPlace cuts a number from 0 to 1 to thousandths.
func cutPlace(text string) (string, bool) {
	whole, part, _ := strings.Cut(text, ".")
	if strings.ContainsAny(part, "eE+-") || len(part) > 20 {
		return "", false
	}
	part = strings.TrimRight((part + "000")[:3], "0")
	switch {
	case whole == "0" && part == "", whole == "1" && part == "":
		return whole, true
	case whole == "0":
		return "0." + part, true
	}
	return "", false
}
