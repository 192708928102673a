package results

import (
	"context"
	"net/http"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func trackRoutes(d rooms) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/campaigns/{id}/tracking", Verb: "track.see", Handle: d.track},
		{Method: "POST", Pattern: "/campaigns/{id}/tracking/links", Verb: "track.edit", Handle: d.makeLink},
		{Method: "POST", Pattern: "/campaigns/{id}/tracking/links/{link}/end", Verb: "track.edit", Handle: d.endLink},
		{Method: "POST", Pattern: "/campaigns/{id}/tracking/codes", Verb: "track.edit", Handle: d.makeCode},
		{Method: "POST", Pattern: "/campaigns/{id}/tracking/sales", Verb: "track.edit", Handle: d.saySale},
		{Method: "POST", Pattern: "/campaigns/{id}/tracking/file", Verb: "track.edit", Handle: d.bringSales},
	}
}

// trackPage is a campaign's short links and promo codes with what came of them (B26).
type trackPage struct {
	Page     ui.Page
	Top      desk.Top
	List     []result.Traced
	Visits   int64
	Robots   int64
	Orders   int64
	Amount   money.Amount
	Origin   string
	Currency money.Currency
	Key      string
	Edit     bool
	At       string // which form was refused: link, code, sale, file
	Form     trackForm
	Errors   map[string]string
	Today    worktime.Date
}

type trackForm struct {
	Booking string `form:"booking"`
	Target  string `form:"target"`
	Code    string `form:"code"`
	CodeID  string `form:"code_id"`
	Day     string `form:"day"`
	Orders  string `form:"orders"`
	Amount  string `form:"amount"`
}

func (d rooms) track(w http.ResponseWriter, r *http.Request) error {
	return d.showTrack(w, r, http.StatusOK, trackForm{}, "", nil)
}

func (d rooms) showTrack(w http.ResponseWriter, r *http.Request, status int, f trackForm, at string, errs map[string]string) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	list, err := d.Result.Trace(r.Context(), actor, id)
	if err != nil {
		return err
	}
	p := trackPage{List: list, Origin: web.Origin(r), Key: desk.NewKey(r), Edit: actor.Can("track.edit"), At: at, Form: f, Errors: errs, Today: worktime.DateOf(d.DB.Now(), nil)}
	if p.Page, p.Top, err = d.frame(w, r, id, "posts"); err != nil {
		return err
	}
	p.Currency = p.Top.Campaign.Currency
	if err := p.sum(); err != nil {
		return err
	}
	return web.Render(w, r, status, trackView(p))
}

// sum adds the bookings up.
func (p *trackPage) sum() (err error) {
	for _, t := range p.List {
		p.Visits, p.Orders = p.Visits+t.Visits, p.Orders+t.Orders
		for _, l := range t.Links {
			p.Robots += l.Robots
		}
		if p.Amount.None() {
			p.Amount = t.Amount
		} else if !t.Amount.None() {
			if p.Amount, err = p.Amount.Add(t.Amount); err != nil {
				return err
			}
		}
	}
	return nil
}

// tracked ends an act on the page: back to it, or the form again with what is wrong.
func (d rooms) tracked(w http.ResponseWriter, r *http.Request, f trackForm, at, toast string, err error, args ...any) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTrack(w, r, http.StatusUnprocessableEntity, f, at, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/tracking", "track.toast."+toast, args...)
}

func (d rooms) makeLink(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[trackForm](r)
	if err == nil {
		_, err = d.Result.MakeTrackLink(r.Context(), web.ActorOf(r), f.Booking, f.Target)
	}
	return d.tracked(w, r, f, "link", "link", err)
}

func (d rooms) endLink(w http.ResponseWriter, r *http.Request) error {
	return d.tracked(w, r, trackForm{}, "", "ended", d.Result.EndTrackLink(r.Context(), web.ActorOf(r), r.PathValue("link")))
}

func (d rooms) makeCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[trackForm](r)
	if err == nil {
		_, err = d.Result.MakePromoCode(r.Context(), web.ActorOf(r), f.Booking, f.Code)
	}
	return d.tracked(w, r, f, "code", "code", err)
}

func (d rooms) saySale(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[trackForm](r)
	if err == nil {
		err = d.sale(r, f)
	}
	return d.tracked(w, r, f, "sale", "sale", err)
}

