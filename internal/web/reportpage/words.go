package reportpage

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/web/ui"
)

func figures(ctx context.Context, d report.Document) ui.KeyFigures {
	l := locale.From(ctx)
	er := d.Total.ER()
	meaning := ui.Neutral
	of := ""
	if d.TargetBp > 0 {
		of = l.T("report.of-target", "target", l.Bp(d.TargetBp))
		if er.Measurable() {
			meaning = ui.Bad
			if er.AtLeast(d.TargetBp) {
				meaning = ui.Good
			}
		}
	}
	return ui.KeyFigures{
		{Label: l.T("report.posted"), Value: l.Int(d.Done.Posted), Of: "/ " + l.Int(d.Done.Planned), Note: l.T("report.on-time", "n", d.Done.OnTime)},
		{Label: l.T("metric.reach"), Value: short(l, d.Total.Reach), Exact: report.CountText(l, d.Total.Reach), Note: report.KnownText(l, d.Total.Reach)},
		{Label: l.T("report.engagements"), Value: l.Short(d.Total.Engagements), Exact: l.Int(d.Total.Engagements), Note: l.T("report.talents", "n", d.Done.Talents)},
		{Label: l.T("report.er"), Value: report.RateText(l, er), Of: of, Note: d.RateNote(l), Meaning: meaning, Formula: &ui.Formula{
			ID: "report-er", Value: report.RateText(l, er), Title: l.T("report.er"), Text: d.FormulaText(l) + " " + l.T("report.method-pooled"),
			Inputs: ui.Terms{{Name: l.T("report.engagements"), Text: l.Int(d.Total.Engagements)}, {Name: l.T("figure.base." + string(d.Formula)), Text: l.Int(d.Total.Base)}}}},
	}
}

func short(l *locale.Loc, c report.Count) string {
	if c.Known == 0 {
		return locale.NoFigure
	}
	return l.Short(c.Value)
}

func statusMeaning(d report.DraftLine) ui.Meaning {
	switch {
	case d.Late:
		return ui.Bad
	case d.Party == report.ClientSide:
		return ui.ClientMove
	case d.Party == report.Nobody, d.State == "approved":
		return ui.Good
	}
	return ui.Wait
}

func promiseMeaning(s result.State) ui.Meaning {
	switch s {
	case result.Met:
		return ui.Good
	case result.Missed:
		return ui.Bad
	}
	return ui.Wait
}

// NoPictures shows a report without pictures of posts.
func NoPictures(string) string { return "" }

// rateClass colours a post's rate against the target.
func rateClass(d report.Document, p report.Post) string {
	switch er := p.ER(); {
	case d.TargetBp == 0 || !er.Measurable():
		return ""
	case er.AtLeast(d.TargetBp):
		return "is-good"
	}
	return "is-bad"
}

func handle(l *locale.Loc, s report.Sums) string {
	if s.Handle == "" {
		return l.T("platform." + s.Platform)
	}
	return "@" + s.Handle + " · " + l.T("platform."+s.Platform)
}

func metric(l *locale.Loc, p report.Post, m result.Metric) string {
	if n, ok := p.Counts[m]; ok {
		return l.Int(n)
	}
	return locale.NoFigure
}

// SendFile answers with a report's file, named after the campaign and version.
func SendFile(w http.ResponseWriter, r *http.Request, f io.ReadSeekCloser, v report.Sent, format string) error {
	defer f.Close()
	head(w, v.Document, format)
	http.ServeContent(w, r, "", v.At, f)
	return nil
}

// SendBytes answers with a preview that was painted just now.
func SendBytes(w http.ResponseWriter, d report.Document, format string, b *bytes.Buffer) error {
	head(w, d, format)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes()) // the reader went away; nothing is left to tell
	return nil
}

var types = map[string]string{report.PDF: "application/pdf", report.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	report.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation"}

// SendPicture answers with a post's picture, which stays what its address names.
func SendPicture(w http.ResponseWriter, data []byte) error {
	w.Header().Set("Content-Type", http.DetectContentType(data))
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.Header().Set("Cache-Control", "private, max-age=86400")
	_, _ = w.Write(data) // the reader went away; nothing is left to tell
	return nil
}

func head(w http.ResponseWriter, d report.Document, format string) {
	w.Header().Set("Content-Type", types[format])
	way := "attachment"
	if format == report.PDF {
		way = "inline"
	}
	w.Header().Set("Content-Disposition", way+`; filename="`+FileName(d, format)+`"`)
}

// SendStatus answers with a draft report as a PDF.
func SendStatus(w http.ResponseWriter, s report.DraftStatus, b *bytes.Buffer) error {
	w.Header().Set("Content-Type", types[report.PDF])
	w.Header().Set("Content-Disposition", `inline; filename="`+plainName("status", s.Campaign)+`.pdf"`)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes()) // the reader went away; nothing is left to tell
	return nil
}

// FileName names a report's file in plain letters: "laporan-two-way-cake-v2.pdf".
func FileName(d report.Document, format string) string {
	kind := "laporan"
	if d.Lang == "en" {
		kind = "report"
	}
	return plainName(kind, d.Campaign) + "-v" + strconv.FormatInt(d.Number, 10) + "." + format
}

// plainName joins a kind and a name in plain letters.
func plainName(kind, text string) string {
	name := []byte(kind + "-")
	for _, c := range []byte(locale.Fold(text)) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			name = append(name, c)
		} else if name[len(name)-1] != '-' {
			name = append(name, '-')
		}
	}
	return strings.TrimSuffix(string(name), "-")
}
