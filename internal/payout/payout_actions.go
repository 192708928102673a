package payout

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Service holds the use cases of money out.
type Service struct {
	db        *db.DB
	talents   *talent.Service // opens sealed account numbers for a bank file
	files     blob.Store
	providers *Providers // nil: transfers are made by hand
}

// New makes the service; proofs are kept in files.
func New(d *db.DB, talents *talent.Service, files blob.Store) *Service {
	return &Service{db: d, talents: talents, files: files}
}

func today(ctx context.Context, tx *db.Tx) (worktime.Date, error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return "", err
	}
	loc, err := worktime.Zone(house.Zone)
	return worktime.DateOf(tx.Now(), loc), err
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, p Payout, after any, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "payout", ID: p.ID, Campaign: p.CampaignID, Talent: p.TalentID, After: after, Reason: reason})
}

// payout loads, changes and saves one payout and leaves its entry.
func (s *Service) payout(ctx context.Context, actor access.Actor, verb access.Verb, id string, change func(tx *db.Tx, p Payout, day worktime.Date) (Payout, any, string, error)) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPayout(ctx, tx, id)
		if err != nil {
			return err
		}
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		p, after, reason, err := change(tx, p, day)
		if err != nil {
			return err
		}
		if err := savePayout(ctx, tx, p); err != nil {
			return err
		}
		return record(ctx, tx, actor, string(verb), p, after, reason)
	})
}

// Hold keeps a due payout back for one of the fixed reasons until a day. Lack of
// cash needs the right payout.hold.cash. Faults: payout.hold-*.
func (s *Service) Hold(ctx context.Context, actor access.Actor, id string, reason HoldReason, until worktime.Date, note string) error {
	if reason == HoldCash {
		if err := actor.Require("payout.hold.cash", access.Owner{}); err != nil {
			return err
		}
	}
	return s.payout(ctx, actor, "payout.hold", id, func(tx *db.Tx, p Payout, day worktime.Date) (Payout, any, string, error) {
		p, err := p.Keep(Hold{ID: tx.NewID(), Reason: reason, Until: until, Note: strings.TrimSpace(note), By: actor.ID, ByName: actor.Name}, tx.Now(), day)
		if err != nil {
			return p, nil, "", err
		}
		return p, map[string]any{"hold": reason, "until": until}, note, insertHold(ctx, tx, p.Hold)
	})
}

// LiftHold lets a held payout go before its day.
func (s *Service) LiftHold(ctx context.Context, actor access.Actor, id string) error {
	return s.payout(ctx, actor, "payout.hold", id, func(tx *db.Tx, p Payout, day worktime.Date) (Payout, any, string, error) {
		if !p.Hold.InForce(day) {
			return p, nil, "", ErrHoldState
		}
		return p, map[string]any{"hold": "lifted"}, "", liftHold(ctx, tx, p.Hold.ID)
	})
}

// Waive earns a payout although its milestone was not reached, with a reason. It
// is management's to decide.
func (s *Service) Waive(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.decide(ctx, actor, id, reason, func(tx *db.Tx, p Payout, day worktime.Date) (Payout, error) {
		p, ok := p.Earn("waived", tx.Now(), day)
		if !ok {
			return p, ErrSettled
		}
		return p, postEarned(ctx, tx, p)
	})
}

// Settle earns part of a payout whose milestone nobody can reach any more. The
// amount is at most the agreed fee. Faults: payout.above-fee, payout.settled.
func (s *Service) Settle(ctx context.Context, actor access.Actor, id string, amount money.Amount, reason string) error {
	return s.decide(ctx, actor, id, reason, func(tx *db.Tx, p Payout, day worktime.Date) (Payout, error) {
		if amount.Currency != p.Fee.Currency || amount.Sign() <= 0 || amount.Cmp(p.Fee) > 0 {
			return p, ErrAboveFee.With("fee", p.Fee).At("amount")
		}
		p.Fee = amount
		p, ok := p.Earn("settled", tx.Now(), day)
		if !ok {
			return p, ErrSettled
		}
		return p, postEarned(ctx, tx, p)
	})
}

// Cancel ends a payout that was not earned: nothing is owed for it.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.decide(ctx, actor, id, reason, func(tx *db.Tx, p Payout, _ worktime.Date) (Payout, error) {
		if !p.EarnedAt.IsZero() || !p.CancelAt.IsZero() {
			return p, ErrSettled
		}
		p.CancelAt = tx.Now()
		return p, nil
	})
}

func (s *Service) decide(ctx context.Context, actor access.Actor, id, reason string, change func(*db.Tx, Payout, worktime.Date) (Payout, error)) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return ErrReason.At("reason")
	}
	return s.payout(ctx, actor, "payout.settle", id, func(tx *db.Tx, p Payout, day worktime.Date) (Payout, any, string, error) {
		p, err := change(tx, p, day)
		if err != nil {
			return p, nil, "", err
		}
		p.Reason = reason
		if err := closeTasks(ctx, tx, actor, p.ID, AskSettle, reason); err != nil {
			return p, nil, "", err
		}
		return p, map[string]any{"fee": p.Fee.String(), "how": p.EarnedHow, "cancelled": !p.CancelAt.IsZero()}, reason, err
	})
}

