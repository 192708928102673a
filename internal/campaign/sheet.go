package campaign

import (
	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/worktime"
)

// Sheets writes the timeline into a workbook: one sheet of weeks as the agency
// draws it (P planned, A actual, both), one list of works with their dates.
func (t Timeline) Sheets(b *paper.Book, l *locale.Loc) {
	t.weekSheet(b, l)
	t.listSheet(b, l)
}

func (t Timeline) weekSheet(b *paper.Book, l *locale.Loc) {
	weeks := t.Weeks()
	fields := []paper.Field{{Head: l.T("campaign.sheet.brand"), Width: 24}, {Head: l.T("campaign.sheet.campaign"), Width: 30}, {Head: l.T("campaign.sheet.work"), Width: 34}}
	for _, w := range weeks {
		fields = append(fields, paper.Field{Head: l.Month(w.Year, w.Month) + " W" + string(rune('0'+w.N)), Width: 9})
	}
	s := b.Sheet(l.T("campaign.sheet.weeks"), fields...)
	for _, g := range t.Groups {
		for _, line := range g.Lines {
			cells := []any{g.BrandName, g.Campaign.Name, line.Name(l.Lang)}
			for _, w := range weeks {
				cells = append(cells, line.mark(w, t.Today, l))
			}
			s.Row(cells...)
		}
	}
}

// mark says whether a week was planned, worked, or both.
func (l Line) mark(w Week, today worktime.Date, loc *locale.Loc) string {
	planned := w.Covers(l.PlannedStart, l.PlannedEnd)
	until := l.Ended
	if until == "" {
		until = today
	}
	actual := l.Began != "" && w.Covers(l.Began, until)
	switch {
	case planned && actual:
		return loc.T("campaign.sheet.both")
	case planned:
		return loc.T("campaign.sheet.planned")
	case actual:
		return loc.T("campaign.sheet.actual")
	}
	return ""
}

func (t Timeline) listSheet(b *paper.Book, l *locale.Loc) {
	day := func(label string) paper.Field {
		return paper.Field{Head: l.T("campaign.sheet." + label), Width: 13, Format: paper.AsDate}
	}
	s := b.Sheet(l.T("campaign.sheet.list"), paper.Field{Head: l.T("campaign.sheet.client"), Width: 24}, paper.Field{Head: l.T("campaign.sheet.brand"), Width: 20},
		paper.Field{Head: l.T("campaign.sheet.campaign"), Width: 30}, paper.Field{Head: l.T("campaign.sheet.work"), Width: 34}, paper.Field{Head: l.T("campaign.sheet.owner"), Width: 14},
		day("from"), day("to"), day("began"), day("ended"), paper.Field{Head: l.T("campaign.sheet.state"), Width: 16}, paper.Field{Head: l.T("campaign.sheet.behind"), Width: 12, Format: paper.AsInt})
	for _, g := range t.Groups {
		for _, w := range g.Lines {
			s.Row(g.ClientName, g.BrandName, g.Campaign.Name, w.Name(l.Lang), l.T("campaign.owner."+w.Role), w.PlannedStart, w.PlannedEnd,
				w.Began, w.Ended, l.T("campaign.work.state."+string(w.State)), w.Behind)
		}
	}
}
