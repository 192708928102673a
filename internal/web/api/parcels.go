package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
)

type parcelOut struct {
	Booking   string     `json:"booking"`
	Contents  string     `json:"contents"`
	ClockDays int64      `json:"clock_days" doc:"the draft is due so many days after arrival; 0: the dates stand"`
	State     string     `json:"state" enum:"asked,addressed,sent,arrived"`
	Recipient string     `json:"recipient,omitempty"`
	Address   string     `json:"address,omitempty"`
	Courier   string     `json:"courier,omitempty"`
	Number    string     `json:"number,omitempty"`
	SentAt    *time.Time `json:"sent_at"`
	ArrivedAt *time.Time `json:"arrived_at"`
}

func parcelWire(p casting.Parcel) parcelOut {
	return parcelOut{p.BookingID, p.Contents, p.ClockDays, string(p.State()), p.Recipient, p.Address, p.Courier, p.Number, instant(p.SentAt), instant(p.ArrivedAt)}
}

type movedOut struct {
	Moved bool `json:"moved" doc:"the dates started from the arrival"`
}

func registerParcels(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/parcels", "booking.see", "A campaign's product samples", func(ctx context.Context, actor access.Actor, in *ID) (Page[parcelOut], error) {
		all, err := a.Casting.Parcels(ctx, actor, in.ID)
		out := Page[parcelOut]{Items: []parcelOut{}}
		for _, p := range all {
			out.Items = append(out.Items, parcelWire(p))
		}
		return out, err
	})
	op(a, http.MethodPost, "/bookings/{id}/parcel", "booking.edit", "Ask a booked talent where a sample goes", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Contents  string `json:"contents"`
			ClockDays int64  `json:"clock_days,omitempty" minimum:"0" maximum:"60"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.AskParcel(ctx, actor, in.ID.ID, in.Body.Contents, in.Body.ClockDays))
	})
	op(a, http.MethodPost, "/bookings/{id}/parcel/sent", "booking.edit", "Say with which courier a sample went", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Courier string `json:"courier"`
			Number  string `json:"number"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.SendParcel(ctx, actor, in.ID.ID, in.Body.Courier, in.Body.Number))
	})
	op(a, http.MethodPost, "/bookings/{id}/parcel/arrived", "booking.edit", "Say that a sample arrived", func(ctx context.Context, actor access.Actor, in *ID) (movedOut, error) {
		moved, err := a.Casting.ParcelArrived(ctx, actor, in.ID)
		return movedOut{moved}, err
	})
	op(a, http.MethodPost, "/talent-bookings/{id}/address", "parcel.own", "Give the address for a sample", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Recipient string `json:"recipient"`
			Address   string `json:"address"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.GiveAddress(ctx, actor, in.ID.ID, in.Body.Recipient, in.Body.Address))
	})
	op(a, http.MethodPost, "/talent-bookings/{id}/arrived", "parcel.own", "Say that a sample arrived, as its talent", func(ctx context.Context, actor access.Actor, in *ID) (movedOut, error) {
		moved, err := a.Casting.ParcelArrived(ctx, actor, in.ID)
		return movedOut{moved}, err
	})
}
