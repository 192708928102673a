package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Boards computes where campaigns stand. Decoded standings are kept under the
// version of the facts they were made from and the minute they were made in, so
// that a stale answer is impossible; rights are asked at every call.
type Boards struct {
	db     *db.DB
	mu     sync.Mutex
	kept   map[string]*Board
	making map[string]chan struct{} // closed when the standing being made is kept
}

// NewBoards makes the use cases.
func NewBoards(d *db.DB) *Boards {
	return &Boards{db: d, kept: map[string]*Board{}, making: map[string]chan struct{}{}}
}

// Board is a campaign with its standing, and the version of the facts it shows.
type Board struct {
	Campaign   campaign.Campaign
	Client     client.Client
	Brand      client.Brand
	AE         string // names
	Specialist string
	Standing
	Version Version
}

// Version says from which facts something was made: the newest entries of the
// trail about the campaign and about talents, and the minute.
type Version struct {
	Campaign, Talents int64
	Minute            int64
}

// maxKept bounds the decoded standings in memory.
const maxKept = 400

// Board gives a campaign's standing to people of the agency. Faults:
// access.forbidden, not-found.
func (s *Boards) Board(ctx context.Context, actor access.Actor, id string) (*Board, error) {
	if err := actor.Require("campaign.see", access.Owner{CampaignID: id}); err != nil {
		return nil, err
	}
	if !actor.IsStaff() { // a standing names costs and everybody's moves
		return nil, db.ErrNotFound
	}
	var b *Board
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		b, err = s.board(ctx, tx, id)
		return err
	})
	return b, err
}

// board gives a kept standing that is still true, or makes it. Whoever comes while
// another reader of the same facts makes it waits for that one.
func (s *Boards) board(ctx context.Context, tx *db.Tx, id string) (*Board, error) {
	v, err := versionOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	b, made := s.take(ctx, id, v)
	if b != nil {
		return b, nil
	}
	defer made()
	if b, err = loadBoard(ctx, tx, id); err != nil {
		return nil, err
	}
	b.Version = v
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxKept {
		clear(s.kept)
	}
	s.kept[id] = b
	return b, nil
}

// take gives the kept standing of a version, or the turn to make it, to be handed
// back by made. It waits for one maker at most: a snapshot that is older than what
// was made meanwhile makes its own.
func (s *Boards) take(ctx context.Context, id string, v Version) (b *Board, made func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for waited := false; ; waited = true {
		if b := s.kept[id]; b != nil && b.Version == v {
			return b, nil
		}
		other := s.making[id]
		if other == nil {
			mine := make(chan struct{})
			s.making[id] = mine
			return nil, func() {
				s.mu.Lock()
				defer s.mu.Unlock()
				delete(s.making, id)
				close(mine)
			}
		}
		if waited {
			return nil, func() {}
		}
		s.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
		}
		s.mu.Lock()
	}
}

func versionOf(ctx context.Context, tx *db.Tx, id string) (v Version, err error) {
	v.Minute = minuteOf(id, tx.Now())
	if v.Campaign, err = audit.Version(ctx, tx, id); err != nil {
		return v, err
	}
	v.Talents, err = audit.TalentsVersion(ctx, tx)
	return v, err
}

// minuteOf counts a campaign's minutes. Each campaign's begin at a second of its
// own, so that not all standings grow old at once.
func minuteOf(id string, now time.Time) int64 {
	second := int64(0)
	for i := range len(id) {
		second = (second*31 + int64(id[i])) % 60
	}
	return (now.Unix() + second) / 60
}

