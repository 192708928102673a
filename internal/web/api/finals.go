package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
)

type finalOut struct {
	DeliverableID string     `json:"deliverable_id"`
	DraftID       string     `json:"draft_id"`
	CampaignID    string     `json:"campaign_id"`
	Campaign      string     `json:"campaign"`
	Brand         string     `json:"brand"`
	Talent        string     `json:"talent"`
	Platform      string     `json:"platform"`
	Format        string     `json:"format"`
	Number        int64      `json:"number"`
	Version       int64      `json:"version"`
	Type          string     `json:"type,omitempty"`
	Size          int64      `json:"size,omitempty"`
	SHA256        string     `json:"sha256,omitempty"`
	Link          string     `json:"link,omitempty"`
	Caption       string     `json:"caption"`
	ApprovedAt    *time.Time `json:"approved_at"`
	ApprovedBy    string     `json:"approved_by"`
	Right         string     `json:"right" enum:"none,early,runs,ended" doc:"the file can be taken only while it runs"`
	From          string     `json:"right_from,omitempty"`
	To            string     `json:"right_to,omitempty" doc:"left out: without end"`
	Paid          bool       `json:"may_be_advertised"`
	Territory     []string   `json:"territory"`
}

func finalWire(f review.Final) finalOut {
	return finalOut{f.DeliverableID, f.VersionID, f.CampaignID, f.Campaign, f.Brand, f.Talent, f.Platform, f.Format, f.Number, f.Version, f.Type, f.Size, f.SHA256, f.LinkURL, f.Caption,
		instant(f.ApprovedAt), f.By, string(f.Right), string(f.From), string(f.To), f.Paid, texts(f.Territory)}
}

type finalsIn struct {
	Campaign string `query:"campaign"`
	Search   string `query:"q"`
	Before   string `query:"before" doc:"the last draft of the page before"`
}

func registerFinals(a *API) {
	finals := func(ctx context.Context, actor access.Actor, in *finalsIn) (Page[finalOut], error) {
		found, err := a.Review.Finals(ctx, actor, review.FinalFilter{CampaignID: in.Campaign, Search: in.Search, Before: in.Before})
		return Page[finalOut]{Items: list(found, finalWire)}, err
	}
	op(a, http.MethodGet, "/finals", "draft.see", "Approved versions and what may be done with each today (B27)", finals)
	op(a, http.MethodGet, "/client-finals", "draft.watch", "A client's approved versions and what may be done with each today", finals)
}
