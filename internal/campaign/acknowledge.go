package campaign

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"time"

	"kolega/internal/fault"
)

// Acknowledgement is a talent's tick at one point, in the words that were shown.
type Acknowledgement struct {
	CampaignID string
	TalentID   string
	PointID    string
	Version    int64  // in which it was shown
	Lang       string // in which it was shown: the point's own when it fell back
	Hash       string // of the point as shown
	At         time.Time
	Via        string
}

// Eligibility is a talent's answer to a question of the brief, kept for this
// campaign only.
type Eligibility struct {
	CampaignID string
	TalentID   string
	QuestionID string
	Hash       string // of the question as shown
	Lang       string
	Answer     bool
	At         time.Time
}

// Inquiry is a talent's question about a point: the only thing to be done about a
// point besides acknowledging it.
type Inquiry struct {
	ID         string
	CampaignID string
	TalentID   string
	PointID    string
	Version    int64
	Text       string
	AskedAt    time.Time
	Answer     string
	AnsweredBy string
	AnsweredAt time.Time
	Rev        int64
}

// Faults of acknowledging.
var (
	ErrUnacknowledged = fault.New(fault.Conflict, "brief.unacknowledged") // args: n
	ErrUnanswered     = fault.New(fault.Conflict, "brief.unanswered")     // args: n
	ErrIneligible     = fault.New(fault.Conflict, "brief.ineligible")
	ErrNotBinding     = fault.New(fault.Invalid, "brief.not-binding")    // the point asks for no tick
	ErrShownChanged   = fault.New(fault.Conflict, "brief.shown-changed") // the text on the page is no longer the point's
	ErrInquiryText    = fault.New(fault.Invalid, "brief.inquiry-text")
	ErrInquiryDone    = fault.New(fault.Conflict, "brief.inquiry-answered")
)

// Hash names a point as it is shown in a language: its kind, its own text and the
// text shown. Any of them changing makes it another demand.
func (p Point) Hash(lang, own string) string {
	shown, fellBack := p.In(lang, own)
	if fellBack {
		lang = own
	}
	return hashOf(string(p.Kind), lang, p.Text, shown)
}

// Hash names a question as it is shown in a language.
func (q Question) Hash(lang, own string) string {
	shown, fellBack := q.In(lang, own)
	if fellBack {
		lang = own
	}
	return hashOf(fmt.Sprint(q.Wants), lang, q.Text, shown)
}

