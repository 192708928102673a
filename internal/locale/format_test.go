package locale

import (
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

var (
	idLoc = For("id", "Asia/Jakarta")
	enLoc = For("en", "Asia/Jakarta")
)

// golden is one value as both languages write it.
type golden struct{ name, id, en, wantID, wantEN string }

func checkGolden(t *testing.T, table []golden) {
	t.Helper()
	for _, g := range table {
		if g.id != g.wantID || g.en != g.wantEN {
			t.Errorf("%s: %q and %q, want %q and %q", g.name, g.id, g.en, g.wantID, g.wantEN)
		}
	}
}

func TestNumbers_AreWrittenTheLanguagesWay(t *testing.T) {
	both := func(name string, f func(*Loc) string, id, en string) golden {
		return golden{name, f(idLoc), f(enLoc), id, en}
	}
	short := func(n int64) func(*Loc) string { return func(l *Loc) string { return l.Short(n) } }
	checkGolden(t, []golden{
		both("int", func(l *Loc) string { return l.Int(412_000) }, "412.000", "412,000"),
		both("small int", func(l *Loc) string { return l.Int(999) }, "999", "999"),
		both("negative int", func(l *Loc) string { return l.Int(-1_234_567) }, "−1.234.567", "−1,234,567"),
		both("smallest int", func(l *Loc) string { return l.Int(-1 << 63) }, "−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808"),
		both("412 thousand", short(412_000), "412 rb", "412k"),
		both("74 thousand", short(74_000), "74 rb", "74k"),
		both("12.3 thousand", short(12_345), "12,3 rb", "12.3k"),
		both("one thousand", short(1_000), "1 rb", "1k"),
		both("999", short(999), "999", "999"),
		both("just below a million", short(999_999), "1 jt", "1m"),
		both("999,499", short(999_499), "999 rb", "999k"),
		both("99,950", short(99_950), "100 rb", "100k"),
		both("1.2 million", short(1_234_567), "1,2 jt", "1.2m"),
		both("1.25 million", short(1_250_000), "1,3 jt", "1.3m"),
		both("2.5 billion", short(2_500_000_000), "2,5 miliar", "2.5bn"),
		both("a negative count", short(-12_345), "−12,3 rb", "−12.3k"),
		both("rate", func(l *Loc) string { return l.Bp(480) }, "4,8%", "4.8%"),
		both("whole rate", func(l *Loc) string { return l.Bp(500) }, "5,0%", "5.0%"),
		both("rate half up", func(l *Loc) string { return l.Bp(485) }, "4,9%", "4.9%"),
		both("tax", func(l *Loc) string { return l.Share(1100) }, "11%", "11%"),
		both("a third", func(l *Loc) string { return l.Share(3333) }, "33,33%", "33.33%"),
		both("half a per cent", func(l *Loc) string { return l.Share(50) }, "0,5%", "0.5%"),
		both("points up", func(l *Loc) string { return l.Points(40) }, "+0,4", "+0.4"),
		both("points down", func(l *Loc) string { return l.Points(-130) }, "−1,3", "−1.3"),
		both("percent", func(l *Loc) string { return l.Percent(250, 5_000) }, "5,0%", "5.0%"),
		both("percent rounds half up once", func(l *Loc) string { return l.Percent(1, 2_000) }, "0,1%", "0.1%"),
		both("percent of followers", func(l *Loc) string { return l.Percent(472_900, 31_900_000) }, "1,5%", "1.5%"),
		both("percent without a base", func(l *Loc) string { return l.Percent(5, 0) }, "–", "–"),
		both("size", func(l *Loc) string { return l.Size(1_520_000) }, "1,5 MB", "1.5 MB"),
		both("round size", func(l *Loc) string { return l.Size(20_000_000) }, "20 MB", "20 MB"),
		both("bytes", func(l *Loc) string { return l.Size(512) }, "512 B", "512 B"),
	})
}

func TestMoney_ExactAndShort(t *testing.T) {
	type m = money.Amount
	exact := func(name string, a m, id, en string) golden {
		return golden{name, idLoc.Money(a), enLoc.Money(a), id, en}
	}
	short := func(name string, a m, id, en string) golden {
		return golden{name, idLoc.MoneyShort(a), enLoc.MoneyShort(a), id, en}
	}
	checkGolden(t, []golden{
		exact("contract", money.IDR(425_000_000), "Rp 425.000.000", "IDR 425,000,000"),
		exact("pesos", money.New(150_050, "PHP"), "PHP 1.500,50", "PHP 1,500.50"),
		exact("centavos", money.New(5, "PHP"), "PHP 0,05", "PHP 0.05"),
		exact("a debt", money.IDR(-5_000), "−Rp 5.000", "−IDR 5,000"),
		exact("zero", money.IDR(0), "Rp 0", "IDR 0"),
		exact("none", m{}, "–", "–"),
		{"a rate", idLoc.Rate("15850.5"), enLoc.Rate("15850.5"), "15.850,5", "15,850.5"},
		{"a whole rate", idLoc.Rate("16250"), enLoc.Rate("16250"), "16.250", "16,250"},
		{"no rate", idLoc.Rate(""), enLoc.Rate(""), "", ""},
		short("budget", money.IDR(268_000_000), "Rp 268 jt", "IDR 268m"),
		short("million and a half", money.IDR(1_500_000), "Rp 1,5 jt", "IDR 1.5m"),
		short("billion", money.IDR(2_500_000_000), "Rp 2,5 M", "IDR 2.5bn"),
		short("trillion", money.IDR(1_200_000_000_000), "Rp 1,2 T", "IDR 1.2tn"),
		short("small", money.IDR(750), "Rp 750", "IDR 750"),
		short("pesos", money.New(5_000_000, "PHP"), "PHP 50 rb", "PHP 50k"),
		short("a few pesos", money.New(12_350, "PHP"), "PHP 124", "PHP 124"),
		short("a debt", money.IDR(-268_000_000), "−Rp 268 jt", "−IDR 268m"),
	})
}

func TestDates_StandWithTheirWeekday(t *testing.T) {
	d := worktime.Date("2026-11-24")
	rng := func(name string, a, b worktime.Date, id, en string) golden {
		return golden{name, idLoc.Range(a, b), enLoc.Range(a, b), id, en}
	}
	checkGolden(t, []golden{
		{"date", idLoc.Date(d), enLoc.Date(d), "Sel 24 Nov 2026", "Tue 24 Nov 2026"},
		{"day", idLoc.DateDay(d), enLoc.DateDay(d), "Sel 24 Nov", "Tue 24 Nov"},
		{"short", idLoc.DateShort(d), enLoc.DateShort(d), "24 Nov", "24 Nov"},
		{"long", idLoc.DateLong(d), enLoc.DateLong(d), "Selasa, 24 November 2026", "Tuesday, 24 November 2026"},
		{"no date", idLoc.Date(""), enLoc.DateShort("x"), "–", "–"},
		{"month", idLoc.Month(2026, 8), enLoc.Month(2026, 8), "Agustus 2026", "August 2026"},
		rng("campaign", "2026-11-02", "2026-12-12", "2 Nov – 12 Des 2026", "2 Nov – 12 Dec 2026"),
		rng("within a month", "2026-11-02", "2026-11-12", "2 – 12 Nov 2026", "2 – 12 Nov 2026"),
		rng("over the year", "2026-12-28", "2027-01-03", "28 Des 2026 – 3 Jan 2027", "28 Dec 2026 – 3 Jan 2027"),
		rng("one day", "2026-11-02", "2026-11-02", "2 Nov 2026", "2 Nov 2026"),
	})
}

func TestClocks_TheOwnersFirst(t *testing.T) {
	at := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	late := time.Date(2026, 11, 24, 16, 30, 0, 0, time.UTC)
	manila := For("id", "Asia/Manila")
	checkGolden(t, []golden{
		{"jakarta", idLoc.Clock(at, "Asia/Jakarta"), enLoc.Clock(at, "Asia/Jakarta"), "18.00 WIB", "18:00 WIB"},
		{"manila", idLoc.Clock(at, "Asia/Manila"), enLoc.Clock(at, "Asia/Manila"), "19.00 Manila", "19:00 Manila"},
		{"makassar", idLoc.Clock(at, "Asia/Makassar"), enLoc.Clock(at, "Asia/Makassar"), "19.00 WITA", "19:00 WITA"},
		{"jayapura", idLoc.Clock(at, "Asia/Jayapura"), enLoc.Clock(at, "Asia/Jayapura"), "20.00 WIT", "20:00 WIT"},
		{"kuala lumpur", idLoc.Clock(at, "Asia/Kuala_Lumpur"), enLoc.Time(at, "Asia/Kuala_Lumpur"), "19.00 Kuala Lumpur", "19:00"},
		{"date and time", idLoc.DateTime(at, "Asia/Jakarta"), enLoc.DateTime(at, "Asia/Jakarta"), "Sel 24 Nov 2026, 18.00 WIB", "Tue 24 Nov 2026, 18:00 WIB"},
		{"own zone", idLoc.Dual(at, "Asia/Jakarta"), enLoc.Dual(at, "Asia/Jakarta"), "18.00 WIB", "18:00 WIB"},
		{"talent's zone", idLoc.Dual(at, "Asia/Manila"), enLoc.Dual(at, "Asia/Manila"), "19.00 Manila · 18.00 WIB", "19:00 Manila · 18:00 WIB"},
		{"same clock", manila.Dual(at, "Asia/Makassar"), manila.Dual(at, "Asia/Manila"), "19.00 WITA", "19.00 Manila"},
		{"two days", idLoc.Dual(late, "Asia/Manila"), enLoc.Dual(late, "Asia/Manila"), "Rab 00.30 Manila · Sel 23.30 WIB", "Wed 00:30 Manila · Tue 23:30 WIB"},
	})
}

func TestDue_ReadsAsTheBoardShowsIt(t *testing.T) {
	jakarta := idLoc.Zone
	now := time.Date(2026, 11, 23, 15, 42, 0, 0, jakarta)
	due := func(name string, at time.Time, id, en string) golden {
		return golden{name, idLoc.Due(now, at), enLoc.Due(now, at), id, en}
	}
	on := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, jakarta) }
	checkGolden(t, []golden{
		due("today", on(23, 18, 0), "2 jam lagi", "In 2 hours"),
		due("one hour", on(23, 16, 50), "1 jam lagi", "In 1 hour"),
		due("minutes", on(23, 16, 20), "38 mnt lagi", "In 38 min"),
		due("now", on(23, 15, 42), "Sekarang", "Now"),
		due("tomorrow", on(24, 12, 0), "Besok", "Tomorrow"),
		due("the day after", on(25, 10, 0), "Lusa", "In 2 days"),
		due("five days", on(28, 17, 0), "5 hari lagi", "In 5 days"),
		due("a day late", on(22, 17, 0), "Lewat 1 hari", "1 day past"),
		due("three days late", on(20, 17, 0), "Lewat 3 hari", "3 days past"),
		due("hours late", on(23, 12, 0), "Lewat 3 jam", "3 hours past"),
		due("minutes late", on(23, 15, 30), "Lewat 12 mnt", "12 min past"),
		{"day beside", idLoc.DueDay(now, on(23, 18, 0)), enLoc.DueDay(now, on(24, 18, 0)), "hari ini", "Tue 24 Nov"},
		{"ago", idLoc.Ago(now, now.Add(-28*time.Hour)), enLoc.Ago(now, now.Add(-28*time.Hour)), "1 hari 4 jam", "1 day 4 h"},
		{"ago in minutes", idLoc.Ago(now, now.Add(-38*time.Minute)), enLoc.Ago(now, now.Add(-38*time.Minute)), "38 mnt", "38 min"},
		{"ago in hours", idLoc.Ago(now, now.Add(-3*time.Hour)), enLoc.Ago(now, now.Add(-3*time.Hour)), "3 jam", "3 h"},
		{"ago in days", idLoc.Ago(now, now.Add(-9*24*time.Hour-time.Hour)), enLoc.Ago(now, now.Add(-48*time.Hour)), "9 hari", "2 days"},
	})
	night := on(23, 23, 0)
	if got := idLoc.Due(night, on(24, 1, 0)); got != "2 jam lagi" {
		t.Errorf("two hours over midnight: %q", got)
	}
	if got := idLoc.Due(on(24, 0, 30), on(23, 23, 59)); got != "Lewat 31 mnt" {
		t.Errorf("half an hour over midnight: %q", got)
	}
}

