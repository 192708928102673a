package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
)

// cardOut is a candidate as a client sees it: no cost, margin or note.
type cardOut struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Handle      string `json:"handle"`
	Platform    string `json:"platform"`
	Followers   int64  `json:"followers" doc:"-1 unknown"`
	FollowersOn string `json:"followers_on,omitempty"`
	ERBp        int64  `json:"er_bp" doc:"basis points, -1 unknown"`
	EROn        string `json:"er_on,omitempty"`
	Why         string `json:"why"`
	Price       Amount `json:"price"`
	Gone        string `json:"gone,omitempty"`
	Offered     bool   `json:"offered"`
	Answer      string `json:"answer"`
	Reason      string `json:"reason,omitempty"`
	Order       int64  `json:"order,omitempty"`
	Sent        string `json:"sent"`
	Late        bool   `json:"late"`
}

type cardLineOut struct {
	Name    string    `json:"name"`
	Slots   int64     `json:"slots"`
	Yes     int64     `json:"yes"`
	Reserve int64     `json:"reserve"`
	Cards   []cardOut `json:"cards"`
}

type sheetOut struct {
	Campaign string        `json:"campaign"`
	Brand    string        `json:"brand"`
	Deadline *dueOut       `json:"deadline"`
	Decides  bool          `json:"decides"`
	SentAt   *time.Time    `json:"sent_at"`
	Late     bool          `json:"late"`
	Unsent   int64         `json:"unsent"`
	Lines    []cardLineOut `json:"lines"`
}

func cardWire(c casting.ClientCard) cardOut {
	return cardOut{c.ID, c.Name, c.Handle, c.Platform, c.Followers, string(c.FollowersOn), c.ERBp, string(c.EROn), c.Why, amount(c.Price), c.Gone, c.Offered,
		string(c.Answer), c.Reason, c.Order, string(c.Sent), c.Late}
}

func sheetWire(s casting.ClientSheet) sheetOut {
	return sheetOut{s.Campaign, s.Brand, dueWire(s.Deadline), s.Decides, instant(s.SentAt), s.Late, s.Unsent, list(s.Lines, func(l casting.ClientLine) cardLineOut {
		return cardLineOut{l.Name, l.Slots, l.Yes, l.Reserve, list(l.Cards, cardWire)}
	})}
}

// ownOfferOut is an offer as its talent sees it: no client price.
type ownOfferOut struct {
	ID        string     `json:"id"`
	Campaign  string     `json:"campaign"`
	Brand     string     `json:"brand"`
	Handle    string     `json:"handle"`
	State     string     `json:"state"`
	Fee       Amount     `json:"fee"`
	Net       bool       `json:"net" doc:"the fee is what arrives"`
	Pieces    []pieceOut `json:"pieces"`
	Rights    rightsWire `json:"rights"`
	Dates     []dateOut  `json:"dates"`
	Note      string     `json:"note,omitempty"`
	ExpiresAt *time.Time `json:"expires_at"`
}

func ownOfferWire(o casting.TalentOffer) ownOfferOut {
	return ownOfferOut{o.ID, o.Campaign, o.Brand, o.Handle, string(o.State), amount(o.Fee), o.Net, list(o.Pieces, pieceWire), rightsWire(o.Rights), list(o.Dates, dateWire), o.Note, instant(o.ExpiresAt)}
}

type ownBookingOut struct {
	ID          string     `json:"id"`
	Campaign    string     `json:"campaign"`
	Fee         Amount     `json:"fee"`
	Pieces      []pieceOut `json:"pieces"`
	DraftDue    *dueOut    `json:"draft_due"`
	PostDue     *dueOut    `json:"post_due"`
	CommittedAt *time.Time `json:"committed_at"`
	DroppedAt   *time.Time `json:"dropped_at"`
	CheckIn     bool       `json:"check_in_waits"`
}

func ownBookingWire(b casting.TalentBooking) ownBookingOut {
	return ownBookingOut{b.ID, b.Campaign, amount(b.Fee), list(b.Pieces, pieceWire), dueWire(b.DraftDue), dueWire(b.PostDue), instant(b.CommittedAt), instant(b.DroppedAt), b.Asked.ID != ""}
}

type roomOut struct {
	Offers   []ownOfferOut   `json:"offers"`
	Bookings []ownBookingOut `json:"bookings"`
}

