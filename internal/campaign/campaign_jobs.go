package campaign

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/job"
)

// viaSilence is how a version came to be agreed when nobody objected in time (R14).
const viaSilence = "silence"

// Work puts this room's workers on the registry. Each is safe to run twice.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "campaign.proposal-silent", s.endSilence)
}

// endSilence puts a proposal in force that nobody objected to in time. What was settled
// meanwhile, or a campaign that was closed, stays as it is.
func (s *Service) endSilence(ctx context.Context, e ProposalSilent) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadProposal(ctx, tx, e.ProposalID)
		if err != nil || !p.Silent(tx.Now()) {
			return err
		}
		c, err := LoadCampaign(ctx, tx, p.CampaignID)
		if err != nil || !c.Open() {
			return err
		}
		_, err = takeProposal(ctx, tx, access.System(), c, p, viaSilence, tx.Now())
		return err
	})
}

// ProposalSilent is due when silence about a proposal counts as yes.
type ProposalSilent struct{ ProposalID string }

// Kind names the job.
func (ProposalSilent) Kind() string { return "campaign.proposal-silent" }

// ProposalObjectedTo says that the client objected to a line of a proposal.
type ProposalObjectedTo struct{ ProposalID, CampaignID string }

// Kind names the event.
func (ProposalObjectedTo) Kind() string { return "campaign.proposal-objected" }

// KickedOff says that work on a campaign has begun (R16: fires an instalment).
type KickedOff struct{ CampaignID string }

// Kind names the event.
func (KickedOff) Kind() string { return "campaign.kicked-off" }

// BriefShared says that a version of the brief waits for the client.
type BriefShared struct {
	CampaignID string
	Version    int64
}

// Kind names the event.
func (BriefShared) Kind() string { return "campaign.brief-shared" }

// BriefAccepted says that the client agreed to a version of the brief.
type BriefAccepted struct {
	CampaignID string
	Version    int64
}

// Kind names the event.
func (BriefAccepted) Kind() string { return "campaign.brief-accepted" }

// Acknowledged says that a version of the brief came into force for a talent.
type Acknowledged struct {
	CampaignID string
	TalentID   string
	Version    int64
}

// Kind names the event.
func (Acknowledged) Kind() string { return "campaign.brief-acknowledged" }

// Ineligible says that a talent's answer does not fit the brief: the offer stops
// and the AE is told (R4).
type Ineligible struct {
	CampaignID string
	TalentID   string
	QuestionID string
}

// Kind names the event.
func (Ineligible) Kind() string { return "campaign.talent-ineligible" }

// PointAsked says that a talent asked about a point of the brief.
type PointAsked struct {
	CampaignID string
	TalentID   string
	InquiryID  string
}

// Kind names the event.
func (PointAsked) Kind() string { return "campaign.point-asked" }

// Closed says that nothing of a campaign is open any more.
type Closed struct{ CampaignID string }

// Kind names the event.
func (Closed) Kind() string { return "campaign.closed" }
