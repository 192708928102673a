package notice_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/notice"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func person(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func TestDigest_OneADayWithReasonsAndMentions(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s, reg := context.Background(), notice.New(d), job.NewRegistry()
		testkit.Booked(t, d, "{}")
		s.Work(reg)
		run := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		ae, sp := person("ae", access.SeniorAE), person("sp", access.Specialist)
		check := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		x, err := s.Setting(ctx, ae)
		check(err)
		x.Topics[notice.Drafts], x.Topics[notice.Money], x.Digest, x.DigestAt = notice.Daily, notice.Silent, true, 17*60
		check(s.Choose(ctx, ae, x))
		check(d.Write(ctx, func(tx *db.Tx) error {
			who := audit.Who{Kind: "client", ID: "co", Name: "Sari"}
			for _, verb := range []string{"draft.approve", "draft.approve", "invoice.issue", "brief.accept"} {
				if err := audit.Record(ctx, tx, who, audit.Entry{Verb: verb, Subject: "x", ID: "x", Campaign: "ca"}); err != nil {
					return err
				}
			}
			return nil
		}))
		_, _, err = task.New(d).Give(ctx, sp, task.NewTask{Title: "Daftar cadangan", DoneMeans: "tanya @ae dulu, bukan @sp", DoerID: "sp", Due: "besok"})
		check(err)
		testkit.ClockOf(d).Advance(9 * time.Hour) // 18.00
		for range 2 {
			check(run.Drain(ctx))
		}
		list, err := s.Digests(ctx, ae)
		check(err)
		if len(list) != 1 || list[0].Pieces != 2 {
			t.Fatalf("%+v", list)
		}
		for _, want := range []string{"Sari menyetujui draf", "Anda memimpin campaign ini", "sp memanggil Anda: "} {
			if !strings.Contains(list[0].Body, want) {
				t.Errorf("no %q in\n%s", want, list[0].Body)
			}
		}
		if strings.Contains(list[0].Body, "brief") {
			t.Error("what is told at once is in the digest too")
		}
		testkit.ClockOf(d).Advance(24 * time.Hour)
		check(run.Drain(ctx))
		if list, err = s.Digests(ctx, ae); err != nil || len(list) != 1 {
			t.Errorf("an empty day has a digest: %+v %v", list, err)
		}
		mine, err := task.New(d).Mentions(ctx, ae)
		if err != nil || len(mine) != 1 || !mine[0].SeenAt.IsZero() || !strings.HasPrefix(mine[0].Href, "/tasks/") {
			t.Errorf("%+v %v", mine, err)
		}
		check(task.New(d).SeeMentions(ctx, ae))
		if mine, err = task.New(d).Mentions(ctx, ae); err != nil || mine[0].SeenAt.IsZero() {
			t.Errorf("seen: %+v %v", mine, err)
		}
		if own, err := task.New(d).Mentions(ctx, sp); err != nil || len(own) != 0 {
			t.Errorf("one calls oneself: %+v %v", own, err)
		}
	})
}
