package report

import (
	"kolega/internal/casting"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// DayReason is one thing that a day of a talent holds.
type DayReason struct {
	Kind       string // absence, posting, managed: not free; draft, locked, holiday, closed: ask first
	Title      string // campaign, holder, holiday or the noted reason
	CampaignID string
	From, To   worktime.Date // of a span; zero for a day
	Busy       bool
}

// TalentDay answers "is she free on the 3rd?".
type TalentDay struct {
	Day     worktime.Date
	Free    bool        // nothing holds the day; Reasons may still say what to ask
	Reasons []DayReason // what makes it not free first
}

// DayOfTalent is what is known of a talent's day (R3): blocked dates, posts promised,
// an exclusive contract with another agency; and what to ask about: a draft due, a
// brand's lock, a holiday or a day off where the talent lives.
func DayOfTalent(day worktime.Date, f talent.File, past []Episode, c worktime.Calendar) TalentDay {
	out := TalentDay{Day: day}
	var ask []DayReason
	add := func(r DayReason) {
		if r.Busy {
			out.Reasons = append(out.Reasons, r)
		} else {
			ask = append(ask, r)
		}
	}
	for _, a := range f.Absences {
		if !a.From.After(day) && !a.To.Before(day) {
			add(DayReason{Kind: "absence", Title: a.Reason, From: a.From, To: a.To, Busy: true})
		}
	}
	for _, e := range past {
		if e.Stage != EpisodeBooked && e.Stage != EpisodeDelivered {
			continue
		}
		if e.PostOn == day {
			add(DayReason{Kind: "posting", Title: e.Campaign, CampaignID: e.CampaignID, Busy: true})
		}
		if e.DraftOn == day {
			add(DayReason{Kind: "draft", Title: e.Campaign, CampaignID: e.CampaignID})
		}
	}
	for _, x := range f.Bonds.Contracts {
		switch {
		case !x.Covers(day) || x.Holder == talent.HolderAgency:
		case x.Holder == talent.HolderOther:
			add(DayReason{Kind: "managed", Title: x.HolderName, From: x.From, To: x.To, Busy: true})
		default:
			add(DayReason{Kind: "locked", Title: x.HolderName, From: x.From, To: x.To})
		}
	}
	if name, ok := c.Holidays[day]; ok {
		add(DayReason{Kind: "holiday", Title: name})
	} else if !c.IsWorkday(day) {
		add(DayReason{Kind: "closed"})
	}
	out.Free = len(out.Reasons) == 0 && f.Talent.Status != talent.StatusBlocked && f.Talent.Status != talent.StatusErased
	out.Reasons = append(out.Reasons, ask...)
	return out
}

// EpisodeStage is how far a talent came in one campaign.
type EpisodeStage string

// The stages of an episode, in their order.
const (
	EpisodeListed    EpisodeStage = "listed"   // on the list, the client has not seen it
	EpisodeShown     EpisodeStage = "shown"    // the client has not answered
	EpisodePicked    EpisodeStage = "picked"   // yes or reserve, no offer yet
	EpisodeRefused   EpisodeStage = "refused"  // the client's no
	EpisodeOffered   EpisodeStage = "offered"  // asked
	EpisodeDeclined  EpisodeStage = "declined" // the talent's no, or the offer lapsed
	EpisodeBooked    EpisodeStage = "booked"
	EpisodeDelivered EpisodeStage = "delivered"
	EpisodeDropped   EpisodeStage = "dropped"
)

// stageOf computes the stage from the facts.
func stageOf(c casting.Candidate, answer casting.Answer, offered, closed bool, b *casting.Booking) EpisodeStage {
	switch {
	case b != nil && !b.DroppedAt.IsZero():
		return EpisodeDropped
	case b != nil && !b.DeliveredAt.IsZero():
		return EpisodeDelivered
	case b != nil:
		return EpisodeBooked
	case offered && closed:
		return EpisodeDeclined
	case offered:
		return EpisodeOffered
	case answer == casting.AnswerNo:
		return EpisodeRefused
	case answer == casting.AnswerYes || answer == casting.AnswerReserve:
		return EpisodePicked
	case !c.ShownAt.IsZero():
		return EpisodeShown
	}
	return EpisodeListed
}
