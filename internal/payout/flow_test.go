package payout_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

var ctx = context.Background()

// till is an agency with finance, a talent in Manila and a campaign.
type till struct {
	*testing.T
	d                *db.DB
	s                *payout.Service
	talents          *talent.Service
	runner           *job.Runner
	dina, joko, made access.Actor
	bea              access.Actor
}

func staff(id, name string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: name, Via: "web"}, Role: role, Lang: "en", Zone: "Asia/Jakarta"}
}

func put(t testing.TB, tx *db.Tx, table string, row map[string]any) {
	t.Helper()
	cols := slices.Sorted(maps.Keys(row))
	var marks []string
	var args []any
	for i, c := range cols {
		marks, args = append(marks, fmt.Sprintf("$%d", i+1)), append(args, row[c])
	}
	if _, err := tx.Exec(ctx, "INSERT INTO "+table+" ("+strings.Join(cols, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...); err != nil {
		panic(err) // inside a change a test cannot be ended, only its change
	}
}

func texts(row map[string]any, names string) map[string]any {
	for _, n := range strings.Fields(names) {
		row[n] = ""
	}
	return row
}

func newTill(t *testing.T, d *db.DB) *till {
	t.Helper()
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	box := secret.New([32]byte{7})
	talents := talent.New(d, box, files)
	x := &till{T: t, d: d, talents: talents, s: payout.New(d, talents, files), dina: staff("p-dina", "Dina", access.Finance), joko: staff("p-joko", "Joko", access.Finance), made: staff("p-made", "Made", access.Manager)}
	registry := job.NewRegistry()
	x.s.Work(registry)
	x.runner = job.NewRunner(d, registry, slog.New(slog.DiscardHandler))
	bea, err := talents.Create(ctx, x.made, talent.NewTalent{Talent: talent.Talent{Name: "Bea Santillan", Kind: talent.KindCreator, Country: "PH", Zone: "Asia/Manila", Currency: "PHP", TaxKind: talent.TaxForeign, Status: talent.StatusFree, Phone: "+639171234567", Email: "bea@example.test"}})
	x.must(err)
	x.bea = access.Actor{Who: audit.Who{Kind: "talent", ID: bea.ID, Name: bea.Name, Via: "link:l"}, Role: access.Talent, TalentID: bea.ID, CampaignID: "camp", LinkID: "l", Lang: "fil", Zone: "Asia/Manila"}
	x.write(func(tx *db.Tx) {
		for _, a := range []access.Actor{x.dina, x.joko, x.made} {
			put(t, tx, "person", texts(map[string]any{"id": a.ID, "email": a.ID, "name": a.Name, "role": string(a.Role), "lang": "en", "zone": "Asia/Jakarta", "theme": "auto", "made_at": 1, "failed_tries": 0, "version": 1}, "password totp"))
		}
		put(t, tx, "client", texts(map[string]any{"id": "cl", "name": "Melati", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "po_required": false, "withholds_pph23": false, "payment_days": 30, "made_at": 1, "version": 1, "fold": "melati"}, "legal_name address tax_id note"))
		put(t, tx, "brand", texts(map[string]any{"id": "br", "client_id": "cl", "name": "Melati", "version": 1, "fold": "melati", "rivals": "[]"}, "category"))
		put(t, tx, "campaign", texts(map[string]any{"id": "camp", "client_id": "cl", "brand_id": "br", "name": "Two-way cake", "market": "PH", "playbook": "shoot-day", "currency": "IDR", "start_on": "2026-11-01", "end_on": "2026-12-12",
			"ae_id": "p-made", "objective": "{}", "er_formula": "reach", "er_actions": "[]", "started_at": 1, "terms": "{}", "version": 1}, "specialist_id decider_id fold"))
	})
	return x
}

func (x *till) must(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

func (x *till) write(fn func(tx *db.Tx)) {
	x.Helper()
	x.must(x.d.Write(ctx, func(tx *db.Tx) error { fn(tx); return nil }))
}

// book commits a booking with a fee in pesos and tells it twice.
func (x *till) book(fee int64) {
	x.Helper()
	testkit.Put(x, x.d, "slot", map[string]any{"id": "s", "campaign_id": "camp", "number": 1, "deliverables": "[]", "conditions": "{}"})
	testkit.Put(x, x.d, "talent_account", map[string]any{"id": "acc", "talent_id": x.bea.TalentID, "platform": "instagram", "handle": "bea", "account_key": "bea"})
	x.write(func(tx *db.Tx) {
		who := map[string]any{"campaign_id": "camp", "client_id": "cl", "slot_id": "s", "talent_id": x.bea.TalentID, "account_id": "acc", "home_minor": 1, "home_currency": "IDR", "price_minor": 987_654_321, "price_currency": "IDR", "version": 1}
		with := func(more map[string]any) map[string]any {
			row := maps.Clone(who)
			maps.Copy(row, more)
			return row
		}
		put(x, tx, "candidate", texts(with(map[string]any{"id": "ca", "cost_minor": fee, "cost_currency": "PHP", "rank": 1, "added_at": 1}), "rate rate_source why note replaces_id added_by gone"))
		put(x, tx, "offer", texts(with(map[string]any{"id": "of", "candidate_id": "ca", "fee_minor": fee, "fee_currency": "PHP", "asked_minor": 0, "pieces": "[]", "rights": "{}", "dates": "[]", "reserve": 0, "sent_at": 1, "expires_at": 2, "ineligible": false}), "asked_currency note talent_note sent_by booking_id"))
		put(x, tx, "booking", texts(with(map[string]any{"id": "bo", "offer_id": "of", "candidate_id": "ca", "fee_minor": fee, "fee_currency": "PHP", "pieces": "[]", "rights": "{}", "draft_due_at": 1, "post_due_at": 1, "reserve": 0, "committed_at": 1}),
			"draft_due_zone draft_due_text turn_due_zone turn_due_text post_due_zone post_due_text post_on drop_kind drop_reason"))
		for range 2 {
			x.must(job.Enqueue(ctx, tx, casting.Committed{BookingID: "bo", CampaignID: "camp", TalentID: x.bea.TalentID}))
		}
	})
	x.drain()
}

func (x *till) drain() {
	x.Helper()
	x.must(x.runner.Drain(ctx))
}

func (x *till) route() {
	x.Helper()
	_, err := x.talents.SetRoute(ctx, x.bea, talent.SetRoute{TalentID: x.bea.TalentID, Method: talent.RouteAbroad, Bank: "BPI", BankCountry: "PH", Number: "1234567890", AccountName: "Béa Santillan", Currency: "PHP"})
	x.must(err)
}

func (x *till) due() payout.Line {
	x.Helper()
	list, err := x.s.Payouts(ctx, x.dina, payout.Filter{})
	x.must(err)
	if len(list) != 2 {
		x.Fatalf("%d payouts", len(list))
	}
	return list[0]
}

func (x *till) prepare() payout.Batch {
	x.Helper()
	out, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{x.due().ID}})
	x.must(err)
	return out.Batch
}

