package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/worktime"
)

type pieceOut struct {
	Platform string `json:"platform"`
	Format   string `json:"format"`
	Count    int64  `json:"count"`
}

func pieceWire(p casting.Piece) pieceOut { return pieceOut{p.Platform, p.Format, p.Count} }

// rightsWire are rights in and out.
type rightsWire struct {
	UsageDays     int64  `json:"usage_days,omitempty"`
	Boost         bool   `json:"boost,omitempty"`
	ExclusiveDays int64  `json:"exclusive_days,omitempty"`
	Category      string `json:"category,omitempty"`
	OnlineDays    int64  `json:"online_days,omitempty"`
	Revisions     int64  `json:"revisions,omitempty" doc:"turn-arounds of a wish that the fee covers"`
}

type dueOut struct {
	At    *time.Time `json:"at"`
	Zone  string     `json:"zone"`
	Local string     `json:"local" doc:"date and time in the zone"`
}

func dueWire(d worktime.Deadline) *dueOut {
	if d.IsZero() {
		return nil
	}
	return &dueOut{instant(d.At), d.Zone, d.Wall()}
}

type dateOut struct {
	Kind    string  `json:"kind" enum:"draft,revision,posting"`
	Due     *dueOut `json:"due"`
	Yes     bool    `json:"yes"`
	Counter *dueOut `json:"counter"`
}

func dateWire(d casting.Date) dateOut {
	return dateOut{string(d.Kind), dueWire(d.Due), d.Yes, dueWire(d.Counter)}
}

type offerOut struct {
	ID          string     `json:"id"`
	Slot        string     `json:"slot"`
	Candidate   string     `json:"candidate"`
	Talent      string     `json:"talent"`
	State       string     `json:"state"`
	Fee         Amount     `json:"fee"`
	Net         bool       `json:"net" doc:"the fee is what the talent receives"`
	Asked       *Amount    `json:"asked"`
	Price       Amount     `json:"price"`
	Pieces      []pieceOut `json:"pieces"`
	Rights      rightsWire `json:"rights"`
	Dates       []dateOut  `json:"dates"`
	SentAt      *time.Time `json:"sent_at"`
	ExpiresAt   *time.Time `json:"expires_at"`
	CommittedAt *time.Time `json:"committed_at"`
	Booking     string     `json:"booking,omitempty"`
}

func offerWire(o casting.Offer, s casting.State) offerOut {
	out := offerOut{ID: o.ID, Slot: o.SlotID, Candidate: o.CandidateID, Talent: o.TalentID, State: string(s), Fee: amount(o.Fee), Net: o.Net, Price: amount(o.Price),
		Pieces: list(o.Pieces, pieceWire), Rights: rightsWire(o.Rights), Dates: list(o.Dates, dateWire), SentAt: instant(o.SentAt), ExpiresAt: instant(o.ExpiresAt),
		CommittedAt: instant(o.CommittedAt), Booking: o.BookingID}
	if !o.Asked.None() {
		asked := amount(o.Asked)
		out.Asked = &asked
	}
	return out
}

type offerIn struct {
	Slot     string     `json:"slot,omitempty" doc:"left out: the first open slot of the candidate's kind"`
	Fee      *Amount    `json:"fee,omitempty" doc:"left out: the candidate's cost"`
	Draft    string     `json:"draft,omitempty" doc:"in the talent's zone; left out: the slot's day"`
	Revision string     `json:"revision,omitempty"`
	Posting  string     `json:"posting,omitempty"`
	Rights   rightsWire `json:"rights,omitempty"`
	Note     string     `json:"note,omitempty"`
	SameDay  string     `json:"same_day,omitempty" doc:"why a day with another commitment is all right"`
	Approve  bool       `json:"approve,omitempty" doc:"above the slot's budget, or below the floor of the margin"`
	Net      bool       `json:"net,omitempty" doc:"the fee is what the talent receives; the agency bears the tax"`
}

func (in offerIn) request(candidate string) casting.SendOffer {
	return casting.SendOffer{CandidateID: candidate, SlotID: in.Slot, Fee: optional(in.Fee), Draft: in.Draft, Revision: in.Revision, Post: in.Posting,
		Rights: casting.Rights(in.Rights), Note: in.Note, SameDay: in.SameDay, Approve: in.Approve, Net: in.Net}
}

