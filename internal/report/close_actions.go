package report

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/payout"
	"kolega/internal/result"
	"kolega/internal/review"
)

// OpenItem is one thing that keeps a campaign open.
type OpenItem struct {
	Code string // key of its text below "report.open."
	N    int64  // how many; 0 when it does not count
	Who  string // the talents, where it is about them
}

// ErrOpen says that something is still open; its fields name each kind (A19).
var ErrOpen = fault.New(fault.Conflict, "report.open")

// ListOpen names everything that keeps a campaign from closing: content that is not
// live, insights that are not verified, the guarantee, the report, invoices, payouts.
func ListOpen(ctx context.Context, tx *db.Tx, campaignID string) ([]OpenItem, error) {
	g, err := result.LoadGuarantee(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	out := openContent(g)
	sent, err := ListSent(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	if len(sent) == 0 {
		out = append(out, OpenItem{Code: "report"})
	}
	bills, err := billing.OpenFor(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	pays, err := payout.OpenFor(ctx, tx, campaignID)
	for _, code := range append(bills, pays...) {
		out = append(out, OpenItem{Code: code})
	}
	return out, err
}

// openContent lists what result still waits for.
func openContent(g result.Guarantee) (out []OpenItem) {
	var unposted, unproven, doubtful OpenItem
	for _, r := range g.Rows {
		switch {
		case r.Post.ID == "" && r.Deliverable.ClosedAt.IsZero():
			unposted.add(r)
		case r.Post.ID != "" && r.Post.Doubtful():
			doubtful.add(r)
		}
		if r.Post.ID != "" && r.Proof.ID == "" && !agreed(g, r.Deliverable) {
			unproven.add(r)
		}
	}
	for i, item := range []OpenItem{unposted, doubtful, unproven} {
		if item.N > 0 {
			item.Code = [...]string{"content", "doubt", "insights"}[i]
			out = append(out, item)
		}
	}
	var states OpenItem
	for _, v := range g.Open() {
		states.N++
		states.Who = join(states.Who, v.Talent)
	}
	if states.N > 0 {
		states.Code = "guarantee"
		out = append(out, states)
	}
	return out
}

// agreed: client and management agreed on the result of a booking without data.
func agreed(g result.Guarantee, d review.Deliverable) bool {
	for _, r := range g.Rulings {
		if r.Kind == result.RulingResult && (r.BookingID == d.BookingID || r.BookingID == "") {
			return true
		}
	}
	return false
}

func (o *OpenItem) add(r result.PostRow) {
	o.N++
	o.Who = join(o.Who, r.Talent)
}

func join(list, name string) string {
	if name == "" || strings.Contains(list, name) {
		return list
	}
	if list == "" {
		return name
	}
	return list + ", " + name
}

// OpenItems lists what keeps a campaign open. Right: campaign.see.
func (s *Service) OpenItems(ctx context.Context, actor access.Actor, campaignID string) (out []OpenItem, err error) {
	if err := actor.Require("campaign.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListOpen(ctx, tx, campaignID); return err })
	return out, err
}

// CloseCampaign closes a campaign when nothing is open (A19), with what the client said
// about another one (A11). Right: campaign.close. Faults: report.open with one field for
// each kind of open thing, report.again*, campaign.closed.
func (s *Service) CloseCampaign(ctx context.Context, actor access.Actor, campaignID string, said Farewell) error {
	if err := actor.Require("campaign.close", access.Owner{CampaignID: campaignID}); err != nil {
		return err
	}
	said, err := said.Tidy()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		open, err := ListOpen(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if len(open) > 0 {
			refusal := *ErrOpen
			refusal.Fields = map[string]string{}
			for _, o := range open {
				refusal.Fields[o.Code] = "report.open." + o.Code
			}
			return &refusal
		}
		if err := putFarewell(ctx, tx, campaignID, said, actor.Name); err != nil {
			return err
		}
		return campaign.Close(ctx, tx, actor.Who, campaignID)
	})
}
