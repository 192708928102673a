package campaign_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/testkit"
)

// meetingSays is a proposal of two lines about the agreed brief of the scene.
func meetingSays(s *scene, b campaign.Brief) campaign.NewProposal {
	return campaign.NewProposal{CampaignID: s.campaign.ID, SourceID: "m1", SourceNote: "Kickoff", Lines: []campaign.ProposedLine{
		{ID: "d1", What: campaign.ChangePoint, PointID: b.Points[0].ID, Point: campaign.Point{Text: "Show the logo for three seconds"}},
		{ID: "d2", What: campaign.AddPoint, Point: campaign.Point{Kind: campaign.Must, Text: "Say the promo code"}},
	}}
}

func agreedNow(t *testing.T, s *scene) campaign.Brief {
	t.Helper()
	f, err := s.svc.Brief(context.Background(), s.ae, s.campaign.ID)
	if err != nil {
		t.Fatal(err)
	}
	b, ok := campaign.Agreed(f.Versions)
	if !ok {
		t.Fatal("nothing is agreed")
	}
	return b
}

func TestProposal_OneContactObjectsAndTheOtherAccepts(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), newScene(t, d)
		if _, err := s.svc.ProposeVersion(ctx, s.ae, campaign.NewProposal{CampaignID: s.campaign.ID}); fault.CodeOf(err) != campaign.ErrBriefUnaccepted.Code {
			t.Errorf("without an agreed brief: %v", err)
		}
		b := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Show the logo"})
		if _, err := s.svc.ReviseBrief(ctx, s.ae, s.campaign.ID, "more"); err != nil {
			t.Fatal(err)
		}
		p, err := s.svc.ProposeVersion(ctx, s.ae, meetingSays(s, b))
		if err != nil {
			t.Fatal(err)
		}
		if !p.SilentAt.IsZero() || agreedNow(t, s).Version != b.Version {
			t.Errorf("a proposal is in force before anybody answered: %+v", p)
		}
		if _, err := s.svc.AcceptProposal(ctx, s.contact(s.other), p.ID); fault.CodeOf(err) != campaign.ErrNotDecider.Code {
			t.Errorf("accepted by whoever does not decide: %v", err)
		}
		if _, err := s.svc.AcceptProposal(ctx, s.talent("t"), p.ID); err == nil {
			t.Error("accepted by a talent")
		}
		if _, err := s.svc.ObjectToProposal(ctx, s.contact(s.other), p.ID, []string{"d2"}, "no code"); err != nil {
			t.Fatal(err)
		}
		next, err := s.svc.AcceptProposal(ctx, s.contact(s.decider), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(next.Points) != 1 || next.Points[0].Text != "Show the logo for three seconds" || next.Points[0].ID != b.Points[0].ID || next.Version != b.Version+1 {
			t.Errorf("the version in force is %+v", next)
		}
		f, err := s.svc.Brief(ctx, s.ae, s.campaign.ID)
		if err != nil || !f.Newest().Draft() || f.Newest().Version != next.Version+1 || f.Newest().Points[0].Text != next.Points[0].Text {
			t.Errorf("the open draft did not move up with the change: %v, %+v", err, f.Newest())
		}
		if _, err := s.svc.AddPoints(ctx, s.ae, s.campaign.ID, []campaign.Point{{Kind: campaign.Should, Text: "Smile"}}); err != nil {
			t.Errorf("the draft cannot be edited any more: %v", err)
		}
		if _, err := s.svc.AcceptProposal(ctx, s.contact(s.decider), p.ID); fault.CodeOf(err) != campaign.ErrProposalSettled.Code {
			t.Errorf("accepted twice: %v", err)
		}
		if list, err := s.svc.Proposals(ctx, s.contact(s.decider), s.campaign.ID); err != nil || len(list) != 1 || list[0].Version != next.Version || list[0].Lines[1].ObjectedBy != s.other.Name {
			t.Errorf("the client reads %v, %+v", err, list)
		}
		if _, err := s.svc.Proposals(ctx, s.talent("t"), s.campaign.ID); err == nil {
			t.Error("a talent reads proposals")
		}
	})
}

func TestProposal_SilenceAndCancelledMeetings(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), newScene(t, d)
		clock := testkit.ClockOf(d)
		reg := job.NewRegistry()
		s.svc.Work(reg)
		runner := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		b := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Show the logo"})
		if err := d.Write(ctx, func(tx *db.Tx) error {
			return campaign.SetTerms(ctx, tx, s.ae.Who, s.campaign.ID, campaign.Terms{RevisionLimit: 2, ReviewHours: 16, SilenceAccepts: true})
		}); err != nil {
			t.Fatal(err)
		}
		p, err := s.svc.ProposeVersion(ctx, s.ae, meetingSays(s, b))
		if err != nil || p.SilentAt.Sub(d.Now()) < 6*24*time.Hour {
			t.Fatalf("48 working hours end at %s: %v", p.SilentAt, err)
		}
		again := meetingSays(s, b)
		again.SourceID = "m2"
		if _, err := s.svc.ProposeVersion(ctx, s.ae, again); fault.CodeOf(err) != campaign.ErrProposalTwice.Code {
			t.Errorf("a second one for the same point: %v", err)
		}
		again.Replaces = []string{p.ID}
		clock.Advance(time.Second)
		q, err := s.svc.ProposeVersion(ctx, s.ae, again)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return campaign.WithdrawProposals(ctx, tx, s.ae, "m2", "cancelled") }); err != nil {
			t.Fatal(err)
		}
		again.Replaces, again.SourceID = nil, "m3"
		clock.Advance(time.Second)
		last, err := s.svc.ProposeVersion(ctx, s.ae, again)
		if err != nil {
			t.Fatal(err)
		}
		clock.Advance(last.SilentAt.Sub(clock.Now()) - time.Minute)
		drain(t, runner)
		if agreedNow(t, s).Version != b.Version {
			t.Error("silence counted before its time, or for a meeting that was cancelled")
		}
		clock.Advance(2 * time.Minute)
		drain(t, runner)
		drain(t, runner)
		now := agreedNow(t, s)
		if now.Version != b.Version+1 || len(now.Points) != 2 || now.AcceptedVia != "silence" || now.AcceptedBy != "" {
			t.Errorf("after silence version %d holds, by %q via %q", now.Version, now.AcceptedBy, now.AcceptedVia)
		}
		list, err := s.svc.Proposals(ctx, s.ae, s.campaign.ID)
		if err != nil || len(list) != 3 || list[0].Outcome != campaign.ProposalReplaced || list[1].ID != q.ID || list[1].Outcome != campaign.ProposalWithdrawn || list[2].Outcome != campaign.ProposalTaken {
			t.Errorf("outcomes: %v, %+v", err, list)
		}
		if err := s.svc.WithdrawProposal(ctx, s.ae, last.ID, "too late"); fault.CodeOf(err) != campaign.ErrProposalSettled.Code {
			t.Errorf("withdrawn after it held: %v", err)
		}
	})
}

func drain(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}
