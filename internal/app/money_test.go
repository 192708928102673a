package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/api"
)

// cashier is one person at the desk of the demo agency.
type cashier struct {
	*testing.T
	handler http.Handler
	actor   access.Actor
}

func (h *Hall) cashier(t *testing.T, name, lang string) cashier {
	t.Helper()
	people, err := h.Access.People(context.Background(), access.System())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if strings.HasPrefix(p.Name, name) {
			a := p.Actor("web")
			a.Lang = lang
			return cashier{t, h.as(h.door(t, "desk"), a), a}
		}
	}
	t.Fatalf("nobody is called %s", name)
	return cashier{}
}

func (c cashier) get(path string, want int) string {
	c.Helper()
	w := answer(c.handler, http.MethodGet, path)
	if w.Code != want {
		c.Fatalf("GET %s: %d, want %d", path, w.Code, want)
	}
	return w.Body.String()
}

// post sends a form; what is answered besides is where it leads to, or the page.
func (c cashier) post(path string, want int, pairs ...string) string {
	c.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if w.Code != want {
		c.Fatalf("POST %s: %d, want %d\n%s", path, w.Code, want, textOf(w.Body.String()))
	}
	if want == http.StatusSeeOther {
		return w.Header().Get("Location")
	}
	return w.Body.String()
}

// seek gives the elements of a page for which keep is true.
func seek(page string, keep func(*html.Node) bool) (out []*html.Node) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && keep(n) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(page string) string {
	var b strings.Builder
	for _, n := range seek(page, func(n *html.Node) bool { return n.Data == "main" }) {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				b.WriteString(d.Data + " ")
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// lawful checks what holds on every screen: one title, at most one primary button,
// no id twice, a label for each field, no key of a text instead of the text.
func lawful(t *testing.T, path, page string) {
	t.Helper()
	if n := len(seek(page, func(n *html.Node) bool { return n.Data == "h1" })); n != 1 {
		t.Errorf("%s has %d titles", path, n)
	}
	primary := seek(page, func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), "btn-p") })
	if len(primary) > 1 {
		t.Errorf("%s has %d primary buttons", path, len(primary))
	}
	ids, labels := map[string]int{}, map[string]bool{}
	for _, n := range seek(page, func(*html.Node) bool { return true }) {
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		if n.Data == "label" {
			labels[attr(n, "for")] = true
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s has %d elements with the id %s", path, n, id)
		}
	}
	for _, n := range seek(page, func(n *html.Node) bool { return n.Data == "input" && strings.HasPrefix(attr(n, "id"), "f-") }) {
		if kind := attr(n, "type"); kind != "checkbox" && kind != "radio" && !labels[attr(n, "id")] {
			t.Errorf("%s: no label for %s", path, attr(n, "id"))
		}
	}
	for _, word := range strings.Fields(textOf(page)) {
		for _, area := range []string{"billing.", "payout.", "ledger.", "fault.", "talentmoney."} {
			if strings.HasPrefix(word, area) {
				t.Errorf("%s shows the key %s", path, word)
			}
		}
	}
}