// BearTax decides who bears the tax of a payout of which none was reckoned yet.
func (s *Service) BearTax(ctx context.Context, actor access.Actor, id string, agency bool) error {
	return s.payout(ctx, actor, "payout.prepare", id, func(_ *db.Tx, p Payout, _ worktime.Date) (Payout, any, string, error) {
		if p.Tax.RuleID != "" {
			return p, nil, "", ErrLive
		}
		p.GrossUp = agency
		return p, map[string]any{"gross_up": agency}, "", nil
	})
}

// RecordTaxProof keeps the number of the slip (bukti potong) given to the talent.
func (s *Service) RecordTaxProof(ctx context.Context, actor access.Actor, id, number string) error {
	return s.payout(ctx, actor, "payout.prepare", id, func(_ *db.Tx, p Payout, _ worktime.Date) (Payout, any, string, error) {
		if p.TaxProof = strings.TrimSpace(number); p.TaxProof == "" || p.Tax.RuleID == "" {
			return p, nil, "", fault.Field("number", "payout.tax-proof")
		}
		return p, map[string]any{"tax_proof": p.TaxProof}, "", nil
	})
}

// Line is a payout in a list, with the names around it.
type Line struct {
	Payout
	State        State
	TalentName   string
	CampaignName string
	Method       talent.RouteMethod
	Bank         string
	AccountEnd   string
	NameDiffers  bool
	RouteBy      string        // who last changed the account, by name
	RouteUntil   worktime.Date // a changed account rests until then
	RouteFault   string        // why a changed account may not be used yet: a fault's code
	HasRoute     bool
	Outstanding  money.Amount
	Preview      Withholding   // of a due payout, as if prepared today
	RuleFrom     worktime.Date // since when the rule of Preview holds
	PreviewFault string        // why it cannot be reckoned: a fault's code
	Rate         BookRate      // of one payout in another currency than the agency's own
	CashHolds    int64         // of the campaign, where the hold is for cash
}

// Payouts lists payouts for staff: what is to be settled, what is earned by its due day,
// what is planned.
func (s *Service) Payouts(ctx context.Context, actor access.Actor, f Filter) (out []Line, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListPayouts(ctx, tx, f)
		if err != nil {
			return err
		}
		out, err = lines(ctx, tx, list)
		return err
	})
	return out, err
}

// Counts tells how many payouts of a filter's campaign or talent are open, and how
// many are over.
func (s *Service) Counts(ctx context.Context, actor access.Actor, f Filter) (open, done int64, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return 0, 0, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) { open, done, err = countPayouts(ctx, tx, f); return err })
	return open, done, err
}

// Payout shows one payout to staff.
func (s *Service) Payout(ctx context.Context, actor access.Actor, id string) (l Line, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return l, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := LoadPayout(ctx, tx, id)
		if err != nil {
			return err
		}
		list, err := lines(ctx, tx, []Payout{p})
		if err != nil {
			return err
		}
		l = list[0]
		l.Rate, err = loadBookRate(ctx, tx, id)
		return err
	})
	return l, err
}

