package country

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Service holds the use cases of country profiles.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }

// Countries lists the profiles, for any person of the agency.
func (s *Service) Countries(ctx context.Context, actor access.Actor) (out []Country, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = List(ctx, tx); return err })
	return out, err
}

// Days lists a country's holidays of one year, for any person of the agency.
func (s *Service) Days(ctx context.Context, actor access.Actor, code string, year int) (out []Holiday, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = Holidays(ctx, tx, code, year); return err })
	return out, err
}

// Edit keeps a profile; one with Version 0 is new.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c Country) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		write := save
		if c.Version == 0 {
			write = insert
		}
		if err := write(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "country", ID: c.Code, After: c})
	})
}

// AddHoliday enters a day of the country's list. Faults: country.unknown,
// date.unreadable, country.holiday-year when the day lies outside the year it is
// entered for (0 for any), country.holiday-name.
func (s *Service) AddHoliday(ctx context.Context, actor access.Actor, h Holiday, year int) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	if _, err := worktime.ParseDate(string(h.Date)); err != nil {
		return worktime.ErrDate.At("date")
	}
	if y, _, _ := h.Date.Parts(); year != 0 && y != year {
		return ErrHolidayYear.With("year", year).At("date")
	}
	if h.NameID = strings.TrimSpace(h.NameID); h.NameID == "" {
		return ErrHolidayName.At("name_id")
	}
	if h.NameEN == "" {
		h.NameEN = h.NameID
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := Load(ctx, tx, h.Country); err != nil {
			return err
		}
		h.ID, h.Holiday.Country = tx.NewID(), h.Country
		if err := insertHoliday(ctx, tx, h); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "holiday", ID: h.ID, After: h})
	})
}

// DropHoliday takes a day from the list.
func (s *Service) DropHoliday(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := deleteHoliday(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "holiday", ID: id, Reason: "dropped"})
	})
}