func (x *till) sent(part int64, ref string) payout.Sending {
	return payout.Sending{Part: part, At: x.d.Now(), Reference: ref, Debit: money.IDR(14_000_000), Fee: money.IDR(75_000), Rate: "280", RateSource: "Flip", Account: "BCA"}
}

// shown checks that the list splits payouts into open and over as their states say,
// and that its pages, key by key, are the whole of it.
func (x *till) shown() {
	x.Helper()
	all, err := x.s.Payouts(ctx, x.dina, payout.Filter{})
	x.must(err)
	var split, paged []string
	counts := map[payout.Show]int64{}
	for _, show := range []payout.Show{payout.ShowOpen, payout.ShowDone} {
		list, err := x.s.Payouts(ctx, x.dina, payout.Filter{Show: show})
		x.must(err)
		for _, l := range list {
			if over := l.State == payout.Arrived || l.State == payout.Cancelled; over != (show == payout.ShowDone) {
				x.Errorf("%s is shown as %s", l.State, show)
			}
			split, counts[show] = append(split, l.ID), counts[show]+1
		}
	}
	for after := ""; ; {
		list, err := x.s.Payouts(ctx, x.dina, payout.Filter{After: after, Limit: 1})
		x.must(err)
		if len(list) == 0 {
			break
		}
		paged, after = append(paged, list[0].ID), list[0].Key()
	}
	if open, done, err := x.s.Counts(ctx, x.dina, payout.Filter{}); err != nil || open != counts[payout.ShowOpen] || done != counts[payout.ShowDone] {
		x.Errorf("counted %d open and %d over, listed %v: %v", open, done, counts, err)
	}
	if len(split) != len(all) || !slices.EqualFunc(paged, all, func(id string, l payout.Line) bool { return id == l.ID }) {
		x.Errorf("%d payouts, %d split, pages give %v", len(all), len(split), paged)
	}
}

