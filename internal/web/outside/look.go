package outside

import (
	"net/http"
	"strconv"

	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// BrandCSS puts a colour that is readable on white, as RRGGBB, in the place of the house's
// own: as it is on light pages, lightened on dark ones, so that words keep their contrast
// on both.
func BrandCSS(words string) string {
	c := "#" + words
	mix := func(percent int, with string) string {
		return "color-mix(in oklab," + c + " " + strconv.Itoa(percent) + "%," + with + ")"
	}
	return ":root{--brand:light-dark(" + c + "," + mix(30, "white") + ");--brand-hover:light-dark(" + mix(85, "black") + "," + mix(20, "white") + ");--brand-tint:light-dark(" + mix(9, "white") + "," + mix(30, "black") +
		");--brand-line:light-dark(" + mix(25, "white") + "," + mix(50, "black") + ");--on-brand:light-dark(#fff,#111)}\n"
}

// dress puts a client's own colour and logo on the pages of its link.
func dress(r *http.Request, h *house.House, p *ui.OutsidePage) error {
	actor := web.ActorOf(r)
	if !actor.IsClient() || h.Client == nil {
		return nil
	}
	l, err := h.Client.Look(r.Context(), actor, actor.ClientID)
	if err != nil {
		return err
	}
	version := "?v=" + strconv.FormatInt(l.Since.Unix(), 36)
	if l.Color != "" {
		p.StyleURL = Base(r) + "/look.css" + version
	}
	if len(l.Logo) > 0 {
		p.GuestLogoURL = Base(r) + "/client-logo" + version
	}
	return nil
}
