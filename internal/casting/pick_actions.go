package casting

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
)

// Picks gives what the contact of a client's link may see and answer.
func (s *Service) Picks(ctx context.Context, actor access.Actor, campaignID string) (out ClientSheet, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.picks.see", owner(st.campaign)); err != nil {
			return err
		}
		out = st.clientSheet(actor.ContactID)
		return nil
	})
	return out, err
}

// PreviewPicks gives people of the agency exactly what a contact would see.
func (s *Service) PreviewPicks(ctx context.Context, actor access.Actor, campaignID string) (out ClientSheet, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.see", owner(st.campaign)); err != nil {
			return err
		}
		for i := range st.candidates { // those that would be shown by sharing now
			if c := &st.candidates[i]; c.Listed() && len(c.Missing()) == 0 && !c.Shown() {
				c.ShownAt = tx.Now()
			}
		}
		out = st.clientSheet(st.sheet.DeciderID)
		return nil
	})
	return out, err
}

// GivePick is one answer to one card.
type GivePick struct {
	CandidateID string
	Answer      Answer
	Reason      string
	Order       int64 // of a reserve; 0 = at the end
}

// Pick keeps one answer of a contact without sending it. A yes to a talent who is
// gone is refused at once. Faults: pick.gone, pick.reason-missing, pick.offered, pick.answer-unknown.
func (s *Service) Pick(ctx context.Context, actor access.Actor, req GivePick) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCandidate(ctx, tx, req.CandidateID)
		if err != nil {
			return err
		}
		st, err := change(ctx, tx, actor, "cast.pick", c.CampaignID)
		if err != nil {
			return err
		}
		if !c.Shown() {
			return db.ErrNotFound
		}
		return keepPick(ctx, tx, st, actor, c, actor.ContactID, actor.Name, req)
	})
}

func keepPick(ctx context.Context, tx *db.Tx, st *stage, actor access.Actor, c Candidate, contactID, name string, req GivePick) error {
	p, err := loadPick(ctx, tx, c.ID, contactID)
	if err != nil {
		return err
	}
	before := p.Answer
	p.CampaignID, p.Name, p.At = c.CampaignID, name, tx.Now()
	p.Answer, p.Reason, p.Order = req.Answer, strings.TrimSpace(req.Reason), 0
	if p.Answer == AnswerReserve {
		p.Order = req.Order
	}
	if p.Answer == AnswerNone {
		p.Reason = ""
	}
	offered := st.holding(c.ID) != nil && st.decides(contactID)
	if err := CheckPick(p, c, st.talents[c.TalentID].Name, offered); err != nil {
		return err
	}
	if err := savePick(ctx, tx, p); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.pick", Subject: "candidate", ID: c.ID, Talent: c.TalentID,
		Before: before, After: map[string]any{"answer": p.Answer, "by": name}, Reason: p.Reason})
}

// MoveReserve puts a reserve of a contact's own answers one place up or down.
func (s *Service) MoveReserve(ctx context.Context, actor access.Actor, candidateID string, by int64) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCandidate(ctx, tx, candidateID)
		if err != nil {
			return err
		}
		st, err := change(ctx, tx, actor, "cast.pick", c.CampaignID)
		if err != nil {
			return err
		}
		line := reservesOf(st.choices(actor.ContactID), st.lineOf(c))
		at := -1
		for i, x := range line {
			if x.Candidate.ID == candidateID {
				at = i
			}
		}
		to := at + int(by)
		if at < 0 || to < 0 || to >= len(line) || by != 1 && by != -1 {
			return nil // already at the end, or no reserve any more
		}
		line[at], line[to] = line[to], line[at]
		for i, x := range line {
			if p := x.Pick; p.Order != int64(i+1) {
				p.Order, p.At = int64(i+1), tx.Now()
				if err := savePick(ctx, tx, p); err != nil {
					return err
				}
			}
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.pick", Subject: "candidate", ID: c.ID, Talent: c.TalentID, After: map[string]any{"place": to + 1}})
	})
}

