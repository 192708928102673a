package review

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"kolega/internal/db"
)

// What nobody went on with for a week is forgotten with its pieces; what is younger stays.
func TestLeftovers_AreSweptEachDay(t *testing.T) {
	each2(t, func(st *stage) {
		begin := func(name string) Incoming {
			in, err := st.s.BeginUpload(ctx, st.maya, BeginUpload{DeliverableID: st.reel.ID, FileName: name, Type: "video/mp4", Size: 100})
			if err == nil {
				_, err = st.s.Receive(ctx, st.maya, in.ID, 0, bytes.NewReader(take(9)[:10]))
			}
			if err != nil {
				st.Fatal(err)
			}
			return in
		}
		old := begin("old.mp4")
		st.clock.Advance(leftoverAfter)
		young := begin("young.mp4")
		if err := st.s.KeepSweeping(ctx); err != nil {
			st.Fatal(err)
		}
		if err := st.s.KeepSweeping(ctx); err != nil { // a second start on the same day
			st.Fatal(err)
		}
		st.clock.Advance(leftoverAfter / 7)
		st.drain()
		if _, err := st.s.Upload(ctx, st.maya, old.ID); !errors.Is(err, db.ErrNotFound) {
			st.Errorf("the old upload is still known: %v", err)
		}
		if _, err := os.Stat(st.s.spool.Path(old.ID)); !errors.Is(err, os.ErrNotExist) {
			st.Errorf("its pieces are still there: %v", err)
		}
		if in, err := st.s.Upload(ctx, st.maya, young.ID); err != nil || in.Received != 10 {
			st.Errorf("the young upload is gone: %+v, %v", in, err)
		}
		st.read(func(tx *db.Tx) (err error) {
			var waiting int
			err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE kind = 'review.leftovers-due' AND done_at IS NULL`).Scan(&waiting)
			if waiting != 1 {
				st.Errorf("%d sweeps wait, want that of tomorrow", waiting)
			}
			return err
		})
	})
}
