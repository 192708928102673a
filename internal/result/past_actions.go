package result

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// PastWith says how talents did for a client before: of the promises measured for their
// own bookings, the share that was met, 0 to 1000 (R18, "past results with this
// client"). Who is not in it has no measured promise there. Fault: access.forbidden.
func (s *Service) PastWith(ctx context.Context, actor access.Actor, clientID string) (out map[string]int64, err error) {
	if err := actor.Require("guarantee.see", access.Owner{ClientID: clientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = pastWith(ctx, tx, clientID); return err })
	return out, err
}
