package home

import (
	"net/http"
	"strconv"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/report"
	"kolega/internal/talent"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// inboxPage is what needs the reader now, over all campaigns.
type inboxPage struct {
	Page    ui.Page
	Now     []report.Item // of the rows shown
	Waiting []report.Item
	Count   inboxCount
	Pager   ui.Pager
	Live    string // where the part fetches itself anew
	Codes   []message.Code
	Asks    int            // acts in casting that wait for the reader's yes
	Lists   int            // the reader's lists that a specialist still works on
	Tasks   []task.View    // of the reader, late or for today, or not accepted yet
	First   ui.StepsList   // of a fresh agency: what leads to its first campaign
	Imports []talent.Table // of the reader, under way or ended today
	Key     string
	At      time.Time
	Name    string
	Actor   access.Actor
}

// inboxCount is how many rows there are in all, and how many of them are late.
type inboxCount struct{ now, waiting, late int }

// window keeps the rows that the address asks for and counts them all.
func (p *inboxPage) window(r *http.Request) {
	p.Count = inboxCount{now: len(p.Now), waiting: len(p.Waiting), late: p.late()}
	from, to, pager := desk.Window(r, len(p.Now)+len(p.Waiting))
	n := len(p.Now)
	p.Now, p.Waiting, p.Pager = p.Now[min(from, n):min(to, n)], p.Waiting[max(from-n, 0):max(to-n, 0)], pager
	p.Live = "/inbox?part=live&from=" + strconv.Itoa(from)
}

func (d rooms) inbox(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	p := inboxPage{At: d.DB.Now(), Name: actor.Name, Actor: actor, Key: desk.NewKey(r)}
	var err error
	if p.Now, p.Waiting, err = d.Boards.Inbox(r.Context(), actor); err != nil {
		return err
	}
	p.window(r)
	if err = d.waiting(r, &p); err != nil {
		return err
	}
	if r.URL.Query().Get("part") == livePart {
		return web.Render(w, r, http.StatusOK, inboxPart(p))
	}
	if access.Allowed(actor.Role, "access.links") {
		if p.Codes, err = d.Message.Codes(r.Context(), actor, ""); err != nil {
			return err
		}
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "inbox", Title: locale.T(r.Context(), "ui.nav.inbox"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, inboxView(p))
}

// waiting finds the reader's tasks and counts what casting waits for: yeses of the
// reader, lists at a specialist.
func (d rooms) waiting(r *http.Request, p *inboxPage) (err error) {
	if p.Tasks, err = d.tasksNow(r, p.Actor); err != nil {
		return err
	}
	if p.Imports, err = d.importsNow(r.Context(), p.Actor, p.At); err != nil {
		return err
	}
	if p.First, err = d.firstSteps(r.Context(), p.Actor); err != nil {
		return err
	}
	if !p.Actor.Can("cast.shortlist") {
		return nil
	}
	q, err := d.Casting.Queue(r.Context(), p.Actor)
	if err != nil {
		return err
	}
	for _, a := range q.Asks {
		if a.MayDecide {
			p.Asks++
		}
	}
	p.Lists, err = d.Casting.OpenHandovers(r.Context(), p.Actor)
	return err
}

// late counts what is over its time.
func (p inboxPage) late() (n int) {
	for _, list := range [][]report.Item{p.Now, p.Waiting} {
		for _, i := range list {
			if i.Line.Move.Late(p.At) {
				n++
			}
		}
	}
	return n
}

// itemName says who or what a row is about.
func itemName(l *locale.Loc, i report.Item) string {
	if i.Slots > 1 {
		return l.T("board.slots", "n", i.Slots)
	}
	return name(l, *i.Line)
}

func itemSecond(l *locale.Loc, i report.Item) string {
	if i.Slots > 1 {
		return ""
	}
	return second(l, *i.Line)
}

// board is a line's campaign as actOf wants it.
func board(i report.Item) *report.Board { return &report.Board{Campaign: *i.Campaign} }
