package xlsx

import (
	"strconv"
	"strings"
)

// Look is what a cell's number format makes of a number.
type Look uint8

// The looks that change what a number means to a reader.
const (
	Plain   Look = iota
	Percent      // 0.048 is shown as 4.8%
	Day          // days since the end of 1899
)

// readLooks gives the look of each style by its number.
func (f *File) readLooks(part string) (out []Look, err error) {
	own := map[string]Look{}
	inCells := false
	err = f.each(part, func(t token) error {
		switch string(t.name) {
		case "numFmt":
			id := t.word("numFmtId")
			pattern := t.word("formatCode")
			own[id] = lookOf(pattern)
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if !inCells {
				return nil
			}
			id := t.word("numFmtId")
			look, ok := own[id]
			if n, err := strconv.Atoi(id); !ok && err == nil {
				look = builtin(n)
			}
			out = append(out, look)
		}
		return nil
	})
	return out, err
}

// builtin is the look of Excel's own number formats.
func builtin(id int) Look {
	switch {
	case id == 9 || id == 10:
		return Percent
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return Day
	}
	return Plain
}

// lookOf reads a number format, leaving out what stands in quotes, in brackets or behind a
// backslash. A format with hours alone is not a day.
func lookOf(pattern string) Look {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i = past(pattern, i+1, '"')
		case '[':
			i = past(pattern, i+1, ']')
		default:
			b.WriteByte(pattern[i])
		}
	}
	bare := strings.ToLower(b.String())
	switch {
	case strings.Contains(bare, "%"):
		return Percent
	case strings.ContainsAny(bare, "yd") && !strings.Contains(bare, "general"):
		return Day
	}
	return Plain
}

func past(s string, from int, end byte) int {
	for from < len(s) && s[from] != end {
		from++
	}
	return from
}
