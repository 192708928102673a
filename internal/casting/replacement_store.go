package casting

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// mostProspects bounds how many talents of the base are weighed for one seat.
const mostProspects = 400

// baseFor gives the ids of talents of the base with an account on a platform of
// the slot and a rate for its first format, the largest first.
func baseFor(ctx context.Context, tx *db.Tx, x campaign.Slot) ([]string, error) {
	if len(x.Deliverables) == 0 {
		return nil, nil
	}
	first := x.Deliverables[0]
	rows, err := tx.Query(ctx, `SELECT a.talent_id FROM talent_account a JOIN talent_rate r ON r.talent_id = a.talent_id AND r.platform = a.platform
		WHERE a.platform = $1 AND r.format = $2 GROUP BY a.talent_id ORDER BY MAX(a.followers) DESC, a.talent_id LIMIT `+strconv.Itoa(mostProspects),
		first.Platform, first.Format)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// prospects gathers everybody who might take a seat: the campaign's candidates
// and the talents of the base, each once.
func prospects(ctx context.Context, tx *db.Tx, st *stage, x campaign.Slot) ([]Prospect, error) {
	base, err := baseFor(ctx, tx, x)
	if err != nil {
		return nil, err
	}
	w := weigher{stage: st, slot: x, talents: map[string]talent.Talent{}}
	for id, t := range st.talents {
		w.talents[id] = t
	}
	more, err := talent.LoadTalents(ctx, tx, base)
	if err != nil {
		return nil, err
	}
	ids := base
	for id := range st.talents {
		ids = append(ids, id)
	}
	for id, t := range more {
		w.talents[id] = t
	}
	for _, read := range []func() error{
		func() (err error) { w.accounts, err = talent.LoadAccounts(ctx, tx, ids); return err },
		func() (err error) { w.rates, err = talent.LoadRates(ctx, tx, ids); return err },
		func() (err error) { w.routes, err = talent.LoadRoutes(ctx, tx, ids); return err },
		func() (err error) { w.declined, err = declinedBy(ctx, tx, st.client.ID); return err },
		func() (err error) { w.rival, err = rivalled(ctx, tx, st.brand, x.PostOn); return err },
		func() (err error) { w.bound, err = clashesOf(ctx, tx, st, ids, x, x.PostOn); return err },
		func() (err error) {
			w.busy, err = busyTalents(ctx, tx, st.campaign.ID, x.DraftOn, x.PostOn)
			return err
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return w.all(ctx, tx)
}

type weigher struct {
	*stage
	slot                  campaign.Slot
	talents               map[string]talent.Talent
	accounts              map[string][]talent.Account
	rates                 map[string][]talent.Rate
	routes                map[string]talent.Route
	declined, rival, busy map[string]bool
	bound                 map[string][]talent.Clash
}

// all weighs the candidates first, then the rest of the base.
func (w weigher) all(ctx context.Context, tx *db.Tx) ([]Prospect, error) {
	var out []Prospect
	done := map[string]bool{}
	for _, c := range w.candidates {
		if done[c.TalentID] {
			continue
		}
		done[c.TalentID] = true
		p := w.prospect(w.talents[c.TalentID])
		p.WrongPlatform = p.WrongPlatform || w.lineOf(c) != LineOf(w.slot) && p.AccountID == ""
		if !c.Listed() {
			p.Declined = p.Declined || c.Gone == GoneDeclined || c.Gone == GoneUnavailable // said no, or left, in this campaign
		} else {
			p.CandidateID, p.AccountID, p.WrongPlatform = c.ID, c.AccountID, w.lineOf(c) != LineOf(w.slot)
			p.Fee, p.FeeHome = c.Cost, c.CostHome
			d := w.decision(c.ID)
			if p.Picked = d.Sent == AnswerYes; d.Sent == AnswerReserve {
				p.Reserve = max(d.SentOrder, 1)
			}
		}
		out = append(out, p)
	}
	for id, t := range w.talents {
		if !done[id] {
			out = append(out, w.prospect(t))
		}
	}
	for i := range out {
		p := &out[i]
		record, err := talent.LoadRecord(ctx, tx, p.TalentID)
		if err != nil {
			return nil, err
		}
		p.LowerPpm = record.LowerPpm
		if !p.Busy {
			away, err := absentOn(ctx, tx, p.TalentID, w.slot.DraftOn, w.slot.PostOn)
			if err != nil {
				return nil, err
			}
			p.Busy = away != ""
		}
	}
	return out, nil
}

func (w weigher) prospect(t talent.Talent) Prospect {
	p := Prospect{TalentID: t.ID, Name: t.Name, Tags: t.Tags, ERBp: -1, WrongPlatform: true}
	best := int64(-2)
	for _, a := range w.accounts[t.ID] {
		if onPlatform(a, w.slot) && a.Followers > best {
			best = a.Followers
			p.AccountID, p.Tier, p.ERBp, p.WrongPlatform = a.ID, talent.TierOf(a.Followers), a.ERBp, false
		}
	}
	p.Fee, p.FeeHome = w.asking(t.ID)
	p.WrongPlatform = p.WrongPlatform || p.Fee.None() && len(w.rates[t.ID]) > 0 && !w.makes(t.ID)
	p.Declined = w.declined[t.ID] || w.excluded(t.ID)
	p.Busy, p.Clash = w.busy[t.ID], w.rival[t.ID] || len(w.bound[t.ID]) > 0
	for _, o := range w.offers {
		p.Held = p.Held || o.TalentID == t.ID && o.Live(w.now) && !w.dropped(o.BookingID)
	}
	p.NoRoute = !payable(t, w.routes[t.ID], p.Fee)
	p.NoGuardian = t.MinorOn(w.today()) && t.GuardianName == ""
	p.Blocked = t.Status == talent.StatusBlocked || t.Gone()
	return p
}

// asking is what a talent's rate card asks for the seat, and the same in the
// campaign's currency by the newest rate that a candidate of the campaign was
// turned with; unknown without one.
func (w weigher) asking(talentID string) (fee, home money.Amount) {
	fee = CardCost(w.rates[talentID], PiecesOf(w.slot), w.slot.PostOn)
	if fee.Currency == w.campaign.Currency {
		return fee, fee
	}
	newest := Candidate{}
	for _, c := range w.candidates {
		if c.Rate != "" && c.Cost.Currency == fee.Currency && !c.AddedAt.Before(newest.AddedAt) {
			newest = c
		}
	}
	if fee.None() || newest.Rate == "" {
		return fee, money.Amount{}
	}
	home, err := Convert(fee, newest.Rate, w.campaign.Currency)
	if err != nil {
		return fee, money.Amount{}
	}
	return fee, home
}

// makes tells whether a talent's rate card has each format of the seat.
func (w weigher) makes(talentID string) bool {
	for _, p := range PiecesOf(w.slot) {
		if _, ok := talent.RateOn(w.rates[talentID], talent.Platform(p.Platform), talent.Format(p.Format), w.slot.PostOn); !ok {
			return false
		}
	}
	return true
}

// payable: by the talent's route, or, before a first commitment brings the account
// data, in the talent's own currency (R20).
func payable(t talent.Talent, r talent.Route, fee money.Amount) bool {
	if fee.None() || r.Method == "" {
		return fee.None() || fee.Currency == t.Currency
	}
	return r.Pays(fee.Currency)
}

func (w weigher) excluded(talentID string) bool {
	return strings.Contains("\x1f"+strings.Join(w.slot.Conditions.Excluded, "\x1f")+"\x1f", "\x1f"+talentID+"\x1f")
}

// busyTalents gives the talents with another campaign's draft or posting on one of two days.
func busyTalents(ctx context.Context, tx *db.Tx, campaignID string, draft, post worktime.Date) (map[string]bool, error) {
	list, err := bookingsWhere(ctx, tx, `b.dropped_at IS NULL AND b.delivered_at IS NULL AND b.campaign_id <> $1`, campaignID)
	out := map[string]bool{}
	for _, b := range list {
		for _, day := range []worktime.Date{draft, post} {
			if b.PostOn() == day || dayOf(b.DraftDue) == day {
				out[b.TalentID] = true
			}
		}
	}
	return out, err
}
