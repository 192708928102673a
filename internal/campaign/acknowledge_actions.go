package campaign

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// TalentBrief is the agreed brief as one talent sees it, in the talent's language:
// no source, no client's note, no other talent.
type TalentBrief struct {
	CampaignID string
	Version    int64
	InForce    int64 // the version that binds now; 0 when none is
	Lang       string
	Points     []TalentPoint
	Questions  []TalentQuestion
	Inquiries  []Inquiry
	Removed    []string // what was acknowledged before and is no longer demanded
	Left       int      // binding points still to be acknowledged
	Unanswered int
	Stopped    bool // an answer does not fit: the agency has been told
	Changed    bool // the talent acknowledged an older version before
	MayAct     bool
}

// TalentPoint is one point as a talent sees it.
type TalentPoint struct {
	ID       string
	Number   int64
	Kind     PointKind
	Text     string
	Hash     string // of what is shown, sent back with the tick
	Lang     string // of the text shown
	FellBack bool   // the talent's language is missing
	Binding  bool
	TickedAt time.Time // zero: still to be acknowledged
	New      bool      // changed since the talent's last acknowledgement
	Words    []Run     // the wording against what was acknowledged before; nil when it was not
}

// TalentQuestion is one eligibility question as a talent sees it.
type TalentQuestion struct {
	ID         string
	Text       string
	Hash       string
	FellBack   bool
	Answered   bool
	Answer     bool
	AnsweredAt time.Time
}

// BriefForTalent gives the agreed brief on the talent's link. Without one there is
// nothing to show: NotFound.
func (s *Service) BriefForTalent(ctx context.Context, actor access.Actor, campaignID string) (v TalentBrief, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := talentCampaign(ctx, tx, actor, "brief.see", campaignID)
		if err != nil {
			return err
		}
		versions, err := ListBriefs(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		agreed, ok := Agreed(versions)
		if !ok {
			return db.ErrNotFound
		}
		a, err := LoadAcks(ctx, tx, campaignID, actor.TalentID)
		if err != nil {
			return err
		}
		v = talentView(agreed, versions, a, actor.Lang)
		v.MayAct = c.Open()
		v.Inquiries, err = ListInquiries(ctx, tx, campaignID, actor.TalentID)
		return err
	})
	return v, err
}

// talentCampaign is ownCampaign for a talent: the room is the talent's own, of this campaign.
func talentCampaign(ctx context.Context, tx *db.Tx, actor access.Actor, v access.Verb, campaignID string) (Campaign, error) {
	if !actor.IsTalent() {
		return Campaign{}, db.ErrNotFound
	}
	if err := actor.Require(v, access.Owner{CampaignID: campaignID, TalentID: actor.TalentID}); err != nil {
		return Campaign{}, err
	}
	return LoadCampaign(ctx, tx, campaignID)
}

func talentView(b Brief, versions []Brief, a Acks, lang string) TalentBrief {
	v := TalentBrief{CampaignID: b.CampaignID, Version: b.Version, Lang: lang, Changed: len(a.Points) > 0}
	if f, ok := InForce(versions, a); ok {
		v.InForce = f.Version
	}
	r := ReadinessOf(b, a)
	v.Left, v.Unanswered, v.Stopped = len(r.ToAcknowledge), len(r.ToAnswer), len(r.Wrong) > 0
	for _, p := range b.Points {
		v.Points = append(v.Points, talentPoint(b, versions, a, p, lang))
	}
	v.Removed = fallenAway(b, versions, a, lang)
	for _, q := range b.Questions {
		text, fellBack := q.In(lang, b.Lang)
		t := TalentQuestion{ID: q.ID, Text: text, Hash: q.Hash(lang, b.Lang), FellBack: fellBack}
		if e, ok := a.AnswerTo(b, q); ok {
			t.Answered, t.Answer, t.AnsweredAt = true, e.Answer, e.At
		}
		v.Questions = append(v.Questions, t)
	}
	return v
}

