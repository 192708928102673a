package result

import (
	"context"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// agencyZone is where the agency's own working days are counted.
const agencyZone = "Asia/Jakarta"

func agencyCalendar(ctx context.Context, tx *db.Tx) (worktime.Calendar, error) {
	return country.Calendar(ctx, tx, "ID", agencyZone)
}

// wantedSlots lists the slots that are not dropped.
func wantedSlots(ctx context.Context, tx *db.Tx, campaignID string) ([]string, error) {
	slots, err := campaign.ListSlots(ctx, tx, campaignID)
	var ids []string
	for _, s := range slots {
		if s.Open() {
			ids = append(ids, s.ID)
		}
	}
	return ids, err
}

// followersOf is the account's number of followers, -1 when unknown.
func followersOf(ctx context.Context, tx *db.Tx, o Owed) (int64, error) {
	if o.AccountID == "" {
		return -1, nil
	}
	a, err := talent.LoadAccount(ctx, tx, o.AccountID)
	return a.Followers, err
}

// PromiseOf gives the campaign's guarantee; ok is false when nothing was promised.
func PromiseOf(c campaign.Campaign) (p Promise, ok bool) {
	g := c.Terms.Guarantee
	if g == nil {
		return Promise{}, false
	}
	p = Promise{Formula: Formula(g.Formula), Actions: MetricsOf(g.Actions), TargetBp: g.TargetBp, Scope: Scope(g.Scope),
		Base: RefundBase(g.RefundBase), ShareBp: g.ShareBp}
	if len(p.Actions) == 0 {
		p.Actions = DefaultActions
	}
	if p.ShareBp == 0 {
		p.ShareBp = DefaultShareBp
	}
	if p.Scope == "" {
		p.Scope = PerCampaign
	}
	return p, true
}

// MetricsOf turns the names of actions into metrics.
func MetricsOf(names []string) []Metric {
	out := make([]Metric, len(names))
	for i, n := range names {
		out[i] = Metric(n)
	}
	return out
}

// Guarantee is a campaign's promise as it stands.
type Guarantee struct {
	Promise  Promise
	Given    bool // false: nothing was promised
	Verdicts []Verdict
	History  []VerdictVersion
	Remedies []Remedy
	Rulings  []Ruling
	Rows     []PostRow
}

// RemediesOf lists the remedies of one verdict, oldest first.
func (g Guarantee) RemediesOf(bookingID string) []Remedy {
	var out []Remedy
	for _, r := range g.Remedies {
		if r.BookingID == bookingID {
			out = append(out, r)
		}
	}
	return out
}

// HistoryOf lists the versions of one verdict, oldest first.
func (g Guarantee) HistoryOf(bookingID string) []VerdictVersion {
	var out []VerdictVersion
	for _, v := range g.History {
		if v.BookingID == bookingID {
			out = append(out, v)
		}
	}
	return out
}

// CauseOf says whether the cause of a miss is contested and what management decided.
func (g Guarantee) CauseOf(bookingID string) Cause {
	var c Cause
	for _, r := range g.Rulings {
		switch {
		case r.BookingID != bookingID:
		case r.Kind == RulingCause:
			c.Contested = true
		case r.Kind == RulingOwed:
			c.Decided, c.Owed = true, r.Answer == "yes"
		}
	}
	return c
}

// Open lists the verdicts that still need somebody: running, unproven, or missed
// without a remedy that settles it.
func (g Guarantee) Open() []Verdict {
	var out []Verdict
	for _, v := range g.Verdicts {
		switch v.State {
		case Met:
			continue
		case Missed:
			if g.settled(v.BookingID) {
				continue
			}
		}
		out = append(out, v)
	}
	return out
}

// settled: refunded with approval, or management found that nothing is owed. A
// replacement settles nothing until its own numbers are verified.
func (g Guarantee) settled(bookingID string) bool {
	if c := g.CauseOf(bookingID); c.Decided && !c.Owed {
		return true
	}
	for _, r := range g.RemediesOf(bookingID) {
		if r.Open() && r.Kind == Refund && !r.ApprovedAt.IsZero() {
			return true
		}
	}
	return false
}

// LoadGuarantee evaluates a campaign's guarantee inside a transaction.
func LoadGuarantee(ctx context.Context, tx *db.Tx, campaignID string) (g Guarantee, err error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return g, err
	}
	rows, err := loadRows(ctx, tx, campaignID)
	if err != nil {
		return g, err
	}
	return guaranteeOf(ctx, tx, c, rows)
}

// guaranteeOf evaluates a campaign's guarantee over its rows.
func guaranteeOf(ctx context.Context, tx *db.Tx, c campaign.Campaign, rows []PostRow) (g Guarantee, err error) {
	campaignID := c.ID
	g.Rows = rows
	if g.Promise, g.Given = PromiseOf(c); !g.Given {
		return g, nil
	}
	if g.Rulings, err = ListRulings(ctx, tx, campaignID); err != nil {
		return g, err
	}
	if g.Remedies, err = ListRemedies(ctx, tx, campaignID); err != nil {
		return g, err
	}
	if g.History, err = ListVerdicts(ctx, tx, campaignID); err != nil {
		return g, err
	}
	pieces, err := loadPieces(ctx, tx, campaignID, g)
	if err != nil {
		return g, err
	}
	if g.Verdicts, err = Evaluate(g.Promise, pieces, tx.Now()); err != nil {
		return g, err
	}
	for i := range g.Verdicts {
		g.Verdicts[i].agree(g.Rulings)
	}
	return g, nil
}

