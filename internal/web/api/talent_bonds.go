package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// contractIn is an exclusivity as given by a program.
type contractIn struct {
	Holder     string   `json:"holder" doc:"agency, other or client"`
	HolderName string   `json:"holder_name,omitempty"`
	ClientID   string   `json:"client_id,omitempty"`
	Territory  []string `json:"territory,omitempty" doc:"ISO 3166-1 alpha-2; none: everywhere"`
	Categories []string `json:"categories,omitempty" doc:"none: all"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	NoticeOn   string   `json:"notice_on,omitempty"`
	ShareBp    int64    `json:"share_bp,omitempty" doc:"the agency's commission in basis points"`
	Note       string   `json:"note,omitempty"`
}

type contractOut struct {
	ID       string `json:"id"`
	TalentID string `json:"talent_id"`
	contractIn
}

func contractWire(x talent.Exclusivity) contractOut {
	return contractOut{x.ID, x.TalentID, contractIn{string(x.Holder), x.HolderName, x.ClientID, x.Territory, x.Categories, string(x.From), string(x.To), string(x.NoticeOn), x.ShareBp, x.Note}}
}

type addContractIn struct {
	ID
	Body contractIn
}

func (a *API) addContract(ctx context.Context, actor access.Actor, in *addContractIn) (contractOut, error) {
	b := in.Body
	x, err := a.Talent.AddContract(ctx, actor, talent.Exclusivity{TalentID: in.ID.ID, Holder: talent.Holder(b.Holder), HolderName: b.HolderName, ClientID: b.ClientID,
		Territory: b.Territory, Categories: b.Categories, From: worktime.Date(b.From), To: worktime.Date(b.To), NoticeOn: worktime.Date(b.NoticeOn), ShareBp: b.ShareBp, Note: b.Note})
	return contractWire(x), err
}

type endContractIn struct {
	partIn
	Body struct {
		To  string `json:"to" doc:"the last day"`
		Why string `json:"why,omitempty"`
	}
}

// rightIn is a usage right; its code is sealed and never given back.
type rightIn struct {
	HolderName string   `json:"holder_name"`
	Title      string   `json:"title" doc:"which content"`
	Category   string   `json:"category,omitempty"`
	Channels   []string `json:"channels,omitempty" doc:"social, website, marketplace, ads, outdoor, print, tv"`
	Territory  []string `json:"territory,omitempty"`
	From       string   `json:"from"`
	To         string   `json:"to,omitempty" doc:"left out: without end"`
	Paid       bool     `json:"paid,omitempty" doc:"may be advertised"`
	CodeKind   string   `json:"code_kind,omitempty" doc:"spark or partner"`
	CodeUntil  string   `json:"code_until,omitempty"`
	Note       string   `json:"note,omitempty"`
}

type rightOut struct {
	ID         string `json:"id"`
	TalentID   string `json:"talent_id"`
	CampaignID string `json:"campaign_id,omitempty"`
	rightIn
	CodeEnd string `json:"code_end,omitempty" doc:"the last characters of the code"`
	Version int64  `json:"version"`
}

func rightWire(u talent.UsageRight) rightOut {
	return rightOut{u.ID, u.TalentID, u.CampaignID, rightIn{u.HolderName, u.Title, u.Category, u.Channels, u.Territory, string(u.From), string(u.To), u.Paid,
		string(u.CodeKind), string(u.CodeUntil), u.Note}, u.CodeEnd, u.Version}
}

type addRightIn struct {
	ID
	Body struct {
		rightIn
		Code string `json:"code,omitempty"`
	}
}

func (a *API) addRight(ctx context.Context, actor access.Actor, in *addRightIn) (rightOut, error) {
	b := in.Body
	u, err := a.Talent.AddRight(ctx, actor, talent.NewRight{Code: b.Code, Right: talent.UsageRight{TalentID: in.ID.ID, HolderName: b.HolderName, Title: b.Title, Category: b.Category,
		Channels: b.Channels, Territory: b.Territory, From: worktime.Date(b.From), To: worktime.Date(b.To), Paid: b.Paid, CodeKind: talent.CodeKind(b.CodeKind),
		CodeUntil: worktime.Date(b.CodeUntil), Note: b.Note}})
	return rightWire(u), err
}

type registerIn struct {
	From string `query:"from" doc:"first day"`
	To   string `query:"to" doc:"last day"`
}

type registerOut struct {
	Rights    []rightOut    `json:"rights"`
	Contracts []contractOut `json:"contracts"`
}

func (a *API) rights(ctx context.Context, actor access.Actor, in *registerIn) (registerOut, error) {
	r, err := a.Talent.Ending(ctx, actor, worktime.Date(in.From), worktime.Date(in.To))
	return registerOut{list(r.Rights, rightWire), list(r.Contracts, contractWire)}, err
}

type rivalIn struct {
	ID
	Body struct {
		Brand  string `json:"brand"`
		SeenOn string `json:"seen_on"`
		Link   string `json:"link,omitempty"`
		Note   string `json:"note,omitempty"`
	}
}

type audienceIn struct {
	partIn
	Body struct {
		Kind   string `json:"kind" doc:"country, age or gender"`
		Shares string `json:"shares" doc:"one value a line: ID 62%"`
		On     string `json:"on"`
		Source string `json:"source,omitempty"`
	}
}

type settleFactIn struct {
	partIn
	Body struct {
		Excuse bool   `json:"excuse" doc:"true: it never counts"`
		Words  string `json:"words" doc:"for the talent"`
	}
}

func registerTalentBonds(a *API) {
	op(a, http.MethodGet, "/rights", "right.see", "Rights and contracts that end in a span of days", a.rights)
	op(a, http.MethodPost, "/talents/{id}/contracts", "talent.edit", "Keep an exclusive contract; one that overlaps another is refused", a.addContract)
	op(a, http.MethodPost, "/talents/{id}/contracts/{part}/end", "talent.edit", "End an exclusive contract on a day", func(ctx context.Context, actor access.Actor, in *endContractIn) (done, error) {
		return done{true}, a.Talent.EndContract(ctx, actor, in.ID.ID, in.Part, worktime.Date(in.Body.To), in.Body.Why)
	})
	op(a, http.MethodPost, "/talents/{id}/rights", "right.edit", "Register a usage right", a.addRight)
	op(a, http.MethodPost, "/talents/{id}/rivals", "talent.edit", "Note that a talent was seen with a rival", func(ctx context.Context, actor access.Actor, in *rivalIn) (done, error) {
		_, err := a.Talent.SeeRival(ctx, actor, talent.RivalSeen{TalentID: in.ID.ID, Brand: in.Body.Brand, SeenOn: worktime.Date(in.Body.SeenOn), Link: in.Body.Link, Note: in.Body.Note})
		return done{true}, err
	})
	op(a, http.MethodPut, "/talents/{id}/accounts/{part}/audience", "talent.edit", "Set who watches an account", func(ctx context.Context, actor access.Actor, in *audienceIn) (done, error) {
		return done{true}, a.Talent.SetAudience(ctx, actor, talent.SetAudience{TalentID: in.ID.ID, AccountID: in.Part, Kind: talent.AudienceKind(in.Body.Kind),
			Shares: in.Body.Shares, On: worktime.Date(in.Body.On), Source: in.Body.Source})
	})
	op(a, http.MethodPost, "/talents/{id}/facts/{part}/decision", "talent.settle", "Decide about a fact of a talent's record", func(ctx context.Context, actor access.Actor, in *settleFactIn) (done, error) {
		return done{true}, a.Talent.SettleFact(ctx, actor, talent.SettleFact{TalentID: in.ID.ID, FactID: in.Part, Excuse: in.Body.Excuse, Words: in.Body.Words})
	})
}
