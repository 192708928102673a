package review

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/chat"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/media"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type roomPage struct {
	Page   ui.Page
	Now    time.Time
	Key    string
	Actor  access.Actor
	Room   review.Room
	With   string                    // the version beside which it is compared
	Form   func(field string) string // what was typed into a refused form
	Errors map[string]string
	Lines  []chat.Message // of imported chats, since the version was shown
	Ideas  review.ConceptView
}

func (p roomPage) path() string {
	return "/campaigns/" + p.Room.Deliverable.CampaignID + "/drafts/" + p.Room.Deliverable.ID
}

// newest: the version looked at is the one in work.
func (p roomPage) newest() bool { return p.Room.Version.ID == p.Room.Latest.ID }

func (d rooms) room(w http.ResponseWriter, r *http.Request) error {
	return d.showRoom(w, r, http.StatusOK, nil)
}

// showRoom shows the room of a deliverable, with a refused form as it was filled.
func (d rooms) showRoom(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	version := r.URL.Query().Get("v")
	room, err := d.Review.DraftRoom(r.Context(), web.ActorOf(r), r.PathValue("draft"), version)
	if err != nil {
		return err
	}
	if room.Deliverable.CampaignID != r.PathValue("id") {
		return review.ErrNotShown
	}
	l := locale.From(r.Context())
	title := room.Talent + " · " + desk.PieceName(r.Context(), room.Deliverable)
	base := "/campaigns/" + room.Deliverable.CampaignID
	frame, err := desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: title, Live: "campaign:" + room.Deliverable.CampaignID, Crumbs: []ui.Crumb{
		{Label: l.T("ui.nav.campaigns"), Href: "/campaigns"}, {Label: room.Campaign, Href: base}, {Label: l.T("review.title"), Href: base + "/drafts"}, {Label: room.Talent}}})
	if err != nil {
		return err
	}
	lines, err := d.evidence(r, room)
	if err != nil {
		return err
	}
	typed := func(field string) string {
		if r.Method == http.MethodPost && r.Form != nil {
			return r.Form.Get(field)
		}
		return ""
	}
	ideas, err := d.Review.Concepts(r.Context(), web.ActorOf(r), room.Deliverable.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, roomView(roomPage{frame, d.DB.Now(), desk.NewKey(r), web.ActorOf(r), room, r.URL.Query().Get("with"), typed, errs, lines, ideas}))
}

// evidence gives the lines of the campaign's chats that can be about the version that
// is with the client: those since it was shown.
func (d rooms) evidence(r *http.Request, room review.Room) (out []chat.Message, err error) {
	actor := web.ActorOf(r)
	if room.Step != review.StepDecide || !actor.Can("chat.see") || !actor.Can("draft.record") {
		return nil, nil
	}
	chats, err := d.Chat.Room(r.Context(), actor, room.Deliverable.CampaignID)
	for _, m := range chats.Lines {
		if m.Sender != "" && !m.At.Before(room.Version.ShownAt.Truncate(time.Minute)) && len(out) < 40 {
			out = append(out, m)
		}
	}
	return out, err
}