func loadBoard(ctx context.Context, tx *db.Tx, id string) (*Board, error) {
	f, err := LoadFacts(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	b := &Board{Campaign: f.Campaign, Standing: StandingOf(f, tx.Now())}
	if b.Client, err = client.LoadClient(ctx, tx, f.Campaign.ClientID); err != nil {
		return nil, err
	}
	if b.Brand, err = client.LoadBrand(ctx, tx, f.Campaign.BrandID); err != nil {
		return nil, err
	}
	if b.AE, err = nameOf(ctx, tx, f.Campaign.AEID); err != nil {
		return nil, err
	}
	b.Specialist, err = nameOf(ctx, tx, f.Campaign.SpecialistID)
	return b, err
}

func nameOf(ctx context.Context, tx *db.Tx, person string) (string, error) {
	if person == "" {
		return "", nil
	}
	p, err := access.LoadPerson(ctx, tx, person)
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return p.Name, err
}

// LoadFacts gathers what a campaign's standing is computed from.
func LoadFacts(ctx context.Context, tx *db.Tx, id string) (f Facts, err error) {
	if f.Campaign, err = campaign.LoadCampaign(ctx, tx, id); err != nil {
		return f, err
	}
	loads := []func() error{
		func() error { f.Briefs, err = campaign.ListBriefs(ctx, tx, id); return err },
		func() error { f.Slots, err = campaign.ListSlots(ctx, tx, id); return err },
		func() error { f.Candidates, err = casting.ListCandidates(ctx, tx, id); return err },
		func() error { f.Picks, err = casting.ListPicks(ctx, tx, id); return err },
		func() error { f.Sheet, err = casting.LoadSheet(ctx, tx, id); return err },
		func() error { f.Offers, err = casting.ListOffers(ctx, tx, id); return err },
		func() error { f.Bookings, err = casting.ListBookings(ctx, tx, id); return err },
		func() error { f.Risks, err = casting.ListRisks(ctx, tx, id, f.Bookings); return err },
		func() error { f.Drafts, err = review.ListStandings(ctx, tx, id); return err },
		func() error { f.Posts, err = result.ListPosts(ctx, tx, id); return err },
		func() error { f.Insights, err = result.ListInsights(ctx, tx, id); return err },
		func() error { f.Verdicts, err = result.ListVerdicts(ctx, tx, id); return err },
		func() error { f.Remedies, err = result.ListRemedies(ctx, tx, id); return err },
		func() error { return f.loadReports(ctx, tx) },
	}
	for _, load := range loads {
		if err := load(); err != nil {
			return f, fmt.Errorf("gather a campaign's facts: %w", err)
		}
	}
	return f, f.loadPeople(ctx, tx)
}

func (f *Facts) loadReports(ctx context.Context, tx *db.Tx) error {
	sent, err := ListSent(ctx, tx, f.Campaign.ID)
	for _, one := range sent {
		f.Reports++
		f.ReportedAt = later(f.ReportedAt, one.At)
	}
	return err
}

// loadPeople fetches the talents and accounts that the facts name.
func (f *Facts) loadPeople(ctx context.Context, tx *db.Tx) (err error) {
	var ids []string
	for _, b := range f.Bookings {
		ids = append(ids, b.TalentID)
	}
	for _, o := range f.Offers {
		ids = append(ids, o.TalentID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	f.Accounts = map[string]talent.Account{}
	if len(ids) == 0 {
		return nil
	}
	if f.Talents, err = talent.LoadTalents(ctx, tx, ids); err != nil {
		return err
	}
	accounts, err := talent.LoadAccounts(ctx, tx, ids)
	for _, list := range accounts {
		for _, a := range list {
			f.Accounts[a.ID] = a
		}
	}
	return err
}

// Item is one line of somebody's inbox: what needs them, in which campaign.
type Item struct {
	Campaign campaign.Campaign
	Brand    client.Brand
	Line     Line
	Slots    int // that the line stands for: those of one list wait together
}

// items are the lines of a board as an inbox shows them: the slots that wait for the
// same step of the campaign's list are one, in the place of the first.
func (b *Board) items() (out []Item) {
	lists := map[string]int{}
	for _, l := range b.Lines {
		if l.Move.ofList() {
			if i, ok := lists[l.Move.Key]; ok {
				out[i].Slots++
				continue
			}
			lists[l.Move.Key] = len(out)
		}
		out = append(out, Item{b.Campaign, b.Brand, l, 1})
	}
	return out
}

// Inbox gathers what needs the person now, and what they wait for, over their
// open campaigns (all of them for management), soonest due first.
func (s *Boards) Inbox(ctx context.Context, actor access.Actor) (now, waiting []Item, err error) {
	boards, err := s.Mine(ctx, actor)
	if err != nil {
		return nil, nil, err
	}
	for _, b := range boards {
		for _, item := range b.items() {
			switch {
			case Needs(actor, item.Line.Move):
				now = append(now, item)
			case item.Line.Move.Party != Nobody:
				waiting = append(waiting, item)
			}
		}
	}
	at := s.db.Now()
	sortItems(now, at)
	sortItems(waiting, at)
	return now, waiting, nil
}

// Waiting counts the rows of an inbox that are for the actor.
func Waiting(actor access.Actor, boards []*Board) (n int) {
	for _, b := range boards {
		for _, item := range b.items() {
			if Needs(actor, item.Line.Move) {
				n++
			}
		}
	}
	return n
}

// Needs tells whether a move is the agency's and for somebody of the actor's role.
func Needs(actor access.Actor, m Move) bool {
	if m.Party != Us {
		return false
	}
	switch actor.Role {
	case access.Specialist:
		return m.Role == "specialist"
	case access.AE, access.Trainee:
		return m.Role == "ae"
	case access.Manager, access.SeniorAE:
		return true
	}
	return false
}

func sortItems(items []Item, now time.Time) {
	slices.SortStableFunc(items, func(a, b Item) int {
		if late := b2i(b.Line.Move.Late(now)) - b2i(a.Line.Move.Late(now)); late != 0 {
			return late
		}
		return compareDue(a.Line.Move, b.Line.Move)
	})
}

// Mine gives the standings of the open campaigns that the actor works on; those of
// everybody for management, finance and designers.
func (s *Boards) Mine(ctx context.Context, actor access.Actor) (out []*Board, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return nil, errors.Join(err)
	}
	f := campaign.Filter{Open: true, Limit: 200}
	switch actor.Role {
	case access.AE, access.Trainee, access.Specialist:
		f.PersonID = actor.ID
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := campaign.ListCampaigns(ctx, tx, f)
		if err != nil {
			return err
		}
		for _, c := range list {
			b, err := s.board(ctx, tx, c.ID)
			if err != nil {
				return err
			}
			out = append(out, b)
		}
		return nil
	})
	return out, err
}

// ZoneOf gives the zone of whoever owes a line's move.
func (l Line) ZoneOf() string {
	if l.Move.Due.Zone != "" {
		return l.Move.Due.Zone
	}
	return l.Talent.Zone
}

// DueOn is the day of a move in its owner's zone, empty for none.
func (m Move) DueOn() worktime.Date {
	loc, err := worktime.Zone(m.Due.Zone)
	if err != nil || m.Due.At.IsZero() {
		return ""
	}
	return worktime.DateOf(m.Due.At, loc)
}
