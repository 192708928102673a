package country

import (
	"strings"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Country is the profile of a country the agency works with.
type Country struct {
	Code       string // ISO 3166-1 alpha-2, "ID"
	NameID     string
	NameEN     string
	Zones      []string // IANA; the first is the usual one
	Hours      [7][]worktime.Span
	Langs      []string // the first is the usual one
	Currency   money.Currency
	JointLeave bool   // whether joint leave days are kept free
	AdRules    string // what an advertisement must show there
	Helper     string // who helps on the spot, when nobody of the agency is there
	Version    int64
}

// Holiday is one day of a country's list.
type Holiday struct {
	ID      string
	Country string
	worktime.Holiday
}

// Faults of this room.
var (
	ErrUnknown     = fault.New(fault.Invalid, "country.unknown") // args: code
	ErrHolidayYear = fault.New(fault.Invalid, "country.holiday-year")
	ErrHolidayName = fault.New(fault.Invalid, "country.holiday-name")
)

// Name is the country's name in the language.
func (c Country) Name(lang string) string {
	if lang == "id" {
		return c.NameID
	}
	return c.NameEN
}

// Zone is the country's usual zone.
func (c Country) Zone() string {
	if len(c.Zones) == 0 {
		return ""
	}
	return c.Zones[0]
}

// Check gives what is wrong with a profile, field by field.
func (c Country) Check() error {
	f := fault.Fields{}
	if len(c.Code) != 2 || c.Code != strings.ToUpper(c.Code) {
		f["code"] = "country.code"
	}
	if strings.TrimSpace(c.NameID) == "" || strings.TrimSpace(c.NameEN) == "" {
		f["name"] = "country.name"
	}
	if len(c.Zones) == 0 {
		f["zones"] = "country.zones"
	}
	for _, z := range c.Zones {
		if _, err := worktime.Zone(z); err != nil {
			f["zones"] = fault.CodeOf(err)
		}
	}
	if err := (worktime.Calendar{Hours: c.Hours}).Check(); err != nil {
		f["hours"] = fault.CodeOf(err)
	}
	if !c.Currency.Known() {
		f["currency"] = "country.currency"
	}
	return f.Err()
}

// Calendar is the working time of somebody in the country who lives in zone; an
// empty zone is the country's usual one. Fault: zone.unknown.
func (c Country) Calendar(zone, lang string, holidays []worktime.Holiday) (worktime.Calendar, error) {
	if zone == "" {
		zone = c.Zone()
	}
	loc, err := worktime.Zone(zone)
	if err != nil {
		return worktime.Calendar{}, err
	}
	return worktime.Calendar{Zone: loc, Hours: c.Hours, Holidays: worktime.DaysOff(holidays, c.Code, lang, c.JointLeave)}, nil
}
