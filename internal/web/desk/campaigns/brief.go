package campaigns

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// briefPage is the brief as the agency edits it: the version shown, what a pasted
// text suggests, who agreed to what.
type briefPage struct {
	Page     ui.Page
	Top      desk.Top
	File     campaign.BriefFile
	Shown    campaign.Brief
	Contacts []client.Contact
	MayEdit  bool
	MayShare bool
	MayLink  bool
	Reading  campaign.Reading // a text or file cut into points, not kept yet
	Against  int64            // version that Changes compare with; 0 for the first
	Changes  []campaign.ClientChange
	Effect   report.BriefEffect // of the newest version, until it is agreed
	Claims   campaign.ClaimSheet
	Claim    claimForm
	Proposed []campaign.ProposalView
	Clashes  []clash // points of the shown draft that seem to contradict each other
	Point    pointForm
	Question questionForm
	Reason   string
	Errors   map[string]string
	Key      string
}

// Draft tells whether the version on the page may be edited by the reader.
func (p briefPage) Draft() bool { return p.MayEdit && p.Shown.Draft() && p.File.Campaign.Open() }

func (d rooms) briefPage(r *http.Request) (p briefPage, err error) {
	actor, id := web.ActorOf(r), r.PathValue("id")
	p = briefPage{MayEdit: actor.Can("brief.edit"), MayShare: actor.Can("brief.share"), MayLink: actor.Can("access.links"), Point: pointForm{Source: "agency"}, Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, id, "brief"); err != nil {
		return p, err
	}
	if p.File, err = d.Campaign.Brief(r.Context(), actor, id); err != nil {
		return p, err
	}
	file, err := d.Client.Client(r.Context(), actor, p.Top.Campaign.ClientID)
	for _, k := range file.Contacts {
		if k.LeftAt.IsZero() {
			p.Contacts = append(p.Contacts, k)
		}
	}
	if err != nil {
		return p, err
	}
	p.show(r, p.File.Newest())
	if p.Proposed, err = d.Campaign.Proposals(r.Context(), actor, id); err != nil {
		return p, err
	}
	if p.Claims, err = d.Campaign.Claims(r.Context(), actor, id); err != nil {
		return p, err
	}
	p.Claim = claimForm{p.Claims.Product, p.Claims.Number, p.Claims.Version}
	p.Effect, err = d.Boards.BriefEffect(r.Context(), actor, id)
	return p, err
}

// show puts one version on the page, against the one agreed before it, or else the one before.
func (p *briefPage) show(r *http.Request, b campaign.Brief) {
	p.Shown, p.Clashes, p.Against, p.Changes = b, clashes(b), 0, nil
	var before campaign.Brief
	for _, v := range p.File.Versions {
		if v.Version < b.Version && (v.Accepted() || !before.Accepted()) {
			before = v
		}
	}
	if before.Version > 0 {
		p.Against, p.Changes = before.Version, campaign.ChangesIn(before, b, locale.From(r.Context()).Lang)
	}
}

func (d rooms) showBrief(w http.ResponseWriter, r *http.Request, p briefPage, status int) (err error) {
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, briefView(p))
}

func (d rooms) brief(w http.ResponseWriter, r *http.Request) error {
	p, err := d.briefPage(r)
	if err != nil {
		return err
	}
	return d.showBrief(w, r, p, http.StatusOK)
}

func (d rooms) briefVersion(w http.ResponseWriter, r *http.Request) error {
	p, err := d.briefPage(r)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(r.PathValue("n"), 10, 64)
	found := false
	for _, b := range p.File.Versions {
		if b.Version == n {
			p.show(r, b)
			found = true
		}
	}
	if !found {
		return campaign.ErrPointGone
	}
	return d.showBrief(w, r, p, http.StatusOK)
}

// refused shows the brief again with what was wrong, or passes the error on.
func (d rooms) refused(w http.ResponseWriter, r *http.Request, err error, fill func(*briefPage)) error {
	errs, ok := web.Invalid(r, err)
	if !ok {
		return err
	}
	p, err := d.briefPage(r)
	if err != nil {
		return err
	}
	p.Errors = errs
	fill(&p)
	return d.showBrief(w, r, p, http.StatusUnprocessableEntity)
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

func (d rooms) toBrief(w http.ResponseWriter, r *http.Request, toast string, args ...any) error {
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/brief", toast, args...)
}

type pointForm struct {
	Kind       string   `form:"kind"`
	Text       string   `form:"text"`
	En         string   `form:"lang_en"`
	Fil        string   `form:"lang_fil"`
	ID         string   `form:"lang_id"`
	CheckedIn  []string `form:"checked_in"`
	Source     string   `form:"source"`
	SourceNote string   `form:"source_note"`
}

func (f pointForm) point(id string) campaign.Point {
	return campaign.Point{ID: id, Kind: campaign.PointKind(f.Kind), Text: f.Text, Langs: map[string]string{"en": f.En, "fil": f.Fil, "id": f.ID},
		CheckedIn: f.CheckedIn, Source: f.Source, SourceNote: f.SourceNote}
}

func (d rooms) addPoint(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[pointForm](r)
	if err != nil {
		return err
	}
	if _, err := d.Campaign.AddPoints(r.Context(), web.ActorOf(r), r.PathValue("id"), []campaign.Point{f.point("")}); err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Point = f })
	}
	return d.toBrief(w, r, "brief.point-added")
}

