package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/shoot"
	"kolega/internal/worktime"
)

type shootDoc struct {
	On     string `json:"on" doc:"YYYY-MM-DD"`
	Zone   string `json:"zone" doc:"IANA, of the place"`
	Place  string `json:"place"`
	MapURL string `json:"map_url,omitempty"`
	Bring  string `json:"bring,omitempty"`
}

type shootOut struct {
	ID         string `json:"id"`
	CampaignID string `json:"campaign_id"`
	shootDoc
}

func shootWire(s shoot.Shoot) shootOut {
	return shootOut{s.ID, s.CampaignID, shootDoc{string(s.On), s.Zone, s.Place, s.MapURL, s.Bring}}
}

type shootDayOut struct {
	shootOut
	Calls  []callOut `json:"calls"`
	Ticks  []tickOut `json:"filmed"`
	Wishes []wishOut `json:"wishes"`
}

type callOut struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind" enum:"talent,contact,staff"`
	PersonID string     `json:"person_id"`
	Name     string     `json:"name"`
	At       *time.Time `json:"at"`
	Zone     string     `json:"zone" doc:"the person's own"`
}

type tickOut struct {
	TalentID string     `json:"talent_id"`
	PointID  string     `json:"point_id"`
	At       *time.Time `json:"at"`
	By       string     `json:"by"`
}

type wishOut struct {
	ID      string     `json:"id"`
	Text    string     `json:"text"`
	SaidBy  string     `json:"said_by"`
	SaidAt  *time.Time `json:"said_at"`
	Verdict string     `json:"verdict" doc:"in, out, or empty while it waits"`
	PointID string     `json:"point_id,omitempty"`
}

type planShootIn struct {
	ID
	Body shootDoc
}

type callIn struct {
	ID
	Body struct {
		Kind     string `json:"kind" enum:"talent,contact,staff"`
		PersonID string `json:"person_id"`
		Time     string `json:"time" doc:"on the place's clock, 07:30"`
	}
}

type filmIn struct {
	ID
	Body struct {
		TalentID string   `json:"talent_id"`
		Points   []string `json:"points"`
	}
}

type noteWishIn struct {
	ID
	Body struct {
		Text   string `json:"text"`
		SaidBy string `json:"said_by"`
	}
}

type ruleWishIn struct {
	ID
	WishID string `path:"wish"`
	Body   struct {
		PointID string `json:"point_id,omitempty" doc:"the point that holds it; left out: outside the brief"`
	}
}

func (a *API) showShoot(ctx context.Context, actor access.Actor, in *ID) (shootDayOut, error) {
	d, err := a.Shoot.Day(ctx, actor, in.ID)
	return shootDayOut{shootWire(d.Shoot),
		list(d.Calls, func(c shoot.Call) callOut {
			return callOut{c.ID, string(c.Kind), c.PersonID, c.Name, instant(c.At), c.Zone}
		}),
		list(d.Ticks, func(t shoot.Tick) tickOut { return tickOut{t.TalentID, t.PointID, instant(t.At), t.By} }),
		list(d.Wishes, func(w shoot.Wish) wishOut {
			return wishOut{w.ID, w.Text, w.SaidBy, instant(w.SaidAt), string(w.Verdict), w.PointID}
		}),
	}, err
}

func registerShoots(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/shoots", "shoot.see", "Shoot days of a campaign", func(ctx context.Context, actor access.Actor, in *ID) (Page[shootOut], error) {
		days, err := a.Shoot.Days(ctx, actor, in.ID)
		return Page[shootOut]{Items: list(days, shootWire)}, err
	})
	op(a, http.MethodPost, "/campaigns/{id}/shoots", "shoot.edit", "Plan a shoot day", func(ctx context.Context, actor access.Actor, in *planShootIn) (shootOut, error) {
		s, err := a.Shoot.Plan(ctx, actor, shoot.Shoot{CampaignID: in.ID.ID, On: worktime.Date(in.Body.On), Zone: in.Body.Zone, Place: in.Body.Place, MapURL: in.Body.MapURL, Bring: in.Body.Bring})
		return shootWire(s), err
	})
	op(a, http.MethodGet, "/shoots/{id}", "shoot.see", "A shoot day with calls, what is filmed and wishes", a.showShoot)
	op(a, http.MethodPost, "/shoots/{id}/calls", "shoot.edit", "Call a person", func(ctx context.Context, actor access.Actor, in *callIn) (done, error) {
		return done{true}, a.Shoot.Call(ctx, actor, in.ID.ID, shoot.Kind(in.Body.Kind), in.Body.PersonID, in.Body.Time)
	})
	op(a, http.MethodPost, "/shoots/{id}/filmed", "shoot.edit", "Keep which points were filmed of a talent", func(ctx context.Context, actor access.Actor, in *filmIn) (done, error) {
		return done{true}, a.Shoot.Film(ctx, actor, in.ID.ID, in.Body.TalentID, in.Body.Points)
	})
	op(a, http.MethodPost, "/shoots/{id}/wishes", "shoot.edit", "Note a wish said on set", func(ctx context.Context, actor access.Actor, in *noteWishIn) (done, error) {
		return done{true}, a.Shoot.NoteWish(ctx, actor, in.ID.ID, in.Body.Text, in.Body.SaidBy)
	})
	op(a, http.MethodPost, "/shoots/{id}/wishes/{wish}/verdicts", "shoot.edit", "Mark a wish in or out of the brief", func(ctx context.Context, actor access.Actor, in *ruleWishIn) (done, error) {
		v := shoot.Out
		if in.Body.PointID != "" {
			v = shoot.In
		}
		return done{true}, a.Shoot.RuleWish(ctx, actor, in.ID.ID, in.WishID, v, in.Body.PointID)
	})
}
