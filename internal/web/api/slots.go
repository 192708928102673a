package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/worktime"
)

// SlotDoc is a place for one talent as given by a program.
type SlotDoc struct {
	CampaignID   string           `json:"campaign_id"`
	Name         string           `json:"name,omitempty"`
	Deliverables []DeliverableDoc `json:"deliverables"`
	Budget       Amount           `json:"budget" doc:"most that the talent may cost"`
	Price        Amount           `json:"price" doc:"what the client pays"`
	DraftOn      string           `json:"draft_on" format:"date"`
	PostOn       string           `json:"post_on" format:"date"`
	Conditions   ConditionsDoc    `json:"conditions,omitempty"`
}

// DeliverableDoc is what one talent makes, so many of one format.
type DeliverableDoc struct {
	Platform string `json:"platform" example:"tiktok"`
	Format   string `json:"format" example:"video"`
	Count    int64  `json:"count"`
}

// ConditionsDoc says whom a slot is for.
type ConditionsDoc struct {
	Country      string   `json:"country,omitempty"`
	Lang         string   `json:"lang,omitempty"`
	Tier         string   `json:"tier,omitempty"`
	MinFollowers int64    `json:"min_followers,omitempty"`
	MaxFollowers int64    `json:"max_followers,omitempty"`
	Tags         []string `json:"tags,omitempty"`
	Categories   []string `json:"categories,omitempty"`
	Excluded     []string `json:"excluded,omitempty" doc:"talent ids"`
	Note         string   `json:"note,omitempty"`
}

func (in SlotDoc) slot(id string, version int64) campaign.Slot {
	c := in.Conditions
	return campaign.Slot{ID: id, Version: version, CampaignID: in.CampaignID, Name: in.Name, Budget: in.Budget.money(), Price: in.Price.money(),
		Deliverables: list(in.Deliverables, func(d DeliverableDoc) campaign.Deliverable {
			return campaign.Deliverable{Platform: d.Platform, Format: d.Format, Count: d.Count}
		}),
		DraftOn: worktime.Date(in.DraftOn), PostOn: worktime.Date(in.PostOn),
		Conditions: campaign.Conditions{Country: c.Country, Lang: c.Lang, Tier: c.Tier, MinFollowers: c.MinFollowers, MaxFollowers: c.MaxFollowers,
			Tags: c.Tags, Categories: c.Categories, Excluded: c.Excluded, Note: c.Note}}
}

type slotOut struct {
	ID     string `json:"id"`
	Number int64  `json:"number"`
	SlotDoc
	Free      bool       `json:"free" doc:"a replacement under the guarantee"`
	DroppedAt *time.Time `json:"dropped_at"`
	Version   int64      `json:"version"`
}

func slotWire(s campaign.Slot) slotOut {
	c := s.Conditions
	return slotOut{s.ID, s.Number, SlotDoc{s.CampaignID, s.Name, list(s.Deliverables, func(d campaign.Deliverable) DeliverableDoc {
		return DeliverableDoc{d.Platform, d.Format, d.Count}
	}), amount(s.Budget), amount(s.Price), string(s.DraftOn), string(s.PostOn),
		ConditionsDoc{c.Country, c.Lang, c.Tier, c.MinFollowers, c.MaxFollowers, c.Tags, c.Categories, c.Excluded, c.Note}}, s.Free, instant(s.DroppedAt), s.Version}
}

type newSlotsIn struct {
	Body struct {
		SlotDoc
		Count int64 `json:"count,omitempty" default:"1" doc:"how many equal slots"`
	}
}

type editSlotIn struct {
	ID
	Body struct {
		SlotDoc
		Version int64 `json:"version"`
	}
}

type slotsIn struct {
	CampaignID string `query:"campaign_id" required:"true"`
}

