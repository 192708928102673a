package demo

import (
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/worktime"
)

// wording is the standard wording of the agency's agreements.
func (r *run) wording() {
	if r.n > 0 {
		return
	}
	r.begin(-since, "09:30", "wordings", func() {
		for _, t := range []billing.Template{{Name: "SPK KOL, hak pakai", Lang: "id", Body: spkWords}, {Name: "Work order, usage rights", Lang: "en", Body: orderWords}} {
			_, err := r.Billing.KeepTemplate(r.ctx, r.staff["maya"], t)
			r.note("wording "+t.Name, err)
		}
	})
}

const spkWords = `# Hak pakai
{client.name} boleh memakai ulang konten di {channels} untuk wilayah {territory} selama {usage_months} bulan sejak tayang.
# Kerahasiaan
Para pihak menjaga rahasia isi perjanjian {number} senilai {value} ({value_words}), selama berlaku dan dua tahun sesudahnya.
# Sengketa
Sengketa diselesaikan dengan musyawarah; jika tidak tercapai, di Pengadilan Negeri {court}.`

const orderWords = `# Usage
{client.name} may reuse the content on {channels} in {territory} for {usage_months} months from posting.
# Confidentiality
The parties keep agreement {number}, worth {value} ({value_words}), confidential while it runs and for two years after.`

// addendum offers more work under the campaign's agreement: the client has signed, and
// the agency's manager signs next.
func (c *camp) addendum() {
	if c.err != nil || c.n > 0 {
		return
	}
	contact := c.as(c.signer)
	if c.err != nil {
		return
	}
	a, err := c.Billing.DraftAgreement(c.ctx, c.ae, billing.NewAgreement{ParentID: c.Terms.AgreementID, ClientID: c.client.ID, BrandID: c.brand.ID, ContactID: c.contacts[c.signer].ID, Kind: billing.KindContract,
		Title: "Adendum: hak pakai enam bulan", Scope: "Hak pakai ulang konten terbaik untuk iklan berbayar.", Value: idr(9), TaxCode: billing.TaxPPN, Withholds: true, PaymentDays: 30, Lang: "id",
		Terms: campaign.Terms{RevisionLimit: c.Terms.RevisionLimit, ReviewHours: c.Terms.ReviewHours, Guarantee: c.Terms.Guarantee}, Parts: []billing.Part{part("Hak pakai", 100, billing.OnSigning)},
		Clauses: spkWords, Fills: map[string]string{"channels": "Instagram dan TikTok", "territory": "Indonesia", "usage_months": "6", "court": "Jakarta Selatan"},
		Signers: []billing.Signer{{ContactID: c.contacts[c.signer].ID}, {PersonID: c.staff["maya"].ID}}})
	c.note("draft addendum", err)
	if err != nil {
		return
	}
	a, err = c.Billing.OfferAgreement(c.ctx, c.ae, a.ID, worktime.DateOf(c.Clock.Now(), c.jkt).AddDays(10))
	c.note("offer addendum", err)
	c.stepUp(contact, billing.SignPurpose)
	if c.err == nil {
		c.note("client signs", c.Billing.SignAgreement(c.ctx, contact, a.ID, billing.Signing{FileSHA: a.FileSHA, TypedName: contact.Name, Consent: true, From: "203.0.113.7"}))
	}
}
