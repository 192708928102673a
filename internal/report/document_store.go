package report

import (
	"context"
	"errors"
	"slices"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// bestPosts is how many posts a report shows with a picture.
const bestPosts = 3

// Build computes a campaign's document from the facts at this moment.
func Build(ctx context.Context, tx *db.Tx, campaignID string) (Document, campaign.Campaign, error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return Document{}, c, err
	}
	d := Document{Campaign: c.Name, From: c.StartOn, To: c.EndOn, MadeAt: tx.Now(), Purpose: c.Objective.Purpose, Metric: c.Objective.Metric,
		Target: c.Objective.Target, Audience: c.Objective.Audience, Formula: result.Formula(c.ERFormula), Actions: result.MetricsOf(c.ERActions)}
	if err := d.parties(ctx, tx, c); err != nil {
		return d, c, err
	}
	t, err := LoadText(ctx, tx, campaignID)
	if err != nil {
		return d, c, err
	}
	d.Summary, d.Learned, d.Advice, d.EMV = t.Summary, t.Learned, t.Advice, t.EMV
	g, err := result.LoadFigures(ctx, tx, c)
	if err != nil {
		return d, c, err
	}
	if g.Given {
		d.Formula, d.Actions = g.Promise.Formula, g.Promise.Actions
	}
	if !d.Formula.Known() {
		d.Formula = result.ByReach
	}
	if len(d.Actions) == 0 {
		d.Actions = result.DefaultActions
	}
	if err := d.figures(g.Rows); err != nil {
		return d, c, err
	}
	d.promise(g)
	if err := d.compare(ctx, tx); err != nil {
		return d, c, err
	}
	if err := d.spread(ctx, tx, c); err != nil {
		return d, c, err
	}
	if err := d.pictures(ctx, tx, campaignID, g.Rows); err != nil {
		return d, c, err
	}
	paid, err := paidFor(ctx, tx, c)
	d.Worth = Worth{Paid: paid, Engagements: Count{Value: d.Total.Engagements, Known: d.Total.Measured, Of: d.Total.Posts}, Views: d.Total.Views, Impressions: d.Total.Impressions, Reach: d.Total.Reach}
	return d, c, err
}

// spread fills the domino tree and the traces from the facts.
func (d *Document) spread(ctx context.Context, tx *db.Tx, c campaign.Campaign) error {
	dom, err := result.LoadDomino(ctx, tx, c)
	if err != nil {
		return err
	}
	if roots := dom.Tree(); len(roots) > 0 {
		s, err := dom.Spread(result.MediaSide)
		if err != nil {
			return err
		}
		d.Spread = Spread{Roots: branches(roots), Paid: s.Paid, Free: s.Free, Depth: int64(s.Depth)}
	}
	list, err := result.TraceOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	for _, t := range list {
		if len(t.Links)+len(t.Codes) > 0 {
			d.Traces = append(d.Traces, Traced{Talent: t.Talent, Linked: len(t.Links) > 0, Coded: len(t.Codes) > 0, Visits: t.Visits, Orders: t.Orders, Amount: t.Amount})
		}
	}
	return nil
}

// compare holds the talents against others.
func (d *Document) compare(ctx context.Context, tx *db.Tx) error {
	published, err := ListBenchmarks(ctx, tx)
	if err != nil {
		return err
	}
	own, err := ListMarks(ctx, tx)
	d.standings(published, own, min(d.To, worktime.DateOf(tx.Now(), nil)))
	return err
}

// pictures gives the best posts a picture: the one somebody chose, else the approved
// draft when it is one.
func (d *Document) pictures(ctx context.Context, tx *db.Tx, campaignID string, rows []result.PostRow) error {
	chosen, err := listPictures(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	for _, b := range d.Best(bestPosts) {
		i := slices.IndexFunc(d.Posts, func(p Post) bool { return p.ID == b.ID })
		if d.Posts[i].Picture = chosen[b.ID]; d.Posts[i].Picture != "" {
			continue
		}
		at := slices.IndexFunc(rows, func(r result.PostRow) bool { return r.Post.ID == b.ID })
		if id := rows[at].Post.VersionID; id != "" {
			v, err := review.LoadVersion(ctx, tx, id)
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
			if v.Type == "image/png" || v.Type == "image/jpeg" {
				d.Posts[i].Picture = v.SHA256
			}
		}
	}
	return nil
}

// parties names who made the report and for whom, in the client's language and zone.
func (d *Document) parties(ctx context.Context, tx *db.Tx, c campaign.Campaign) error {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	of, err := client.LoadClient(ctx, tx, c.ClientID)
	if err != nil {
		return err
	}
	brand, err := client.LoadBrand(ctx, tx, c.BrandID)
	if err != nil {
		return err
	}
	ae, err := access.LoadPerson(ctx, tx, c.AEID)
	d.Agency, d.Client, d.Brand, d.AE, d.Lang, d.Zone = agency.Name, of.LegalName, brand.Name, ae.Name, of.Lang, of.Zone
	return err
}

// paidFor is what the client pays: the agreement's value, else the sum of the bookings' prices.
func paidFor(ctx context.Context, tx *db.Tx, c campaign.Campaign) (money.Amount, error) {
	if !c.Terms.Value.None() {
		return c.Terms.Value, nil
	}
	bookings, err := casting.ListBookings(ctx, tx, c.ID)
	if err != nil {
		return money.Amount{}, err
	}
	var prices []money.Amount
	for _, b := range bookings {
		if b.Active() && b.Price.Currency == c.Currency {
			prices = append(prices, b.Price)
		}
	}
	if len(prices) == 0 {
		return money.Amount{}, nil
	}
	return money.Sum(c.Currency, prices...)
}
