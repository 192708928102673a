package review

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

func TestDraft_CheckUpload(t *testing.T) {
	reel := Deliverable{ID: "d", Platform: "instagram", Format: "reel"}
	good := Upload{SHA256: "aa", Size: 1000, Type: "video/mp4", FileName: "a.mp4", Caption: "Halo"}
	with := func(change func(*Upload)) Upload { u := good; change(&u); return u }
	before := []Version{{ID: "v1", Major: 1, Minor: 1, SHA256: "bb", ShownAt: t0}}
	for _, c := range []struct {
		name string
		d    Deliverable
		u    Upload
		want error
	}{
		{"a video with a caption", reel, good, nil},
		{"no file", reel, with(func(u *Upload) { u.SHA256 = "" }), ErrFileMissing},
		{"an empty file", reel, with(func(u *Upload) { u.Size = 0 }), ErrFileEmpty},
		{"a document", reel, with(func(u *Upload) { u.Type = "application/pdf" }), ErrFileType},
		{"a photo for a reel", reel, with(func(u *Upload) { u.Type = "image/jpeg" }), ErrFileType},
		{"too large", reel, with(func(u *Upload) { u.Size = 3 * gib }), ErrFileLarge},
		{"the same file again", reel, with(func(u *Upload) { u.SHA256 = "bb" }), ErrFileSame},
		{"no caption", reel, with(func(u *Upload) { u.Caption = " " }), ErrCaption},
		{"a story needs none", Deliverable{ID: "d", Platform: "instagram", Format: "story"}, with(func(u *Upload) { u.Caption = "" }), nil},
		{"a cloud link", reel, with(func(u *Upload) { u.SHA256, u.LinkURL = "", "https://drive.google.com/file/d/1" }), nil},
		{"a link that is none", reel, with(func(u *Upload) { u.SHA256, u.LinkURL = "", "javascript:alert(1)" }), ErrLinkURL},
		{"file and link", reel, with(func(u *Upload) { u.LinkURL = "https://a.example/x" }), ErrFileAndLink},
		{"a hashtag with a hole in it", reel, with(func(u *Upload) { u.Hashtags = "#good #ba!d" }), ErrHashtag},
		{"after the approval", Deliverable{ID: "d", ApprovedID: "v1"}, good, ErrApproved},
		{"after the drop", Deliverable{ID: "d", ClosedAt: t0}, good, ErrClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := CheckUpload(c.d, before, c.u, t0)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && v.Label() != "2.1" {
				t.Errorf("numbered %s after a shown 1.1", v.Label())
			}
		})
	}
}

func TestDraft_Tags(t *testing.T) {
	got, err := tags("#wardah, #TwoWayCake #wardah#cantik", '#', ErrHashtag)
	if want := []string{"wardah", "TwoWayCake", "cantik"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v %v", got, err)
	}
	if got, err = tags("@wardahbeauty @rani.putri", '@', ErrMention); err != nil || len(got) != 2 {
		t.Errorf("got %v %v", got, err)
	}
}

func TestDraft_HashChangesWithEachFrozenField(t *testing.T) {
	base := Version{SHA256: "aa", Size: 1, Type: "video/mp4", Caption: "c", Hashtags: []string{"a"}, Mentions: []string{"m"}, Music: "x", BriefVersion: 3}
	changes := map[string]func(*Version){
		"bytes":    func(v *Version) { v.SHA256 = "bb" },
		"size":     func(v *Version) { v.Size = 2 },
		"type":     func(v *Version) { v.Type = "video/webm" },
		"link":     func(v *Version) { v.LinkURL = "https://a.example" },
		"caption":  func(v *Version) { v.Caption = "d" },
		"hashtags": func(v *Version) { v.Hashtags = []string{"b"} },
		"mentions": func(v *Version) { v.Mentions = nil },
		"music":    func(v *Version) { v.Music = "y" },
		"brief":    func(v *Version) { v.BriefVersion = 4 },
		"concept":  func(v *Version) { v.ConceptID = "c" },
	}
	a := Approve(base, "c1", "Dewi", ViaLink, t0)
	if !a.Intact(base) {
		t.Fatal("what was approved is intact")
	}
	for name, change := range changes {
		v := base
		change(&v)
		if a.Intact(v) {
			t.Errorf("a change of %s is not noticed", name)
		}
	}
	rapid.Check(t, func(t *rapid.T) { // moving text from one field to the next is noticed
		s := rapid.StringN(1, 20, 40).Draw(t, "text")
		k := rapid.IntRange(0, len(s)-1).Draw(t, "cut")
		one, two := Version{Caption: s, Music: ""}, Version{Caption: s[:k], Music: s[k:]}
		if one.Hash() == two.Hash() {
			t.Fatal("two contents, one hash")
		}
	})
}

