package casting

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Shortlist gives a campaign's casting whole, for people of the agency.
func (s *Service) Shortlist(ctx context.Context, actor access.Actor, campaignID string) (out Shortlist, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.see", owner(st.campaign)); err != nil {
			return err
		}
		out, err = staffView(ctx, tx, st)
		return err
	})
	return out, err
}

// staffView gathers what other records say of each talent and cuts the agency's view.
func staffView(ctx context.Context, tx *db.Tx, st *stage) (Shortlist, error) {
	moves, err := ListMoves(ctx, tx, st.campaign.ID)
	if err != nil {
		return Shortlist{}, err
	}
	facts, err := gatherFacts(ctx, tx, st)
	if err != nil {
		return Shortlist{}, err
	}
	calendars := map[string]worktime.Calendar{}
	for _, b := range st.bookings {
		if b.Active() {
			if calendars[b.TalentID], err = workingTime(ctx, tx, st.talents[b.TalentID]); err != nil {
				return Shortlist{}, err
			}
		}
	}
	return st.shortlist(func(id string) rowFacts { return facts[id] }, moves, func(id string) worktime.Calendar { return calendars[id] }), nil
}

func gatherFacts(ctx context.Context, tx *db.Tx, st *stage) (map[string]rowFacts, error) {
	declined, err := declinedBy(ctx, tx, st.client.ID)
	if err != nil {
		return nil, err
	}
	out := map[string]rowFacts{}
	ids := make([]string, 0, len(st.talents))
	for id := range st.talents {
		ids = append(ids, id)
	}
	routes, err := talent.LoadRoutes(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	rivals := map[worktime.Date]map[string]bool{}
	clashes := map[worktime.Date]map[string][]talent.Clash{}
	for _, c := range st.candidates {
		x, err := st.slot(c.SlotID)
		if err != nil {
			return nil, err
		}
		if rivals[x.PostOn] == nil {
			if rivals[x.PostOn], err = rivalled(ctx, tx, st.brand, x.PostOn); err != nil {
				return nil, err
			}
		}
		if clashes[x.PostOn] == nil {
			if clashes[x.PostOn], err = clashesOf(ctx, tx, st, ids, x, x.PostOn); err != nil {
				return nil, err
			}
		}
		rival, bound := rivals[x.PostOn], clashes[x.PostOn][c.TalentID]
		away, err := absentOn(ctx, tx, c.TalentID, x.DraftOn, x.PostOn)
		if err != nil {
			return nil, err
		}
		busy, err := busyOn(ctx, tx, c.TalentID, c.CampaignID, x.DraftOn, x.PostOn)
		if err != nil {
			return nil, err
		}
		noRoute := !payable(st.talents[c.TalentID], routes[c.TalentID], c.Cost)
		out[c.TalentID] = rowFacts{declined: declined[c.TalentID] && st.decision(c.ID).Sent != AnswerNo, clash: talent.Blocked(bound), rival: rival[c.TalentID] || len(bound) > 0, absent: away != "", busy: busy != "", noRoute: noRoute}
	}
	return out, nil
}

// AddCandidate puts a talent on a slot's list. Without a cost the rate card gives
// it, when the card has every piece of the slot; without a price the slot does.
type AddCandidate struct {
	CampaignID, SlotID, TalentID, AccountID string // an empty AccountID takes the talent's largest account of the slot's platform

	Cost, Price      money.Amount
	Rate, RateSource string // when the cost is in another currency
	Why, Note        string
	Replaces         string // booking it would take over
}

// AddCandidate puts a talent on a slot's list. Faults: cast.twice,
// cast.talent-blocked, cast.platform-wrong and those of its terms.
func (s *Service) AddCandidate(ctx context.Context, actor access.Actor, req AddCandidate) (c Candidate, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.shortlist", req.CampaignID)
		if err != nil {
			return err
		}
		c, err = addCandidate(ctx, tx, actor, st, req)
		return err
	})
	return c, err
}