func hashOf(parts ...string) string {
	h := sha256.New()
	for _, s := range parts {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Acks are one talent's acknowledgements and answers in one campaign.
type Acks struct {
	Points  []Acknowledgement
	Answers []Eligibility
}

// Has tells whether the talent acknowledged the point as it stands in b.
func (a Acks) Has(b Brief, p Point) bool {
	for _, k := range a.Points {
		if k.PointID == p.ID && k.Hash == p.Hash(k.Lang, b.Lang) {
			return true
		}
	}
	return false
}

// AnswerTo gives the talent's last answer to a question as it stands in b.
func (a Acks) AnswerTo(b Brief, q Question) (answer Eligibility, ok bool) {
	for _, e := range a.Answers {
		if e.QuestionID == q.ID && e.Hash == q.Hash(e.Lang, b.Lang) && !e.At.Before(answer.At) {
			answer, ok = e, true
		}
	}
	return answer, ok
}

// Readiness says what stands between a talent and a version of the brief.
type Readiness struct {
	ToAcknowledge []Point
	ToAnswer      []Question
	Wrong         []Question // answered in the way that does not fit
}

// Ready tells whether the version is in force for the talent.
func (r Readiness) Ready() bool { return len(r.ToAcknowledge)+len(r.ToAnswer)+len(r.Wrong) == 0 }

// Err is nil when ready, else brief.ineligible, brief.unanswered or brief.unacknowledged.
func (r Readiness) Err() error {
	switch {
	case len(r.Wrong) > 0:
		return ErrIneligible
	case len(r.ToAnswer) > 0:
		return ErrUnanswered.With("n", len(r.ToAnswer))
	case len(r.ToAcknowledge) > 0:
		return ErrUnacknowledged.With("n", len(r.ToAcknowledge))
	}
	return nil
}

// ReadinessOf asks only for what changed since the talent's acknowledgements (R4).
func ReadinessOf(b Brief, a Acks) Readiness {
	var r Readiness
	for _, p := range b.Points {
		if p.Binding() && !a.Has(b, p) {
			r.ToAcknowledge = append(r.ToAcknowledge, p)
		}
	}
	for _, q := range b.Questions {
		e, ok := a.AnswerTo(b, q)
		switch {
		case !ok:
			r.ToAnswer = append(r.ToAnswer, q)
		case e.Answer != q.Wants:
			r.Wrong = append(r.Wrong, q)
		}
	}
	return r
}

// InForce gives the version that binds the talent: the highest that the client
// accepted and the talent acknowledged whole (R4). ok is false when there is none.
func InForce(versions []Brief, a Acks) (b Brief, ok bool) {
	sorted := append([]Brief{}, versions...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Version > sorted[j].Version })
	for _, v := range sorted {
		if v.Accepted() && ReadinessOf(v, a).Ready() {
			return v, true
		}
	}
	return Brief{}, false
}

// Agreed gives the highest version the client accepted.
func Agreed(versions []Brief) (b Brief, ok bool) {
	for _, v := range versions {
		if v.Accepted() && v.Version > b.Version {
			b, ok = v, true
		}
	}
	return b, ok
}

// NewestShared gives the highest version that was shared with the client.
func NewestShared(versions []Brief) (b Brief, ok bool) {
	for _, v := range versions {
		if !v.Draft() && v.Version > b.Version {
			b, ok = v, true
		}
	}
	return b, ok
}

// Effect says what a new version asks of a talent who acknowledged an older one.
type Effect struct {
	TalentID string
	Points   []int64 // numbers in the new version that must be acknowledged
	Version  int64   // in force until then; 0 when none is
}

// EffectsOf lists, for each talent with acknowledgements, what the version will ask
// anew. It is shown before sharing (A26).
func EffectsOf(next Brief, versions []Brief, acks map[string]Acks) []Effect {
	var out []Effect
	for talent, a := range acks {
		if len(a.Points) == 0 {
			continue
		}
		e := Effect{TalentID: talent}
		for _, p := range ReadinessOf(next, a).ToAcknowledge {
			e.Points = append(e.Points, p.Number)
		}
		if b, ok := InForce(versions, a); ok {
			e.Version = b.Version
		}
		if len(e.Points) > 0 {
			out = append(out, e)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].TalentID < out[j].TalentID })
	return out
}

// Tick is what a talent's page sends for one point: which text was on the screen.
type Tick struct {
	PointID string
	Hash    string
}

// Acknowledge gives the acknowledgements for ticked points of b shown in lang.
// Points ticked before are left out. Faults: brief.point-gone, brief.not-binding,
// brief.shown-changed.
func Acknowledge(b Brief, a Acks, talentID, lang, via string, ticks []Tick, now time.Time) ([]Acknowledgement, error) {
	points := byID(b.Points)
	var out []Acknowledgement
	for _, t := range ticks {
		p, ok := points[t.PointID]
		if !ok {
			return nil, ErrPointGone
		}
		if !p.Binding() {
			return nil, ErrNotBinding.With("number", p.Number)
		}
		shown := lang
		if _, fellBack := p.In(lang, b.Lang); fellBack {
			shown = b.Lang
		}
		hash := p.Hash(shown, b.Lang)
		if t.Hash != "" && t.Hash != hash {
			return nil, ErrShownChanged.With("number", p.Number)
		}
		if a.Has(b, p) {
			continue
		}
		out = append(out, Acknowledgement{CampaignID: b.CampaignID, TalentID: talentID, PointID: p.ID, Version: b.Version,
			Lang: shown, Hash: hash, At: now, Via: via})
	}
	return out, nil
}
