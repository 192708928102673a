package campaign

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
)

// Playbooks lists the ways of working, the retired ones when asked for.
func (s *Service) Playbooks(ctx context.Context, actor access.Actor, retired bool) (out []Playbook, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListPlaybooks(ctx, tx, retired); return err })
	return out, err
}

// Playbook gives one way of working.
func (s *Service) Playbook(ctx context.Context, actor access.Actor, key string) (p Playbook, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if p, err = LoadPlaybook(ctx, tx, key); errors.Is(err, ErrNoPlaybook) {
			return db.ErrNotFound
		}
		return err
	})
	return p, err
}

// EditPlaybook keeps a way of working; one with Version 0 is new. Campaigns that
// began from it keep their works. Faults: the form's, playbook.taken, conflict.changed.
func (s *Service) EditPlaybook(ctx context.Context, actor access.Actor, p Playbook) (Playbook, error) {
	if err := actor.Require("access.settings", access.Owner{}); err != nil {
		return p, err
	}
	if err := p.tidy(); err != nil {
		return p, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		write := savePlaybook
		if p.Version == 0 {
			write = insertPlaybook
		}
		if err := write(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.settings", Subject: "playbook", ID: p.Key, After: p})
	})
	p.Version++
	return p, err
}