// done answers a POST: back to the room with what happened, or the form again.
func (d rooms) done(w http.ResponseWriter, r *http.Request, err error, toast string, args ...any) error {
	if errs, ok := web.Invalid(r, err); ok && err != nil {
		return d.showRoom(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/drafts/"+r.PathValue("draft"), toast, args...)
}

type uploadForm struct {
	Link     string `form:"link"`
	Caption  string `form:"caption"`
	Hashtags string `form:"hashtags"`
	Mentions string `form:"mentions"`
	Music    string `form:"music"`
}

// upload takes a draft that the talent sent by another way.
func (d rooms) upload(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("draft")
	upload, err := media.ReadDraftForm(r, d.House, id)
	f, formErr := web.Form[uploadForm](r)
	if err == nil {
		err = formErr
	}
	if err == nil {
		_, err = d.Review.UploadDraft(r.Context(), web.ActorOf(r), review.UploadDraft{DeliverableID: id, UploadID: upload, LinkURL: f.Link,
			Caption: f.Caption, Hashtags: f.Hashtags, Mentions: f.Mentions, Music: f.Music})
	}
	return d.done(w, r, err, "review.toast.uploaded")
}

type checkForm struct {
	Version  string `form:"version"`
	Key      string `form:"which"`
	Note     string `form:"note"`
	Override string `form:"override"`
	Act      string `form:"act"` // "show" with the second key
}

// check turns a key with the ticked points: m.ID the answer, w.ID where, r.ID why.
func (d rooms) check(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[checkForm](r)
	if err != nil {
		return err
	}
	room, err := d.Review.DraftRoom(r.Context(), web.ActorOf(r), r.PathValue("draft"), f.Version)
	if err != nil {
		return err
	}
	req := review.CheckDraft{VersionID: f.Version, Key: review.Key(f.Key), Note: f.Note, Override: f.Override, Show: f.Act == "show"}
	for _, p := range room.Points {
		a := review.PointAnswer{PointID: p.ID, Answer: review.Met(r.Form.Get("m." + p.ID)), Where: r.Form.Get("w." + p.ID), Reason: r.Form.Get("r." + p.ID)}
		if at, err := review.ParseMoment(a.Where); err == nil && at > 0 {
			a.AtMS = at
		}
		if a.Answer != "" {
			req.Answers = append(req.Answers, a)
		}
	}
	c, err := d.Review.CheckDraft(r.Context(), web.ActorOf(r), req)
	return d.done(w, r, err, checkToast(c, req))
}

func checkToast(c review.Check, req review.CheckDraft) string {
	switch {
	case !c.Passed:
		return "review.toast.returned"
	case req.Key == review.KeyAE && req.Show:
		return "review.toast.shown"
	}
	return "review.toast.checked"
}

type versionForm struct {
	Version string `form:"version"`
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[versionForm](r)
	if err == nil {
		err = d.Review.ShowDraft(r.Context(), web.ActorOf(r), f.Version)
	}
	return d.done(w, r, err, "review.toast.shown")
}

// claims keeps which rules of the checklist the version holds.
func (d rooms) claims(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Version string   `form:"version"`
		Rules   []string `form:"rule"`
	}](r)
	if err == nil {
		err = d.Review.TickClaims(r.Context(), web.ActorOf(r), f.Version, f.Rules)
	}
	return d.done(w, r, err, "review.toast.claims")
}

type recordForm struct {
	Version string   `form:"version"`
	Contact string   `form:"contact"`
	Words   string   `form:"words"`
	Channel string   `form:"channel"`
	ToldAt  string   `form:"told_at"` // on the client's clock
	Lines   []string `form:"line"`
}

// told reads when a decision was told on the client's clock; empty gives no time.
func (f recordForm) told(zone string) (time.Time, error) {
	if f.ToldAt == "" {
		return time.Time{}, nil
	}
	loc, err := worktime.Zone(zone)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", f.ToldAt, loc)
	if err != nil {
		return t, fault.Field("told_at", "date.unreadable")
	}
	return t, nil
}

// record keeps a decision that was told in a chat.
func (d rooms) record(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[recordForm](r)
	if err != nil {
		return err
	}
	zone := web.ActorOf(r).Zone
	at, err := f.told(zone)
	if err == nil {
		_, err = d.Review.RecordDecision(r.Context(), web.ActorOf(r), review.RecordDecision{VersionID: f.Version, ContactID: f.Contact, Words: f.Words,
			Channel: f.Channel, ToldAt: at, Zone: zone, Lines: f.Lines})
	}
	return d.done(w, r, err, "review.toast.recorded")
}

type outcomeForm struct {
	Outcome string `form:"outcome"`
	Cause   string `form:"cause"`
	Reason  string `form:"reason"`
}

// outcome judges an item in the newest version.
func (d rooms) outcome(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[outcomeForm](r)
	if err == nil {
		err = d.Review.AnswerItem(r.Context(), web.ActorOf(r), review.AnswerItem{ItemID: r.PathValue("item"), Outcome: review.Outcome(f.Outcome), Cause: f.Cause, Reason: f.Reason})
	}
	return d.done(w, r, err, "review.toast.judged")
}
