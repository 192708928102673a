package api

import (
	"time"

	"kolega/internal/money"
)

// Page is a part of a list; Next is given back as ?after= for the following part.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// PageIn is how a list is asked for.
type PageIn struct {
	After string `query:"after" doc:"the next of the part before"`
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

// ID is a path that names one thing.
type ID struct {
	ID string `path:"id"`
}

// Amount is money on the wire: whole minor units and a currency.
type Amount struct {
	Minor    int64  `json:"minor" doc:"whole minor units; IDR has none smaller than one rupiah"`
	Currency string `json:"currency" example:"IDR"`
}

func amount(a money.Amount) Amount { return Amount{a.Minor, string(a.Currency)} }

func (a Amount) money() money.Amount { return money.New(a.Minor, money.Currency(a.Currency)) }

// instant is nil for "not yet".
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// list makes an empty list where there is none, so that JSON says [] and not null.
func list[A, B any](in []A, wire func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, v := range in {
		out = append(out, wire(v))
	}
	return out
}