func TestWords_IndonesianTable(t *testing.T) {
	for n, want := range map[int64]string{
		0: "nol", 1: "satu", 10: "sepuluh", 11: "sebelas", 12: "dua belas", 19: "sembilan belas", 20: "dua puluh", 45: "empat puluh lima",
		99: "sembilan puluh sembilan", 100: "seratus", 101: "seratus satu", 111: "seratus sebelas", 345: "tiga ratus empat puluh lima",
		999: "sembilan ratus sembilan puluh sembilan", 1_000: "seribu", 1_001: "seribu satu", 1_100: "seribu seratus", 2_000: "dua ribu",
		3_456: "tiga ribu empat ratus lima puluh enam", 11_000: "sebelas ribu", 21_000: "dua puluh satu ribu", 100_000: "seratus ribu", 101_000: "seratus satu ribu",
		999_999: "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan", 1_000_000: "satu juta", 1_000_001: "satu juta satu",
		1_001_000: "satu juta seribu", 1_500_000: "satu juta lima ratus ribu", 21_050_000: "dua puluh satu juta lima puluh ribu",
		1_234_567: "satu juta dua ratus tiga puluh empat ribu lima ratus enam puluh tujuh", 1_000_000_000: "satu miliar",
		1_234_567_890:     "satu miliar dua ratus tiga puluh empat juta lima ratus enam puluh tujuh ribu delapan ratus sembilan puluh",
		1_000_000_000_000: "satu triliun", -1: "minus satu",
	} {
		if got := Words(n, "id"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestWords_English(t *testing.T) {
	for n, want := range map[int64]string{
		0: "zero", 7: "seven", 13: "thirteen", 21: "twenty-one", 40: "forty", 100: "one hundred", 115: "one hundred fifteen", 1_000: "one thousand",
		1_234_567: "one million two hundred thirty-four thousand five hundred sixty-seven", -12: "minus twelve",
		425_000_000: "four hundred twenty-five million",
	} {
		if got := Words(n, "en"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestMoneyWords_BeginWithACapital(t *testing.T) {
	for _, c := range []struct {
		a        money.Amount
		lang, to string
	}{
		{money.IDR(1_500_000), "id", "Satu juta lima ratus ribu rupiah"},
		{money.IDR(425_000_000), "en", "Four hundred twenty-five million rupiah"},
		{money.New(150_050, "PHP"), "en", "One thousand five hundred Philippine pesos and fifty centavos"},
		{money.New(150_005, "PHP"), "id", "Seribu lima ratus koma nol lima peso Filipina"},
		{money.New(150_050, "PHP"), "id", "Seribu lima ratus koma lima peso Filipina"},
		{money.IDR(-1), "id", "Minus satu rupiah"},
	} {
		if got := MoneyWords(c.a, c.lang); got != c.to {
			t.Errorf("%v in %s: %q, want %q", c.a, c.lang, got, c.to)
		}
	}
}

func TestFold_MatchesNamesAcrossWritings(t *testing.T) {
	for in, want := range map[string]string{
		"Bea Santillan": "bea santillan", "  Béa \u00a0 SANTILLÁN ": "bea santillan", "𝐁𝐞𝐚 Santillan": "bea santillan", "ＢＥＡ": "bea",
		"": "", "Łukasz Øre": "lukasz ore", "STRAẞE": "strasse", "Nguyễn": "nguyen", "a\tb\n c": "a b c", "já\u00adn": "jan", "İzmir": "izmir", "bea": "bea",
	} {
		if got := Fold(in); got != want || Fold(got) != got {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
