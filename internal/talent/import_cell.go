package talent

import (
	"errors"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// The faults of a cell. Args: text.
var (
	FaultCellPlatform = fault.New(fault.Invalid, "import.platform")
	FaultCellER       = fault.New(fault.Invalid, "import.er")      // no percentage, or one above 100 %
	FaultCellERUnit   = fault.New(fault.Invalid, "import.er-unit") // 0.05 may be 5 % or 0.05 %
	FaultCellPrice    = fault.New(fault.Invalid, "import.price")   //
	FaultCellMillion  = fault.New(fault.Invalid, "import.price-million")
	FaultCellDate     = fault.New(fault.Invalid, "import.date")         //
	FaultCellCountry  = fault.New(fault.Invalid, "import.country")      //
	FaultCellCurrency = fault.New(fault.Invalid, "import.currency")     //
	FaultCellLanguage = fault.New(fault.Invalid, "import.language")     //
	FaultCellKind     = fault.New(fault.Invalid, "import.kind")         //
	FaultCellLong     = fault.New(fault.Invalid, "import.text-long")    // arg: limit
	FaultCellControl  = fault.New(fault.Invalid, "import.text-control") // a character that is no text
)

// textCell reads words: outer space goes, odd spaces become plain, the rest stays
// exactly as written. Text that begins with "=" is text.
func textCell(s string, limit int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if isNothing(s) {
		return "", nil
	}
	if len([]rune(s)) > limit {
		return "", FaultCellLong.With("limit", limit)
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == '\ufffd' {
			return "", FaultCellControl
		}
	}
	return s, nil
}

// isNothing says whether a cell is a way to leave it empty.
func isNothing(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "-", "--", "–", "—", "nan", "n/a", "#n/a", "null", "none", "?", "tba", "tbc", "belum ada", "tidak ada":
		return true
	}
	return false
}

// countCell reads a count; -1 where the cell says that it is unknown.
func countCell(s string) (int64, error) {
	n, err := locale.ParseFollowers(s)
	if errors.Is(err, locale.ErrCountUnknown) || err != nil && isNothing(s) {
		return -1, nil
	}
	return n, err
}

// rateCell reads an engagement rate in basis points; -1 where unknown. "4,8%" and
// "4.8" are 4.8 %; a bare number below 1 could be a share and is asked back. Where a
// person has said that the column holds shares, 0.05 is 5 %.
func rateCell(s string, shares bool) (int64, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if isNothing(s) {
		return -1, nil
	}
	body, signed := strings.CutSuffix(s, "%")
	whole, frac, _ := strings.Cut(strings.Replace(strings.TrimSpace(body), ",", ".", 1), ".")
	if whole == "" || strings.Trim(whole+frac, "0123456789") != "" || len(whole) > 3 || len(frac) > 12 {
		return 0, FaultCellER
	}
	const one = 1_000_000
	n, err := strconv.ParseInt(whole+(frac + "000000")[:6], 10, 64)
	switch {
	case err != nil || n > 100*one || !signed && shares && n > one:
		return 0, FaultCellER
	case !signed && shares:
		return (n + one/20_000) / (one / 10_000), nil
	case !signed && n < one && n > 0:
		return 0, FaultCellERUnit
	}
	return (n + one/200) / (one / 100), nil
}

// priceCell reads what a piece costs; zero Amount where unknown. A currency named
// in the cell must be c. M is asked back: million, or miliar.
func priceCell(s string, c money.Currency, lang string) (money.Amount, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if isNothing(s) || s == "0" {
		return money.Amount{}, nil
	}
	if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" && len(frac) <= 2 && strings.Trim(whole, "0123456789") == "" && len(whole) > 3 {
		s = whole // "1500000.00" and "1500000.0" as tools write it
	}
	if low := strings.ToLower(s); strings.HasSuffix(low, "m") || strings.HasSuffix(low, "b") && !strings.HasSuffix(low, "rb") {
		return money.Amount{}, FaultCellMillion
	}
	if lang != "en" {
		lang = "id"
	}
	a, err := money.Parse(s, c, lang)
	if err != nil { // what one language cannot read is not ambiguous in the other
		a, err = money.Parse(s, c, map[string]string{"id": "en", "en": "id"}[lang])
	}
	if err != nil || a.Sign() <= 0 {
		return money.Amount{}, FaultCellPrice
	}
	return a, nil
}