func TestApproval_LateAndObjection(t *testing.T) {
	v := Version{ID: "v", ShownAt: t0, ReviewDue: t0.Add(time.Hour)}
	if Approve(v, "c", "Dewi", ViaLink, t0).Late || !Approve(v, "c", "Dewi", ViaLink, t0.Add(2*time.Hour)).Late {
		t.Error("late is after the window")
	}
	if _, err := Approve(v, "c", "Dewi", ViaLink, t0).Object("no", t0); !errors.Is(err, ErrObject) {
		t.Error("who clicked does not object to the own click")
	}
	a, err := Approve(v, "c", "Dewi", ViaWhatsApp, t0).Object("I meant version 2", t0)
	if err != nil || a.Objection == "" {
		t.Error(err)
	}
	if _, err := a.Object("again", t0); !errors.Is(err, ErrObject) {
		t.Error("one objection")
	}
}

func deadline(h int) worktime.Deadline {
	return worktime.Deadline{At: t0.Add(time.Duration(h) * time.Hour), Zone: "Asia/Jakarta"}
}

func TestChange_TakesEffectOnlyWithBoth(t *testing.T) {
	offer := Offer{Price: money.IDR(2_000_000), Fee: money.IDR(1_000_000), DraftDue: deadline(24), PostDue: deadline(48), By: "Rani", AnswerUntil: t0.Add(8 * time.Hour)}
	c, err := ChangeRequest{ID: "x"}.Offer(offer, t0)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the talent is asked after the client", func(t *testing.T) {
		if _, err := c.AnswerTalent(AnswerYes, "", t0); !errors.Is(err, ErrChangeClient) {
			t.Error(err)
		}
	})
	t.Run("the client's yes alone changes nothing", func(t *testing.T) {
		yes, err := c.AnswerClient(AnswerYes, "c1", "Dewi", t0)
		if err != nil || !yes.EffectiveAt.IsZero() || !yes.Open() {
			t.Errorf("%v %+v", err, yes)
		}
		if _, err := yes.AnswerClient(AnswerNo, "c1", "Dewi", t0); !errors.Is(err, ErrChangeAnswered) {
			t.Error("an answer is given once")
		}
		if _, err := yes.Offer(offer, t0); !errors.Is(err, ErrChangePriced) {
			t.Error("an accepted price does not move")
		}
		done, err := yes.AnswerTalent(AnswerYes, "", t0)
		if err != nil || done.EffectiveAt.IsZero() {
			t.Error("both said yes")
		}
		no, err := yes.AnswerTalent(AnswerNo, "abroad", t0)
		if err != nil || no.ClosedWhy != ClosedDeclined || !no.EffectiveAt.IsZero() {
			t.Error("the talent cannot")
		}
	})
	t.Run("the client leaves it", func(t *testing.T) {
		no, err := c.AnswerClient(AnswerNo, "c1", "Dewi", t0)
		if err != nil || no.Open() || no.ClosedWhy != ClosedLeft {
			t.Errorf("%v %+v", err, no)
		}
	})
	t.Run("it lapses only after the window", func(t *testing.T) {
		if _, err := c.Close(ClosedLapsed, t0); err == nil {
			t.Error("the window is open")
		}
		if l, err := c.Close(ClosedLapsed, t0.Add(9*time.Hour)); err != nil || l.Open() {
			t.Error(err)
		}
	})
	t.Run("without a price nobody answers", func(t *testing.T) {
		if _, err := (ChangeRequest{}).AnswerClient(AnswerYes, "c", "D", t0); !errors.Is(err, ErrChangeUnpriced) {
			t.Error(err)
		}
	})
	for name, bad := range map[string]func(*Offer){
		"price of nothing": func(o *Offer) { o.Price = money.IDR(0) },
		"fee below zero":   func(o *Offer) { o.Fee = money.IDR(-1) },
		"no dates":         func(o *Offer) { o.DraftDue = worktime.Deadline{} },
		"dates in reverse": func(o *Offer) { o.PostDue = deadline(2) },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			o := offer
			bad(&o)
			if _, err := (ChangeRequest{}).Offer(o, t0); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestStanding_Place(t *testing.T) {
	d := Deliverable{ID: "d", CreatedAt: t0}
	up := Version{ID: "v", DeliverableID: "d", UploadedAt: t0.Add(time.Hour)}
	up.CheckedAt = t0.Add(90 * time.Minute)
	shown := up
	shown.ShownAt = t0.Add(2 * time.Hour)
	with := d
	with.WithClientID = "v"
	round := Round{ID: "r", VersionID: "v", SentAt: t0.Add(3 * time.Hour), RuledAt: t0.Add(4 * time.Hour)}
	onward := round
	onward.SentOnAt = t0.Add(5 * time.Hour)
	passed := onward
	passed.Passed = 1
	open := ChangeRequest{ID: "c", CreatedAt: t0.Add(5 * time.Hour)}
	priced := open
	priced.PricedAt = t0.Add(6 * time.Hour)
	accepted := priced
	accepted.Client, accepted.ClientAt = AnswerYes, t0.Add(7*time.Hour)
	for _, c := range []struct {
		name  string
		s     Standing
		step  Step
		party Party
	}{
		{"nothing sent", Standing{Deliverable: d}, StepUpload, PartyTalent},
		{"uploaded", Standing{Deliverable: d, Latest: up}, StepFirstKey, PartySpecialist},
		{"one key", Standing{Deliverable: d, Latest: up, Keys: 1}, StepSecond, PartyAE},
		{"two keys", Standing{Deliverable: d, Latest: up, Keys: 2}, StepShow, PartyAE},
		{"shown", Standing{Deliverable: with, Latest: shown}, StepDecide, PartyClient},
		{"round sent", Standing{Deliverable: d, Latest: shown, Round: round, Unruled: 2}, StepRule, PartyAE},
		{"round ruled", Standing{Deliverable: d, Latest: shown, Round: round}, StepSendOn, PartyAE},
		{"sent on", Standing{Deliverable: d, Latest: shown, Round: passed}, StepRevise, PartyTalent},
		{"only a change request is left", Standing{Deliverable: d, Latest: shown, Round: onward, Change: open}, StepPrice, PartyAE},
		{"priced", Standing{Deliverable: d, Latest: shown, Round: onward, Change: priced}, StepAccept, PartyClient},
		{"accepted by the client", Standing{Deliverable: d, Latest: shown, Round: onward, Change: accepted}, StepAgree, PartyTalent},
		{"left: the client decides again", Standing{Deliverable: with, Latest: shown, Round: onward}, StepDecide, PartyClient},
		{"a newer upload while the round is not ruled", Standing{Deliverable: d, Latest: Version{ID: "w", UploadedAt: t0}, Round: round, Unruled: 1}, StepRule, PartyAE},
		{"approved", Standing{Deliverable: Deliverable{ID: "d", ApprovedID: "v"}, Latest: shown, ApprovedAt: t0}, StepApproved, PartyNobody},
		{"dropped", Standing{Deliverable: Deliverable{ID: "d", ClosedAt: t0}}, StepClosed, PartyNobody},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.Place()
			if c.s.Step != c.step || c.s.Party != c.party || c.s.Since.IsZero() {
				t.Errorf("got %s by %s since %s", c.s.Step, c.s.Party, c.s.Since)
			}
		})
	}
}
