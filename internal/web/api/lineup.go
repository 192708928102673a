package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/casting"
)

type lineUpOut struct {
	Seats   []lineUpSeatOut `json:"seats"`
	Budget  *Amount         `json:"budget" doc:"of the open slots together; null: a slot has no limit"`
	Fee     Amount          `json:"fee"`
	Reach   int64           `json:"reach" doc:"expected engaged reach, each pair's overlap counted once"`
	Best    int64           `json:"best" doc:"no set can be above"`
	ShortBp int64           `json:"short_bp" doc:"how far the set can be from the best possible, in basis points"`
	Exact   bool            `json:"exact" doc:"no better set exists"`
	LeftOut []leftOutOut    `json:"left_out"`
}

type lineUpSeatOut struct {
	SlotID   string            `json:"slot_id"`
	Name     string            `json:"name"`
	Taken    *lineUpChoiceOut  `json:"taken"`
	Reserves []lineUpChoiceOut `json:"reserves"`
}

type lineUpChoiceOut struct {
	CandidateID string `json:"candidate_id"`
	TalentID    string `json:"talent_id"`
	Name        string `json:"name"`
	Handle      string `json:"handle"`
	Fee         Amount `json:"fee"`
	Reach       int64  `json:"reach"`
}

type leftOutOut struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

func lineUpChoiceWire(c casting.LineUpChoice) lineUpChoiceOut {
	return lineUpChoiceOut{c.CandidateID, c.TalentID, c.Name, c.Handle, amount(c.Fee), c.Reach}
}

func (a *API) lineUp(ctx context.Context, actor access.Actor, in *ID) (lineUpOut, error) {
	l, err := a.Casting.LineUp(ctx, actor, in.ID)
	out := lineUpOut{Fee: amount(l.Fee), Reach: l.Reach, Best: l.Best, ShortBp: l.ShortBp, Exact: l.Exact}
	if !l.Budget.None() {
		b := amount(l.Budget)
		out.Budget = &b
	}
	out.Seats = list(l.Seats, func(s casting.LineUpSeat) lineUpSeatOut {
		seat := lineUpSeatOut{SlotID: s.SlotID, Name: s.Name, Reserves: list(s.Reserves, lineUpChoiceWire)}
		if s.Taken != nil {
			c := lineUpChoiceWire(*s.Taken)
			seat.Taken = &c
		}
		return seat
	})
	out.LeftOut = list(l.LeftOut, func(x casting.LeftOut) leftOutOut { return leftOutOut(x) })
	return out, err
}

func registerLineUp(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/lineup", "cast.see", "The best set of a campaign's candidates for its open slots and budget, with reserves and how far from the best it can be", a.lineUp)
}
