package chat

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Line is one message of an exported chat. Wall is its time as written, in the zone of
// the phone that exported it, without a zone yet.
type Line struct {
	Wall   time.Time // UTC stands for "as written"
	Sender string    // as the phone names it; "" for what the program says itself
	Text   string    // several lines when the message has them
	Media  bool      // a picture, film or file that the export left out or lies beside it
	Key    string    // names the message, see key
}

// Order says which number of a date is the day.
type Order string

// The orders of dates in exports.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
	YearFirst  Order = "ymd"
	Unknown    Order = "" // every day is at most 12: a person must say
)

// Layout names how the lines begin.
type Layout string

// The two layouts: iPhones write brackets, Android phones a dash.
const (
	Brackets Layout = "brackets"
	Dash     Layout = "dash"
)

// Export is a chat as it was read: its lines in order, as written.
type Export struct {
	Layout  Layout
	Order   Order // Unknown when the numbers do not tell
	Lines   []Line
	Senders []string // each once, in order of appearance
}

// Faults of exports.
var (
	ErrNotExport = fault.Field("file", "chat.not-export") // no line begins as an export's lines do
	ErrOrder     = fault.Field("order", "chat.order")     // day or month first: a person must say
	ErrOrders    = fault.Field("order", "chat.orders")    // the dates cannot be of the order that was said, or of two orders
	ErrZone      = fault.Field("zone", "chat.zone")       // an IANA name
	ErrLarge     = fault.Field("file", "chat.large")      // arg: limit, in megabytes
)

// A stamp is a date and a time between brackets, or before a dash. Hidden marks of
// direction are taken off before; the space before AM is often a narrow one.
const stampText = `(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4}),?\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([AaPp])\.?\s?[Mm]\.?)?`

var (
	bracketLine = regexp.MustCompile(`^\[` + stampText + `\]\s?(.*)$`)
	dashLine    = regexp.MustCompile(`^` + stampText + `\s[-–]\s(.*)$`)
	senderText  = regexp.MustCompile(`^([^:]{1,80}): ?(.*)$`)
	mediaText   = regexp.MustCompile(`(?i)^(<media (omitted|tidak disertakan)>|<(attached|terlampir): .+>|(image|video|audio|sticker|gif|document|contact card|gambar|foto|stiker|dokumen|kartu kontak)[^.]{0,80} (omitted|tidak disertakan)|.+\((file attached|file terlampir|berkas terlampir)\))$`)
)

// stamped is a line with its numbers, before the order of the date is known.
type stamped struct {
	a, b, c   int // the numbers of the date, as written
	yearFirst bool
	hour      int
	minute    int
	second    int
	sender    string
	text      string
}

// Read reads an exported chat in either layout. Times stay as written; without a
// said order, an export in which no number tells the day gives Order Unknown and no
// instants. Faults: chat.not-export, chat.orders.
func Read(text string, said Order) (Export, error) {
	var e Export
	var all []stamped
	for _, line := range strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") {
		s, layout, ok := parse(visible(line))
		if !ok || e.Layout != "" && layout != e.Layout {
			if n := len(all); n > 0 { // a message goes on
				all[n-1].text += "\n" + strings.TrimRight(visible(line), " ")
			}
			continue
		}
		e.Layout = layout
		all = append(all, s)
	}
	if len(all) == 0 {
		return e, ErrNotExport
	}
	var err error
	if e.Order, err = orderOf(all, said); err != nil || e.Order == Unknown {
		e.Senders = sendersOf(all)
		return e, err
	}
	e.Lines, err = linesOf(all, e.Order)
	e.Senders = sendersOf(all)
	return e, err
}

// visible takes the marks off that phones put in for the direction of writing, and
// makes every kind of space a plain one.
func visible(line string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u2066', '\u2067', '\u2068', '\u2069', '\ufeff':
			return -1
		case '\u00a0', '\u202f', '\u2009':
			return ' '
		}
		return r
	}, line)
}

func parse(line string) (s stamped, layout Layout, ok bool) {
	layout = Brackets
	m := bracketLine.FindStringSubmatch(line)
	if m == nil {
		layout, m = Dash, dashLine.FindStringSubmatch(line)
	}
	if m == nil {
		return s, layout, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	s = stamped{a: n(1), b: n(2), c: n(3), yearFirst: len(m[1]) == 4, hour: n(4), minute: n(5), second: n(6), text: m[8]}
	switch half := strings.ToLower(m[7]); {
	case half != "" && (s.hour < 1 || s.hour > 12):
		return s, layout, false
	case half == "p" && s.hour < 12:
		s.hour += 12
	case half == "a" && s.hour == 12:
		s.hour = 0
	}
	if s.hour > 23 || s.minute > 59 || s.second > 59 {
		return s, layout, false
	}
	if t := senderText.FindStringSubmatch(s.text); t != nil {
		s.sender, s.text = strings.TrimPrefix(strings.TrimSpace(t[1]), "~ "), t[2]
	}
	return s, layout, true
}

// orderOf finds which number is the day from all lines together. When both orders
// give the same dates there is nothing to ask.
func orderOf(all []stamped, said Order) (Order, error) {
	day, month, year, differ := false, false, 0, false
	for _, s := range all {
		if s.yearFirst {
			year++
			continue
		}
		day = day || s.a > 12
		month = month || s.b > 12
		differ = differ || s.a != s.b
	}
	found := Unknown
	switch {
	case year == len(all):
		found = YearFirst
	case year > 0 || day && month:
		return Unknown, ErrOrders
	case day || !differ:
		found = DayFirst
	case month:
		found = MonthFirst
	}
	switch {
	case found == Unknown:
		return said, nil
	case said != Unknown && said != found && (differ || found == YearFirst):
		return Unknown, ErrOrders
	}
	return found, nil
}

func linesOf(all []stamped, order Order) ([]Line, error) {
	out := make([]Line, 0, len(all))
	times := map[string]int{}
	for _, s := range all {
		day, month, year := s.a, s.b, s.c
		switch order {
		case MonthFirst:
			day, month = s.b, s.a
		case YearFirst:
			year, month, day = s.a, s.b, s.c
		}
		if year < 100 {
			year += 2000
		}
		at := time.Date(year, time.Month(month), day, s.hour, s.minute, s.second, 0, time.UTC)
		if at.Day() != day || int(at.Month()) != month || year < 2009 || year > 2100 { // the 31st of June, or before there were chats
			return nil, ErrOrders
		}
		l := Line{Wall: at, Sender: s.sender, Text: strings.TrimRight(s.text, "\n "), Media: mediaText.MatchString(strings.TrimSpace(s.text))}
		l.Key = key(l, 0)
		times[l.Key]++
		if n := times[l.Key]; n > 1 {
			l.Key = key(l, n-1)
		}
		out = append(out, l)
	}
	return out, nil
}

// key names a message by its minute, sender and words, so that the same chat
// exported again, from either kind of phone, names it the same. The same words twice
// within a minute are two messages.
func key(l Line, again int) string {
	h := sha256.New()
	for _, part := range []string{l.Wall.Format("200601021504"), l.Sender, strings.Join(strings.Fields(l.Text), " "), strconv.Itoa(again)} {
		_, _ = h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func sendersOf(all []stamped) (out []string) {
	seen := map[string]bool{"": true}
	for _, s := range all {
		if !seen[s.sender] {
			seen[s.sender] = true
			out = append(out, s.sender)
		}
	}
	return out
}
