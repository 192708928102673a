package billing

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kolega/internal/fault"
	"kolega/internal/money"

	"pgregory.net/rapid"
)

func readFile(t *testing.T, name string) (StatementFile, error) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return readStatement(BringStatement{Name: name, Body: bytes.NewReader(b)})
}

func TestReadStatement_TheBanksLayouts(t *testing.T) {
	for name, want := range map[string][]string{
		"bca.csv":     {"2026-11-02 5400000000", "2026-11-03 -1500000", "2026-11-05 150000", "2026-11-30 123456"},
		"mandiri.csv": {"2026-11-30 5400000000", "2026-11-29 -650000"},
		"bni.csv":     {"2026-11-02 5400000000", "2026-11-03 -10000000"},
		"bri.csv":     {"2026-11-02 5400000000", "2026-11-03 -25000000"},
		"jago.csv":    {"2026-11-02 5400000000", "2026-11-03 -150000000"},
		"permata.csv": {"2026-11-02 5400000000", "2026-11-04 -150000000"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := readFile(t, name)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range f.Lines {
				got = append(got, fmt.Sprintf("%s %d", l.On, l.Cents))
				if !l.HasBal {
					t.Errorf("row %d has no balance to be held against", l.Row)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("read %v, want %v", got, want)
			}
			lines, _, _ := bankLines(f, "BCA", "IDR")
			open := opened(50_000_000, -1)
			open.Invoice.Number, open.Invoice.Buyer.Name = "INV/0001/XI/2026", "PT Melati Glow"
			if g := Guesses(lines[0], []Line{{Open: open, ClientName: "Melati Glow"}}); len(g) != 1 || !strings.Contains(fmt.Sprint(g[0].Why), "number") || !strings.Contains(fmt.Sprint(g[0].Why), "name") {
				t.Errorf("%q suggests %+v", lines[0].Text, g)
			}
		})
	}
}

func TestReadStatement_KeepsWhatTheBankHasNotSettled(t *testing.T) {
	f, err := readFile(t, "bca.csv")
	if err != nil || f.Pending != 1 || f.From != "2026-11-01" || f.To != "2026-11-30" {
		t.Fatalf("%+v %v", f, err)
	}
	in, out, sen := bankLines(f, "BCA", "IDR")
	if len(in) != 2 || out != 1 || sen != 1 {
		t.Errorf("%d came, %d went, %d of sen: interest of Rp 1.234,56 is no client's payment", len(in), out, sen)
	}
}

func TestReadStatement_RefusesWhatItCannotBeSureOf(t *testing.T) {
	const head = "Tanggal,Keterangan,Debet,Kredit,Saldo\n"
	for name, c := range map[string]struct{ text, code string }{
		"figures of both marks":             {head + "02/11/2026,A,,\"1,500,000.00\",\"1,500,000.00\"\n03/11/2026,B,,\"1.500.000,00\",\"3.000.000,00\"\n", "billing.statement-amount"},
		"three digits behind the point":     {head + "02/11/2026,A,,1500.123,1500.12\n", "billing.statement-amount"},
		"a balance that does not follow":    {head + "02/11/2026,A,,\"1,000.00\",\"1,000.00\"\n03/11/2026,B,,\"500.00\",\"15,000.00\"\n", "billing.statement-balance"},
		"debit and credit at once":          {head + "02/11/2026,A,\"1,000.00\",\"1,000.00\",\n", "billing.statement-side"},
		"an amount without a day":           {head + "02/11/2026,A,,\"1,000.00\",\"1,000.00\"\n,B,,\"1,000.00\",\n", "billing.statement-day"},
		"the 31st of November":              {head + "31/11/2026,A,,\"1,000.00\",\"1,000.00\"\n", "billing.statement-day"},
		"days without a year":               {head + "02/11,A,,\"1,000.00\",\"1,000.00\"\n", "billing.statement-year"},
		"no headings":                       {"a,b,c\n1,2,3\n", "billing.statement-head"},
		"headings alone":                    {head, "billing.statement-empty"},
		"a word in place of an amount":      {head + "02/11/2026,A,,seribu,\n", "billing.statement-amount"},
		"a month first, as Americans write": {head + "11/30/2026,A,,\"1,000.00\",\"1,000.00\"\n", "billing.statement-day"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readStatement(BringStatement{Name: "x.csv", Body: strings.NewReader(c.text)})
			if fault.CodeOf(err) != c.code {
				t.Errorf("fault %v, want %s", err, c.code)
			}
		})
	}
}

