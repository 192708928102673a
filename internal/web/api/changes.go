package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

type changeOut struct {
	ID          string     `json:"id"`
	Deliverable string     `json:"deliverable_id"`
	Round       string     `json:"round_id"`
	Price       *Amount    `json:"price,omitempty"`
	Fee         *Amount    `json:"fee,omitempty"`
	DraftDue    Due        `json:"draft_due"`
	PostDue     Due        `json:"post_due"`
	Note        string     `json:"note,omitempty"`
	AnswerUntil *time.Time `json:"answer_until,omitempty"`
	Client      string     `json:"client" enum:"yes,no,"`
	Talent      string     `json:"talent" enum:"yes,no,"`
	EffectiveAt *time.Time `json:"effective_at,omitempty"`
	ClosedAt    *time.Time `json:"closed_at,omitempty"`
	ClosedWhy   string     `json:"closed_why,omitempty"`
}

func changeWire(c review.ChangeRequest) changeOut {
	out := changeOut{ID: c.ID, Deliverable: c.DeliverableID, Round: c.RoundID, DraftDue: due(c.DraftDue), PostDue: due(c.PostDue), Note: c.Note, AnswerUntil: instant(c.AnswerUntil),
		Client: string(c.Client), Talent: string(c.Talent), EffectiveAt: instant(c.EffectiveAt), ClosedAt: instant(c.ClosedAt), ClosedWhy: c.ClosedWhy}
	if !c.PricedAt.IsZero() {
		p, f := amount(c.Price), amount(c.Fee)
		out.Price, out.Fee = &p, &f
	}
	return out
}

type priceIn struct {
	ID
	Body struct {
		Price    Amount    `json:"price"`
		Fee      Amount    `json:"fee"`
		DraftDue time.Time `json:"draft_due"`
		PostDue  time.Time `json:"post_due"`
		Zone     string    `json:"zone" doc:"of the talent, who owes the dates" example:"Asia/Manila"`
		Note     string    `json:"note,omitempty"`
	}
}

func (in priceIn) offer() (review.Offer, error) {
	b := in.Body
	if _, err := worktime.Zone(b.Zone); err != nil {
		return review.Offer{}, err
	}
	due := func(t time.Time) worktime.Deadline {
		return worktime.Deadline{At: t.UTC(), Zone: b.Zone, Entered: t.Format(time.RFC3339)}
	}
	return review.Offer{Price: b.Price.money(), Fee: b.Fee.money(), DraftDue: due(b.DraftDue), PostDue: due(b.PostDue), Note: b.Note}, nil
}

type acceptIn struct {
	ID
	Body struct {
		Answer string `json:"answer" enum:"yes,no"`
		Code   string `json:"code,omitempty" doc:"the step-up code, for yes"`
	}
}

type takeIn struct {
	ID
	Body struct {
		Answer string `json:"answer" enum:"yes,no"`
		Reason string `json:"reason,omitempty"`
	}
}

type codeOut struct {
	SentTo string `json:"sent_to" doc:"mostly hidden"`
}

type answeredOut struct {
	Effective bool `json:"effective"`
	Closed    bool `json:"closed"`
}

func answered(c review.ChangeRequest) answeredOut {
	return answeredOut{!c.EffectiveAt.IsZero(), !c.ClosedAt.IsZero()}
}

func registerChanges(a *API) {
	op(a, http.MethodPost, "/change-requests/{id}/offers", "change.price", "Set price, dates and fee, and ask the client", func(ctx context.Context, actor access.Actor, in *priceIn) (changeOut, error) {
		o, err := in.offer()
		if err != nil {
			return changeOut{}, err
		}
		c, err := a.Review.PriceChange(ctx, actor, in.ID.ID, o)
		return changeWire(c), err
	})
	op(a, http.MethodPost, "/change-requests/{id}/withdraw", "change.price", "Take a change request back", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.WithdrawChange(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/change-requests/{id}/codes", "change.accept", "Have the step-up code sent that accepting needs", func(ctx context.Context, actor access.Actor, in *ID) (codeOut, error) {
		place, err := a.Review.AskChangeCode(ctx, actor, in.ID)
		return codeOut{place}, err
	})
	op(a, http.MethodPost, "/change-requests/{id}/client-answers", "change.accept", "Accept price and dates, or leave the wish", func(ctx context.Context, actor access.Actor, in *acceptIn) (answeredOut, error) {
		if in.Body.Answer == string(review.AnswerYes) {
			if err := a.Access.AnswerStepUp(ctx, actor, review.StepUpChange, in.Body.Code); err != nil {
				return answeredOut{}, err
			}
		}
		c, err := a.Review.AcceptChange(ctx, actor, in.ID.ID, review.Answer(in.Body.Answer))
		return answered(c), err
	})
	op(a, http.MethodPost, "/change-requests/{id}/talent-answers", "change.take", "Take the extra work, or not", func(ctx context.Context, actor access.Actor, in *takeIn) (answeredOut, error) {
		c, err := a.Review.TakeChange(ctx, actor, in.ID.ID, review.Answer(in.Body.Answer), in.Body.Reason)
		return answered(c), err
	})
}