func (x *till) sound() {
	x.Helper()
	x.shown()
	x.must(x.d.Read(ctx, func(tx *db.Tx) error {
		for _, check := range []func(context.Context, *db.Tx) ([]ledger.Problem, error){ledger.Check, payout.Check} {
			problems, err := check(ctx, tx)
			if err != nil {
				return err
			}
			if len(problems) > 0 {
				x.Errorf("problems: %v", problems)
			}
		}
		return nil
	}))
}

func php(whole int64) money.Amount { return money.New(whole*100, "PHP") }

func TestPayout_FromCommitmentToArrival(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		p := x.due()
		if p.State != payout.Due || p.DueOn != "2026-11-30" || p.Fee != php(50_000) || p.Preview.Tax != php(10_000) {
			t.Fatalf("%s due %s fee %v tax %v", p.State, p.DueOn, p.Fee, p.Preview.Tax)
		}
		if _, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{p.ID}}); !errors.Is(err, payout.ErrNoRoute) {
			t.Errorf("without an account: %v", err)
		}
		x.route()
		b := x.prepare()
		a := b.Attempts[0]
		if a.Amount != php(40_000) || b.Number != "PB-20261123-001" {
			t.Errorf("net %v in %s", a.Amount, b.Number)
		}
		if _, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{p.ID}}); !errors.Is(err, payout.ErrLive) {
			t.Errorf("a second attempt: %v", err)
		}
		if _, err := x.s.Release(ctx, x.dina, b.ID, nil); !errors.Is(err, payout.ErrSelfRelease) {
			t.Errorf("released by who prepared: %v", err)
		}
		if err := x.s.RecordSent(ctx, x.dina, a.ID, x.sent(1, "F-1"), "", nil); !errors.Is(err, payout.ErrNotReleased) {
			t.Errorf("sent before released: %v", err)
		}
		n, err := x.s.Release(ctx, x.joko, b.ID, nil)
		if err != nil || n != 1 {
			t.Fatalf("released %d: %v", n, err)
		}
		if n, err := x.s.Release(ctx, x.joko, b.ID, nil); n != 0 || !errors.Is(err, payout.ErrNothing) {
			t.Errorf("a second click releases %d: %v", n, err)
		}
		var file bytes.Buffer
		if name, err := x.s.BankFile(ctx, x.dina, b.ID, "csv", &file); err != nil || name != "PB-20261123-001.csv" || !strings.Contains(file.String(), "1234567890") {
			t.Errorf("bank file %s: %v", name, err)
		}
		if err := x.s.SayArrived(ctx, x.bea, p.ID); !errors.Is(err, payout.ErrNotSent) {
			t.Errorf("arrived before sent: %v", err)
		}
		x.must(x.s.RecordSent(ctx, x.dina, a.ID, x.sent(1, "F-1"), "proof.png", strings.NewReader("proof")))
		x.must(x.s.RecordSent(ctx, x.dina, a.ID, x.sent(1, "F-1"), "", nil))
		m, err := x.s.MyMoney(ctx, x.bea)
		x.must(err)
		if len(m.Payouts) != 2 || m.Payouts[0].State != payout.Sent || !m.Payouts[0].Transfers[0].HasProof || m.Payouts[0].Net != php(40_000) {
			t.Errorf("my money %+v", m.Payouts)
		}
		x.must(x.s.SayArrived(ctx, x.bea, p.ID))
		x.must(x.s.SayArrived(ctx, x.bea, p.ID))
		if got := x.due().State; got != payout.Arrived {
			t.Errorf("after the tap it is %s", got)
		}
		x.sound()
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			rows, err := ledger.Accounts(ctx, tx, ledger.Filter{CampaignID: "camp"})
			got := fmt.Sprint(rows)
			if !strings.Contains(got, "{pph-payable PHP -10000.00}") || strings.Contains(got, "talent-payable") {
				t.Errorf("books %s", got)
			}
			return err
		}))
		var trail int64
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM audit WHERE before_doc LIKE '%1234567890%' OR after_doc LIKE '%1234567890%' OR reason LIKE '%1234567890%'`).Scan(&trail)
		}))
		if trail != 0 {
			t.Error("the account number is in the trail")
		}
	})
}

func TestPayout_ReturnedThenSentAgain(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(300_000_00) // 150,000 gross, 120,000 net: three transfers
		x.route()
		b := x.prepare()
		a := b.Attempts[0]
		if len(a.Parts) != 3 {
			t.Fatalf("%d transfers", len(a.Parts))
		}
		_, err := x.s.Release(ctx, x.joko, b.ID, nil)
		x.must(err)
		for i := range a.Parts {
			x.must(x.s.RecordSent(ctx, x.dina, a.ID, x.sent(int64(i+1), fmt.Sprintf("F-%d", i)), "", nil))
		}
		if err := x.s.RecordSent(ctx, x.dina, a.ID, x.sent(2, "F-9"), "", nil); !errors.Is(err, payout.ErrSentAlready) {
			t.Errorf("a part sent twice: %v", err)
		}
		x.must(x.s.ConfirmArrived(ctx, x.dina, a.ID, 1))
		x.must(x.s.ConfirmArrived(ctx, x.dina, a.ID, 2))
		x.must(x.s.RecordReturned(ctx, x.dina, a.ID, 3, money.IDR(13_900_000), "wrong account"))
		x.must(x.s.RecordReturned(ctx, x.dina, a.ID, 2, money.Amount{}, "came back after five days"))
		x.sound()
		p := x.due()
		if p.State != payout.Returned || p.Outstanding != php(70_000) {
			t.Fatalf("%s, left %v", p.State, p.Outstanding)
		}
		again := x.prepare()
		if again.Attempts[0].Amount != php(70_000) || again.Attempts[0].Number != 2 {
			t.Errorf("again %v", again.Attempts[0].Amount)
		}
		x.must(x.s.TakeBack(ctx, x.dina, again.Attempts[0].ID, "not today"))
		x.sound()
		if p := x.due(); p.Tax.Tax != php(30_000) {
			t.Errorf("the tax of what was sent stays: %v", p.Tax.Tax)
		}
	})
}

func TestPayout_TakenBackBeforeSendingFreesTheTax(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		b := x.prepare()
		_, err := x.s.Release(ctx, x.joko, b.ID, map[string]string{b.Attempts[0].ID: "amount under dispute"})
		x.must(err)
		if p := x.due(); p.State != payout.Due || p.Tax.RuleID != "" {
			t.Errorf("%s %+v", p.State, p.Tax)
		}
		x.sound()
		x.prepare()
		x.sound()
		if p := x.due(); p.State != payout.Prepared {
			t.Errorf("again %s", p.State)
		}
	})
}

func TestPayout_AccountChangeVoidsTheApproval(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		b := x.prepare()
		x.route() // a second time: changed
		if _, err := x.s.Release(ctx, x.joko, b.ID, nil); !errors.Is(err, payout.ErrVoid) {
			t.Errorf("released after a change: %v", err)
		}
		x.must(x.s.TakeBack(ctx, x.dina, b.Attempts[0].ID, "account changed"))
		if _, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{x.due().ID}}); !errors.Is(err, payout.ErrRouteHeld) {
			t.Errorf("within three days: %v", err)
		}
		testkit.ClockOf(d).Advance(72*time.Hour - time.Second)
		x.drain()
		if err := x.word(x.joko); err != nil {
			t.Fatal(err)
		}
		if _, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{x.due().ID}}); !errors.Is(err, payout.ErrRouteHeld) {
			t.Errorf("confirmed, a second before three days: %v", err)
		}
		testkit.ClockOf(d).Advance(time.Second)
		x.prepare()
		x.sound()
	})
}

// word is a colleague's note that the talent confirmed the changed account by phone.
func (x *till) word(by access.Actor) error {
	return x.talents.ConfirmRoute(ctx, by, x.bea.TalentID, talent.ByPhone, "called, she read the last four digits")
}

func TestPayout_AChangedAccountNeedsTheTalentsWordByAnotherChannel(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		x.drain()
		if tasks := x.tasks(); len(tasks) != 0 {
			t.Errorf("the first account replaces nothing, yet %v", tasks)
		}
		_, err := x.talents.SetRoute(ctx, x.dina, talent.SetRoute{TalentID: x.bea.TalentID, Method: talent.RouteAbroad, Bank: "BPI", BankCountry: "PH", Number: "9876543210", AccountName: "Béa Santillan", Currency: "PHP"})
		x.must(err)
		x.drain()
		x.drain()
		if tasks := x.tasks(); len(tasks) != 1 || tasks[0].DoerID != x.dina.ID || !strings.Contains(tasks[0].Title, "3210") {
			t.Errorf("finance is asked to hear the talent's word, once: %+v", tasks)
		}
		testkit.ClockOf(d).Advance(30 * 24 * time.Hour)
		if _, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{x.due().ID}}); !errors.Is(err, payout.ErrRouteWord) {
			t.Errorf("a month later without the word: %v", err)
		}
		if err := x.word(x.dina); !errors.Is(err, talent.FaultOwnWord) {
			t.Errorf("who changed it confirms it: %v", err)
		}
		if err := x.talents.ConfirmRoute(ctx, x.joko, x.bea.TalentID, talent.ByStaff, "told us"); !errors.Is(err, talent.FaultWordChannel) {
			t.Errorf("by no channel of the talent's: %v", err)
		}
		if err := x.talents.ConfirmRoute(ctx, x.joko, x.bea.TalentID, talent.ByPhone, " "); err == nil {
			t.Error("confirmed without saying what was said")
		}
		x.must(x.word(x.joko))
		x.drain()
		if tasks := x.tasks(); len(tasks) != 0 {
			t.Errorf("after the word: %v", tasks)
		}
		x.prepare()
		x.sound()
	})
}

func TestPayout_TheTalentConfirmsByTheChannelTheChangeDidNotComeBy(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		_, err := x.s.AskAccountCode(ctx, x.bea)
		x.must(err)
		x.passed()
		x.must(x.s.GiveAccount(ctx, x.bea, talent.SetRoute{Method: talent.RouteAbroad, Bank: "BPI", Number: "5566778899", AccountName: "Béa Santillan"}, ""))
		to, err := x.s.AskWordCode(ctx, x.bea)
		if err != nil || to != "bea@example.test" {
			t.Fatalf("the code goes to %q: %v", to, err)
		}
		if err := x.s.ConfirmAccount(ctx, x.bea); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("without the code: %v", err)
		}
		x.passed()
		x.must(x.s.ConfirmAccount(ctx, x.bea))
		if m, err := x.s.MyMoney(ctx, x.bea); err != nil || m.Route.NeedsWord || m.Route.HeldUntil == "" {
			t.Errorf("confirmed and still resting: %+v %v", m.Route, err)
		}
		if _, err := x.s.AskWordCode(ctx, x.bea); !errors.Is(err, talent.FaultConfirmed) {
			t.Errorf("a second time: %v", err)
		}
	})
}

// passed types the code in that was asked for last.
func (x *till) passed() {
	x.write(func(tx *db.Tx) {
		_, err := tx.Exec(ctx, `UPDATE step_up SET passed_at = $1 WHERE used_at IS NULL`, db.At(tx.Now()))
		x.must(err)
	})
}

// tasks are the open ones of everybody.
func (x *till) tasks() (out []task.Task) {
	x.Helper()
	x.must(x.d.Read(ctx, func(tx *db.Tx) (err error) { out, err = task.List(ctx, tx, task.Filter{Open: true}); return err }))
	return out
}

func TestPayout_UnclearIsTold(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		b := x.prepare()
		_, err := x.s.Release(ctx, x.joko, b.ID, nil)
		x.must(err)
		x.must(x.s.RecordSent(ctx, x.dina, b.Attempts[0].ID, x.sent(1, "F-1"), "", nil))
		testkit.ClockOf(d).Advance(14 * 24 * time.Hour)
		x.drain()
		if got := x.due().State; got != payout.Unclear {
			t.Errorf("after two weeks it is %s", got)
		}
		var told int64
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE kind = 'payout.went-unclear'`).Scan(&told)
		}))
		if told != 1 {
			t.Errorf("told %d times", told)
		}
		if tasks := x.tasks(); len(tasks) != 1 || tasks[0].DoerID != x.dina.ID || tasks[0].About.ID != x.due().ID {
			t.Fatalf("finance has a task, once: %+v", tasks)
		}
		x.must(x.s.SayMissing(ctx, x.bea, x.due().ID)) // told again
		x.drain()
		if tasks := x.tasks(); len(tasks) != 1 {
			t.Errorf("told by the talent too: %d tasks", len(tasks))
		}
		x.must(x.s.RecordReturned(ctx, x.dina, b.Attempts[0].ID, 1, money.IDR(13_000_000), "account closed"))
		x.drain()
		if tasks := x.tasks(); len(tasks) != 1 || !strings.Contains(tasks[0].Origin, "returned") {
			t.Fatalf("now it is to be sent again: %+v", tasks)
		}
		x.prepare()
		if tasks := x.tasks(); len(tasks) != 0 {
			t.Errorf("after the new attempt: %+v", tasks)
		}
	})
}

