package demo

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/message"
	"kolega/internal/sandbox"
	"kolega/internal/web/house"
)

// said is one message of the demo's conversations: who wrote it, hours before now.
type said struct {
	hours float64
	phone string
	name  string
	text  string
}

// chatter is what people wrote to the agency lately: questions that wait, one that was
// answered, a talent, and somebody whom nobody knows.
var chatter = []said{
	{26, "+6281200006001", "Natasha", "Kak, deck-nya sudah kami lihat, tim suka konsep dominonya."},
	{20, "+6281200004001", "Yohanes", "Pagi, apakah kreator untuk Surabaya sudah ada penggantinya?"},
	{3.2, "+6281200002001", "Larasati", "Kak Rani, draf Nadya kapan bisa kami lihat? Bos tanya terus"},
	{3.1, "+6281200002001", "Larasati", "Sekalian, apa penutup di luar ruangan masih bisa?"},
	{1.4, "+6281200005002", "Aldo", "Halo, laporan insight minggu ini jadi hari ini ya?"},
	{0.4, "+6281277700012", "Dinda", "Halo kak, saya kreator skincare 40rb followers di TikTok. Boleh kirim rate card?"},
}

// Chat lets the demo's people write to the agency through a stand-in of WhatsApp, and
// the agency answer one of them.
func Chat(ctx context.Context, h *house.House, runner interface{ Drain(context.Context) error }, cloud *sandbox.Cloud, boss access.Actor, ae access.Actor) error {
	err := h.Message.SaveChannel(ctx, boss, message.EditChannel{ID: message.ByWhatsApp, Secret: "sandbox-token", Proof: sandbox.AppSecret, Active: true,
		Settings: message.Settings{Mode: message.ModeSandbox, NumberID: "106540352242922", AccountID: "102290129340398"}})
	if err != nil {
		return err
	}
	for _, s := range chatter {
		cloud.WriteAt(h.DB.Now().Add(-time.Duration(s.hours*float64(time.Hour))), s.phone, s.name, s.text)
	}
	for _, c := range cloud.Calls() {
		if err := h.Message.Callback(ctx, c.Body, c.Signature); err != nil {
			return err
		}
	}
	if err := runner.Drain(ctx); err != nil {
		return err
	}
	return answer(ctx, h, ae)
}

// answer replies to one of them, keeps a note and hands another to a colleague.
func answer(ctx context.Context, h *house.House, ae access.Actor) error {
	in, err := h.Message.Inbox(ctx, ae, message.Pick{View: "all"})
	if err != nil {
		return err
	}
	for _, r := range in.Rows {
		switch r.Phone {
		case "+6281200004001":
			if err := h.Message.Note(ctx, ae, r.ID, "Pengganti dari Surabaya sudah ditanya, jawabannya sore ini."); err != nil {
				return err
			}
			if _, err := h.Message.Reply(ctx, ae, message.Reply{ThreadID: r.ID, Text: "Pagi Pak Yohanes, dua kandidat sedang kami pastikan tanggalnya. Sore ini kami kabari.", Urgent: true}); err != nil {
				return err
			}
		case "+6281200002001":
			if err := h.Message.Assign(ctx, ae, r.ID, ae.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
