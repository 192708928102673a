package demo

import (
	"time"

	"kolega/internal/client"
)

// tend is how two of the agency's clients are looked after: calls, a problem that was
// settled and one that waits, and what is known of a brand.
func (r *run) tend() {
	if r.n > 0 {
		return
	}
	r.begin(-20, "10:20", "profile of a brand", func() {
		c := r.onFile("Wardah Beauty")
		r.know(c, client.Profile{Goals: "Two Way Cake dikenal sebagai bedak yang tahan seharian.", Audience: "Perempuan 18–30, Jawa dan Sumatra.", Tone: "Hangat, sopan.", Persona: []string{"mahasiswi", "ibu muda"}})
		r.met(c, "rani", "meeting", false, "Kick-off: klien ingin bukti di cahaya alami, bukan filter.")
		r.note("care", r.Client.LookAfter(r.ctx, r.staff["rani"], client.Looking{ClientID: c.Client.ID, QuietDays: 14}))
		i, err := r.Client.OpenIssue(r.ctx, r.staff["rani"], client.Issue{ClientID: c.Client.ID, What: "Paket bedak belum sampai di Malang", Severity: "normal"}, "", "besok 15.00")
		r.note("issue", err)
		r.ids["issue parcel"] = i.ID
	})
	r.begin(-18, "14:10", "problem settled", func() {
		c := r.onFile("Wardah Beauty")
		r.note("settle", r.Client.CloseIssue(r.ctx, r.staff["rani"], c.Client.ID, r.ids["issue parcel"], "courier", "Kurir mengirim ulang, sampai sehari kemudian."))
		r.know(c, client.Profile{No: 1, Goals: "Two Way Cake dikenal sebagai bedak yang tahan seharian.", Audience: "Perempuan 18–30, Jawa dan Sumatra.", Tone: "Hangat, sopan.",
			Forbidden: "Nama merek lain, filter kecantikan.", Habits: "Larasati memutuskan, biasanya sebelum pukul 15.00.", Persona: []string{"mahasiswi", "ibu muda"}})
	})
	r.begin(-5, "16:40", "calls", func() {
		c := r.onFile("Wardah Beauty")
		r.met(c, "rani", "whatsapp", true, "Larasati bertanya apakah penutup di luar ruangan masih mungkin.")
		r.note("care", r.Client.LookAfter(r.ctx, r.staff["rani"], client.Looking{ClientID: c.Client.ID, QuietDays: 14, Satisfied: 4, Words: "Senang dengan gaya sebelum-sesudah.", Version: 1}))
		_, err := r.Client.OpenIssue(r.ctx, r.staff["rani"], client.Issue{ClientID: c.Client.ID, What: "Klien minta kejelasan soal putaran ketiga", Severity: "high"}, r.staff["dewa"].ID, string(r.today.AddDays(1))+" 12.00")
		r.note("issue", err)
	})
}

// onFile gives a client on file by its name.
func (r *run) onFile(name string) (f client.File) {
	if r.err != nil {
		return f
	}
	list, err := r.Client.Clients(r.ctx, r.staff["rani"], client.Page{Text: name})
	r.note("find "+name, err)
	if len(list) == 0 {
		return f
	}
	f, err = r.Client.Client(r.ctx, r.staff["rani"], list[0].ID)
	r.note("open "+name, err)
	return f
}

func (r *run) know(c client.File, p client.Profile) {
	if r.err == nil {
		p.BrandID = c.Brands[0].ID
		_, err := r.Client.SaveProfile(r.ctx, r.staff["rani"], c.Client.ID, p)
		r.note("profile", err)
	}
}

func (r *run) met(c client.File, by, channel string, in bool, text string) {
	if r.err == nil {
		who := c.Contacts[len(c.Contacts)-1]
		_, err := r.Client.LogContact(r.ctx, r.staff[by], client.Touch{ClientID: c.Client.ID, ContactID: who.ID, Channel: channel, In: in, At: r.Clock.Now().Add(-20 * time.Minute), Summary: text})
		r.note("log", err)
	}
}
