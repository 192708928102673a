package report

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
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

// Boards computes where campaigns stand. Standings are kept while the trail of their
// campaign, their talents and the names that all share are the same, and nothing comes
// due; rights are asked at every call.
type Boards struct {
	db     *db.DB
	mu     sync.Mutex
	kept   map[string]*standing
	making map[string]chan struct{} // closed when the standing being made is kept
}

// standing is a board as it is kept; only talents changes.
type standing struct {
	board   *Board
	people  []string // talents it shows
	names   int64
	while   span
	talents atomic.Int64 // change of talents up to which the board is known to hold
}

// NewBoards makes the use cases.
func NewBoards(d *db.DB) *Boards {
	return &Boards{db: d, kept: map[string]*standing{}, making: map[string]chan struct{}{}}
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

// Version says from which facts something was made: the newest entry of the trail about
// the campaign, the newest change of talents and of names that were known, and the minute.
type Version struct {
	Campaign, Talents, Names int64
	Minute                   int64
}

// maxKept bounds the decoded standings in memory, some 50 KiB each.
const maxKept = 1000

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
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		now, err := sharedVersion(ctx, tx)
		if err == nil {
			b, err = s.board(ctx, tx, id, now)
		}
		return err
	})
	return b, err
}

// board gives a kept standing that is still true, or makes it. Whoever comes while
// another makes it waits for that one, once: a snapshot that is older than what was made
// meanwhile makes its own. now is the version that all campaigns share.
func (s *Boards) board(ctx context.Context, tx *db.Tx, id string, now Version) (b *Board, err error) {
	now.Minute = minuteOf(id, tx.Now())
	if now.Campaign, err = audit.Version(ctx, tx, id); err != nil {
		return nil, err
	}
	for waited := false; ; waited = true {
		if b, err := s.still(ctx, tx, id, now); b != nil || err != nil {
			return b, err
		}
		other, made := s.turn(id)
		if other == nil {
			defer made()
			break
		}
		if waited {
			break
		}
		select {
		case <-other:
		case <-ctx.Done():
		}
	}
	return s.make(ctx, tx, id, now)
}

// still gives the kept standing of a campaign where it holds now, else nil.
func (s *Boards) still(ctx context.Context, tx *db.Tx, id string, now Version) (*Board, error) {
	s.mu.Lock()
	k := s.kept[id]
	s.mu.Unlock()
	if k == nil || k.board.Version.Campaign != now.Campaign || k.names != now.Names || !k.while.holds(tx.Now()) {
		return nil, nil
	}
	if known := k.talents.Load(); known != now.Talents {
		newest, err := talent.NewestChange(ctx, tx, k.people)
		if err != nil || newest > k.board.Version.Talents || now.Talents < known {
			return nil, err
		}
		k.talents.Store(now.Talents)
	}
	b := *k.board
	b.Version.Minute = now.Minute
	return &b, nil
}

// turn gives the turn to make a standing, to be handed back by made; or what closes
// once the one who has it is done.
func (s *Boards) turn(id string) (other <-chan struct{}, made func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.making[id]; other != nil {
		return other, nil
	}
	mine := make(chan struct{})
	s.making[id] = mine
	return nil, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.making, id)
		close(mine)
	}
}

func (s *Boards) make(ctx context.Context, tx *db.Tx, id string, now Version) (*Board, error) {
	b, f, err := loadBoard(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	b.Version = now
	k := &standing{board: b, people: slices.Collect(maps.Keys(f.Talents)), names: now.Names, while: spanOf(f, b.Standing, tx.Now())}
	k.talents.Store(now.Talents)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxKept {
		for other := range s.kept { // any
			delete(s.kept, other)
			break
		}
	}
	s.kept[id] = k
	return b, nil
}

// sharedVersion reads the part of a version that is the same for all campaigns.
func sharedVersion(ctx context.Context, tx *db.Tx) (v Version, err error) {
	if v.Talents, err = talent.Sequence(ctx, tx); err != nil {
		return v, err
	}
	v.Names, err = audit.NamesVersion(ctx, tx)
	return v, err
}

// minuteOf counts a campaign's minutes. Each campaign's begin at a second of its
// own, so that not all standings grow old at once.
func minuteOf(id string, now time.Time) int64 {
	return (now.Unix() + secondOf(id, 60)) / 60
}

// secondOf is a campaign's own second of so many.
func secondOf(id string, of int64) (second int64) {
	for i := range len(id) {
		second = (second*31 + int64(id[i])) % of
	}
	return second
}

func loadBoard(ctx context.Context, tx *db.Tx, id string) (b *Board, f Facts, err error) {
	if f, err = LoadFacts(ctx, tx, id); err != nil {
		return nil, f, err
	}
	b = &Board{Campaign: f.Campaign, Standing: StandingOf(f, tx.Now())}
	if b.Client, err = client.LoadClient(ctx, tx, f.Campaign.ClientID); err != nil {
		return nil, f, err
	}
	if b.Brand, err = client.LoadBrand(ctx, tx, f.Campaign.BrandID); err != nil {
		return nil, f, err
	}
	if b.AE, err = nameOf(ctx, tx, f.Campaign.AEID); err != nil {
		return nil, f, err
	}
	b.Specialist, err = nameOf(ctx, tx, f.Campaign.SpecialistID)
	return b, f, err
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
		func() error { f.Risks, f.RisksUntil, err = casting.ListRisks(ctx, tx, id, f.Bookings); return err },
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

// Item is one line of somebody's inbox: what needs them, in which campaign. It is part of
// a board and not to be changed.
type Item struct {
	Campaign *campaign.Campaign
	Brand    *client.Brand
	Line     *Line
	Slots    int // that the line stands for: those of one list wait together
}

// items are the lines of a board as an inbox shows them: the slots that wait for the
// same step of the campaign's list are one, in the place of the first.
func (b *Board) items() (out []Item) {
	var lists map[string]int
	out = make([]Item, 0, len(b.Lines))
	for i := range b.Lines {
		l := &b.Lines[i]
		if l.Move.ofList() {
			if i, ok := lists[l.Move.Key]; ok {
				out[i].Slots++
				continue
			}
			if lists == nil {
				lists = map[string]int{}
			}
			lists[l.Move.Key] = len(out)
		}
		out = append(out, Item{&b.Campaign, &b.Brand, l, 1})
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
	f := campaign.Filter{Open: true, Limit: 500}
	switch actor.Role {
	case access.AE, access.Trainee, access.Specialist:
		f.PersonID = actor.ID
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		now, err := sharedVersion(ctx, tx)
		for err == nil {
			var list []campaign.Campaign
			if list, err = campaign.ListCampaigns(ctx, tx, f); err != nil {
				return err
			}
			for _, c := range list {
				b, err := s.board(ctx, tx, c.ID, now)
				if err != nil {
					return err
				}
				out = append(out, b)
			}
			if len(list) < f.Limit {
				break
			}
			f.After = list[len(list)-1].Key()
		}
		return err
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
