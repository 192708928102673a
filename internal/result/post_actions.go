package result

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/review"
)

// EnterPost is a pasted link for a deliverable.
type EnterPost struct {
	DeliverableID string
	URL           string
	PostedAt      time.Time // zero: as the id says, else now
}

// EnterPost keeps the link of published content, checked at once. What a person
// must look at is flagged, not refused. Right: post.enter.
// Faults: post.*, not-found.
func (s *Service) EnterPost(ctx context.Context, actor access.Actor, req EnterPost) (p Post, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		p, err = enterPost(ctx, tx, actor, req)
		return err
	})
	return p, err
}

func enterPost(ctx context.Context, tx *db.Tx, actor access.Actor, req EnterPost) (Post, error) {
	d, err := review.LoadDeliverable(ctx, tx, req.DeliverableID)
	if err != nil {
		return Post{}, err
	}
	if err := actor.Require("post.enter", ownerOf(actor, d.CampaignID, d.ClientID, d.TalentID)); err != nil {
		return Post{}, err
	}
	owed, err := loadOwed(ctx, tx, d)
	if err != nil {
		return Post{}, err
	}
	p, err := CheckPost(owed, Entry{URL: req.URL, PostedAt: req.PostedAt}, tx.Now())
	if err != nil {
		return Post{}, err
	}
	if err := unused(ctx, tx, p); err != nil {
		return Post{}, err
	}
	p.ID, p.EnteredBy, p.EnteredVia, p.Revision = tx.NewID(), actor.Name, actor.Kind, 1
	if err := insertPost(ctx, tx, p); err != nil {
		return Post{}, err
	}
	return p, afterPost(ctx, tx, actor, p)
}

// unused refuses a link that is somebody's already, and a second post for one deliverable.
// The answer does not say whose: a talent may not learn of another.
func unused(ctx context.Context, tx *db.Tx, p Post) error {
	other, used, err := postByKey(ctx, tx, p.Platform, p.PlatformID)
	if err != nil {
		return err
	}
	if used && other.DeliverableID != p.DeliverableID {
		return ErrPostUsed
	}
	there, err := found(second(PostOf(ctx, tx, p.DeliverableID)))
	if err != nil {
		return err
	}
	if there {
		return ErrPostThere
	}
	return nil
}

func second[T any](_ T, err error) error { return err }

func afterPost(ctx context.Context, tx *db.Tx, actor access.Actor, p Post) error {
	err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "post.enter", Subject: "post", ID: p.ID, Campaign: p.CampaignID, Client: p.ClientID, Talent: p.TalentID,
		After: map[string]any{"url": p.URL, "flags": p.Flags, "posted_at": p.PostedAt, "deliverable": p.DeliverableID}})
	if err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, Posted{p.ID, p.DeliverableID, p.BookingID, p.CampaignID, p.TalentID}); err != nil {
		return err
	}
	if err := postFact(ctx, tx, p); err != nil {
		return err
	}
	for _, c := range CallsOf(p) {
		if err := job.Enqueue(ctx, tx, InsightDue{p.ID, c.Name}, job.After(c.At), job.Unique(p.ID+"/"+c.Name)); err != nil {
			return err
		}
	}
	if err := recheckNext(ctx, tx, p, p.PostedAt); err != nil {
		return err
	}
	if err := tellDelivered(ctx, tx, p.BookingID); err != nil {
		return err
	}
	return announceAllPosted(ctx, tx, p.CampaignID)
}

// tellDelivered tells casting once everything owed under a booking is live: its
// talent is free again, and nothing of it is at risk.
func tellDelivered(ctx context.Context, tx *db.Tx, bookingID string) error {
	owed, err := review.ListDeliverablesOf(ctx, tx, bookingID)
	if err != nil {
		return err
	}
	posts, err := ListPostsOfBooking(ctx, tx, bookingID)
	if err != nil {
		return err
	}
	live := map[string]bool{}
	for _, p := range posts {
		live[p.DeliverableID] = p.Live()
	}
	for _, d := range owed {
		if d.ClosedAt.IsZero() && !live[d.ID] {
			return nil
		}
	}
	return casting.Delivered(ctx, tx, bookingID, tx.Now())
}

// announceAllPosted leaves the event once everything owed by the campaign is live.
func announceAllPosted(ctx context.Context, tx *db.Tx, campaignID string) error {
	all, err := EverythingPosted(ctx, tx, campaignID)
	if err != nil || !all {
		return err
	}
	return job.Enqueue(ctx, tx, AllPosted{campaignID}, job.Unique(campaignID))
}

// PastedLink is one line of a pasted list with the deliverable it fits.
type PastedLink struct {
	Text          string
	Link          Link
	DeliverableID string // empty when none, or more than one, fits
	Fits          int
	Fault         string // code of what is wrong with the line
	Stranger      bool   // the account is nobody's who still owes content here
	Flags         []Flag // what a person will have to look at, for the deliverable that fits
	Late          time.Duration
}

