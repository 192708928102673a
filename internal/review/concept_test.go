package review

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"sync"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/fault"
)

func sketch(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestConcept_WhatIsSentIsJudged(t *testing.T) {
	ids := func() string { return "p" }
	asked := Deliverable{ID: "d", ConceptAskedAt: time.Unix(1, 0)}
	waits := Concept{ID: "c", Number: 1}
	back := Concept{ID: "c", Number: 1, ReturnedAt: time.Unix(2, 0)}
	many := bytes.Repeat([]byte("a\n"), 1)
	for i := range 21 {
		many = append(many, byte('b'+i), '\n')
	}
	for name, x := range map[string]struct {
		d      Deliverable
		before Concept
		n      NewConcept
		code   string
	}{
		"text and promises":       {asked, Concept{}, NewConcept{Text: "Di dapur", Promises: "- Logo di detik 3\n\n• Logo di detik 3\nTanpa musik"}, ""},
		"nobody asked for one":    {Deliverable{ID: "d"}, Concept{}, NewConcept{Text: "x", Promises: "y"}, ErrConceptNone.Code},
		"one is approved":         {Deliverable{ID: "d", ConceptAskedAt: time.Unix(1, 0), ConceptID: "c"}, waits, NewConcept{Text: "x", Promises: "y"}, ErrConceptNone.Code},
		"one is looked at":        {asked, waits, NewConcept{Text: "x", Promises: "y"}, ErrConceptWaits.Code},
		"the one before is back":  {asked, back, NewConcept{Text: "x", Promises: "y"}, ""},
		"no text":                 {asked, Concept{}, NewConcept{Text: " ", Promises: "y"}, ErrConceptText.Code},
		"nothing promised":        {asked, Concept{}, NewConcept{Text: "x", Promises: " \n - \n"}, ErrConceptPromise.Code},
		"more than can be filmed": {asked, Concept{}, NewConcept{Text: "x", Promises: string(many)}, ErrConceptPromise.Code},
		"too many pictures":       {asked, Concept{}, NewConcept{Text: "x", Promises: "y", PictureIDs: make([]string, 9)}, ErrConceptPictures.Code},
		"the deliverable ended":   {Deliverable{ID: "d", ConceptAskedAt: time.Unix(1, 0), ClosedAt: time.Unix(2, 0)}, Concept{}, NewConcept{Text: "x", Promises: "y"}, ErrClosed.Code},
	} {
		c, err := CheckConcept(x.d, x.before, x.n, ids)
		if err != nil && fault.CodeOf(err) != x.code || err == nil && x.code != "" {
			t.Errorf("%s: %v, want %q", name, err, x.code)
		}
		if name == "text and promises" && (len(c.Promises) != 2 || c.Promises[0].Text != "Logo di detik 3" || c.Number != 1) {
			t.Errorf("promises: %+v", c)
		}
	}
}

func TestConcept_TwoDifferentPeopleLookBeforeTheClient(t *testing.T) {
	now := time.Unix(9, 0)
	spec, ae, senior, trainee := Checker{ID: "s", Name: "S"}, Checker{ID: "a", Name: "A"}, Checker{ID: "x", Name: "X", Senior: true}, Checker{ID: "t", Trainee: true}
	fresh := Concept{ID: "c"}
	first, err := fresh.TurnConceptKey(KeySpecialist, true, "", "", spec, now)
	if err != nil || first.FirstBy != "S" || !first.ShownAt.IsZero() {
		t.Fatal(err, first)
	}
	alone, _ := fresh.TurnConceptKey(KeySpecialist, true, "", "", senior, now)
	for name, x := range map[string]struct {
		c    Concept
		k    Key
		by   Checker
		pass bool
		why  string
		note string
		code string
	}{
		"the second key before the first":  {fresh, KeyAE, ae, true, "", "", ErrFirstKey.Code},
		"the first key twice":              {first, KeySpecialist, spec, true, "", "", ErrKeyTurned.Code},
		"both keys by one person":          {first, KeyAE, spec, true, "", "", ErrSamePerson.Code},
		"both by one person with a reason": {first, KeyAE, spec, true, "small team", "", ErrOverride.Code},
		"both by a senior with a reason":   {alone, KeyAE, senior, true, "small team", "", ""},
		"the second by a trainee":          {first, KeyAE, trainee, true, "", "", ErrTrainee.Code},
		"back without a word":              {first, KeyAE, ae, false, "", "", ErrConceptWhy.Code},
		"back with a word":                 {first, KeyAE, ae, false, "", "logo?", ""},
	} {
		c, err := x.c.TurnConceptKey(x.k, x.pass, x.note, x.why, x.by, now)
		if err != nil && fault.CodeOf(err) != x.code || err == nil && x.code != "" {
			t.Errorf("%s: %v, want %q", name, err, x.code)
		}
		if err == nil && c.Back() == x.pass {
			t.Errorf("%s: back is %v", name, c.Back())
		}
	}
}

// conceiving asks for a concept and sends one with a picture.
func (st *stage) conceiving() Concept {
	st.Helper()
	if err := st.s.AskConcept(ctx, st.ae, st.reel.ID); err != nil {
		st.Fatal(err)
	}
	p := must(st.s.KeepPicture(ctx, st.maya, st.reel.ID, "sketch.png", bytes.NewReader(sketch(st.T))))
	c := must(st.s.SendConcept(ctx, st.maya, st.reel.ID, NewConcept{Text: "In the kitchen", Promises: "Pour the powder at 0:03\nSay the code", PictureIDs: []string{p.ID}}))
	st.clock.Advance(time.Minute)
	return c
}

func (st *stage) showConcept(c Concept) Concept {
	st.Helper()
	must(st.s.LookAtConcept(ctx, st.specialist, LookAtConcept{ConceptID: c.ID, Key: KeySpecialist, Pass: true}))
	st.clock.Advance(time.Minute)
	c = must(st.s.LookAtConcept(ctx, st.ae, LookAtConcept{ConceptID: c.ID, Key: KeyAE, Pass: true}))
	st.clock.Advance(time.Minute)
	return c
}

func TestConcept_FromAskingToPointsOfTheDraft(t *testing.T) {
	each2(t, func(st *stage) {
		at := func(want Step, who Party) {
			t.Helper()
			if s := st.standing(); s.Step != want || s.Party != who {
				t.Errorf("the step is %s of %q, want %s of %q", s.Step, s.Party, want, who)
			}
		}
		at(StepUpload, PartyTalent)
		c := st.conceiving()
		at(StepConceptFirst, PartySpecialist)
		if _, err := st.s.BeginUpload(ctx, st.maya, BeginUpload{DeliverableID: st.reel.ID, FileName: "a.mp4", Size: 9}); !errors.Is(err, ErrConceptFirst) {
			t.Errorf("a film before its concept: %v", err)
		}
		if _, err := st.s.DecideConcept(ctx, st.dewi, c.ID, true, ""); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("the client decides before it was shown: %v", err)
		}
		if _, _, err := st.s.OpenPicture(ctx, st.dewi, c.ID, must(st.s.Concepts(ctx, st.ae, st.reel.ID)).Newest().Pictures[0].ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("the client sees the picture before it was shown: %v", err)
		}
		if v := must(st.s.Concepts(ctx, st.dewi, st.reel.ID)); len(v.Concepts) != 0 {
			t.Errorf("the client sees %+v", v.Concepts)
		}
		must(st.s.LookAtConcept(ctx, st.specialist, LookAtConcept{ConceptID: c.ID, Key: KeySpecialist, Pass: true}))
		at(StepConceptSecond, PartyAE)
		st.clock.Advance(time.Minute)
		must(st.s.LookAtConcept(ctx, st.ae, LookAtConcept{ConceptID: c.ID, Key: KeyAE, Pass: true}))
		at(StepConceptDecide, PartyClient)
		if _, err := st.s.DecideConcept(ctx, st.budi, c.ID, true, ""); fault.CodeOf(err) != ErrNotDecider.Code {
			t.Errorf("whoever does not decide: %v", err)
		}
		if _, err := st.s.DecideConcept(ctx, st.stranger, c.ID, true, ""); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another client: %v", err)
		}
		must(st.s.DecideConcept(ctx, st.dewi, c.ID, false, "in the garden please"))
		at(StepConcept, PartyTalent)
		if st.standing().Used != 0 {
			t.Error("a concept counts as a round")
		}
		st.clock.Advance(time.Minute)
		two := must(st.s.SendConcept(ctx, st.maya, st.reel.ID, NewConcept{Text: "In the garden", Promises: "Pour the powder at 0:03\nBirds"}))
		two = st.showConcept(two)
		if _, err := st.s.DecideConcept(ctx, st.dewi, c.ID, true, ""); fault.CodeOf(err) != ErrConceptMoved.Code {
			t.Errorf("the old concept is approved: %v", err)
		}
		must(st.s.DecideConcept(ctx, st.dewi, two.ID, true, ""))
		at(StepUpload, PartyTalent)
		if _, err := st.s.DecideConcept(ctx, st.dewi, two.ID, true, ""); fault.CodeOf(err) != ErrConceptMoved.Code {
			t.Errorf("approved twice: %v", err)
		}

		v := st.upload(1)
		r := must(st.s.DraftRoom(ctx, st.ae, st.reel.ID, ""))
		if len(r.Points) != 4 || !r.Points[3].Concept || r.Points[3].Text != "Birds" || r.Points[3].Number != 4 || !r.Points[3].Binding() {
			t.Errorf("the draft is checked by %+v", r.Points)
		}
		answers := st.answers(v)
		if _, err := st.s.CheckDraft(ctx, st.specialist, CheckDraft{VersionID: v.ID, Key: KeySpecialist, Answers: answers}); err == nil {
			t.Error("a key is turned without an answer to the concept's points")
		}
	})
}

