package locale

import (
	"strings"

	"kolega/internal/money"
)

// Words writes a whole number in words: Indonesian terbilang ("satu juta lima ratus ribu")
// or English ("one million five hundred thousand"); Filipino papers are in English.
func Words(n int64, lang string) string {
	speak, none, negative := englishWords, "zero", "minus "
	if lang == "id" {
		speak, none, negative = indonesianWords, "nol", "minus "
	}
	if n == 0 {
		return none
	}
	words := strings.Join(speak(nil, magnitude(n)), " ")
	if n < 0 {
		return negative + words
	}
	return words
}

var idDigits = [...]string{"", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"}

// scale is a power of a thousand and its word.
type scale struct {
	size uint64
	word string
}

var idScales = []scale{{1e18, "kuintiliun"}, {1e15, "kuadriliun"}, {trillion, "triliun"}, {billion, "miliar"}, {million, "juta"}}

// indonesianWords appends terbilang. Only one thousand and one hundred are "se-"; zero
// groups are skipped, and there is no "dan".
func indonesianWords(out []string, n uint64) []string {
	for _, s := range idScales {
		if n >= s.size {
			out = append(idBelowThousand(out, n/s.size), s.word)
			n %= s.size
		}
	}
	if n/1000 == 1 {
		out = append(out, "seribu")
	} else if n >= 1000 {
		out = append(idBelowThousand(out, n/1000), "ribu")
	}
	return idBelowThousand(out, n%1000)
}

func idBelowThousand(out []string, n uint64) []string {
	if n/100 == 1 {
		out = append(out, "seratus")
	} else if n >= 100 {
		out = append(out, idDigits[n/100], "ratus")
	}
	switch n %= 100; {
	case n == 0:
	case n < 12:
		out = append(out, idDigits[n])
	case n < 20:
		out = append(out, idDigits[n-10], "belas")
	default:
		if out = append(out, idDigits[n/10], "puluh"); n%10 > 0 {
			out = append(out, idDigits[n%10])
		}
	}
	return out
}

var (
	enSmall  = [...]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	enTens   = [...]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	enScales = []scale{{1e18, "quintillion"}, {1e15, "quadrillion"}, {trillion, "trillion"}, {billion, "billion"}, {million, "million"}, {thousand, "thousand"}}
)

func englishWords(out []string, n uint64) []string {
	for _, s := range enScales {
		if n >= s.size {
			out = append(enBelowThousand(out, n/s.size), s.word)
			n %= s.size
		}
	}
	return enBelowThousand(out, n)
}

func enBelowThousand(out []string, n uint64) []string {
	if n >= 100 {
		out = append(out, enSmall[n/100], "hundred")
	}
	switch n %= 100; {
	case n == 0:
	case n < 20:
		out = append(out, enSmall[n])
	case n%10 == 0:
		out = append(out, enTens[n/10])
	default:
		out = append(out, enTens[n/10]+"-"+enSmall[n%10])
	}
	return out
}

// currencyWords are the words of money on paper: major and minor units in each language.
var currencyWords = map[money.Currency]struct{ id, en, minor string }{
	"IDR": {"rupiah", "rupiah", ""},
	"PHP": {"peso Filipina", "Philippine pesos", "centavos"},
	"USD": {"dolar Amerika Serikat", "US dollars", "cents"},
	"SGD": {"dolar Singapura", "Singapore dollars", "cents"},
	"MYR": {"ringgit Malaysia", "Malaysian ringgit", "sen"},
	"EUR": {"euro", "euros", "cents"},
}

// MoneyWords writes an amount in words for a document, with a first capital: "Satu juta
// rupiah", "One thousand five hundred Philippine pesos and fifty centavos". Indonesian
// decimals are read digit by digit after "koma".
func MoneyWords(a money.Amount, lang string) string {
	per := perMajor(a.Currency)
	m := magnitude(a.Minor)
	major, minor := int64(m/per), int64(m%per)
	w, ok := currencyWords[a.Currency]
	if !ok {
		w.id, w.en, w.minor = string(a.Currency), string(a.Currency), ""
	}
	text := ""
	if a.Minor < 0 {
		text = "minus "
	}
	text += Words(major, lang)
	switch {
	case lang == "id" && minor > 0:
		text += " koma" + decimals(minor, per, "id") + " " + w.id
	case lang == "id":
		text += " " + w.id
	case minor > 0 && w.minor != "":
		text += " " + w.en + " and " + Words(minor, lang) + " " + w.minor
	case minor > 0:
		text += " point" + decimals(minor, per, "en") + " " + w.en
	default:
		text += " " + w.en
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// decimals reads the minor units digit by digit, without zeros at the end.
func decimals(minor int64, per uint64, lang string) string {
	text := ""
	for rest := uint64(minor); rest > 0; {
		per /= 10
		text += " " + Words(int64(rest/per), lang)
		rest %= per
	}
	return text
}