func addCandidate(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, req AddCandidate) (Candidate, error) {
	x, err := st.slot(req.SlotID)
	if err != nil {
		return Candidate{}, err
	}
	if !x.Open() {
		return Candidate{}, campaign.ErrSlotDropped
	}
	t, err := talent.LoadTalent(ctx, tx, req.TalentID)
	if err != nil {
		return Candidate{}, err
	}
	if err := t.Bookable(st.today()); err != nil {
		return Candidate{}, ErrBlockedTalent.Wrap(err)
	}
	if slices.Contains(x.Conditions.Excluded, t.ID) {
		return Candidate{}, ErrExcluded.With("talent", t.Name)
	}
	a, err := accountFor(ctx, tx, t, req.AccountID, x)
	if err != nil {
		return Candidate{}, err
	}
	if name := st.twice(t, LineOf(x)); name != "" {
		return Candidate{}, ErrTwice.With("talent", name)
	}
	c := Candidate{ID: tx.NewID(), CampaignID: st.campaign.ID, ClientID: st.campaign.ClientID, SlotID: x.ID, TalentID: t.ID, AccountID: a.ID,
		Cost: req.Cost, Price: req.Price, Rate: strings.TrimSpace(req.Rate), RateSource: strings.TrimSpace(req.RateSource),
		Why: strings.TrimSpace(req.Why), Note: strings.TrimSpace(req.Note), Replaces: req.Replaces, AddedBy: actor.Name, AddedAt: tx.Now(), Version: 1}
	if c, err = fillTerms(ctx, tx, st, c, x); err != nil {
		return c, err
	}
	if c.Rank, err = nextRank(ctx, tx, st.campaign.ID); err != nil {
		return c, err
	}
	fresh, err := insertCandidate(ctx, tx, c)
	if err == nil && !fresh {
		err = ErrTwice.With("talent", t.Name)
	}
	if err != nil {
		return c, err
	}
	st.candidates, st.talents[t.ID] = append(st.candidates, c), t
	return c, note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.add", Subject: "candidate", ID: c.ID, Talent: t.ID,
		After: map[string]any{"slot": x.ID, "cost": c.Cost, "price": c.Price}})
}

// twice gives the name under which somebody is on the list already: the talent
// itself for the same kind of seat, or one with the same phone, who is the same
// person under another handle (A30). An e-mail is often shared by a whole newsroom.
func (s *stage) twice(t talent.Talent, line LineKey) string {
	for _, other := range s.candidates {
		o := s.talents[other.TalentID]
		same := other.TalentID != t.ID && o.Phone != "" && o.Phone == t.Phone
		if other.Listed() && (same || other.TalentID == t.ID && s.lineOf(other) == line) {
			return o.Name
		}
	}
	return ""
}

// fillTerms takes the cost from the rate card and the price from the slot where
// they were not given, and checks what there is.
func fillTerms(ctx context.Context, tx *db.Tx, st *stage, c Candidate, x campaign.Slot) (Candidate, error) {
	if c.Cost.IsZero() {
		card, err := talent.ListRates(ctx, tx, c.TalentID)
		if err != nil {
			return c, err
		}
		c.Cost = CardCost(card, PiecesOf(x), x.PostOn)
	}
	if c.Price.IsZero() && x.Price.Sign() > 0 {
		c.Price = x.Price
	}
	home := st.campaign.Currency
	c = c.Priced(home, x.Free)
	if !c.Cost.None() && c.Cost.Currency != home && c.Rate == "" {
		c.CostHome = money.Amount{} // the rate may follow; the list says that it is missing
		bare := c
		bare.Cost = money.Amount{}
		return c, bare.Check(home)
	}
	c, err := c.Settle(home)
	if err != nil {
		return c, err
	}
	return c, c.Check(home)
}

// accountFor gives the named account of a talent, or the largest one of the
// slot's first platform. Faults: not-found, cast.platform-wrong.
func accountFor(ctx context.Context, tx *db.Tx, t talent.Talent, id string, x campaign.Slot) (talent.Account, error) {
	list, err := talent.ListAccounts(ctx, tx, t.ID)
	if err != nil {
		return talent.Account{}, err
	}
	best := talent.Account{}
	for _, a := range list {
		fits := onPlatform(a, x)
		switch {
		case id == a.ID && !fits:
			return a, ErrWrongPlatform.With("want", PiecesText(PiecesOf(x)))
		case id == a.ID:
			return a, nil
		case id == "" && fits && (best.ID == "" || a.Followers > best.Followers):
			best = a
		}
	}
	switch {
	case id != "":
		return best, db.ErrNotFound
	case best.ID == "":
		return best, ErrWrongPlatform.With("want", PiecesText(PiecesOf(x)))
	}
	return best, nil
}

func onPlatform(a talent.Account, x campaign.Slot) bool {
	for _, d := range x.Deliverables {
		if string(a.Platform) == d.Platform {
			return true
		}
	}
	return len(x.Deliverables) == 0
}

// EditCandidate are the terms of a candidate as they stand in the form.
type EditCandidate struct {
	ID               string
	Cost, Price      money.Amount
	Rate, RateSource string
	Why, Note        string
	Version          int64
}