// PlaybookDoc is a way of working as given by a program.
type PlaybookDoc struct {
	Key     string    `json:"key"`
	NameID  string    `json:"name_id"`
	NameEN  string    `json:"name_en,omitempty"`
	NoteID  string    `json:"note_id,omitempty"`
	NoteEN  string    `json:"note_en,omitempty"`
	Works   []WorkDoc `json:"works"`
	Retired bool      `json:"retired,omitempty"`
	Version int64     `json:"version,omitempty" doc:"0 for a new one"`
}

// WorkDoc is one work of a playbook.
type WorkDoc struct {
	Kind   string `json:"kind"`
	NameID string `json:"name_id"`
	NameEN string `json:"name_en,omitempty"`
	Role   string `json:"role"`
	Offset int64  `json:"offset" doc:"the owner's working days from the campaign's start"`
	Days   int64  `json:"days"`
}

func (in PlaybookDoc) playbook() campaign.Playbook {
	return campaign.Playbook{Key: in.Key, NameID: in.NameID, NameEN: in.NameEN, NoteID: in.NoteID, NoteEN: in.NoteEN, Retired: in.Retired, Version: in.Version,
		Works: list(in.Works, func(w WorkDoc) campaign.PlaybookWork { return campaign.PlaybookWork(w) })}
}

func playbookWire(p campaign.Playbook) PlaybookDoc {
	return PlaybookDoc{p.Key, p.NameID, p.NameEN, p.NoteID, p.NoteEN, list(p.Works, func(w campaign.PlaybookWork) WorkDoc { return WorkDoc(w) }), p.Retired, p.Version}
}

type playbookIn struct{ Body PlaybookDoc }

func registerSlots(a *API) {
	op(a, http.MethodGet, "/slots", "campaign.see", "Slots of a campaign by number", func(ctx context.Context, actor access.Actor, in *slotsIn) (Page[slotOut], error) {
		_, found, err := a.Campaign.Slots(ctx, actor, in.CampaignID)
		return Page[slotOut]{Items: list(found, slotWire)}, err
	})
	op(a, http.MethodPost, "/slots", "slot.edit", "Open equal slots, each for one talent", func(ctx context.Context, actor access.Actor, in *newSlotsIn) (Page[slotOut], error) {
		made, err := a.Campaign.AddSlots(ctx, actor, in.Body.slot("", 0), in.Body.Count)
		return Page[slotOut]{Items: list(made, slotWire)}, err
	})
	op(a, http.MethodGet, "/slots/{id}", "campaign.see", "One slot", func(ctx context.Context, actor access.Actor, in *ID) (slotOut, error) {
		s, err := a.Campaign.Slot(ctx, actor, in.ID)
		return slotWire(s), err
	})
	op(a, http.MethodPut, "/slots/{id}", "slot.edit", "Change a slot", func(ctx context.Context, actor access.Actor, in *editSlotIn) (slotOut, error) {
		s, err := a.Campaign.EditSlot(ctx, actor, in.Body.slot(in.ID.ID, in.Body.Version))
		return slotWire(s), err
	})
	op(a, http.MethodDelete, "/slots/{id}", "slot.edit", "Say that a slot is no longer wanted", func(ctx context.Context, actor access.Actor, in *ID) (slotOut, error) {
		s, err := a.Campaign.DropSlot(ctx, actor, in.ID)
		return slotWire(s), err
	})
	op(a, http.MethodGet, "/playbooks", "campaign.see", "Ways of working", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[PlaybookDoc], error) {
		found, err := a.Campaign.Playbooks(ctx, actor, false)
		return Page[PlaybookDoc]{Items: list(found, playbookWire)}, err
	})
	op(a, http.MethodPost, "/playbooks", "access.settings", "Keep a way of working", func(ctx context.Context, actor access.Actor, in *playbookIn) (PlaybookDoc, error) {
		p, err := a.Campaign.EditPlaybook(ctx, actor, in.Body.playbook())
		return playbookWire(p), err
	})
}
