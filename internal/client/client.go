package client

import (
	"net/mail"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Client is a company that signs and pays.
type Client struct {
	ID             string
	Name           string // as people say it
	LegalName      string // as it signs
	Country        string // ISO 3166-1 alpha-2, a profile of package country
	Zone           string // IANA
	Lang           string // of its documents: "id" or "en"
	Address        string
	TaxID          string // NPWP or the like
	PORequired     bool   // an invoice needs the number of its order
	WithholdsPPh23 bool
	PaymentDays    int64  // from the invoice's date
	Note           string // internal: never on a client's link
	MadeAt         time.Time
	Version        int64
}

// Brand is what a client advertises.
type Brand struct {
	ID       string
	ClientID string
	Name     string
	Category string
	Rivals   []string
	Version  int64
}

// Contact is a person at a client's.
type Contact struct {
	ID       string
	ClientID string
	Name     string
	Title    string
	Email    string
	Phone    string // E.164
	Lang     string
	Zone     string
	LeftAt   time.Time // no longer there
	Version  int64
}

// Faults of this room.
var (
	ErrOtherClient = fault.New(fault.Invalid, "client.other")  // a brand or contact of another client
	ErrNameTaken   = fault.New(fault.Conflict, "client.taken") // args: name
	ErrLeft        = fault.New(fault.Conflict, "contact.left")
)

const maxText = 200

// text trims a one-line text and notes in f when it is missing or too long.
func text(f fault.Fields, field, code string, s *string, need bool) {
	*s = strings.Join(strings.Fields(*s), " ")
	if need && *s == "" || len([]rune(*s)) > maxText {
		f[field] = code
	}
}

func place(f fault.Fields, lang, zone string) {
	if lang != "id" && lang != "en" {
		f["lang"] = "client.lang"
	}
	if _, err := worktime.Zone(zone); err != nil {
		f["zone"] = fault.CodeOf(err)
	}
}

// tidy brings a client into its one form and gives what is wrong with it.
func (c *Client) tidy() error {
	f := fault.Fields{}
	text(f, "name", "client.name", &c.Name, true)
	text(f, "legal_name", "client.legal-name", &c.LegalName, false)
	text(f, "tax_id", "client.tax-id", &c.TaxID, false)
	if c.LegalName == "" {
		c.LegalName = c.Name
	}
	if c.Country = strings.ToUpper(strings.TrimSpace(c.Country)); len(c.Country) != 2 {
		f["country"] = "client.country"
	}
	if digits := onlyDigits(c.TaxID); c.Country == "ID" && c.TaxID != "" && len(digits) != 15 && len(digits) != 16 {
		f["tax_id"] = "client.npwp"
	}
	if c.PaymentDays < 0 || c.PaymentDays > 180 {
		f["payment_days"] = "client.payment-days"
	}
	c.Address, c.Note = strings.TrimSpace(c.Address), strings.TrimSpace(c.Note)
	place(f, c.Lang, c.Zone)
	return f.Err()
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func (b *Brand) tidy() error {
	f := fault.Fields{}
	text(f, "name", "brand.name", &b.Name, true)
	text(f, "category", "brand.category", &b.Category, false)
	kept, seen := []string{}, map[string]bool{}
	for _, r := range b.Rivals {
		if r = strings.Join(strings.Fields(r), " "); r != "" && !seen[strings.ToLower(r)] {
			seen[strings.ToLower(r)] = true
			kept = append(kept, r)
		}
	}
	b.Rivals = kept
	if seen[strings.ToLower(b.Name)] {
		f["rivals"] = "brand.own-rival"
	}
	return f.Err()
}

func (c *Contact) tidy(country string) error {
	f := fault.Fields{}
	text(f, "name", "contact.name", &c.Name, true)
	text(f, "title", "contact.title", &c.Title, false)
	c.Email = strings.ToLower(strings.TrimSpace(c.Email))
	if c.Email != "" {
		if a, err := mail.ParseAddress(c.Email); err != nil || a.Address != c.Email {
			f["email"] = "contact.email"
		}
	}
	phone, err := Phone(c.Phone, country)
	if err != nil {
		f["phone"] = fault.CodeOf(err)
	} else {
		c.Phone = phone
	}
	if c.Email == "" && c.Phone == "" && f["phone"] == "" {
		f["email"] = "contact.unreachable"
	}
	place(f, c.Lang, c.Zone)
	return f.Err()
}

// ErrPhone is a number that nobody can have.
var ErrPhone = fault.New(fault.Invalid, "contact.phone")

// Phone reads a number as people of the country write it and gives it as E.164;
// "" stays "". Fault: contact.phone.
func Phone(s, country string) (string, error) {
	if s = strings.TrimSpace(s); s == "" {
		return "", nil
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", ErrPhone.With("text", s)
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}
