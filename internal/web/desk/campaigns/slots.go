package campaigns

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type slotForm struct {
	Version      int64    `form:"version"`
	Count        string   `form:"count"`
	Name         string   `form:"name"`
	Formats      []string `form:"format"` // "tiktok/video", one a line of the form
	Counts       []string `form:"pieces"`
	Budget       string   `form:"budget"`
	Price        string   `form:"price"`
	DraftOn      string   `form:"draft_on"`
	PostOn       string   `form:"post_on"`
	Country      string   `form:"country"`
	Tier         string   `form:"tier"`
	MinFollowers string   `form:"min_followers"`
	MaxFollowers string   `form:"max_followers"`
	Tags         string   `form:"tags"`
	Categories   string   `form:"categories"`
	Note         string   `form:"note"`
}

// slot reads the form in the reader's language; each field that cannot be read is named.
func (f slotForm) slot(c campaign.Campaign, lang string) (campaign.Slot, error) {
	bad := fault.Fields{}
	s := campaign.Slot{CampaignID: c.ID, Version: f.Version, Name: f.Name, DraftOn: worktime.Date(f.DraftOn), PostOn: worktime.Date(f.PostOn),
		Conditions: campaign.Conditions{Country: f.Country, Tier: f.Tier, Tags: strings.Split(f.Tags, ","), Categories: strings.Split(f.Categories, ","), Note: f.Note}}
	s.Budget = readMoney(bad, "budget", f.Budget, c.Currency, lang)
	s.Price = readMoney(bad, "price", f.Price, c.Currency, lang)
	s.Conditions.MinFollowers = readCount(bad, "min_followers", f.MinFollowers, lang)
	s.Conditions.MaxFollowers = readCount(bad, "max_followers", f.MaxFollowers, lang)
	for i, platform := range f.Formats {
		p, format, _ := strings.Cut(platform, "/")
		if platform == "" || i >= len(f.Counts) {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(f.Counts[i]), 10, 64)
		if err != nil {
			bad["deliverables"] = "slot.count"
		}
		s.Deliverables = append(s.Deliverables, campaign.Deliverable{Platform: p, Format: format, Count: n})
	}
	return s, bad.Err()
}

func readMoney(bad fault.Fields, field, text string, c money.Currency, lang string) money.Amount {
	if text == "" {
		return money.New(0, c)
	}
	a, err := money.Parse(text, c, lang)
	if err != nil {
		bad[field] = fault.CodeOf(err)
	}
	return a
}

func readCount(bad fault.Fields, field, text, lang string) int64 {
	if text == "" {
		return 0
	}
	n, err := locale.ParseCount(text, lang)
	if err != nil {
		bad[field] = fault.CodeOf(err)
	}
	return n.Value
}

func slotFormOf(s campaign.Slot, l *locale.Loc) slotForm {
	f := slotForm{Version: s.Version, Name: s.Name, Budget: l.Money(s.Budget), Price: l.Money(s.Price), DraftOn: string(s.DraftOn), PostOn: string(s.PostOn),
		Country: s.Conditions.Country, Tier: s.Conditions.Tier, Tags: strings.Join(s.Conditions.Tags, ", "), Categories: strings.Join(s.Conditions.Categories, ", "), Note: s.Conditions.Note}
	if s.Conditions.MinFollowers > 0 {
		f.MinFollowers = l.Int(s.Conditions.MinFollowers)
	}
	if s.Conditions.MaxFollowers > 0 {
		f.MaxFollowers = l.Int(s.Conditions.MaxFollowers)
	}
	for _, d := range s.Deliverables {
		f.Formats, f.Counts = append(f.Formats, d.Platform+"/"+d.Format), append(f.Counts, strconv.FormatInt(d.Count, 10))
	}
	return f
}

type slotsPage struct {
	Page    ui.Page
	Top     desk.Top
	Slots   []campaign.Slot
	Slot    campaign.Slot // the one being changed; zero on the list
	Form    slotForm
	Errors  map[string]string
	MayEdit bool
	SeeCost bool
	Budget  money.Amount
	Price   money.Amount
	Key     string
}

