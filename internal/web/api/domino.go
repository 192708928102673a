package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

type planLineOut struct {
	ID         string     `json:"id"`
	Side       string     `json:"side" enum:"media,kol"`
	TalentID   string     `json:"talent_id,omitempty"`
	Name       string     `json:"name"`
	Platform   string     `json:"platform"`
	Format     string     `json:"format,omitempty"`
	Cost       Amount     `json:"cost"`
	Expected   int64      `json:"expected" doc:"reach"`
	Source     string     `json:"source" enum:"rate-card,past,guess"`
	SourceNote string     `json:"source_note,omitempty"`
	Risk       string     `json:"risk,omitempty"`
	PlannedOn  string     `json:"planned_on,omitempty"`
	URL        string     `json:"url,omitempty"`
	PostedAt   *time.Time `json:"posted_at,omitempty"`
	Reach      *int64     `json:"reach" doc:"null when unknown"`
	Views      *int64     `json:"views" doc:"null when unknown"`
}

type pickupOut struct {
	ID       string    `json:"id"`
	Account  string    `json:"account"`
	Platform string    `json:"platform"`
	URL      string    `json:"url"`
	At       time.Time `json:"at"`
	Reach    *int64    `json:"reach" doc:"null when unknown"`
	Views    *int64    `json:"views" doc:"null when unknown"`
	Parent   string    `json:"parent,omitempty" doc:"a seed or a pick-up; absent when nobody knows"`
}

type knownOut struct {
	Sum   int64 `json:"sum" doc:"over those that are known"`
	Known int   `json:"known"`
	All   int   `json:"all"`
}

type spreadOut struct {
	Lines    int      `json:"lines"`
	Cost     Amount   `json:"cost"`
	Expected int64    `json:"expected"`
	Guessed  int      `json:"guessed" doc:"lines whose expected reach is a guess"`
	Paid     knownOut `json:"paid_reach"`
	Free     knownOut `json:"free_reach"`
	Planned  *Amount  `json:"planned_per_thousand" doc:"null when not measurable"`
	PerPaid  *Amount  `json:"paid_per_thousand" doc:"null when not measurable"`
	PerAll   *Amount  `json:"per_thousand" doc:"spent over bought and free reach; null when not measurable"`
	Depth    int      `json:"depth" doc:"longest chain"`
	FirstMin *int64   `json:"first_pickup_minutes" doc:"null without one"`
}

type dominoOut struct {
	Lines     []planLineOut `json:"lines"`
	Pickups   []pickupOut   `json:"pickups"`
	WindowEnd string        `json:"window_end,omitempty"`
	Media     spreadOut     `json:"media"`
	KOL       spreadOut     `json:"kol"`
}

type planLineIn struct {
	Body struct {
		Campaign   string `json:"campaign"`
		Side       string `json:"side" enum:"media,kol"`
		Account    string `json:"account,omitempty" doc:"id of a talent's account; else name and platform"`
		Name       string `json:"name,omitempty"`
		Platform   string `json:"platform,omitempty"`
		Format     string `json:"format,omitempty"`
		Cost       Amount `json:"cost"`
		Expected   int64  `json:"expected"`
		Source     string `json:"source" enum:"rate-card,past,guess"`
		SourceNote string `json:"source_note,omitempty"`
		Risk       string `json:"risk,omitempty"`
		PlannedOn  string `json:"planned_on,omitempty"`
	}
}

type planPostIn struct {
	ID
	Body struct {
		Campaign string    `json:"campaign"`
		URL      string    `json:"url,omitempty"`
		At       time.Time `json:"at,omitempty"`
		Reach    *int64    `json:"reach,omitempty"`
		Views    *int64    `json:"views,omitempty"`
	}
}

type pickupIn struct {
	Body struct {
		Campaign string    `json:"campaign"`
		URL      string    `json:"url"`
		Account  string    `json:"account,omitempty" doc:"where the link does not say"`
		At       time.Time `json:"at,omitempty"`
		Reach    *int64    `json:"reach,omitempty"`
		Views    *int64    `json:"views,omitempty"`
		Parents  []string  `json:"parents,omitempty" doc:"claimed parents; more than one is refused"`
	}
}

