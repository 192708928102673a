package report

import (
	"reflect"
	"testing"
	"time"

	"kolega/internal/casting"
	"kolega/internal/result"
	"kolega/internal/review"
)

// A standing that is kept must be the one that would be computed now: walked by ten
// minutes, it never changes inside the span it is said to hold.
func TestStanding_HoldsAsLongAsItSays(t *testing.T) {
	posted := bookedFacts(review.StepApproved, review.PartyNobody)
	posted.Posts = []result.Post{post(monday.Add(-6 * day))}
	upload := bookedFacts(review.StepUpload, review.PartyTalent)
	upload.Drafts[0].Latest = review.Version{}
	upload.Drafts[0].Deliverable.DraftDue = due(monday.Add(day))
	missed := bookedFacts(review.StepApproved, review.PartyNobody)
	missed.Posts = []result.Post{post(monday.Add(-8 * day))}
	missed.Insights = []result.Insight{insight(true)}
	missed.Verdicts = []result.VerdictVersion{{BookingID: "b", Number: 1, State: result.Missed, At: monday}}
	offered := bookedFacts(review.StepUpload, review.PartyTalent)
	offered.Bookings, offered.Drafts = nil, nil
	offered.Offers = []casting.Offer{{ID: "o", SlotID: "s", SentAt: monday, ExpiresAt: monday.Add(day), Dates: []casting.Date{{Due: due(monday.Add(3 * day))}}}}
	countered := offered
	countered.Offers = []casting.Offer{offered.Offers[0]}
	countered.Offers[0].CounteredAt = monday
	picking := offered
	picking.Offers = nil
	picking.Candidates = []casting.Candidate{{ID: "ca", SlotID: "s", AddedAt: monday.Add(-day), ShownAt: monday.Add(-day)}}
	picking.Sheet.Deadline = due(monday.Add(2 * day))
	for name, f := range map[string]Facts{
		"a shown draft": bookedFacts(review.StepDecide, review.PartyClient), "a draft to come": upload, "an approved one": bookedFacts(review.StepApproved, review.PartyNobody),
		"a post": posted, "a missed guarantee": missed, "an offer": offered, "a counter": countered, "a list with the client": picking,
	} {
		t.Run(name, func(t *testing.T) {
			at := monday
			was := StandingOf(f, at)
			while, changes := spanOf(f, was, at), 0
			for now := at; now.Before(monday.Add(14 * day)); now = now.Add(10 * time.Minute) {
				is := StandingOf(f, now)
				same := reflect.DeepEqual(is, was)
				if while.holds(now) && !same {
					t.Fatalf("changed at %s, said to hold from %s until %s", now, while.from, while.until)
				}
				if !same {
					changes++
				}
				if !while.holds(now) {
					was, while = is, spanOf(f, is, now)
				}
				if end := now.Add(heldFor); while.until.After(end) {
					t.Fatalf("held until %s, at %s", while.until, now)
				}
			}
			if changes == 0 {
				t.Error("nothing changed in two weeks: the test shows nothing")
			}
		})
	}
}