func TestPayout_HoldsSettlementAndOthersRooms(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		p := x.due()
		if err := x.s.Hold(ctx, x.dina, p.ID, payout.HoldCash, "2026-12-10", ""); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("finance holds for cash: %v", err)
		}
		x.must(x.s.Hold(ctx, x.made, p.ID, payout.HoldCash, "2026-12-10", "client late"))
		if err := x.s.Hold(ctx, x.made, p.ID, payout.HoldCash, "2026-12-20", "still"); err != nil {
			t.Error(err)
		}
		if list, err := x.s.CashHolds(ctx, x.made); err != nil || len(list) != 1 || list[0].CampaignName != "Two-way cake" {
			t.Errorf("the second hold for cash is listed: %v %v", list, err)
		}
		x.must(x.s.LiftHold(ctx, x.dina, p.ID))
		x.write(func(tx *db.Tx) { x.must(job.Enqueue(ctx, tx, casting.Dropped{BookingID: "bo"})) })
		x.drain()
		list, err := x.s.Payouts(ctx, x.dina, payout.Filter{})
		x.must(err)
		rest := list[0]
		if rest.State != payout.Settle {
			t.Fatalf("the rest of a dropped booking is %s", rest.State)
		}
		if tasks := x.tasks(); len(tasks) != 1 || tasks[0].About.ID != rest.ID {
			t.Errorf("finance is asked to settle: %+v", tasks)
		}
		if err := x.s.Settle(ctx, x.dina, rest.ID, php(60_000), "more"); !errors.Is(err, payout.ErrAboveFee) {
			t.Errorf("above the fee: %v", err)
		}
		x.must(x.s.Settle(ctx, x.dina, rest.ID, php(10_000), "draft was delivered"))
		if tasks := x.tasks(); len(tasks) != 0 {
			t.Errorf("after the settlement: %+v", tasks)
		}
		x.sound()
		other := x.bea
		other.TalentID = "another"
		if err := x.s.SayArrived(ctx, other, p.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another talent: %v", err)
		}
	})
}
