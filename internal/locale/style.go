package locale

import "time"

// style is how one language writes numbers, money and time.
type style struct {
	group, decimal string
	steps          []step // for counts, largest first
	moneySteps     []step
	rupiah         string
	clockMark      string
	days           [7]string // from Sunday
	daysLong       [7]string
	months         [12]string
	monthsLong     [12]string
}

// step is a short form: from this size on, written with this ending.
type step struct {
	size   int64
	ending string
}

const (
	thousand = 1_000
	million  = 1_000_000
	billion  = 1_000_000_000
	trillion = 1_000_000_000_000
)

var styles = map[string]*style{"id": &indonesian, "en": &english, "fil": &english}

// In Indonesian money M is miliar; for a count that word is written out, because
// the apps that counts come from use M for million.
var indonesian = style{
	group: ".", decimal: ",", rupiah: "Rp ", clockMark: ".",
	steps:      []step{{trillion, " triliun"}, {billion, " miliar"}, {million, " jt"}, {thousand, " rb"}},
	moneySteps: []step{{trillion, " T"}, {billion, " M"}, {million, " jt"}, {thousand, " rb"}},
	days:       [7]string{"Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"},
	daysLong:   [7]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
	months:     [12]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
	monthsLong: [12]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
}

var english = style{
	group: ",", decimal: ".", rupiah: "IDR ", clockMark: ":",
	steps:      []step{{trillion, "tn"}, {billion, "bn"}, {million, "m"}, {thousand, "k"}},
	moneySteps: []step{{trillion, "tn"}, {billion, "bn"}, {million, "m"}, {thousand, "k"}},
	days:       [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	daysLong:   [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	months:     [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	monthsLong: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// zoneNames are the short names people say for a zone; other zones go by their city.
var zoneNames = map[string]string{
	"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB",
	"Asia/Makassar": "WITA", "Asia/Ujung_Pandang": "WITA",
	"Asia/Jayapura": "WIT",
	"UTC":           "UTC",
}

// WeekdayName is the day's full name: "Selasa".
func (l *Loc) WeekdayName(d time.Weekday) string { return l.style.daysLong[d] }

// WeekdayShort is the day's short name: "Sel".
func (l *Loc) WeekdayShort(d time.Weekday) string { return l.style.days[d] }

// MonthName is the month's full name: "November".
func (l *Loc) MonthName(m time.Month) string { return l.style.monthsLong[m-1] }

// MonthShort is the month's short name: "Nov".
func (l *Loc) MonthShort(m time.Month) string { return l.style.months[m-1] }
