package campaign

import "kolega/internal/find"

// Findable is what of this room the search finds: campaigns, by their brand and client too.
var Findable = []find.Source{
	find.From(find.Campaign, "campaign.see", `SELECT k.id, k.id, k.name, c.name, b.name, '', '', k.started_at
		FROM campaign k JOIN client c ON c.id = k.client_id JOIN brand b ON b.id = k.brand_id`),
}
