package review

import (
	"fmt"
	"strconv"
	"strings"
)

// NoMoment is an item about the whole video, or about a picture.
const NoMoment = int64(-1)

// ParseMoment reads a time in a video as people write it, "0:12", "1.02", "1:02:03"
// or plain seconds, into milliseconds; empty is NoMoment. Fault: round.moment.
func ParseMoment(text string) (int64, error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "s"))
	if text == "" {
		return NoMoment, nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ':' || r == '.' })
	if len(parts) == 0 || len(parts) > 3 || strings.Contains(text, "..") {
		return 0, ErrMoment
	}
	total := int64(0)
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 10, 32)
		if err != nil || n < 0 || (i > 0 && n > 59) || len(p) > 5 {
			return 0, ErrMoment
		}
		total = total*60 + n
	}
	return total * 1000, nil
}

// FormatMoment writes milliseconds as "0:12" or "1:02:03"; NoMoment is empty.
func FormatMoment(ms int64) string {
	if ms < 0 {
		return ""
	}
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
