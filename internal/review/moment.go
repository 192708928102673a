package review

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
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

// ParseSpan reads a moment or a stretch of a video, "0:12" or "0:12–0:18", into
// milliseconds; until is NoMoment for a moment, both are for an empty text.
// Fault: round.moment, also for a stretch that ends before it begins.
func ParseSpan(text string) (at, until int64, err error) {
	from, to, stretch := strings.Cut(strings.Map(dash, text), "-")
	if at, err = ParseMoment(from); err != nil || !stretch {
		return at, NoMoment, err
	}
	if until, err = ParseMoment(to); err != nil {
		return at, NoMoment, err
	}
	if at == NoMoment || until == NoMoment || until < at {
		return at, NoMoment, ErrMoment
	}
	return at, until, nil
}

// dash makes every dash that people type or paste the plain one.
func dash(r rune) rune {
	if unicode.Is(unicode.Pd, r) || r == '−' {
		return '-'
	}
	return r
}

// FormatSpan writes a moment or a stretch as ParseSpan reads it.
func FormatSpan(at, until int64) string {
	if at < 0 || until <= at {
		return FormatMoment(at)
	}
	return FormatMoment(at) + "–" + FormatMoment(until)
}