type orderForm struct {
	Move  string `form:"move"`
	Order string `form:"order"`
}

// orderPoints moves a point by its arrow, or takes the order of a drag.
func (d rooms) orderPoints(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[orderForm](r)
	if err != nil {
		return err
	}
	id, actor := r.PathValue("id"), web.ActorOf(r)
	way, point, _ := strings.Cut(f.Move, ":")
	switch way {
	case "up":
		_, err = d.Campaign.MovePoint(r.Context(), actor, id, point, -1)
	case "down":
		_, err = d.Campaign.MovePoint(r.Context(), actor, id, point, 1)
	default:
		_, err = d.Campaign.OrderPoints(r.Context(), actor, id, split(f.Order))
	}
	if err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "")
}

type pointPage struct {
	Page   ui.Page
	Top    desk.Top
	Brief  campaign.Brief
	Point  campaign.Point
	Form   pointForm
	Errors map[string]string
	Key    string
}

func (d rooms) showPoint(w http.ResponseWriter, r *http.Request, f *pointForm, errs map[string]string) error {
	b, err := d.briefPage(r)
	if err != nil {
		return err
	}
	p := pointPage{Top: b.Top, Brief: b.Shown, Errors: errs, Key: b.Key}
	for _, q := range b.Shown.Points {
		if q.ID == r.PathValue("point") {
			p.Point = q
		}
	}
	if p.Point.ID == "" || !b.Shown.Draft() {
		return campaign.ErrPointGone
	}
	status := http.StatusUnprocessableEntity
	if f == nil {
		status = http.StatusOK
		q := p.Point
		f = &pointForm{Kind: string(q.Kind), Text: q.Text, En: q.Langs["en"], Fil: q.Langs["fil"], ID: q.Langs["id"], CheckedIn: q.CheckedIn, Source: q.Source, SourceNote: q.SourceNote}
	}
	p.Form = *f
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, pointView(p))
}

func (d rooms) pointForm(w http.ResponseWriter, r *http.Request) error {
	return d.showPoint(w, r, nil, nil)
}

func (d rooms) savePoint(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[pointForm](r)
	if err != nil {
		return err
	}
	_, err = d.Campaign.EditPoint(r.Context(), web.ActorOf(r), r.PathValue("id"), f.point(r.PathValue("point")))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPoint(w, r, &f, errs)
	}
	if err != nil {
		return err
	}
	return d.toBrief(w, r, "brief.point-saved")
}

func (d rooms) dropPoint(w http.ResponseWriter, r *http.Request) error {
	if _, err := d.Campaign.DropPoint(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("point")); err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "brief.point-dropped")
}

type questionForm struct {
	Text  string `form:"question"`
	Wants string `form:"wants"`
}

func (d rooms) addQuestion(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[questionForm](r)
	if err != nil {
		return err
	}
	_, err = d.Campaign.AddQuestion(r.Context(), web.ActorOf(r), r.PathValue("id"), campaign.Question{Text: f.Text, Wants: f.Wants != "no"})
	if err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Question = f })
	}
	return d.toBrief(w, r, "brief.question-added")
}

func (d rooms) dropQuestion(w http.ResponseWriter, r *http.Request) error {
	if _, err := d.Campaign.DropQuestion(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("question")); err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "brief.question-dropped")
}

type replyForm struct {
	Answer string `form:"answer"`
}

func (d rooms) answerInquiry(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[replyForm](r)
	if err != nil {
		return err
	}
	if _, err := d.Campaign.AnswerInquiry(r.Context(), web.ActorOf(r), r.PathValue("inquiry"), f.Answer); err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "brief.inquiry-answered")
}

type reviseForm struct {
	Reason string `form:"reason"`
}

func (d rooms) revise(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[reviseForm](r)
	if err != nil {
		return err
	}
	b, err := d.Campaign.ReviseBrief(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Reason)
	if err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Reason = f.Reason })
	}
	return d.toBrief(w, r, "brief.revised", "version", b.Version)
}

type shareForm struct {
	ClashConfirmed bool `form:"clash"`
}

func (d rooms) share(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[shareForm](r)
	if err != nil {
		return err
	}
	b, err := d.Campaign.ShareBrief(r.Context(), web.ActorOf(r), r.PathValue("id"), f.ClashConfirmed)
	if err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "brief.shared", "version", b.Version)
}