// dateCell reads a day: ISO, "23/11/2026" with the day first and above 12 or the
// month above 12, or a spreadsheet's day number.
func dateCell(s string) (worktime.Date, error) {
	s = strings.TrimSpace(s)
	if isNothing(s) {
		return "", nil
	}
	if len(s) >= 10 {
		if d, err := worktime.ParseDate(s[:10]); err == nil {
			return d, nil
		}
	}
	if n, err := strconv.Atoi(s); err == nil && n > 36_525 && n < 73_050 { // 2000 to 2099
		return worktime.DayOf(1899, 12, 30).AddDays(n), nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 {
		return "", FaultCellDate
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return "", FaultCellDate
		}
		n[i] = v
	}
	day, month, year := n[0], n[1], n[2]
	if month > 12 && day <= 12 {
		day, month = month, day
	} else if day <= 12 && day != month {
		return "", FaultCellDate // could be two days
	}
	text := strconv.Itoa(year) + "-" + two(month) + "-" + two(day)
	d, err := worktime.ParseDate(text)
	if err != nil {
		return "", FaultCellDate
	}
	return d, nil
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// platformOf reads a platform's name as people write it.
func platformOf(s string) (Platform, bool) {
	ws := words(s)
	if len(ws) != 1 {
		return "", false
	}
	p, ok := platformWords[ws[0]]
	return p, ok
}

// kindOf reads a kind of talent.
func kindOf(s string) (Kind, bool) {
	switch locale.Fold(s) {
	case "creator", "kreator", "kol", "influencer", "personal", "talent":
		return KindCreator, true
	case "media", "akun media", "media account", "shitpost", "komunitas", "community", "page", "homeless media":
		return KindMedia, true
	}
	return "", false
}

// languageOf reads a language's name or code.
func languageOf(s string) (string, bool) {
	switch locale.Fold(s) {
	case "id", "ind", "indonesia", "indonesian", "bahasa", "bahasa indonesia":
		return "id", true
	case "en", "eng", "english", "inggris", "bahasa inggris":
		return "en", true
	case "fil", "tl", "filipino", "tagalog", "pilipino":
		return "fil", true
	case "ms", "malay", "melayu", "bahasa melayu":
		return "ms", true
	case "jv", "jawa", "javanese":
		return "jv", true
	case "su", "sunda", "sundanese":
		return "su", true
	case "zh", "mandarin", "chinese", "china":
		return "zh", true
	case "ko", "korea", "korean":
		return "ko", true
	case "ja", "japanese", "jepang":
		return "ja", true
	case "ar", "arab", "arabic":
		return "ar", true
	case "ceb", "cebuano", "bisaya":
		return "ceb", true
	case "th", "thai":
		return "th", true
	case "vi", "vietnamese", "vietnam":
		return "vi", true
	}
	return "", false
}

// listCell cuts "beauty, skincare / hijab; ibu" into its entries.
func listCell(s string) []string {
	if isNothing(s) {
		return nil
	}
	return distinct(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' }))
}

// ParseRate reads an engagement rate as people type it, in basis points: "4,8%",
// "4.8". Faults: import.er, import.er-unit.
func ParseRate(typed string) (int64, error) {
	bp, err := rateCell(typed, false)
	if err == nil && bp < 0 {
		return 0, FaultCellER
	}
	return bp, err
}

// LanguagesOf reads a list of languages by name or code. Fault: import.language.
func LanguagesOf(typed string) (out []string, err error) {
	for _, s := range listCell(typed) {
		code, ok := languageOf(s)
		if !ok {
			return nil, FaultCellLanguage
		}
		out = append(out, code)
	}
	return distinct(out), nil
}
