package home

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/notice"
	"kolega/internal/report"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// newsAge is how long an act of somebody else stays among the news.
const newsAge = 14 * 24 * time.Hour

// mostNews is how much is shown.
const mostNews = 80

// seenCookie keeps, in this browser, the last entry of the trail that its reader saw.
const seenCookie = "kolega_seen"

// piece is one act of somebody else in a campaign of the reader.
type piece struct {
	Line     audit.Line
	Campaign string
	Why      notice.Why // the reason for telling the reader
	How      notice.Mode
}

// same tells whether somebody did the same again in the same campaign.
func (x piece) same(y piece) bool {
	return x.Line.Who.ID == y.Line.Who.ID && x.Line.Verb == y.Line.Verb && x.Line.Campaign == y.Line.Campaign
}

// quiet are acts that are kept in the trail and are no news to anybody.
var quiet = map[string]bool{"stepup.ask": true, "draft.watch": true, "access.links": true}

// newsPage is what others did in the reader's campaigns.
type newsPage struct {
	Page   ui.Page
	Pieces []piece
	Seen   int64 // entries after it are new to the reader
	Calls  []task.Mention
	Now    time.Time
}

func (d rooms) notifications(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	boards, err := d.Boards.Mine(r.Context(), actor)
	if err != nil {
		return err
	}
	p := newsPage{Seen: seen(r), Now: d.DB.Now()}
	if p.Pieces, err = news(r.Context(), d.House, actor, boards); err != nil {
		return err
	}
	if err := d.calls(r, &p); err != nil {
		return err
	}
	if len(p.Pieces) > 0 {
		http.SetCookie(w, &http.Cookie{Name: seenCookie, Value: strconv.FormatInt(p.Pieces[0].Line.Seq, 10), Path: "/", MaxAge: 180 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Title: locale.T(r.Context(), "board.news.title"), Live: "everything"}); err != nil {
		return err
	}
	p.Page.News = 0
	return web.Render(w, r, http.StatusOK, newsView(p))
}

// calls gives where the reader was called by name; they are seen from now on.
func (d rooms) calls(r *http.Request, p *newsPage) (err error) {
	if p.Calls, err = d.Task.Mentions(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	for _, m := range p.Calls {
		if m.SeenAt.IsZero() {
			return d.Task.SeeMentions(r.Context(), web.ActorOf(r))
		}
	}
	return nil
}

// seen is the last entry that this browser's reader saw, 0 when there is none.
func seen(r *http.Request) int64 {
	c, err := r.Cookie(seenCookie)
	if err != nil {
		return 0
	}
	n, _ := strconv.ParseInt(c.Value, 10, 64)
	return n
}

// news gives the acts of clients, talents and colleagues in the boards' campaigns,
// newest first; nothing for those who may not see the trail. Of a campaign only those
// acts are read that are newer than what was found so far.
func news(ctx context.Context, h *house.House, actor access.Actor, boards []*report.Board) (out []piece, err error) {
	if !actor.Can("audit.see") {
		return nil, nil
	}
	from := h.DB.Now().Add(-newsAge)
	setting, err := h.Notice.Setting(ctx, actor)
	if err != nil {
		return nil, err
	}
	reader := notice.Reader{ID: actor.ID, Role: actor.Role, Setting: setting}
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		last := int64(0) // the oldest found, once there are enough
		for _, b := range newestFirst(boards) {
			if b.Version.Campaign <= last {
				return nil
			}
			lines, err := audit.Acts(ctx, tx, b.Campaign.ID, last, from, actor.ID, mostNews)
			if err != nil {
				return err
			}
			for _, l := range lines {
				why, how, ok := notice.Concern(l, "", notice.Camp{AEID: b.Campaign.AEID, SpecialistID: b.Campaign.SpecialistID}, reader)
				if ok && !quiet[l.Verb] {
					out = append(out, piece{l, b.Campaign.Name, why, how})
				}
			}
			slices.SortFunc(out, func(a, b piece) int { return cmp.Compare(b.Line.Seq, a.Line.Seq) })
			if len(out) >= mostNews {
				out = out[:mostNews]
				last = out[mostNews-1].Line.Seq
			}
		}
		return nil
	})
	return out, err
}

// newestFirst puts the boards in front about which the trail's newest entries are.
func newestFirst(boards []*report.Board) []*report.Board {
	return slices.SortedFunc(slices.Values(boards), func(a, b *report.Board) int { return cmp.Compare(b.Version.Campaign, a.Version.Campaign) })
}

// unread counts the news that outsiders made after what the reader saw; colleagues'
// acts are listed, yet the bell does not ring for them.
func unread(list []piece, after int64) (n int) {
	for _, x := range list {
		if x.How == notice.Now && x.Line.Seq > after && (x.Line.Who.Kind == "client" || x.Line.Who.Kind == "talent") {
			n++
		}
	}
	return n
}

// feed says the news in words: those after the last seen one, or those up to it.
func (p newsPage) feed(ctx context.Context, fresh bool) (out ui.Feed) {
	l, times := locale.From(ctx), 1
	for i, x := range p.Pieces {
		if x.Line.Seq > p.Seen != fresh {
			continue
		}
		detail := x.Campaign + " · " + l.T("notice.why."+string(x.Why), "topic", l.T("notice.topic."+string(notice.TopicOf(x.Line.Verb))))
		if i > 0 && x.same(p.Pieces[i-1]) && len(out) > 0 {
			times++
			out[len(out)-1].Detail = l.T("board.news.times", "campaign", detail, "n", times)
			continue
		}
		times = 1
		text := x.Line.Verb
		if key := "campaign.did." + x.Line.Verb; l.Has(key) {
			text = l.T(key)
		}
		out = append(out, ui.Event{Who: x.Line.Who.Name, Text: text, Detail: detail, At: ui.Ago{At: x.Line.At, Now: p.Now},
			Meaning: newsMeaning[x.Line.Who.Kind], Icon: newsIcon[x.Line.Who.Kind], Href: "/campaigns/" + x.Line.Campaign})
	}
	return out
}

var newsMeaning = map[string]ui.Meaning{"client": ui.ClientMove, "talent": ui.Wait, "staff": ui.Us}

var newsIcon = map[string]string{"client": "brief", "talent": "users", "staff": "user"}
