package talentlink

import (
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func offerRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/offers", Verb: "offer.see", Handle: d.offers},
		{Method: "GET", Pattern: "/offers/{id}", Verb: "offer.see", Handle: d.offer},
		{Method: "POST", Pattern: "/offers/{id}", Verb: "offer.answer", Handle: d.answerOffer},
		{Method: "POST", Pattern: "/offers/{id}/code", Verb: "offer.answer", Handle: d.sendCode},
		{Method: "POST", Pattern: "/offers/{id}/decline", Verb: "offer.answer", Handle: d.declineOffer},
		{Method: "POST", Pattern: "/bookings/{id}/check-in", Verb: "checkin.answer", Handle: d.checkIn},
		{Method: "POST", Pattern: "/bookings/{id}/address", Verb: "parcel.own", Handle: d.giveAddress},
		{Method: "POST", Pattern: "/bookings/{id}/arrived", Verb: "parcel.own", Handle: d.parcelArrived},
		{Method: "GET", Pattern: "/brief", Verb: "brief.see", Handle: d.brief},
		{Method: "POST", Pattern: "/brief", Verb: "brief.acknowledge", Handle: d.acknowledge},
		{Method: "POST", Pattern: "/brief/points/{point}/ask", Verb: "brief.acknowledge", Handle: d.askPoint},
	}
}

type offersPage struct {
	Page    ui.OutsidePage
	Base    string
	Key     string
	Now     time.Time
	Room    casting.TalentRoom
	Refused string // the booking whose address was refused
	Address addressForm
	Errors  map[string]string
}

func (d room) offers(w http.ResponseWriter, r *http.Request) error {
	return d.showOffers(w, r, http.StatusOK, offersPage{})
}

func (d room) showOffers(w http.ResponseWriter, r *http.Request, status int, page offersPage) error {
	list, err := d.Casting.TalentRoom(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	p, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "offer.list"), "", "id", "en", "fil")
	if err != nil {
		return err
	}
	page.Page, page.Base, page.Key, page.Now, page.Room = p, outside.Base(r), desk.NewKey(r), d.DB.Now(), list
	return web.Render(w, r, status, offersView(page))
}

// offerForm is an answer as it is typed; the code comes last.
type offerForm struct {
	Draft           string `form:"draft"` // "yes" or "counter"
	Revision        string `form:"revision"`
	Posting         string `form:"posting"`
	CounterDraft    string `form:"counter_draft"`
	CounterRevision string `form:"counter_revision"`
	CounterPosting  string `form:"counter_posting"`
	Fee             string `form:"fee"` // "yes" or "counter"
	Asked           string `form:"asked"`
	Note            string `form:"note"`
	Code            string `form:"code"`
}

func (f offerForm) choice(k casting.DateKind) (answer, counter string) {
	switch k {
	case casting.DateDraft:
		return f.Draft, f.CounterDraft
	case casting.DateRevision:
		return f.Revision, f.CounterRevision
	}
	return f.Posting, f.CounterPosting
}

type offerPage struct {
	Page    ui.OutsidePage
	Base    string
	Key     string
	Now     time.Time
	Offer   casting.TalentOffer
	Left    int  // must points and questions of the brief still open
	Stopped bool // an answer about the brief does not fit
	Form    offerForm
	Errors  map[string]string
	AskCode bool
	Place   string // where the code goes, mostly hidden
}

func (d room) offer(w http.ResponseWriter, r *http.Request) error {
	return d.showOffer(w, r, http.StatusOK, offerForm{}, nil, "")
}

func (d room) findOffer(r *http.Request) (casting.TalentOffer, error) {
	list, err := d.Casting.TalentRoom(r.Context(), web.ActorOf(r))
	if err != nil {
		return casting.TalentOffer{}, err
	}
	for _, o := range list.Offers {
		if o.ID == r.PathValue("id") {
			return o, nil
		}
	}
	return casting.TalentOffer{}, db.ErrNotFound
}

// somewhere stands for the place of a code that was asked for before this request.
const somewhere = "-"

