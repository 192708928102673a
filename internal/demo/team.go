package demo

import (
	"kolega/internal/task"
)

// team is what the agency's people promise each other, and who is away. People are
// the same in every copy of the campaigns, so it is played once.
func (r *run) team() {
	if r.n > 0 {
		return
	}
	r.begin(-3, "09:15", "tasks", func() {
		list := r.give("rani", "bagas", "Cadangan talent untuk Two-Way Cake", "Tiga nama dengan rate dan tanggal kosong.", 1, "17.00", 120)
		r.give("rani", "rani", "Kirim cadangan ke Wardah", "", 2, "11.00", 45, list)
		r.give("dewa", "rani", "Telepon Grab soal putaran ketiga", "Sepakat apa yang termasuk brief.", -1, "16.00", 30)
		r.give("maya", "dewa", "Tinjau margin kuartal ini", "Satu halaman, per klien.", 4, "", 240)
		r.give("rani", "oscar", "Gambar sampul untuk pitch Melati Glow", "Tiga pilihan, 1920 x 1080.", 3, "15.00", 480)
		r.give("dewa", "nisa", "Rapikan kontak Disney+", "Semua kontak punya nomor dan zona waktu.", 0, "17.30", 60)
		r.give("rani", "hesti", "Bukti potong PPh 23 dari Grab", "", 6, "", 30)
	})
	r.begin(-1, "14:00", "leave", func() {
		_, err := r.Task.TakeLeave(r.ctx, r.staff["tia"], task.Leave{PersonID: r.staff["tia"].ID, From: r.today.AddDays(8), To: r.today.AddDays(10)})
		r.note("leave", err)
	})
}

// give gives a task that is due so many days from today.
func (r *run) give(by, doer, title, done string, days int, clock string, minutes int64, after ...string) string {
	if r.err != nil {
		return ""
	}
	due := string(r.today.AddDays(days))
	if clock != "" {
		due += " " + clock
	}
	n := task.NewTask{Title: title, DoneMeans: done, DoerID: r.staff[doer].ID, Due: due, Minutes: minutes, After: after}
	t, _, err := r.Task.Give(r.ctx, r.staff[by], n)
	r.note("give "+title, err)
	if err == nil && by != doer && doer != "rani" {
		r.note("accept "+title, r.Task.Accept(r.ctx, r.staff[doer], t.ID))
	}
	return t.ID
}