func TestConcept_BreakingItIsAFaultAndAskingOtherwiseAWish(t *testing.T) {
	each2(t, func(st *stage) {
		c := st.showConcept(st.conceiving())
		must(st.s.DecideConcept(ctx, st.dewi, c.ID, true, ""))
		v := st.upload(1)
		var points []Point
		st.read(func(tx *db.Tx) (err error) {
			points, err = pointsFor(ctx, tx, st.reel, v, v.BriefVersion, "")
			return err
		})
		var answers []PointAnswer
		for _, p := range points {
			answers = append(answers, PointAnswer{PointID: p.ID, Answer: IsMet, Where: "0:03"})
		}
		must(st.s.CheckDraft(ctx, st.specialist, CheckDraft{VersionID: v.ID, Key: KeySpecialist, Answers: answers}))
		must(st.s.CheckDraft(ctx, st.ae, CheckDraft{VersionID: v.ID, Key: KeyAE, Answers: answers, Show: true}))
		seen := must(st.s.ClientDraft(ctx, st.dewi, st.reel.ID, ""))
		if len(seen.Points) != 4 || !seen.Points[2].Concept {
			t.Errorf("the client cites from %+v", seen.Points)
		}
		round := must(st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "the powder is not poured", AtMS: -1, UntilMS: -1, PointID: points[2].ID}}}))
		var items []Item
		st.read(func(tx *db.Tx) (err error) { items, err = ListRoundItems(ctx, tx, round.ID); return err })
		if err := st.s.RuleRound(ctx, st.ae, round.ID, []ItemRuling{{ItemID: items[0].ID, Class: Fault, PointID: points[2].ID}}); err != nil {
			t.Errorf("a broken concept is no fault: %v", err)
		}
		must(st.s.SendRoundOn(ctx, st.ae, round.ID))
		if s := st.standing(); s.Used != 0 {
			t.Errorf("a fault used %d rounds", s.Used)
		}
		todo := must(st.s.TalentDraft(ctx, st.maya, st.reel.ID)).ToDo
		if len(todo) != 1 || todo[0].Point.Text != "Pour the powder at 0:03" {
			t.Errorf("the talent reads %+v", todo)
		}
	})
}

