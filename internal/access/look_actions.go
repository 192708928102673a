package access

import (
	"context"
	"io"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/paper"
)

// logoSide is how many pixels a logo keeps at its longer side.
const logoSide = 640

// NewLook is what a person chose: the colour as typed, a new logo or nil to keep the old
// one, or none any more.
type NewLook struct {
	Color string
	Logo  io.Reader
	Drop  bool
}

// AgencyLook gives the agency's colour and logo as they are now, for doors.
func (s *Service) AgencyLook(ctx context.Context) (l Look, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { l, err = LoadLook(ctx, tx, OfAgency, tx.Now()); return err })
	return l, err
}

// SaveAgencyLook changes the agency's colour and logo from now on. Right:
// access.settings. Faults: look.color, look.logo.
func (s *Service) SaveAgencyLook(ctx context.Context, actor Actor, n NewLook) error {
	if err := actor.Require("access.settings", Owner{}); err != nil {
		return err
	}
	return KeepLook(ctx, s.db, actor, OfAgency, "access.settings", n)
}

// KeepLook keeps an owner's look from now on, with its audit entry under the verb. The
// caller has asked for the right. Faults: look.color, look.logo.
func KeepLook(ctx context.Context, d *db.DB, actor Actor, owner, verb string, n NewLook) error {
	color, err := ReadColor(n.Color)
	if err != nil {
		return err
	}
	var logo []byte
	if n.Logo != nil {
		if logo, err = paper.Picture(n.Logo, logoSide, true); err != nil {
			return ErrLogo
		}
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadLook(ctx, tx, owner, tx.Now())
		if err != nil {
			return err
		}
		next := Look{Owner: owner, Color: color, Logo: before.Logo, Since: tx.Now(), By: actor.Name}
		if n.Drop {
			next.Logo = []byte{}
		}
		if logo != nil {
			next.Logo = logo
		}
		if next.Logo == nil {
			next.Logo = []byte{}
		}
		if err := insertLook(ctx, tx, next); err != nil {
			return err
		}
		entry := audit.Entry{Verb: verb, Subject: "look", ID: owner, Before: map[string]any{"color": before.Color, "logo_bytes": len(before.Logo)}, After: map[string]any{"color": color, "logo_bytes": len(next.Logo)}}
		if owner != OfAgency {
			entry.Client = owner
		}
		return audit.Record(ctx, tx, actor.Who, entry)
	})
}