// EditCandidate changes a candidate's terms. After the client answered, cost and
// price stay: the answer was to them. Faults: conflict.changed, cast.answered,
// cast.not-listed and those of the terms.
func (s *Service) EditCandidate(ctx context.Context, actor access.Actor, req EditCandidate) (c Candidate, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		var st *stage
		if c, st, err = listed(ctx, tx, actor, "cast.shortlist", req.ID); err != nil {
			return err
		}
		before := c
		x, err := st.slot(c.SlotID)
		if err != nil {
			return err
		}
		req.Price = Candidate{Price: req.Price}.Priced(st.campaign.Currency, x.Free).Price
		if st.decision(c.ID).Sent != AnswerNone && req.Price != c.Price {
			return ErrShownHasAnswer
		}
		c.Cost, c.Price, c.Rate, c.RateSource = req.Cost, req.Price, strings.TrimSpace(req.Rate), strings.TrimSpace(req.RateSource)
		c.Why, c.Note = strings.TrimSpace(req.Why), strings.TrimSpace(req.Note)
		if c.Cost.IsZero() {
			c.Cost = money.Amount{}
		}
		if c.Shown() && c.Why == "" {
			return ErrWhyMissing
		}
		if c, err = c.Settle(st.campaign.Currency); err != nil {
			return err
		}
		if err := c.Check(st.campaign.Currency); err != nil {
			return err
		}
		if c.Version = req.Version; c.Version == 0 {
			c.Version = before.Version
		}
		if err := saveCandidate(ctx, tx, c); err != nil {
			return err
		}
		c.Version++
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.edit", Subject: "candidate", ID: c.ID, Talent: c.TalentID,
			Before: terms(before), After: terms(c)})
	})
	return c, err
}

func terms(c Candidate) map[string]any {
	return map[string]any{"cost": c.Cost, "price": c.Price, "rate": c.Rate, "source": c.RateSource, "why": c.Why}
}

// listed loads a candidate that is on the list, with its campaign's casting.
func listed(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, id string) (Candidate, *stage, error) {
	c, err := LoadCandidate(ctx, tx, id)
	if err != nil {
		return c, nil, err
	}
	st, err := change(ctx, tx, actor, verb, c.CampaignID)
	if err == nil && !c.Listed() {
		err = ErrNotListed
	}
	return c, st, err
}

// RankCandidate moves a candidate to a place within its kind of slot, from 1.
func (s *Service) RankCandidate(ctx context.Context, actor access.Actor, id string, place int64) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, st, err := listed(ctx, tx, actor, "cast.shortlist", id)
		if err != nil {
			return err
		}
		var line []Candidate
		for _, other := range st.candidates {
			if other.ID != id && other.Listed() && st.lineOf(other) == st.lineOf(c) {
				line = append(line, other)
			}
		}
		at := int(min(max(place, 1), int64(len(line)+1))) - 1
		line = append(line[:at], append([]Candidate{c}, line[at:]...)...)
		for i, x := range line {
			if rank := int64(i + 1); x.Rank != rank {
				x.Rank = rank
				if err := saveCandidate(ctx, tx, x); err != nil {
					return err
				}
			}
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.rank", Subject: "candidate", ID: id, Talent: c.TalentID, Before: c.Rank, After: at + 1})
	})
}

// RemoveCandidate takes a candidate off the list and tells whether that can be
// taken back: one the client was shown stays visible there as gone, with a reason
// code, and that cannot be unsaid. Faults: cast.not-listed, offer.slot-taken while
// an offer to it is live.
func (s *Service) RemoveCandidate(ctx context.Context, actor access.Actor, id, gone string) (restorable bool, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, st, err := listed(ctx, tx, actor, "cast.shortlist", id)
		if err != nil {
			return err
		}
		if st.holding(id) != nil {
			return ErrSlotTaken
		}
		if gone != GoneUnavailable {
			gone = GoneWithdrawn
		}
		restorable = !c.Shown()
		return remove(ctx, tx, actor, st.campaign, c, gone)
	})
	return restorable && err == nil, err
}

// RestoreCandidate takes a RemoveCandidate back: the candidate stands where it stood.
// Fault: conflict.changed when it is listed, was shown, or its talent came back by
// another way.
func (s *Service) RestoreCandidate(ctx context.Context, actor access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCandidate(ctx, tx, id)
		if err != nil {
			return err
		}
		st, err := change(ctx, tx, actor, "cast.shortlist", c.CampaignID)
		if err != nil {
			return err
		}
		for _, other := range st.candidates {
			if other.Listed() && other.SlotID == c.SlotID && other.TalentID == c.TalentID {
				return db.Changed(0, nil)
			}
		}
		if c.Listed() || c.Shown() {
			return db.Changed(0, nil)
		}
		c.RemovedAt, c.Gone = time.Time{}, ""
		if err := saveCandidate(ctx, tx, c); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.add", Subject: "candidate", ID: c.ID, Talent: c.TalentID})
	})
}