func TestConcept_IsDecidedOnceAlthoughManyClick(t *testing.T) {
	each2(t, func(st *stage) {
		c := st.showConcept(st.conceiving())
		var wins, moved int
		var mu sync.Mutex
		var all sync.WaitGroup
		for i := range 12 {
			all.Go(func() {
				_, err := st.s.DecideConcept(ctx, st.dewi, c.ID, i%2 == 0, "no")
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					wins++
				case fault.CodeOf(err) == ErrConceptMoved.Code:
					moved++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if wins != 1 || moved != 11 {
			t.Errorf("%d decided, %d were told", wins, moved)
		}
	})
}

func TestConcept_WaivedAndLateAndForgotten(t *testing.T) {
	each2(t, func(st *stage) {
		if err := st.s.WaiveConcept(ctx, st.ae, st.reel.ID, "x"); !errors.Is(err, ErrConceptNone) {
			t.Errorf("waived what nobody asked for: %v", err)
		}
		if err := st.s.AskConcept(ctx, st.specialist, st.reel.ID); err == nil {
			t.Error("a specialist asks for a concept")
		}
		if err := st.s.AskConcept(ctx, st.ae, st.reel.ID); err != nil {
			t.Fatal(err)
		}
		if err := st.s.WaiveConcept(ctx, st.ae, st.reel.ID, " "); fault.CodeOf(err) != ErrConceptReason.Code {
			t.Errorf("waived without a reason: %v", err)
		}
		if _, err := st.s.KeepPicture(ctx, st.other, st.reel.ID, "x.png", bytes.NewReader(sketch(t))); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another talent keeps a picture: %v", err)
		}
		if _, err := st.s.KeepPicture(ctx, st.maya, st.reel.ID, "x.mp4", bytes.NewReader(take(1))); fault.CodeOf(err) != ErrConceptPicture.Code {
			t.Errorf("a film as a picture: %v", err)
		}
		p := must(st.s.KeepPicture(ctx, st.maya, st.reel.ID, "x.png", bytes.NewReader(sketch(t))))
		st.clock.Advance(leftoverAfter + time.Hour)
		if err := st.s.sweep(ctx, LeftoversDue{}); err != nil {
			t.Fatal(err)
		}
		if _, err := st.s.SendConcept(ctx, st.maya, st.reel.ID, NewConcept{Text: "x", Promises: "y", PictureIDs: []string{p.ID}}); fault.CodeOf(err) != ErrConceptPicture.Code {
			t.Errorf("a forgotten picture is used: %v", err)
		}
		if err := st.s.WaiveConcept(ctx, st.ae, st.reel.ID, "no time"); err != nil {
			t.Fatal(err)
		}
		st.upload(1)
		if err := st.s.AskConcept(ctx, st.ae, st.reel.ID); !errors.Is(err, ErrConceptLate) {
			t.Errorf("asked for after the first draft: %v", err)
		}
	})
}