// moneyPaths are the screens about money with things of the demo agency in them.
func moneyPaths(t *testing.T, h *Hall, a access.Actor) []string {
	t.Helper()
	ctx := context.Background()
	out := []string{"/money", "/agreements", "/agreements/new", "/invoices", "/receivables", "/receipts", "/receipts/new", "/payouts", "/payouts?show=done", "/ledger", "/ledger/trial", "/money/profit", "/rates", "/statements"}
	invoices, err := h.Billing.Invoices(ctx, a, billing.InvoiceFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range invoices {
		out = append(out, "/invoices/"+l.Invoice.ID, "/campaigns/"+l.Invoice.CampaignID+"/money", "/ledger?campaign="+l.Invoice.CampaignID)
	}
	receipts, err := h.Billing.Receipts(ctx, a, "", "", 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range receipts {
		out = append(out, "/receipts/"+x.ID)
	}
	payouts, err := h.Payout.Payouts(ctx, a, payout.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[payout.State]bool{}
	for _, l := range payouts {
		if !seen[l.State] {
			seen[l.State] = true
			out = append(out, "/payouts/"+l.ID)
		}
		if n := len(l.Attempts); n > 0 {
			out = append(out, "/payout-batches/"+l.Attempts[n-1].BatchID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestMoneyScreens_EachIsWholeInBothLanguages(t *testing.T) {
	h := theHall(t)
	for lang, words := range map[string][]string{"id": {"Pembayaran talent", "Jatuh tempo"}, "en": {"Payouts", "Due"}} {
		for _, name := range []string{"Hesti", "Maya"} {
			c := h.cashier(t, name, lang)
			for _, path := range moneyPaths(t, h, c.actor) {
				lawful(t, path+" "+lang, c.get(path, http.StatusOK))
			}
			page := textOf(c.get("/payouts", http.StatusOK))
			for _, w := range words {
				if !strings.Contains(page, w) {
					t.Errorf("payouts in %s have no %q", lang, w)
				}
			}
		}
	}
}

// parties are a client of the demo with a brand and who signs.
func parties(t *testing.T, h *Hall, a access.Actor) (f client.File) {
	t.Helper()
	list, err := h.Client.Clients(context.Background(), a, client.Page{Limit: 1})
	if err == nil && len(list) > 0 {
		f, err = h.Client.Client(context.Background(), a, list[0].ID)
	}
	if err != nil || len(f.Brands) == 0 || len(f.Contacts) == 0 {
		t.Fatalf("the demo has no client: %v", err)
	}
	return f
}

// signed has the contact of an agreement sign it on the link that the page shows.
func signed(t *testing.T, h *Hall, page, id string) {
	t.Helper()
	ctx := context.Background()
	_, rest, ok := strings.Cut(page, "/c/")
	token, _, _ := strings.Cut(rest, "/")
	if !ok {
		t.Fatal("the page shows no link")
	}
	actor, err := h.Access.OpenLink(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	room := cashier{t, h.Handler(), actor}
	if w := answer(room.handler, http.MethodGet, "/c/"+token); w.Header().Get("Location") != "/c/"+token+"/agreement" {
		t.Fatalf("a room without a campaign answers %d, leads to %q", w.Code, w.Header().Get("Location"))
	}
	lawful(t, "agreement", room.get("/c/"+token+"/agreement", http.StatusOK))
	room.post("/c/"+token+"/agreements/"+id+"/code", http.StatusSeeOther)
	a, err := h.Billing.Agreement(ctx, access.System(), id)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(code string, want int) string {
		return room.post("/c/"+token+"/agreements/"+id+"/sign", want, "code", code, "typed_name", "Nama Lengkap Penanda Tangan", "consent", "true", "consent", "on", "file", a.FileSHA)
	}
	if page := sign("000000", http.StatusUnprocessableEntity); !strings.Contains(page, `value="Nama Lengkap Penanda Tangan"`) {
		t.Error("a wrong code loses the typed name")
	}
	var code string
	err = h.DB.Write(ctx, func(tx *db.Tx) (err error) {
		code, err = access.AskStepUp(ctx, tx, actor, billing.SignPurpose, "+62811")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sign(code, http.StatusSeeOther)
	lawful(t, "signed agreement", room.get("/c/"+token+"/agreement", http.StatusOK))
}

func TestMoneyJob_FromAgreementToPaidInvoice(t *testing.T) {
	h := theHall(t)
	ctx := context.Background()
	maya, hesti := h.cashier(t, "Maya", "id"), h.cashier(t, "Hesti", "id")
	f := parties(t, h, maya.actor)
	fields := []string{"client_id", f.Client.ID, "brand_id", f.Brands[0].ID, "contact_id", f.Contacts[0].ID, "kind", "spk", "title", "Uji musim hujan", "scope", "Tiga konten.", "currency", "IDR", "tax_code", "ppn",
		"withholds", "true", "payment_days", "14", "lang", "id", "revision_limit", "2", "review_hours", "16", "label", "Awal", "share", "50%", "trigger", "signing", "due_on", "", "label", "Akhir", "share", "", "trigger", "report_sent", "due_on", ""}
	page := maya.post("/agreements", http.StatusUnprocessableEntity, append(fields, "value", "banyak")...)
	if !strings.Contains(page, `value="Uji musim hujan"`) || !strings.Contains(page, `value="banyak"`) {
		t.Error("the refused agreement came back empty")
	}
	lawful(t, "refused agreement", page)
	at := maya.post("/agreements", http.StatusSeeOther, append(fields, "value", "12.000.000")...)
	id := strings.TrimPrefix(at, "/agreements/")
	maya.post(at+"/offer", http.StatusSeeOther, "until", "2099-01-01")
	signed(t, h, maya.post(at+"/link", http.StatusOK), id)
	books, err := h.Campaign.Playbooks(ctx, maya.actor, false)
	if err != nil {
		t.Fatal(err)
	}
	maya.post(at+"/start", http.StatusSeeOther, "name", "Uji musim hujan", "playbook", books[0].Key, "market", "ID", "start_on", "2099-01-04", "ae_id", maya.actor.ID)

	invoices, err := h.Billing.Invoices(ctx, hesti.actor, billing.InvoiceFilter{ClientID: f.Client.ID})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(invoices, func(l billing.Line) bool { return l.Invoice.AgreementID == id })
	if i < 0 {
		t.Fatal("signing made no invoice draft")
	}
	invoice := "/invoices/" + invoices[i].Invoice.ID
	lawful(t, "draft", hesti.get(invoice, http.StatusOK))
	if po := f.Client.PORequired; po {
		hesti.post(invoice, http.StatusSeeOther, "version", fmt.Sprint(invoices[i].Invoice.Version), "po_number", "PO-1", "payment_days", "14")
	}
	hesti.post(invoice+"/issue", http.StatusSeeOther)
	if b := hesti.get(invoice+"/paper", http.StatusOK); !strings.HasPrefix(b, "%PDF-") {
		t.Error("the invoice is no PDF")
	}
	// 6,000,000 + PPN 660,000; the client keeps back 120,000 and a credit note takes 1,110,000.
	hesti.post(invoice+"/credits", http.StatusUnprocessableEntity, "amount", "99.000.000", "reason", "terlalu banyak")
	hesti.post(invoice+"/credits", http.StatusSeeOther, "amount", "1.000.000", "reason", "satu konten batal")
	file, err := h.Billing.Invoice(ctx, hesti.actor, invoices[i].Invoice.ID)
	if err != nil || len(file.Credits) != 1 {
		t.Fatalf("credits: %d, %v", len(file.Credits), err)
	}
	maya.post("/credit-notes/"+file.Credits[0].ID+"/approve", http.StatusSeeOther)
	today := string(file.Invoice.IssuedOn)
	for n, part := range [][2]string{{"2.000.000", ""}, {"3.450.000", "100.000"}} {
		to := hesti.post("/receipts", http.StatusSeeOther, "client_id", f.Client.ID, "on", today, "amount", part[0], "currency", "IDR", "into", "IDR", "account", "Bank Contoh", "reference", fmt.Sprint("uji ", n))
		lawful(t, "receipt", hesti.get(to, http.StatusOK))
		hesti.post(to+"/match", http.StatusSeeOther, "invoice_id", file.Invoice.ID, "cash", part[0], "withheld", part[1])
	}
	if file, err = h.Billing.Invoice(ctx, hesti.actor, file.Invoice.ID); err != nil || !file.Balance.IsZero() {
		t.Errorf("open: %v, %v", file.Balance, err)
	}
	if list, err := h.Billing.Invoices(ctx, hesti.actor, billing.InvoiceFilter{ClientID: f.Client.ID, Unpaid: true}); err != nil || slices.ContainsFunc(list, func(l billing.Line) bool {
		return l.Invoice.ID == file.Invoice.ID || l.Invoice.Issued() && l.Balance.IsZero()
	}) {
		t.Errorf("a paid invoice counts as unpaid: %v", err)
	}
	lawful(t, "paid invoice", hesti.get(invoice, http.StatusOK))
	sound(t, h)
}

func TestMoneyJob_APayoutIsPreparedByOneAndReleasedByAnother(t *testing.T) {
	h := theHall(t)
	ctx := context.Background()
	maker, second := h.cashier(t, "Hesti", "en"), h.cashier(t, "Vera", "en")
	list, err := h.Payout.Payouts(ctx, maker.actor, payout.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(l payout.Line) bool {
		return l.State == payout.Due && l.HasRoute && !l.NameDiffers && l.RouteFault == "" && l.Fee.Currency == money.CurrencyIDR
	})
	if i < 0 {
		t.Fatal("the demo has no payout that is due")
	}
	batch := maker.post("/payouts/prepare", http.StatusSeeOther, "id", list[i].ID)
	if page := maker.get(batch, http.StatusOK); strings.Contains(page, batch+"/release") {
		t.Error("who prepared may release")
	}
	if w := answer(maker.handler, http.MethodPost, batch+"/release"); w.Code < 400 {
		t.Errorf("who prepared released: %d", w.Code)
	}
	if page := textOf(second.get("/payouts", http.StatusOK)); !strings.Contains(page, "waits for your release") {
		t.Error("the other person is not asked to release")
	}
	second.post(batch+"/release", http.StatusSeeOther)
	if b := second.post(batch+"/file", http.StatusOK, "format", "xlsx"); !strings.HasPrefix(b, "PK") {
		t.Error("the bank file is no workbook")
	}
	f, err := h.Payout.Batch(ctx, second.actor, strings.TrimPrefix(batch, "/payout-batches/"))
	if err != nil {
		t.Fatal(err)
	}
	attempt := batch + "/attempts/" + f.Attempts[0].ID
	page := second.post(attempt+"/sent", http.StatusUnprocessableEntity, "part", "1", "reference", "", "account", "Bank Contoh", "fee", "2.500")
	if !strings.Contains(page, `value="2.500"`) {
		t.Error("the refused transfer came back empty")
	}
	lawful(t, "refused transfer", page)
	second.post(attempt+"/sent", http.StatusSeeOther, "part", "1", "reference", "BC-778", "account", "Bank Contoh", "fee", "2,500")
	second.post(attempt+"/arrived", http.StatusSeeOther, "part", "1")
	lawful(t, "arrived batch", second.get(batch, http.StatusOK))
	if l, err := h.Payout.Payout(ctx, maker.actor, list[i].ID); err != nil || l.State != payout.Arrived {
		t.Errorf("the payout is %s, %v", l.State, err)
	}
	owed, err := h.Payout.Payouts(ctx, maker.actor, payout.Filter{Earned: true, Owed: true, Limit: 1000})
	if err != nil || len(owed) == 0 || slices.ContainsFunc(owed, func(l payout.Line) bool { return l.ID == list[i].ID || l.State == payout.Arrived }) {
		t.Errorf("what arrived is still owed: %d, %v", len(owed), err)
	}
	sound(t, h)
}

// sound tells whether the books still agree with themselves.
func sound(t *testing.T, h *Hall) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		problems, err := ledger.Check(context.Background(), tx)
		for _, p := range problems {
			t.Errorf("the books: %+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMoneyRooms_ClientAndTalentSeeTheirMoney(t *testing.T) {
	h := theHall(t)
	for _, lang := range []string{"id", "en"} {
		for party, paths := range map[access.Role][]string{access.Client: {"", "/agreement", "/invoices"}, access.Talent: {"", "/money", "/account"}} {
			a := outsiders(t, h, party)
			a.Lang = lang
			d := h.door(t, string(party))
			room := cashier{t, h.as(d, a), a}
			for _, path := range paths {
				if path == "" && a.CampaignID == "" {
					continue // leads to its agreement
				}
				at := strings.Replace(d.Prefix, "{token}", "secret", 1) + path
				lawful(t, at+" "+lang, room.get(at, http.StatusOK))
			}
		}
	}
}

func TestMoneyAPI_ReadsWhatTheScreensShow(t *testing.T) {
	h := theHall(t)
	_, mux := api.New(&h.House)
	hesti := h.cashier(t, "Hesti", "id").actor
	for _, path := range []string{"/agreements", "/invoices", "/receipts", "/credit-notes", "/payouts", "/ledger-entries"} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1"+path, nil)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, web.WithActor(r, hesti))
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"items":[`) {
			t.Errorf("GET %s: %d %.200s", path, w.Code, w.Body)
		}
	}
}