// remove takes a candidate off the list inside another change.
func remove(ctx context.Context, tx *db.Tx, actor access.Actor, of campaign.Campaign, c Candidate, gone string) error {
	c.RemovedAt, c.Gone = tx.Now(), gone
	if err := saveCandidate(ctx, tx, c); err != nil {
		return err
	}
	if c.Shown() {
		if err := job.Enqueue(ctx, tx, CandidateGone{CandidateID: c.ID, CampaignID: of.ID, TalentID: c.TalentID, Reason: gone}); err != nil {
			return err
		}
	}
	return note(ctx, tx, actor, of, audit.Entry{Verb: "cast.remove", Subject: "candidate", ID: c.ID, Talent: c.TalentID, Reason: gone})
}

// ShareShortlist shows the complete candidates to the client and sets until when
// and by whom they are picked.
type ShareShortlist struct {
	CampaignID string
	DeciderID  string // empty: the campaign's
	Deadline   string // as typed, in the client's zone: "2026-12-01", "besok 17.00"; empty: none, or as before
	All        bool   // false: incomplete candidates make it fail; true: they stay internal
}

// ShareShortlist shows every complete candidate that is not shown yet. Faults:
// cast.nothing-to-show, cast.incomplete, pick.decider-missing, pick.deadline-past,
// ask.supervisor, due.*.
func (s *Service) ShareShortlist(ctx context.Context, actor access.Actor, req ShareShortlist) (shown int, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.share", req.CampaignID)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		shown, err = shareList(ctx, tx, actor, st, req)
		return err
	})
	return shown, err
}

func shareList(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, req ShareShortlist) (int, error) {
	sheet, err := settleSheet(ctx, tx, st, req, actor)
	if err != nil {
		return 0, err
	}
	shown, err := show(ctx, tx, st, req.All)
	if err != nil {
		return 0, err
	}
	if err := saveSheet(ctx, tx, sheet); err != nil {
		return 0, err
	}
	if err := job.Enqueue(ctx, tx, ShortlistShared{CampaignID: st.campaign.ID}); err != nil {
		return 0, err
	}
	return shown, note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.share", Subject: "pick-sheet", ID: st.campaign.ID,
		After: map[string]any{"shown": shown, "decider": sheet.DeciderID, "deadline": sheet.Deadline.Wall()}})
}

// settleSheet gives the sheet with its decider and deadline as asked.
func settleSheet(ctx context.Context, tx *db.Tx, st *stage, req ShareShortlist, actor access.Actor) (Sheet, error) {
	sheet := st.sheet
	sheet.CampaignID, sheet.ClientID = st.campaign.ID, st.campaign.ClientID
	if req.DeciderID != "" {
		sheet.DeciderID = req.DeciderID
	}
	if sheet.DeciderID != "" {
		contact, err := client.LoadContact(ctx, tx, sheet.DeciderID)
		if fault.KindOf(err) == fault.NotFound || err == nil && (contact.ClientID != st.client.ID || !contact.LeftAt.IsZero()) {
			return sheet, ErrNoDecider
		}
		if err != nil {
			return sheet, err
		}
	}
	if strings.TrimSpace(req.Deadline) != "" {
		loc, err := worktime.Zone(st.client.Zone)
		if err != nil {
			return sheet, err
		}
		if sheet.Deadline, err = worktime.ParseDue(req.Deadline, tx.Now(), worktime.Office(loc, nil), actor.Lang); err != nil {
			if f, ok := fault.As(err); ok {
				return sheet, f.At("deadline")
			}
			return sheet, err
		}
		if !sheet.Deadline.At.After(tx.Now()) {
			return sheet, ErrDeadlinePast
		}
	}
	sheet.SharedAt = tx.Now()
	return sheet, nil
}

// show marks the complete candidates as shown.
func show(ctx context.Context, tx *db.Tx, st *stage, skip bool) (int, error) {
	if err := mayShow(st, skip); err != nil {
		return 0, err
	}
	shown := 0
	for _, c := range st.candidates {
		if !c.Listed() || c.Shown() || len(c.Missing()) > 0 {
			continue
		}
		c.ShownAt = tx.Now()
		if err := saveCandidate(ctx, tx, c); err != nil {
			return shown, err
		}
		shown++
	}
	return shown, nil
}

// mayShow is nil when there is a complete candidate to show and, unless skip, none
// that is incomplete. Faults: cast.nothing-to-show, cast.incomplete.
func mayShow(st *stage, skip bool) error {
	there := false
	for _, c := range st.candidates {
		switch {
		case !c.Listed():
		case c.Shown() || len(c.Missing()) == 0:
			there = true
		case !skip:
			return ErrIncomplete.With("talent", st.talents[c.TalentID].Name)
		}
	}
	if !there {
		return ErrNothingToShow
	}
	return nil
}
