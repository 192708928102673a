package report

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

var (
	monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	day    = 24 * time.Hour
)

func due(t time.Time) worktime.Deadline { return worktime.Deadline{At: t, Zone: "Asia/Manila"} }

// bookedFacts is a campaign with one slot, booked, with one deliverable at the step.
func bookedFacts(step review.Step, party review.Party) Facts {
	return Facts{
		Campaign: campaign.Campaign{ID: "c", Currency: money.CurrencyIDR, ERFormula: "reach", ERActions: campaign.DefaultActions()},
		Slots:    []campaign.Slot{{ID: "s", Number: 1, Deliverables: []campaign.Deliverable{{Platform: "tiktok", Format: "video", Count: 1}}, Budget: money.IDR(10)}},
		Bookings: []casting.Booking{{ID: "b", SlotID: "s", TalentID: "t", AccountID: "a", FeeHome: money.IDR(7), CommittedAt: monday.Add(-9 * day)}},
		Drafts: []review.Standing{{Step: step, Party: party, Since: monday.Add(-time.Hour), Latest: review.Version{ID: "v", Major: 2, Minor: 1, ReviewDue: monday.Add(day)},
			Deliverable: review.Deliverable{ID: "d", BookingID: "b", TalentID: "t", Limit: 2, DraftDue: due(monday.Add(-day)), PostDue: due(monday.Add(3 * day))}}},
		Talents:  map[string]talent.Talent{"t": {ID: "t", Name: "Bea"}},
		Accounts: map[string]talent.Account{"a": {ID: "a", ERBp: 560}},
	}
}

func post(at time.Time) result.Post {
	return result.Post{ID: "p", DeliverableID: "d", BookingID: "b", Format: "video", PostedAt: at}
}

func insight(verified bool) result.Insight {
	i := result.Insight{ID: "i", PostID: "p", TakenAt: monday.Add(-day), TypedAt: monday.Add(-day),
		Counts: result.Counts{result.Reach: 1000, result.Likes: 30, result.Comments: 4, result.Saves: 2, result.Shares: 1}}
	if verified {
		i.VerifiedAt = monday
	}
	return i
}

func TestStanding_WhoseMoveItIs(t *testing.T) {
	posted := bookedFacts(review.StepApproved, review.PartyNobody)
	posted.Posts = []result.Post{post(monday.Add(-8 * day))}
	fresh := posted
	fresh.Posts = []result.Post{post(monday.Add(-day))}
	typed := posted
	typed.Insights = []result.Insight{insight(false)}
	met := posted
	met.Insights = []result.Insight{insight(true)}
	missed := met
	missed.Verdicts = []result.VerdictVersion{{BookingID: "b", Number: 1, State: result.Missed, At: monday}}
	remedied := missed
	remedied.Remedies = []result.Remedy{{BookingID: "b", Kind: result.Refund}}
	closed := missed
	closed.Campaign.ClosedAt = monday
	late := bookedFacts(review.StepUpload, review.PartyTalent)
	late.Drafts[0].Latest = review.Version{}
	for name, c := range map[string]struct {
		facts Facts
		key   string
		party Party
		role  string
	}{
		"a draft to check is the specialist's":       {bookedFacts(review.StepFirstKey, review.PartySpecialist), "first", Us, "specialist"},
		"the second key is the account's":            {bookedFacts(review.StepSecond, review.PartyAE), "second", Us, "ae"},
		"a concept to look at is the specialist's":   {bookedFacts(review.StepConceptFirst, review.PartySpecialist), "concept-first", Us, "specialist"},
		"a concept with the client is the client's":  {bookedFacts(review.StepConceptDecide, review.PartyClient), "concept-decide", ClientSide, ""},
		"a shown draft is the client's":              {bookedFacts(review.StepDecide, review.PartyClient), "decide", ClientSide, ""},
		"a revision is the talent's":                 {bookedFacts(review.StepRevise, review.PartyTalent), "revise", TalentSide, ""},
		"a first draft over its time is late":        {late, "draft-late", TalentSide, ""},
		"an approved draft is to be posted":          {bookedFacts(review.StepApproved, review.PartyNobody), "to-post", TalentSide, ""},
		"a fresh post waits for nobody":              {fresh, "live", Nobody, ""},
		"after seven days insights are the talent's": {posted, "insight-missing", TalentSide, ""},
		"typed insights need a second person":        {typed, "insight-verify", Us, "specialist"},
		"verified insights finish it":                {met, "measured", Nobody, ""},
		"a missed guarantee is the account's":        {missed, "guarantee-missed", Us, "ae"},
		"a chosen remedy answers it":                 {remedied, "measured", Nobody, ""},
		"a closed campaign is nobody's move":         {closed, "guarantee-missed", Nobody, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := StandingOf(c.facts, monday).Lines[0].Move
			if m.Key != c.key || m.Party != c.party || m.Role != c.role {
				t.Errorf("got %s %s %q, want %s %s %q", m.Key, m.Party, m.Role, c.key, c.party, c.role)
			}
		})
	}
}

