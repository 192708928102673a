package result

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/review"
)

// EvidenceLimit is the largest screenshot, in bytes.
const EvidenceLimit = 15 << 20

// ReadNumbers reads typed numbers, one a metric, and a story's frames separated by
// spaces or semicolons, in the reader's language (R7). The readings are for showing
// back before saving. A field that cannot be read is a fault at that field.
func ReadNumbers(texts map[Metric]string, frames, lang string) (Counts, []int64, map[Metric]string, error) {
	counts, read, wrong := Counts{}, map[Metric]string{}, fault.Fields{}
	for _, m := range Metrics {
		text := strings.TrimSpace(texts[m])
		if text == "" {
			continue
		}
		r, err := locale.ParseCount(text, lang)
		if err != nil {
			wrong[string(m)] = fault.CodeOf(err)
			continue
		}
		counts[m], read[m] = r.Value, r.Canonical
	}
	var list []int64
	for _, text := range strings.FieldsFunc(frames, func(r rune) bool { return r == ';' || r == ' ' || r == '\n' || r == '/' }) {
		r, err := locale.ParseCount(text, lang)
		if err != nil {
			wrong["frames"] = fault.CodeOf(err)
			break
		}
		list = append(list, r.Value)
	}
	return counts, list, read, wrong.Err()
}

// KeepEvidence stores a screenshot and tells what it is. Right: insight.enter.
// Faults: insight.evidence-type, blob.too-big.
func (s *Service) KeepEvidence(ctx context.Context, actor access.Actor, name string, r io.Reader) (Evidence, error) {
	if err := actor.Require("insight.enter", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil {
		return Evidence{}, err
	}
	head := make([]byte, 3072)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF { //nolint:errorlint // ReadFull returns these bare
		return Evidence{}, err
	}
	kind := mimetype.Detect(head[:n]).String()
	if n == 0 || !slices.Contains(EvidenceTypes, kind) {
		return Evidence{}, ErrEvidenceType
	}
	ref, err := s.blob.Put(ctx, blob.Limited(io.MultiReader(strings.NewReader(string(head[:n])), r), EvidenceLimit))
	if err != nil {
		return Evidence{}, err
	}
	return Evidence{SHA256: ref.SHA256, Type: kind, Size: ref.Size, Name: filepath.Base(name)}, nil
}

// EnterInsight is what a person typed for a post.
type EnterInsight struct {
	DeliverableID string
	TakenAt       time.Time // zero: now
	Counts        Counts
	Frames        []int64
	Evidence      []Evidence // kept before by KeepEvidence
	Reason        string
	Source        Source   // empty: by who acts
	Scanned       []Metric // confirmed as the machine had read them from the pictures
}

// EnterInsight keeps a reading of a post's counts, to be verified by a second person.
// A reading that was typed but not verified is replaced; a verified one stays until
// the correction is verified. Right: insight.enter. Faults: insight.*, not-found.
func (s *Service) EnterInsight(ctx context.Context, actor access.Actor, req EnterInsight) (i Insight, err error) {
	for _, e := range req.Evidence {
		if ok, err := s.blob.Has(ctx, e.SHA256); err != nil || !ok {
			return i, ErrEvidenceMissing
		}
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		i, err = enterInsight(ctx, tx, actor, req)
		return err
	})
	return i, err
}

func enterInsight(ctx context.Context, tx *db.Tx, actor access.Actor, req EnterInsight) (Insight, error) {
	d, err := review.LoadDeliverable(ctx, tx, req.DeliverableID)
	if err != nil {
		return Insight{}, err
	}
	if err := actor.Require("insight.enter", ownerOf(actor, d.CampaignID, d.ClientID, d.TalentID)); err != nil {
		return Insight{}, err
	}
	p, err := PostOf(ctx, tx, d.ID)
	if err != nil {
		return Insight{}, err
	}
	before, err := ListInsightsOf(ctx, tx, p.ID)
	if err != nil {
		return Insight{}, err
	}
	o, err := loadOwed(ctx, tx, d)
	if err != nil {
		return Insight{}, err
	}
	in, err := intakeOf(ctx, tx, actor, req, p, o, before)
	if err != nil {
		return Insight{}, err
	}
	if in.Counts, err = withFollowers(ctx, tx, o, in.Counts); err != nil {
		return Insight{}, err
	}
	i, err := CheckIntake(p, in, tx.Now())
	if err != nil {
		return i, err
	}
	if i, err = keepInsight(ctx, tx, actor, i, before); err != nil || i.Age != AgeMeasuring {
		return i, err
	}
	return i, insightFact(ctx, tx, p, inTime(p, i))
}

