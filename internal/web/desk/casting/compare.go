package casting

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/web"
)

// comparePage puts a few candidates of one kind side by side.
type comparePage struct {
	listPage
	Line   casting.ListLine
	Rows   []casting.Row
	Chosen []string
}

// mostCompared is how many stand side by side and can still be read.
const mostCompared = 5

func (d rooms) compare(w http.ResponseWriter, r *http.Request) error {
	l, err := d.listPage(w, r, "shortlist")
	if err != nil {
		return err
	}
	p := comparePage{listPage: l, Chosen: r.URL.Query()["c"]}
	for _, line := range l.List.Lines {
		for _, row := range line.Rows {
			if len(p.Rows) < mostCompared && row.Candidate.Listed() && (len(p.Chosen) == 0 && (p.Line.Key == "" || p.Line.Key == line.Key) || slices.Contains(p.Chosen, row.Candidate.ID)) {
				p.Line, p.Rows = line, append(p.Rows, row)
			}
		}
	}
	return web.Render(w, r, http.StatusOK, compareView(p))
}

// fact is one line of the comparison.
type fact struct {
	Label  string
	Values []string
	Num    bool
	Inside bool // never on a client's list
}

// facts are the lines of the comparison, what the client may see first.
func (p comparePage) facts(ctx context.Context) []fact {
	l := locale.From(ctx)
	of := func(label string, num, inside bool, value func(casting.Row) string) fact {
		f := fact{Label: label, Num: num, Inside: inside}
		for _, r := range p.Rows {
			f.Values = append(f.Values, value(r))
		}
		return f
	}
	return []fact{
		of(l.T("cast.cmp.followers"), true, false, func(r casting.Row) string { return known(r.Account.Followers, l.Int) }),
		of(l.T("cast.cmp.er"), true, false, func(r casting.Row) string { return known(r.Account.ERBp, l.Bp) }),
		of(l.T("cast.cmp.views"), true, false, func(r casting.Row) string { return known(r.Account.AvgViews, l.Int) }),
		of(l.T("cast.cmp.on"), false, false, func(r casting.Row) string { return agedOn(l, r) }),
		of(l.T("cast.cmp.place"), false, false, func(r casting.Row) string { return strings.Trim(r.Talent.City+", "+r.Talent.Country, ", ") }),
		of(l.T("cast.cmp.tags"), false, false, func(r casting.Row) string { return strings.Join(r.Talent.Tags, ", ") }),
		of(l.T("cast.col.why"), false, false, func(r casting.Row) string { return r.Candidate.Why }),
		of(l.T("cast.col.price"), true, false, func(r casting.Row) string { return priceText(ctx, r.Candidate) }),
		of(l.T("cast.col.cost"), true, true, func(r casting.Row) string { return costText(ctx, r.Candidate) }),
		of(l.T("cast.col.margin"), true, true, func(r casting.Row) string { return marginText(ctx, r.Candidate) }),
		of(l.T("cast.cmp.cpv"), true, true, func(r casting.Row) string { return perView(l, r) }),
		of(l.T("cast.cmp.warnings"), false, true, func(r casting.Row) string { return warningWords(ctx, r) }),
		of(l.T("cast.field.note"), false, true, func(r casting.Row) string { return r.Candidate.Note }),
	}
}

func known(n int64, write func(int64) string) string {
	if n < 0 {
		return "–"
	}
	return write(n)
}

func agedOn(l *locale.Loc, r casting.Row) string {
	if r.Account.FollowersOn == "" {
		return l.T("cast.cmp.undated")
	}
	text := l.Date(r.Account.FollowersOn)
	if slices.Contains(r.Warnings, casting.WarnStale) {
		text += " · " + l.T("cast.warn.stale")
	}
	return text
}

// perView is what the client pays for a thousand usual views.
func perView(l *locale.Loc, r casting.Row) string {
	if r.Account.AvgViews <= 0 || r.Candidate.Price.None() {
		return "–"
	}
	per, err := r.Candidate.Price.MulRatio(1000, r.Account.AvgViews, 0)
	if err != nil {
		return "–"
	}
	return l.Money(per)
}

func warningWords(ctx context.Context, r casting.Row) string {
	var words []string
	for _, w := range r.Warnings {
		words = append(words, locale.T(ctx, "cast.warn."+string(w)))
	}
	return strings.Join(words, ", ")
}

// export gives the list as a file or as text to paste: for the agency, or as the
// client may have it, cut from the client's own view, which knows no cost.
func (d rooms) export(w http.ResponseWriter, r *http.Request) error {
	rows, err := d.exported(r)
	if err != nil {
		return err
	}
	switch as := r.PathValue("as"); as {
	case "csv":
		return download(w, "list-talent.csv", "text/csv; charset=utf-8", func(b *bytes.Buffer) error { return writeCSV(b, rows, web.ActorOf(r).Lang) })
	case "xlsx":
		l := locale.From(r.Context())
		book := paper.NewBook(l.T("cast.export"), web.ActorOf(r).Name, d.DB.Now(), l.Zone)
		rows.sheet(book, l)
		return download(w, "list-talent.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(b *bytes.Buffer) error { _, err := book.WriteTo(b); return err })
	default:
		return download(w, "list-talent.txt", "text/plain; charset=utf-8", func(b *bytes.Buffer) error { b.WriteString(rows.text(locale.From(r.Context()))); return nil })
	}
}

func download(w http.ResponseWriter, name, kind string, write func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.Header().Set("Content-Type", kind)
	if !strings.HasPrefix(kind, "text/plain") {
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
	w.Header().Set("Cache-Control", "private, no-store")
	if _, err := b.WriteTo(w); err != nil {
		return nil //nolint:nilerr // whoever asked has left
	}
	return nil
}
