package report

import (
	"slices"

	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// figures fills the posts, the talents, the total and what is missing from the rows.
func (d *Document) figures(rows []result.PostRow) error {
	d.Posts, d.Talents, d.Missing = nil, nil, nil
	for i := range rows {
		r := &rows[i]
		d.Done.Planned++
		if r.Post.ID == "" {
			d.Missing = append(d.Missing, missing(r, WhyNotPosted))
			continue
		}
		d.Done.Posted++
		if r.Post.Late() == 0 {
			d.Done.OnTime++
		}
		p := d.postOf(r)
		if p.Verified {
			d.Done.Verified++
		}
		d.Posts = append(d.Posts, p)
		d.name(r, p)
	}
	var err error
	if d.Total, err = d.line(d.Posts); err != nil {
		return err
	}
	return d.talentLines(rows)
}

// talentLines adds up each talent's posts, in the order of what they owe.
func (d *Document) talentLines(rows []result.PostRow) error {
	own := map[string][]Post{}
	for _, p := range d.Posts {
		own[p.TalentID] = append(own[p.TalentID], p)
	}
	seen := map[string]bool{}
	for i := range rows {
		r := &rows[i]
		id := r.Deliverable.TalentID
		if seen[id] {
			continue
		}
		seen[id] = true
		l, err := d.line(own[id])
		if err != nil {
			return err
		}
		l.ID, l.Name, l.Handle, l.Platform = id, r.Talent, r.Handle, r.Deliverable.Platform
		l.Followers, l.Tier = max(r.Followers, 0), talent.TierOf(r.Followers)
		d.Talents = append(d.Talents, l)
	}
	d.Done.Talents = int64(len(d.Talents))
	return nil
}

// standings holds each talent against what others publish and against the agency's own
// reported posts. The marks count the usual four actions, so other lists are not compared.
func (d *Document) standings(published []Benchmark, own []Marks, on worktime.Date) {
	usual := slices.Equal(d.Actions, result.DefaultActions)
	used := map[string]bool{}
	for i := range d.Talents {
		t := &d.Talents[i]
		if b, ok := BenchmarkFor(published, t.Platform, t.Tier, d.Formula, on); ok {
			t.Bench = Band{b.LowBp, b.HighBp}
			if !used[b.ID] {
				used[b.ID] = true
				d.Benchmarks = append(d.Benchmarks, b)
			}
		}
		if usual {
			t.Peers = PeersOf(own, t.Platform, t.Tier, d.Formula, t.ER())
		}
	}
}

// postOf takes the verified reading, else the newest one, which stays marked.
func (d *Document) postOf(r *result.PostRow) Post {
	p := Post{ID: r.Post.ID, TalentID: r.Deliverable.TalentID, Talent: r.Talent, Handle: r.Handle, Platform: r.Post.Platform, Format: r.Post.Format, URL: r.Post.URL,
		PostedAt: r.Post.PostedAt, Zone: r.Zone, Late: r.Post.Late() > 0, Gone: !r.Post.GoneAt.IsZero()}
	i := &r.Proof
	if i.ID == "" {
		i = &r.Newest
	}
	if i.ID == "" || i.State() == result.StateContested {
		return p
	}
	p.Counts, p.Verified, p.TakenAt, p.Source = i.Counts, i.Proves(), i.TakenAt, i.Source
	p.Engagements, p.Complete = result.Engagements(i.Counts, d.Actions)
	p.Base = i.Counts[d.Formula.Base()]
	return p
}

// name says what of a post is not there or not sure.
func (d *Document) name(r *result.PostRow, p Post) {
	add := func(why string) { d.Missing = append(d.Missing, missing(r, why)) }
	switch {
	case p.Gone:
		add(WhyGone)
	case p.Source == "":
		add(WhyNoInsight)
	case p.Base <= 0:
		add(WhyNoBase)
	case !p.Verified:
		add(WhyUnverified)
	}
	if p.Source != "" && !p.Complete {
		m := missing(r, WhyPartial)
		for _, a := range d.Actions {
			if _, ok := p.Counts[a]; !ok {
				m.What = append(m.What, a)
			}
		}
		d.Missing = append(d.Missing, m)
	}
}

func missing(r *result.PostRow, why string) Missing {
	return Missing{Talent: r.Talent, Platform: r.Deliverable.Platform, Format: r.Deliverable.Format, Why: why}
}

// line adds up posts; the engagement rate is pooled over those that have a base.
func (d *Document) line(posts []Post) (Sums, error) {
	l := Sums{Posts: int64(len(posts))}
	var measures []result.Measure
	for i := range posts {
		p := &posts[i]
		l.Reach.add(p, result.Reach)
		l.Views.add(p, result.Views)
		l.Impressions.add(p, result.Impressions)
		l.ReachRate.add(p.Counts, result.Reach, result.Followers)
		l.ViewThrough.add(p.Counts, result.Views, result.Impressions)
		if p.Source != "" {
			measures = append(measures, result.Measure{Formula: d.Formula, Counts: p.Counts})
		}
		if p.Source != "" && !p.Verified {
			l.Unverified++
		}
	}
	s, err := result.Pool(d.Actions, measures...)
	l.Engagements, l.Base, l.Measured = s.Engagements, s.Base, int64(s.Measured)
	return l, err
}

func (c *Count) add(p *Post, m result.Metric) {
	c.Of++
	n, ok := p.Counts[m]
	if !ok {
		return
	}
	c.Value += n
	c.Known++
	if p.Verified {
		c.Verified++
	}
}

// promise turns the guarantee into what a client reads, and marks the talents' lines.
func (d *Document) promise(g result.Guarantee) {
	if d.Promise.Given = g.Given; !g.Given {
		return
	}
	d.TargetBp = g.Promise.TargetBp
	d.Promise.Scope, d.Promise.TargetBp = g.Promise.Scope, g.Promise.TargetBp
	for _, v := range g.Verdicts {
		l := PromiseLine{Talent: v.Talent, State: v.State, Engagements: v.Sum.Engagements, Base: v.Sum.Base, Agreed: v.Agreed}
		for _, r := range g.RemediesOf(v.BookingID) {
			if r.Open() {
				l.Remedy, l.Approved, l.Amount = r.Kind, !r.ApprovedAt.IsZero(), r.Amount
			}
		}
		d.Promise.Lines = append(d.Promise.Lines, l)
		for i := range d.Talents {
			if d.Talents[i].ID == v.TalentID && v.TalentID != "" {
				d.Talents[i].State = v.State
			}
		}
	}
}

// ByRate lists the talents, the highest engagement rate first; what cannot be measured last.
func (d Document) ByRate() []Sums {
	list := slices.Clone(d.Talents)
	slices.SortStableFunc(list, func(a, b Sums) int { return a.ER().Cmp(b.ER()) })
	return list
}
