package exchange_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

var ctx = context.Background()

func someone(role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: "p", Name: "Hesti", Via: "web"}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func TestFind_TheNewestDayAndTheStraightestWay(t *testing.T) {
	q := func(on, from, to, rate, source string) exchange.Quote {
		return exchange.Quote{On: worktime.Date(on), From: money.Currency(from), To: money.Currency(to), Rate: rate, Source: source}
	}
	quotes := []exchange.Quote{q("2026-11-19", "USD", "IDR", "15900", "typed"), q("2026-11-20", "EUR", "USD", "1.25", "ECB"), q("2026-11-20", "EUR", "IDR", "20000.5", "ECB"), q("2026-11-20", "EUR", "PHP", "66.5", "ECB"), q("2026-11-18", "PHP", "IDR", "281.35", "Flip")}
	for name, c := range map[string]struct{ from, to, day, rate, on string }{
		"through the euro":                        {"USD", "IDR", "2026-11-21", "16000.4", "2026-11-20"},
		"a day before, the pair itself":           {"USD", "IDR", "2026-11-19", "15900", "2026-11-19"},
		"the pair upside down":                    {"IDR", "PHP", "2026-11-18", "0.00355429", "2026-11-18"},
		"the other way through the euro":          {"IDR", "USD", "2026-11-20", "0.0000625", "2026-11-20"},
		"a currency in euros":                     {"PHP", "EUR", "2026-11-20", "0.01503759", "2026-11-20"},
		"nothing is known of days yet to be told": {"USD", "IDR", "2026-12-31", "", ""},
		"nor of a pair that nobody quoted":        {"USD", "SGD", "2026-11-20", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, ok := exchange.Find(quotes, money.Currency(c.from), money.Currency(c.to), worktime.Date(c.day))
			if ok != (c.rate != "") || f.Rate != c.rate || string(f.On) != c.on {
				t.Errorf("found %+v, want %s of %s", f, c.rate, c.on)
			}
			if ok {
				if _, err := money.ParseRate(f.Rate, "USD", "IDR", 1); err != nil {
					t.Errorf("%s is no rate: %v", f.Rate, err)
				}
			}
		})
	}
}

func TestExchange_TypedAndFromFiles(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		if err := access.New(d, nil).SaveAgency(ctx, someone(access.Manager), access.Agency{Name: "Kolega", Zone: "Asia/Jakarta", Country: "ID", Lang: "id", Currency: "IDR"}); err != nil {
			t.Fatal(err)
		}
		s, fin := exchange.New(d), someone(access.Finance)
		good := exchange.Quote{On: "2026-11-20", From: "USD", To: "IDR", Rate: "15950.25", Source: "Kurs Pajak KMK 47"}
		if _, err := s.Type(ctx, someone(access.AE), good); err == nil {
			t.Error("an executive types rates")
		}
		if _, err := s.Type(ctx, fin, good); err != nil {
			t.Fatal(err)
		}
		other := good
		other.Rate = "16000"
		if _, err := s.Type(ctx, fin, other); !errors.Is(err, exchange.ErrTwice) {
			t.Errorf("another rate of the same day and source: %v", err)
		}
		for field, change := range map[string]func(*exchange.Quote){"on": func(q *exchange.Quote) { q.On = "2026-12-31" }, "to": func(q *exchange.Quote) { q.To = "USD" }, "rate": func(q *exchange.Quote) { q.Rate = "15.950,25" }, "source": func(q *exchange.Quote) { q.Source = " " }} {
			bad := good
			change(&bad)
			if f, ok := fault.As(bad.Check("2026-11-23")); !ok || f.Fields[field] == "" {
				t.Errorf("%s is let through", field)
			}
		}
		file := func() int {
			b, err := os.Open("testdata/eurofxref-daily.xml")
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			n, err := s.TakeFile(ctx, fin, "eurofxref-daily.xml", b)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := file(); n != 3 {
			t.Errorf("%d rates of currencies that we know, want 3", n)
		}
		if n := file(); n != 0 {
			t.Errorf("the same file again brings %d", n)
		}
		if n, err := s.TakeFile(ctx, fin, "hist.csv", strings.NewReader("Date,USD,IDR,TRL\n2026-11-19,1.24,19900,N/A\n")); err != nil || n != 2 {
			t.Errorf("the ECB's CSV: %d, %v", n, err)
		}
		if n, err := s.TakeFile(ctx, fin, "ours.csv", strings.NewReader("date,from,to,rate,source\n2026-11-20,PHP,IDR,281.35,Flip\n")); err != nil || n != 1 {
			t.Errorf("our CSV: %d, %v", n, err)
		}
		for name, text := range map[string]string{"a day that is none": "date,from,to,rate\n2026-11-31,USD,IDR,1\n", "no headings": "a,b\n1,2\n", "a web page": "<html><body>no", "a rate with letters": "date,from,to,rate,source\n2026-11-20,SGD,IDR,abc,x\n"} {
			if _, err := s.TakeFile(ctx, fin, "x.csv", strings.NewReader(text)); err == nil || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		f, err := s.Rate(ctx, fin, "USD", "IDR", "2026-11-22")
		if err != nil || f.Rate != "15950.25" || f.Named() != "Kurs Pajak KMK 47 2026-11-20" {
			t.Errorf("what a person typed comes first: %+v %v", f, err)
		}
		if _, err := s.Rate(ctx, fin, "SGD", "IDR", "2026-11-22"); !errors.Is(err, exchange.ErrNone) {
			t.Errorf("a pair that nobody quoted: %v", err)
		}
	})
}
