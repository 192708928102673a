package ledger

import (
	"context"
	"io"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Service answers questions about the books. It writes nothing: entries are
// posted by the slices whose facts they are, in the same change.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// Entries lists entries, newest first, for who may see the books.
func (s *Service) Entries(ctx context.Context, actor access.Actor, f Filter, before string, limit int) (list []Entry, err error) {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err = ListEntries(ctx, tx, f, before, limit)
		return err
	})
	return list, err
}

// Entry shows one entry.
func (s *Service) Entry(ctx context.Context, actor access.Actor, id string) (e Entry, err error) {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return Entry{}, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		e, err = LoadEntry(ctx, tx, id)
		return err
	})
	return e, err
}

// Accounts shows the balance of every account.
func (s *Service) Accounts(ctx context.Context, actor access.Actor, f Filter) (rows []Row, err error) {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err = Accounts(ctx, tx, f)
		return err
	})
	return rows, err
}

// journalPage is how many entries are read at once.
const journalPage = 500

// Journal writes the entries that a filter picks as a journal that double-entry
// tools read, whole entries in the order in which they were posted, dated in the
// reader's zone. All of it is one snapshot.
func (s *Service) Journal(ctx context.Context, actor access.Actor, f Filter, w io.Writer) error {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return err
	}
	zone, err := worktime.Zone(actor.Zone)
	if err != nil {
		return err
	}
	return s.EachEntry(ctx, actor, f, func(e Entry) error { return WriteEntry(w, e, zone) })
}
