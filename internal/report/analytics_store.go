package report

import (
	"context"
	"database/sql"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// mostCampaigns bounds the analytics: a span with more is too long to read.
const mostCampaigns = 500

// campaignLines reads the campaigns that began in a span, the newest first.
func campaignLines(ctx context.Context, tx *db.Tx, from, to worktime.Date, today worktime.Date) ([]CampaignLine, error) {
	rows, err := tx.Query(ctx, `SELECT c.id, c.name, c.client_id, l.name, c.ae_id, COALESCE(p.name, ''), c.start_on, c.end_on, CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, COALESCE(f.again, ''), COALESCE(f.reason, '')
		FROM campaign c JOIN client l ON l.id = c.client_id LEFT JOIN person p ON p.id = c.ae_id LEFT JOIN farewell f ON f.campaign_id = c.id
		WHERE c.start_on >= $1 AND c.start_on <= $2 ORDER BY c.start_on DESC, c.id DESC LIMIT $3`, string(from), string(to), mostCampaigns)
	return db.Collect(rows, err, func(r *sql.Rows) (x CampaignLine, err error) {
		var closed int64
		err = r.Scan(&x.ID, &x.Name, &x.ClientID, &x.Client, &x.AEID, &x.AE, &x.Start, &x.End, &closed, &x.Said.Again, &x.Said.Reason)
		x.Over = closed == 1 || x.End.Valid() && x.End < today
		return x, err
	})
}

// complete fills in what became of a campaign.
func (x *CampaignLine) complete(ctx context.Context, tx *db.Tx, margin bool) error {
	delays, err := datesOf(ctx, tx, x.ID, "")
	if err != nil {
		return err
	}
	x.Delay = map[campaign.DelayParty]int64{}
	for _, d := range delays {
		for p, n := range d.ByParty() {
			x.Delay[p] += n
		}
	}
	y, err := review.FirstPass(ctx, tx, x.ID, "", "")
	if err != nil {
		return err
	}
	x.Clean, x.Shown = y.Clean, y.Shown
	if x.Promise, err = promiseKind(ctx, tx, x.ID); err != nil || !margin {
		return err
	}
	rows, err := ledger.Accounts(ctx, tx, ledger.Filter{CampaignID: x.ID})
	x.Margins = ledger.MarginOf(rows)
	return err
}

// promiseKind says what became of a campaign's guarantee, by its newest verdicts.
func promiseKind(ctx context.Context, tx *db.Tx, campaignID string) (PromiseKind, error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return "", err
	}
	if _, given := result.PromiseOf(c); !given {
		return NoPromise, nil
	}
	verdicts, err := result.ListVerdicts(ctx, tx, campaignID)
	if err != nil {
		return "", err
	}
	remedies, err := result.ListRemedies(ctx, tx, campaignID)
	return promiseOf(verdicts, remedies), err
}

// putFarewell keeps what a client said at the end.
func putFarewell(ctx context.Context, tx *db.Tx, campaignID string, f Farewell, to string) error {
	_, err := tx.Exec(ctx, `INSERT INTO farewell (campaign_id, again, reason, said_at, said_to) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (campaign_id) DO UPDATE SET again = excluded.again, reason = excluded.reason, said_at = excluded.said_at, said_to = excluded.said_to`,
		campaignID, string(f.Again), f.Reason, db.At(tx.Now()), to)
	return err
}

// rateLines reads the posts with verified numbers of the campaigns that began in a span.
func rateLines(ctx context.Context, tx *db.Tx, from, to worktime.Date) ([]RateLine, error) {
	rows, err := tx.Query(ctx, `SELECT c.id, c.name, p.id, t.name, p.url, p.platform, COALESCE(a.followers, -1), i.reach,
			COALESCE(i.likes, 0) + COALESCE(i.comments, 0) + COALESCE(i.saves, 0) + COALESCE(i.shares, 0)
		FROM insight i JOIN post p ON p.id = i.post_id JOIN campaign c ON c.id = i.campaign_id JOIN talent t ON t.id = i.talent_id LEFT JOIN talent_account a ON a.id = p.account_id
		WHERE c.start_on >= $1 AND c.start_on <= $2 AND i.verified_at IS NOT NULL AND i.replaced_at IS NULL AND i.contested_at IS NULL AND i.age = 'measuring'
			AND i.reach > 0 AND i.likes IS NOT NULL AND p.withdrawn_at IS NULL
		ORDER BY p.platform, i.taken_at DESC, i.id LIMIT $3`, string(from), string(to), mostPeers)
	return db.Collect(rows, err, func(r *sql.Rows) (x RateLine, err error) {
		var followers int64
		err = r.Scan(&x.CampaignID, &x.Campaign, &x.PostID, &x.Talent, &x.URL, &x.Platform, &followers, &x.Reach, &x.Engagements)
		x.Tier = talent.TierOf(followers)
		return x, err
	})
}
