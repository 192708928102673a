package client

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Look gives a client's colour and logo as they are now. Right: client.see; of a client's
// link, the own.
func (s *Service) Look(ctx context.Context, actor access.Actor, id string) (l access.Look, err error) {
	if !actor.IsClient() || actor.ClientID != id {
		if err := actor.Require("client.see", access.Owner{ClientID: id}); err != nil {
			return l, err
		}
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := LoadClient(ctx, tx, id); err != nil {
			return err
		}
		l, err = access.LoadLook(ctx, tx, id, tx.Now())
		return err
	})
	return l, err
}

// SaveLook changes a client's colour and logo from now on: they stand on the reports for
// them. Right: client.edit. Faults: look.color, look.logo, not-found.
func (s *Service) SaveLook(ctx context.Context, actor access.Actor, id string, n access.NewLook) error {
	if err := actor.Require("client.edit", access.Owner{ClientID: id}); err != nil {
		return err
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { _, err := LoadClient(ctx, tx, id); return err }); err != nil {
		return err
	}
	return access.KeepLook(ctx, s.db, actor, id, "client.edit", n)
}