func intakeOf(ctx context.Context, tx *db.Tx, actor access.Actor, req EnterInsight, p Post, o Owed, before []Insight) (Intake, error) {
	in := Intake{TakenAt: req.TakenAt, Counts: req.Counts, Frames: req.Frames, Evidence: req.Evidence, Source: req.Source, Reason: req.Reason, Scanned: req.Scanned, Age: AgeOther}
	if in.TakenAt.IsZero() {
		in.TakenAt = tx.Now()
	}
	if !in.TakenAt.Before(MeasuredFrom(p)) {
		in.Age = AgeMeasuring
	}
	if in.Source == "" || actor.IsTalent() {
		in.Source = FromStaff
		if actor.IsTalent() {
			in.Source = FromTalent
		}
	}
	for _, e := range req.Evidence {
		if in.Source == FromFile && e.Table() {
			continue // one file proves many posts
		}
		_, used, err := evidenceElsewhere(ctx, tx, e.SHA256, p.ID)
		if err != nil {
			return in, err
		}
		if used {
			return in, ErrEvidenceUsed
		}
	}
	for _, b := range before {
		if b.State() != StateReplaced && b.State() != StateContested && b.TakenAt.Before(in.TakenAt) {
			in.Earlier = b.Counts
		}
	}
	return in, nil
}

// withFollowers adds the account's followers where nobody typed them: the base of
// the rate by followers is the number at posting time.
func withFollowers(ctx context.Context, tx *db.Tx, o Owed, c Counts) (Counts, error) {
	if _, ok := c[Followers]; ok {
		return c, nil
	}
	n, err := followersOf(ctx, tx, o)
	if err != nil || n < 0 {
		return c, err
	}
	out := Counts{Followers: n}
	for m, v := range c {
		out[m] = v
	}
	return out, nil
}

func keepInsight(ctx context.Context, tx *db.Tx, actor access.Actor, i Insight, before []Insight) (Insight, error) {
	i.ID, i.TypedByID, i.TypedBy, i.Revision = tx.NewID(), actor.ID, actor.Name, 1
	for _, b := range before {
		if b.Age != i.Age || b.State() == StateReplaced {
			continue
		}
		if b.Proves() {
			i.Corrects = b.ID
			continue
		}
		b.ReplacedAt = tx.Now()
		if err := saveInsight(ctx, tx, b); err != nil {
			return i, err
		}
	}
	if err := insertInsight(ctx, tx, i); err != nil {
		return i, err
	}
	if err := record(ctx, tx, actor, "insight.enter", i, i.Reason); err != nil {
		return i, err
	}
	return i, job.Enqueue(ctx, tx, InsightTyped{i.ID, i.DeliverableID, i.CampaignID, i.TalentID})
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, i Insight, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "insight", ID: i.ID, Campaign: i.CampaignID, Talent: i.TalentID,
		After: map[string]any{"post": i.PostID, "age": i.Age, "counts": i.Counts, "state": i.State(), "corrects": i.Corrects}, Reason: reason})
}

// VerifyInsight is the second look. It replaces the reading it corrects and judges
// the guarantee anew. Right: insight.verify. Faults: insight.same-person, insight.state.
func (s *Service) VerifyInsight(ctx context.Context, actor access.Actor, id string) (i Insight, err error) {
	err = s.changeInsight(ctx, actor, id, "insight.verify", "", func(tx *db.Tx, now time.Time, cur Insight) (Insight, error) {
		if i, err = cur.Verify(actor.ID, actor.Name, now); err != nil || i.Corrects == "" {
			return i, err
		}
		old, err := LoadInsight(ctx, tx, i.Corrects)
		if err != nil || !old.ReplacedAt.IsZero() {
			return i, err
		}
		old.ReplacedAt = now
		return i, saveInsight(ctx, tx, old)
	})
	return i, err
}

