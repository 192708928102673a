package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/talent"
)

// BulkIn is a change of many talents; what is left out stays.
type BulkIn struct {
	Talents          []string `json:"talents" doc:"ids, at most 500"`
	AddTags          []string `json:"add_tags,omitempty"`
	RemoveTags       []string `json:"remove_tags,omitempty"`
	AddCategories    []string `json:"add_categories,omitempty"`
	RemoveCategories []string `json:"remove_categories,omitempty"`
	AddLanguages     []string `json:"add_languages,omitempty"`
	Status           string   `json:"status,omitempty" doc:"free, preferred, exclusive or blocked"`
	StatusReason     string   `json:"status_reason,omitempty"`
	ManagerName      string   `json:"manager_name,omitempty"`
	City             string   `json:"city,omitempty"`
}

func (in BulkIn) bulk() talent.Bulk {
	return talent.Bulk{AddTags: in.AddTags, RemoveTags: in.RemoveTags, AddCategories: in.AddCategories, RemoveCategories: in.RemoveCategories, AddLanguages: in.AddLanguages,
		Status: talent.Status(in.Status), StatusReason: in.StatusReason, ManagerName: in.ManagerName, City: in.City}
}

type bulkIn struct{ Body BulkIn }

type bulkLineOut struct {
	TalentID string `json:"talent_id"`
	Name     string `json:"name"`
	Version  int64  `json:"version" doc:"to be sent with the change"`
	Changes  bool   `json:"changes"`
	Code     string `json:"code,omitempty" doc:"what keeps this one as it is"`
}

type applyBulkIn struct {
	Body struct {
		BulkIn
		Versions map[string]int64 `json:"versions" doc:"of each talent as the preview gave it; those without one stay as they are"`
	}
}

type viewIn struct {
	Body struct {
		Name   string `json:"name"`
		Query  string `json:"query" doc:"of the address of the list"`
		Shared bool   `json:"shared,omitempty"`
	}
}

type viewOut struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Query  string `json:"query"`
	Shared bool   `json:"shared"`
	Mine   bool   `json:"mine"`
}

func viewWire(actor access.Actor) func(talent.View) viewOut {
	return func(v talent.View) viewOut { return viewOut{v.ID, v.Name, v.Query, v.Shared, v.OwnerID == actor.ID} }
}

type consentIn struct {
	ID
	Body struct {
		How string `json:"how" doc:"the talent's words, or where the yes was said"`
	}
}

type onePageIn struct {
	ID
	Body struct {
		Lang string `json:"lang" enum:"id,en"`
	}
}

type onePageOut struct {
	ID    string     `json:"id"`
	Path  string     `json:"path" doc:"of the page, with its secret; given this once"`
	Until *time.Time `json:"until"`
}

func registerTalentLists(a *API) {
	op(a, http.MethodPost, "/talent-bulk/preview", "talent.bulk", "What a change of many talents would do; nothing is kept", func(ctx context.Context, actor access.Actor, in *bulkIn) (Page[bulkLineOut], error) {
		lines, err := a.Talent.PreviewBulk(ctx, actor, in.Body.Talents, in.Body.bulk())
		return Page[bulkLineOut]{Items: list(lines, func(l talent.BulkLine) bulkLineOut {
			return bulkLineOut{l.Before.ID, l.Before.Name, l.Before.Version, l.Changes(), l.Code}
		})}, err
	})
	op(a, http.MethodPost, "/talent-bulk", "talent.bulk", "Change many talents at once, as the preview showed", func(ctx context.Context, actor access.Actor, in *applyBulkIn) (countOut, error) {
		var seen []talent.Seen
		for _, id := range in.Body.Talents {
			if v, ok := in.Body.Versions[id]; ok {
				seen = append(seen, talent.Seen{ID: id, Version: v})
			}
		}
		n, err := a.Talent.ApplyBulk(ctx, actor, seen, in.Body.bulk())
		return countOut{n}, err
	})
	op(a, http.MethodGet, "/talent-views", "match.search", "Saved views of the talents' list: your own and the shared ones", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[viewOut], error) {
		all, err := a.Talent.Views(ctx, actor)
		return Page[viewOut]{Items: list(all, viewWire(actor))}, err
	})
	op(a, http.MethodPost, "/talent-views", "match.search", "Save a view of the talents' list", func(ctx context.Context, actor access.Actor, in *viewIn) (viewOut, error) {
		v, err := a.Talent.SaveView(ctx, actor, in.Body.Name, in.Body.Query, in.Body.Shared)
		return viewWire(actor)(v), err
	})
	op(a, http.MethodDelete, "/talent-views/{id}", "match.search", "Take your own view away", func(ctx context.Context, actor access.Actor, in *ID) (doneOut, error) {
		return acted(a.Talent.RemoveView(ctx, actor, in.ID))
	})
	op(a, http.MethodPut, "/talents/{id}/consent", "talent.edit", "Keep a talent's yes to be shown to clients", func(ctx context.Context, actor access.Actor, in *consentIn) (doneOut, error) {
		return acted(a.Talent.GiveConsent(ctx, actor, in.ID.ID, in.Body.How))
	})
	op(a, http.MethodDelete, "/talents/{id}/consent", "talent.edit", "Take the yes back; the links to the one page stop at once", func(ctx context.Context, actor access.Actor, in *ID) (doneOut, error) {
		return acted(a.Talent.WithdrawConsent(ctx, actor, in.ID))
	})
	op(a, http.MethodPost, "/talents/{id}/sheets", "talent.edit", "Make a link to a talent's one page", func(ctx context.Context, actor access.Actor, in *onePageIn) (onePageOut, error) {
		token, l, err := a.Talent.MakeSheet(ctx, actor, in.ID.ID, in.Body.Lang)
		return onePageOut{l.ID, "/s/" + token, instant(l.Until)}, err
	})
	op(a, http.MethodDelete, "/talents/{id}/sheets/{part}", "talent.edit", "Stop a link to a talent's one page", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Part string `path:"part"`
	}) (doneOut, error) {
		return acted(a.Talent.WithdrawSheet(ctx, actor, in.ID.ID, in.Part))
	})
}
