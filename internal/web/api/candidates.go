package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/money"
)

// candidateOut is a candidate as the agency sees it; a client gets cardOut.
type candidateOut struct {
	ID         string     `json:"id"`
	Slot       string     `json:"slot"`
	Talent     string     `json:"talent"`
	Name       string     `json:"name"`
	Account    string     `json:"account"`
	Handle     string     `json:"handle"`
	Cost       Amount     `json:"cost"`
	CostHome   Amount     `json:"cost_home" doc:"the cost in the campaign's currency"`
	Rate       string     `json:"rate,omitempty"`
	RateSource string     `json:"rate_source,omitempty"`
	Price      Amount     `json:"price"`
	Why        string     `json:"why"`
	Note       string     `json:"note"`
	Rank       int64      `json:"rank"`
	ShownAt    *time.Time `json:"shown_at"`
	RemovedAt  *time.Time `json:"removed_at"`
	Gone       string     `json:"gone,omitempty"`
	Warnings   []string   `json:"warnings"`
	Pick       *pickOut   `json:"pick" doc:"the answer that counts"`
	Advice     []pickOut  `json:"advice"`
	Version    int64      `json:"version"`
}

type pickOut struct {
	Contact string     `json:"contact"`
	Name    string     `json:"name"`
	Answer  string     `json:"answer" enum:"yes,reserve,no,"`
	Reason  string     `json:"reason"`
	Order   int64      `json:"order,omitempty"`
	SentAt  *time.Time `json:"sent_at"`
	Late    bool       `json:"late"`
	Changes int64      `json:"changes"`
}

func pickWire(p casting.Pick) pickOut {
	return pickOut{p.ContactID, p.Name, string(p.Sent), p.SentReason, p.SentOrder, instant(p.SentAt), p.Late, p.Changes}
}

func candidateWire(r casting.Row) candidateOut {
	c := r.Candidate
	out := candidateOut{ID: c.ID, Slot: c.SlotID, Talent: c.TalentID, Name: r.Talent.Name, Account: c.AccountID, Handle: r.Account.Title(),
		Cost: amount(c.Cost), CostHome: amount(c.CostHome), Rate: c.Rate, RateSource: c.RateSource, Price: amount(c.Price), Why: c.Why, Note: c.Note,
		Rank: c.Rank, ShownAt: instant(c.ShownAt), RemovedAt: instant(c.RemovedAt), Gone: c.Gone, Advice: list(r.Advice, pickWire), Version: c.Version,
		Warnings: list(r.Warnings, func(w casting.Warning) string { return string(w) })}
	if r.Decision.Sent != casting.AnswerNone {
		p := pickWire(r.Decision)
		out.Pick = &p
	}
	return out
}

// TermsIn is what a candidate costs, what the client pays and why.
type TermsIn struct {
	Cost       *Amount `json:"cost,omitempty" doc:"left out: what the rate card asks"`
	Price      *Amount `json:"price,omitempty" doc:"left out: the slot's"`
	Rate       string  `json:"rate,omitempty" doc:"when the cost is in another currency than the campaign's"`
	RateSource string  `json:"rate_source,omitempty"`
	Why        string  `json:"why,omitempty" doc:"one sentence to the client"`
	Note       string  `json:"note,omitempty" doc:"internal"`
}

func optional(a *Amount) money.Amount {
	if a == nil {
		return money.Amount{}
	}
	return a.money()
}

type addCandidateIn struct {
	ID
	Body struct {
		TermsIn
		Slot     string `json:"slot"`
		Talent   string `json:"talent"`
		Account  string `json:"account,omitempty"`
		Replaces string `json:"replaces,omitempty" doc:"booking it would take over"`
	}
}

func (in *addCandidateIn) request() casting.AddCandidate {
	b := in.Body
	return casting.AddCandidate{CampaignID: in.ID.ID, SlotID: b.Slot, TalentID: b.Talent, AccountID: b.Account, Cost: optional(b.Cost), Price: optional(b.Price),
		Rate: b.Rate, RateSource: b.RateSource, Why: b.Why, Note: b.Note, Replaces: b.Replaces}
}

type editCandidateIn struct {
	ID
	Body struct {
		TermsIn
		Version int64 `json:"version" doc:"the version that was read"`
	}
}

type madeOut struct {
	ID string `json:"id"`
}

type countOut struct {
	Count int `json:"count"`
}

type doneOut struct {
	Done bool `json:"done"`
}

func acted(err error) (doneOut, error) { return doneOut{err == nil}, err }

