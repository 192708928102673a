package client

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/privacy"
)

// Personal is what the clients' file keeps about a contact; what is left is somebody who
// has left.
var Personal = privacy.Part{
	Tables: []privacy.Table{{Name: "contact", Whose: `id = $1`, Show: []string{"id", "client_id", "name", "title", "email", "phone", "lang", "zone", "left_at"},
		Words: []string{"name", "email", "phone"}, Near: []string{"title"}, Alias: []string{"name", "fold"}, Clear: []string{"title", "email", "phone"}},
		{Name: "contact_log", Show: []string{"channel", "inbound", "at", "summary"}, Blot: []string{"summary"}},
		{Name: "client_issue", Whose: privacy.Anybody, Blot: []string{"what", "outcome"}},
		{Name: "client_care", Whose: privacy.Anybody, Blot: []string{"words"}},
		{Name: "opportunity", Whose: privacy.Anybody, Blot: []string{"title", "lost_note"}},
		{Name: "watch_note", Whose: privacy.Anybody, Blot: []string{"takeaway"}}},
	Erased: erased,
}

// PersonalOfAnyone is what notes about work that may be won, and about what happens
// outside, say of persons in passing.
var PersonalOfAnyone = privacy.Part{Tables: []privacy.Table{
	{Name: "opportunity", Whose: privacy.Anybody, Blot: []string{"title", "source", "lost_note"}},
	{Name: "watch_note", Whose: privacy.Anybody, Blot: []string{"handles", "takeaway", "link"}},
}}

func erased(ctx context.Context, tx *db.Tx, id, _ string) ([]string, error) {
	_, err := tx.Exec(ctx, `UPDATE contact SET left_at = COALESCE(left_at, $2), version = version + 1 WHERE id = $1`, id, db.At(tx.Now()))
	return nil, err
}
