package app

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/ledger"
	"kolega/internal/money"
)

// TestJournal_HledgerAgrees gives the demo agency's books to hledger: it takes every
// entry as balanced, and its balances are ours to the last rupiah.
func TestJournal_HledgerAgrees(t *testing.T) {
	if _, err := exec.LookPath("hledger"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("hledger is missing: tools/install installs it")
		}
		t.Skip("hledger is missing here: the journal is not given to it")
	}
	h, ctx := theHall(t), context.Background()
	actor := h.staff(t, access.Finance)
	path := filepath.Join(t.TempDir(), "kolega.journal")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Ledger.Journal(ctx, actor, ledger.Filter{}, f); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if out, err := exec.Command("hledger", "-f", path, "check", "parseable").CombinedOutput(); err != nil {
		t.Fatalf("hledger: %v\n%s", err, out)
	}
	accounts, err := h.Ledger.Accounts(ctx, actor, ledger.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(accounts) < 8 {
		t.Fatalf("only %d balances in the books", len(accounts))
	}
	ours, theirs := map[string]money.Amount{}, hledgerBalances(t, path)
	for _, a := range accounts {
		key := ledger.JournalAccount(ledger.Account(a.Key)) + " " + string(a.Amount.Currency)
		if ours[key], err = ours[key].Add(a.Amount); err != nil {
			t.Fatal(err)
		}
	}
	for key, a := range ours {
		if !a.IsZero() && theirs[key] != a {
			t.Errorf("%s: hledger has %v, we have %v", key, theirs[key], a)
		}
	}
	if len(theirs) != len(ours) {
		t.Errorf("hledger has %d balances, we have %d", len(theirs), len(ours))
	}
}

// hledgerBalances reads hledger's balances by account and currency.
func hledgerBalances(t *testing.T, path string) map[string]money.Amount {
	t.Helper()
	out, err := exec.Command("hledger", "-f", path, "balance", "--flat", "-N", "-O", "csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]money.Amount{}
	for _, r := range rows[1:] {
		for _, part := range strings.Split(r[1], ", ") {
			c, figure, _ := strings.Cut(part, " ")
			a, err := money.ParseDecimal(figure, money.Currency(c))
			if err != nil {
				t.Fatalf("%q: %v", part, err)
			}
			all[r[0]+" "+c] = a
		}
	}
	return all
}
