package demo

import (
	"time"

	"kolega/internal/campaign"
	"kolega/internal/meeting"
	"kolega/internal/worktime"
)

// meets is what is talked over with a client: a kick-off that was held, its contact
// report that the client accepted, a review to come that nobody has prepared, and a
// brainstorm of the team.
func (c *camp) meets(who string) {
	ids := map[string]string{}
	call := func(key string, p meeting.Plan, staff ...string) {
		if c.err != nil {
			return
		}
		for _, s := range staff {
			p.Staff = append(p.Staff, c.staff[s].ID)
		}
		p.CampaignID, p.Zone = c.ID, "Asia/Jakarta"
		m, err := c.Meeting.Call(c.ctx, c.ae, p)
		c.note("call "+key, err)
		ids[key] = m.ID
	}
	c.begin(-22, "16:20", "a kick-off is called", func() {
		call("kickoff", meeting.Plan{Kind: meeting.KickOff, Title: "Kick-off " + c.Name, On: c.date(-21), From: "13.30", To: "14.30", Link: "https://meet.example/kickoff",
			Agenda: "Tujuan campaign dan angka yang dikejar\nGaya konten yang disukai klien\nSiapa memutuskan apa", Contacts: []string{c.contacts[who].ID}, Again: true}, "rani", "bagas")
	})
	c.begin(-21, "13:50", "minutes", func() {
		c.says(ids["kickoff"], meeting.NewLine{Kind: meeting.Target, Text: "Jangkauan 3 juta dengan ER minimal 4%."}, meeting.NewLine{Kind: meeting.Wish, Text: "Lebih banyak kulit kering di cahaya alami."},
			meeting.NewLine{Kind: meeting.Decision, Text: who + " memutuskan draf, paling lambat pukul 15.00 setiap hari kerja."}, meeting.NewLine{Kind: meeting.Question, Text: "Apakah toko daring ikut menampilkan kontennya?"},
			meeting.NewLine{Kind: meeting.Action, Text: "Kirim foto produk resolusi penuh", Doer: "contact:" + c.contacts[who].ID, Due: "3 hari kerja"},
			meeting.NewLine{Kind: meeting.Wish, Internal: true, Text: "Klien menyukai Citra; siapkan cadangan dengan gaya yang sama."})
	})
	c.begin(-21, "16:10", "contact report", func() { c.reports(ids["kickoff"], who) })
	c.begin(-20, "09:40", "contact report accepted", func() {
		if c.err == nil {
			_, err := c.Meeting.Accept(c.ctx, c.as(who), c.ids["report "+c.key])
			c.note("accept report", err)
		}
	})
	c.ago(3*time.Hour, "meetings to come", func() {
		call("review", meeting.Plan{Kind: meeting.Review, Title: "Tinjau draf minggu ini", On: c.workday(1), From: "10.00", To: "11.00", Place: "Kantor Wardah, lantai 8", Agenda: "Draf yang menunggu\nTanggal tayang",
			Contacts: []string{c.contacts[who].ID}, Again: true}, "rani", "bagas")
		call("brainstorm", meeting.Plan{Kind: meeting.Brainstorm, Title: "Brainstorm ide penutup campaign", On: c.workday(2), From: "15.00", To: "16.00", Place: "Ruang tengah", Again: true}, "rani", "bagas", "oscar")
	})
}

// workday is the n-th day from today that is no weekend.
func (c *camp) workday(n int) worktime.Date {
	return worktime.Office(c.jkt, nil).AddWorkdays(c.today, n)
}

func (c *camp) says(id string, lines ...meeting.NewLine) {
	for _, n := range lines {
		if c.err == nil {
			_, err := c.Meeting.Note(c.ctx, c.ae, id, n)
			c.note("note "+n.Text, err)
		}
	}
}

// reports sends the client part of a meeting's minutes to one contact.
func (c *camp) reports(id, who string) {
	if c.err != nil {
		return
	}
	p, err := c.Meeting.Preview(c.ctx, c.ae, id)
	c.note("preview", err)
	r, err := c.Meeting.Send(c.ctx, c.ae, meeting.SendReport{MeetingID: id, Hash: p.Hash, To: []string{c.contacts[who].ID}})
	c.note("send report", err)
	if c.err == nil {
		_, err = c.Meeting.MarkSent(c.ctx, c.ae, r.ID, c.contacts[who].ID)
		c.note("sent", err)
	}
	c.ids["report "+c.key] = r.ID
}

// proposes is a meeting this morning whose decision changes the brief, once its contact
// report has been accepted or left unanswered.
func (c *camp) proposes(who, wording string) {
	var id string
	c.ago(2*time.Hour, "a change is decided", func() {
		if c.err != nil {
			return
		}
		start := c.Clock.Now().In(c.jkt)
		m, err := c.Meeting.Call(c.ctx, c.ae, meeting.Plan{Kind: meeting.Review, Title: "Telepon soal tagar", CampaignID: c.ID, On: worktime.DateOf(start, c.jkt), From: start.Format("15:04"), To: start.Add(20 * time.Minute).Format("15:04"), Zone: "Asia/Jakarta",
			Staff: []string{c.ae.ID}, Contacts: []string{c.contacts[who].ID}, Again: true})
		c.note("call", err)
		id = m.ID
		point := ""
		for _, q := range c.brief.Points {
			if q.Kind == campaign.Must {
				point = q.ID
			}
		}
		c.says(id, meeting.NewLine{Kind: meeting.Decision, Text: "Tagarnya diganti.", Effect: meeting.ChangesPoint, PointID: point, PointKind: campaign.Must, Wording: wording})
	})
	c.ago(100*time.Minute, "and reported", func() { c.reports(id, who) })
}
