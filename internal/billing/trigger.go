package billing

import "slices"

// Trigger is the fact that makes an instalment due for invoicing.
type Trigger string

// The triggers. OnDate fires on the instalment's own day; the others when their
// fact happens in the campaign.
const (
	OnDate       Trigger = "date"
	OnSigning    Trigger = "signing"
	OnKickoff    Trigger = "kickoff"
	OnAllPosted  Trigger = "all_posted"
	OnReportSent Trigger = "report_sent"
)

// Triggers lists them in the order of a campaign's life.
var Triggers = []Trigger{OnSigning, OnKickoff, OnAllPosted, OnReportSent, OnDate}

// Known says whether this is a trigger.
func (t Trigger) Known() bool { return slices.Contains(Triggers, t) }
