package casting

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// HandoverView is a hand-over with everything its two sides want to see.
type HandoverView struct {
	Handover
	Campaign   string // name
	Specialist string // name
	State      HandoverState
	StartedAt  time.Time // the first talent was listed since
	Late       bool
	Listed     int64
	Questions  []HandoverQuestion
	Excluded   []talent.Talent
	Low        []LowBudget
	Changed    bool // the slots are no longer those that were handed over
	Mine       bool // the reader is the specialist
}

// HandOver gives the open slots of a campaign to a specialist.
type HandOver struct {
	CampaignID   string
	SpecialistID string // empty: the campaign's
	Persona      string
	Excluded     string // handles or names, parted by commas or lines
	Due          string // as typed, in the specialist's zone
}

// HandOver sends a hand-over. Faults: handover.open, handover.seats-missing,
// handover.date-past, handover.persona-missing, handover.talent-unknown,
// handover.specialist, handover.due-past, due.*.
func (s *Service) HandOver(ctx context.Context, actor access.Actor, req HandOver) (h Handover, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "campaign.edit", req.CampaignID)
		if err != nil {
			return err
		}
		if h, err = newHandover(ctx, tx, actor, st, req); err != nil {
			return err
		}
		if err := insertHandover(ctx, tx, h); err != nil {
			return err
		}
		if err := campaign.Exclude(ctx, tx, actor.Who, h.CampaignID, h.Excluded); err != nil {
			return err
		}
		cal, err := calendarOf(ctx, tx, h.SpecialistID)
		if err != nil {
			return err
		}
		remind := cal.RemindAt(h.Due.At.Add(-handoverWarning), h.Due.At)
		if err := job.Enqueue(ctx, tx, HandoverDue{HandoverID: h.ID}, job.After(remind)); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "handover.send", Subject: "handover", ID: h.ID,
			After: map[string]any{"seats": len(h.Seats), "specialist": h.SpecialistID, "due": h.Due.Wall(), "zone": h.Due.Zone, "excluded": h.Excluded}})
	})
	return h, err
}

// handoverWarning is how long before it is due a hand-over is reminded of.
const handoverWarning = 4 * time.Hour

func newHandover(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, req HandOver) (Handover, error) {
	h := Handover{ID: tx.NewID(), CampaignID: st.campaign.ID, ClientID: st.client.ID, SpecialistID: req.SpecialistID, Persona: strings.TrimSpace(req.Persona),
		Seats: SeatsOf(st.slots), SentByID: actor.ID, SentBy: actor.Name, SentAt: tx.Now(), Version: 1}
	if h.SpecialistID == "" {
		h.SpecialistID = st.campaign.SpecialistID
	}
	p, err := access.LoadPerson(ctx, tx, h.SpecialistID)
	if err != nil || !p.Active() || !access.Allowed(p.Role, "cast.shortlist") {
		return h, ErrHandoverPerson
	}
	if h.Excluded, err = talentsNamed(ctx, tx, req.Excluded); err != nil {
		return h, err
	}
	cal, err := calendarOf(ctx, tx, p.ID)
	if err != nil {
		return h, err
	}
	if h.Due, err = worktime.ParseDue(req.Due, tx.Now(), cal, actor.Lang); err != nil {
		if f, ok := fault.As(err); ok {
			return h, f.At("due")
		}
		return h, err
	}
	market, err := country.Calendar(ctx, tx, st.campaign.Market, "")
	if err != nil {
		return h, err
	}
	return h, h.Check(worktime.DateOf(tx.Now(), market.Zone), tx.Now())
}

// calendarOf is the working time of a person of the agency.
func calendarOf(ctx context.Context, tx *db.Tx, personID string) (worktime.Calendar, error) {
	p, err := access.LoadPerson(ctx, tx, personID)
	if err != nil {
		return worktime.Calendar{}, err
	}
	return country.CalendarIn(ctx, tx, p.Zone)
}

