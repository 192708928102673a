package review

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
)

// Queue is a campaign's deliverables with whose move each is.
type Queue struct {
	Campaign string // name
	Lines    []QueueLine
	Yield    Yield // first pass, over the campaign
}

// QueueLine is one deliverable of a queue.
type QueueLine struct {
	Standing
	Talent string
}

// Drafts gives the queue of one campaign. Faults: not-found, access.forbidden.
func (s *Service) Drafts(ctx context.Context, actor access.Actor, campaignID string) (q Queue, err error) {
	if err := actor.Require("draft.see", access.Owner{}); err != nil {
		return q, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		room, err := loadRoom(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		q.Campaign = room.Name
		list, err := ListStandings(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		SortByMove(list)
		names, err := talentNames(ctx, tx, list)
		if err != nil {
			return err
		}
		for _, st := range list {
			q.Lines = append(q.Lines, QueueLine{st, names[st.Deliverable.TalentID]})
		}
		q.Yield, err = FirstPass(ctx, tx, campaignID, "", "")
		return err
	})
	return q, err
}

func talentNames(ctx context.Context, tx *db.Tx, list []Standing) (map[string]string, error) {
	var ids []string
	seen := map[string]bool{}
	for _, st := range list {
		if id := st.Deliverable.TalentID; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	people, err := talent.LoadTalents(ctx, tx, ids)
	out := map[string]string{}
	for id, t := range people {
		out[id] = t.Name
	}
	return out, err
}

// Room is everything about one deliverable that staff see.
type Room struct {
	Standing
	Campaign, Talent   string // names
	DeciderID, Decider string
	ClientZone         string
	ClientLang         string           // in which the client reads
	Contacts           []client.Contact // of the client, for a decision told in a chat
	Versions           []Version        // newest first
	Version            Version          // the one looked at
	Film               Film             // of it
	Checks             []Check          // of it
	Remarks            []Remark         // of the agency's people about it
	Points             []Point          // in force for it
	Agreed             []Point          // accepted by the client at its upload
	Rounds             []Round
	Items              []Item
	Changes            []ChangeRequest
	Approval           *Approval
	Claims             campaign.ClaimSheet  // of the brief; without a product when none is attached
	ClaimTicks         []campaign.ClaimTick // of the version looked at
	Confirmed          Confirmed            // how the approval stands for posting (R9)
	Told               Told                 // when and how it was told; zero for a click
	Uploads            []Incoming           // arriving or not yet used
	Currency           money.Currency
	FeeCurrency        money.Currency
}

// Grounds are what the looked-at version's items are ruled by.
func (r Room) Grounds() Grounds { return Grounds{InForce: r.Points, Agreed: r.Agreed} }

// DraftRoom gives the room of a deliverable, at one version or at the newest.
func (s *Service) DraftRoom(ctx context.Context, actor access.Actor, deliverableID, versionID string) (r Room, err error) {
	if err := actor.Require("draft.see", access.Owner{}); err != nil {
		return r, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if r.Standing, err = LoadStanding(ctx, tx, deliverableID); err != nil {
			return err
		}
		if err := r.fillNames(ctx, tx); err != nil {
			return err
		}
		if err := r.fillVersions(ctx, tx, versionID); err != nil {
			return err
		}
		return r.fillRounds(ctx, tx)
	})
	return r, err
}

func (r *Room) fillNames(ctx context.Context, tx *db.Tx) error {
	room, err := loadRoom(ctx, tx, r.Deliverable.CampaignID)
	if err != nil {
		return err
	}
	r.Campaign, r.DeciderID, r.Decider, r.ClientZone, r.ClientLang, r.Currency = room.Name, room.DeciderID, room.Decider, room.Zone, room.Lang, room.Currency
	if r.Contacts, err = client.ListContacts(ctx, tx, r.Deliverable.ClientID); err != nil {
		return err
	}
	t, err := talent.LoadTalent(ctx, tx, r.Deliverable.TalentID)
	if err != nil {
		return err
	}
	r.Talent = t.Name
	b, err := casting.LoadBooking(ctx, tx, r.Deliverable.BookingID)
	r.FeeCurrency = b.Fee.Currency
	return err
}

func (r *Room) fillVersions(ctx context.Context, tx *db.Tx, versionID string) (err error) {
	if r.Versions, err = ListVersions(ctx, tx, r.Deliverable.ID); err != nil {
		return err
	}
	if r.Uploads, err = listUnfinished(ctx, tx, r.Deliverable.ID); err != nil || len(r.Versions) == 0 {
		return err
	}
	r.Version = r.Versions[0]
	for _, v := range r.Versions {
		if v.ID == versionID {
			r.Version = v
		}
	}
	if versionID != "" && r.Version.ID != versionID {
		return db.ErrNotFound
	}
	if r.Film, err = loadFilm(ctx, tx, r.Version.SHA256); err != nil {
		return err
	}
	if r.Checks, err = ListChecks(ctx, tx, r.Version.ID); err != nil {
		return err
	}
	if r.Remarks, err = listRemarks(ctx, tx, r.Version.ID); err != nil {
		return err
	}
	g, err := grounds(ctx, tx, r.Deliverable, r.Version)
	r.Points, r.Agreed = g.InForce, g.Agreed
	return err
}

func (r *Room) fillRounds(ctx context.Context, tx *db.Tx) (err error) {
	if r.Rounds, err = ListRounds(ctx, tx, r.Deliverable.ID); err != nil {
		return err
	}
	if r.Items, err = ListItems(ctx, tx, r.Deliverable.ID); err != nil {
		return err
	}
	if r.Changes, err = ListChangesOf(ctx, tx, r.Deliverable.ID); err != nil {
		return err
	}
	if err := r.fillClaims(ctx, tx); err != nil {
		return err
	}
	a, err := LoadApproval(ctx, tx, r.Deliverable.ID)
	if fault.KindOf(err) == fault.NotFound && errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if r.Approval = &a; err != nil {
		return err
	}
	r.Confirmed, r.Told, err = confirmationOf(ctx, tx, r.Deliverable)
	return err
}

// GoodwillOf sums the usual prices of the wishes given free, by currency.
func GoodwillOf(items []Item, cur money.Currency) (money.Amount, error) {
	var xs []money.Amount
	for _, i := range items {
		if i.Goodwill() && !i.SentOnAt.IsZero() && i.UsualPrice.Currency == cur {
			xs = append(xs, i.UsualPrice)
		}
	}
	return money.Sum(cur, xs...)
}
