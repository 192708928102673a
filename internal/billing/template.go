package billing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/client"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/worktime"
)

// Template is the wording of agreements of one language: paragraphs, headings that
// begin with "# ", and variables such as {client.address}.
type Template struct {
	ID        string
	Name      string
	Lang      string
	Body      string
	MadeAt    time.Time
	MadeBy    string
	RetiredAt time.Time
	Version   int64
}

// Check refuses a template without name or words; each fault names its field.
func (t Template) Check() error {
	f := fault.Fields{}
	if n := len([]rune(t.Name)); n == 0 || n > 120 {
		f["name"] = "agreement.template-name"
	}
	if n := len([]rune(t.Body)); n == 0 || n > 40_000 {
		f["body"] = ErrTemplate.Code
	}
	if t.Lang != "id" && t.Lang != "en" {
		f["lang"] = "agreement.lang"
	}
	return f.Err()
}

// variable is a name in braces.
var variable = regexp.MustCompile(`\{([a-z][a-z0-9_.-]{0,40})\}`)

// Variables names what a wording asks for, each once, in the order it is met.
func Variables(text string) (out []string) {
	for _, m := range variable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// Fill puts values in the places of variables. What has none stays as it is and is
// named; a wording with anything missing is never offered.
func Fill(text string, values map[string]string) (filled string, missing []string) {
	for _, name := range Variables(text) {
		if strings.TrimSpace(values[name]) == "" {
			missing = append(missing, name)
		}
	}
	return variable.ReplaceAllStringFunc(text, func(m string) string {
		if v := strings.TrimSpace(values[m[1:len(m)-1]]); v != "" {
			return v
		}
		return m
	}), missing
}

// Known are the variables that the program fills, in the order of the help text.
var Known = []string{"client.name", "client.address", "client.tax_id", "signer.name", "signer.title", "brand", "agency.name", "agency.address", "agency.tax_id", "agency.signer",
	"number", "date", "title", "value", "value_words", "payment_days", "revision_limit", "review_hours"}

// Own names the variables of a wording that people fill for each agreement.
func Own(text string) []string {
	return slices.DeleteFunc(Variables(text), func(v string) bool { return slices.Contains(Known, v) })
}

// side is who and when an agreement's wording speaks of.
type side struct {
	Seller Seller
	Client client.Client
	Signer client.Contact
	Brand  string
	On     worktime.Date
}

// values are what the variables of an agreement stand for, in its language.
func (a Agreement) values(s side) map[string]string {
	l := locale.For(a.Lang, "")
	buyer := buyerOf(s.Client)
	out := map[string]string{
		"client.name": buyer.Name, "client.address": buyer.Address, "client.tax_id": buyer.TaxID, "signer.name": s.Signer.Name, "signer.title": s.Signer.Title, "brand": s.Brand,
		"agency.name": s.Seller.Name, "agency.address": s.Seller.Address, "agency.tax_id": s.Seller.TaxID, "agency.signer": s.Seller.Person,
		"number": a.Number, "date": l.DateLong(s.On), "title": a.Title, "value": l.Money(a.Value), "value_words": locale.MoneyWords(a.Value, a.Lang),
		"payment_days": strconv.FormatInt(a.PaymentDays, 10), "revision_limit": strconv.FormatInt(a.Terms.RevisionLimit, 10), "review_hours": strconv.FormatInt(a.Terms.ReviewHours, 10),
	}
	for name, v := range a.Fills {
		if _, known := out[name]; !known {
			out[name] = v
		}
	}
	return out
}

// missing names the variables of the agreement's wording without a value. The number
// is taken when it is offered, so it is never missing.
func (a Agreement) missing(s side) []string {
	if a.Number == "" {
		a.Number = "-"
	}
	_, names := Fill(a.Clauses, a.values(s))
	return names
}