func wireCount(n int64) *int64 {
	if n == result.Unknown {
		return nil
	}
	return &n
}

func readCount(n *int64) int64 {
	if n == nil {
		return result.Unknown
	}
	return max(*n, result.Unknown-1) // a negative one stays wrong
}

func lineWire(l result.PlanLine) planLineOut {
	return planLineOut{l.ID, string(l.Side), l.TalentID, l.Name, l.Platform, l.Format, amount(l.Cost), l.Expected, string(l.Source), l.SourceNote, l.Risk, string(l.PlannedOn),
		l.Link.URL, instant(l.PostedAt), wireCount(l.Reach), wireCount(l.Views)}
}

func pickupWire(p result.Pickup) pickupOut {
	return pickupOut{p.ID, p.Account, p.Link.Platform, p.Link.URL, p.At, wireCount(p.Reach), wireCount(p.Views), p.ParentID}
}

func perOut(c result.Cost) *Amount {
	v, err := c.Value()
	if err != nil || !c.Measurable() {
		return nil
	}
	out := amount(v)
	return &out
}

func spreadWire(s result.Spread) spreadOut {
	out := spreadOut{Lines: s.Lines, Cost: amount(s.Cost), Expected: s.Expected, Guessed: s.Guessed, Paid: knownOut{s.Paid.Sum, s.Paid.N, s.Paid.All}, Free: knownOut{s.Free.Sum, s.Free.N, s.Free.All},
		Planned: perOut(s.Planned), PerPaid: perOut(s.PerPaid), PerAll: perOut(s.PerAll), Depth: s.Depth}
	if s.First != nil {
		n := int64(*s.First / time.Minute)
		out.FirstMin = &n
	}
	return out
}

func registerDomino(a *API) {
	op(a, http.MethodGet, "/dominos", "domino.see", "A campaign's seeds, pick-ups and the plan they are compared with", func(ctx context.Context, actor access.Actor, in *inCampaign) (out dominoOut, err error) {
		d, err := a.Result.Domino(ctx, actor, in.Campaign)
		if err != nil {
			return out, err
		}
		media, err := d.Spread(result.MediaSide)
		if err != nil {
			return out, err
		}
		kol, err := d.Spread(result.KOLSide)
		return dominoOut{append(list(d.Seeds, lineWire), list(d.KOL, lineWire)...), list(d.Pickups, pickupWire), string(d.WindowEnd()), spreadWire(media), spreadWire(kol)}, err
	})
	op(a, http.MethodPost, "/plan-lines", "domino.edit", "Put a paid post on a plan", func(ctx context.Context, actor access.Actor, in *planLineIn) (planLineOut, error) {
		b := in.Body
		l, err := a.Result.AddLine(ctx, actor, result.AddLine{CampaignID: b.Campaign, Side: result.Side(b.Side), AccountID: b.Account, Name: b.Name, Platform: b.Platform, Format: b.Format,
			Cost: b.Cost.money(), Expected: b.Expected, Source: result.ReachSource(b.Source), SourceNote: b.SourceNote, Risk: b.Risk, PlannedOn: worktime.Date(b.PlannedOn)})
		return lineWire(l), err
	})
	op(a, http.MethodPost, "/plan-lines/{id}/posts", "domino.edit", "Say that a paid post is live, or what it reached", func(ctx context.Context, actor access.Actor, in *planPostIn) (planLineOut, error) {
		l, err := a.Result.PostLine(ctx, actor, result.PostLine{CampaignID: in.Body.Campaign, LineID: in.ID.ID, URL: in.Body.URL, At: in.Body.At, Reach: readCount(in.Body.Reach), Views: readCount(in.Body.Views)})
		return lineWire(l), err
	})
	op(a, http.MethodPost, "/pickups", "domino.edit", "Note an unpaid post that took a seed up", func(ctx context.Context, actor access.Actor, in *pickupIn) (pickupOut, error) {
		b := in.Body
		p, err := a.Result.AddPickup(ctx, actor, result.AddPickup{CampaignID: b.Campaign, URL: b.URL, Account: b.Account, At: b.At, Reach: readCount(b.Reach), Views: readCount(b.Views), Parents: b.Parents})
		return pickupWire(p), err
	})
}
