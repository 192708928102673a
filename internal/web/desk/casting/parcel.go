package casting

import (
	"net/http"

	"kolega/internal/web"
)

type parcelForm struct {
	Contents string `form:"contents"`
	Days     int64  `form:"days"`
	Courier  string `form:"courier"`
	Number   string `form:"number"`
}

func (d rooms) askParcel(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[parcelForm](r)
	if err == nil {
		err = d.Casting.AskParcel(r.Context(), web.ActorOf(r), r.PathValue("booking"), f.Contents, f.Days)
	}
	return d.parcelDone(w, r, f, err, "parcel.toast.asked")
}

func (d rooms) sendParcel(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[parcelForm](r)
	if err == nil {
		err = d.Casting.SendParcel(r.Context(), web.ActorOf(r), r.PathValue("booking"), f.Courier, f.Number)
	}
	return d.parcelDone(w, r, f, err, "parcel.toast.sent")
}

func (d rooms) parcelArrived(w http.ResponseWriter, r *http.Request) error {
	moved, err := d.Casting.ParcelArrived(r.Context(), web.ActorOf(r), r.PathValue("booking"))
	toast := "parcel.toast.arrived"
	if moved {
		toast = "parcel.toast.moved"
	}
	return d.parcelDone(w, r, parcelForm{}, err, toast)
}

// parcelDone goes back to the seats, or shows them with what was wrong and the form filled.
func (d rooms) parcelDone(w http.ResponseWriter, r *http.Request, f parcelForm, err error, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBookings(w, r, web.StatusOf(err), bookingsPage{Refused: r.PathValue("booking"), Errors: errs, Parcel: f})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/bookings", toast)
}
