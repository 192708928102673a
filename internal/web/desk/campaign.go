package desk

import (
	"net/http"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// Top is the head that all screens of one campaign share: its name, brand and
// dates, and the tabs to its parts.
type Top struct {
	Campaign campaign.Campaign
	Client   string
	Brand    string
	Market   string // the country's name
	Tab      string // key of the part that is shown, see CampaignTabs
}

// TopOf reads the head of a campaign's screen; tab is the part that is shown.
func TopOf(r *http.Request, h *house.House, campaignID, tab string) (t Top, err error) {
	t.Tab = tab
	actor := web.ActorOf(r)
	if t.Campaign, err = h.Campaign.Campaign(r.Context(), actor, campaignID); err != nil {
		return t, err
	}
	f, err := h.Client.Client(r.Context(), actor, t.Campaign.ClientID)
	t.Client = f.Client.Name
	for _, b := range f.Brands {
		if b.ID == t.Campaign.BrandID {
			t.Brand = b.Name
		}
	}
	if err != nil {
		return t, err
	}
	countries, err := h.Country.Countries(r.Context(), actor)
	for _, c := range countries {
		if c.Code == t.Campaign.Market {
			t.Market = c.Name(locale.From(r.Context()).Lang)
		}
	}
	return t, err
}

// CampaignFrame is Frame for a screen of one campaign.
func CampaignFrame(w http.ResponseWriter, r *http.Request, h *house.House, t Top) (ui.Page, error) {
	l := locale.From(r.Context())
	return Frame(w, r, h, At{Nav: "campaigns", Title: t.Campaign.Name + " · " + l.T("desk.tab."+t.Tab), Live: "campaign:" + t.Campaign.ID, Crumbs: []ui.Crumb{
		{Label: l.T("ui.nav.campaigns"), Href: "/campaigns"}, {Label: t.Brand, Href: "/clients/" + t.Campaign.ClientID}, {Label: t.Campaign.Name}}})
}

func (t Top) meta(l *locale.Loc) []string {
	m := []string{t.Brand}
	if t.Client != t.Brand {
		m = append(m, t.Client)
	}
	m = append(m, l.Range(t.Campaign.StartOn, t.Campaign.EndOn))
	if !t.Campaign.Open() {
		m = append(m, l.T("campaign.closed-on", "date", l.Date(worktime.DateOf(t.Campaign.ClosedAt, l.Zone))))
	}
	return m
}
