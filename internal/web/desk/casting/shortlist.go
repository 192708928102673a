package casting

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"kolega/internal/casting"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// frame is what every screen of the area starts from.
type frame struct {
	Page ui.Page
	Top  desk.Top
	Key  string
	Now  time.Time
	Path string // "/campaigns/ID"
	Can  map[string]bool

	Waits bool // the reader's acts for this client wait for a supervisor
}

func (d rooms) frame(w http.ResponseWriter, r *http.Request, tab string) (f frame, err error) {
	id := r.PathValue("id")
	if f.Top, err = desk.TopOf(r, d.House, id, tab); err != nil {
		return f, err
	}
	f.Page, err = desk.CampaignFrame(w, r, d.House, f.Top)
	f.Key, f.Now, f.Path, f.Can = desk.NewKey(r), d.DB.Now(), "/campaigns/"+url.PathEscape(id), map[string]bool{}
	actor := web.ActorOf(r)
	for _, v := range []string{"cast.shortlist", "cast.share", "offer.send", "offer.approve", "offer.floor", "booking.edit", "campaign.edit"} {
		f.Can[v] = actor.Can(verb(v)) && f.Top.Campaign.Open()
	}
	if err != nil {
		return f, err
	}
	f.Waits, err = d.Casting.Waits(r.Context(), actor, f.Top.Campaign.ClientID)
	return f, err
}

type listPage struct {
	frame
	List casting.Shortlist
}

func (d rooms) listPage(w http.ResponseWriter, r *http.Request, tab string) (p listPage, err error) {
	if p.frame, err = d.frame(w, r, tab); err != nil {
		return p, err
	}
	p.List, err = d.Casting.Shortlist(r.Context(), web.ActorOf(r), r.PathValue("id"))
	return p, err
}

func (d rooms) shortlist(w http.ResponseWriter, r *http.Request) error {
	p, err := d.listPage(w, r, "shortlist")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, shortlistView(p))
}

// problem is a fault in one sentence: of its first field, or of the whole.
func problem(errs map[string]string, err error, l *locale.Loc) string {
	if f, ok := fault.As(err); ok && f.Code == "form.invalid" {
		for _, text := range errs {
			return text
		}
	}
	return l.Fault(err)
}

type previewPage struct {
	frame
	Sheet casting.ClientSheet
}

func (d rooms) preview(w http.ResponseWriter, r *http.Request) error {
	f, err := d.frame(w, r, "shortlist")
	if err != nil {
		return err
	}
	sheet, err := d.Casting.PreviewPicks(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, previewView(previewPage{f, sheet}))
}

type shareForm struct {
	Decider  string `form:"decider"`
	Deadline string `form:"deadline"`
	All      bool   `form:"all"`
	Words    string `form:"words"` // to the supervisor, where the act waits for one
}

type sharePage struct {
	listPage
	Reads  casting.Forecast
	Form   shareForm
	Errors map[string]string
}

func (d rooms) shareForm(w http.ResponseWriter, r *http.Request) error {
	return d.showShare(w, r, http.StatusOK, shareForm{}, nil)
}

func (d rooms) showShare(w http.ResponseWriter, r *http.Request, status int, f shareForm, errs map[string]string) error {
	l, err := d.listPage(w, r, "shortlist")
	if err != nil {
		return err
	}
	if errs == nil {
		f.Decider = l.List.Sheet.DeciderID
	}
	reads, err := d.Casting.ClientReads(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, status, shareView(sharePage{l, reads, f, errs}))
}

