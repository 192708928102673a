package result

import (
	"encoding/csv"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// TrackLink is a short link of a booking (B26). Its visits are counted by day; who came
// is not known.
type TrackLink struct {
	ID, CampaignID, BookingID, TalentID string

	Slug    string
	Target  string
	MadeAt  time.Time
	MadeBy  string
	EndedAt time.Time // it leads on, and is not offered any more
}

// PromoCode is a code of a booking, under which the client's shop counts sales.
type PromoCode struct {
	ID, CampaignID, BookingID, TalentID string

	Code   string
	MadeAt time.Time
	MadeBy string
}

// Sale is what a code sold on a day.
type Sale struct {
	CodeID string
	Day    worktime.Date
	Orders int64
	Amount money.Amount // of the orders; none when the shop does not say
	Source Source       // staff or file
}

// Refusals of links, codes and sales. Those of a line of a file carry its number as "row".
var (
	ErrTrackTarget  = fault.Field("target", "track.target")
	ErrTrackBooking = fault.Field("booking", "track.booking")
	ErrCodeText     = fault.Field("code", "track.code")
	ErrCodeTaken    = fault.Field("code", "track.code-taken")
	ErrSaleDay      = fault.Field("day", "track.day")
	ErrSaleOrders   = fault.Field("orders", "track.orders")
	ErrSaleAmount   = fault.Field("amount", "track.amount")
	ErrSaleHead     = fault.Field("file", "track.head")
	ErrSaleRow      = fault.Field("file", "track.row")      // args: row, column
	ErrSaleUnknown  = fault.Field("file", "track.unknown")  // args: row, code
	ErrSaleTwice    = fault.Field("file", "track.twice")    // args: row; the day of the code stands above
	ErrSaleMany     = fault.Field("file", "track.too-many") // arg: most
)

// Target reads where a short link leads: an address of the web, over TLS, without a sign-in.
func Target(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text != "" && !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.User != nil || !strings.Contains(u.Hostname(), ".") || len(text) > 2000 {
		return "", ErrTrackTarget
	}
	return u.String(), nil
}

// CodeOf reads a code as a shop takes it: letters, digits and hyphens, in capitals.
func CodeOf(text string) (string, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	ok := len(text) >= 3 && len(text) <= 30
	for _, r := range text {
		ok = ok && (r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	if !ok {
		return "", ErrCodeText
	}
	return text, nil
}

// robotWords are in the names by which programs ask: previews of messengers, search
// engines, checks of links.
var robotWords = []string{"bot", "crawl", "spider", "preview", "whatsapp", "facebookexternalhit", "meta-external", "slurp", "curl", "wget", "python", "go-http", "java/", "okhttp", "headless", "monitor", "scan", "fetch", "embed", "lighthouse"}

// Visit says whether a call of a short link is a person's visit: a GET by a browser that
// does not merely look ahead. Programs that draw a preview or search are none.
func Visit(method, agent, purpose string) bool {
	agent = strings.ToLower(agent)
	if method != "GET" || !strings.Contains(agent, "mozilla/") || strings.Contains(strings.ToLower(purpose), "prefetch") || strings.Contains(strings.ToLower(purpose), "preview") {
		return false
	}
	return !slices.ContainsFunc(robotWords, func(w string) bool { return strings.Contains(agent, w) })
}

// slugLetters have none that are taken for one another.
const slugLetters = "abcdefghjkmnpqrstuvwxyz23456789"

const slugLen = 7

// SalesLimit is how many lines a file of sales may have.
const SalesLimit = 5_000

// SaleLine is a line of a file of sales.
type SaleLine struct {
	Row  int
	Code string
	Sale
}

// saleHeads are the words of the columns, in Indonesian and English, folded.
var saleHeads = map[string]string{"code": "code", "kode": "code", "kode promo": "code", "voucher": "code", "date": "day", "day": "day", "tanggal": "day", "tgl": "day",
	"orders": "orders", "order": "orders", "pesanan": "orders", "jumlah pesanan": "orders", "qty": "orders", "amount": "amount", "sales": "amount", "penjualan": "amount", "omzet": "amount", "total": "amount", "nilai": "amount"}

// ReadSales reads a CSV file of sales: columns code, date and orders, and the amount where
// the shop says it. All of it is read or none. Faults: track.*, with the line as "row".
func ReadSales(file io.Reader, currency money.Currency, lang string, today worktime.Date) (out []SaleLine, err error) {
	c := csv.NewReader(file)
	c.FieldsPerRecord, c.TrimLeadingSpace = -1, true
	head, err := c.Read()
	if err != nil {
		return nil, ErrSaleHead
	}
	if len(head) == 1 && strings.Contains(head[0], ";") { // as spreadsheets in Indonesia write it
		c.Comma = ';'
		head = strings.Split(head[0], ";")
	}
	at := map[string]int{}
	for i, name := range head {
		if what, ok := saleHeads[strings.TrimSpace(locale.Fold(strings.TrimPrefix(name, "\ufeff")))]; ok {
			at[what] = i
		}
	}
	for _, need := range []string{"code", "day", "orders"} {
		if _, ok := at[need]; !ok {
			return nil, ErrSaleHead.With("column", need)
		}
	}
	seen := map[string]bool{}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		row, _ := c.FieldPos(0)
		if err != nil {
			return nil, ErrSaleRow.With("row", row, "column", "")
		}
		if len(out) == SalesLimit {
			return nil, ErrSaleMany.With("most", SalesLimit)
		}
		l, err := saleLine(cells, at, row, currency, lang, today)
		if err != nil {
			return nil, err
		}
		if key := l.Code + "/" + string(l.Day); seen[key] {
			return nil, ErrSaleTwice.With("row", row)
		} else {
			seen[key] = true
		}
		out = append(out, l)
	}
}

func saleLine(cells []string, at map[string]int, row int, currency money.Currency, lang string, today worktime.Date) (l SaleLine, err error) {
	cell := func(what string) string {
		if i, ok := at[what]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	l.Row, l.Source = row, FromFile
	if l.Code, err = CodeOf(cell("code")); err != nil {
		return l, ErrSaleRow.With("row", row, "column", "code")
	}
	if l.Day, err = saleDay(cell("day")); err != nil || l.Day.After(today) {
		return l, ErrSaleRow.With("row", row, "column", "date")
	}
	if l.Orders, err = strconv.ParseInt(cell("orders"), 10, 64); err != nil || l.Orders < 0 {
		return l, ErrSaleRow.With("row", row, "column", "orders")
	}
	if text := cell("amount"); text != "" {
		if l.Amount, err = money.Parse(text, currency, lang); err != nil || l.Amount.Sign() < 0 {
			return l, ErrSaleRow.With("row", row, "column", "amount")
		}
	}
	return l, nil
}

// saleDay reads 2026-11-20 and 20/11/2026.
func saleDay(text string) (worktime.Date, error) {
	for _, form := range []string{"2006-01-02", "02/01/2006", "2/1/2006", "02-01-2006"} {
		if t, err := time.Parse(form, text); err == nil {
			return worktime.Date(t.Format("2006-01-02")), nil
		}
	}
	return "", ErrSaleDay
}

// Traced is what came of a booking's links and codes.
type Traced struct {
	BookingID, TalentID, Talent string

	Links  []LinkCount
	Codes  []CodeCount
	Visits int64
	Orders int64
	Amount money.Amount // none when no shop said any
}

// LinkCount is a link with its visits.
type LinkCount struct {
	TrackLink
	Visits, Robots int64
	Days           []DayCount // oldest first
}

// DayCount is the visits of one day.
type DayCount struct {
	Day    worktime.Date
	Visits int64
}

// CodeCount is a code with its sales, the newest day first.
type CodeCount struct {
	PromoCode
	Orders int64
	Amount money.Amount
	Sales  []Sale
}

// add puts a code's sales into the booking's sums.
func (t *Traced) add(c CodeCount) error {
	t.Orders += c.Orders
	return sumInto(&t.Amount, c.Amount)
}

// sumInto adds an amount that may be none to a sum that may be none.
func sumInto(sum *money.Amount, a money.Amount) (err error) {
	switch {
	case a.None():
		return nil
	case sum.None():
		*sum = a
		return nil
	}
	*sum, err = sum.Add(a)
	return err
}
