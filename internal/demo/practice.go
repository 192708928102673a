package demo

import (
	"kolega/internal/meeting"
)

// practise is the team's practice: a session that was held and scored, and the next.
func (r *run) practise() {
	if r.n > 0 {
		return
	}
	id, second := "", ""
	r.begin(-16, "10:30", "practice begins", func() {
		if r.err != nil {
			return
		}
		var people []string
		for _, who := range []string{"nisa", "rani", "bagas", "tia", "oscar"} {
			people = append(people, r.staff[who].ID)
		}
		_, err := r.Meeting.StartSeries(r.ctx, r.staff["maya"], meeting.Series{Title: "Latihan pitch", First: r.today.AddDays(-14), Clock: "16.00", Zone: "Asia/Jakarta", Minutes: 20, Turns: 2, People: people})
		r.note("practice", err)
		all, err := r.Meeting.Practices(r.ctx, r.staff["nisa"])
		r.note("practices", err)
		for _, t := range all[0].Turns {
			switch t.PresenterID {
			case r.staff["nisa"].ID:
				id = t.ID
			case r.staff["rani"].ID:
				second = t.ID
			}
		}
		r.note("topic", r.Meeting.Topic(r.ctx, r.staff["nisa"], id, "client", "Disney+: kenapa sembilan talent TikTok", "", nil))
	})
	r.begin(-11, "09:30", "scores", func() {
		for who, s := range map[string]meeting.Score{
			"dewa":  {Content: 4, Story: 5, Proof: 3, Handles: 4, Keep: "Pembukaan dengan angka penonton.", Change: "Sebut sumber setiap angka.", Question: "Apa yang terjadi kalau satu talent mundur?"},
			"bagas": {Content: 4, Story: 4, Proof: 4, Handles: 3, Keep: "Contoh videonya.", Change: "Satu pesan per halaman.", Question: "Kenapa bukan YouTube?"},
		} {
			if s.TurnID = id; r.err == nil {
				r.note("score", r.Meeting.Judge(r.ctx, r.staff[who], s))
			}
		}
		if r.err == nil {
			r.note("score", r.Meeting.Judge(r.ctx, r.staff["dewa"], meeting.Score{TurnID: second, Content: 5, Story: 4, Proof: 5, Handles: 4, Keep: "Tenang saat ditanya harga.", Change: "Mulai dari masalah klien.", Question: "Bagaimana kalau anggarannya separuh?"}))
		}
	})
}