func lines(ctx context.Context, tx *db.Tx, list []Payout) ([]Line, error) {
	day, err := today(ctx, tx)
	if err != nil {
		return nil, err
	}
	rules, err := loadTaxRules(ctx, tx)
	if err != nil {
		return nil, err
	}
	talents, routes, err := payees(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	campaigns := map[string]string{}
	out := make([]Line, len(list))
	for i, p := range list {
		t, ok := talents[p.TalentID]
		if !ok {
			return nil, db.ErrNotFound
		}
		if _, ok := campaigns[p.CampaignID]; !ok {
			name, err := campaign.NameOf(ctx, tx, p.CampaignID)
			if err != nil {
				return nil, err
			}
			campaigns[p.CampaignID] = name
		}
		l := Line{Payout: p, State: p.State(tx.Now(), day), TalentName: t.Name, CampaignName: campaigns[p.CampaignID], Preview: p.Tax}
		if l.Outstanding, err = p.Outstanding(); err != nil {
			return nil, err
		}
		if r, ok := routes[t.ID]; ok {
			l.fillRoute(r, t, tx.Now())
		}
		if p.Tax.RuleID == "" {
			w, err := reckon(ctx, tx, rules, p, t, day)
			if err != nil {
				l.PreviewFault = fault.CodeOf(err)
			} else if l.Preview = w; p.Attempts == nil {
				l.Outstanding = w.Net
			}
		}
		for _, r := range rules {
			if r.ID == l.Preview.RuleID {
				l.RuleFrom = r.From
			}
		}
		if p.Hold.Reason == HoldCash && l.State == Held {
			if l.CashHolds, err = cashHolds(ctx, tx, p.CampaignID); err != nil {
				return nil, err
			}
		}
		out[i] = l
	}
	return out, nil
}

// payees are the talents of payouts and how they are paid, by their ids.
func payees(ctx context.Context, tx *db.Tx, list []Payout) (map[string]talent.Talent, map[string]talent.Route, error) {
	var ids []string
	for _, p := range list {
		ids = append(ids, p.TalentID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, nil, err
	}
	routes, err := talent.LoadRoutes(ctx, tx, ids)
	return talents, routes, err
}

func (l *Line) fillRoute(r talent.Route, t talent.Talent, now time.Time) {
	l.HasRoute, l.Method, l.Bank, l.AccountEnd, l.NameDiffers, l.RouteBy = true, r.Method, r.Bank, r.NumberEnd, !SameName(r.AccountName, t.Name), r.ChangedBy
	if err := Usable(r, now); err != nil {
		l.RouteFault = fault.CodeOf(err)
	}
	if r.Changed() && r.Held(now) {
		l.RouteUntil = worktime.DateOf(r.HeldUntil(), nil)
	}
}

// reckon works the withholding of a payout out as of a day.
func reckon(ctx context.Context, tx *db.Tx, rules []TaxRule, p Payout, t talent.Talent, day worktime.Date) (Withholding, error) {
	kind, err := KindOf(t.TaxKind)
	if err != nil {
		return Withholding{}, err
	}
	rule, err := RuleOn(rules, kind, day)
	if err != nil {
		return Withholding{}, err
	}
	month := string(day)[:7]
	earlier, err := earlierOf(ctx, tx, p, kind, month)
	if err != nil {
		return Withholding{}, err
	}
	var w Withholding
	if p.GrossUp {
		w, err = rule.GrossUp(p.Fee, t.HasTaxID, earlier)
	} else {
		w, err = rule.Withhold(p.Fee, t.HasTaxID, earlier)
	}
	w.Month = month
	return w, err
}

func cashHolds(ctx context.Context, tx *db.Tx, campaignID string) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM payout_hold h JOIN payout p ON p.id = h.payout_id WHERE p.campaign_id = $1 AND h.reason = 'cash'`, campaignID).Scan(&n)
	return n, err
}

// CashRow names a campaign whose talents were made to wait for cash.
type CashRow struct {
	CampaignID, CampaignName string
	Holds                    int64
}

// CashHolds lists the campaigns with a second hold for lack of cash (R11).
func (s *Service) CashHolds(ctx context.Context, actor access.Actor) (out []CashRow, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `SELECT p.campaign_id, c.name, COUNT(*) FROM payout_hold h JOIN payout p ON p.id = h.payout_id JOIN campaign c ON c.id = p.campaign_id
			WHERE h.reason = 'cash' GROUP BY p.campaign_id, c.name HAVING COUNT(*) > 1 ORDER BY c.name`)
		out, err = db.Collect(rows, err, scanCash)
		return err
	})
	return out, err
}

// Check gives every place where payouts and books disagree: a debt that is not
// due − paid, a payout sent twice, a release by who prepared it.
func Check(ctx context.Context, tx *db.Tx) ([]ledger.Problem, error) {
	var out []ledger.Problem
	for _, q := range []struct{ code, text string }{
		{"payout.payable", `SELECT p.id FROM payout p WHERE (SELECT COALESCE(-SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = p.id AND account = 'talent-payable') <>
			CASE WHEN p.earned_at IS NULL THEN 0 WHEN p.tax_rule = '' THEN p.fee_minor ELSE p.net_minor END
			- (SELECT COALESCE(SUM(t.amount_minor), 0) FROM payout_transfer t JOIN payout_attempt a ON a.id = t.attempt_id WHERE a.payout_id = p.id AND t.arrived_at IS NOT NULL)`},
		{"payout.overpaid", `SELECT p.id FROM payout p WHERE p.tax_rule <> '' AND p.net_minor <
			(SELECT COALESCE(SUM(t.amount_minor), 0) FROM payout_transfer t JOIN payout_attempt a ON a.id = t.attempt_id WHERE a.payout_id = p.id AND t.sent_at IS NOT NULL AND t.returned_at IS NULL)`},
		{"payout.stuck-order", fmt.Sprintf(`SELECT id FROM payout_order WHERE state IN ('queued', 'calling', 'unknown', 'accepted') AND made_at < %d`, tx.Now().Add(-resolveIn-2*time.Hour).UnixMicro())},
		{"payout.order", `SELECT o.id FROM payout_order o JOIN payout_transfer t ON t.attempt_id = o.attempt_id AND t.number = o.part
			WHERE o.state IN ('done', 'failed', 'reversed') AND t.sent_at IS NULL OR o.state = 'done' AND t.arrived_at IS NULL OR o.state IN ('failed', 'reversed', 'refused') AND t.returned_at IS NULL`},
		{"payout.same-hand", `SELECT payout_id FROM payout_attempt WHERE released_at IS NOT NULL AND released_by = prepared_by`},
		{"payout.in-transit", `SELECT doc_id FROM ledger_line WHERE account_kind = 'provider' GROUP BY doc_id HAVING SUM(amount_minor) < 0`},
	} {
		rows, err := tx.Query(ctx, q.text)
		found, err := db.Collect(rows, err, scanID)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			out = append(out, ledger.Problem{Code: q.code, Subject: "payout", ID: id})
		}
	}
	return out, nil
}
