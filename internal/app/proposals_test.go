package app

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
)

func TestProposals_TheClientsWordByLink(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		t.Run(lang, func(t *testing.T) {
			d := openDoors(t, lang)
			ae := access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.AE}
			p, err := d.hall.Campaign.ProposeVersion(context.Background(), ae, campaign.NewProposal{CampaignID: "ca", SourceNote: "Kickoff", Lines: []campaign.ProposedLine{
				{ID: "one", What: campaign.ChangePoint, PointID: "logo", Point: campaign.Point{Text: "Show the logo twice"}},
				{ID: "two", What: campaign.AddPoint, Point: campaign.Point{Kind: campaign.Must, Text: "Say the code"}},
			}})
			if err != nil {
				t.Fatal(err)
			}
			if page := d.get(d.client, ""); !strings.Contains(page, "#proposal-"+p.ID) {
				t.Error("it is no task of the client")
			}
			if page := plain(d.get(d.client+"/brief", "")); !strings.Contains(page, "Say the code") || strings.Contains(page, "brief.proposal") {
				t.Errorf("the client reads:\n%s", page)
			}
			base := d.client + "/brief/proposals/" + p.ID
			if page := d.post(base+"/object", "", 422, url.Values{"line": {"two"}}); !strings.Contains(page, `value="two" checked`) {
				t.Error("an objection without a word comes back as it was ticked")
			}
			d.post(base+"/object", "", 303, url.Values{"line": {"two"}, "text": {"no code"}})
			if page := plain(d.get("/campaigns/ca/brief", d.ae)); !strings.Contains(page, "no code") || !strings.Contains(page, "Kickoff") {
				t.Error("the agency does not read the objection")
			}
			d.post(base+"/accept", "", 303, nil)
			d.post(base+"/accept", "", 409, nil)
			page := plain(d.get(d.client+"/brief", ""))
			if !strings.Contains(page, "Show the logo twice") || strings.Contains(page, "Say the code") {
				t.Errorf("in force is:\n%s", page)
			}
			d.post("/campaigns/ca/brief/proposals/"+p.ID+"/withdraw", d.ae, 422, nil)
		})
	}
}
