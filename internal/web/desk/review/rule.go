package review

import (
	"net/http"
	"slices"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/worktime"
)

// rule keeps the classes of a round's items, and with act=send passes the round on.
// Fields: class.ID, point.ID, because.ID, talent.ID.
func (d rooms) rule(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Form[struct{}](r); err != nil {
		return err
	}
	id := r.PathValue("round")
	room, err := d.Review.DraftRoom(r.Context(), web.ActorOf(r), r.PathValue("draft"), "")
	if err != nil {
		return err
	}
	if err := d.Review.RuleRound(r.Context(), web.ActorOf(r), id, rulings(r, review.ItemsOf(room.Items, id))); err != nil || r.Form.Get("act") != "send" {
		return d.done(w, r, err, "review.toast.ruled")
	}
	p, err := d.Review.SendRoundOn(r.Context(), web.ActorOf(r), id)
	toast := "review.toast.sent"
	if len(p.Split) > 0 {
		toast = "review.toast.split"
	}
	return d.done(w, r, err, toast, "n", len(p.Pass), "split", len(p.Split))
}

// rulings reads the classes that were chosen for the items of a round.
func rulings(r *http.Request, items []review.Item) (out []review.ItemRuling) {
	for _, i := range items {
		if c := r.Form.Get("class." + i.ID); c != "" {
			out = append(out, review.ItemRuling{ItemID: i.ID, Class: review.Class(c), PointID: r.Form.Get("point." + i.ID),
				Because: r.Form.Get("because." + i.ID), ForTalent: r.Form.Get("talent." + i.ID)})
		}
	}
	return out
}

type goodwillForm struct {
	Reason string `form:"reason"`
	Usual  string `form:"usual"`
}

func (d rooms) goodwill(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[goodwillForm](r)
	if err != nil {
		return err
	}
	room, err := d.Review.DraftRoom(r.Context(), web.ActorOf(r), r.PathValue("draft"), "")
	if err != nil {
		return err
	}
	usual, err := money.Parse(f.Usual, room.Currency, locale.From(r.Context()).Lang)
	if err == nil {
		err = d.Review.GiveGoodwill(r.Context(), web.ActorOf(r), review.Goodwill{ItemID: r.PathValue("item"), Reason: f.Reason, UsualPrice: usual})
	}
	return d.done(w, r, err, "review.toast.goodwill")
}

type settleForm struct {
	Class string `form:"class"`
	Point string `form:"point"`
	Text  string `form:"text"`
}

func (d rooms) settle(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[settleForm](r)
	if err == nil {
		err = d.Review.SettleContest(r.Context(), web.ActorOf(r), review.SettleContest{ItemID: r.PathValue("item"), Class: review.Class(f.Class), PointID: f.Point, Text: f.Text})
	}
	return d.done(w, r, err, "review.toast.settled")
}

type priceForm struct {
	Price    string `form:"price"`
	Fee      string `form:"fee"`
	DraftDue string `form:"draft_due"`
	PostDue  string `form:"post_due"`
	Kind     string `form:"kind"` // one of the kind texts
	Note     string `form:"note"` // own words instead
}

// kindTexts are the ways of saying kindly that a wish is outside the brief (A69).
var kindTexts = []string{"gladly", "later", "choice", "once"}

// words are what the client reads with the price, in the client's language: own words, or
// the chosen text.
func (f priceForm) words(lang string) string {
	if strings.TrimSpace(f.Note) != "" || !slices.Contains(kindTexts, f.Kind) {
		return f.Note
	}
	return locale.For(lang, "").T("review.change.kind." + f.Kind)
}

// price sets price, dates and fee of a change request. Dates are read in the
// talent's zone, since the talent owes them (R8).
func (d rooms) price(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[priceForm](r)
	if err != nil {
		return err
	}
	room, err := d.Review.DraftRoom(r.Context(), web.ActorOf(r), r.PathValue("draft"), "")
	if err != nil {
		return err
	}
	o, err := d.offer(r, room, f)
	if err == nil {
		_, err = d.Review.PriceChange(r.Context(), web.ActorOf(r), r.PathValue("change"), o)
	}
	return d.done(w, r, err, "review.toast.priced")
}

func (d rooms) offer(r *http.Request, room review.Room, f priceForm) (o review.Offer, err error) {
	lang := locale.From(r.Context()).Lang
	if o.Price, err = money.Parse(f.Price, room.Currency, lang); err != nil {
		return o, at("price", err)
	}
	fee := room.FeeCurrency
	if fee == "" {
		fee = room.Currency
	}
	if o.Fee, err = money.Parse(f.Fee, fee, lang); err != nil {
		return o, at("fee", err)
	}
	zone, err := worktime.Zone(room.Deliverable.DraftDue.Zone)
	if err != nil {
		return o, err
	}
	cal := worktime.Office(zone, nil)
	if o.DraftDue, err = worktime.ParseDue(f.DraftDue, d.DB.Now(), cal, lang); err != nil {
		return o, at("draft_due", err)
	}
	if o.PostDue, err = worktime.ParseDue(f.PostDue, d.DB.Now(), cal, lang); err != nil {
		return o, at("post_due", err)
	}
	o.Note = f.words(room.ClientLang)
	return o, nil
}

func (d rooms) withdraw(w http.ResponseWriter, r *http.Request) error {
	return d.done(w, r, d.Review.WithdrawChange(r.Context(), web.ActorOf(r), r.PathValue("change")), "review.toast.withdrawn")
}