// talentsNamed reads handles, in any platform's words, into talents. Fault:
// handover.talent-unknown with the text that is nobody's.
func talentsNamed(ctx context.Context, tx *db.Tx, text string) ([]string, error) {
	var out []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		id := ""
		for _, p := range talent.Platforms() {
			if a, err := talent.AccountAt(ctx, tx, p, word); err == nil {
				id = a.TalentID
				break
			}
		}
		if id == "" {
			return nil, ErrHandoverTalent.With("text", word)
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}

// ConfirmHandover is the specialist's "I have it". A second time changes nothing.
func (s *Service) ConfirmHandover(ctx context.Context, actor access.Actor, id string) error {
	return s.onHandover(ctx, actor, "cast.shortlist", id, func(tx *db.Tx, h Handover, _ *stage) (Handover, audit.Entry, error) {
		if h.SeenAt.IsZero() {
			h.SeenAt = tx.Now()
		}
		return h, audit.Entry{Verb: "handover.seen"}, nil
	})
}

// AskHandover is a question of the specialist: it blocks "list ready" until it is
// answered. Fault: handover.text-missing.
func (s *Service) AskHandover(ctx context.Context, actor access.Actor, id, text string) error {
	return s.onHandover(ctx, actor, "cast.shortlist", id, func(tx *db.Tx, h Handover, _ *stage) (Handover, audit.Entry, error) {
		text = strings.TrimSpace(text)
		if text == "" || len([]rune(text)) > maxReason {
			return h, audit.Entry{}, ErrHandoverText
		}
		if h.SeenAt.IsZero() {
			h.SeenAt = tx.Now()
		}
		q := HandoverQuestion{ID: tx.NewID(), HandoverID: h.ID, Text: text, AskedBy: actor.Name, AskedAt: tx.Now(), Version: 1}
		return h, audit.Entry{Verb: "handover.ask", Reason: text}, insertHandoverQuestion(ctx, tx, q)
	})
}

// AnswerHandover answers a question of the specialist. Faults: handover.answered,
// handover.text-missing.
func (s *Service) AnswerHandover(ctx context.Context, actor access.Actor, id, questionID, text string) error {
	return s.onHandover(ctx, actor, "campaign.edit", id, func(tx *db.Tx, h Handover, _ *stage) (Handover, audit.Entry, error) {
		e := audit.Entry{Verb: "handover.answer", Reason: strings.TrimSpace(text)}
		asked, err := ListHandoverQuestions(ctx, tx, h.ID)
		if err != nil {
			return h, e, err
		}
		i := slices.IndexFunc(asked, func(q HandoverQuestion) bool { return q.ID == questionID })
		switch {
		case i < 0:
			return h, e, db.ErrNotFound
		case !asked[i].AnsweredAt.IsZero():
			return h, e, ErrHandoverTold
		case e.Reason == "" || len([]rune(e.Reason)) > maxReason:
			return h, e, ErrHandoverText
		}
		q := asked[i]
		q.Answer, q.AnsweredBy, q.AnsweredAt = e.Reason, actor.Name, tx.Now()
		return h, e, saveHandoverQuestion(ctx, tx, q)
	})
}

// ListReady is the specialist's "the list is ready". Faults: handover.ready,
// handover.questions-open, handover.list-short.
func (s *Service) ListReady(ctx context.Context, actor access.Actor, id string) error {
	return s.onHandover(ctx, actor, "cast.shortlist", id, func(tx *db.Tx, h Handover, _ *stage) (Handover, audit.Entry, error) {
		e := audit.Entry{Verb: "handover.ready"}
		asked, err := ListHandoverQuestions(ctx, tx, h.ID)
		if err != nil {
			return h, e, err
		}
		listed, _, err := listedSince(ctx, tx, h.CampaignID, h.SentAt)
		if err != nil {
			return h, e, err
		}
		if h, err = h.Ready(asked, listed, actor.Name, tx.Now()); err != nil {
			return h, e, err
		}
		e.After = map[string]any{"listed": listed}
		return h, e, nil
	})
}

func (s *Service) onHandover(ctx context.Context, actor access.Actor, verb access.Verb, id string,
	do func(tx *db.Tx, h Handover, st *stage) (Handover, audit.Entry, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		h, err := LoadHandover(ctx, tx, id)
		if err != nil {
			return err
		}
		st, err := change(ctx, tx, actor, verb, h.CampaignID)
		if err != nil {
			return err
		}
		if !h.ReadyAt.IsZero() {
			return ErrHandoverDone
		}
		h, e, err := do(tx, h, st)
		if err != nil {
			return err
		}
		if err := saveHandover(ctx, tx, h); err != nil {
			return err
		}
		e.Subject, e.ID = "handover", h.ID
		return note(ctx, tx, actor, st.campaign, e)
	})
}

