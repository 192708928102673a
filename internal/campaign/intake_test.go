package campaign_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/paper/prose"
	"kolega/internal/testkit"
)

func TestIntake_TheClientsFileIsKeptAndProposesPoints(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := newScene(t, d), context.Background()
		text := "Wajib:\n- Sebut SPF 50\n- Pakai musik ceria\nJangan:\n- pakai musik\n"
		f, err := s.svc.KeepDocument(ctx, s.ae, s.campaign.ID, `C:\brief\Brief "Maret".txt`, strings.NewReader(text))
		if err != nil || f.Name != "Brief Maret.txt" || f.Kind != string(prose.Text) {
			t.Fatalf("%v %+v", err, f)
		}
		again, err := s.svc.KeepDocument(ctx, s.ae, s.campaign.ID, "other name.txt", strings.NewReader(text))
		if err != nil || again.ID != f.ID {
			t.Errorf("the same bytes are the same file: %v %+v", err, again)
		}
		if _, err := s.svc.AddPoints(ctx, s.ae, s.campaign.ID, []campaign.Point{{Kind: campaign.Must, Text: "sebut spf 50."}, {Kind: campaign.MustNot, Text: "Jangan bandingkan harga"}}); err != nil {
			t.Fatal(err)
		}
		r, err := s.svc.ReadDocument(ctx, s.ae, s.campaign.ID, f.ID)
		if err != nil || len(r.Suggestions) != 2 || r.Suggestions[1].Kind != campaign.MustNot {
			t.Fatalf("what the brief says already is left out: %v %+v", err, r.Suggestions)
		}
		if len(r.Clashes) != 1 || r.Clashes[0].At != 1 || r.Clashes[0].Point != 0 || r.Clashes[0].With != 0 {
			t.Errorf("the two that contradict are asked about: %+v", r.Clashes)
		}
		if _, err := s.svc.AddPoints(ctx, s.ae, s.campaign.ID, []campaign.Point{{Kind: campaign.Must, Text: "Pakai musik ceria"}}); err != nil {
			t.Fatal(err)
		}
		if r, err = s.svc.ReadPasted(ctx, s.ae, s.campaign.ID, "Jangan pakai musik"); err != nil || len(r.Clashes) != 1 || r.Clashes[0].Point != 3 {
			t.Errorf("a clash with a point that is there: %v %+v", err, r.Clashes)
		}
		_, body, err := s.svc.OpenDocument(ctx, s.ae, s.campaign.ID, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if got, _ := io.ReadAll(body); string(got) != text {
			t.Errorf("other bytes: %q", got)
		}
	})
}

func TestIntake_WhatCannotBeReadIsKeptAndSaid(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := newScene(t, d), context.Background()
		picture := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
		f, err := s.svc.KeepDocument(ctx, s.ae, s.campaign.ID, "foto.png", bytes.NewReader(picture))
		if err != nil || f.Readable() {
			t.Fatalf("%v %+v", err, f)
		}
		if _, err := s.svc.ReadDocument(ctx, s.ae, s.campaign.ID, f.ID); !errors.Is(err, prose.ErrKind) {
			t.Errorf("read a picture: %v", err)
		}
		brief, err := s.svc.Brief(ctx, s.ae, s.campaign.ID)
		if err != nil || len(brief.Documents) != 1 {
			t.Errorf("%v %+v", err, brief.Documents)
		}
		_, err = s.svc.KeepDocument(ctx, s.ae, s.campaign.ID, "kosong.txt", strings.NewReader(""))
		if !errors.Is(err, campaign.ErrDocumentMissing) {
			t.Errorf("an empty file: %v", err)
		}
		_, err = s.svc.KeepDocument(ctx, s.ae, s.campaign.ID, "besar.txt", bytes.NewReader(make([]byte, prose.MaxBytes+1)))
		if !errors.Is(err, blob.ErrTooBig) {
			t.Errorf("a large file: %v", err)
		}
		if _, err := s.svc.ReadPasted(ctx, s.ae, s.campaign.ID, "Halo kak\n\n"); !errors.Is(err, campaign.ErrBriefEmpty) {
			t.Errorf("a greeting alone: %v", err)
		}
		for _, outsider := range []struct {
			name string
			err  error
		}{
			{"a client", errOf(s.svc.OpenDocument(ctx, s.contact(s.decider), s.campaign.ID, f.ID))},
			{"a talent", errOf(s.svc.OpenDocument(ctx, s.talent("t1"), s.campaign.ID, f.ID))},
			{"another campaign", errOf(s.svc.OpenDocument(ctx, s.ae, "other", f.ID))},
		} {
			if !errors.Is(outsider.err, db.ErrNotFound) {
				t.Errorf("%s opens the client's file: %v", outsider.name, outsider.err)
			}
		}
	})
}

