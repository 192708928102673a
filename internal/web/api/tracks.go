package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/worktime"
)

type dayOut struct {
	Day    string `json:"day"`
	Visits int64  `json:"visits"`
}

type trackLinkOut struct {
	ID      string     `json:"id"`
	Slug    string     `json:"slug" doc:"the link is /r/ and this"`
	Target  string     `json:"target"`
	Visits  int64      `json:"visits"`
	Robots  int64      `json:"robots" doc:"previews and robots, which are no visits"`
	Days    []dayOut   `json:"days"`
	EndedAt *time.Time `json:"ended_at,omitempty"`
}

type saleOut struct {
	Day    string  `json:"day"`
	Orders int64   `json:"orders"`
	Amount *Amount `json:"amount,omitempty" doc:"absent when the shop did not say"`
	Source string  `json:"source"`
}

type promoCodeOut struct {
	ID     string    `json:"id"`
	Code   string    `json:"code"`
	Orders int64     `json:"orders"`
	Sales  []saleOut `json:"sales"`
}

type tracedOut struct {
	BookingID string         `json:"booking_id"`
	TalentID  string         `json:"talent_id"`
	Talent    string         `json:"talent"`
	Visits    int64          `json:"visits"`
	Orders    int64          `json:"orders"`
	Amount    *Amount        `json:"amount,omitempty"`
	Links     []trackLinkOut `json:"links"`
	Codes     []promoCodeOut `json:"codes"`
}

// amountOr is nil for none.
func amountOr(a money.Amount) *Amount {
	if a.None() {
		return nil
	}
	w := amount(a)
	return &w
}

func tracedWire(t result.Traced) tracedOut {
	return tracedOut{BookingID: t.BookingID, TalentID: t.TalentID, Talent: t.Talent, Visits: t.Visits, Orders: t.Orders, Amount: amountOr(t.Amount),
		Links: list(t.Links, func(l result.LinkCount) trackLinkOut {
			return trackLinkOut{ID: l.ID, Slug: l.Slug, Target: l.Target, Visits: l.Visits, Robots: l.Robots, EndedAt: instant(l.EndedAt), Days: list(l.Days, func(d result.DayCount) dayOut { return dayOut{string(d.Day), d.Visits} })}
		}),
		Codes: list(t.Codes, func(c result.CodeCount) promoCodeOut {
			return promoCodeOut{ID: c.ID, Code: c.Code, Orders: c.Orders, Sales: list(c.Sales, func(s result.Sale) saleOut {
				return saleOut{string(s.Day), s.Orders, amountOr(s.Amount), string(s.Source)}
			})}
		})}
}

type trackIn struct {
	Body struct {
		Booking string `json:"booking"`
		Target  string `json:"target"`
	}
}

type promoCodeIn struct {
	Body struct {
		Booking string `json:"booking"`
		Code    string `json:"code"`
	}
}

type saleIn struct {
	ID
	Body struct {
		Day    string  `json:"day"`
		Orders int64   `json:"orders"`
		Amount *Amount `json:"amount,omitempty"`
	}
}

// registerTracks puts short links and promo codes on the door; a shop's CSV file comes as it is.
func registerTracks(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/tracking", "track.see", "What came of a campaign's short links and promo codes", func(ctx context.Context, actor access.Actor, in *ID) (Page[tracedOut], error) {
		found, err := a.Result.Trace(ctx, actor, in.ID)
		return Page[tracedOut]{Items: list(found, tracedWire)}, err
	})
	op(a, http.MethodPost, "/track-links", "track.edit", "Make a short link of a booking", func(ctx context.Context, actor access.Actor, in *trackIn) (trackLinkOut, error) {
		l, err := a.Result.MakeTrackLink(ctx, actor, in.Body.Booking, in.Body.Target)
		return trackLinkOut{ID: l.ID, Slug: l.Slug, Target: l.Target, Days: []dayOut{}}, err
	})
	op(a, http.MethodPost, "/track-links/{id}/end", "track.edit", "Stop offering a short link; it leads on", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		return thingOut{in.ID}, a.Result.EndTrackLink(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/promo-codes", "track.edit", "Give a booking a promo code", func(ctx context.Context, actor access.Actor, in *promoCodeIn) (thingOut, error) {
		c, err := a.Result.MakePromoCode(ctx, actor, in.Body.Booking, in.Body.Code)
		return thingOut{c.ID}, err
	})
	op(a, http.MethodPut, "/promo-codes/{id}/sales", "track.edit", "Say what a code sold on a day", func(ctx context.Context, actor access.Actor, in *saleIn) (thingOut, error) {
		s := result.SaySale{CodeID: in.ID.ID, Day: worktime.Date(in.Body.Day), Orders: in.Body.Orders}
		if in.Body.Amount != nil {
			s.Amount = in.Body.Amount.money()
		}
		return thingOut{in.ID.ID}, a.Result.SaySale(ctx, actor, s)
	})
	a.raw(http.MethodPost, "/campaigns/{id}/sales", func(w http.ResponseWriter, r *http.Request) error {
		kept, err := a.Result.BringSales(r.Context(), web.ActorOf(r), r.PathValue("id"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(keptOut{kept})
	})
}