// Handovers gives the hand-overs of a campaign, or what waits for a specialist over
// all campaigns when it is empty; oldest first (A29).
func (s *Service) Handovers(ctx context.Context, actor access.Actor, campaignID string) (out []HandoverView, err error) {
	if err := actor.Require("cast.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListHandovers(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		cheapest := rates{}
		for _, h := range list {
			v, err := viewHandover(ctx, tx, actor, h, cheapest)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// OpenHandovers counts the lists over all campaigns that the actor sent to a
// specialist, or works on, and that are not ready.
func (s *Service) OpenHandovers(ctx context.Context, actor access.Actor) (n int, err error) {
	if err := actor.Require("cast.see", access.Owner{}); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		n, err = countHandovers(ctx, tx, actor.ID)
		return err
	})
	return n, err
}

func viewHandover(ctx context.Context, tx *db.Tx, actor access.Actor, h Handover, cheapest rates) (v HandoverView, err error) {
	v = HandoverView{Handover: h, Late: h.Late(tx.Now()), Mine: actor.ID == h.SpecialistID}
	of, err := campaign.LoadCampaign(ctx, tx, h.CampaignID)
	if err != nil {
		return v, err
	}
	p, err := access.LoadPerson(ctx, tx, h.SpecialistID)
	if err != nil {
		return v, err
	}
	v.Campaign, v.Specialist = of.Name, p.Name
	if v.Questions, err = ListHandoverQuestions(ctx, tx, h.ID); err != nil {
		return v, err
	}
	if v.Listed, v.StartedAt, err = listedSince(ctx, tx, h.CampaignID, h.SentAt); err != nil {
		return v, err
	}
	v.State = h.Stated(v.Questions, v.StartedAt)
	names, err := talent.LoadTalents(ctx, tx, h.Excluded)
	if err != nil {
		return v, err
	}
	for _, id := range h.Excluded {
		v.Excluded = append(v.Excluded, names[id])
	}
	slots, err := campaign.ListSlots(ctx, tx, h.CampaignID)
	if err != nil {
		return v, err
	}
	v.Changed = h.ReadyAt.IsZero() && !sameSeats(h.Seats, SeatsOf(slots))
	v.Low, err = lowBudgets(ctx, tx, h.Seats, cheapest)
	return v, err
}

func sameSeats(a, b []HandedSeat) bool {
	return slices.EqualFunc(a, b, func(x, y HandedSeat) bool {
		return x.Number == y.Number && x.Budget == y.Budget && x.DraftOn == y.DraftOn && x.PostOn == y.PostOn && slices.Equal(x.Pieces, y.Pieces)
	})
}

// rates are the cheapest known rates that were looked up: each takes a pass over all
// rate cards, and the same pieces are wanted again and again.
type rates map[string]money.Amount

func lowBudgets(ctx context.Context, tx *db.Tx, seats []HandedSeat, known rates) (out []LowBudget, err error) {
	if len(seats) == 0 {
		return nil, nil
	}
	on := worktime.DateOf(tx.Now(), time.UTC)
	out = LowBudgets(seats, func(pieces []Piece, cur money.Currency) money.Amount {
		key := PiecesText(pieces) + string(cur)
		if _, ok := known[key]; !ok && err == nil {
			known[key], err = cheapestRate(ctx, tx, pieces, cur, on)
		}
		return known[key]
	})
	return out, err
}

// LowBudgets warns of the open slots whose budget is below the cheapest known rate,
// before they are handed over (A28).
func (s *Service) LowBudgets(ctx context.Context, actor access.Actor, campaignID string) (out []LowBudget, err error) {
	if err := actor.Require("cast.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		slots, err := campaign.ListSlots(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		out, err = lowBudgets(ctx, tx, SeatsOf(slots), rates{})
		return err
	})
	return out, err
}

// remindHandover leaves a line in the trail, which people read as news, when a
// list is due soon and not ready.
func (s *Service) remindHandover(ctx context.Context, e HandoverDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		h, err := LoadHandover(ctx, tx, e.HandoverID)
		if fault.KindOf(err) == fault.NotFound || err == nil && !h.ReadyAt.IsZero() {
			return nil
		}
		if err != nil {
			return err
		}
		of, err := campaign.LoadCampaign(ctx, tx, h.CampaignID)
		if err != nil || !of.Open() {
			return err
		}
		return note(ctx, tx, access.System(), of, audit.Entry{Verb: "handover.remind", Subject: "handover", ID: h.ID, After: map[string]any{"due": h.Due.Wall(), "zone": h.Due.Zone}})
	})
}
