package exchange

import (
	"encoding/xml"
	"strings"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

// ecb is the European Central Bank's daily or historical file.
type ecb struct {
	Days []struct {
		Time  string `xml:"time,attr"`
		Rates []struct {
			Currency string `xml:"currency,attr"`
			Rate     string `xml:"rate,attr"`
		} `xml:"Cube"`
	} `xml:"Cube>Cube"`
}

// SourceECB is the source of the European Central Bank's reference rates.
const SourceECB = "ECB"

// readECB reads the bank's XML: units for one euro, of the currencies that we know.
func readECB(body []byte) (out []Quote, err error) {
	var f ecb
	if xml.Unmarshal(body, &f) != nil {
		return nil, ErrFile.With("row", 1)
	}
	for _, d := range f.Days {
		on, err := worktime.ParseDate(d.Time)
		if err != nil {
			return nil, ErrFile.With("row", 1)
		}
		for _, r := range d.Rates {
			if q := (Quote{On: on, From: "EUR", To: money.Currency(r.Currency), Rate: r.Rate, Source: SourceECB}); q.To.Known() {
				out = append(out, q)
			}
		}
	}
	return out, nil
}

// readRows reads a CSV: the bank's own ("Date, USD, JPY, …"), or ours
// ("date,from,to,rate,source").
func readRows(rows [][]string, name string) (out []Quote, err error) {
	if len(rows) == 0 {
		return nil, ErrFile.With("row", 1)
	}
	head := make([]string, len(rows[0]))
	for i, h := range rows[0] {
		head[i] = strings.ToLower(strings.TrimSpace(h))
	}
	ours := strings.HasPrefix(strings.Join(head, ","), "date,from,to,rate")
	if head[0] != "date" {
		return nil, ErrFile.With("row", 1)
	}
	for n, r := range rows[1:] {
		on, err := worktime.ParseDate(strings.TrimSpace(r[0]))
		if err != nil {
			return nil, ErrFile.With("row", n+2)
		}
		if ours {
			q := Quote{On: on, From: code(r, 1), To: code(r, 2), Rate: cell(r, 3), Source: cell(r, 4)}
			if q.Source == "" {
				q.Source = name
			}
			if !q.From.Known() || !q.To.Known() {
				return nil, ErrFile.With("row", n+2)
			}
			out = append(out, q)
			continue
		}
		for i := 1; i < len(head); i++ {
			to := money.Currency(strings.ToUpper(head[i]))
			if rate := cell(r, i); to.Known() && rate != "" && rate != "N/A" {
				out = append(out, Quote{On: on, From: "EUR", To: to, Rate: rate, Source: SourceECB})
			}
		}
	}
	return out, nil
}

func cell(r []string, i int) string {
	if i < len(r) {
		return strings.TrimSpace(r[i])
	}
	return ""
}

func code(r []string, i int) money.Currency { return money.Currency(strings.ToUpper(cell(r, i))) }
