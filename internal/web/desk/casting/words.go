package casting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func verb(s string) access.Verb { return access.Verb(s) }

func parsed(text string, cur money.Currency, lang, field string) (money.Amount, error) {
	a, err := money.Parse(text, cur, lang)
	if f, ok := fault.As(err); ok {
		return a, f.At(field)
	}
	return a, err
}

// typed writes an amount as a form takes it back: plain digits with the language's
// decimal sign, without symbol.
func typed(a money.Amount, l *locale.Loc) string {
	if a.None() {
		return ""
	}
	text := a.Decimal()
	if l.Lang == "id" {
		for i := range text {
			if text[i] == '.' {
				text = text[:i] + "," + text[i+1:]
			}
		}
	}
	return text
}

func findRow(s casting.Shortlist, candidate string) (casting.ListLine, casting.Row, error) {
	for _, l := range s.Lines {
		for _, r := range l.Rows {
			if r.Candidate.ID == candidate {
				return l, r, nil
			}
		}
	}
	return casting.ListLine{}, casting.Row{}, db.ErrNotFound
}

func findSeat(s casting.Shortlist, slot string) (casting.Seat, error) {
	for _, l := range s.Lines {
		for _, x := range l.Seats {
			if x.Slot.ID == slot {
				return x, nil
			}
		}
	}
	return casting.Seat{}, db.ErrNotFound
}

func answerStatus(ctx context.Context, p casting.Pick) ui.Status {
	meaning := map[casting.Answer]ui.Meaning{casting.AnswerYes: ui.Good, casting.AnswerReserve: ui.Info, casting.AnswerNo: ui.Neutral, casting.AnswerNone: ui.ClientMove}[p.Sent]
	key := "cast.answer." + string(p.Sent)
	if p.Sent == casting.AnswerNone {
		key = "cast.answer.none"
	}
	word := locale.T(ctx, key)
	if p.Sent == casting.AnswerReserve && p.SentOrder > 0 {
		word += " " + strconv.FormatInt(p.SentOrder, 10)
	}
	return ui.Status{Word: word, Meaning: meaning}
}

// pickNote is the second line of an answer: reason, late, changed, who advised what.
func pickNote(ctx context.Context, r casting.Row) string {
	l := locale.From(ctx)
	text := r.Decision.SentReason
	add := func(s string) {
		if text != "" {
			text += " · "
		}
		text += s
	}
	if r.Decision.Late {
		add(l.T("cast.late"))
	}
	if r.Decision.Changes > 0 {
		add(l.T("cast.changed", "n", r.Decision.Changes))
	}
	for _, a := range r.Advice {
		add(a.Name + ": " + l.T("cast.answer."+string(a.Sent)))
	}
	return text
}

func slotStatus(ctx context.Context, s casting.SlotState) ui.Status {
	meaning := map[casting.SlotState]ui.Meaning{casting.SlotOpen: ui.Us, casting.SlotOffered: ui.Wait, casting.SlotCountered: ui.Us, casting.SlotCommitted: ui.Good,
		casting.SlotHelp: ui.Wait, casting.SlotAtRisk: ui.Bad, casting.SlotLate: ui.Bad, casting.SlotDelivered: ui.Good, casting.SlotLapsed: ui.Bad, casting.SlotDropped: ui.Bad}[s]
	return ui.Status{Word: locale.T(ctx, "cast.slot."+string(s)), Meaning: meaning}
}

func warning(ctx context.Context, w casting.Warning) ui.Badge {
	meaning := ui.Wait
	switch w {
	case casting.WarnBlocked, casting.WarnClash, casting.WarnLoss, casting.WarnRival, casting.WarnDeclined:
		meaning = ui.Bad
	case casting.WarnStale, casting.WarnNoER:
		meaning = ui.Neutral
	}
	return ui.Badge{Word: locale.T(ctx, "cast.warn."+string(w)), Meaning: meaning}
}

