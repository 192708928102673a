package worktime

import (
	"sort"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones come with the binary, whatever the server has

	"kolega/internal/fault"
)

// ErrZone is a zone that is no IANA name of a place. Args: name, suggestions.
var ErrZone = fault.New(fault.Invalid, "zone.unknown")

// Places are the zones offered first in lists: where the agency's people are.
var Places = []string{
	"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Manila",
	"Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Bangkok", "Asia/Ho_Chi_Minh",
	"Asia/Hong_Kong", "Asia/Taipei", "Asia/Seoul", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai",
	"Australia/Sydney", "Europe/London", "Europe/Amsterdam", "America/New_York", "America/Los_Angeles", "UTC",
}

// abbreviations are what people say for a zone; a zone itself is named by its place.
var abbreviations = map[string][]string{
	"wib": {"Asia/Jakarta"}, "wita": {"Asia/Makassar"}, "wit": {"Asia/Jayapura"},
	"pht": {"Asia/Manila"}, "phst": {"Asia/Manila"}, "pst": {"Asia/Manila", "America/Los_Angeles"},
	"sgt": {"Asia/Singapore"}, "myt": {"Asia/Kuala_Lumpur"}, "jst": {"Asia/Tokyo"}, "ict": {"Asia/Bangkok"}, "gmt": {"UTC", "Europe/London"},
}

var zones sync.Map // name -> *time.Location, only names that exist

// Zone finds a zone by its IANA name, such as "Asia/Manila", or "UTC". Offsets,
// abbreviations and machine-local names are refused with suggestions, because
// they do not say whose rules count. Fault: zone.unknown.
func Zone(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if name == "UTC" || strings.Contains(name, "/") && !strings.HasPrefix(name, "Etc/") && len(name) < 64 {
		if loc, err := time.LoadLocation(name); err == nil && loc.String() == name {
			zones.Store(name, loc)
			return loc, nil
		}
	}
	return nil, ErrZone.With("name", name, "suggestions", strings.Join(suggestZones(name), ", "))
}

// suggestZones names the likely places behind an offset, an abbreviation or a city.
func suggestZones(name string) []string {
	key := strings.ToLower(strings.TrimSpace(name))
	if s, ok := abbreviations[key]; ok {
		return s
	}
	if offset, ok := parseOffset(key); ok {
		return placesAt(offset)
	}
	var found []string
	city := strings.ReplaceAll(key[strings.LastIndex(key, "/")+1:], " ", "_")
	for _, p := range Places {
		if city != "" && strings.Contains(strings.ToLower(p), city) {
			found = append(found, p)
		}
	}
	if found == nil {
		return Places[:4]
	}
	return found
}

// parseOffset reads "gmt+8", "utc+07:00", "+0530", and "etc/gmt-8", whose sign is turned round.
func parseOffset(key string) (minutes int, ok bool) {
	rest, inverted := strings.CutPrefix(key, "etc/")
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(rest, "gmt"), "utc"))
	if rest == "" || rest[0] != '+' && rest[0] != '-' {
		return 0, false
	}
	negative := (rest[0] == '-') != inverted
	h, m, _ := strings.Cut(rest[1:], ":")
	if len(h) == 4 {
		h, m = h[:2], h[2:]
	}
	if len(h) > 2 || len(m) > 2 || strings.Trim(h+m, "0123456789") != "" || h == "" {
		return 0, false
	}
	minutes = number(Date(h))*60 + number(Date(m))
	if negative {
		minutes = -minutes
	}
	return minutes, true
}

// placesAt lists the offered places that have the offset in January or July of a
// year, Manila first of its own, since GMT+8 is most often said there.
func placesAt(minutes int) []string {
	var found []string
	for _, p := range Places {
		loc, err := time.LoadLocation(p)
		if err != nil {
			continue
		}
		for _, m := range []time.Month{time.January, time.July} {
			if _, off := time.Date(2026, m, 1, 0, 0, 0, 0, loc).Zone(); off == minutes*60 {
				found = append(found, p)
				break
			}
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i] == "Asia/Manila" && found[j] != "Asia/Manila" })
	if found == nil {
		return Places[:4]
	}
	return found
}
