package report

import (
	"time"

	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// Episode is a talent in one campaign of one client: from the list to the result.
type Episode struct {
	CampaignID, Campaign string
	ClientID, Client     string
	Brand                string
	AddedAt              time.Time
	Stage                EpisodeStage
	Answer               casting.Answer // of the client's decider
	Reason               string         // in the decider's words
	Why                  string         // the agency's sentence for the talent
	Fee                  money.Amount   // agreed with the talent; none before a booking
	DraftOn, PostOn      worktime.Date  // promised, in the talent's zone
	Drop                 casting.DropKind
	Posts                int
	ER                   result.Sum // pooled over the verified insights (R19)
}

// TalentHistory is a talent's past with every client, newest first, and the answer
// about one day.
type TalentHistory struct {
	Episodes []Episode
	Day      TalentDay
}
