package result

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/review"
	"kolega/internal/talent"
)

// PostRow is one deliverable on the screens of posts and insights: what is owed,
// what is live and what its numbers are. It has no amount in it.
type PostRow struct {
	Deliverable review.Deliverable
	Talent      string
	Handle      string
	Followers   int64 // of the account; -1 unknown
	Zone        string
	SlotID      string
	Post        Post        // zero until posted
	Checks      []LiveCheck // the newest of each kind
	Newest      Insight     // the newest reading that stands; zero when none
	Proof       Insight     // the verified reading at measuring age; zero when none
	MeasureAt   time.Time
	Call        string // the insight clock: "", ask, last-call, alarm
	AvgViews    int64  // of the account; -1 unknown
}

// Stage is what the row waits for, in one word: the key of its text.
func (r PostRow) Stage(now time.Time) string {
	switch {
	case r.Post.ID == "" && r.Deliverable.ApprovedID == "":
		return "draft"
	case r.Post.ID == "":
		return "to-post"
	case r.Post.Doubtful():
		return "look"
	case r.Proof.ID != "":
		return "verified"
	case r.Newest.ID != "" && r.Newest.State() == StateContested:
		return "contested"
	case r.Newest.ID != "" && r.Newest.Age == AgeMeasuring:
		return "to-verify"
	case now.Before(r.MeasureAt):
		return "maturing"
	}
	return "asked"
}

// Posts lists a campaign's deliverables with their posts and numbers. Right: post.see.
func (s *Service) Posts(ctx context.Context, actor access.Actor, campaignID string) (rows []PostRow, err error) {
	if err := actor.Require("post.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err = loadRows(ctx, tx, campaignID)
		return err
	})
	return rows, err
}

// MyPosts lists what the talent of a link owes and has posted. Right: post.enter.
func (s *Service) MyPosts(ctx context.Context, actor access.Actor) (rows []PostRow, err error) {
	if err := actor.Require("post.enter", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := loadRows(ctx, tx, actor.CampaignID)
		for _, r := range all {
			if r.Deliverable.TalentID == actor.TalentID && actor.TalentID != "" {
				rows = append(rows, r)
			}
		}
		return err
	})
	return rows, err
}

// Row gives one deliverable's row. Right: post.see of staff, post.enter of the talent.
func (s *Service) Row(ctx context.Context, actor access.Actor, deliverableID string) (row PostRow, all []Insight, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := review.LoadDeliverable(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		verb := access.Verb("post.see")
		if actor.IsTalent() {
			verb = "post.enter"
		}
		if err := actor.Require(verb, ownerOf(actor, d.CampaignID, d.ClientID, d.TalentID)); err != nil {
			return err
		}
		rows, err := loadRows(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Deliverable.ID == deliverableID {
				row = r
			}
		}
		if row.Post.ID == "" {
			return nil
		}
		all, err = ListInsightsOf(ctx, tx, row.Post.ID)
		return err
	})
	return row, all, err
}

// ListRows gives a campaign's rows inside another read.
func ListRows(ctx context.Context, tx *db.Tx, campaignID string) ([]PostRow, error) {
	return loadRows(ctx, tx, campaignID)
}

// loadRows reads a campaign's rows in seven queries however many there are.
// Deliverables of a dropped booking are listed only when they have a post.
func loadRows(ctx context.Context, tx *db.Tx, campaignID string) ([]PostRow, error) {
	list, err := review.ListDeliverables(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	posts, err := ListPosts(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	insights, err := ListInsights(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	people, err := loadPeople(ctx, tx, campaignID, list)
	if err != nil {
		return nil, err
	}
	looks, err := ListLiveChecks(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	at := map[string]Post{}
	for _, p := range posts {
		at[p.DeliverableID] = p
	}
	insightsOf, looksOf := map[string][]Insight{}, map[string][]LiveCheck{}
	for _, i := range insights {
		insightsOf[i.PostID] = append(insightsOf[i.PostID], i)
	}
	for _, c := range looks {
		looksOf[c.PostID] = append(looksOf[c.PostID], c)
	}
	var rows []PostRow
	for _, d := range list {
		r := PostRow{Deliverable: d, Post: at[d.ID]}
		if r.Post.ID == "" && !d.ClosedAt.IsZero() {
			continue
		}
		people.fill(&r)
		r.fill(insightsOf[r.Post.ID], looksOf[r.Post.ID], tx.Now())
		rows = append(rows, r)
	}
	return rows, nil
}

type people struct {
	talents  map[string]talent.Talent
	accounts map[string][]talent.Account
	bookings map[string]casting.Booking
}

func loadPeople(ctx context.Context, tx *db.Tx, campaignID string, list []review.Deliverable) (p people, err error) {
	var ids []string
	seen := map[string]bool{}
	for _, d := range list {
		if !seen[d.TalentID] {
			seen[d.TalentID] = true
			ids = append(ids, d.TalentID)
		}
	}
	return peopleOf(ctx, tx, campaignID, ids)
}

// peopleOf loads the talents by id, their accounts and the campaign's bookings.
func peopleOf(ctx context.Context, tx *db.Tx, campaignID string, ids []string) (p people, err error) {
	if p.talents, err = talent.LoadTalents(ctx, tx, ids); err != nil {
		return p, err
	}
	if p.accounts, err = talent.LoadAccounts(ctx, tx, ids); err != nil {
		return p, err
	}
	bookings, err := casting.ListBookings(ctx, tx, campaignID)
	p.bookings = map[string]casting.Booking{}
	for _, b := range bookings {
		p.bookings[b.ID] = b
	}
	return p, err
}

func (p people) fill(r *PostRow) {
	d := r.Deliverable
	a := accountIn(p.accounts[d.TalentID], p.bookings[d.BookingID].AccountID, d.Platform)
	r.SlotID = p.bookings[d.BookingID].SlotID
	r.Talent, r.Zone = p.talents[d.TalentID].Name, p.talents[d.TalentID].Zone
	r.Handle, r.Followers, r.AvgViews = a.Handle, a.Followers, a.AvgViews
	if a.ID == "" {
		r.Followers, r.AvgViews = -1, -1
	}
}

// fill picks the readings and looks of the row's post.
func (r *PostRow) fill(insights []Insight, looks []LiveCheck, now time.Time) {
	if r.Post.ID == "" {
		return
	}
	r.MeasureAt = MeasuredFrom(r.Post)
	for _, i := range insights {
		if i.State() == StateReplaced {
			continue
		}
		r.Newest = i
		if i.Age == AgeMeasuring && i.Proves() {
			r.Proof = i
		}
	}
	if r.Proof.ID == "" {
		r.Call = CallAt(r.Post, now)
	}
	for _, key := range CheckKeys {
		var last LiveCheck
		for _, c := range looks {
			if c.Key == key {
				last = c
			}
		}
		if last.ID != "" {
			r.Checks = append(r.Checks, last)
		}
	}
}
