package app

import (
	"context"
	"net/http"
	"slices"

	"kolega/internal/access"
	"kolega/internal/agenda"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/chat"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/custom"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/film"
	"kolega/internal/find"
	"kolega/internal/idea"
	"kolega/internal/ledger"
	"kolega/internal/match"
	"kolega/internal/meeting"
	"kolega/internal/message"
	"kolega/internal/notice"
	"kolega/internal/payout"
	"kolega/internal/pitch"
	"kolega/internal/privacy"
	"kolega/internal/proof"
	"kolega/internal/rapport"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/scan"
	"kolega/internal/shoot"
	"kolega/internal/talent"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/api"
	"kolega/internal/web/asset"
	"kolega/internal/web/clientlink"
	"kolega/internal/web/deck"
	"kolega/internal/web/desk"
	"kolega/internal/web/desk/analytics"
	"kolega/internal/web/desk/calendar"
	"kolega/internal/web/desk/campaigns"
	deskcasting "kolega/internal/web/desk/casting"
	"kolega/internal/web/desk/clients"
	"kolega/internal/web/desk/connections"
	deskcustom "kolega/internal/web/desk/custom"
	"kolega/internal/web/desk/home"
	"kolega/internal/web/desk/look"
	"kolega/internal/web/desk/meetings"
	"kolega/internal/web/desk/messages"
	"kolega/internal/web/desk/money"
	"kolega/internal/web/desk/notices"
	"kolega/internal/web/desk/opportunities"
	deskpitch "kolega/internal/web/desk/pitch"
	deskprivacy "kolega/internal/web/desk/privacy"
	deskrapport "kolega/internal/web/desk/rapport"
	"kolega/internal/web/desk/results"
	deskreview "kolega/internal/web/desk/review"
	"kolega/internal/web/desk/talents"
	"kolega/internal/web/desk/tasks"
	"kolega/internal/web/desk/team"
	"kolega/internal/web/hook"
	"kolega/internal/web/outside"
	"kolega/internal/web/talentlink"
)

// wire makes the use cases, lowest slice first, and registers their workers.
func (h *Hall) wire() {
	h.Access = access.New(h.DB, h.Box)
	h.Message = message.New(h.DB)
	h.Message.Work(h.Registry)
	h.Message.Know(client.KnownBy, talent.KnownBy)
	h.cloud("")
	h.Task = task.New(h.DB)
	h.Review = review.New(h.DB, h.Blob, h.Spool)
	review.Register(h.Registry, h.Review)
	h.Talent = talent.New(h.DB, h.Box, h.Blob)
	h.Talent.Work(h.Registry)
	h.Match = match.New(h.DB, h.data)
	h.Boards = report.NewBoards(h.DB)
	h.Chat = chat.New(h.DB)
	h.Shoot = shoot.New(h.DB)
	desk.Extra = home.Sidebar()
	h.Country = country.New(h.DB)
	h.Client = client.New(h.DB)
	h.Client.OnWin(billing.OfferedTo)
	h.Campaign = campaign.New(h.DB, h.Blob)
	h.Campaign.Work(h.Registry)
	h.Meeting = meeting.New(h.DB, h.Blob)
	h.Meeting.Work(h.Registry)
	h.Notice = notice.New(h.DB)
	h.Notice.Work(h.Registry)
	h.Casting = casting.New(h.DB)
	h.Casting.Workers(h.Registry)
	h.Result = result.New(h.DB, h.Blob)
	h.Result.Work(h.Registry)
	h.Ledger = ledger.New(h.DB)
	h.Exchange = exchange.New(h.DB)
	h.Billing = billing.New(h.DB, h.Blob)
	h.Billing.Work(h.Registry)
	h.Payout = payout.New(h.DB, h.Talent, h.Blob)
	h.Payout.Work(h.Registry)
	h.reach("")
	h.Agenda = agenda.New(h.DB)
	h.Report = report.New(h.DB, h.Blob)
	h.Report.Work(h.Registry)
	h.Boards.Work(h.Registry)
	h.Idea = idea.New(h.DB)
	h.Proof = proof.New(h.DB, h.Blob)
	h.Pitch = pitch.New(h.DB, h.Blob)
	h.Pitch.Work(h.Registry)
	h.Talent.OnMerge(ledger.StayTalent, payout.StayTalent, access.MoveTalent, campaign.MoveTalent, custom.MoveTalent, casting.MoveTalent, shoot.MoveTalent, review.MoveTalent, result.MoveTalent, rapport.MoveTalent)
	h.Custom = custom.New(h.DB, map[custom.Of]custom.There{custom.Talents: talent.There, custom.Clients: client.There})
	h.Find = find.New(h.DB)
	h.Find.Know(h.Match.Findable())
	h.Find.Know(findable...)
	h.Rapport = rapport.New(h.DB)
	h.Rapport.Work(h.Registry)
	h.Privacy = privacy.New(h.DB, h.Box, h.Blob)
	h.Privacy.Know(privacy.Talent, ofTalents...)
	h.Privacy.Know(privacy.Contact, ofContacts...)
	h.Privacy.Work(h.Registry)
	h.tools()
}

// tools gives slices the programs that this machine has.
func (h *Hall) tools() {
	if tool, ok := film.Find(); ok {
		h.Review.UseFilm(tool)
	}
	if tool, ok := scan.Find(); ok {
		h.Result.UseScan(tool)
	}
}

