package result

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/review"
)

// Pull is kept until a connection's turn to read comes.
type Pull struct {
	ConnectionID string
	Turn         int64
}

// Kind names the job.
func (Pull) Kind() string { return "result.pull" }

// pull reads the counts of a connection's posts and leaves the job of the next turn. A
// failure of the platform is kept and answered by a later turn, not by the job's own
// retries; so a job that runs twice finds that its turn is over.
func (s *Service) pull(ctx context.Context, a Pull) error {
	var c Connection
	var posts []readable
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if c, err = loadConnection(ctx, tx, a.ConnectionID); err != nil || c.Turn != a.Turn {
			return err
		}
		posts, err = listReadable(ctx, tx, c, s.db.Now().AddDate(0, 0, -pullDays))
		return err
	})
	if fault.KindOf(err) == fault.NotFound || err == nil && c.Turn != a.Turn {
		return nil
	}
	if err != nil {
		return err
	}
	var keys *Keys
	tallies, failure := s.measure(ctx, c, posts, &keys)
	var broken *fault.Error
	if failure != nil && !errors.As(failure, &broken) {
		return failure // ours, not the platform's: the job tries again
	}
	evidence, err := s.keepAnswers(ctx, c, posts, tallies)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		now, err := loadConnection(ctx, tx, c.ID)
		if err != nil || now.Turn != a.Turn {
			return orNotFound(err)
		}
		if keys != nil {
			if err := s.renewed(&now, *keys); err != nil {
				return err
			}
		}
		return s.keepPull(ctx, tx, now, posts, tallies, evidence, failure)
	})
}