func TestReadStatement_AYearsEndIsPutIntoThePeriod(t *testing.T) {
	f, err := readStatement(BringStatement{Name: "x.csv", Body: strings.NewReader("Periode : 15/12/2026 - 14/01/2027\nTanggal,Keterangan,Jumlah,,Saldo\n'28/12,A,\"1,000.00\",CR,\"1,000.00\"\n'02/01,B,\"1,000.00\",CR,\"2,000.00\"\n")})
	if err != nil || f.Lines[0].On != "2026-12-28" || f.Lines[1].On != "2027-01-02" {
		t.Errorf("%+v %v", f.Lines, err)
	}
}

// Whatever a bank writes is read back exactly, or refused; the other mark never reads
// it as another amount.
func TestStatementCents_AreNeverMisread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 999_999_999_999_99).Draw(t, "cents")
		m := rapid.SampledFrom([]mark{point, comma}).Draw(t, "mark")
		grouped, decimals := rapid.Bool().Draw(t, "grouped"), rapid.Bool().Draw(t, "decimals")
		whole := fmt.Sprint(n / 100)
		if grouped {
			for i := len(whole) - 3; i > 0; i -= 3 {
				whole = whole[:i] + m.group() + whole[i:]
			}
		}
		text := whole
		if decimals {
			text += fmt.Sprintf("%c%02d", m, n%100)
		} else {
			n -= n % 100
		}
		if got, _, ok := m.cents(text); !ok || got != n {
			t.Fatalf("%q under %q is %d, %v", text, m, got, ok)
		}
		other := comma
		if m == comma {
			other = point
		}
		if got, _, ok := other.cents(text); ok && got != n {
			t.Fatalf("%q is %d under one mark and %d under the other", text, n, got)
		}
	})
}

func FuzzStatementCents(f *testing.F) {
	for _, s := range []string{"1,500,000.00", "1.500.000,00", ".00", "(1,000.00)", "Rp 1.000", "1.5", "-", "1e5", "54,000,000.00 CR"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, _, okA := point.cents(s)
		b, _, okB := comma.cents(s)
		if okA && okB && a != b {
			t.Errorf("%q reads as %d and as %d", s, a, b)
		}
	})
}

func TestGuesses(t *testing.T) {
	invoice := func(id, number, client string, price int64) Line {
		o := opened(price, -1)
		o.Invoice.ID, o.Invoice.Number, o.Invoice.ClientID, o.Invoice.Buyer.Name = id, number, client, client
		return Line{Open: o, ClientName: client}
	}
	open := []Line{invoice("i1", "INV/0001/XI/2026", "PT Melati Glow", 50_000_000), invoice("i2", "INV/0002/XI/2026", "PT Melati Glow", 30_000_000), invoice("i3", "INV/0003/XI/2026", "CV Sinar Abadi", 50_000_000)}
	for name, c := range map[string]struct {
		amount int64
		text   string
		first  string
		sure   bool
		charge int64
	}{
		"its number and the amount":          {54_500_000, "TRSF INV/0001/XI/2026", "[i1]", true, 0},
		"a number that the bank cut":         {54_500_000, "TRSF INV 0003 XI 202", "[i3]", true, 0},
		"the client's name and the amount":   {54_500_000, "KR OTOMATIS SINAR ABADI", "[i3]", true, 0},
		"the amount alone fits two":          {54_500_000, "SETORAN", "[i1]", false, 0},
		"less a bank's charge":               {54_493_500, "PT MELATI GLOW", "[i1]", false, 6500},
		"two invoices at once":               {87_200_000, "PT MELATI GLOW", "[i1 i2]", true, 0},
		"a part, with the number":            {10_000_000, "DP INV/0002/XI/2026", "[i2]", false, 0},
		"nothing speaks for anybody":         {123_456, "SETORAN TUNAI", "[]", false, 0},
		"the number of none, another amount": {123_456, "INV/0009/XI/2026", "[]", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := Guesses(BankLine{Amount: money.IDR(c.amount), Text: c.text}, open)
			var ids []string
			if len(got) > 0 {
				for _, l := range got[0].Lines {
					ids = append(ids, l.Invoice.ID)
				}
				if got[0].Sure() != c.sure {
					t.Errorf("sure %v: %+v", got[0].Sure(), got[0].Why)
				}
				if charge := got[0].Matches[0].Charge.Minor; charge != c.charge {
					t.Errorf("a charge of %d", charge)
				}
			}
			if fmt.Sprint(ids) != c.first {
				t.Errorf("first comes %v, want %s", ids, c.first)
			}
		})
	}
}

func TestMaskDigits_HidesAccounts(t *testing.T) {
	if got := maskDigits("TRF 5220001112 INV/0001/XI/2026 0212"); got != "TRF ···1112 INV/0001/XI/2026 0212" {
		t.Error(got)
	}
}