func talentPoint(b Brief, versions []Brief, a Acks, p Point, lang string) TalentPoint {
	text, fellBack := p.In(lang, b.Lang)
	t := TalentPoint{ID: p.ID, Number: p.Number, Kind: p.Kind, Text: text, Hash: p.Hash(lang, b.Lang), Lang: lang, FellBack: fellBack, Binding: p.Binding()}
	if fellBack {
		t.Lang = b.Lang
	}
	for _, k := range a.Points {
		if k.PointID == p.ID && k.Hash == p.Hash(k.Lang, b.Lang) {
			t.TickedAt = k.At
		}
	}
	t.New = t.Binding && t.TickedAt.IsZero() && len(a.Points) > 0
	if before, ok := acknowledged(versions, a, p.ID, lang); ok && t.New {
		t.Words = Wording(before, text)
	}
	return t
}

// acknowledged gives the words of a point as the talent last acknowledged them, in the
// reader's language or else in the brief's own.
func acknowledged(versions []Brief, a Acks, pointID, lang string) (text string, ok bool) {
	var last Acknowledgement
	for _, k := range a.Points {
		if k.PointID == pointID && k.Version > last.Version {
			last = k
		}
	}
	for _, v := range versions {
		if p, there := byID(v.Points)[pointID]; there && v.Version == last.Version {
			text, _ = p.In(lang, v.Lang)
			return text, true
		}
	}
	return "", false
}

// fallenAway are points that the talent acknowledged and that b does not demand.
func fallenAway(b Brief, versions []Brief, a Acks, lang string) (out []string) {
	now, told := byID(b.Points), map[string]bool{}
	for _, k := range a.Points {
		if p, there := now[k.PointID]; there && p.Binding() || told[k.PointID] {
			continue
		}
		told[k.PointID] = true
		if text, ok := acknowledged(versions, a, k.PointID, lang); ok {
			out = append(out, text)
		}
	}
	return out
}

// Acknowledge keeps a talent's ticks at points of the agreed brief, each in the
// words that were shown (R4). Nothing can be un-ticked. Faults:
// brief.superseded when a newer version is agreed, brief.point-gone,
// brief.not-binding, brief.shown-changed.
func (s *Service) Acknowledge(ctx context.Context, actor access.Actor, campaignID string, version int64, ticks []Tick) (r Readiness, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, a, err := agreedFor(ctx, tx, actor, campaignID)
		if err != nil {
			return err
		}
		if b.Version != version {
			return ErrBriefSuperseded.With("version", b.Version)
		}
		fresh, err := Acknowledge(b, a, actor.TalentID, actor.Lang, actor.Via, ticks, tx.Now())
		if err != nil {
			return err
		}
		for _, k := range fresh {
			if err := insertAck(ctx, tx, k); err != nil {
				return err
			}
		}
		a.Points = append(a.Points, fresh...)
		r = ReadinessOf(b, a)
		return recordAck(ctx, tx, actor, b, len(fresh), r)
	})
	return r, err
}

// recordAck leaves an entry of its own act for ticks in between, so that
// "brief.acknowledge" is there only once the version is in force.
func recordAck(ctx context.Context, tx *db.Tx, actor access.Actor, b Brief, fresh int, r Readiness) error {
	if fresh == 0 {
		return nil
	}
	e := audit.Entry{Verb: "brief.tick", Subject: "acknowledgement", ID: b.CampaignID + "/" + actor.TalentID, Campaign: b.CampaignID, Talent: actor.TalentID,
		After: map[string]any{"version": b.Version, "points": fresh, "left": len(r.ToAcknowledge), "lang": actor.Lang}}
	if r.Ready() {
		e.Verb = "brief.acknowledge"
		if err := job.Enqueue(ctx, tx, Acknowledged{CampaignID: b.CampaignID, TalentID: actor.TalentID, Version: b.Version}); err != nil {
			return err
		}
	}
	return audit.Record(ctx, tx, actor.Who, e)
}

// agreedFor gives the agreed brief of a talent's own open campaign, and the talent's acknowledgements.
func agreedFor(ctx context.Context, tx *db.Tx, actor access.Actor, campaignID string) (b Brief, a Acks, err error) {
	c, err := talentCampaign(ctx, tx, actor, "brief.acknowledge", campaignID)
	if err != nil {
		return b, a, err
	}
	if err := c.mayChange(); err != nil {
		return b, a, err
	}
	if b, err = AgreedBrief(ctx, tx, campaignID); err != nil {
		return b, a, err
	}
	a, err = LoadAcks(ctx, tx, campaignID, actor.TalentID)
	return b, a, err
}

