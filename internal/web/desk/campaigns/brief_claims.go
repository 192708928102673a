package campaigns

import (
	"net/http"

	"kolega/internal/web"
)

type claimForm struct {
	Product string `form:"product"`
	Number  string `form:"number"`
	Version int64  `form:"sheet"`
}

// attachClaims puts the checklist of the market and a product group beside the brief.
func (d rooms) attachClaims(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[claimForm](r)
	if err != nil {
		return err
	}
	if _, err := d.Campaign.AttachClaims(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Product, f.Number, f.Version); err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Claim = f })
	}
	return d.toBrief(w, r, "claim.attached")
}
