package talent

import (
	"context"

	"kolega/internal/db"
)

// ForgetBooking takes back the exclusivities and usage rights that a booking brought
// which ended before anything was posted, in the change that ends it.
func ForgetBooking(ctx context.Context, tx *db.Tx, bookingID string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM talent_contract WHERE booking_id = $1`, bookingID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM talent_right WHERE booking_id = $1`, bookingID)
	return err
}
