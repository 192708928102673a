package result

import "kolega/internal/find"

// Findable is what of this room the search finds: posts, by the account, the address and
// the campaign.
var Findable = []find.Source{
	find.From(find.Post, "post.see", `SELECT p.id, p.deliverable_id, p.handle, k.name, p.url, p.platform_id, '', p.posted_at
		FROM post p JOIN campaign k ON k.id = p.campaign_id WHERE p.withdrawn_at IS NULL`),
}
