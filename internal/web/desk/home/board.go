package home

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// boardPage is the campaign board: whose move each talent is.
type boardPage struct {
	Page   ui.Page
	Board  *report.Board
	Filter string // "", "mine", "late", "client"
	Now    time.Time
	Rows   []byte // painted
	Actor  access.Actor
}

func (d rooms) board(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	b, err := d.Boards.Board(r.Context(), actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := boardPage{Board: b, Filter: known(r.URL.Query().Get("view")), Now: d.DB.Now(), Actor: actor}
	if p.Rows, err = d.paint(r.Context(), p); err != nil {
		return err
	}
	if r.URL.Query().Get("part") == livePart {
		return web.Render(w, r, http.StatusOK, boardPart(p))
	}
	l := locale.From(r.Context())
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: b.Campaign.Name, Live: "campaign:" + b.Campaign.ID, Actions: shareButton(r.Context(), actor, b),
		Crumbs: []ui.Crumb{{Label: l.T("ui.nav.campaigns"), Href: "/campaigns"}, {Label: b.Brand.Name, Href: "/clients/" + b.Client.ID}, {Label: b.Campaign.Name}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, boardView(p))
}

// livePart asks for the changing part of a page alone.
const livePart = "live"

// liveHref is where the board fetches itself anew, as it is filtered now.
func (p boardPage) liveHref() string {
	return "/campaigns/" + p.Board.Campaign.ID + "?" + url.Values{"part": {livePart}, "view": {p.Filter}}.Encode()
}

func known(filter string) string {
	switch filter {
	case "mine", "late", "client":
		return filter
	}
	return ""
}

// paint gives the rows of a board, painted for this kind of reader.
func (d rooms) paint(ctx context.Context, p boardPage) ([]byte, error) {
	k := reader{p.Board.Campaign.ID, p.Actor.Lang, p.Actor.Zone, string(p.Actor.Role), p.Filter}
	if html := d.rows.get(k, p.Board.Version); html != nil {
		return html, nil
	}
	var b bytes.Buffer
	if err := rows(p).Render(ctx, &b); err != nil {
		return nil, err
	}
	html := b.Bytes()
	d.rows.put(k, p.Board.Version, html)
	return html, nil
}

// group are the lines of one part of the board that the filter lets through.
func (p boardPage) group(name string) (out []report.Line) {
	for i := range p.Board.Lines {
		if l := &p.Board.Lines[i]; l.Group() == name && p.shows(l) {
			out = append(out, *l)
		}
	}
	return out
}

func (p *boardPage) shows(l *report.Line) bool {
	switch p.Filter {
	case "mine":
		return l.Move.Party == report.Us
	case "late":
		return l.Move.Late(p.Now)
	case "client":
		return l.Move.Party == report.ClientSide
	}
	return true
}

func (p boardPage) count(filter string) (n int) {
	p.Filter = filter
	for i := range p.Board.Lines {
		if p.shows(&p.Board.Lines[i]) {
			n++
		}
	}
	return n
}

func (p boardPage) href(filter string) string {
	if filter == "" {
		return "/campaigns/" + p.Board.Campaign.ID
	}
	return "/campaigns/" + p.Board.Campaign.ID + "?view=" + filter
}

// act is what the reader can do about a line's move: the key of its words and
// where it is done.
type act struct{ key, href string }

// actFor is actOf for those who may open where it is done.
func actFor(actor access.Actor, b *report.Board, l report.Line) act {
	a := actOf(b, l)
	part, _, _ := strings.Cut(strings.TrimPrefix(a.href, "/campaigns/"+b.Campaign.ID+"/"), "/")
	if part == "insights" {
		part = "results"
	}
	if !desk.MayOpenPart(actor, part) {
		return act{}
	}
	return a
}

func actOf(b *report.Board, l report.Line) act {
	base := "/campaigns/" + b.Campaign.ID
	m := l.Move
	switch m.Key {
	case "first", "second", "show", "concept-first", "concept-second":
		return act{"check", base + "/drafts/" + m.Deliverable.ID}
	case "rule", "send-on":
		return act{"rule", base + "/drafts/" + m.Deliverable.ID}
	case "price":
		return act{"price", base + "/drafts/" + m.Deliverable.ID}
	case "draft-late", "at-risk", "help":
		return act{"replace", base + "/bookings"}
	case "guarantee-missed":
		return act{"guarantee", base + "/results"}
	case "insight-verify":
		return act{"verify", base + "/insights"}
	case "post-doubt":
		return act{"judge", base + "/posts"}
	case "counter", "to-offer":
		return act{"offer", base + "/bookings"}
	case "to-share", "to-list":
		return act{"list", base + "/shortlist"}
	}
	return act{}
}

// lineHref is where a line opens on its name.
func lineHref(actor access.Actor, b *report.Board, l report.Line) string {
	if l.Talent.ID != "" && actor.Can("talent.see") {
		return "/talents/" + l.Talent.ID
	}
	if !actor.Can("cast.see") {
		return ""
	}
	return "/campaigns/" + b.Campaign.ID + "/shortlist"
}

func draftHref(b *report.Board, l report.Line) string {
	if l.Move.Deliverable.ID == "" {
		return ""
	}
	return "/campaigns/" + b.Campaign.ID + "/drafts/" + l.Move.Deliverable.ID
}

// platformIcon is the name of a platform's sign.
func platformIcon(p string) string {
	switch p {
	case "instagram":
		return "ig"
	case "youtube":
		return "yt"
	case "facebook":
		return "fb"
	case "x":
		return "xp"
	}
	return p
}

// second is the handle with its followers.
func second(l *locale.Loc, line report.Line) string {
	if line.Account.ID == "" {
		return l.T("board.slot", "n", line.Slot.Number)
	}
	s := line.Account.Title()
	if line.Account.Followers >= 0 {
		s += " · " + l.Short(line.Account.Followers)
	}
	return s
}

func name(l *locale.Loc, line report.Line) string {
	if line.Talent.ID != "" {
		return line.Talent.Name
	}
	if line.Slot.Name != "" {
		return line.Slot.Name
	}
	return l.T("board.slot", "n", line.Slot.Number)
}

// pieces says what is made: "1 TikTok · 2 Story".
func pieces(l *locale.Loc, line report.Line) string {
	out := ""
	for i, d := range line.Slot.Deliverables {
		if i > 0 {
			out += " · "
		}
		out += strconv.FormatInt(d.Count, 10) + " " + l.T("board.format."+d.Platform+"."+d.Format)
	}
	return out
}

var tones = map[report.Tone]ui.Meaning{report.ToneNeutral: ui.Neutral, report.ToneWait: ui.Wait, report.ToneClient: ui.ClientMove,
	report.ToneBad: ui.Bad, report.ToneGood: ui.Good, report.ToneInfo: ui.Info}

var parties = map[report.Party]ui.Party{report.Us: ui.PartyUs, report.ClientSide: ui.PartyClient, report.TalentSide: ui.PartyTalent, report.Nobody: ui.PartyNobody}
