package client

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Watch lists notes as NoteFilter picks them.
func (s *Service) Watch(ctx context.Context, actor access.Actor, f NoteFilter) (out []Note, err error) {
	if err := actor.Require("watch.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListNotes(ctx, tx, f); return err })
	return out, err
}

// Note gives one note.
func (s *Service) Note(ctx context.Context, actor access.Actor, id string) (n Note, err error) {
	if err := actor.Require("watch.see", access.Owner{}); err != nil {
		return n, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { n, err = LoadNote(ctx, tx, id); return err })
	return n, err
}

// TakeNote keeps an observation. Faults: watch.*.
func (s *Service) TakeNote(ctx context.Context, actor access.Actor, n Note) (Note, error) {
	if err := actor.Require("watch.edit", access.Owner{}); err != nil {
		return n, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n.ID, n.MadeAt, n.ByID, n.By, n.Version = tx.NewID(), tx.Now(), actor.ID, actor.Name, 1
		if err := checkNote(ctx, tx, &n); err != nil {
			return err
		}
		if err := insertNote(ctx, tx, n); err != nil {
			return err
		}
		return recordNote(ctx, tx, actor, n)
	})
	return n, err
}

// CorrectNote changes a note: one's own, or anybody's for those who lead accounts.
// Faults: watch.*, conflict.changed.
func (s *Service) CorrectNote(ctx context.Context, actor access.Actor, n Note) error {
	return s.onNote(ctx, actor, n.ID, func(tx *db.Tx, kept *Note) error {
		if kept.ByID != actor.ID && !actor.Can("opportunity.edit") {
			return ErrNoteOwn
		}
		n.Kind, n.MadeAt, n.ByID, n.By, n.DealID = kept.Kind, kept.MadeAt, kept.ByID, kept.By, kept.DealID
		*kept = n
		return checkNote(ctx, tx, kept)
	})
}

// AttachNote puts a note beside an open opportunity; "" takes it away.
func (s *Service) AttachNote(ctx context.Context, actor access.Actor, id, dealID string) error {
	return s.onNote(ctx, actor, id, func(tx *db.Tx, n *Note) error {
		if dealID != "" {
			o, err := LoadOpportunity(ctx, tx, dealID)
			if err != nil {
				return err
			}
			if !o.Stage.Open() {
				return errNoteClosed
			}
			if n.ClientID == "" {
				n.ClientID = o.ClientID
			}
		}
		n.DealID = dealID
		return nil
	})
}

// PursueNote makes an opportunity of what was seen, and attaches the note (A4).
// Faults: those of OpenOpportunity.
func (s *Service) PursueNote(ctx context.Context, actor access.Actor, id string, o Opportunity, step Step, again bool) (Opportunity, error) {
	n, err := s.Note(ctx, actor, id)
	if err != nil {
		return o, err
	}
	o.Source = "watch"
	if o.Brand == "" {
		o.Brand = n.Brand
	}
	if o, err = s.OpenOpportunity(ctx, actor, o, step, again); err != nil {
		return o, err
	}
	return o, s.AttachNote(ctx, actor, id, o.ID)
}

func (s *Service) onNote(ctx context.Context, actor access.Actor, id string, do func(tx *db.Tx, n *Note) error) error {
	if err := actor.Require("watch.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := LoadNote(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &n); err != nil {
			return err
		}
		if err := saveNote(ctx, tx, n); err != nil {
			return err
		}
		return recordNote(ctx, tx, actor, n)
	})
}

func checkNote(ctx context.Context, tx *db.Tx, n *Note) error {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	loc, err := worktime.Zone(agency.Zone)
	if err != nil {
		return err
	}
	if err := n.tidy(worktime.DateOf(tx.Now(), loc)); err != nil {
		return err
	}
	if n.ClientID != "" {
		if _, err := LoadClient(ctx, tx, n.ClientID); err != nil {
			return ErrDealClient
		}
	}
	if n.Link == "" {
		return nil
	}
	other, err := noteOfLink(ctx, tx, n.Kind, n.Link)
	if err == nil && other.ID != "" && other.ID != n.ID {
		return ErrNoteTwice.With("by", other.By, "on", other.SeenOn)
	}
	return err
}

func recordNote(ctx context.Context, tx *db.Tx, actor access.Actor, n Note) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "watch.edit", Subject: "note", ID: n.ID, Client: n.ClientID, After: map[string]any{"kind": n.Kind, "brand": n.Brand, "link": n.Link}})
}
