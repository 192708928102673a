package talentlink

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/outside"
)

type room struct{ *house.House }

// Routes is the table of the door; its patterns stand below the link's secret.
func Routes(h *house.House) []web.Route {
	var all []web.Route
	for _, part := range []func(room) []web.Route{moneyRoutes, offerRoutes, room.landingRoutes, room.recordRoutes, room.shootRoutes, draftRoutes, postRoutes} {
		all = append(all, part(room{h})...)
	}
	return append(all, outside.CalendarRoutes(h, "id", "en", "fil")...)
}
