package campaigns

import (
	"context"
	"net/http"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

type withdrawForm struct {
	Why string `form:"why"`
}

// withdrawProposal takes back what the client did not accept yet.
func (d rooms) withdrawProposal(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[withdrawForm](r)
	if err == nil {
		err = d.Campaign.WithdrawProposal(r.Context(), web.ActorOf(r), r.PathValue("proposal"), f.Why)
	}
	if err != nil {
		return d.refused(w, r, err, func(*briefPage) {})
	}
	return d.toBrief(w, r, "brief.proposal.withdrawn")
}

// proposalStatus says how a proposal stands.
func proposalStatus(ctx context.Context, q campaign.ProposalView) ui.Status {
	meaning := map[campaign.ProposalOutcome]ui.Meaning{"": ui.ClientMove, campaign.ProposalTaken: ui.Good, campaign.ProposalObjected: ui.Bad}[q.Outcome]
	state := string(q.Outcome)
	if q.Open() {
		state = "open"
	}
	return ui.Status{Word: locale.T(ctx, "brief.proposal.state."+state), Meaning: meaning}
}