// orNotFound lets a job end whose connection has gone meanwhile.
func orNotFound(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// measure asks the platform, with a fresh token where one is due or the old one has ended.
func (s *Service) measure(ctx context.Context, c Connection, posts []readable, keys **Keys) ([]Tally, error) {
	g, err := s.open(c)
	if err != nil {
		return nil, err
	}
	if c.RenewDue(s.db.Now()) {
		if g, err = s.renew(ctx, c, g, keys); err != nil {
			return nil, err
		}
	}
	if len(posts) == 0 {
		return nil, nil
	}
	sought := make([]Sought, len(posts))
	for i, p := range posts {
		sought[i] = Sought{PostID: p.ID, ID: p.PlatformID, Handle: orWord(p.handle, p.Handle), Kind: p.Kind, PostedAt: p.PostedAt}
	}
	tallies, err := g.Measure(ctx, sought)
	if errors.Is(err, ErrConnExpired) && *keys == nil && c.renewable() {
		if g, err = s.renew(ctx, c, g, keys); err == nil {
			tallies, err = g.Measure(ctx, sought)
		}
	}
	return tallies, err
}

// renew asks for fresh keys and opens the gauge with them. They are kept by the caller.
func (s *Service) renew(ctx context.Context, c Connection, g Gauge, keys **Keys) (Gauge, error) {
	k, err := g.Renew(ctx)
	if err != nil {
		return nil, err
	}
	*keys = &k
	if err := s.renewed(&c, k); err != nil {
		return nil, err
	}
	return s.open(c)
}

// renewed puts fresh keys into a connection, sealed.
func (s *Service) renewed(c *Connection, k Keys) error {
	c.ExpiresAt, c.RenewUntil = k.ExpiresAt, k.RenewUntil
	return s.seal(c, k.Token.Reveal(), k.Renewal.Reveal(), "")
}

// keepAnswers stores the platform's own words for the posts whose numbers at measuring
// age are still owed: they are what the second look looks at.
func (s *Service) keepAnswers(ctx context.Context, c Connection, posts []readable, tallies []Tally) (map[string]Evidence, error) {
	out := map[string]Evidence{}
	for _, t := range tallies {
		p := posts[slices.IndexFunc(posts, func(p readable) bool { return p.ID == t.PostID })]
		if t.Fault != "" || !p.owes(s.db.Now()) {
			continue
		}
		ref, err := s.blob.Put(ctx, bytes.NewReader(t.Raw))
		if err != nil {
			return nil, err
		}
		out[t.PostID] = Evidence{SHA256: ref.SHA256, Type: AnswerType, Size: ref.Size, Name: c.Platform + "-" + p.PlatformID + ".json"}
	}
	return out, nil
}

// owes says whether the numbers of the post at measuring age are due and nobody gave any.
func (p readable) owes(now time.Time) bool { return p.pending && !now.Before(MeasuredFrom(p.Post)) }

// keepPull writes what a turn brought: readings, the insights that are due, what is
// missing, how the connection stands, and the next turn's job.
func (s *Service) keepPull(ctx context.Context, tx *db.Tx, c Connection, posts []readable, tallies []Tally, evidence map[string]Evidence, failure error) error {
	if err := keepTallies(ctx, tx, c, posts, tallies, evidence); err != nil {
		return err
	}
	var later Later
	errors.As(failure, &later)
	var due []time.Time
	for _, p := range posts {
		if p.pending {
			due = append(due, MeasuredFrom(p.Post))
		}
	}
	c.Asked, c.Found = int64(len(posts)), 0
	for _, t := range tallies {
		if t.Fault == "" {
			c.Found++
		}
	}
	c.Fault = fault.CodeOf(failure)
	if failure == nil {
		c.Fault, c.Fails, c.PulledAt = "", 0, tx.Now()
	} else {
		c.Fails, c.FailedAt = c.Fails+1, tx.Now()
	}
	c.NextAt = NextPull(tx.Now(), len(posts), due, c.Fault, c.Fails, later.Until)
	c.Turn++
	if err := saveConnection(ctx, tx, c); err != nil {
		return err
	}
	system := access.System()
	if err := audit.Record(ctx, tx, system.Who, audit.Entry{Verb: "connection.read", Subject: "connection", ID: c.ID, Talent: c.TalentID,
		After: map[string]any{"asked": c.Asked, "found": c.Found, "fault": c.Fault}}); err != nil || c.Stopped() {
		return err
	}
	return job.Enqueue(ctx, tx, Pull{c.ID, c.Turn}, job.After(c.NextAt), job.Unique(pullKey(c)))
}

func keepTallies(ctx context.Context, tx *db.Tx, c Connection, posts []readable, tallies []Tally, evidence map[string]Evidence) error {
	var readings []Reading
	for _, t := range tallies {
		p := posts[slices.IndexFunc(posts, func(p readable) bool { return p.ID == t.PostID })]
		if t.Fault == "" {
			number, err := numberOf(ctx, tx, p.ID)
			if err != nil {
				return err
			}
			readings = append(readings, t.reading(number, tx.Now()))
			if e, ok := evidence[p.ID]; ok {
				if t.Fault, err = pulledInsight(ctx, tx, p.Post, t.Counts, e); err != nil {
					return err
				}
			}
		}
		if err := putPulled(ctx, tx, Pulled{PostID: p.ID, ConnectionID: c.ID, At: tx.Now(), Counts: t.Counts, Missing: t.Missing, Fault: t.Fault}); err != nil {
			return err
		}
	}
	return keepRun(ctx, tx, settle(readings))
}

// keepRun writes readings as one run; none at all leave nothing.
func keepRun(ctx context.Context, tx *db.Tx, list []Reading) error {
	if len(list) == 0 {
		return nil
	}
	r, err := insertRun(ctx, tx, 0, 0, true)
	if err != nil {
		return err
	}
	if err := insertPages(ctx, tx, r.id, list); err != nil || r.id%foldAt != 0 {
		return err
	}
	return job.Enqueue(ctx, tx, FoldReadings{}, job.Unique(strconv.FormatInt(r.id, 10)))
}

// numberOf gives the short number of a post.
func numberOf(ctx context.Context, tx *db.Tx, postID string) (int64, error) {
	known := map[string]int64{}
	if err := numbersOf(ctx, tx, []string{postID}, known); err != nil || known[postID] != 0 {
		return known[postID], err
	}
	return insertNumber(ctx, tx, postID)
}

// suffices says whether counts hold the base and every action that the campaign counts.
// Others would stand in the way of the talent's, which do.
func suffices(ctx context.Context, tx *db.Tx, p Post, c Counts) (bool, error) {
	ca, err := campaign.LoadCampaign(ctx, tx, p.CampaignID)
	if err != nil {
		return false, err
	}
	formula, actions := Formula(ca.ERFormula), MetricsOf(ca.ERActions)
	if promise, ok := PromiseOf(ca); ok {
		formula, actions = promise.Formula, promise.Actions
	}
	if len(actions) == 0 {
		actions = DefaultActions
	}
	_, complete := Engagements(c, actions)
	return complete && c[formula.Base()] > 0, nil
}

// pulledInsight keeps a platform's counts as an insight that waits for the second look
// (R7). What contradicts itself, or needs a reason that only a person can give, is not
// kept; the code says why.
func pulledInsight(ctx context.Context, tx *db.Tx, p Post, counts Counts, e Evidence) (code string, err error) {
	d, err := review.LoadDeliverable(ctx, tx, p.DeliverableID)
	if err != nil {
		return "", err
	}
	o, err := loadOwed(ctx, tx, d)
	if err != nil {
		return "", err
	}
	before, err := ListInsightsOf(ctx, tx, p.ID)
	if err != nil {
		return "", err
	}
	in := Intake{Age: AgeMeasuring, TakenAt: tx.Now(), Evidence: []Evidence{e}, Source: FromPlatform}
	for _, b := range before {
		switch {
		case b.Age == AgeMeasuring && b.State() != StateReplaced:
			return "", nil // somebody was faster
		case b.State() != StateReplaced && b.State() != StateContested:
			in.Earlier = b.Counts
		}
	}
	if in.Counts, err = withFollowers(ctx, tx, o, counts); err != nil {
		return "", err
	}
	if ok, err := suffices(ctx, tx, p, in.Counts); err != nil || !ok {
		return ErrConnPartial.Code, err
	}
	i, err := CheckIntake(p, in, tx.Now())
	var refused *fault.Error
	if errors.As(err, &refused) {
		for _, w := range i.Warnings {
			return w.Code, nil
		}
		return refused.Code, nil
	}
	if err != nil {
		return "", err
	}
	_, err = keepInsight(ctx, tx, access.System(), i, before)
	return "", err
}