func registerCandidates(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/candidates", "cast.see", "A campaign's candidates with the client's answers", a.candidates)
	op(a, http.MethodPost, "/campaigns/{id}/candidates", "cast.shortlist", "Put a talent on a slot's list", func(ctx context.Context, actor access.Actor, in *addCandidateIn) (madeOut, error) {
		c, err := a.Casting.AddCandidate(ctx, actor, in.request())
		return madeOut{c.ID}, err
	})
	op(a, http.MethodPut, "/candidates/{id}", "cast.shortlist", "Change a candidate's terms", func(ctx context.Context, actor access.Actor, in *editCandidateIn) (madeOut, error) {
		b := in.Body
		c, err := a.Casting.EditCandidate(ctx, actor, casting.EditCandidate{ID: in.ID.ID, Cost: optional(b.Cost), Price: optional(b.Price), Rate: b.Rate, RateSource: b.RateSource, Why: b.Why, Note: b.Note, Version: b.Version})
		return madeOut{c.ID}, err
	})
	op(a, http.MethodPost, "/candidates/{id}/rank", "cast.shortlist", "Move a candidate to a place of its list", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Place int64 `json:"place" minimum:"1"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.RankCandidate(ctx, actor, in.ID.ID, in.Body.Place))
	})
	op(a, http.MethodPost, "/candidates/{id}/remove", "cast.shortlist", "Take a candidate off the list", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Why string `json:"gone" enum:"withdrawn,unavailable"`
		}
	}) (doneOut, error) {
		_, err := a.Casting.RemoveCandidate(ctx, actor, in.ID.ID, in.Body.Why)
		return acted(err)
	})
	op(a, http.MethodPost, "/campaigns/{id}/shortlist/share", "cast.share", "Show the complete candidates to the client", a.share)
	op(a, http.MethodGet, "/slots/{id}/replacements", "cast.see", "Who could take a slot, ranked, and which filter removed whom", a.replacements)
	op(a, http.MethodPost, "/campaigns/{id}/replacements", "cast.share", "Propose a replacement to the client", func(ctx context.Context, actor access.Actor, in *addCandidateIn) (madeOut, error) {
		c, err := a.Casting.ProposeReplacement(ctx, actor, in.request())
		return madeOut{c.ID}, err
	})
}

func (a *API) candidates(ctx context.Context, actor access.Actor, in *ID) (Page[candidateOut], error) {
	s, err := a.Casting.Shortlist(ctx, actor, in.ID)
	out := Page[candidateOut]{Items: []candidateOut{}}
	for _, l := range s.Lines {
		out.Items = append(out.Items, list(l.Rows, candidateWire)...)
	}
	return out, err
}

type shareIn struct {
	ID
	Body struct {
		Decider  string `json:"decider,omitempty" doc:"contact whose answers count"`
		Deadline string `json:"deadline,omitempty" doc:"in the client's zone: 2026-12-01T17:00, besok 17.00"`
		Skip     bool   `json:"skip_incomplete,omitempty"`
	}
}

func (a *API) share(ctx context.Context, actor access.Actor, in *shareIn) (countOut, error) {
	n, err := a.Casting.ShareShortlist(ctx, actor, casting.ShareShortlist{CampaignID: in.ID.ID, DeciderID: in.Body.Decider, Deadline: in.Body.Deadline, All: in.Body.Skip})
	return countOut{n}, err
}

type replacementOut struct {
	Candidate string    `json:"candidate,omitempty"`
	Talent    string    `json:"talent"`
	Account   string    `json:"account"`
	Name      string    `json:"name"`
	Fee       Amount    `json:"fee"`
	Reserve   int64     `json:"reserve,omitempty"`
	NeedsYes  bool      `json:"needs_client_yes"`
	Score     int64     `json:"score" doc:"hundredths of a point"`
	Parts     []partOut `json:"parts"`
}

type partOut struct {
	Name   string `json:"name"`
	Points int64  `json:"points"`
	Of     int64  `json:"of"`
	Known  bool   `json:"known"`
}

type removedOut struct {
	Filter string   `json:"filter"`
	Names  []string `json:"names"`
}

type replacementsOut struct {
	Items   []replacementOut `json:"items"`
	Removed []removedOut     `json:"removed"`
}

func (a *API) replacements(ctx context.Context, actor access.Actor, in *ID) (replacementsOut, error) {
	slot, err := a.Campaign.Slot(ctx, actor, in.ID)
	if err != nil {
		return replacementsOut{}, err
	}
	r, err := a.Casting.Replacements(ctx, actor, slot.CampaignID, slot.ID)
	return replacementsOut{
		Items: list(r.Ranked, func(x casting.Ranked) replacementOut {
			return replacementOut{x.CandidateID, x.TalentID, x.AccountID, x.Name, amount(x.Fee), x.Reserve, x.NeedsYes, x.Score,
				list(x.Parts, func(p casting.Part) partOut { return partOut{p.Name, p.Points, p.Of, p.Known} })}
		}),
		Removed: list(r.Removed, func(x casting.Removed) removedOut { return removedOut{string(x.Filter), x.Names} }),
	}, err
}
