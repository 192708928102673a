package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/worktime"
)

type reportCmd struct {
	Campaign string `arg:"" help:"Id of the campaign."`
	Output   string `short:"o" required:"" type:"path" help:"File to write: .pdf or .xlsx." placeholder:"FILE"`
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
	if format != report.PDF && format != report.XLSX {
		return report.ErrFormat
	}
	f, err := os.Create(c.Output)
	if err != nil {
		return err
	}
	if err := c.write(ctx, h, format, f); err != nil {
		f.Close()
		os.Remove(c.Output)
		return err
	}
	fmt.Fprintln(out.out, c.Output)
	return f.Close()
}

func (c *reportCmd) write(ctx context.Context, h *Hall, format string, f *os.File) error {
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

// reports says which sent reports differ from their fingerprint.
func reports(ctx context.Context, tx *db.Tx) (out []string, err error) {
	found, err := report.Check(ctx, tx)
	for _, p := range found {
		out = append(out, "campaign "+p.CampaignID+" report "+p.Hash)
	}
	return out, err
}
