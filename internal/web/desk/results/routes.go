// Package results is the part of the staff app about what came of the content: posts
// and their links, insights and the second look, the guarantee and its remedies, and
// the report a client keeps.
package results

import (
	"context"
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return append(append(dominoRoutes(d), trackRoutes(d)...), []web.Route{
		{Method: "GET", Pattern: "/campaigns/{id}/posts", Verb: "post.see", Handle: d.posts},
		{Method: "POST", Pattern: "/campaigns/{id}/posts/plan", Verb: "post.enter", Handle: d.planPosts},
		{Method: "POST", Pattern: "/campaigns/{id}/posts", Verb: "post.enter", Handle: d.enterPosts},
		{Method: "GET", Pattern: "/posts", Verb: "post.see", Handle: d.watch},
		{Method: "POST", Pattern: "/posts", Verb: "post.enter", Handle: d.sawPosts},
		{Method: "POST", Pattern: "/posts/{deliverable}/caption", Verb: "post.enter", Handle: d.compareCaption},
		{Method: "GET", Pattern: "/posts/{deliverable}", Verb: "post.see", Handle: d.post},
		{Method: "POST", Pattern: "/posts/{deliverable}/link", Verb: "post.enter", Handle: d.enterPost},
		{Method: "POST", Pattern: "/posts/{deliverable}/act", Verb: "post.enter", Handle: d.actPost},
		{Method: "POST", Pattern: "/posts/{deliverable}/checks", Verb: "post.enter", Handle: d.checkPost},
		{Method: "POST", Pattern: "/posts/{deliverable}/insights", Verb: "insight.enter", Handle: d.enterInsight},
		{Method: "GET", Pattern: "/campaigns/{id}/insights", Verb: "insight.see", Handle: d.queue},
		{Method: "GET", Pattern: "/campaigns/{id}/insights/table", Verb: "insight.enter", Handle: d.table},
		{Method: "POST", Pattern: "/campaigns/{id}/insights/table", Verb: "insight.enter", Handle: d.planTable},
		{Method: "POST", Pattern: "/campaigns/{id}/insights/table/keep", Verb: "insight.enter", Handle: d.keepTable},
		{Method: "GET", Pattern: "/insights/{insight}", Verb: "insight.see", Handle: d.insight},
		{Method: "POST", Pattern: "/insights/{insight}/verify", Verb: "insight.verify", Handle: d.verify},
		{Method: "POST", Pattern: "/insights/{insight}/contest", Verb: "insight.verify", Handle: d.contest},
		{Method: "GET", Pattern: "/insights/{insight}/evidence/{sha}", Verb: "insight.see", Handle: d.evidence},
		{Method: "GET", Pattern: "/campaigns/{id}/results", Verb: "guarantee.see", Handle: d.results},
		{Method: "POST", Pattern: "/campaigns/{id}/results/remedy", Verb: "guarantee.remedy", Handle: d.remedy},
		{Method: "POST", Pattern: "/campaigns/{id}/results/ruling", Verb: "guarantee.remedy", Handle: d.ruling},
		{Method: "POST", Pattern: "/campaigns/{id}/results/refunds/{remedy}", Verb: "guarantee.decide", Handle: d.decideRefund},
		{Method: "GET", Pattern: "/campaigns/{id}/draft-status", Verb: "campaign.see", Handle: d.status},
		{Method: "GET", Pattern: "/campaigns/{id}/draft-status.pdf", Verb: "campaign.see", Handle: d.statusPDF},
		{Method: "POST", Pattern: "/campaigns/{id}/draft-status", Verb: "access.links", Handle: d.sendStatus},
		{Method: "GET", Pattern: "/reports", Verb: "report.see", Handle: d.reports},
		{Method: "GET", Pattern: "/campaigns/{id}/report", Verb: "report.see", Handle: d.report},
		{Method: "POST", Pattern: "/campaigns/{id}/report", Verb: "report.edit", Handle: d.saveReport},
		{Method: "POST", Pattern: "/campaigns/{id}/report/send", Verb: "report.send", Handle: d.sendReport},
		{Method: "GET", Pattern: "/campaigns/{id}/report/files/{file}", Verb: "report.see", Handle: d.file},
		{Method: "POST", Pattern: "/campaigns/{id}/report/comments", Verb: "report.comment", Handle: d.comment},
		{Method: "GET", Pattern: "/campaigns/{id}/report/pictures/{sha}", Verb: "report.see", Handle: d.picture},
		{Method: "POST", Pattern: "/campaigns/{id}/report/pictures", Verb: "report.edit", Handle: d.setPicture},
		{Method: "POST", Pattern: "/campaigns/{id}/close", Verb: "campaign.close", Handle: d.close},
	}...)
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "result."+key, args...)
}

// frame is the shell and the head of a part of a campaign; tab is the part's key.
func (d rooms) frame(w http.ResponseWriter, r *http.Request, campaignID, tab string) (ui.Page, desk.Top, error) {
	top, err := desk.TopOf(r, d.House, campaignID, tab)
	if err != nil {
		return ui.Page{}, top, err
	}
	p, err := desk.CampaignFrame(w, r, d.House, top)
	return p, top, err
}
