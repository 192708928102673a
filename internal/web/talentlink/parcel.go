package talentlink

import (
	"net/http"

	"kolega/internal/web"
	"kolega/internal/web/outside"
)

type addressForm struct {
	Recipient string `form:"recipient"`
	Address   string `form:"address"`
}

// giveAddress keeps where the product sample goes; the page does not repeat it.
func (d room) giveAddress(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[addressForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Casting.GiveAddress(r.Context(), web.ActorOf(r), id, f.Recipient, f.Address)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showOffers(w, r, web.StatusOf(err), offersPage{Refused: id, Address: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/offers", "offer.toast.address")
}

func (d room) parcelArrived(w http.ResponseWriter, r *http.Request) error {
	moved, err := d.Casting.ParcelArrived(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	toast := "offer.toast.arrived"
	if moved {
		toast = "offer.toast.moved"
	}
	return web.SeeOther(w, r, outside.Base(r)+"/offers", toast)
}
