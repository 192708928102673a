package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
)

type askOut struct {
	ID        string     `json:"id"`
	Campaign  string     `json:"campaign"`
	Kind      string     `json:"kind" enum:"offer,counter,share,replace"`
	Candidate string     `json:"candidate,omitempty"`
	Offer     string     `json:"offer,omitempty"`
	Reasons   []string   `json:"reasons" doc:"trainee, budget, floor"`
	Fee       *Amount    `json:"fee"`
	MarginBp  *int64     `json:"margin_bp"`
	Words     string     `json:"words,omitempty"`
	AskedBy   string     `json:"asked_by"`
	AskedAt   *time.Time `json:"asked_at"`
	MayDecide bool       `json:"may_decide"`
}

func askWire(a casting.AskView) askOut {
	out := askOut{ID: a.ID, Campaign: a.CampaignID, Kind: string(a.Kind), Candidate: a.CandidateID, Offer: a.OfferID, Words: a.Words, AskedBy: a.AskedBy, AskedAt: instant(a.AskedAt),
		MayDecide: a.MayDecide, Reasons: list(a.Reasons, func(r casting.AskReason) string { return string(r) })}
	if !a.Fee.None() {
		fee := amount(a.Fee)
		out.Fee = &fee
	}
	if a.MarginKnown {
		out.MarginBp = &a.MarginBp
	}
	return out
}

type askShareIn struct {
	ID
	Body struct {
		Decider  string `json:"decider,omitempty"`
		Deadline string `json:"deadline,omitempty"`
		Skip     bool   `json:"skip_incomplete,omitempty"`
		Words    string `json:"words,omitempty"`
	}
}

type askOfferIn struct {
	ID
	Body struct {
		offerIn
		Replaces string `json:"replaces,omitempty" doc:"the offer that this one takes the place of"`
		Words    string `json:"words,omitempty" doc:"to whoever decides"`
	}
}

type wordsIn struct {
	ID
	Body struct {
		Words string `json:"words,omitempty"`
	}
}

func registerAsks(a *API) {
	asked := func(k casting.Ask, err error) (madeOut, error) { return madeOut{k.ID}, err }
	op(a, http.MethodGet, "/approvals", "cast.shortlist", "What waits for your yes, and what you asked for", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[askOut], error) {
		q, err := a.Casting.Queue(ctx, actor)
		return Page[askOut]{Items: list(q.Asks, askWire)}, err
	})
	op(a, http.MethodPost, "/candidates/{id}/ask", "offer.send", "Ask for somebody's yes to an offer", func(ctx context.Context, actor access.Actor, in *askOfferIn) (madeOut, error) {
		return asked(a.Casting.Ask(ctx, actor, casting.Asking{Kind: casting.AskOffer, OfferID: in.Body.Replaces, Offer: in.Body.request(in.ID.ID), Words: in.Body.Words}))
	})
	op(a, http.MethodPost, "/offers/{id}/ask", "offer.send", "Ask for somebody's yes to a talent's counter", func(ctx context.Context, actor access.Actor, in *wordsIn) (madeOut, error) {
		return asked(a.Casting.Ask(ctx, actor, casting.Asking{Kind: casting.AskCounter, OfferID: in.ID.ID, Words: in.Body.Words}))
	})
	op(a, http.MethodPost, "/campaigns/{id}/shortlist/ask", "cast.share", "Ask for somebody's yes to sharing the list", func(ctx context.Context, actor access.Actor, in *askShareIn) (madeOut, error) {
		b := in.Body
		return asked(a.Casting.Ask(ctx, actor, casting.Asking{Kind: casting.AskShare, Words: b.Words, Share: casting.ShareShortlist{CampaignID: in.ID.ID, DeciderID: b.Decider, Deadline: b.Deadline, All: b.Skip}}))
	})
	op(a, http.MethodPost, "/campaigns/{id}/replacements/ask", "cast.share", "Ask for somebody's yes to a replacement, which goes on the list meanwhile", func(ctx context.Context, actor access.Actor, in *addCandidateIn) (madeOut, error) {
		return asked(a.Casting.Ask(ctx, actor, casting.Asking{Kind: casting.AskReplace, Propose: in.request()}))
	})
	op(a, http.MethodPost, "/approvals/{id}", "cast.shortlist", "Say yes or no; with a yes it happens", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Yes    bool   `json:"yes"`
			Answer string `json:"answer,omitempty" doc:"needed for a no"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.DecideAsk(ctx, actor, in.ID.ID, in.Body.Yes, in.Body.Answer))
	})
	op(a, http.MethodPost, "/margin-floor", "offer.floor", "Set the least margin", func(ctx context.Context, actor access.Actor, in *struct {
		Body struct {
			Bp int64 `json:"bp" minimum:"0" maximum:"9000" doc:"basis points of the price; 0 is none"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.SetFloor(ctx, actor, in.Body.Bp))
	})
	op(a, http.MethodPost, "/people/{id}/supervisor", "access.trust", "Name a trainee's supervisor", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Supervisor string `json:"supervisor" doc:"person; empty takes the name away"`
		}
	}) (doneOut, error) {
		return acted(a.Access.Supervise(ctx, actor, in.ID.ID, in.Body.Supervisor))
	})
	op(a, http.MethodPost, "/people/{id}/trust", "access.trust", "Give a trainee a client in full trust, or take it back", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Client string `json:"client"`
			On     bool   `json:"on"`
		}
	}) (doneOut, error) {
		return acted(a.Access.Trust(ctx, actor, in.ID.ID, in.Body.Client, in.Body.On))
	})
}
