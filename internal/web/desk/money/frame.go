package money

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// sections are the parts of money, with the right without which one is not shown.
var sections = []struct {
	key, path string
	verb      access.Verb
}{
	{"overview", "/money", "invoice.see"}, {"agreements", "/agreements", "agreement.see"}, {"invoices", "/invoices", "invoice.see"},
	{"receivables", "/receivables", "invoice.see"}, {"receipts", "/receipts", "invoice.see"}, {"payouts", "/payouts", "payout.see"}, {"ledger", "/ledger", "ledger.see"}, {"profit", "/money/profit", "margin.see"}, {"rates", "/rates", "invoice.see"},
}

func tabs(ctx context.Context, current string) ui.Tabs {
	actor := web.ActorIn(ctx)
	var t ui.Tabs
	for _, s := range sections {
		if actor.Can(s.verb) {
			t.Items = append(t.Items, ui.Tab{Label: tr(ctx, "billing.tab."+s.key), Href: s.path, Current: s.key == current})
		}
	}
	return t
}

// frame fills the shell of a screen; crumbs lead from the overview.
func (d rooms) frame(w http.ResponseWriter, r *http.Request, title string, crumbs ...ui.Crumb) (ui.Page, error) {
	way := append([]ui.Crumb{{Label: tr(r.Context(), "ui.nav.money"), Href: "/money"}}, crumbs...)
	return desk.Frame(w, r, d.House, desk.At{Nav: "money", Title: title, Crumbs: append(way, ui.Crumb{Label: title})})
}

// list shows a screen of one table.
func (d rooms) list(w http.ResponseWriter, r *http.Request, section string, p listPage) (err error) {
	p.Title, p.Tabs = tr(r.Context(), "billing.tab."+section), tabs(r.Context(), section)
	if p.Page, err = d.frame(w, r, p.Title); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

// record shows one thing; err is the fault of an act on it, shown above with its
// form's other fields as they are kept.
func (d rooms) record(w http.ResponseWriter, r *http.Request, p recordPage, section string) (err error) {
	way := []ui.Crumb{{Label: tr(r.Context(), "billing.tab."+section), Href: "/" + section}}
	if len(p.Tabs.Items) > 0 {
		way = nil
	}
	if p.Page, err = d.frame(w, r, p.Title, way...); err != nil {
		return err
	}
	status := http.StatusOK
	if p.Error != "" {
		status = http.StatusUnprocessableEntity
		kept(r, p.Main, p.Errors)
		kept(r, p.Side, p.Errors)
	}
	apart(p.Main, p.Side)
	return web.Render(w, r, status, recordView(p))
}

// refused gives the words of a fault that the form's own page shows.
func refused(r *http.Request, err error) (text string, fields map[string]string, ok bool) {
	fields, ok = web.Invalid(r, err)
	if !ok {
		return "", nil, false
	}
	l := locale.From(r.Context())
	parts := []string{}
	if fields[""] != "" {
		parts = append(parts, fields[""])
	}
	for name, code := range fields {
		if name != "" && len(parts) < 4 && fields[""] != l.Code(code) {
			parts = append(parts, l.Code(code))
		}
	}
	return strings.Join(parts, " "), fields, true
}

// act runs a use case of a POST and goes to path, or shows the page again with
// what was wrong.
func act(w http.ResponseWriter, r *http.Request, err error, again func(text string, fields map[string]string) error, path, toast string, args ...any) error {
	if text, fields, ok := refused(r, err); ok {
		return again(text, fields)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path, toast, args...)
}

// readAmount reads money as typed; the fault points at the field.
func readAmount(r *http.Request, field, text string, c money.Currency) (money.Amount, error) {
	a, err := money.Parse(text, c, locale.From(r.Context()).Lang)
	if f, ok := fault.As(err); ok {
		return a, f.At(field)
	}
	return a, err
}

// readRate reads an exchange rate as typed into its plain decimal; the fault points at
// the field.
func readRate(r *http.Request, text string) (string, error) {
	rate, err := money.ReadRate(text, locale.From(r.Context()).Lang)
	if f, ok := fault.As(err); ok {
		return "", f.At("rate")
	}
	return rate, err
}

// optional reads money that may be left empty: then it is nothing of c.
func optional(r *http.Request, field, text string, c money.Currency) (money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return money.New(0, c), nil
	}
	return readAmount(r, field, text, c)
}

func readInt(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return -1 // refused by the slice
	}
	return n
}

func day(ctx context.Context, d worktime.Date) string {
	if d == "" {
		return locale.NoFigure
	}
	return locale.From(ctx).Date(d)
}

// short is a day of about now, where the room is small.
func short(ctx context.Context, d worktime.Date) string { return locale.From(ctx).DateDay(d) }

func cash(ctx context.Context, a money.Amount) string { return locale.From(ctx).Money(a) }

// cashOrDash leaves an amount of nothing out, so that the others stand out in a table.
func cashOrDash(ctx context.Context, a money.Amount) string {
	if a.IsZero() {
		return locale.NoFigure
	}
	return cash(ctx, a)
}

func dash(s string) string {
	if s == "" {
		return locale.NoFigure
	}
	return s
}

// pdf answers with a paper that the browser shows.
func pdf(w http.ResponseWriter, name string, body []byte) error {
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `inline; filename="`+safeName(name)+`.pdf"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err := w.Write(body)
	return err
}

// safeName keeps letters, digits, dots and hyphens of a number for a file name.
func safeName(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
			return c
		}
		return '-'
	}, s)
}

func currencies() (out []ui.Option) {
	for _, c := range []string{"IDR", "PHP", "USD", "SGD", "MYR", "EUR"} {
		out = append(out, ui.Option{Value: c, Label: c})
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
