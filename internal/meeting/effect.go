package meeting

import (
	"strconv"

	"kolega/internal/campaign"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Effects is what sending a report would propose (R14). Whom a change of the brief
// touches, those who know drafts and bookings tell: see report.Boards.ProposalEffect.
type Effects struct {
	Proposal campaign.NewProposal // of the brief; without lines there is none
	Against  int64                // the agreed version
	Changes  []campaign.ClientChange
	Dates    []DateMove
	Fees     []FeeMove
	Silence  bool // the agreement lets silence count
}

// Any tells whether anything would change.
func (e Effects) Any() bool { return len(e.Changes)+len(e.Dates)+len(e.Fees) > 0 }

// DateMove is a date of a slot before and after.
type DateMove struct {
	Slot, Which string
	From, To    worktime.Date
}

// FeeMove is what the client pays for a slot, before and after, without tax.
type FeeMove struct {
	Slot     string
	From, To money.Amount
}

// moves gives the dates and fees that lines touch.
func moves(lines []Line, slots []campaign.Slot) (dates []DateMove, fees []FeeMove) {
	for _, l := range lines {
		for _, s := range slots {
			if s.ID != l.SlotID {
				continue
			}
			switch l.Effect {
			case MovesDate:
				from := s.PostOn
				if l.Which == "draft" {
					from = s.DraftOn
				}
				dates = append(dates, DateMove{SlotName(s), l.Which, from, l.On})
			case ChangesFee:
				fees = append(fees, FeeMove{SlotName(s), s.Price, l.Fee})
			}
		}
	}
	return dates, fees
}

// proposalOf is what lines want of a campaign's brief.
func proposalOf(m Meeting, lines []Line) campaign.NewProposal {
	n := campaign.NewProposal{CampaignID: m.CampaignID, SourceID: m.ID, SourceNote: m.Title, ByReport: true}
	for _, l := range lines {
		if !l.Effect.OnBrief() {
			continue
		}
		n.Lines = append(n.Lines, l.proposed())
		if l.Replaces != "" {
			n.ReplacesOf = append(n.ReplacesOf, l.Replaces)
		}
	}
	return n
}

// SlotName is what people call a slot: its name, or its number.
func SlotName(s campaign.Slot) string {
	if s.Name != "" {
		return s.Name
	}
	return "Slot " + strconv.FormatInt(s.Number, 10)
}
