package testkit

import (
	"fmt"
	"testing"
	"time"

	"kolega/internal/db"
)

// Booked puts one campaign with two booked talents whose content is approved and
// due two hours after Start: client "cl", brand "br", contact "co", people "ae",
// "sp" and "ma", campaign "ca", slots "s1" and "s2", talents "t1" (Bea Santillan,
// @beasantillan) and "t2" (Mika Delos Reyes, @mikadlr), bookings "b1" and "b2",
// deliverables "d1" and "d2" (Reels of 1,000,000 and 2,000,000 rupiah to the client).
// terms is the campaign's terms as JSON.
func Booked(t testing.TB, d *db.DB, terms string) {
	t.Helper()
	now := Start.UnixMicro()
	due := Start.Add(2 * time.Hour).UnixMicro()
	for _, p := range [][2]string{{"ae", "senior_ae"}, {"sp", "specialist"}, {"ma", "manager"}} {
		Put(t, d, "person", map[string]any{"id": p[0], "email": p[0] + "@x.id", "name": p[0], "role": p[1], "lang": "id", "zone": "Asia/Jakarta"})
	}
	Put(t, d, "client", map[string]any{"id": "cl", "name": "Melati Glow", "legal_name": "PT Melati Glow", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "fold": "melati glow"})
	Put(t, d, "brand", map[string]any{"id": "br", "client_id": "cl", "name": "Melati Glow", "rivals": "[]", "fold": "melati glow"})
	Put(t, d, "contact", map[string]any{"id": "co", "client_id": "cl", "name": "Sari", "lang": "id", "zone": "Asia/Jakarta"})
	Put(t, d, "campaign", map[string]any{"id": "ca", "client_id": "cl", "brand_id": "br", "name": "Peluncuran Two-Way Cake", "market": "PH", "playbook": firstPlaybook(t, d),
		"currency": "IDR", "start_on": "2026-11-02", "end_on": "2026-12-12", "ae_id": "ae", "specialist_id": "sp", "decider_id": "co", "objective": "{}",
		"er_formula": "reach", "er_actions": `["likes","comments","saves","shares"]`, "started_at": now, "terms": terms})
	for i, who := range [][3]string{{"Bea Santillan", "beasantillan", "Asia/Manila"}, {"Mika Delos Reyes", "mikadlr", "Asia/Manila"}} {
		n := fmt.Sprint(i + 1)
		price := int64(i+1) * 1_000_000
		Put(t, d, "slot", map[string]any{"id": "s" + n, "campaign_id": "ca", "number": i + 1, "deliverables": `[{"Platform":"instagram","Format":"reels","Count":1}]`,
			"price_minor": price, "price_currency": "IDR", "budget_currency": "IDR", "draft_on": "2026-11-20", "post_on": "2026-11-23", "conditions": "{}"})
		Put(t, d, "talent", map[string]any{"id": "t" + n, "name": who[0], "name_key": who[1], "kind": "creator", "country": "PH", "zone": who[2], "lang": "fil", "currency": "PHP", "status": "free",
			"languages": "[]", "tags": "[]", "categories": "[]"})
		Put(t, d, "talent_account", map[string]any{"id": "a" + n, "talent_id": "t" + n, "platform": "instagram", "handle": who[1], "account_key": who[1], "followers": 100_000 * int64(i+1), "avg_views": -1})
		Put(t, d, "candidate", map[string]any{"id": "k" + n, "campaign_id": "ca", "client_id": "cl", "slot_id": "s" + n, "talent_id": "t" + n, "account_id": "a" + n})
		Put(t, d, "offer", map[string]any{"id": "o" + n, "campaign_id": "ca", "client_id": "cl", "slot_id": "s" + n, "candidate_id": "k" + n, "talent_id": "t" + n, "account_id": "a" + n,
			"pieces": "[]", "rights": "{}", "dates": "[]"})
		Put(t, d, "booking", map[string]any{"id": "b" + n, "campaign_id": "ca", "client_id": "cl", "slot_id": "s" + n, "offer_id": "o" + n, "candidate_id": "k" + n, "talent_id": "t" + n, "account_id": "a" + n,
			"pieces": "[]", "rights": "{}", "fee_minor": 500_000, "fee_currency": "IDR", "home_currency": "IDR", "home_minor": 500_000, "price_minor": price, "price_currency": "IDR",
			"post_due_at": due, "post_due_zone": who[2], "committed_at": Start.Add(-20 * 24 * time.Hour).UnixMicro(), "version": 1})
		Put(t, d, "deliverable", map[string]any{"id": "d" + n, "booking_id": "b" + n, "campaign_id": "ca", "client_id": "cl", "talent_id": "t" + n, "number": 1, "platform": "instagram", "format": "reels",
			"post_due_at": due, "post_due_zone": who[2], "approved_id": "v" + n, "made_at": now, "version": 1})
	}
}

func firstPlaybook(t testing.TB, d *db.DB) (key string) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT key FROM playbook ORDER BY key LIMIT 1`).Scan(&key)
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}