// accountLine is what a row says of the account: handle, followers, engagement rate with its day.
func accountLine(ctx context.Context, r casting.Row) string {
	l, a := locale.From(ctx), r.Account
	text := a.Title()
	if a.Followers >= 0 {
		text += " · " + l.Short(a.Followers)
	}
	if a.ERBp >= 0 {
		text += " · ER " + l.Bp(a.ERBp)
	}
	if a.FollowersOn != "" {
		text += " · " + l.DateShort(a.FollowersOn)
	}
	return text
}

func platformIcon(platform string) string {
	return map[string]string{"instagram": "ig", "tiktok": "tiktok", "youtube": "yt", "facebook": "fb", "x": "xp", "threads": "threads"}[platform]
}

// marginText is the margin of a row with its share of the price.
func marginText(ctx context.Context, c casting.Candidate) string {
	m, bp, known := c.Margin()
	if !known {
		return "–"
	}
	l := locale.From(ctx)
	return l.MoneyShort(m) + " · " + l.Bp(bp)
}

func priceText(ctx context.Context, c casting.Candidate) string {
	if c.Price.None() {
		return "–"
	}
	return locale.From(ctx).MoneyShort(c.Price)
}

func costText(ctx context.Context, c casting.Candidate) string {
	l := locale.From(ctx)
	if c.Cost.None() {
		return "–"
	}
	return l.MoneyShort(c.Cost)
}

// homeText is the cost in the campaign's currency with the rate it was turned by; "" when it is the same.
func homeText(ctx context.Context, c casting.Candidate) string {
	if c.Rate == "" {
		return ""
	}
	return locale.T(ctx, "cast.home", "amount", locale.From(ctx).MoneyShort(c.CostHome), "rate", c.Rate)
}

func clocks(ctx context.Context, d worktime.Deadline) string {
	if d.IsZero() {
		return "–"
	}
	l := locale.From(ctx)
	own, reader := l.DateTime(d.At, d.Zone), l.DateTime(d.At, l.Zone.String())
	if own == reader {
		return own
	}
	return own + " = " + reader
}

func (p listPage) figures(ctx context.Context) ui.KeyFigures {
	l, t := locale.From(ctx), p.List.Totals
	margin := "–"
	if t.Known {
		margin = l.Bp(t.MarginBp)
	}
	var yes int64
	for _, line := range p.List.Lines {
		yes += line.Tally.Yes
	}
	return ui.KeyFigures{
		{Label: l.T("cast.kpi.seats"), Value: l.Int(t.Filled), Of: "/ " + l.Int(t.Seats)},
		{Label: l.T("cast.kpi.yes"), Value: l.Int(yes), Of: "/ " + l.Int(t.Seats)},
		{Label: l.T("cast.kpi.price"), Value: l.MoneyShort(t.Price), Exact: l.Money(t.Price)},
		{Label: l.T("cast.kpi.cost"), Value: l.MoneyShort(t.Cost), Exact: l.Money(t.Cost), Note: l.T("cast.kpi.budget", "amount", l.MoneyShort(t.Budget))},
		{Label: l.T("cast.kpi.margin"), Value: margin, Note: l.MoneyShort(t.Margin), Exact: l.Money(t.Margin)},
	}
}

// hasShown tells whether the client can see anything yet.
func (p listPage) hasShown() bool { return !p.List.Sheet.SharedAt.IsZero() }

// shownLines are the lines with a candidate that the client was shown.
func (p listPage) shownLines() (out []casting.ListLine) {
	for _, l := range p.List.Lines {
		if slices.ContainsFunc(l.Rows, func(r casting.Row) bool { return r.Candidate.Shown() }) {
			out = append(out, l)
		}
	}
	return out
}

