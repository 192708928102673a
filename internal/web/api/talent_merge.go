package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/talent"
)

type twinWire struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}

type pairWire struct {
	A      twinWire `json:"a" doc:"the older record"`
	B      twinWire `json:"b"`
	Why    []string `json:"why" doc:"phone, email, handle, name, near; the strongest first"`
	Weight int      `json:"weight"`
}

type pairsOut struct {
	Pairs []pairWire `json:"pairs"`
}

type pairsIn struct {
	Talent string `query:"talent" doc:"only pairs with this one"`
	Most   int    `query:"most" default:"100" minimum:"1" maximum:"500"`
}

func pairsWire(pairs []talent.Pair) pairsOut {
	twin := func(t talent.Talent) twinWire { return twinWire{t.ID, t.Name, t.Phone, t.Email} }
	return pairsOut{list(pairs, func(p talent.Pair) pairWire {
		return pairWire{twin(p.A), twin(p.B), list(p.Why, func(w talent.Likeness) string { return string(w) }), p.Weight()}
	})}
}

type mergeIn struct {
	ID
	Body struct {
		Other string `json:"other" doc:"the record that goes; its id leads to this one from then on"`
	}
}

type apartIn struct {
	Body struct {
		A string `json:"a"`
		B string `json:"b"`
	}
}

func registerTalentMerges(a *API) {
	op(a, http.MethodGet, "/talent-duplicates", "talent.merge", "Pairs of talents who may be one, the likeliest first", func(ctx context.Context, actor access.Actor, in *pairsIn) (pairsOut, error) {
		if in.Talent != "" {
			pairs, err := a.Talent.DuplicatesOf(ctx, actor, in.Talent)
			return pairsWire(pairs), err
		}
		pairs, err := a.Talent.Duplicates(ctx, actor, in.Most)
		return pairsWire(pairs), err
	})
	op(a, http.MethodPost, "/talent-duplicates/apart", "talent.merge", "Say that two talents are not the same", func(ctx context.Context, actor access.Actor, in *apartIn) (struct{}, error) {
		return struct{}{}, a.Talent.TellApart(ctx, actor, in.Body.A, in.Body.B)
	})
	op(a, http.MethodPost, "/talents/{id}/merge", "talent.merge", "Make another record one with this one; it cannot be undone", func(ctx context.Context, actor access.Actor, in *mergeIn) (talentOut, error) {
		if _, err := a.Talent.Merge(ctx, actor, in.ID.ID, in.Body.Other); err != nil {
			return talentOut{}, err
		}
		return a.showTalent(ctx, actor, &in.ID)
	})
}
