package talent

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kolega/internal/money"
)

// habit is what is usual in a country, filled in where nothing else was said.
type habit struct {
	zone, lang string
	currency   money.Currency
	tax        TaxKind
}

// habits holds the countries the agency works in; others get English, UTC's
// nearest safe choice (the agency's own zone) and US dollars.
var habits = map[string]habit{
	"":   {"Asia/Jakarta", "id", money.CurrencyIDR, TaxIndividual},
	"ID": {"Asia/Jakarta", "id", money.CurrencyIDR, TaxIndividual},
	"PH": {"Asia/Manila", "fil", money.CurrencyPHP, TaxForeign},
	"SG": {"Asia/Singapore", "en", money.CurrencySGD, TaxForeign},
	"MY": {"Asia/Kuala_Lumpur", "en", money.CurrencyMYR, TaxForeign},
	"TH": {"Asia/Bangkok", "en", "THB", TaxForeign},
	"VN": {"Asia/Ho_Chi_Minh", "en", "VND", TaxForeign},
}

func habitOf(country string) habit {
	if h, ok := habits[country]; ok {
		return h
	}
	return habit{"Asia/Jakarta", "en", money.CurrencyUSD, TaxForeign}
}

// otherNames are spellings of countries that people type and no table has.
var otherNames = map[string]string{
	"indo": "ID", "idn": "ID", "ri": "ID", "philippine": "PH", "phil": "PH", "phl": "PH", "filipin": "PH", "pilipinas": "PH",
	"usa": "US", "amerika": "US", "america": "US", "amerikaserikat": "US", "uk": "GB", "inggris": "GB", "england": "GB",
	"korea": "KR", "southkorea": "KR", "koreaselatan": "KR", "sgp": "SG", "singapura": "SG", "mys": "MY", "russia": "RU",
	"turkey": "TR", "turki": "TR", "uae": "AE", "vietnam": "VN", "czechrepublic": "CZ", "ivorycoast": "CI", "hongkong": "HK",
	"macau": "MO", "syria": "SY", "iran": "IR", "taiwan": "TW", "palestine": "PS", "palestina": "PS", "tiongkok": "CN", "china": "CN", "cina": "CN",
	"myanmar": "MM", "burma": "MM", "laos": "LA", "brunei": "BN", "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "moldova": "MD",
}

// countries maps a folded name in English, Indonesian and Filipino, and the
// two-letter code, to the code.
var countries = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	namers := []display.Namer{display.Regions(language.English), display.Regions(language.Indonesian), display.Regions(language.Filipino)}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			r, err := language.ParseRegion(code)
			if err != nil || !r.IsCountry() || r.Canonicalize().String() != code || r.IsPrivateUse() {
				continue
			}
			for _, n := range namers {
				if name := n.Name(r); name != "" {
					out[plain(name)] = code
				}
			}
			out[strings.ToLower(code)] = code
		}
	}
	for name, code := range otherNames {
		out[name] = code
	}
	return out
})

// plain keeps letters and digits of a folded name only.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// CountryOf reads a country's code or its name in English, Indonesian or
// Filipino. False if it is none.
func CountryOf(typed string) (string, bool) {
	code, ok := countries()[plain(typed)]
	return code, ok
}

// KnownCountry says whether code is an ISO 3166-1 alpha-2 code in use.
func KnownCountry(code string) bool {
	got, ok := countries()[strings.ToLower(code)]
	return ok && len(code) == 2 && got == code
}

// CountryName is the name of a country in a language, the code itself if unknown.
func CountryName(code, lang string) string {
	r, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.Indonesian
	}
	if n := display.Regions(tag); n != nil {
		if name := n.Name(r); name != "" {
			return name
		}
	}
	return code
}
