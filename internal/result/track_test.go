package result

import (
	"errors"
	"strings"
	"testing"

	"kolega/internal/fault"
	"kolega/internal/money"
)

func TestTarget_LeadsToTheWebOverTLSAlone(t *testing.T) {
	for text, want := range map[string]string{"https://toko.id/p?a=1": "https://toko.id/p?a=1", " toko.id/produk ": "https://toko.id/produk",
		"http://toko.id": "", "javascript:alert(1)": "", "https://user@toko.id": "", "https://localhost": "", "": "", "ftp://toko.id": ""} {
		got, err := Target(text)
		if got != want || (want == "") != errors.Is(err, ErrTrackTarget) {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestVisit_PreviewsAndRobotsAreNone(t *testing.T) {
	phone := "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
	for name, c := range map[string]struct {
		method, agent, purpose string
		want                   bool
	}{
		"a phone":                  {"GET", phone, "", true},
		"Instagram's browser":      {"GET", phone + " Instagram 330.0.0", "", true},
		"TikTok's browser":         {"GET", phone + " musical_ly_2023 BytedanceWebview", "", true},
		"looking ahead":            {"GET", phone, "prefetch;prerender", false},
		"a preview of Firefox":     {"GET", phone, "preview", false},
		"HEAD":                     {"HEAD", phone, "", false},
		"WhatsApp's preview":       {"GET", "WhatsApp/2.23.20.0 A", "", false},
		"Facebook's preview":       {"GET", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "", false},
		"Google's robot":           {"GET", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", false},
		"Telegram's preview":       {"GET", "TelegramBot (like TwitterBot)", "", false},
		"a script":                 {"GET", "curl/8.0", "", false},
		"nobody":                   {"GET", "", "", false},
		"a browser without a face": {"GET", "Mozilla/5.0 HeadlessChrome/126.0", "", false},
	} {
		if got := Visit(c.method, c.agent, c.purpose); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestReadSales(t *testing.T) {
	got, err := ReadSales(strings.NewReader("Kode;Tanggal;Pesanan;Penjualan\nbea10;20/11/2026;12;1.500.000\nBEA10;2026-11-21;0;\n"), money.CurrencyIDR, "id", "2026-11-23")
	if err != nil || len(got) != 2 || got[0].Code != "BEA10" || got[0].Day != "2026-11-20" || got[0].Orders != 12 || got[0].Amount != money.IDR(1_500_000) || !got[1].Amount.None() {
		t.Fatalf("%+v %v", got, err)
	}
	for name, c := range map[string]struct {
		file string
		want *fault.Error
	}{
		"empty":                {"", ErrSaleHead},
		"no orders":            {"code,date\n", ErrSaleHead},
		"a code that is none":  {"code,date,orders\nB!,2026-11-20,1\n", ErrSaleRow},
		"no such day":          {"code,date,orders\nBEA10,2026-11-31,1\n", ErrSaleRow},
		"a day to come":        {"code,date,orders\nBEA10,2026-11-24,1\n", ErrSaleRow},
		"below zero":           {"code,date,orders\nBEA10,2026-11-20,-1\n", ErrSaleRow},
		"half an order":        {"code,date,orders\nBEA10,2026-11-20,1.5\n", ErrSaleRow},
		"an amount in words":   {"code,date,orders,amount\nBEA10,2026-11-20,1,banyak\n", ErrSaleRow},
		"a day said twice":     {"code,date,orders\nBEA10,2026-11-20,1\nbea10,20/11/2026,2\n", ErrSaleTwice},
		"a line that is short": {"code,date,orders\nBEA10\n", ErrSaleRow},
		"too many lines":       {"code,date,orders\n" + strings.Repeat("BEA10,2026-11-20,1\n", 2), ErrSaleTwice},
	} {
		if _, err := ReadSales(strings.NewReader(c.file), money.CurrencyIDR, "en", "2026-11-23"); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
