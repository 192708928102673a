package desk

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

// At says where in the staff app a screen stands.
type At struct {
	Nav     string // key of ui.MainNav
	Title   string
	Crumbs  []ui.Crumb
	Actions templ.Component
	Live    string // topic of live changes, "campaign:ID"
}

// Extra fills in what needs slices that this room does not know: counts and the
// person's campaigns. It is set once, at start.
var Extra func(r *http.Request, h *house.House, p *ui.Page)

// Frame fills the shell around a screen for whoever is signed in. It takes the
// toast that the last act left.
func Frame(w http.ResponseWriter, r *http.Request, h *house.House, at At) (ui.Page, error) {
	actor, l := web.ActorOf(r), locale.From(r.Context())
	agency, err := h.Access.Agency(r.Context())
	if err != nil {
		return ui.Page{}, err
	}
	p := ui.Page{
		Title: at.Title, Nav: at.Nav, Crumbs: at.Crumbs, Actions: at.Actions,
		Person: ui.Person{Name: actor.Name, Role: l.T("role." + string(actor.Role)), Href: "/me"},
		Now:    h.DB.Now(),
		Lang:   actor.Lang, Theme: actor.Theme, Agency: agency.Name, Demo: agency.Demo,
		Hide:   hidden(actor),
		Clocks: clocks(h, l, agency.Zone, actor.Zone),
		Toast:  Toast(w, r),
	}
	if at.Live != "" {
		p.LiveURL = "/live?topic=" + at.Live
	}
	if Extra != nil {
		Extra(r, h, &p)
	}
	return p, nil
}

// Toast is what the last act left to say, nil when there is nothing.
func Toast(w http.ResponseWriter, r *http.Request) *ui.Toast {
	t, text := web.TakeToast(w, r)
	if text == "" {
		return nil
	}
	return &ui.Toast{Text: text, UndoURL: t.Undo, Key: NewKey(r)}
}

// navRight is the right without which an entry of the navigation is not shown.
var navRight = map[string]access.Verb{
	"opportunities": "opportunity.see", "watch": "watch.see", "new.opportunity": "opportunity.edit", "new.note": "watch.edit",
	"decks": "deck.see", "new.deck": "deck.edit", "ideas": "idea.see", "proofs": "proof.see", "sheets": "sheet.see", "designs": "design.see",
	"tasks": "task.see", "workload": "task.see", "new.task": "task.give",
	"calendar": "calendar.see", "new.meeting": "meeting.edit",
	"messages": "message.see", "rapport": "rapport.see",
	"campaigns": "campaign.see", "clients": "client.see", "talents": "talent.see", "timeline": "timeline.see",
	"money": "invoice.see", "reports": "report.see", "library": "draft.see", "posts": "post.see", "team": "access.self", "settings": "access.settings", "news": "audit.see",
	"agreements": "agreement.see", "invoices": "invoice.see", "receivables": "invoice.see", "receipts": "invoice.see", "statements": "invoice.see", "payouts": "payout.see",
	"withholdings": "payout.prepare", "providers": "payout.provider", "ledger": "ledger.see", "trial": "ledger.see", "profit": "margin.see", "rates": "invoice.see",
	"new.campaign": "campaign.start", "new.client": "client.edit", "new.talent": "talent.edit",
}

// MayOpen tells whether an entry of the navigation is for the actor.
func MayOpen(a access.Actor, nav string) bool { return !hidden(a)[nav] }

func hidden(a access.Actor) map[string]bool {
	hide := map[string]bool{}
	for nav, verb := range navRight {
		if !a.Can(verb) {
			hide[nav] = true
		}
	}
	return hide
}

func clocks(h *house.House, l *locale.Loc, zones ...string) (out []ui.ClockFace) {
	seen := map[string]bool{}
	for _, z := range append(zones, "Asia/Manila") {
		if seen[z] || z == "" {
			continue
		}
		seen[z] = true
		out = append(out, face(h.DB.Now(), l, z))
	}
	return out
}