func (d rooms) slotsPage(r *http.Request) (p slotsPage, err error) {
	actor := web.ActorOf(r)
	p = slotsPage{MayEdit: actor.Can("slot.edit"), SeeCost: actor.Can("booking.see"), Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "slots"); err != nil {
		return p, err
	}
	if _, p.Slots, err = d.Campaign.Slots(r.Context(), actor, p.Top.Campaign.ID); err != nil {
		return p, err
	}
	p.MayEdit = p.MayEdit && p.Top.Campaign.Open()
	p.Budget, p.Price = money.New(0, p.Top.Campaign.Currency), money.New(0, p.Top.Campaign.Currency)
	for _, s := range p.Slots {
		if !s.Open() {
			continue
		}
		if s.Budget.Same(p.Budget) {
			if p.Budget, err = p.Budget.Add(s.Budget); err != nil {
				return p, err
			}
		}
		if p.Price, err = p.Price.Add(s.Price); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (d rooms) showSlots(w http.ResponseWriter, r *http.Request, p slotsPage, status int) (err error) {
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	if p.Slot.ID != "" {
		return web.Render(w, r, status, slotView(p))
	}
	return web.Render(w, r, status, slotsView(p))
}

func (d rooms) slots(w http.ResponseWriter, r *http.Request) error {
	p, err := d.slotsPage(r)
	if err != nil {
		return err
	}
	p.Form = slotForm{Count: "1", Country: p.Top.Campaign.Market, Counts: []string{"1"}}
	return d.showSlots(w, r, p, http.StatusOK)
}

func (d rooms) addSlots(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[slotForm](r)
	if err != nil {
		return err
	}
	p, err := d.slotsPage(r)
	if err != nil {
		return err
	}
	n, err := d.openSlots(r, p.Top.Campaign, f)
	if errs, ok := web.Invalid(r, err); ok {
		p.Form, p.Errors = f, errs
		return d.showSlots(w, r, p, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return d.toSlots(w, r, "campaign.slots.added", "n", n)
}

// openSlots reads the form and opens its slots; it tells how many.
func (d rooms) openSlots(r *http.Request, c campaign.Campaign, f slotForm) (int64, error) {
	slot, err := f.slot(c, web.ActorOf(r).Lang)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(f.Count, 10, 64)
	if err != nil {
		return 0, fault.Field("count", "slot.count")
	}
	_, err = d.Campaign.AddSlots(r.Context(), web.ActorOf(r), slot, n)
	return n, err
}

func (d rooms) toSlots(w http.ResponseWriter, r *http.Request, toast string, args ...any) error {
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/slots", toast, args...)
}

// oneSlot is the page with the slot that the path names.
func (d rooms) oneSlot(r *http.Request) (slotsPage, error) {
	p, err := d.slotsPage(r)
	if err != nil {
		return p, err
	}
	for _, s := range p.Slots {
		if s.ID == r.PathValue("slot") {
			p.Slot = s
			return p, nil
		}
	}
	_, err = d.Campaign.Slot(r.Context(), web.ActorOf(r), "") // the one answer for what is not there
	return p, err
}

func (d rooms) slotForm(w http.ResponseWriter, r *http.Request) error {
	p, err := d.oneSlot(r)
	if err != nil {
		return err
	}
	p.Form = slotFormOf(p.Slot, locale.From(r.Context()))
	return d.showSlots(w, r, p, http.StatusOK)
}

func (d rooms) saveSlot(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[slotForm](r)
	if err != nil {
		return err
	}
	p, err := d.oneSlot(r)
	if err != nil {
		return err
	}
	slot, err := f.slot(p.Top.Campaign, web.ActorOf(r).Lang)
	if err == nil {
		slot.ID, slot.Conditions.Lang, slot.Conditions.Excluded = p.Slot.ID, p.Slot.Conditions.Lang, p.Slot.Conditions.Excluded
		_, err = d.Campaign.EditSlot(r.Context(), web.ActorOf(r), slot)
	}
	if errs, ok := web.Invalid(r, err); ok {
		p.Form, p.Errors = f, errs
		return d.showSlots(w, r, p, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return d.toSlots(w, r, "campaign.slot.saved", "n", p.Slot.Number)
}

func (d rooms) dropSlot(w http.ResponseWriter, r *http.Request) error {
	s, err := d.Campaign.DropSlot(r.Context(), web.ActorOf(r), r.PathValue("slot"))
	if err != nil {
		return err
	}
	path := "/campaigns/" + r.PathValue("id") + "/slots"
	return web.SeeOtherUndo(w, r, path, web.Toast{Key: "campaign.slot.dropped", Args: []any{"n", s.Number}, Undo: path + "/" + s.ID + "/restore"})
}

// restoreSlot takes a drop back.
func (d rooms) restoreSlot(w http.ResponseWriter, r *http.Request) error {
	s, err := d.Campaign.RestoreSlot(r.Context(), web.ActorOf(r), r.PathValue("slot"))
	if err != nil {
		return err
	}
	return d.toSlots(w, r, "campaign.slot.restored", "n", s.Number)
}
