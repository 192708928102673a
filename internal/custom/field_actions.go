package custom

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// Service carries the use cases of fields and their values.
type Service struct {
	db    *db.DB
	there map[Of]There
}

// There refuses a record that is not there, or that nothing may be added to.
type There func(ctx context.Context, tx *db.Tx, id string) error

// New makes the service; there says of each kind of record whether one is there.
func New(d *db.DB, there map[Of]There) *Service { return &Service{db: d, there: there} }

// see and edit are the rights to the record that a field is on.
func (o Of) see() access.Verb {
	if o == Clients {
		return "client.see"
	}
	return "talent.see"
}

func (o Of) edit() access.Verb {
	if o == Clients {
		return "client.edit"
	}
	return "talent.edit"
}

// Fields lists the fields of a kind of record.
func (s *Service) Fields(ctx context.Context, actor access.Actor, of Of) (out []Field, err error) {
	if err := actor.Require(of.see(), access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = List(ctx, tx, of); return err })
	return out, err
}

// Add makes a field. Faults: those of Normal; custom.taken, custom.many.
func (s *Service) Add(ctx context.Context, actor access.Actor, f Field) (Field, error) {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return f, err
	}
	f, err := f.Normal()
	if err != nil {
		return f, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		have, err := List(ctx, tx, f.Of)
		if err != nil {
			return err
		}
		if len(have) >= MostFields {
			return FaultMany.With("limit", MostFields)
		}
		f.ID, f.Version = tx.NewID(), 1
		if err := insert(ctx, tx, f); err != nil {
			return err
		}
		return record(ctx, tx, actor, "access.settings", "custom-field", f.ID, nil, f)
	})
	return f, err
}

// Edit changes a field's name and choices; its kind stays, since its values are of that
// kind. Faults: those of Normal; custom.taken, conflict.changed.
func (s *Service) Edit(ctx context.Context, actor access.Actor, f Field) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := Load(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		f.Of, f.Kind = before.Of, before.Kind
		if f, err = f.Normal(); err != nil {
			return err
		}
		if err := save(ctx, tx, f); err != nil {
			return err
		}
		return record(ctx, tx, actor, "access.settings", "custom-field", f.ID, before, f)
	})
}

// Drop takes a field out of use. Fault: conflict.changed.
func (s *Service) Drop(ctx context.Context, actor access.Actor, id string, version int64) error {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		f, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		f.Version = version
		if err := drop(ctx, tx, f); err != nil {
			return err
		}
		return record(ctx, tx, actor, "access.settings", "custom-field", id, f, nil)
	})
}

// Sheet is the fields of one record with its values by field.
type Sheet struct {
	Fields []Field
	Values map[string]string
}

// Sheet gives a record's fields and values.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, of Of, id string) (out Sheet, err error) {
	if err := actor.Require(of.see(), access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out.Fields, err = List(ctx, tx, of); err != nil {
			return err
		}
		all, err := Values(ctx, tx, []string{id})
		out.Values = all[id]
		return err
	})
	return out, err
}

// Sheets gives the values of many records, by the record's id and the field's.
func (s *Service) Sheets(ctx context.Context, actor access.Actor, of Of, ids []string) (out map[string]map[string]string, err error) {
	if err := actor.Require(of.see(), access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = Values(ctx, tx, ids); return err })
	return out, err
}

// Set keeps values as typed, by field; a field that is not named stays as it is, one with
// nothing typed is emptied. Nothing is kept where one is wrong. Faults by field, under its
// Input: custom.number, -date, -choice, -yes-no, -long; not-found.
func (s *Service) Set(ctx context.Context, actor access.Actor, of Of, id string, typed map[string]string) error {
	if err := actor.Require(of.edit(), access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.there[of](ctx, tx, id); err != nil {
			return err
		}
		fields, err := List(ctx, tx, of)
		if err != nil {
			return err
		}
		wrong, after := fault.Fields{}, map[string]string{}
		for _, f := range fields {
			text, ok := typed[f.ID]
			if !ok {
				continue
			}
			value, err := f.Read(text)
			if err != nil {
				wrong[f.Input()] = fault.CodeOf(err)
			} else if err := put(ctx, tx, id, f.ID, value); err != nil {
				return err
			}
			after[f.Name] = "changed" // the trail keeps which, not what: values may be personal
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		return record(ctx, tx, actor, of.edit(), "custom-value", id, nil, after)
	})
}

// With gives the records that have what is asked of every field, by field; asked is
// whether anything was. A value that cannot be is had by nobody.
func (s *Service) With(ctx context.Context, actor access.Actor, of Of, want map[string]string) (ids []string, asked bool, err error) {
	if err := actor.Require(of.see(), access.Owner{}); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		fields, err := List(ctx, tx, of)
		if err != nil {
			return err
		}
		for _, f := range fields {
			if want[f.ID] == "" {
				continue
			}
			var found []string
			if value, wrong := f.Read(want[f.ID]); wrong == nil {
				if found, err = Having(ctx, tx, f, value); err != nil {
					return err
				}
			}
			if !asked {
				ids = found
			} else {
				ids = both(ids, found)
			}
			asked = true
		}
		return nil
	})
	return ids, asked, err
}

// both are the ids in two sorted lists.
func both(a, b []string) (out []string) {
	in := make(map[string]bool, len(b))
	for _, id := range b {
		in[id] = true
	}
	for _, id := range a {
		if in[id] {
			out = append(out, id)
		}
	}
	return out
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, subject, id string, before, after any) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: subject, ID: id, Before: before, After: after})
}
