package billing

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
)

// Templates lists the wordings of agreements; those that are no longer offered stand
// last.
func (s *Service) Templates(ctx context.Context, actor access.Actor) (list []Template, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = listTemplates(ctx, tx); return err })
	return list, err
}

// Template gives one wording.
func (s *Service) Template(ctx context.Context, actor access.Actor, id string) (t Template, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { t, err = loadTemplate(ctx, tx, id); return err })
	return t, err
}

// KeepTemplate makes a wording, or changes the one with its id. Agreements that were
// made from it keep the words they have. Faults: form.invalid, conflict.changed.
func (s *Service) KeepTemplate(ctx context.Context, actor access.Actor, t Template) (Template, error) {
	t.Name, t.Body = strings.Join(strings.Fields(t.Name), " "), strings.TrimSpace(strings.ReplaceAll(t.Body, "\r\n", "\n"))
	return t, s.template(ctx, actor, func(tx *db.Tx) (Template, error) {
		if err := t.Check(); err != nil {
			return t, err
		}
		if t.ID == "" {
			t.ID, t.MadeAt, t.MadeBy, t.Version = tx.NewID(), tx.Now(), actor.Name, 1
			return t, insertTemplate(ctx, tx, t)
		}
		old, err := loadTemplate(ctx, tx, t.ID)
		if err != nil {
			return t, err
		}
		t.MadeAt, t.MadeBy, t.RetiredAt = old.MadeAt, old.MadeBy, old.RetiredAt
		return t, saveTemplate(ctx, tx, t)
	})
}

// RetireTemplate takes a wording out of use, or brings it back.
func (s *Service) RetireTemplate(ctx context.Context, actor access.Actor, id string, off bool) error {
	return s.template(ctx, actor, func(tx *db.Tx) (Template, error) {
		t, err := loadTemplate(ctx, tx, id)
		if err != nil {
			return t, err
		}
		if t.RetiredAt = (time.Time{}); off {
			t.RetiredAt = tx.Now()
		}
		return t, saveTemplate(ctx, tx, t)
	})
}

func (s *Service) template(ctx context.Context, actor access.Actor, change func(*db.Tx) (Template, error)) error {
	if err := actor.Require("agreement.template", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := change(tx)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "agreement.template", Subject: "agreement-template", ID: t.ID, After: map[string]any{"name": t.Name, "lang": t.Lang, "off": !t.RetiredAt.IsZero()}})
	})
}
