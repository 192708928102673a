package match

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// readRows reads the rows at the missing places. Of a talent's accounts it takes the
// one that the hit means.
func readRows(ctx context.Context, tx *db.Tx, hits []Hit, rows []*Row, missing []int) error {
	ids := make([]string, len(missing))
	at := make(map[string]int, len(missing))
	for i, place := range missing {
		ids[i] = hits[place].TalentID
		at[ids[i]] = place
	}
	return inParts(ctx, tx, `SELECT t.id, t.name, t.country, t.city, t.categories, a.id, a.platform, a.handle, a.followers, a.er_bp
		FROM talent t LEFT JOIN talent_account a ON a.talent_id = t.id WHERE t.id IN (LIST) AND t.status <> 'erased'`, ids, func(r *sql.Rows) error {
		x := &Row{Followers: -1, ERBp: -1}
		var categories db.JSON[[]string]
		var account, platform, handle sql.NullString
		var followers, er sql.NullInt64
		if err := r.Scan(&x.TalentID, &x.Name, &x.Country, &x.City, &categories, &account, &platform, &handle, &followers, &er); err != nil {
			return err
		}
		place := at[x.TalentID]
		if want := hits[place].account; want != 0 && (!account.Valid || accountHash(account.String) != want) {
			return nil
		}
		if x.Categories = categories.V; account.Valid {
			x.AccountID, x.Platform, x.Handle, x.Followers, x.ERBp = account.String, platform.String, handle.String, followers.Int64, er.Int64
		}
		rows[place] = x
		return nil
	})
}