func sheetNote(ctx context.Context, p listPage) string {
	l, s := locale.From(ctx), p.List.Sheet
	switch {
	case s.SharedAt.IsZero():
		return l.T("cast.sheet.internal")
	case !s.SentAt.IsZero() && s.Late:
		return l.T("cast.sheet.late", "when", l.DateTime(s.SentAt, l.Zone.String()))
	case !s.SentAt.IsZero():
		return l.T("cast.sheet.answered", "when", l.DateTime(s.SentAt, l.Zone.String()))
	case s.Deadline.IsZero():
		return l.T("cast.sheet.waiting")
	}
	return l.T("cast.sheet.until", "when", clocks(ctx, s.Deadline))
}

func deciders(p listPage) []ui.Option {
	var out []ui.Option
	for _, c := range p.List.Contacts {
		if c.LeftAt.IsZero() {
			out = append(out, ui.Option{Value: c.ID, Label: c.Name, Hint: c.Title})
		}
	}
	return out
}

func slotOptions(p listPage) []ui.Option {
	var out []ui.Option
	for _, l := range p.List.Lines {
		if len(l.Seats) > 0 {
			out = append(out, ui.Option{Value: l.Seats[0].Slot.ID, Label: l.Name})
		}
	}
	return out
}

// openSeats are the seats of a candidate's kind that nobody holds.
func openSeats(ctx context.Context, l casting.ListLine, also string) []ui.Option {
	var out []ui.Option
	for _, s := range l.Seats {
		free := s.State == casting.SlotOpen || s.State == casting.SlotLapsed || s.State == casting.SlotDropped
		if free || s.Slot.ID == also {
			out = append(out, ui.Option{Value: s.Slot.ID, Label: seatName(ctx, s)})
		}
	}
	return out
}

func seatName(ctx context.Context, s casting.Seat) string {
	name := locale.T(ctx, "cast.seat", "n", s.Slot.Number)
	if s.Slot.Name != "" {
		name += " · " + s.Slot.Name
	}
	return name
}

// again fills the form with an offer's terms; a counter's dates and fee where there are some.
func again(o casting.Offer, l *locale.Loc) offerForm {
	f := offerForm{Slot: o.SlotID, Fee: typed(o.Fee, l), Usage: o.Rights.UsageDays, Boost: o.Rights.Boost, Exclusive: o.Rights.ExclusiveDays,
		Category: o.Rights.Category, Online: o.Rights.OnlineDays, Revisions: o.Rights.Revisions, Net: o.Net, Note: o.Note, Replaces: o.ID}
	if !o.Asked.None() {
		f.Fee = typed(o.Asked, l)
	}
	for _, d := range o.Dates {
		due := d.Due
		if !d.Counter.IsZero() {
			due = d.Counter
		}
		text := due.Wall()[:16]
		switch d.Kind {
		case casting.DateDraft:
			f.Draft = text
		case casting.DateRevision:
			f.Revision = text
		case casting.DatePosting:
			f.Posting = text
		}
	}
	return f
}

// withSlotDates offers the dates of the first open seat, or of the one asked for.
func withSlotDates(f offerForm, l casting.ListLine) offerForm {
	for _, s := range l.Seats {
		if f.Slot == "" && (s.State == casting.SlotOpen || s.State == casting.SlotLapsed || s.State == casting.SlotDropped) {
			f.Slot = s.Slot.ID
		}
		if s.Slot.ID == f.Slot {
			f.Draft, f.Posting = string(s.Slot.DraftOn)+"T18:00", string(s.Slot.PostOn)+"T18:00"
		}
	}
	return f
}

// waiting are the candidates of a kind whom an open seat can be offered to: the
// client's yes first, then the reserves in order.
func waiting(l casting.ListLine) []casting.Row {
	var yes, reserve []casting.Row
	for _, r := range l.Rows {
		live := r.Offer != nil && (r.State == casting.StateOffered || r.State == casting.StateCountered || r.State == casting.StateCommitted)
		switch {
		case live || !r.Candidate.Listed():
		case r.Decision.Sent == casting.AnswerYes:
			yes = append(yes, r)
		case r.Decision.Sent == casting.AnswerReserve:
			reserve = append(reserve, r)
		}
	}
	for i := range reserve {
		for j := i; j > 0 && reserve[j].Decision.SentOrder < reserve[j-1].Decision.SentOrder; j-- {
			reserve[j], reserve[j-1] = reserve[j-1], reserve[j]
		}
	}
	return append(yes, reserve...)
}

