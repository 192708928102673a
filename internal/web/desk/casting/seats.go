package casting

import (
	"errors"
	"net/http"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
)

func (d rooms) picks(w http.ResponseWriter, r *http.Request) error {
	return d.showPicks(w, r, http.StatusOK, nil)
}

type picksPage struct {
	listPage
	Errors map[string]string
	Words  string
}

func (d rooms) showPicks(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	l, err := d.listPage(w, r, "shortlist")
	if err != nil {
		return err
	}
	return web.Render(w, r, status, picksView(picksPage{l, errs, r.FormValue("words")}))
}

type recordForm struct {
	Contact string `form:"contact"`
	Words   string `form:"words"`
}

// recordPicks enters what a contact answered elsewhere, with the words as proof (R9).
func (d rooms) recordPicks(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[recordForm](r)
	if err != nil {
		return err
	}
	list, err := d.Casting.Shortlist(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	req := casting.RecordPicks{CampaignID: r.PathValue("id"), ContactID: f.Contact, Words: f.Words, Answers: typedAnswers(r, list)}
	n, err := d.Casting.RecordPicks(r.Context(), web.ActorOf(r), req)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPicks(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+req.CampaignID+"/picks", "cast.toast.recorded", "n", n)
}

// typedAnswers reads the answer of each card from the form.
func typedAnswers(r *http.Request, list casting.Shortlist) (out []casting.GivePick) {
	for _, l := range list.Lines {
		for _, row := range l.Rows {
			if a := r.PostForm.Get("a." + row.Candidate.ID); a != "" {
				out = append(out, casting.GivePick{CandidateID: row.Candidate.ID, Answer: casting.Answer(a)})
			}
		}
	}
	return out
}

// bookingsPage are the seats, what is at risk with who could follow, what happened.
type bookingsPage struct {
	listPage
	Ranked    map[string]casting.Replacements // by slot, of seats that need somebody
	Incidents map[string]casting.Incident     // by booking, the newest
	Refused   string                          // the offer or booking whose form was refused
	Parcel    parcelForm                      // as typed, of that booking
	Errors    map[string]string
}

func (d rooms) bookings(w http.ResponseWriter, r *http.Request) error {
	return d.showBookings(w, r, http.StatusOK, bookingsPage{})
}

// mostDrawers bounds for how many seats replacements are worked out on one page.
const mostDrawers = 4

func (d rooms) showBookings(w http.ResponseWriter, r *http.Request, status int, p bookingsPage) (err error) {
	if p.listPage, err = d.listPage(w, r, "bookings"); err != nil {
		return err
	}
	log, err := d.Casting.Incidents(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p.Incidents, p.Ranked = map[string]casting.Incident{}, map[string]casting.Replacements{}
	for _, i := range log {
		p.Incidents[i.BookingID] = i
	}
	for _, l := range p.List.Lines {
		for _, s := range l.Seats {
			if !needsSomebody(s) || len(p.Ranked) == mostDrawers {
				continue
			}
			if p.Ranked[s.Slot.ID], err = d.Casting.Replacements(r.Context(), web.ActorOf(r), r.PathValue("id"), s.Slot.ID); err != nil {
				return err
			}
		}
	}
	return web.Render(w, r, status, bookingsView(p))
}

// needsSomebody: at risk, late, or left by whoever had it.
func needsSomebody(s casting.Seat) bool {
	switch s.State {
	case casting.SlotAtRisk, casting.SlotLate, casting.SlotDropped, casting.SlotLapsed:
		return true
	}
	return false
}

type offerForm struct {
	Slot      string `form:"slot"`
	Fee       string `form:"fee"`
	Draft     string `form:"draft"`
	Revision  string `form:"revision"`
	Posting   string `form:"posting"`
	Usage     int64  `form:"usage"`
	Boost     bool   `form:"boost"`
	Exclusive int64  `form:"exclusive"`
	Category  string `form:"category"`
	Online    int64  `form:"online"`
	Note      string `form:"note"`
	Net       bool   `form:"net"`
	Revisions int64  `form:"revisions"`
	SameDay   string `form:"same_day"`
	Ask       bool   `form:"ask"`   // for somebody's yes instead of sending
	Words     string `form:"words"` // to whoever says yes
	Approve   bool   `form:"approve"`
	Replaces  string `form:"offer"` // the live offer that this one replaces
}

type offerPage struct {
	candidatePage
	Reads  casting.Forecast
	Offer  offerForm
	Errors map[string]string
}

func (d rooms) offerForm(w http.ResponseWriter, r *http.Request) error {
	c, err := d.candidatePage(w, r)
	if err != nil {
		return err
	}
	p := offerPage{candidatePage: c, Offer: offerForm{Slot: r.URL.Query().Get("slot"), Online: 30, Revisions: c.Top.Campaign.Terms.RevisionLimit}}
	p.Offer.Fee = typed(c.Row.Candidate.Cost, locale.From(r.Context()))
	if o := c.Row.Offer; o != nil && (c.Row.State == casting.StateCountered || c.Row.State == casting.StateOffered) {
		p.Offer = again(*o, locale.From(r.Context()))
	} else {
		p.Offer = withSlotDates(p.Offer, c.Line)
	}
	return d.renderOffer(w, r, http.StatusOK, p)
}

func (d rooms) renderOffer(w http.ResponseWriter, r *http.Request, status int, p offerPage) (err error) {
	if p.Reads, err = d.Casting.TalentReads(r.Context(), web.ActorOf(r), p.Row.Talent.ID); err != nil {
		return err
	}
	return web.Render(w, r, status, offerView(p))
}

// sendOffer sends an offer, or one with other terms in place of the live one.
func (d rooms) sendOffer(w http.ResponseWriter, r *http.Request) error {
	f, formErr := web.Form[offerForm](r)
	c, err := d.candidatePage(w, r)
	if err != nil {
		return err
	}
	req, err := f.request(c, locale.From(r.Context()).Lang)
	if formErr != nil {
		err = formErr
	}
	toast := "cast.toast.offered"
	if err == nil {
		toast, err = d.offerOrAsk(r, f, req, c.Waits)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.renderOffer(w, r, web.StatusOf(err), offerPage{candidatePage: c, Offer: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, c.Path+"/bookings", toast, "talent", c.Row.Talent.Name)
}

// offerOrAsk sends an offer, one in place of another, or asks for somebody's yes,
// and gives what to say then.
func (d rooms) offerOrAsk(r *http.Request, f offerForm, req casting.SendOffer, waits bool) (toast string, err error) {
	switch {
	case waits || f.Ask:
		_, err = d.Casting.Ask(r.Context(), web.ActorOf(r), casting.Asking{Kind: casting.AskOffer, OfferID: f.Replaces, Offer: req, Words: f.Words})
		return "ask.toast.asked", err
	case f.Replaces != "":
		_, err = d.Casting.Reoffer(r.Context(), web.ActorOf(r), f.Replaces, req)
	default:
		_, err = d.Casting.SendOffer(r.Context(), web.ActorOf(r), req)
	}
	return "cast.toast.offered", err
}

func (f offerForm) request(c candidatePage, lang string) (casting.SendOffer, error) {
	req := casting.SendOffer{CandidateID: c.Row.Candidate.ID, SlotID: f.Slot, Draft: f.Draft, Revision: f.Revision, Post: f.Posting, Note: f.Note,
		SameDay: f.SameDay, Approve: f.Approve, Net: f.Net,
		Rights: casting.Rights{Revisions: f.Revisions, UsageDays: f.Usage, Boost: f.Boost, ExclusiveDays: f.Exclusive, Category: f.Category, OnlineDays: f.Online}}
	cur := c.Row.Candidate.Cost.Currency
	if cur == "" {
		cur = c.Row.Talent.Currency
	}
	var err error
	req.Fee, err = amount(f.Fee, cur, lang, "fee")
	return req, err
}

// takeCounter accepts what a talent proposed. Where the reader may not, the seat
// says why and offers to ask somebody who may.
func (d rooms) takeCounter(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Approve bool   `form:"approve"`
		Ask     bool   `form:"ask"`
		Words   string `form:"words"`
	}](r)
	if err != nil {
		return err
	}
	id, toast := r.PathValue("offer"), "cast.toast.taken"
	if f.Ask {
		toast = "ask.toast.asked"
		_, err = d.Casting.Ask(r.Context(), web.ActorOf(r), casting.Asking{Kind: casting.AskCounter, OfferID: id, Words: f.Words})
	} else {
		_, err = d.Casting.TakeCounter(r.Context(), web.ActorOf(r), id, f.Approve)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBookings(w, r, web.StatusOf(err), bookingsPage{Refused: id, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/bookings", toast)
}

func (d rooms) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := d.Casting.WithdrawOffer(r.Context(), web.ActorOf(r), r.PathValue("offer"), ""); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/bookings", "cast.toast.withdrawn")
}

type replacementsPage struct {
	listPage
	Seat   casting.Seat
	Found  casting.Replacements
	Errors map[string]string
	Form   proposeForm
}

type proposeForm struct {
	Talent  string `form:"talent"`
	Account string `form:"account"`
	Why     string `form:"why"`
	Cost    string `form:"cost"`
}

func (d rooms) replacements(w http.ResponseWriter, r *http.Request) error {
	return d.showReplacements(w, r, http.StatusOK, proposeForm{}, nil)
}

func (d rooms) showReplacements(w http.ResponseWriter, r *http.Request, status int, f proposeForm, errs map[string]string) error {
	l, err := d.listPage(w, r, "bookings")
	if err != nil {
		return err
	}
	p := replacementsPage{listPage: l, Form: f, Errors: errs}
	if p.Seat, err = findSeat(l.List, r.PathValue("slot")); err != nil {
		return err
	}
	if p.Found, err = d.Casting.Replacements(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("slot")); err != nil {
		return err
	}
	if len(p.Found.Ranked) > mostShown {
		p.Found.Ranked = p.Found.Ranked[:mostShown]
	}
	return web.Render(w, r, status, replacementsView(p))
}

// mostShown is how many replacements the screen lists; the rest is worse.
const mostShown = 12

// propose asks the client for a yes to a talent who is no reserve.
func (d rooms) propose(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[proposeForm](r)
	if err != nil {
		return err
	}
	list, err := d.Casting.Shortlist(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	seat, err := findSeat(list, r.PathValue("slot"))
	if err != nil {
		return err
	}
	req := casting.AddCandidate{CampaignID: r.PathValue("id"), SlotID: r.PathValue("slot"), TalentID: f.Talent, AccountID: f.Account, Why: f.Why}
	if seat.Booking != nil {
		req.Replaces = seat.Booking.ID
	}
	to, toast, err := d.proposeOrAsk(r, req)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReplacements(w, r, web.StatusOf(err), f, errs)
	} else if err == nil {
		return web.SeeOther(w, r, "/campaigns/"+req.CampaignID+to, toast)
	}
	return err
}

// proposeOrAsk proposes a replacement, or leaves a trainee's choice with the supervisor
// (A1); it gives where to go then, and what to say.
func (d rooms) proposeOrAsk(r *http.Request, req casting.AddCandidate) (to, toast string, err error) {
	_, err = d.Casting.ProposeReplacement(r.Context(), web.ActorOf(r), req)
	if !errors.Is(err, casting.ErrSupervisor) {
		return "/picks", "cast.toast.proposed", err
	}
	_, err = d.Casting.Ask(r.Context(), web.ActorOf(r), casting.Asking{Kind: casting.AskReplace, Propose: req})
	return "/bookings", "ask.toast.asked", err
}

// amount reads money as typed, none when empty; a fault stands at the field.
func amount(text string, cur money.Currency, lang, field string) (money.Amount, error) {
	if text == "" {
		return money.Amount{}, nil
	}
	return parsed(text, cur, lang, field)
}