func (d room) showOffer(w http.ResponseWriter, r *http.Request, status int, f offerForm, errs map[string]string, place string) error {
	o, err := d.findOffer(r)
	if err != nil {
		return err
	}
	p := offerPage{Base: outside.Base(r), Key: desk.NewKey(r), Now: d.DB.Now(), Offer: o, Form: f, Errors: errs, AskCode: place != "", Place: strings.TrimPrefix(place, somewhere)}
	actor := web.ActorOf(r)
	brief, err := d.Campaign.BriefForTalent(r.Context(), actor, actor.CampaignID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	p.Left, p.Stopped = brief.Left+brief.Unanswered, brief.Stopped
	if p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "offer.title", "brand", o.Brand), o.SentBy, "id", "en", "fil"); err != nil {
		return err
	}
	return web.Render(w, r, status, offerView(p))
}

// answerOffer keeps a reply. First the reply is judged; then, when only the code
// is missing, the code is asked for on a page that keeps the answers.
func (d room) answerOffer(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[offerForm](r)
	if err != nil {
		return err
	}
	o, err := d.findOffer(r)
	if err != nil {
		return err
	}
	req, err := replyOf(f, o, web.ActorOf(r).Lang)
	if err == nil {
		err = d.Casting.CheckAnswer(r.Context(), web.ActorOf(r), req)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showOffer(w, r, web.StatusOf(err), f, errs, "")
	}
	if err != nil {
		return err
	}
	return d.confirm(w, r, f, req)
}

// confirm asks for the code, or spends it on the answer.
func (d room) confirm(w http.ResponseWriter, r *http.Request, f offerForm, req casting.AnswerOffer) error {
	actor := web.ActorOf(r)
	if f.Code == "" {
		place, err := d.Casting.AskCode(r.Context(), actor, req.ID)
		if errs, ok := web.Invalid(r, err); ok {
			return d.showOffer(w, r, web.StatusOf(err), f, errs, "")
		} else if err != nil {
			return err
		}
		return d.showOffer(w, r, http.StatusOK, f, nil, place)
	}
	err := d.Access.AnswerStepUp(r.Context(), actor, casting.StepUpPurpose(req.ID), strings.TrimSpace(f.Code))
	var b casting.Booking
	if err == nil {
		b, err = d.Casting.AnswerOffer(r.Context(), actor, req)
	}
	if f, ok := fault.As(err); ok && f.Code == access.ErrStepUp.Code {
		err = f.At("code")
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showOffer(w, r, web.StatusOf(err), f, errs, somewhere)
	}
	if err != nil {
		return err
	}
	if b.ID == "" {
		return web.SeeOther(w, r, outside.Base(r)+"/offers/"+req.ID, "offer.toast.countered")
	}
	return web.SeeOther(w, r, outside.Base(r)+"/offers/"+req.ID, "offer.toast.committed")
}

// replyOf reads the form; another fee is read in the offer's currency.
func replyOf(f offerForm, o casting.TalentOffer, lang string) (casting.AnswerOffer, error) {
	req := casting.AnswerOffer{ID: o.ID, Yes: map[casting.DateKind]bool{}, Counter: map[casting.DateKind]string{}, Note: f.Note}
	for _, x := range o.Dates {
		answer, counter := f.choice(x.Kind)
		switch answer {
		case "yes":
			req.Yes[x.Kind] = true
		case "counter":
			if counter == "" {
				return req, casting.ErrDateUnsaid.At("counter_" + string(x.Kind))
			}
			req.Counter[x.Kind] = counter
		}
	}
	if f.Fee != "counter" {
		return req, nil
	}
	asked, err := money.Parse(f.Asked, o.Fee.Currency, lang)
	if g, ok := fault.As(err); ok {
		return req, g.At("asked")
	}
	req.Asked = asked
	return req, err
}

// sendCode sends the code once more.
func (d room) sendCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[offerForm](r)
	if err != nil {
		return err
	}
	f.Code = ""
	place, err := d.Casting.AskCode(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.showOffer(w, r, http.StatusOK, f, nil, place)
}

func (d room) declineOffer(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[offerForm](r)
	if err != nil {
		return err
	}
	err = d.Casting.DeclineOffer(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Note)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showOffer(w, r, web.StatusOf(err), f, errs, "")
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/offers/"+r.PathValue("id"), "offer.toast.declined")
}

func (d room) checkIn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Answer string `form:"answer"`
		Note   string `form:"note"`
	}](r)
	if err != nil {
		return err
	}
	if err := d.Casting.AnswerCheckIn(r.Context(), web.ActorOf(r), r.PathValue("id"), casting.CheckInAnswer(f.Answer), f.Note); err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/offers", "offer.toast.checkin")
}
