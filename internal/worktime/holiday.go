package worktime

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"kolega/internal/fault"
)

// ErrHolidays is a holiday list that cannot be read. Args: line, reason.
var ErrHolidays = fault.New(fault.Invalid, "holidays.unreadable")

// HolidayKind says what a day on the list means for work.
type HolidayKind string

// The kinds of a holiday list. Joint leave (cuti bersama) binds civil servants and is
// optional for a private firm; special working days and greeting days are worked.
const (
	NationalHoliday   HolidayKind = "national_holiday"
	JointLeave        HolidayKind = "joint_leave"
	ElectionHoliday   HolidayKind = "election_holiday"
	RegularHoliday    HolidayKind = "regular_holiday"
	SpecialNonWorking HolidayKind = "special_non_working"
	SpecialWorking    HolidayKind = "special_working"
	GreetingOnly      HolidayKind = "greeting_only"
)

// dayOff says which kinds close the office; joint leave depends on the agency.
var dayOff = map[HolidayKind]bool{
	NationalHoliday: true, ElectionHoliday: true, RegularHoliday: true, SpecialNonWorking: true,
	JointLeave: false, SpecialWorking: false, GreetingOnly: false,
}

// Holiday is one dated fact of a country's list.
type Holiday struct {
	Date      Date
	Country   string // ISO 3166 code, "ID"
	NameID    string
	NameEN    string
	Kind      HolidayKind
	Estimated bool // not yet proclaimed
	Source    string
}

// Name is the day's name in the language, Indonesian or else English.
func (h Holiday) Name(lang string) string {
	if lang == "id" {
		return h.NameID
	}
	return h.NameEN
}

// Off says whether nobody works on this day; jointLeave is the agency's own choice.
func (h Holiday) Off(jointLeave bool) bool {
	return dayOff[h.Kind] || jointLeave && h.Kind == JointLeave
}

//go:embed holidays.csv
var seedHolidays string

// SeedHolidays is the list that a new agency starts with: Indonesia and the
// Philippines, 2023 to 2027, each row with its decree. Lists change during a year, so
// the agency imports newer ones with ParseHolidays.
func SeedHolidays() []Holiday {
	list, err := ParseHolidays(strings.NewReader(seedHolidays))
	if err != nil {
		panic(fmt.Sprintf("worktime: embedded holidays: %v", err)) // a broken build, found by the first test
	}
	return list
}

// ParseHolidays reads a CSV with the columns date, country, name_id, name_en, kind and
// source, in that order, with a heading. A kind may end in "_estimated". The whole
// list is refused at the first bad row. Fault: holidays.unreadable.
func ParseHolidays(r io.Reader) ([]Holiday, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = 6
	rows.ReuseRecord = true
	var list []Holiday
	for line := 1; ; line++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrHolidays.With("line", line, "reason", "csv").Wrap(err)
		}
		if line == 1 && strings.TrimPrefix(row[0], "\ufeff") == "date" {
			continue
		}
		h, reason := holidayOf(row)
		if reason != "" {
			return nil, ErrHolidays.With("line", line, "reason", reason)
		}
		list = append(list, h)
	}
	return list, nil
}

// holidayOf reads one row, or names the column that is wrong.
func holidayOf(row []string) (Holiday, string) {
	kind, estimated := strings.CutSuffix(row[4], "_estimated")
	h := Holiday{Country: row[1], NameID: row[2], NameEN: row[3], Kind: HolidayKind(kind), Estimated: estimated, Source: row[5]}
	date, err := ParseDate(row[0])
	if err != nil {
		return h, "date"
	}
	h.Date = date
	if len(h.Country) != 2 || h.Country != strings.ToUpper(h.Country) {
		return h, "country"
	}
	if h.NameID == "" || h.NameEN == "" {
		return h, "name"
	}
	if _, known := dayOff[h.Kind]; !known {
		return h, "kind"
	}
	return h, ""
}

// DaysOff is the map a Calendar wants: the days off of one country, each with its name
// in the language; two on one day share the line.
func DaysOff(list []Holiday, country, lang string, jointLeave bool) map[Date]string {
	off := map[Date]string{}
	for _, h := range list {
		if h.Country != country || !h.Off(jointLeave) {
			continue
		}
		name := h.Name(lang)
		if other := off[h.Date]; other != "" && other != name {
			name = other + " / " + name
		}
		off[h.Date] = name
	}
	return off
}
