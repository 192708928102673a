package report

import (
	"context"
	"slices"
	"sort"
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
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
		out, err = datesOf(ctx, tx, campaignID, "")
		return err
	})
	out = slices.DeleteFunc(out, func(l DelayLine) bool { return l.Minutes == 0 })
	return out, err
}

// Forecasts gives the posting dates of all deliverables of a campaign as they were planned
// and as they are expected now, those that moved most first. Right and faults as Delays.
func (s *Boards) Forecasts(ctx context.Context, actor access.Actor, campaignID string) (out []DelayLine, err error) {
	if err := actor.Require("timeline.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = datesOf(ctx, tx, campaignID, "")
		return err
	})
	return out, err
}

// ClientDates gives a client's contact the posting dates of the campaign, planned and
// expected. Faults: not-found.
func (s *Boards) ClientDates(ctx context.Context, actor access.Actor) (out []ClientDate, err error) {
	if err := actor.Require("draft.watch", access.Owner{CampaignID: actor.CampaignID, ClientID: actor.ClientID}); err != nil || !actor.IsClient() {
		return nil, db.ErrNotFound
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		lines, err := datesOf(ctx, tx, actor.CampaignID, "")
		for _, d := range lines {
			out = append(out, clientDate(d, locale.For(actor.Lang, actor.Zone)))
		}
		return err
	})
	return out, err
}

// TalentShare says what the talent's own lateness did to the posting of one piece: the
// own share only (R2). "" when it did nothing. Fault: not-found.
func (s *Boards) TalentShare(ctx context.Context, actor access.Actor, deliverableID string) (sentence string, err error) {
	if err := actor.Require("draft.own", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil || !actor.IsTalent() {
		return "", db.ErrNotFound
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		lines, err := datesOf(ctx, tx, actor.CampaignID, deliverableID)
		for _, d := range lines {
			if d.Deliverable.TalentID == actor.TalentID {
				sentence = d.OwnShare(locale.For(actor.Lang, actor.Zone))
			}
		}
		return err
	})
	return sentence, err
}

// DelayWords writes the sentences about postings that moved later, for a message in a
// receiver's language and zone; "" when none did. Right and faults as Delays.
func (s *Boards) DelayWords(ctx context.Context, actor access.Actor, campaignID string, l *locale.Loc) (string, error) {
	lines, err := s.Delays(ctx, actor, campaignID)
	var b strings.Builder
	for _, d := range lines {
		if d.Minutes > 0 {
			b.WriteString("- " + d.Talent + ": " + d.Sentence(l, ReaderClient) + "\n")
		}
	}
	return strings.TrimSpace(b.String()), err
}

// datesOf gives the delay ledger of each living deliverable, or of the one named.
func datesOf(ctx context.Context, tx *db.Tx, campaignID, deliverableID string) (out []DelayLine, err error) {
	l := delayLoader{ctx: ctx, tx: tx}
	if err := l.load(campaignID); err != nil {
		return nil, err
	}
	for _, d := range l.deliverables {
		if deliverableID != "" && d.ID != deliverableID {
			continue
		}
		line, err := l.line(d)
		if err != nil {
			return nil, err
		}
		out = append(out, line)
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
	out := DelayLine{Deliverable: d, Talent: who.Name, Posted: !f.post.PostedAt.IsZero()}
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