func (d rooms) share(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[shareForm](r)
	if err != nil {
		return err
	}
	req := casting.ShareShortlist{CampaignID: r.PathValue("id"), DeciderID: f.Decider, Deadline: f.Deadline, All: f.All}
	n, err := d.Casting.ShareShortlist(r.Context(), web.ActorOf(r), req)
	toast := "cast.toast.shared"
	if errors.Is(err, casting.ErrSupervisor) {
		_, err = d.Casting.Ask(r.Context(), web.ActorOf(r), casting.Asking{Kind: casting.AskShare, Share: req, Words: f.Words})
		toast = "ask.toast.asked"
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showShare(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+req.CampaignID+"/shortlist", toast, "n", n)
}

type candidateForm struct {
	Cost       string `form:"cost"`
	Currency   string `form:"currency"`
	Price      string `form:"price"`
	Rate       string `form:"rate"`
	RateSource string `form:"rate_source"`
	Why        string `form:"why"`
	Note       string `form:"note"`
	Version    int64  `form:"version"`
}

type candidatePage struct {
	frame
	Row    casting.Row
	Line   casting.ListLine
	Form   candidateForm
	Errors map[string]string
}

func (d rooms) candidate(w http.ResponseWriter, r *http.Request) error {
	p, err := d.candidatePage(w, r)
	if err != nil {
		return err
	}
	p.Form = formOf(p.Row.Candidate, p.Row.Talent, locale.From(r.Context()))
	return web.Render(w, r, http.StatusOK, candidateView(p))
}

func (d rooms) candidatePage(w http.ResponseWriter, r *http.Request) (p candidatePage, err error) {
	l, err := d.listPage(w, r, "shortlist")
	if err != nil {
		return p, err
	}
	p.frame = l.frame
	p.Line, p.Row, err = findRow(l.List, r.PathValue("candidate"))
	return p, err
}

func formOf(c casting.Candidate, t talent.Talent, l *locale.Loc) candidateForm {
	f := candidateForm{Currency: string(c.Cost.Currency), Rate: c.Rate, RateSource: c.RateSource, Why: c.Why, Note: c.Note, Version: c.Version}
	if f.Currency == "" {
		f.Currency = string(t.Currency)
	}
	f.Cost, f.Price = typed(c.Cost, l), typed(c.Price, l)
	return f
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[candidateForm](r)
	if err != nil {
		return err
	}
	p, err := d.candidatePage(w, r)
	if err != nil {
		return err
	}
	req, err := f.request(p, locale.From(r.Context()).Lang)
	if err == nil {
		_, err = d.Casting.EditCandidate(r.Context(), web.ActorOf(r), req)
	}
	if errs, ok := web.Invalid(r, err); ok {
		p.Form, p.Errors = f, errs
		return web.Render(w, r, web.StatusOf(err), candidateView(p))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Path+"/shortlist", "cast.toast.saved", "talent", p.Row.Talent.Name)
}

// request reads the amounts; empty ones are none.
func (f candidateForm) request(p candidatePage, lang string) (casting.EditCandidate, error) {
	req := casting.EditCandidate{ID: p.Row.Candidate.ID, Rate: f.Rate, RateSource: f.RateSource, Why: f.Why, Note: f.Note, Version: f.Version}
	var err error
	if req.Cost, err = amount(f.Cost, money.Currency(f.Currency), lang, "cost"); err != nil {
		return req, err
	}
	req.Price, err = amount(f.Price, p.Top.Campaign.Currency, lang, "price")
	return req, err
}

func (d rooms) rank(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Place int64 `form:"place"`
	}](r)
	if err != nil {
		return err
	}
	if err := d.Casting.RankCandidate(r.Context(), web.ActorOf(r), r.PathValue("candidate"), f.Place); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/shortlist", "")
}

func (d rooms) remove(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Gone string `form:"gone"`
	}](r)
	if err != nil {
		return err
	}
	list, id := "/campaigns/"+r.PathValue("id")+"/shortlist", r.PathValue("candidate")
	restorable, err := d.Casting.RemoveCandidate(r.Context(), web.ActorOf(r), id, f.Gone)
	if err != nil {
		return err
	}
	t := web.Toast{Key: "cast.toast.removed"}
	if restorable {
		t.Undo = "/campaigns/" + r.PathValue("id") + "/candidates/" + id + "/restore"
	}
	return web.SeeOtherUndo(w, r, list, t)
}

// restore takes a removal back.
func (d rooms) restore(w http.ResponseWriter, r *http.Request) error {
	if err := d.Casting.RestoreCandidate(r.Context(), web.ActorOf(r), r.PathValue("candidate")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/shortlist", "cast.toast.restored")
}