// ofTalents and ofContacts are what the slices keep about people outside.
var (
	ofTalents = []privacy.Part{idea.Personal, proof.Personal, pitch.Personal, talent.Personal, ledger.PersonalOfTalent, payout.PersonalOfTalent, message.PersonalOfTalent, campaign.PersonalOfTalent,
		casting.PersonalOfTalent, review.PersonalOfTalent, result.PersonalOfTalent, report.Personal, task.Personal, client.PersonalOfAnyone, chat.Personal,
		shoot.PersonalOfTalent, meeting.PersonalOfTalent, custom.Personal, agenda.PersonalOfTalent, notice.Personal}
	ofContacts = []privacy.Part{idea.Personal, proof.PersonalOfContact, proof.Personal, pitch.PersonalOfContact, pitch.Personal, client.Personal, rapport.Personal, message.PersonalOfContact, campaign.PersonalOfContact, casting.PersonalOfContact,
		review.PersonalOfContact, report.PersonalOfContact, report.Personal, task.Personal, client.PersonalOfAnyone, chat.Personal, shoot.PersonalOfContact,
		meeting.PersonalOfContact, custom.PersonalOfContact, agenda.PersonalOfContact, notice.Personal}
)

// findable is what the slices let the search find; talents answer by their own index.
var findable = slices.Concat(campaign.Findable, client.Findable, billing.Findable, result.Findable, task.Findable)

// mount puts every door's routes on the mux.
func (h *Hall) mount(mux *http.ServeMux) {
	mux.Handle("GET /assets/", asset.Handler())
	mux.Handle("/api/", api.Handler(&h.House, h.Plumbing))
	mux.Handle("POST /hook/payout/{account}", hook.Payout(&h.House, h.Log))
	mux.Handle("POST /hook/whatsapp", hook.WhatsApp(&h.House, h.Log))
	mux.Handle("GET /hook/whatsapp", hook.Subscribe(&h.House))
	for _, d := range h.Doors() {
		h.Plumbing.Mount(mux, d)
	}
	h.Plumbing.Otherwise(mux, "/c/", outside.Fail)
	h.Plumbing.Otherwise(mux, "/t/", outside.Fail)
	h.Plumbing.Otherwise(mux, "/d/", deck.Fail)
	h.Plumbing.Otherwise(mux, "/", desk.Fail)
}

// Doors gives the table of routes of every door; the tests walk it.
func (h *Hall) Doors() []web.Door {
	p := h.Plumbing
	staff := concat(
		home.Routes(&h.House),
		tasks.Routes(&h.House),
		messages.Routes(&h.House),
		deskrapport.Routes(&h.House),
		opportunities.Routes(&h.House),
		meetings.Routes(&h.House),
		calendar.Routes(&h.House),
		notices.Routes(&h.House),
		deskpitch.Routes(&h.House),
		money.Routes(&h.House),
		talents.Routes(&h.House),
		results.Routes(&h.House),
		connections.Routes(&h.House),
		look.Routes(&h.House),
		deskcustom.Routes(&h.House),
		analytics.Routes(&h.House),
		clients.Routes(&h.House),
		campaigns.Routes(&h.House),
		team.Routes(&h.House),
		deskprivacy.Routes(&h.House),
		deskreview.Routes(&h.House),
		deskcasting.Routes(&h.House),
	)
	return []web.Door{
		{Name: "public", Recognise: p.ByNobody, Fail: desk.Fail, Routes: concat(team.PublicRoutes(&h.House), talents.PublicRoutes(&h.House), look.PublicRoutes(&h.House), messages.PublicRoutes(&h.House), results.PublicRoutes(&h.House), calendar.PublicRoutes(&h.House), opportunities.PublicRoutes(&h.House))},
		{Name: "live", Recognise: p.BySession, Fail: desk.Fail, Routes: []web.Route{{Method: "GET", Pattern: "/live", Verb: "campaign.see", Handle: p.Live}}},
		{Name: "desk", Recognise: p.BySession, Fail: desk.Fail, Routes: staff},
		{Name: "client", Prefix: "/c/{token}", Recognise: p.ByLink(access.Client), Fail: outside.Fail, Routes: clientlink.Routes(&h.House)},
		{Name: "deck", Prefix: "/d/{token}", Recognise: deck.Recognise(&h.House), Fail: deck.Fail, Routes: deck.Routes(&h.House)},
		{Name: "talent", Prefix: "/t/{token}", Recognise: p.ByLink(access.Talent), Fail: outside.Fail, Routes: talentlink.Routes(&h.House)},
	}
}

func concat(tables ...[]web.Route) (all []web.Route) {
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

// checks are the invariants of the slices, for verify and doctor.
func (h *Hall) checks() []check {
	return []check{{"trail", trail}, {"drafts", drafts}, {"ledger", problems(ledger.Check)}, {"billing", problems(billing.Check)}, {"payout", problems(payout.Check)}, {"reports", reports}, {"decks", decks}}
}

// problems words what a check of the books found.
func problems(run func(context.Context, *db.Tx) ([]ledger.Problem, error)) func(context.Context, *db.Tx) ([]string, error) {
	return func(ctx context.Context, tx *db.Tx) ([]string, error) {
		found, err := run(ctx, tx)
		var out []string
		for _, p := range found {
			out = append(out, p.Code+" "+p.Subject+" "+p.ID+" "+p.Detail)
		}
		return out, err
	}
}