type sendOfferIn struct {
	ID
	Body offerIn
}

type bookingOut struct {
	ID          string     `json:"id"`
	Campaign    string     `json:"campaign"`
	Slot        string     `json:"slot"`
	Offer       string     `json:"offer"`
	Talent      string     `json:"talent"`
	Account     string     `json:"account"`
	Fee         Amount     `json:"fee"`
	Price       Amount     `json:"price"`
	Pieces      []pieceOut `json:"pieces"`
	DraftDue    *dueOut    `json:"draft_due"`
	RevisionDue *dueOut    `json:"revision_due"`
	PostDue     *dueOut    `json:"post_due"`
	CommittedAt *time.Time `json:"committed_at"`
	DeliveredAt *time.Time `json:"delivered_at"`
	DroppedAt   *time.Time `json:"dropped_at"`
	DropKind    string     `json:"drop_kind,omitempty"`
	DropReason  string     `json:"drop_reason,omitempty"`
}

func bookingWire(b casting.Booking) bookingOut {
	return bookingOut{b.ID, b.CampaignID, b.SlotID, b.OfferID, b.TalentID, b.AccountID, amount(b.Fee), amount(b.Price), list(b.Deliverables, pieceWire),
		dueWire(b.DraftDue), dueWire(b.RevisionDue), dueWire(b.PostDue), instant(b.CommittedAt), instant(b.DeliveredAt), instant(b.DroppedAt), string(b.DropKind), b.DropReason}
}

func registerOffers(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/offers", "cast.see", "The newest offer of each candidate", a.offers)
	op(a, http.MethodPost, "/candidates/{id}/offers", "offer.send", "Send an offer to a candidate the client picked", func(ctx context.Context, actor access.Actor, in *sendOfferIn) (offerOut, error) {
		o, err := a.Casting.SendOffer(ctx, actor, in.Body.request(in.ID.ID))
		return offerWire(o, casting.StateOffered), err
	})
	op(a, http.MethodPost, "/offers/{id}/reoffer", "offer.send", "Replace an open offer by one with other terms", func(ctx context.Context, actor access.Actor, in *sendOfferIn) (offerOut, error) {
		o, err := a.Casting.Reoffer(ctx, actor, in.ID.ID, in.Body.request(""))
		return offerWire(o, casting.StateOffered), err
	})
	op(a, http.MethodPost, "/offers/{id}/take", "offer.send", "Accept a talent's counter; the booking comes to be", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Approve bool `json:"approve,omitempty"`
		}
	}) (bookingOut, error) {
		b, err := a.Casting.TakeCounter(ctx, actor, in.ID.ID, in.Body.Approve)
		return bookingWire(b), err
	})
	op(a, http.MethodPost, "/offers/{id}/withdraw", "offer.send", "Take an open offer back", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Reason string `json:"reason,omitempty"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.WithdrawOffer(ctx, actor, in.ID.ID, in.Body.Reason))
	})
	op(a, http.MethodGet, "/campaigns/{id}/bookings", "booking.see", "A campaign's bookings, dropped ones too", func(ctx context.Context, actor access.Actor, in *ID) (Page[bookingOut], error) {
		all, err := a.Casting.Bookings(ctx, actor, in.ID)
		return Page[bookingOut]{Items: list(all, bookingWire)}, err
	})
	op(a, http.MethodGet, "/bookings/{id}", "booking.see", "One booking", func(ctx context.Context, actor access.Actor, in *ID) (bookingOut, error) {
		b, err := a.Casting.Booking(ctx, actor, in.ID)
		return bookingWire(b), err
	})
}

func (a *API) offers(ctx context.Context, actor access.Actor, in *ID) (Page[offerOut], error) {
	s, err := a.Casting.Shortlist(ctx, actor, in.ID)
	out := Page[offerOut]{Items: []offerOut{}}
	for _, l := range s.Lines {
		for _, r := range l.Rows {
			if r.Offer != nil {
				out.Items = append(out.Items, offerWire(*r.Offer, r.State))
			}
		}
	}
	return out, err
}
