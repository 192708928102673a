package review

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/testkit"
)

// BenchmarkApproveDraft approves shown versions durably (W4): each iteration is one
// decision with its audit entry and its job. Clients decide at once.
func BenchmarkApproveDraft(b *testing.B) {
	for _, clients := range []int{1, 32} {
		b.Run(fmt.Sprint("clients=", clients), func(b *testing.B) {
			d := testkit.SQLite(b)
			s := New(d, nil, nil)
			seedShown(b, d, b.N)
			dewi := contact("k-dewi", "Dewi", "cl")
			dewi.ContactID = "k-dewi"
			var next atomic.Int64
			var wg sync.WaitGroup
			b.ResetTimer()
			for range clients {
				wg.Go(func() {
					for {
						n := next.Add(1)
						if n > int64(b.N) {
							return
						}
						if _, err := s.ApproveDraft(ctx, dewi, fmt.Sprint("v", n)); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
		})
	}
}

// seedShown puts n deliverables with a version that waits for the client.
func seedShown(b *testing.B, d *db.DB, n int) {
	b.Helper()
	testkit.Put(b, d, "person", map[string]any{"id": "p-ae", "email": "ae", "name": "Rani", "role": "ae"})
	testkit.Put(b, d, "client", map[string]any{"id": "cl", "name": "cl", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "fold": "cl"})
	testkit.Put(b, d, "brand", map[string]any{"id": "br", "client_id": "cl", "rivals": "[]"})
	testkit.Put(b, d, "contact", map[string]any{"id": "k-dewi", "client_id": "cl", "name": "Dewi"})
	testkit.Put(b, d, "campaign", map[string]any{"id": "camp", "client_id": "cl", "brand_id": "br", "market": "ID", "playbook": "exclusive-launch", "currency": "IDR",
		"ae_id": "p-ae", "decider_id": "k-dewi", "objective": "{}", "er_actions": "[]", "terms": "{}"})
	err := d.Write(ctx, func(tx *db.Tx) error {
		for i := 1; i <= n; i++ {
			del := Deliverable{ID: fmt.Sprint("d", i), BookingID: fmt.Sprint("b", i), CampaignID: "camp", ClientID: "cl", TalentID: "t", Number: 1, CreatedAt: t0, Limit: 2}
			if _, err := insertDeliverable(ctx, tx, del); err != nil {
				return err
			}
			v := Version{ID: fmt.Sprint("v", i), DeliverableID: del.ID, Major: 1, Minor: 1, SHA256: fmt.Sprint(i), BriefVersion: 1, UploadedAt: t0}
			if err := insertVersion(ctx, tx, "camp", v); err != nil {
				return err
			}
			v.ShownAt, v.OpenedAt = t0, t0.Add(time.Minute)
			if err := saveFate(ctx, tx, v); err != nil {
				return err
			}
			del.Revision = 1
			if err := hand(ctx, tx, del, v.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
