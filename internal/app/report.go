package app

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/pitch"
	"kolega/internal/report"
	"kolega/internal/web/asset"
	"kolega/internal/web/reportpage"
	"kolega/internal/worktime"
)

// page is the format of a report as one file that needs nothing besides.
const page = "html"

type reportCmd struct {
	Campaign string `arg:"" help:"The campaign's id, or a part of its name that only one has."`
	Output   string `short:"o" required:"" type:"path" help:"File to write: .pdf, .xlsx, .pptx or .html." placeholder:"FILE"`
	Version  int64  `help:"A version that was sent; without it, the report as the facts are now."`
}

// Run writes a campaign's report to a file, as sent or as the facts are now.
func (c *reportCmd) Run(ctx context.Context, common *Common, out *outputs) error {
	h, err := OpenHall(ctx, common, worktime.System(), common.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	format := strings.TrimPrefix(filepath.Ext(c.Output), ".")
	if format != report.PDF && format != report.XLSX && format != report.PPTX && (format != page || c.Version > 0) {
		return report.ErrFormat
	}
	if c.Campaign, err = h.campaignID(ctx, c.Campaign); err != nil {
		return err
	}
	f, err := os.Create(c.Output)
	if err != nil {
		return err
	}
	if err := c.write(ctx, h, common.Lang, format, f); err != nil {
		f.Close()
		_ = os.Remove(c.Output) // half a report is no report
		return err
	}
	fmt.Fprintln(out.out, c.Output)
	return f.Close()
}

func (c *reportCmd) write(ctx context.Context, h *Hall, lang, format string, f *os.File) error {
	if format == page {
		return h.reportPage(ctx, lang, c.Campaign, f)
	}
	if c.Version == 0 {
		_, err := h.Report.Preview(ctx, access.System(), c.Campaign, format, f)
		return err
	}
	in, _, err := h.Report.OpenFile(ctx, access.System(), c.Campaign, c.Version, format)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = f.ReadFrom(in)
	return err
}

// campaignID takes an id, or a part of the name of exactly one campaign.
func (h *Hall) campaignID(ctx context.Context, text string) (id string, err error) {
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, text)
		if err == nil {
			id = c.ID
			return nil
		}
		if !errors.Is(err, db.ErrNotFound) {
			return err
		}
		list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{Text: text, Limit: 2})
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return fault.New(fault.NotFound, "report.no-campaign", "name", text)
		}
		id = list[0].ID
		return nil
	})
	return id, err
}

// reportPage writes one file that needs nothing besides: the styles are inside.
func (h *Hall) reportPage(ctx context.Context, lang, id string, w io.Writer) error {
	sheet, err := h.Report.Edit(ctx, access.System(), id)
	if err != nil {
		return err
	}
	styles, err := asset.Text("outside.css")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "<!doctype html>\n<html lang=%q><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title><style>%s</style></head><body class=\"out\"><main><h1>%s</h1>",
		lang, html.EscapeString(sheet.Document.Campaign), styles, html.EscapeString(sheet.Document.Campaign))
	if err := reportpage.Body(sheet.Document, reportpage.NoPictures).Render(locale.With(ctx, locale.For(lang, "Asia/Jakarta")), w); err != nil {
		return err
	}
	_, err = io.WriteString(w, "</main></body></html>\n")
	return err
}

// reports says which sent reports differ from their fingerprint.
func reports(ctx context.Context, tx *db.Tx) (out []string, err error) {
	found, err := report.Check(ctx, tx)
	for _, p := range found {
		out = append(out, "campaign "+p.CampaignID+" report "+p.Hash)
	}
	return out, err
}

// decks says which versions of decks differ from their fingerprints.
func decks(ctx context.Context, tx *db.Tx) (out []string, err error) {
	found, err := pitch.CheckVersions(ctx, tx)
	for _, p := range found {
		out = append(out, "deck "+p.DeckID+" version "+p.VersionID)
	}
	return out, err
}
