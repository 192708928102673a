package review

import (
	"context"
	"errors"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// ClientLine is one deliverable on a client's link: only what the client was shown.
type ClientLine struct {
	DeliverableID, Talent, Platform, Format string

	Number    int64
	Version   int64 // the client's number of the newest shown; 0 = nothing yet
	Decide    bool  // it waits for the client's decision
	Concept   bool  // a concept waits for the client's decision
	Changes   int64 // change requests that wait for the client's answer
	Approved  bool
	ReviewDue time.Time
	Since     time.Time
}

// Waits says whether the line is the client's move.
func (l ClientLine) Waits() bool { return l.Decide || l.Concept || l.Changes > 0 }

// ClientDrafts lists a client's deliverables in one campaign, what waits first.
func (s *Service) ClientDrafts(ctx context.Context, actor access.Actor) (out []ClientLine, err error) {
	if err := actor.Require("draft.watch", access.Owner{CampaignID: actor.CampaignID, ClientID: actor.ClientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListStandings(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		names, err := talentNames(ctx, tx, list)
		if err != nil {
			return err
		}
		shown, err := listShown(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		var rest []ClientLine
		for _, st := range list {
			l := clientLine(st, names[st.Deliverable.TalentID], shown[st.Deliverable.ID])
			if l.Waits() {
				out = append(out, l)
			} else {
				rest = append(rest, l)
			}
		}
		out = append(out, rest...)
		return nil
	})
	return out, err
}

func clientLine(st Standing, name string, v Version) ClientLine {
	d := st.Deliverable
	l := ClientLine{DeliverableID: d.ID, Talent: name, Platform: d.Platform, Format: d.Format, Number: d.Number, Version: v.Major,
		Decide: d.WithClientID != "", Approved: d.ApprovedID != "", ReviewDue: v.ReviewDue, Since: v.ShownAt}
	l.Concept = st.Step == StepConceptDecide
	if c := st.Change; c.ID != "" && !c.PricedAt.IsZero() && c.Client == AnswerNone {
		l.Changes = 1
	}
	return l
}

// ClientVersion is a shown version as the client sees it: whole numbers, no check.
type ClientVersion struct {
	ID, Type, FileName, LinkURL, Caption, Music string

	Number             int64
	Size               int64
	File               bool
	Hashtags, Mentions []string
	ShownAt, ReviewDue time.Time
	Film               Film
}

func clientVersion(v Version) ClientVersion {
	return ClientVersion{ID: v.ID, Number: v.Major, Type: v.Type, FileName: v.FileName, LinkURL: v.LinkURL, Size: v.Size, File: v.SHA256 != "",
		Caption: v.Caption, Music: v.Music, Hashtags: v.Hashtags, Mentions: v.Mentions, ShownAt: v.ShownAt, ReviewDue: v.ReviewDue}
}

// ClientItem is an item as the client sees it: never an internal remark.
type ClientItem struct {
	ID, Text, Author, Drawing string

	Mine           bool
	Number         int64
	AtMS, UntilMS  int64
	CreatedAt      time.Time
	ClaimedPoint   Point
	Class          Class // empty until the whole round is ruled
	Point          Point // that the ruling cites
	Because        string
	InChange       bool // part of a change request
	Closed         bool // not done, outside the brief
	SentOn         bool
	Goodwill       bool
	Usual          money.Amount
	Outcome        Outcome
	OutcomeReason  string
	Contestable    bool
	ContestText    string
	Decision       string // of the contest
	DecisionBy     string
	DecidedFor     string
	ContestPending bool
}

// ClientRound is a sent round with its items.
type ClientRound struct {
	ID, SentBy string

	Number, Version int64
	SentAt          time.Time
	Ruled           bool
	Counted         bool
	Items           []ClientItem
}

// ClientChange is a change request without anything of the talent's side.
type ClientChange struct {
	ID, Note string

	Price             money.Amount
	DraftDue, PostDue worktime.Deadline
	AnswerUntil       time.Time
	Answer            Answer
	AnsweredBy        string
	Wishes            []string
	Effective, Closed bool
	ClosedWhy         string
}

// ClientDraft is the page of one deliverable on a client's link.
type ClientDraft struct {
	DeliverableID, Campaign, Talent, Platform, Format string

	Number      int64
	Version     ClientVersion   // the one looked at
	Versions    []ClientVersion // shown ones, newest first
	CurrentID   string          // the one to be decided on; empty when it is not the client's move
	Decider     string          // who decides; empty when every contact may
	Decides     bool            // the reader is that person
	Points      []Point         // of the brief the client accepted
	Proposed    []ClientItem    // on the looked-at version, not sent
	Rounds      []ClientRound   // newest first
	Before      []ClientItem    // of the round before, with what became of each
	Changes     []ClientChange
	Used, Limit int64
	Goodwill    money.Amount
	Approved    *ClientApproval
}

// ClientApproval is the frozen decision as the client sees it.
type ClientApproval struct {
	Version   int64
	By        string
	Via       Via
	At        time.Time
	Words     string
	ObjectBy  time.Time
	Confirmed Confirmed // how it stands for posting (R9)
	ToldAt    time.Time // when it was told; zero for the person's own click
	Objected  bool
	Objection string
	Hash      string
}

// ClientDraft gives the page of a deliverable to its client, at one shown version
// or at the newest. Fault: not-found, also for a version that was never shown (R5).
func (s *Service) ClientDraft(ctx context.Context, actor access.Actor, deliverableID, versionID string) (c ClientDraft, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := LoadStanding(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		d := st.Deliverable
		if err := actor.Require("draft.watch", owner(actor, d)); err != nil {
			return err
		}
		room, err := loadRoom(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, d.TalentID)
		if err != nil {
			return err
		}
		c = ClientDraft{DeliverableID: d.ID, Campaign: room.Name, Talent: t.Name, Platform: d.Platform, Format: d.Format, Number: d.Number,
			CurrentID: d.WithClientID, Decider: room.Decider, Decides: room.DeciderID == "" || room.DeciderID == actor.ContactID, Used: st.Used, Limit: d.Limit}
		if err := c.fillVersions(ctx, tx, actor, d, versionID); err != nil {
			return err
		}
		return c.fillRounds(ctx, tx, actor, d, room)
	})
	return c, err
}

func (c *ClientDraft) fillVersions(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, versionID string) error {
	all, err := ListVersions(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	var at Version
	for _, v := range all {
		if v.ShownAt.IsZero() {
			continue
		}
		c.Versions = append(c.Versions, clientVersion(v))
		if at.ID == "" && versionID == "" || v.ID == versionID {
			at = v
		}
	}
	switch {
	case at.ID == "" && versionID != "":
		return db.ErrNotFound
	case at.ID == "":
		return nil
	}
	c.Version = clientVersion(at)
	if c.Version.Film, err = loadFilm(ctx, tx, at.SHA256); err != nil {
		return err
	}
	c.Points, err = pointsFor(ctx, tx, d, at, at.AgreedBrief, actor.Lang)
	return err
}

func (c *ClientDraft) fillRounds(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, room room) error {
	rounds, err := ListRounds(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	items, err := ListItems(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	changes, err := ListChangesOf(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	accepted := map[string]bool{}
	for _, ch := range changes {
		accepted[ch.ID] = ch.Client == AnswerYes && ch.ClosedAt.IsZero()
	}
	majors := map[string]int64{}
	for _, v := range c.Versions {
		majors[v.ID] = v.Number
	}
	for _, i := range items {
		if i.RoundID == "" && i.VersionID == c.Version.ID {
			c.Proposed = append(c.Proposed, c.item(actor, i, false, false))
		}
	}
	for _, r := range rounds {
		if r.Origin != FromClient {
			continue
		}
		cr := ClientRound{ID: r.ID, SentBy: r.SentBy, Number: r.Number, Version: majors[r.VersionID], SentAt: r.SentAt, Ruled: !r.RuledAt.IsZero(), Counted: r.Counted}
		for _, i := range ItemsOf(items, r.ID) {
			cr.Items = append(cr.Items, c.item(actor, i, cr.Ruled, accepted[i.ChangeID]))
		}
		c.Rounds = append([]ClientRound{cr}, c.Rounds...)
		if cr.Version < c.Version.Number {
			c.Before = cr.Items
		}
	}
	c.fillChanges(changes, items)
	if c.Goodwill, err = GoodwillOf(items, room.Currency); err != nil {
		return err
	}
	return c.fillApproval(ctx, tx, d, majors)
}

// item cuts an item to what the client may see.
func (c *ClientDraft) item(actor access.Actor, i Item, ruled, accepted bool) ClientItem {
	out := ClientItem{ID: i.ID, Text: i.Text, Author: i.Author, Drawing: i.Drawing, Mine: i.AuthorID == actor.ID, Number: i.Number, AtMS: i.AtMS, UntilMS: i.UntilMS, CreatedAt: i.CreatedAt}
	out.ClaimedPoint, _ = find(c.Points, i.ClaimedPointID)
	if !ruled {
		return out
	}
	out.Class, out.Because = i.Class, i.Because
	out.Point, _ = find(c.Points, i.PointID)
	out.InChange, out.Closed, out.SentOn = i.ChangeID != "", !i.ClosedAt.IsZero(), !i.SentOnAt.IsZero()
	out.Goodwill, out.Usual = i.Goodwill(), i.UsualPrice
	out.Contestable = i.Class == Wish && i.ContestedAt.IsZero() && !accepted
	out.ContestText, out.Decision, out.DecisionBy, out.DecidedFor = i.ContestText, i.ContestDecision, i.ContestDecidedBy, i.ContestDecidedFor
	out.ContestPending = !i.ContestedAt.IsZero() && i.ContestDecidedAt.IsZero()
	if out.Outcome = i.Outcome; i.Outcome == OutcomeNotDone {
		out.OutcomeReason = i.OutcomeReason
	}
	return out
}

func (c *ClientDraft) fillChanges(changes []ChangeRequest, items []Item) {
	for _, ch := range changes {
		if ch.PricedAt.IsZero() {
			continue
		}
		cc := ClientChange{ID: ch.ID, Note: ch.Note, Price: ch.Price, DraftDue: ch.DraftDue, PostDue: ch.PostDue, AnswerUntil: ch.AnswerUntil,
			Answer: ch.Client, AnsweredBy: ch.ClientBy, Effective: !ch.EffectiveAt.IsZero(), Closed: !ch.ClosedAt.IsZero(), ClosedWhy: ch.ClosedWhy}
		for _, i := range items {
			if i.ChangeID == ch.ID {
				cc.Wishes = append(cc.Wishes, i.Text)
			}
		}
		c.Changes = append(c.Changes, cc)
	}
}

func (c *ClientDraft) fillApproval(ctx context.Context, tx *db.Tx, d Deliverable, majors map[string]int64) error {
	a, err := LoadApproval(ctx, tx, d.ID)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c.Approved = &ClientApproval{Version: majors[a.VersionID], By: a.By, Via: a.Via, At: a.At, Words: a.Words, ObjectBy: a.ObjectBy,
		Objected: !a.ObjectedAt.IsZero(), Objection: a.Objection, Hash: a.Hash}
	confirmed, told, err := confirmationOf(ctx, tx, d)
	c.Approved.Confirmed, c.Approved.ToldAt = confirmed, told.At
	return err
}