// AnswerEligibility keeps a talent's answer to a question of the agreed brief. An
// answer that does not fit stops the offer and tells the AE (Ineligible). Faults:
// brief.point-gone, brief.shown-changed.
func (s *Service) AnswerEligibility(ctx context.Context, actor access.Actor, campaignID, questionID, hash string, answer bool) (r Readiness, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, a, err := agreedFor(ctx, tx, actor, campaignID)
		if err != nil {
			return err
		}
		q, err := questionOf(b, questionID)
		if err != nil {
			return err
		}
		e := Eligibility{CampaignID: campaignID, TalentID: actor.TalentID, QuestionID: q.ID, Lang: actor.Lang, Hash: q.Hash(actor.Lang, b.Lang), Answer: answer, At: tx.Now()}
		if _, fellBack := q.In(actor.Lang, b.Lang); fellBack {
			e.Lang = b.Lang
		}
		if hash != "" && hash != e.Hash {
			return ErrShownChanged
		}
		if err := insertEligibility(ctx, tx, e); err != nil {
			return err
		}
		a.Answers = append(a.Answers, e)
		r = ReadinessOf(b, a)
		return recordEligibility(ctx, tx, actor, b, q, answer, r)
	})
	return r, err
}

func questionOf(b Brief, id string) (Question, error) {
	for _, q := range b.Questions {
		if q.ID == id {
			return q, nil
		}
	}
	return Question{}, ErrPointGone
}

func recordEligibility(ctx context.Context, tx *db.Tx, actor access.Actor, b Brief, q Question, answer bool, r Readiness) error {
	if answer != q.Wants {
		if err := job.Enqueue(ctx, tx, Ineligible{CampaignID: b.CampaignID, TalentID: actor.TalentID, QuestionID: q.ID}); err != nil {
			return err
		}
	}
	e := audit.Entry{Verb: "brief.answer", Subject: "eligibility", ID: b.CampaignID + "/" + actor.TalentID, Campaign: b.CampaignID, Talent: actor.TalentID,
		After: map[string]any{"fits": answer == q.Wants}}
	if r.Ready() {
		e.Verb = "brief.acknowledge"
		if err := job.Enqueue(ctx, tx, Acknowledged{CampaignID: b.CampaignID, TalentID: actor.TalentID, Version: b.Version}); err != nil {
			return err
		}
	}
	return audit.Record(ctx, tx, actor.Who, e)
}

// AskAboutPoint keeps a talent's question about a point; the AE is told. Faults:
// brief.point-gone, brief.inquiry-text.
func (s *Service) AskAboutPoint(ctx context.Context, actor access.Actor, campaignID, pointID, text string) (i Inquiry, err error) {
	if text = strings.TrimSpace(text); text == "" || len([]rune(text)) > 1000 {
		return i, ErrInquiryText.At("text")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, _, err := agreedFor(ctx, tx, actor, campaignID)
		if err != nil {
			return err
		}
		if _, ok := byID(b.Points)[pointID]; !ok {
			return ErrPointGone
		}
		i = Inquiry{ID: tx.NewID(), CampaignID: campaignID, TalentID: actor.TalentID, PointID: pointID, Version: b.Version, Text: text, AskedAt: tx.Now(), Rev: 1}
		if err := insertInquiry(ctx, tx, i); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, PointAsked{CampaignID: campaignID, TalentID: actor.TalentID, InquiryID: i.ID}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.ask", Subject: "inquiry", ID: i.ID, Campaign: campaignID, Talent: actor.TalentID})
	})
	return i, err
}

// AnswerInquiry answers a talent's question about a point. Faults:
// brief.inquiry-text, brief.inquiry-answered.
func (s *Service) AnswerInquiry(ctx context.Context, actor access.Actor, inquiryID, text string) (i Inquiry, err error) {
	if err := actor.Require("brief.edit", access.Owner{}); err != nil {
		return i, err
	}
	if text = strings.TrimSpace(text); text == "" || len([]rune(text)) > 1000 {
		return i, ErrInquiryText.At("answer")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if i, err = loadInquiry(ctx, tx, inquiryID); err != nil {
			return err
		}
		if i.Answer != "" {
			return ErrInquiryDone
		}
		i.Answer, i.AnsweredBy, i.AnsweredAt = text, actor.Name, tx.Now()
		if err := saveInquiry(ctx, tx, i); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.reply", Subject: "inquiry", ID: i.ID, Campaign: i.CampaignID, Talent: i.TalentID})
	})
	return i, err
}
