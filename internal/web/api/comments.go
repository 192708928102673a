package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/report"
)

type reportCommentOut struct {
	ID     string    `json:"id"`
	Number int64     `json:"number" doc:"of the version"`
	Part   string    `json:"part" enum:"whole,summary,talents,guarantee,best,worth,learned,advice"`
	Text   string    `json:"text"`
	Party  string    `json:"party" enum:"client,staff"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

func reportCommentWire(c report.Comment) reportCommentOut {
	return reportCommentOut{c.ID, c.Number, c.Part, c.Text, c.Party, c.By, c.At.UTC()}
}

type reportCommentIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Number   int64  `json:"number,omitempty" doc:"0: the newest version"`
		Part     string `json:"part,omitempty"`
		Text     string `json:"text"`
	}
}

func registerComments(a *API) {
	op(a, http.MethodGet, "/report-comments", "", "What was said about a campaign's reports, oldest first", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[reportCommentOut], error) {
		all, err := a.Report.Comments(ctx, actor, in.Campaign)
		return Page[reportCommentOut]{Items: list(all, reportCommentWire)}, err
	})
	op(a, http.MethodPost, "/report-comments", "report.comment", "Say something about a version that was sent", func(ctx context.Context, actor access.Actor, in *reportCommentIn) (reportCommentOut, error) {
		c, err := a.Report.AddComment(ctx, actor, report.Comment{CampaignID: in.Body.Campaign, Number: in.Body.Number, Part: in.Body.Part, Text: in.Body.Text})
		return reportCommentWire(c), err
	})
}