// PlanPosts reads a pasted list, one link a line, and finds the deliverable of each
// by platform, account and kind. It keeps nothing. Right: post.enter.
func (s *Service) PlanPosts(ctx context.Context, actor access.Actor, campaignID, text string) (out []PastedLink, err error) {
	if err := actor.Require("post.enter", access.Owner{CampaignID: campaignID, TalentID: actor.TalentID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := loadRows(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		out = plan(text, rows)
		for i := range out {
			if err := preview(ctx, tx, &out[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// preview says of a pasted line what EnterPost would say: whether the link is used
// already, and which flags the post would carry.
func preview(ctx context.Context, tx *db.Tx, line *PastedLink) error {
	if line.Fault != "" {
		return nil
	}
	if !line.Link.Redirects() {
		_, used, err := postByKey(ctx, tx, line.Link.Platform, line.Link.ID)
		if err != nil {
			return err
		}
		if used {
			line.Fault, line.DeliverableID = ErrPostUsed.Code, ""
			return nil
		}
	}
	if line.DeliverableID == "" {
		return nil
	}
	d, err := review.LoadDeliverable(ctx, tx, line.DeliverableID)
	if err != nil {
		return err
	}
	owed, err := loadOwed(ctx, tx, d)
	if err != nil {
		return err
	}
	p, err := CheckPost(owed, Entry{URL: line.Text}, tx.Now())
	if err != nil {
		line.Fault, line.DeliverableID = fault.CodeOf(err), ""
		return nil //nolint:nilerr // the line's own answer
	}
	line.Flags, line.Late = p.Flags, p.Late()
	return nil
}

// maxPaste is how many links one paste may hold.
const maxPaste = 200

func plan(text string, rows []PostRow) []PastedLink {
	var out []PastedLink
	taken := map[string]bool{}
	for _, word := range strings.Fields(text) {
		if len(out) == maxPaste {
			break
		}
		if !strings.ContainsAny(word, "./") {
			continue
		}
		line := PastedLink{Text: word}
		l, err := RecognisePost(word)
		if err != nil {
			line.Fault = fault.CodeOf(err)
			out = append(out, line)
			continue
		}
		line.Link = l
		if again(out, l) {
			line.Fault = ErrPostUsed.Code
			out = append(out, line)
			continue
		}
		line.Stranger = l.Handle != "" && !slices.ContainsFunc(rows, func(r PostRow) bool {
			return r.Deliverable.Platform == l.Platform && strings.EqualFold(r.Handle, l.Handle)
		})
		fits := fitting(rows, l, taken)
		if line.Fits = len(fits); line.Fits > 0 && (line.Fits == 1 || l.Handle != "") {
			line.DeliverableID = fits[0] // the earliest promise of that account first
			taken[fits[0]] = true
		}
		out = append(out, line)
	}
	return out
}

// again says whether the same post stands in an earlier line of the paste.
func again(before []PastedLink, l Link) bool {
	return slices.ContainsFunc(before, func(b PastedLink) bool {
		return b.Fault == "" && b.Link.Platform == l.Platform && b.Link.ID == l.ID
	})
}

// fitting lists the deliverables without a post that a link can be for, best first.
func fitting(rows []PostRow, l Link, taken map[string]bool) []string {
	var exact, loose []string
	for _, r := range rows {
		d := r.Deliverable
		switch {
		case r.Post.ID != "" || taken[d.ID] || d.Platform != l.Platform || !d.ClosedAt.IsZero():
		case l.Handle != "" && !strings.EqualFold(r.Handle, l.Handle):
		case !otherFormat(d.Format, l.Kind):
			exact = append(exact, d.ID)
		default:
			loose = append(loose, d.ID)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

// AllowPost lets a flagged post stand, with a reason. Right: post.enter of staff.
func (s *Service) AllowPost(ctx context.Context, actor access.Actor, postID, reason string) error {
	return s.changePost(ctx, actor, postID, "allow", reason, func(_ *db.Tx, p *Post, now time.Time) error {
		if reason == "" {
			return ErrPostReason
		}
		p.AllowedAt, p.AllowedBy, p.AllowedWhy = now, actor.Name, reason
		return nil
	})
}

// WithdrawPost takes back a link entered by mistake; link and deliverable are free
// again. Refused once its numbers are verified. Right: post.enter.
func (s *Service) WithdrawPost(ctx context.Context, actor access.Actor, postID, reason string) error {
	return s.changePost(ctx, actor, postID, "withdraw", reason, func(tx *db.Tx, p *Post, now time.Time) error {
		if reason == "" {
			return ErrPostReason
		}
		list, err := ListInsightsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, i := range list {
			if i.Proves() {
				return ErrPostLocked
			}
		}
		p.WithdrawnAt, p.WithdrawnWhy = now, reason
		return nil
	})
}

// MarkGone keeps that a post was found deleted or private, or that it is back.
func (s *Service) MarkGone(ctx context.Context, actor access.Actor, postID string, gone bool, note string) error {
	return s.changePost(ctx, actor, postID, "gone", note, func(tx *db.Tx, p *Post, now time.Time) error {
		p.GoneAt = time.Time{}
		if gone {
			p.GoneAt = now
		}
		return insertLiveCheck(ctx, tx, LiveCheck{ID: tx.NewID(), PostID: p.ID, Key: CheckOnline, OK: !gone, Note: note, By: actor.Name, At: now})
	})
}

// ResolvePost puts the full link in the place of a short one.
func (s *Service) ResolvePost(ctx context.Context, actor access.Actor, postID, url string) error {
	return s.changePost(ctx, actor, postID, "resolve", "", func(tx *db.Tx, p *Post, now time.Time) error {
		d, err := review.LoadDeliverable(ctx, tx, p.DeliverableID)
		if err != nil {
			return err
		}
		owed, err := loadOwed(ctx, tx, d)
		if err != nil {
			return err
		}
		q, err := CheckPost(owed, Entry{URL: url, PostedAt: p.PostedAt}, now)
		if err != nil {
			return err
		}
		if q.Has(FlagShort) {
			return ErrPostFrame
		}
		other, used, err := postByKey(ctx, tx, q.Platform, q.PlatformID)
		if err != nil {
			return err
		}
		if used && other.ID != p.ID {
			return ErrPostUsed
		}
		p.Kind, p.PlatformID, p.Handle, p.URL, p.Flags = q.Kind, q.PlatformID, q.Handle, q.URL, q.Flags
		return nil
	})
}

// LookAtPost keeps what a person of the agency saw on the live post (A53).
func (s *Service) LookAtPost(ctx context.Context, actor access.Actor, postID string, looks []LiveCheck) error {
	return s.changePost(ctx, actor, postID, "look", "", func(tx *db.Tx, p *Post, _ time.Time) error {
		return keepLooks(ctx, tx, p, actor.Name, looks)
	})
}

func keepLooks(ctx context.Context, tx *db.Tx, p *Post, by string, looks []LiveCheck) error {
	for _, c := range looks {
		c.ID, c.PostID, c.By, c.At = tx.NewID(), p.ID, by, tx.Now()
		if c.Note = strings.TrimSpace(c.Note); !c.OK && c.Note == "" {
			return ErrPostReason
		}
		if err := insertLiveCheck(ctx, tx, c); err != nil {
			return err
		}
		p.looked(c)
	}
	return nil
}

// changePost loads, checks the right, changes, saves and leaves the audit entry.
// Only people of the agency change a post that is there; a talent may withdraw the own.
func (s *Service) changePost(ctx context.Context, actor access.Actor, id, act, reason string, change func(tx *db.Tx, p *Post, now time.Time) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPost(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require("post.enter", ownerOf(actor, p.CampaignID, p.ClientID, p.TalentID)); err != nil {
			return err
		}
		if !actor.IsStaff() && act != "withdraw" && actor.Role != access.SystemRole {
			return access.ErrForbidden
		}
		before := p
		if err := change(tx, &p, tx.Now()); err != nil {
			return err
		}
		if err := savePost(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "post." + act, Subject: "post", ID: p.ID, Campaign: p.CampaignID, Client: p.ClientID, Talent: p.TalentID,
			Before: map[string]any{"url": before.URL, "flags": before.Flags}, After: map[string]any{"url": p.URL, "flags": p.Flags}, Reason: reason})
	})
}

// EverythingPosted says whether each deliverable the campaign still owes is live, and
// each wanted slot has an active booking with its deliverables.
func EverythingPosted(ctx context.Context, tx *db.Tx, campaignID string) (bool, error) {
	list, err := review.ListDeliverables(ctx, tx, campaignID)
	if err != nil {
		return false, err
	}
	posts, err := ListPosts(ctx, tx, campaignID)
	if err != nil {
		return false, err
	}
	has := map[string]bool{}
	for _, p := range posts {
		has[p.DeliverableID] = true
	}
	booked := map[string]bool{}
	for _, d := range list {
		if d.ClosedAt.IsZero() && !has[d.ID] {
			return false, nil
		}
		if d.ClosedAt.IsZero() {
			booked[d.BookingID] = true
		}
	}
	return slotsFilled(ctx, tx, campaignID, booked)
}

func slotsFilled(ctx context.Context, tx *db.Tx, campaignID string, booked map[string]bool) (bool, error) {
	bookings, err := casting.ListBookings(ctx, tx, campaignID)
	if err != nil {
		return false, err
	}
	filled := map[string]bool{}
	for _, b := range bookings {
		if b.Active() && !booked[b.ID] {
			return false, nil // its deliverables are still being made
		}
		filled[b.SlotID] = filled[b.SlotID] || b.Active()
	}
	wanted, err := wantedSlots(ctx, tx, campaignID)
	if err != nil {
		return false, err
	}
	for _, id := range wanted {
		if !filled[id] {
			return false, nil
		}
	}
	return len(booked) > 0, nil
}