func errOf(_ campaign.Document, _ io.ReadSeekCloser, err error) error { return err }

func TestIntake_AdviceIsTheAgencysAndBindsNobody(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := newScene(t, d), context.Background()
		b := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Sebut SPF 50"}, campaign.Point{Kind: campaign.Advice, Text: "Buka dengan cermin", Source: "client_file"})
		if b.Points[1].Source != "agency" || b.Points[1].Binding() {
			t.Errorf("advice is the agency's and no must: %+v", b.Points[1])
		}
		v, err := s.svc.BriefForTalent(ctx, s.talent("t1"), s.campaign.ID)
		if err != nil || v.Left != 1 || v.Points[1].Binding {
			t.Errorf("the talent is asked for advice: %v %+v", err, v)
		}
		if _, err := s.svc.Acknowledge(ctx, s.talent("t1"), s.campaign.ID, 1, []campaign.Tick{{PointID: b.Points[1].ID}}); !errors.Is(err, campaign.ErrNotBinding) {
			t.Errorf("a tick at advice: %v", err)
		}
	})
}

func TestBrief_EachReadsTheChangeInTheirOwnLanguage(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := newScene(t, d), context.Background()
		b := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Sebut SPF 50", Langs: map[string]string{"fil": "Banggitin ang SPF 50", "en": "Say SPF 50"}},
			campaign.Point{Kind: campaign.MustNot, Text: "Jangan sebut merek lain", Langs: map[string]string{"fil": "Huwag banggitin ang iba"}})
		bea := s.talent("t1")
		var ticks []campaign.Tick
		for _, p := range b.Points {
			ticks = append(ticks, campaign.Tick{PointID: p.ID})
		}
		if _, err := s.svc.Acknowledge(ctx, bea, s.campaign.ID, 1, ticks); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.ReviseBrief(ctx, s.ae, s.campaign.ID, "Klaim baru"); err != nil {
			t.Fatal(err)
		}
		p := b.Points[0]
		p.Text, p.Langs = "Sebut SPF 30", map[string]string{"fil": "Banggitin ang SPF 30", "en": "Say SPF 30"}
		if _, err := s.svc.EditPoint(ctx, s.ae, s.campaign.ID, p); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.DropPoint(ctx, s.ae, s.campaign.ID, b.Points[1].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.ShareBrief(ctx, s.ae, s.campaign.ID, false); err != nil {
			t.Fatal(err)
		}
		maya := s.contact(s.decider)
		maya.Lang = "en"
		v, err := s.svc.BriefForClient(ctx, maya, s.campaign.ID, 0)
		if err != nil || len(v.Changes) != 2 || v.Against != 1 || v.Points[0].Text != "Say SPF 30" {
			t.Fatalf("%v %+v", err, v)
		}
		want := []campaign.Run{{Op: campaign.Kept, Text: "Say SPF "}, {Op: campaign.Dropped, Text: "50"}, {Op: campaign.TakenUp, Text: "30"}}
		if diff := cmp.Diff(want, v.Changes[0].Words); diff != "" || v.Changes[1].Op != campaign.Dropped {
			t.Errorf("%s %+v", diff, v.Changes[1])
		}
		if _, err := s.svc.AcceptBrief(ctx, maya, s.campaign.ID, 2); err != nil {
			t.Fatal(err)
		}
		w, err := s.svc.BriefForTalent(ctx, bea, s.campaign.ID)
		if err != nil || w.InForce != 1 || w.Left != 1 || !w.Points[0].New {
			t.Fatalf("the changed point alone is asked again, until then version 1 holds: %v %+v", err, w)
		}
		want[0].Text = "Banggitin ang SPF "
		if diff := cmp.Diff(want, w.Points[0].Words); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"Huwag banggitin ang iba"}, w.Removed); diff != "" {
			t.Error(diff)
		}
		if _, err := s.svc.Acknowledge(ctx, bea, s.campaign.ID, 2, []campaign.Tick{{PointID: p.ID, Hash: w.Points[0].Hash}}); err != nil {
			t.Fatal(err)
		}
		if w, err = s.svc.BriefForTalent(ctx, bea, s.campaign.ID); err != nil || w.InForce != 2 || w.Points[0].Words != nil {
			t.Errorf("%v %+v", err, w)
		}
	})
}
