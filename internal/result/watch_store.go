package result

import (
	"context"
	"database/sql"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// mostWatched is how many live posts the list by date looks at.
const mostWatched = 5000

// listWatched gives the live posts that may still have to be looked at: those that
// must stay until since or later, and those posted after lately without such a day.
func listWatched(ctx context.Context, tx *db.Tx, campaignID string, since, lately worktime.Date) ([]Watched, error) {
	rows, err := tx.Query(ctx, `SELECT `+postColumns+`, t.name, c.name,
			(SELECT k.at FROM post_check k WHERE k.post_id = p.id AND k.item = 'online' ORDER BY k.at DESC, k.id DESC LIMIT 1),
			(SELECT k.ok FROM post_check k WHERE k.post_id = p.id AND k.item = 'online' ORDER BY k.at DESC, k.id DESC LIMIT 1)
		FROM post p JOIN talent t ON t.id = p.talent_id JOIN campaign c ON c.id = p.campaign_id
		WHERE p.withdrawn_at IS NULL AND p.gone_at IS NULL AND (p.campaign_id = $1 OR $1 = '')
			AND (p.online_until >= $2 OR p.online_until = '' AND p.posted_at >= $3)
		ORDER BY p.posted_at, p.id LIMIT $4`, campaignID, string(since), db.At(lately.In(nil)), mostWatched)
	return db.Collect(rows, err, func(r *sql.Rows) (w Watched, err error) {
		var ok sql.NullBool
		w.Post, err = scanPost(more{r, []any{&w.Talent, &w.Campaign, instant(&w.LastLook), &ok}})
		w.Missed = ok.Valid && !ok.Bool
		return w, err
	})
}

// more scans further columns behind those of a row.
type more struct {
	r    scanner
	into []any
}

// Scan reads the row's own columns, then the further ones.
func (m more) Scan(into ...any) error { return m.r.Scan(append(into, m.into...)...) }

// LivePost is a live post as its client sees it: no flag, no note, no price.
type LivePost struct {
	Talent, Handle, Platform, Format, URL, Zone string

	Posted      worktime.Date
	Due         worktime.Date // promised; empty when nothing was
	OnlineUntil worktime.Date
	Late        bool
}

func livePosts(ctx context.Context, tx *db.Tx, c campaign.Campaign) ([]LivePost, error) {
	posts, err := ListPosts(ctx, tx, c.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range posts {
		ids = append(ids, p.TalentID)
	}
	names, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	accounts, err := talent.LoadAccounts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	var out []LivePost
	for _, p := range posts {
		if !p.Live() || p.Doubtful() {
			continue
		}
		l := LivePost{Talent: names[p.TalentID].Name, Handle: accountIn(accounts[p.TalentID], p.AccountID, p.Platform).Handle, Platform: p.Platform, Format: p.Format, URL: p.URL,
			Zone: names[p.TalentID].Zone, Posted: worktime.DateOf(p.PostedAt, p.zone()), OnlineUntil: p.OnlineUntil, Late: p.Late() > 0}
		if !p.Due.IsZero() {
			l.Due = worktime.DateOf(p.Due.At, p.zone())
		}
		out = append(out, l)
	}
	return out, nil
}