// ContestInsight marks numbers as doubted, with the reason. Right: insight.verify.
func (s *Service) ContestInsight(ctx context.Context, actor access.Actor, id, why string) (i Insight, err error) {
	err = s.changeInsight(ctx, actor, id, "insight.contest", why, func(_ *db.Tx, now time.Time, cur Insight) (Insight, error) {
		i, err = cur.Contest(actor.Name, why, now)
		return i, err
	})
	return i, err
}

func (s *Service) changeInsight(ctx context.Context, actor access.Actor, id string, verb, reason string, change func(*db.Tx, time.Time, Insight) (Insight, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadInsight(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require("insight.verify", access.Owner{CampaignID: i.CampaignID}); err != nil {
			return err
		}
		proved := i.Proves()
		if i, err = change(tx, tx.Now(), i); err != nil {
			return err
		}
		if err := saveInsight(ctx, tx, i); err != nil {
			return err
		}
		if err := record(ctx, tx, actor, verb, i, reason); err != nil {
			return err
		}
		if i.Proves() && i.Age == AgeMeasuring {
			if err := job.Enqueue(ctx, tx, InsightsVerified{i.DeliverableID, i.BookingID, i.CampaignID, i.TalentID}); err != nil {
				return err
			}
		}
		if i.Proves() == proved {
			return nil
		}
		return recordVerdicts(ctx, tx, i.CampaignID, verb)
	})
}

// InsightCard is an insight with its row, for the second look.
type InsightCard struct {
	Insight
	Row PostRow
}

// ToVerify lists what waits for a second look in a campaign, oldest first. Right: insight.see.
func (s *Service) ToVerify(ctx context.Context, actor access.Actor, campaignID string) (out []InsightCard, err error) {
	if err := actor.Require("insight.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = listToVerify(ctx, tx, campaignID)
		return err
	})
	return out, err
}

func listToVerify(ctx context.Context, tx *db.Tx, campaignID string) ([]InsightCard, error) {
	rows, err := loadRows(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	at := map[string]PostRow{}
	for _, r := range rows {
		at[r.Post.ID] = r
	}
	all, err := ListInsights(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	var out []InsightCard
	for _, i := range all {
		if r, ok := at[i.PostID]; ok && i.State() == StateTyped {
			out = append(out, InsightCard{i, r})
		}
	}
	slices.SortStableFunc(out, func(a, b InsightCard) int { return a.TypedAt.Compare(b.TypedAt) })
	return out, nil
}

// Insight gives one insight with its row. Right: insight.see of staff; of a talent the own.
func (s *Service) Insight(ctx context.Context, actor access.Actor, id string) (c InsightCard, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		i, err := LoadInsight(ctx, tx, id)
		if err != nil {
			return err
		}
		verb := access.Verb("insight.see")
		if actor.IsTalent() {
			verb = "insight.enter"
		}
		if err := actor.Require(verb, ownerOf(actor, i.CampaignID, "", i.TalentID)); err != nil {
			return err
		}
		c.Insight = i
		rows, err := loadRows(ctx, tx, i.CampaignID)
		for _, r := range rows {
			if r.Post.ID == i.PostID {
				c.Row = r
			}
		}
		return err
	})
	return c, err
}

// OpenEvidence gives one screenshot of an insight. Right: as Insight.
func (s *Service) OpenEvidence(ctx context.Context, actor access.Actor, insightID, sha string) (io.ReadSeekCloser, Evidence, error) {
	c, err := s.Insight(ctx, actor, insightID)
	if err != nil {
		return nil, Evidence{}, err
	}
	for _, e := range c.Evidence {
		if e.SHA256 == sha {
			f, err := s.blob.Open(ctx, sha)
			return f, e, err
		}
	}
	return nil, Evidence{}, db.ErrNotFound
}
