package client

import (
	"testing"

	"kolega/internal/fault"
)

func TestContact_PhoneIsReadAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct{ text, country, want string }{
		{"0812-3456-7890", "ID", "+6281234567890"}, {"+63 917 123 4567", "ID", "+639171234567"}, {"0917 123 4567", "PH", "+639171234567"}, {"", "ID", ""},
	} {
		if got, err := Phone(c.text, c.country); err != nil || got != c.want {
			t.Errorf("%q in %s: %q, %v", c.text, c.country, got, err)
		}
	}
	if _, err := Phone("12345", "ID"); fault.CodeOf(err) != "contact.phone" {
		t.Errorf("a number that nobody can have: %v", err)
	}
}

func TestClient_EachWrongFieldIsNamed(t *testing.T) {
	c := Client{Name: "  ", Country: "id", Lang: "fr", Zone: "GMT+7", TaxID: "123", PaymentDays: -1}
	f, ok := fault.As(c.tidy())
	if !ok {
		t.Fatal("accepted")
	}
	for field, code := range map[string]string{"name": "client.name", "lang": "client.lang", "zone": "zone.unknown", "tax_id": "client.npwp", "payment_days": "client.payment-days"} {
		if f.Fields[field] != code {
			t.Errorf("%s: %q, want %q", field, f.Fields[field], code)
		}
	}
	ok2 := Client{Name: " PT  Melati ", Country: "id", Lang: "id", Zone: "Asia/Jakarta", TaxID: "01.234.567.8-901.000"}
	if err := ok2.tidy(); err != nil || ok2.Name != "PT Melati" || ok2.LegalName != "PT Melati" || ok2.Country != "ID" {
		t.Errorf("%+v %v", ok2, err)
	}
}

func TestContact_MustBeReachable(t *testing.T) {
	k := Contact{Name: "Maya", Lang: "id", Zone: "Asia/Jakarta"}
	f, _ := fault.As(k.tidy("ID"))
	if f == nil || f.Fields["email"] != "contact.unreachable" {
		t.Errorf("%v", f)
	}
}

func TestBrand_IsNotItsOwnRival(t *testing.T) {
	b := Brand{Name: "Melati", Rivals: []string{"Mawar", " mawar ", "melati"}}
	f, _ := fault.As(b.tidy())
	if f == nil || f.Fields["rivals"] != "brand.own-rival" || len(b.Rivals) != 2 {
		t.Errorf("%v %v", f, b.Rivals)
	}
}
