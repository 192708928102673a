package exchange

import (
	"bytes"
	"context"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/worktime"
)

// Service holds the use cases of exchange rates.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// maxFile bounds a file; the ECB's whole history has some megabytes.
const maxFile = 8_000_000

func today(ctx context.Context, tx *db.Tx) (worktime.Date, error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return "", err
	}
	zone, err := worktime.Zone(house.Zone)
	return worktime.DateOf(tx.Now(), zone), err
}

// Type keeps a rate that a person read somewhere. Faults: those of Quote.Check,
// exchange.twice.
func (s *Service) Type(ctx context.Context, actor access.Actor, q Quote) (Quote, error) {
	if err := actor.Require("rate.edit", access.Owner{}); err != nil {
		return q, err
	}
	q.Source = strings.TrimSpace(q.Source)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		if err := q.Check(day); err != nil {
			return err
		}
		q.ID, q.MadeAt, q.MadeBy = tx.NewID(), tx.Now(), actor.Name
		fresh, err := insertQuote(ctx, tx, q)
		if err != nil {
			return err
		}
		if !fresh {
			old, err := standing(ctx, tx, q)
			if err != nil {
				return err
			}
			return ErrTwice.With("rate", old).At("rate")
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rate.type", Subject: "exchange-rate", ID: q.ID, After: map[string]any{"on": q.On, "from": q.From, "to": q.To, "rate": q.Rate, "source": q.Source}})
	})
	return q, err
}

// TakeFile keeps the rates of a file: the ECB's XML or CSV, or our own CSV. All of it is
// taken or nothing; rates that were kept before stay. Faults: exchange.file, file.*,
// money.rate.
func (s *Service) TakeFile(ctx context.Context, actor access.Actor, name string, body io.Reader) (fresh int, err error) {
	if err := actor.Require("rate.edit", access.Owner{}); err != nil {
		return 0, err
	}
	quotes, err := readFile(name, body)
	if err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		fresh = 0
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		for _, q := range quotes {
			if err := q.Check(day); err != nil {
				return err
			}
			q.ID, q.MadeAt, q.MadeBy = tx.NewID(), tx.Now(), actor.Name
			kept, err := insertQuote(ctx, tx, q)
			if err != nil {
				return err
			}
			if kept {
				fresh++
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rate.file", Subject: "exchange-rate", ID: tx.NewID(), After: map[string]any{"file": name, "rates": len(quotes), "new": fresh}})
	})
	return fresh, err
}

func readFile(name string, body io.Reader) ([]Quote, error) {
	b, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxFile {
		return nil, paper.ErrFileBig.With("limit", maxFile)
	}
	var quotes []Quote
	if bytes.HasPrefix(bytes.TrimLeft(b, "\ufeff \r\n\t"), []byte("<")) {
		quotes, err = readECB(b)
	} else {
		quotes, err = readSheet(name, b)
	}
	if err == nil && len(quotes) == 0 {
		err = ErrFile.With("row", 1)
	}
	return quotes, err
}

func readSheet(name string, b []byte) ([]Quote, error) {
	rows, err := paper.ReadRows(name, bytes.NewReader(b), int64(len(b)), paper.DefaultLimits)
	if err != nil {
		return nil, err
	}
	list, err := rows.Collect()
	if err != nil {
		return nil, err
	}
	cells := make([][]string, len(list))
	for i, r := range list {
		cells[i] = r.Cells
	}
	return readRows(cells, name)
}

// Quotes lists the rates that are kept, the newest day first.
func (s *Service) Quotes(ctx context.Context, actor access.Actor, limit int) (list []Quote, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = listQuotes(ctx, tx, limit); return err })
	return list, err
}

// Rate answers what one unit of a currency was in another on a day. Fault: exchange.none.
func (s *Service) Rate(ctx context.Context, actor access.Actor, from, to money.Currency, day worktime.Date) (f Found, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		found, ok, err := RateOn(ctx, tx, from, to, day)
		if err == nil && !ok {
			err = ErrNone.With("from", string(from), "to", string(to), "day", day)
		}
		f = found
		return err
	})
	return f, err
}
