package meeting

import (
	"context"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Sheet gives a meeting's preparation sheet, made of brand profile, past minutes, brand
// watch and competitor notes.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, id string) (sh Sheet, err error) {
	if err := actor.Require("meeting.see", access.Owner{}); err != nil {
		return sh, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		sh, err = sheetOf(ctx, tx, m)
		return err
	})
	return sh, err
}

func sheetOf(ctx context.Context, tx *db.Tx, m Meeting) (sh Sheet, err error) {
	sh.Meeting = m
	sh.Items = append(sh.Items, Item{Key: ItemGoal, Kind: ItemGoal, Lines: nonEmpty(strings.Split(m.Agenda, "\n"))})
	brands, err := brandsOf(ctx, tx, m)
	if err != nil {
		return sh, err
	}
	for _, gather := range []func(context.Context, *db.Tx, Meeting, []client.Brand) ([]Item, error){profileItems, minuteItems, watchItems} {
		items, err := gather(ctx, tx, m, brands)
		if err != nil {
			return sh, err
		}
		sh.Items = append(sh.Items, items...)
	}
	ticks, err := listTicks(ctx, tx, m.ID)
	return sh.ticked(ticks), err
}

// brandsOf are the brands that the meeting is about: the campaign's one, else the client's.
func brandsOf(ctx context.Context, tx *db.Tx, m Meeting) ([]client.Brand, error) {
	if m.CampaignID != "" {
		c, err := campaign.LoadCampaign(ctx, tx, m.CampaignID)
		if err != nil {
			return nil, err
		}
		b, err := client.LoadBrand(ctx, tx, c.BrandID)
		return []client.Brand{b}, err
	}
	if m.ClientID != "" {
		return client.ListBrands(ctx, tx, m.ClientID)
	}
	if m.DealID == "" {
		return nil, nil
	}
	o, err := client.LoadOpportunity(ctx, tx, m.DealID)
	return []client.Brand{{ID: o.BrandID, Name: o.Brand}}, err
}

func profileItems(ctx context.Context, tx *db.Tx, _ Meeting, brands []client.Brand) (out []Item, err error) {
	for _, b := range brands {
		if b.ID == "" {
			continue
		}
		all, err := client.ListProfiles(ctx, tx, b.ID)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			continue
		}
		p := all[0]
		out = append(out, Item{Key: ItemProfile + ":" + b.ID + ":" + strconv.FormatInt(p.No, 10), Kind: ItemProfile, Title: b.Name, At: p.MadeAt, Href: "/brands/" + b.ID,
			Lines: nonEmpty([]string{p.Goals, p.Audience, p.Tone, p.Forbidden, p.Habits, strings.Join(p.Persona, ", ")})})
	}
	return out, nil
}

func minuteItems(ctx context.Context, tx *db.Tx, m Meeting, _ []client.Brand) (out []Item, err error) {
	if m.ClientID == "" && m.DealID == "" {
		return nil, nil
	}
	f := Filter{ClientID: m.ClientID, To: m.Start, Newest: true, Limit: 20}
	if m.ClientID == "" {
		f.DealID = m.DealID
	}
	past, err := List(ctx, tx, f)
	if err != nil {
		return nil, err
	}
	for _, p := range past {
		lines, err := ListLines(ctx, tx, p.ID)
		if err != nil {
			return nil, err
		}
		if p.ID == m.ID || p.Cancelled() || len(lines) == 0 || len(out) == mostPast {
			continue
		}
		out = append(out, Item{Key: ItemMinutes + ":" + p.ID, Kind: ItemMinutes, Title: p.Title, At: p.Start, Href: "/meetings/" + p.ID, Lines: linesFor(lines)})
	}
	return out, nil
}

func watchItems(ctx context.Context, tx *db.Tx, m Meeting, brands []client.Brand) (out []Item, err error) {
	from := worktime.DateOf(tx.Now(), nil).AddDays(-watchDays)
	for _, b := range brands {
		notes, err := client.ListNotes(ctx, tx, client.NoteFilter{Kind: client.NoteBrand, Brand: b.Name, From: from, Limit: mostNotes})
		if err != nil {
			return nil, err
		}
		out = append(out, noteItems(ItemBrand, notes)...)
	}
	f := client.NoteFilter{Kind: client.NoteRival, ClientID: m.ClientID, From: from, Limit: mostNotes}
	if m.ClientID == "" {
		if f.DealID = m.DealID; f.DealID == "" {
			return out, nil
		}
	}
	notes, err := client.ListNotes(ctx, tx, f)
	return append(out, noteItems(ItemRival, notes)...), err
}

func noteItems(kind string, notes []client.Note) (out []Item) {
	for _, n := range notes {
		at := n.SeenOn.In(nil)
		out = append(out, Item{Key: kind + ":" + n.ID, Kind: kind, Title: n.Brand, At: at, Href: n.Link, Lines: nonEmpty([]string{n.Takeaway, n.Spend, strings.Join(n.Handles, ", ")})})
	}
	return out
}

func nonEmpty(list []string) (out []string) {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Tick keeps that somebody went through an item of the sheet, or takes it back. Fault:
// meeting.prep-gone.
func (s *Service) Tick(ctx context.Context, actor access.Actor, meetingID, item string, on bool) error {
	if err := actor.Require("meeting.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, meetingID)
		if err != nil {
			return err
		}
		sh, err := sheetOf(ctx, tx, m)
		if err != nil {
			return err
		}
		known := false
		for _, i := range sh.Items {
			known = known || i.Key == item
		}
		if !known {
			return ErrPrepGone
		}
		if on {
			if err = insertTick(ctx, tx, m.ID, Tick{item, tx.Now(), actor.Name}); err == nil {
				err = endPrep(ctx, tx, actor, m.ID)
			}
		} else {
			err = deleteTick(ctx, tx, m.ID, item)
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "meeting.edit", Subject: "preparation", ID: m.ID, Campaign: m.CampaignID, Client: m.ClientID, After: map[string]any{"item": item, "done": on}})
	})
}