type answerOfferIn struct {
	ID
	Body struct {
		Yes     []string          `json:"yes,omitempty" doc:"the dates that hold: draft, revision, posting"`
		Counter map[string]string `json:"counter,omitempty" doc:"one other date for the rest, in the talent's zone"`
		Asked   *Amount           `json:"asked,omitempty" doc:"another fee"`
		Note    string            `json:"note,omitempty"`
		Code    string            `json:"code" doc:"the step-up code"`
	}
}

func (in *answerOfferIn) request() casting.AnswerOffer {
	req := casting.AnswerOffer{ID: in.ID.ID, Yes: map[casting.DateKind]bool{}, Counter: map[casting.DateKind]string{}, Asked: optional(in.Body.Asked), Note: in.Body.Note}
	for _, k := range in.Body.Yes {
		req.Yes[casting.DateKind(k)] = true
	}
	for k, text := range in.Body.Counter {
		req.Counter[casting.DateKind(k)] = text
	}
	return req
}

type offerAnsweredOut struct {
	Booking string `json:"booking,omitempty" doc:"empty: the counter waits for the agency"`
}

func registerCastingOutside(a *API) {
	op(a, http.MethodGet, "/client-picks", "cast.picks.see", "The candidates a client was shown", func(ctx context.Context, actor access.Actor, _ *struct{}) (sheetOut, error) {
		s, err := a.Casting.Picks(ctx, actor, actor.CampaignID)
		return sheetWire(s), err
	})
	op(a, http.MethodPost, "/client-picks", "cast.pick", "Answer one candidate, without sending", func(ctx context.Context, actor access.Actor, in *struct {
		Body struct {
			Candidate string `json:"candidate"`
			Answer    string `json:"answer" enum:"yes,reserve,no,"`
			Reason    string `json:"reason,omitempty"`
			Order     int64  `json:"order,omitempty"`
		}
	}) (doneOut, error) {
		b := in.Body
		return acted(a.Casting.Pick(ctx, actor, casting.GivePick{CandidateID: b.Candidate, Answer: casting.Answer(b.Answer), Reason: b.Reason, Order: b.Order}))
	})
	op(a, http.MethodPost, "/client-picks/send", "cast.pick", "Send the answers", func(ctx context.Context, actor access.Actor, _ *struct{}) (countOut, error) {
		n, err := a.Casting.SendPicks(ctx, actor, actor.CampaignID)
		return countOut{n}, err
	})
	op(a, http.MethodGet, "/talent-offers", "offer.see", "A talent's offers and bookings", func(ctx context.Context, actor access.Actor, _ *struct{}) (roomOut, error) {
		r, err := a.Casting.TalentRoom(ctx, actor)
		return roomOut{list(r.Offers, ownOfferWire), list(r.Bookings, ownBookingWire)}, err
	})
	op(a, http.MethodPost, "/talent-offers/{id}/code", "offer.answer", "Ask for the step-up code", func(ctx context.Context, actor access.Actor, in *ID) (doneOut, error) {
		_, err := a.Casting.AskCode(ctx, actor, in.ID)
		return acted(err)
	})
	op(a, http.MethodPost, "/talent-offers/{id}/answer", "offer.answer", "Say yes to each date, or propose others", a.answerOffer)
	op(a, http.MethodPost, "/talent-offers/{id}/decline", "offer.answer", "Decline an offer", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Note string `json:"note,omitempty"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.DeclineOffer(ctx, actor, in.ID.ID, in.Body.Note))
	})
	op(a, http.MethodPost, "/talent-bookings/{id}/check-in", "checkin.answer", "Say whether the draft date holds", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Answer string `json:"answer" enum:"on_track,need_help,cannot"`
			Note   string `json:"note,omitempty"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.AnswerCheckIn(ctx, actor, in.ID.ID, casting.CheckInAnswer(in.Body.Answer), in.Body.Note))
	})
}

func (a *API) answerOffer(ctx context.Context, actor access.Actor, in *answerOfferIn) (offerAnsweredOut, error) {
	req := in.request()
	if err := a.Casting.CheckAnswer(ctx, actor, req); err != nil {
		return offerAnsweredOut{}, err
	}
	if err := a.Access.AnswerStepUp(ctx, actor, casting.StepUpPurpose(req.ID), in.Body.Code); err != nil {
		return offerAnsweredOut{}, err
	}
	b, err := a.Casting.AnswerOffer(ctx, actor, req)
	return offerAnsweredOut{b.ID}, err
}
