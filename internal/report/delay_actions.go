package report

import (
	"context"
	"slices"
	"sort"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/talent"
)

// Delays gives the delay ledgers of a campaign's deliverables that were moved, the
// longest first. Right: timeline.see, of staff. Faults: access.forbidden, not-found.
func (s *Boards) Delays(ctx context.Context, actor access.Actor, campaignID string) (out []DelayLine, err error) {
	if err := actor.Require("timeline.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = delaysOf(ctx, tx, campaignID)
		return err
	})
	return out, err
}

func delaysOf(ctx context.Context, tx *db.Tx, campaignID string) (out []DelayLine, err error) {
	l := delayLoader{ctx: ctx, tx: tx}
	if err := l.load(campaignID); err != nil {
		return nil, err
	}
	for _, d := range l.deliverables {
		line, err := l.line(d)
		if err != nil {
			return nil, err
		}
		if line.Minutes != 0 {
			out = append(out, line)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Minutes > out[j].Minutes })
	return out, nil
}

// delayLoader gathers the facts of a campaign's deliverables.
type delayLoader struct {
	ctx          context.Context
	tx           *db.Tx
	hours        hours
	deliverables []review.Deliverable
	bookings     map[string]casting.Booking
	approvals    map[string]review.Approval
	posts        map[string]result.Post
	talents      map[string]talent.Talent
}

func (l *delayLoader) load(campaignID string) error {
	c, err := campaign.LoadCampaign(l.ctx, l.tx, campaignID)
	if err != nil {
		return err
	}
	if err := l.calendars(c); err != nil {
		return err
	}
	all, err := review.ListDeliverables(l.ctx, l.tx, campaignID)
	if err != nil {
		return err
	}
	l.deliverables = slices.DeleteFunc(all, func(d review.Deliverable) bool { return !d.ClosedAt.IsZero() })
	bookings, err := casting.ListBookings(l.ctx, l.tx, campaignID)
	if err != nil {
		return err
	}
	var people []string
	l.bookings = map[string]casting.Booking{}
	for _, b := range bookings {
		l.bookings[b.ID], people = b, append(people, b.TalentID)
	}
	if l.talents, err = talent.LoadTalents(l.ctx, l.tx, people); err != nil {
		return err
	}
	return l.ends(campaignID)
}

func (l *delayLoader) ends(campaignID string) error {
	approvals, err := review.ListApprovals(l.ctx, l.tx, campaignID)
	if err != nil {
		return err
	}
	posts, err := result.ListPosts(l.ctx, l.tx, campaignID)
	if err != nil {
		return err
	}
	l.approvals, l.posts = map[string]review.Approval{}, map[string]result.Post{}
	for _, a := range approvals {
		l.approvals[a.DeliverableID] = a
	}
	for _, p := range posts {
		if p.WithdrawnAt.IsZero() {
			l.posts[p.DeliverableID] = p
		}
	}
	return nil
}

func (l *delayLoader) calendars(c campaign.Campaign) error {
	of, err := client.LoadClient(l.ctx, l.tx, c.ClientID)
	if err != nil {
		return err
	}
	if l.hours.client, err = country.Calendar(l.ctx, l.tx, of.Country, of.Zone); err != nil {
		return err
	}
	ae, err := access.LoadPerson(l.ctx, l.tx, c.AEID)
	if err != nil {
		return err
	}
	l.hours.agency, err = country.CalendarIn(l.ctx, l.tx, ae.Zone)
	return err
}

func (l *delayLoader) line(d review.Deliverable) (DelayLine, error) {
	f := pieceFacts{deliverable: d, booking: l.bookings[d.BookingID], approval: l.approvals[d.ID], post: l.posts[d.ID], hours: l.hours}
	who := l.talents[d.TalentID]
	out := DelayLine{Deliverable: d, Talent: who.Name}
	var err error
	if f.hours.talent, err = country.Calendar(l.ctx, l.tx, who.Country, who.Zone); err != nil {
		return out, err
	}
	if f.versions, err = review.ListVersions(l.ctx, l.tx, d.ID); err != nil {
		return out, err
	}
	slices.SortFunc(f.versions, func(a, b review.Version) int { return a.UploadedAt.Compare(b.UploadedAt) })
	if f.rounds, err = review.ListRounds(l.ctx, l.tx, d.ID); err != nil {
		return out, err
	}
	if f.items, err = review.ListItems(l.ctx, l.tx, d.ID); err != nil {
		return out, err
	}
	out.Steps = planOf(f)
	out.Delay, err = campaign.DelayOf(out.Steps, l.tx.Now())
	if fault.CodeOf(err) == campaign.ErrPlanHours.Code { // a calendar without working hours forecasts nothing
		return out, nil
	}
	return out, err
}