func isOpen(s casting.Seat) bool {
	return s.State == casting.SlotOpen || s.State == casting.SlotLapsed || s.State == casting.SlotDropped
}

// offeredTerms are the terms of a live offer with each date, the talent's clock first.
func offeredTerms(ctx context.Context, p listPage, o casting.Offer) ui.Terms {
	l := locale.From(ctx)
	out := ui.Terms{{Name: l.T("cast.field.fee"), Text: feeText(ctx, o)}, {Name: l.T("cast.terms"), Text: termsText(ctx, o)},
		{Name: l.T("cast.offer.expires"), Text: l.DateTime(o.ExpiresAt, l.Zone.String()) + " · " + l.Due(p.Now, o.ExpiresAt)}}
	for _, d := range o.Dates {
		text := clocks(ctx, d.Due)
		if !d.Counter.IsZero() {
			text += " → " + l.T("cast.counter", "when", clocks(ctx, d.Counter))
		}
		out = append(out, ui.Term{Name: l.T("cast.date." + string(d.Kind)), Text: text})
	}
	return out
}

// moveLine is one step of a negotiation: who did what, for how much, what stays.
func moveLine(ctx context.Context, o casting.Offer, m casting.Move) string {
	l := locale.From(ctx)
	text := l.T("cast.move."+m.Verb, "name", m.Name) + " · " + l.Money(m.Fee)
	if amount, bp, known := (casting.Candidate{Price: o.Price, CostHome: m.FeeHome}).Margin(); known {
		text += " · " + l.T("cast.move.margin", "amount", l.MoneyShort(amount), "share", l.Bp(bp))
	}
	if m.Note != "" {
		text += " · " + m.Note
	}
	return text
}

// termsText says what the fee means and covers besides the dates.
func termsText(ctx context.Context, o casting.Offer) string {
	l, r := locale.From(ctx), o.Rights
	parts := []string{l.T(map[bool]string{true: "cast.fee.net", false: "cast.fee.gross"}[o.Net]), l.T("cast.terms.revisions", "n", r.Revisions)}
	if r.UsageDays > 0 {
		parts = append(parts, l.T("cast.terms.usage", "n", r.UsageDays))
	}
	if r.ExclusiveDays > 0 {
		parts = append(parts, l.T("cast.terms.exclusive", "n", r.ExclusiveDays))
	}
	return strings.Join(parts, " · ")
}

// forecast says beside a send button when the other side sees it, their clock first (R8).
func forecast(ctx context.Context, f casting.Forecast, name string, now time.Time) string {
	l := locale.From(ctx)
	if f.Reads.IsZero() {
		return ""
	}
	when := clocks(ctx, worktime.Deadline{At: f.Reads, Zone: f.Zone})
	if f.AtOnce {
		return l.T("cast.reads.now", "name", name, "before", clocks(ctx, worktime.Deadline{At: f.Before, Zone: f.Zone}))
	}
	if f.Before.Sub(now) > time.Minute {
		return l.T("cast.reads.before", "name", name, "when", when, "before", l.DateTime(f.Before, l.Zone.String()))
	}
	return l.T("cast.reads", "name", name, "when", when)
}

func score(r casting.Ranked) string { return strconv.FormatInt((r.Score+50)/100, 10) }

// parts explains a score: each part with its points of the most it can be.
func parts(ctx context.Context, r casting.Ranked) ui.Terms {
	var out ui.Terms
	for _, p := range r.Parts {
		text := strconv.FormatInt((p.Points+50)/100, 10) + " / " + strconv.FormatInt(p.Of/100, 10)
		if !p.Known {
			text += " · " + locale.T(ctx, "cast.part.unknown")
		}
		out = append(out, ui.Term{Name: locale.T(ctx, "cast.part."+p.Name), Text: text})
	}
	return out
}
