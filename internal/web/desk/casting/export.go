package casting

import (
	"io"
	"net/http"
	"strings"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/web"
	"kolega/internal/worktime"
)

// exportRow is a candidate on a list that leaves the program.
type exportRow struct {
	Line, Name, Handle, Platform, City string
	Followers, ERBp, Views             int64 // -1 unknown
	On                                 worktime.Date
	Why                                string
	Price, Cost                        money.Amount
	MarginBp                           int64
	MarginKnown                        bool
	Answer                             casting.Answer
	Warnings                           string
}

// exportList is the list; Inside says that cost and margin are columns of it.
type exportList struct {
	Inside bool
	Rows   []exportRow
}

// exported cuts the list. For the client it comes from the client's own view: the
// rows have no cost to leak.
func (d rooms) exported(r *http.Request) (out exportList, err error) {
	if r.PathValue("for") == "client" {
		sheet, err := d.Casting.PreviewPicks(r.Context(), web.ActorOf(r), r.PathValue("id"))
		for _, l := range sheet.Lines {
			for _, c := range l.Cards {
				if c.Gone == "" {
					out.Rows = append(out.Rows, exportRow{Line: l.Name, Name: c.Name, Handle: c.Handle, Platform: c.Platform, City: c.City, Followers: c.Followers, ERBp: c.ERBp,
						Views: c.AvgViews, On: c.FollowersOn, Why: c.Why, Price: c.Price, Answer: c.Sent})
				}
			}
		}
		return out, err
	}
	list, err := d.Casting.Shortlist(r.Context(), web.ActorOf(r), r.PathValue("id"))
	out.Inside = true
	for _, l := range list.Lines {
		for _, x := range l.Rows {
			if !x.Candidate.Listed() {
				continue
			}
			row := exportRow{Line: l.Name, Name: x.Talent.Name, Handle: x.Account.Title(), Platform: string(x.Account.Platform), City: x.Talent.City, Followers: x.Account.Followers,
				ERBp: x.Account.ERBp, Views: x.Account.AvgViews, On: x.Account.FollowersOn, Why: x.Candidate.Why, Price: x.Candidate.Price, Cost: x.Candidate.CostHome,
				Answer: x.Decision.Sent, Warnings: warningWords(r.Context(), x)}
			_, row.MarginBp, row.MarginKnown = x.Candidate.Margin()
			out.Rows = append(out.Rows, row)
		}
	}
	return out, err
}

// heads are the names of the columns, in the order of cells.
func (e exportList) heads(l *locale.Loc) []string {
	keys := []string{"cast.cmp.kind", "cast.col.talent", "cast.cmp.handle", "cast.cmp.platform", "cast.cmp.city", "cast.cmp.followers", "cast.cmp.er", "cast.cmp.views", "cast.cmp.on", "cast.col.why", "cast.col.price", "cast.col.answer"}
	if e.Inside {
		keys = append(keys, "cast.col.cost", "cast.col.margin", "cast.cmp.warnings")
	}
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = l.T(k)
	}
	return out
}

// cells are one row; an unknown figure is empty, never zero.
func (e exportList) cells(r exportRow, l *locale.Loc) []any {
	out := []any{r.Line, r.Name, r.Handle, r.Platform, r.City, count(r.Followers), share(r.ERBp, r.ERBp >= 0), count(r.Views), r.On, r.Why, r.Price, answerWord(l, r.Answer)}
	if e.Inside {
		out = append(out, r.Cost, share(r.MarginBp, r.MarginKnown), r.Warnings)
	}
	return out
}

func count(n int64) any {
	if n < 0 {
		return nil
	}
	return n
}

func share(bp int64, known bool) any {
	if !known {
		return nil
	}
	return paper.Bp(bp)
}

func answerWord(l *locale.Loc, a casting.Answer) string {
	if a == casting.AnswerNone {
		return ""
	}
	return l.T("cast.answer." + string(a))
}

func writeCSV(w io.Writer, e exportList, lang string) error {
	l := locale.For(lang, "Asia/Jakarta")
	c := paper.NewCSV(w, lang)
	var heads []any
	for _, h := range e.heads(l) {
		heads = append(heads, h)
	}
	c.Row(heads...)
	for _, r := range e.Rows {
		cells := e.cells(r, l)
		for i, v := range cells {
			if bp, ok := v.(paper.Bp); ok {
				cells[i] = l.Bp(int64(bp))
			}
		}
		c.Row(cells...)
	}
	return c.Close()
}

// sheet writes the list into a workbook.
func (e exportList) sheet(b *paper.Book, l *locale.Loc) {
	formats := []paper.Format{paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsInt, paper.AsPercent, paper.AsInt, paper.AsDate, paper.AsText, paper.AsMoney, paper.AsText,
		paper.AsMoney, paper.AsPercent, paper.AsText}
	var fields []paper.Field
	for i, h := range e.heads(l) {
		fields = append(fields, paper.Field{Head: h, Format: formats[i]})
	}
	s := b.Sheet(l.T("cast.export"), fields...)
	for _, r := range e.Rows {
		s.Row(e.cells(r, l)...)
	}
}

// text is the list to be pasted into a chat: one line a talent.
func (e exportList) text(l *locale.Loc) string {
	var b strings.Builder
	line := ""
	for _, r := range e.Rows {
		if r.Line != line {
			if line != "" {
				b.WriteString("\n")
			}
			line = r.Line
			b.WriteString(line + "\n")
		}
		parts := []string{r.Name + " (" + r.Handle + ")", known(r.Followers, l.Short), "ER " + known(r.ERBp, l.Bp), l.MoneyShort(r.Price)}
		if e.Inside {
			parts = append(parts, l.T("cast.col.cost")+" "+l.MoneyShort(r.Cost))
		}
		b.WriteString("- " + strings.Join(parts, " · ") + "\n  " + r.Why + "\n")
	}
	return b.String()
}
