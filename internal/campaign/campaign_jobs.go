package campaign

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
