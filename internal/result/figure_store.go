package result

import (
	"context"
	"database/sql"
	"slices"

	"kolega/internal/campaign"
	"kolega/internal/db"
)

// LoadFigures evaluates a campaign's guarantee over rows that hold what a report counts
// and no more: no evidence, no checks, no names of who typed. One query reads them, so a
// report of thousands of posts is quick and small.
func LoadFigures(ctx context.Context, tx *db.Tx, c campaign.Campaign) (Guarantee, error) {
	rows, err := figureRows(ctx, tx, c.ID)
	if err != nil {
		return Guarantee{}, err
	}
	return guaranteeOf(ctx, tx, c, rows)
}

// figureRows reads a campaign's deliverables with their posts and the numbers that stand,
// in the order of loadRows.
func figureRows(ctx context.Context, tx *db.Tx, campaignID string) ([]PostRow, error) {
	rows, err := tx.Query(ctx, `SELECT d.id, d.booking_id, d.talent_id, d.platform, d.format, d.closed_at,
			COALESCE(p.id, ''), COALESCE(p.platform, ''), COALESCE(p.format, ''), COALESCE(p.url, ''), COALESCE(p.draft_id, ''), p.posted_at, p.due_at, p.gone_at,
			COALESCE(i.id, ''), COALESCE(i.age, ''), i.taken_at, i.reach, i.views, i.impressions, i.likes, i.comments, i.saves, i.shares, i.replies, i.taps, i.clicks, i.followers,
			COALESCE(i.source, ''), i.verified_at, i.contested_at, i.locked_at
		FROM deliverable d LEFT JOIN post p ON p.deliverable_id = d.id AND p.withdrawn_at IS NULL
			LEFT JOIN insight i ON i.post_id = p.id AND i.replaced_at IS NULL
		WHERE d.campaign_id = $1 ORDER BY d.booking_id, d.number, i.taken_at, i.typed_at, i.id`, campaignID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := newFigureScan()
	var out []PostRow
	for rows.Next() {
		if err := rows.Scan(s.into...); err != nil {
			return nil, err
		}
		if out, err = s.add(out); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, fillPeople(ctx, tx, campaignID, out)
}

// figureScan is one row as it is read; the places are made once.
type figureScan struct {
	row    PostRow
	in     Insight
	counts [11]sql.NullInt64
	times  [8]db.Time // closed, posted, due, gone, taken, verified, contested, locked
	into   []any
}

func newFigureScan() *figureScan {
	s := &figureScan{}
	d, p, i := &s.row.Deliverable, &s.row.Post, &s.in
	s.into = []any{&d.ID, &d.BookingID, &d.TalentID, &d.Platform, &d.Format, &s.times[0], &p.ID, &p.Platform, &p.Format, &p.URL, &p.VersionID, &s.times[1], &s.times[2], &s.times[3], &i.ID, &i.Age, &s.times[4]}
	for n := range s.counts {
		s.into = append(s.into, &s.counts[n])
	}
	s.into = append(s.into, &i.Source, &s.times[5], &s.times[6], &s.times[7])
	return s
}

// add appends the row, or its numbers to the row before when it is of the same content.
func (s *figureScan) add(out []PostRow) ([]PostRow, error) {
	if n := len(out); n == 0 || out[n-1].Deliverable.ID != s.row.Deliverable.ID {
		r := PostRow{Deliverable: s.row.Deliverable, Post: s.row.Post}
		r.Deliverable.ClosedAt = s.times[0].Time
		if r.Post.ID == "" && !r.Deliverable.ClosedAt.IsZero() {
			return out, nil
		}
		r.Post.PostedAt, r.Post.Due.At, r.Post.GoneAt = s.times[1].Time, s.times[2].Time, s.times[3].Time
		if r.Post.ID != "" {
			r.MeasureAt = MeasuredFrom(r.Post)
		}
		out = append(out, r)
	}
	if s.in.ID == "" {
		return out, nil
	}
	i := Insight{ID: s.in.ID, Age: s.in.Age, TakenAt: s.times[4].Time, Source: s.in.Source, VerifiedAt: s.times[5].Time, ContestedAt: s.times[6].Time, LockedAt: s.times[7].Time, Counts: make(Counts, len(s.counts))}
	for n, m := range Metrics {
		if s.counts[n].Valid {
			i.Counts[m] = s.counts[n].Int64
		}
	}
	r := &out[len(out)-1]
	r.Newest = i
	if i.Age == AgeMeasuring && i.Proves() {
		r.Proof = i
	}
	return out, nil
}

// fillPeople names whose each row is.
func fillPeople(ctx context.Context, tx *db.Tx, campaignID string, rows []PostRow) error {
	var ids []string
	for i := range rows {
		ids = append(ids, rows[i].Deliverable.TalentID)
	}
	slices.Sort(ids)
	p, err := peopleOf(ctx, tx, campaignID, slices.Compact(ids))
	if err != nil {
		return err
	}
	for i := range rows {
		p.fill(&rows[i])
	}
	return nil
}