func (d rooms) sale(r *http.Request, f trackForm) error {
	l, actor := locale.From(r.Context()), web.ActorOf(r)
	in := result.SaySale{CodeID: f.CodeID, Day: worktime.Date(f.Day)}
	n, err := locale.ParseCount(f.Orders, l.Lang)
	if err != nil {
		return fault.Field("orders", fault.CodeOf(err))
	}
	in.Orders = n.Value
	if f.Amount != "" {
		top, err := desk.TopOf(r, d.House, r.PathValue("id"), "posts")
		if err != nil {
			return err
		}
		if in.Amount, err = money.Parse(f.Amount, top.Campaign.Currency, l.Lang); err != nil {
			return fault.Field("amount", fault.CodeOf(err))
		}
	}
	if in.CodeID == "" {
		return fault.Field("code_id", "track.code-none")
	}
	return d.Result.SaySale(r.Context(), actor, in)
}

// mostSales bounds a file of sales, in bytes.
const mostSales = 1 << 20

func (d rooms) bringSales(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostSales)
	f, _, err := r.FormFile("file")
	if err != nil {
		return d.showTrack(w, r, http.StatusUnprocessableEntity, trackForm{}, "file", map[string]string{"file": result.ErrSaleHead.Code})
	}
	defer f.Close()
	n, err := d.Result.BringSales(r.Context(), web.ActorOf(r), r.PathValue("id"), f)
	if x, ok := fault.As(err); ok && x.Kind == fault.Invalid {
		return d.showTrack(w, r, http.StatusUnprocessableEntity, trackForm{}, "file", map[string]string{"file": tableFault(r, x)})
	}
	return d.tracked(w, r, trackForm{}, "file", "file", err, "n", n)
}

// PublicRoutes are for everybody: a short link leads on.
func PublicRoutes(h *house.House) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/r/{slug}", Handle: rooms{h}.follow}}
}

func (d rooms) follow(w http.ResponseWriter, r *http.Request) error {
	purpose := r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose") + r.Header.Get("X-Moz")
	target, err := d.Result.Follow(r.Context(), r.PathValue("slug"), result.Visit(r.Method, r.UserAgent(), purpose))
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store") // each visit comes by
	http.Redirect(w, r, target, http.StatusFound)
	return nil
}

func (p trackPage) err(at, field string) string {
	if p.At != at {
		return ""
	}
	return p.Errors[field]
}

func (p trackPage) was(at, value string) string {
	if p.At != at {
		return ""
	}
	return value
}

func (p trackPage) bookings() (out []ui.Option) {
	for _, t := range p.List {
		out = append(out, ui.Option{Value: t.BookingID, Label: t.Talent})
	}
	return out
}

func (p trackPage) codes() (out []ui.Option) {
	for _, t := range p.List {
		for _, c := range t.Codes {
			out = append(out, ui.Option{Value: c.ID, Label: c.Code + " · " + t.Talent})
		}
	}
	return out
}

func sold(ctx context.Context, orders int64, amount money.Amount) string {
	l := locale.From(ctx)
	text := l.T("track.orders", "n", orders)
	if !amount.None() {
		text += " · " + l.Money(amount)
	}
	return text
}

func trackAmount(ctx context.Context, p trackPage) string {
	if p.Amount.None() {
		return "–"
	}
	return locale.From(ctx).Money(p.Amount)
}

func trackAmountNote(ctx context.Context, p trackPage) string {
	if p.Amount.None() {
		return locale.T(ctx, "track.sales-none")
	}
	return ""
}

// lastDay is the newest day that had visits.
func lastDay(ctx context.Context, k result.LinkCount) string {
	if len(k.Days) == 0 {
		return ""
	}
	l, d := locale.From(ctx), k.Days[len(k.Days)-1]
	return " · " + l.T("track.last", "day", l.DateShort(d.Day), "n", d.Visits)
}

// tracedNote is the second line of a booking: what came of the links and codes it has.
func tracedNote(ctx context.Context, t result.Traced) string {
	text := ""
	if len(t.Links) > 0 {
		text = locale.T(ctx, "track.visits-n", "n", t.Visits)
	}
	if len(t.Codes) == 0 {
		return text
	}
	if text != "" {
		text += " · "
	}
	return text + sold(ctx, t.Orders, t.Amount)
}
