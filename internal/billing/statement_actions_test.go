package billing_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"kolega/internal/billing"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/testkit"
)

func (x *desk) statement(lines ...string) billing.StatementFileOf {
	x.t.Helper()
	ctx := context.Background()
	st, err := x.s.TakeStatement(ctx, x.dina, billing.BringStatement{Name: "mutasi.csv", Account: "BCA", Body: strings.NewReader("Tanggal;Keterangan;Debet;Kredit;Saldo\n" + strings.Join(lines, "\n"))})
	x.must(err)
	f, err := x.s.Statement(ctx, x.dina, st.ID)
	x.must(err)
	return f
}

func TestStatement_APersonConfirmsEachLine(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(5000, billing.OnSigning), part(5000, billing.OnKickoff))
		x.fire(billing.OnKickoff)
		var issued []billing.Invoice
		for _, l := range x.drafts() {
			issued = append(issued, x.issue(l.Invoice.ID))
		}
		due := issued[0].Totals.Due.Decimal()
		f := x.statement("20/11/2026;TRSF "+issued[0].Number+" DARI 5220009998887;;"+due+";1.000.000.000", "21/11/2026;ADMIN;15.000;;999.985.000", "22/11/2026;SETORAN TUNAI;;7.000.000;1.006.985.000")
		if f.In != 2 || f.Out != 1 || len(f.Lines) != 2 {
			t.Fatalf("%+v", f.Statement)
		}
		first := f.Lines[1]
		if strings.Contains(first.Text, "5220009998887") {
			t.Errorf("the payer's account is kept: %q", first.Text)
		}
		if len(first.Guesses) == 0 || !first.Guesses[0].Sure() || first.Guesses[0].Lines[0].Invoice.ID != issued[0].ID {
			t.Fatalf("suggested %+v", first.Guesses)
		}
		if o := x.open(issued[0].ID); !o.Received.IsZero() {
			t.Error("a suggestion books nothing")
		}
		confirm := billing.ConfirmLine{LineID: first.ID, ClientID: x.client, InvoiceIDs: []string{issued[0].ID}}
		_, err := x.s.ConfirmLine(ctx, x.dina, confirm)
		x.must(err)
		if o := x.open(issued[0].ID); !o.Balance.IsZero() || o.Withheld != issued[0].Totals.Withheld {
			t.Errorf("after the confirmation %+v", o)
		}
		if _, err := x.s.ConfirmLine(ctx, x.dina, confirm); !errors.Is(err, billing.ErrLineSettled) {
			t.Errorf("confirmed twice: %v", err)
		}
		cash := f.Lines[0]
		if len(cash.Guesses) != 0 {
			t.Errorf("nothing speaks for %+v", cash.Guesses)
		}
		if err := x.s.SetLineAside(ctx, x.dina, cash.ID, " "); !errors.Is(err, billing.ErrReason) {
			t.Errorf("set aside without a reason: %v", err)
		}
		x.must(x.s.SetLineAside(ctx, x.dina, cash.ID, "modal pemilik"))
		if _, open, err := x.s.Statements(ctx, x.dina); err != nil || open != 0 {
			t.Errorf("%d lines still wait, %v", open, err)
		}
		x.sound()
	})
}

func TestStatement_TheSameFileTwiceAddsNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		rows := []string{"20/11/2026;SETORAN;;1.000.000;1.000.000", "20/11/2026;SETORAN;;1.000.000;2.000.000", "21/11/2026;SETORAN;;1.000.000;3.000.000"}
		if f := x.statement(rows[:2]...); len(f.Lines) != 2 {
			t.Fatalf("two equal sums on one day are two lines, not %d", len(f.Lines))
		}
		if f := x.statement(rows...); f.Known != 2 || len(f.Lines) != 1 {
			t.Errorf("the longer file brings %d new, %d known", len(f.Lines), f.Known)
		}
		if f := x.statement(rows...); f.Known != 3 || len(f.Lines) != 0 {
			t.Errorf("the same file again: %+v", f.Statement)
		}
	})
}

func TestStatement_MoneyThatWasTypedBeforeIsNotCountedTwice(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		typed := x.receive(7_000_000, "titipan")
		f := x.statement("22/11/2026;PT MELATI GLOW;;7.000.000;7.000.000")
		l := f.Lines[0]
		if len(l.Typed) != 1 || l.Typed[0].ID != typed.ID {
			t.Fatalf("the typed receipt is not shown: %+v", l.Typed)
		}
		if _, err := x.s.ConfirmLine(ctx, x.dina, billing.ConfirmLine{LineID: l.ID, ClientID: x.client}); !errors.Is(err, billing.ErrReceiptTwice) {
			t.Errorf("entered twice: %v", err)
		}
		if _, err := x.s.ConfirmLine(ctx, x.dina, billing.ConfirmLine{LineID: l.ID, ReceiptID: "another"}); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another receipt: %v", err)
		}
		_, err := x.s.ConfirmLine(ctx, x.dina, billing.ConfirmLine{LineID: l.ID, ReceiptID: typed.ID})
		x.must(err)
		if got := x.cash(); got != "IDR 7000000" {
			t.Errorf("the account holds %s", got)
		}
		x.must(x.s.ReverseReceipt(ctx, x.dina, typed.ID, "salah klien"))
		if again, err := x.s.BankLine(ctx, x.dina, l.ID); err != nil || !again.Open() {
			t.Errorf("a reversed receipt leaves its line settled: %+v %v", again.BankLine, err)
		}
	})
}

func (x *desk) cash() (out string) {
	x.t.Helper()
	x.must(x.d.Read(context.Background(), func(tx *db.Tx) error {
		b, err := ledger.BalanceOf(context.Background(), tx, ledger.Filter{Account: "cash"})
		out = fmt.Sprint(b.Of("IDR"))
		return err
	}))
	return out
}

func TestStatement_OnlyWhoEntersReceipts(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		if _, err := x.s.TakeStatement(context.Background(), x.ae, billing.BringStatement{Account: "BCA", Body: strings.NewReader("x")}); err == nil {
			t.Error("an executive brings a statement")
		}
		if err := x.s.SetLineAside(context.Background(), x.ae, "x", "y"); err == nil || errors.Is(err, db.ErrNotFound) {
			t.Errorf("an executive settles a line: %v", err)
		}
	})
}
