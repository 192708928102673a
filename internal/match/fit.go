package match

import "kolega/internal/column"

// fitter measures the rows of one segment by a brief.
type fitter struct {
	s       *search
	seg     *segment
	b       *Brief
	wanted  [][]column.Set // of each wanted word: as a tag, as a category
	noTag   column.Set
	noCat   column.Set
	reach   bool       // the brief says whom to reach
	target  column.Set // audience that is largest in the brief's country
	noAud   column.Set
	medians [][tiers]int64 // by platform of the segment
	past    map[uint32]int64
}

func (s *search) fitter(seg *segment, _ *feed) *fitter {
	b := s.q.Brief
	f := &fitter{s: s, seg: seg, b: b, noTag: seg.vals[dimTag].rows(Unknown), noCat: seg.vals[dimCategory].rows(Unknown),
		past: map[uint32]int64{}}
	for _, w := range folded(b.Wanted) {
		var sets []column.Set
		for _, dim := range []int{dimTag, dimCategory} {
			if i, ok := seg.vals[dim].at[w]; ok {
				sets = append(sets, seg.vals[dim].sets[i])
			}
		}
		f.wanted = append(f.wanted, sets)
	}
	f.reach = b.Country != "" || len(b.Ages) > 0 || b.Gender != ""
	if b.Country != "" {
		f.target, f.noAud = seg.vals[dimAudience].rows(b.Country), seg.vals[dimAudience].rows(Unknown)
	}
	for _, v := range seg.vals[dimPlatform].values {
		f.medians = append(f.medians, s.x.mediansOf(v.key))
	}
	for id, fit := range b.Past {
		for _, row := range seg.rowsOf(id) {
			f.past[row] = fit
		}
	}
	return f
}

// otherwhere stands for a main country that is not the brief's.
const otherwhere = "*"

// mainOf is the largest country of a row's audience as far as the brief asks.
func (f *fitter) mainOf(row uint32) string {
	switch {
	case f.b.Country == "" || f.noAud.Has(row):
		return Unknown
	case f.target.Has(row):
		return f.b.Country
	}
	return otherwhere
}

func (f *fitter) matched(row uint32) int64 {
	n := int64(0)
	for _, sets := range f.wanted {
		for _, s := range sets {
			if s.Has(row) {
				n++
				break
			}
		}
	}
	return n
}

// score is the sum of the parts in thousandths of a point: total of measure, but
// without writing the parts down.
func (f *fitter) score(row uint32, fee int64) int64 {
	w, b, seg := &f.b.Weights, f.b, f.seg
	fits := [6]int64{neutral, neutral, neutral, neutral, neutral, neutral}
	if len(f.wanted) > 0 && !(f.noTag.Has(row) && f.noCat.Has(row)) {
		fits[0] = persona(f.matched(row), int64(len(f.wanted)))
	}
	if f.reach {
		fits[1], _, _, _ = b.audienceFit(seg.heard[row], f.mainOf(row))
	}
	er := int64(seg.er[row])
	if er >= 0 {
		fits[2] = against(er, f.medians[seg.platform[row]][tierPlace(seg.fol[row])])
	}
	fits[3], _ = b.price(fee, seg.followers(row), er)
	if seg.proof != nil && seg.proof.Has(row) {
		fits[4], _ = reliability(seg.facts[row], f.s.now)
	}
	if len(f.past) > 0 {
		if p, ok := f.past[row]; ok {
			fits[5] = p
		}
	}
	return w[0]*fits[0] + w[1]*fits[1] + w[2]*fits[2] + w[3]*fits[3] + w[4]*fits[4] + w[5]*fits[5]
}

// traits gathers what the parts are made of, to be shown.
func (f *fitter) traits(row uint32, fee int64) traits {
	seg := f.seg
	t := traits{wanted: int64(len(f.wanted)), matched: f.matched(row), described: !(f.noTag.Has(row) && f.noCat.Has(row)), audience: seg.heard[row], main: f.mainOf(row),
		er: int64(seg.er[row]), median: f.medians[seg.platform[row]][tierPlace(seg.fol[row])], followers: seg.followers(row), fee: fee, facts: seg.facts[row], past: -1}
	if p, ok := f.past[row]; ok {
		t.past = p
	}
	return t
}