func TestBoard_OneRowForTheSlotsOfAList(t *testing.T) {
	b := &Board{Standing: Standing{Lines: []Line{{Move: Move{Key: "to-list", Party: Us}}, {Move: Move{Key: "first", Party: Us}}, {Move: Move{Key: "to-list", Party: Us}},
		{Move: Move{Key: "picking", Party: ClientSide}}, {Move: Move{Key: "first", Party: Us}}}}}
	var got []string
	for _, i := range b.items() {
		got = append(got, fmt.Sprint(i.Line.Move.Key, i.Slots))
	}
	if want := []string{"to-list2", "first1", "picking1", "first1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if n := Waiting(access.Actor{Role: access.Manager}, []*Board{b}); n != 3 {
		t.Errorf("%d rows wait for management, want 3", n)
	}
}

func TestStanding_RateIsVerifiedOrSaysItIsNot(t *testing.T) {
	f := bookedFacts(review.StepApproved, review.PartyNobody)
	f.Posts = []result.Post{post(monday.Add(-8 * day))}
	f.Insights = []result.Insight{insight(false)}
	if r := StandingOf(f, monday).Lines[0].ER; r.Verified || r.Bp != 560 {
		t.Errorf("typed insights counted: %+v", r)
	}
	f.Insights = []result.Insight{insight(true)}
	s := StandingOf(f, monday)
	if r := s.Lines[0].ER; !r.Verified || r.Bp != 370 {
		t.Errorf("37 of 1000 is 370 bp, got %+v", r)
	}
	if s.Sum.ER.Bp != 370 || s.Sum.Posted != 1 || s.Sum.Committed != money.IDR(7) {
		t.Errorf("summary %+v", s.Sum)
	}
}

func TestStanding_StagesAreComputed(t *testing.T) {
	f := bookedFacts(review.StepApproved, review.PartyNobody)
	f.Briefs = []campaign.Brief{{SharedAt: monday, AcceptedAt: monday}}
	s := StandingOf(f, monday)
	want := map[string]string{"brief": "done", "shortlist": "done", "picks": "done", "drafting": "done", "posted": "now", "report": "next"}
	for _, st := range s.Stages {
		if st.State != want[st.Key] {
			t.Errorf("stage %s is %s, want %s", st.Key, st.State, want[st.Key])
		}
	}
	if s.Current().Key != "posted" {
		t.Errorf("the campaign is in %s", s.Current().Key)
	}
}

func TestClientRoom_SaysWhatWaitsAndNothingElse(t *testing.T) {
	f := bookedFacts(review.StepDecide, review.PartyClient)
	f.Briefs = []campaign.Brief{{SharedAt: monday.Add(-day)}}
	room := ClientRoomOf(f, monday)
	var keys []string
	for _, task := range room.Tasks {
		keys = append(keys, task.Key)
	}
	if len(keys) != 2 || keys[0] != "draft" || keys[1] != "brief" || room.Tasks[0].Path != "/drafts/d" {
		t.Errorf("tasks %v, paths %+v", keys, room.Tasks)
	}
	if room.Talents[0].State != "with-you" {
		t.Errorf("state %s", room.Talents[0].State)
	}
}

func TestTalentRoom_ShowsTheTalentsOwnTasks(t *testing.T) {
	f := bookedFacts(review.StepRevise, review.PartyTalent)
	if room := TalentRoomOf(f, "t", 0, monday); len(room.Tasks) != 1 || room.Tasks[0].Key != "revise" || !room.Booked {
		t.Errorf("room %+v", room)
	}
	if room := TalentRoomOf(f, "other", 0, monday); len(room.Tasks)+len(room.Done) != 0 {
		t.Errorf("another talent sees %+v", room)
	}
}
