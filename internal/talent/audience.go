package talent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// ageSpan is "18–30", "18 - 30" or "35+" in what a client wrote.
var ageSpan = regexp.MustCompile(`\b(\d{2})(?:\s*[-–—]\s*(\d{2})\b|\s*\+|\s*(?:s/d|sampai|to)\s*(\d{2})\b)`)

// AudienceAsked reads whom a client wants to reach out of what was written as the audience
// of a campaign: "Perempuan 18–30, kulit kering" asks for women in the bands 18-24 and
// 25-34. A band counts when the span touches it. Both genders, or none, ask for none.
func AudienceAsked(text string) (ages []string, gender string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		g := genders[w]
		switch {
		case g == "" || g == gender || len(w) < 3:
		case gender != "":
			gender = "both"
		default:
			gender = g
		}
	}
	if gender == "both" || gender == "other" {
		gender = ""
	}
	for _, at := range ageSpan.FindAllStringSubmatchIndex(text, -1) {
		m := func(i int) string { return text[max(at[2*i], 0):max(at[2*i+1], 0)] }
		if strings.HasPrefix(strings.TrimSpace(text[at[1]:]), "%") {
			continue
		}
		lo, _ := strconv.Atoi(m(1))
		hi, err := strconv.Atoi(m(2) + m(3))
		if err != nil {
			hi = 99
		}
		for _, band := range Ages() {
			from, to := bandEnds(band)
			if lo <= hi && from <= hi && to >= lo && !slices.Contains(ages, band) {
				ages = append(ages, band)
			}
		}
	}
	return ages, gender
}

// bandEnds are the first and last year of a band.
func bandEnds(band string) (from, to int) {
	a, b, ok := strings.Cut(band, "-")
	from, _ = strconv.Atoi(strings.TrimSuffix(a, "+"))
	if to, _ = strconv.Atoi(b); !ok {
		to = 120
	}
	return from, to
}