// agree puts a result agreed in writing in the place of one that cannot be measured.
func (v *Verdict) agree(rulings []Ruling) {
	for _, r := range rulings {
		if r.Kind == RulingResult && r.BookingID == v.BookingID && v.State == Unproven {
			v.State, v.Agreed = State(r.Answer), true
		}
	}
}

func loadPieces(ctx context.Context, tx *db.Tx, campaignID string, g Guarantee) ([]Piece, error) {
	cal, err := agencyCalendar(ctx, tx)
	if err != nil {
		return nil, err
	}
	bookings, err := casting.ListBookings(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	instead := replacements(bookings, g.Remedies)
	var pieces []Piece
	for _, r := range g.Rows {
		d := r.Deliverable
		p := Piece{DeliverableID: d.ID, BookingID: d.BookingID, TalentID: d.TalentID, Talent: r.Talent, PostID: r.Post.ID,
			Formula: formulaFor(g, d.BookingID), PostedAt: r.Post.PostedAt, Replaces: instead[d.BookingID], Forecast: forecastOf(g.Promise, r)}
		if r.Post.ID != "" {
			p.MeasureAt = r.MeasureAt
			p.ProofBy = ProofBy(r.MeasureAt, cal)
		}
		if r.Proof.ID != "" {
			p.Counts = r.Proof.Counts
		}
		pieces = append(pieces, p)
	}
	return pieces, nil
}

// replacements maps the booking in a free slot to the booking whose failure it answers.
func replacements(bookings []casting.Booking, remedies []Remedy) map[string]string {
	out := map[string]string{}
	for _, r := range remedies {
		for _, b := range bookings {
			if r.Kind == Replacement && r.SlotID != "" && b.SlotID == r.SlotID && r.BookingID != "" {
				out[b.ID] = r.BookingID
			}
		}
	}
	return out
}

func formulaFor(g Guarantee, bookingID string) Formula {
	f := g.Promise.Formula
	for _, r := range g.Rulings {
		if r.Kind == RulingFormula && (r.BookingID == bookingID || r.BookingID == "") {
			f = Formula(r.Answer)
		}
	}
	return f
}

// forecastOf is the base that an account's own figures let expect; 0 when it has none.
func forecastOf(p Promise, r PostRow) int64 {
	n := int64(0)
	switch p.Formula {
	case ByFollowers:
		n = r.Followers
	case ByViews:
		n = r.AvgViews
	}
	return max(n, 0)
}

// amountLine is the price of the booking a refund by line is a share of.
func amountLine(ctx context.Context, tx *db.Tx, bookingID string) (money.Amount, error) {
	b, err := casting.LoadBooking(ctx, tx, bookingID)
	return b.Price, err
}

// recordVerdicts keeps a new version of each decided verdict that changed. A verdict
// that was decided once is kept on every later change, so that a correction shows.
func recordVerdicts(ctx context.Context, tx *db.Tx, campaignID, cause string) error {
	g, err := LoadGuarantee(ctx, tx, campaignID)
	if err != nil || !g.Given {
		return err
	}
	for _, v := range g.Verdicts {
		if err := recordVerdict(ctx, tx, campaignID, g, v, cause); err != nil {
			return err
		}
	}
	return nil
}

func recordVerdict(ctx context.Context, tx *db.Tx, campaignID string, g Guarantee, v Verdict, cause string) error {
	last, err := lastVerdict(ctx, tx, campaignID, v.BookingID)
	if err != nil {
		return err
	}
	decided := v.State == Met || v.State == Missed
	next := VerdictVersion{CampaignID: campaignID, BookingID: v.BookingID, Number: last.Number + 1, State: v.State, Formula: g.Promise.Formula, Actions: g.Promise.Actions,
		TargetBp: v.TargetBp, Engagements: v.Sum.Engagements, Base: v.Sum.Base, Posts: int64(v.Sum.Measured), Cause: cause, At: tx.Now()}
	if !decided && last.Number == 0 || last.Number > 0 && last.same(next) {
		return nil
	}
	if err := insertVerdict(ctx, tx, next); err != nil {
		return err
	}
	if err := failReplacement(ctx, tx, g, v); err != nil {
		return err
	}
	return announceVerdict(ctx, tx, next)
}

// failReplacement marks a replacement whose own numbers missed as well: from then on
// only the refund is left.
func failReplacement(ctx context.Context, tx *db.Tx, g Guarantee, v Verdict) error {
	if v.State != Missed {
		return nil
	}
	for _, r := range g.RemediesOf(v.BookingID) {
		if r.Kind == Replacement && r.Open() && replacementMeasured(g, r) {
			r.FailedAt = tx.Now()
			if err := saveRemedy(ctx, tx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// replacementMeasured says whether the free slot's own content is proven.
func replacementMeasured(g Guarantee, r Remedy) bool {
	measured := false
	for _, row := range g.Rows {
		if row.SlotID != r.SlotID || r.SlotID == "" {
			continue
		}
		if row.Proof.ID == "" {
			return false
		}
		measured = true
	}
	return measured
}