// SendPicks is the contact's decision on everything at once. Where the decider
// sends, it counts; where another contact sends, it is advice. Faults:
// pick.too-many-yes, pick.gone, pick.nothing.
func (s *Service) SendPicks(ctx context.Context, actor access.Actor, campaignID string) (sent int, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.pick", campaignID)
		if err != nil {
			return err
		}
		sent, err = sendPicks(ctx, tx, st, actor, actor.ContactID)
		return err
	})
	return sent, err
}

// SendDecision is SendPicks by a contact whose page said that the answers decide.
// Where somebody else has become the decider in between it is refused, and not
// taken as advice unasked. Fault: pick.not-decider.
func (s *Service) SendDecision(ctx context.Context, actor access.Actor, campaignID string) (sent int, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.pick", campaignID)
		if err != nil {
			return err
		}
		if !st.decides(actor.ContactID) {
			return ErrNotDecider.With("decider", st.deciderName())
		}
		sent, err = sendPicks(ctx, tx, st, actor, actor.ContactID)
		return err
	})
	return sent, err
}

func sendPicks(ctx context.Context, tx *db.Tx, st *stage, actor access.Actor, contactID string) (int, error) {
	choices := st.choices(contactID)
	if err := CheckSend(st.lines(), choices); err != nil {
		return 0, err
	}
	sent := Send(choices, st.sheet, tx.Now())
	for _, p := range sent {
		if err := savePick(ctx, tx, p); err != nil {
			return 0, err
		}
	}
	decides, late := st.decides(contactID), !st.sheet.Deadline.IsZero() && tx.Now().After(st.sheet.Deadline.At)
	if decides {
		sheet := st.sheet
		sheet.CampaignID, sheet.ClientID, sheet.SentAt, sheet.Late = st.campaign.ID, st.campaign.ClientID, tx.Now(), late
		if err := saveSheet(ctx, tx, sheet); err != nil {
			return 0, err
		}
	}
	if err := job.Enqueue(ctx, tx, PicksSent{CampaignID: st.campaign.ID, ContactID: contactID, Decides: decides, Late: late}); err != nil {
		return 0, err
	}
	return len(sent), note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.send", Subject: "pick-sheet", ID: st.campaign.ID,
		After: map[string]any{"answers": len(sent), "decides": decides, "late": late, "contact": contactID}})
}

// RecordPicks are answers that a contact gave elsewhere, entered by the agency.
type RecordPicks struct {
	CampaignID, ContactID string
	Answers               []GivePick
	Words                 string // the contact's own words, as proof
}

// RecordPicks enters and sends answers on behalf of a contact; the trail names
// who entered them and the words they rest on (R9). Faults: those of Pick and
// SendPicks, pick.reason-missing without words.
func (s *Service) RecordPicks(ctx context.Context, actor access.Actor, req RecordPicks) (sent int, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.share", req.CampaignID)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		contact, err := client.LoadContact(ctx, tx, req.ContactID)
		if err != nil || contact.ClientID != st.client.ID {
			return ErrNoDecider
		}
		if strings.TrimSpace(req.Words) == "" {
			return ErrReasonMissing.At("words")
		}
		for _, a := range req.Answers {
			c, err := LoadCandidate(ctx, tx, a.CandidateID)
			if err != nil || c.CampaignID != st.campaign.ID || !c.Shown() {
				return db.ErrNotFound
			}
			if a.Answer == AnswerNo && a.Reason == "" {
				a.Reason = strings.TrimSpace(req.Words)
			}
			if err := keepPick(ctx, tx, st, actor, c, contact.ID, contact.Name, a); err != nil {
				return err
			}
		}
		if err := st.loadPicks(ctx, tx); err != nil {
			return err
		}
		if sent, err = sendPicks(ctx, tx, st, actor, contact.ID); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.record", Subject: "pick-sheet", ID: st.campaign.ID, Reason: strings.TrimSpace(req.Words)})
	})
	return sent, err
}

// reservesOf gives a contact's reserves of one line in order, unnumbered last.
func reservesOf(choices []Choice, line LineKey) []Choice {
	var out []Choice
	for _, c := range choices {
		if c.Line == line && c.Pick.Answer == AnswerReserve {
			out = append(out, c)
		}
	}
	sortReserves(out)
	return out
}
