package report

import (
	"strings"
	"testing"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

var committed = time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC) // 9.00 in Jakarta

func somePiece() pieceFacts {
	jakarta := time.FixedZone("WIB", 7*3600)
	office := worktime.Office(jakarta, nil)
	f := pieceFacts{hours: hours{office, office, office}, booking: casting.Booking{CommittedAt: committed}}
	f.deliverable = review.Deliverable{ID: "d", WindowHours: 16, DraftDue: worktime.Deadline{At: office.AddWorking(committed, 16*time.Hour)}, PostDue: worktime.Deadline{At: office.AddWorking(committed, 40*time.Hour)}}
	return f
}

func (f *pieceFacts) version(id string, uploaded time.Duration) time.Time {
	at := f.hours.talent.AddWorking(committed, uploaded)
	f.versions = append(f.versions, review.Version{ID: id, UploadedAt: at, ShownAt: f.hours.agency.AddWorking(at, 8*time.Hour)})
	return f.versions[len(f.versions)-1].ShownAt
}

func ledgerOf(t *testing.T, f pieceFacts, now time.Time) map[campaign.DelayParty]int64 {
	t.Helper()
	d, err := campaign.DelayOf(planOf(f), now)
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, s := range d.Shifts {
		sum += s.Minutes
	}
	if sum != d.Minutes {
		t.Fatalf("shares of %d in a shift of %d", sum, d.Minutes)
	}
	return d.ByParty()
}

func TestDelay_AsPlannedNobodyHasAShare(t *testing.T) {
	f := somePiece()
	shown := f.version("v1", 16*time.Hour)
	f.approval = review.Approval{VersionID: "v1", At: f.hours.client.AddWorking(shown, 8*time.Hour)}
	f.post = result.Post{PostedAt: f.deliverable.PostDue.At}
	if got := ledgerOf(t, f, f.deliverable.PostDue.At.Add(time.Hour)); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestDelay_AClientWhoLetsADraftLieMovesThePost(t *testing.T) {
	f := somePiece()
	shown := f.version("v1", 16*time.Hour)
	f.approval = review.Approval{VersionID: "v1", At: f.hours.client.AddWorking(shown, 30*time.Hour)}
	f.post = result.Post{PostedAt: f.approval.At}
	got := ledgerOf(t, f, f.post.PostedAt.Add(time.Hour))
	if got[campaign.DelayClient] <= 0 || got[campaign.DelayTalent] != 0 || got[campaign.DelayAgency] != 0 {
		t.Errorf("%v", got)
	}
}

func TestDelay_ARoundIsHisWhoCausedIt(t *testing.T) {
	for name, c := range map[string]struct {
		counted bool
		class   review.Class
		want    campaign.DelayParty
	}{
		"wishes are the client's":                             {true, review.Wish, campaign.DelayClient},
		"a point that was not passed on is ours":              {false, review.Slip, campaign.DelayAgency},
		"a draft that breaks the brief is the talent's":       {false, review.Fault, campaign.DelayTalent},
		"what is not ruled yet stays with who asked, for now": {true, review.Unruled, campaign.DelayClient},
	} {
		f := somePiece()
		shown := f.version("v1", 16*time.Hour)
		sent := f.hours.client.AddWorking(shown, 12*time.Hour)
		f.rounds = []review.Round{{ID: "r", VersionID: "v1", Origin: review.FromClient, SentAt: sent, Counted: c.counted}}
		if c.class != review.Unruled {
			f.rounds[0].RuledAt = sent
		}
		f.items = []review.Item{{RoundID: "r", Class: c.class}}
		got := ledgerOf(t, f, sent.Add(time.Minute))
		if got[c.want] <= 0 {
			t.Errorf("%s: %v", name, got)
		}
		for p, minutes := range got {
			if p != c.want && minutes > 0 {
				t.Errorf("%s: %s has %d minutes", name, p, minutes)
			}
		}
	}
}

func TestDelay_ADraftThatOurKeysReturnIsTheTalents(t *testing.T) {
	f := somePiece()
	f.version("v1", 16*time.Hour)
	v := &f.versions[0]
	v.ReturnedAt, v.ShownAt = v.ShownAt, time.Time{}
	f.version("v2", 60*time.Hour)
	got := ledgerOf(t, f, f.versions[1].UploadedAt.Add(time.Minute))
	if got[campaign.DelayTalent] <= 0 || got[campaign.DelayClient] != 0 {
		t.Errorf("%v", got)
	}
}

func TestDelay_EachReaderIsToldInTheOwnWords(t *testing.T) {
	f := somePiece()
	shown := f.version("v1", 20*time.Hour)
	f.approval = review.Approval{VersionID: "v1", At: f.hours.client.AddWorking(shown, 30*time.Hour)}
	f.post = result.Post{PostedAt: f.hours.talent.AddWorking(f.approval.At, 2*time.Hour)}
	steps := planOf(f)
	d, err := campaign.DelayOf(steps, f.post.PostedAt.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	line := DelayLine{Steps: steps, Delay: d}
	l := locale.For("en", "Asia/Jakarta")
	staff, brand, own := line.Sentence(l, ReaderStaff), line.Sentence(l, ReaderClient), line.OwnShare(l)
	if !strings.Contains(staff, "client's review") || !strings.Contains(brand, "your review") || strings.Contains(brand, "client's") {
		t.Errorf("staff read %q, the client %q", staff, brand)
	}
	if !strings.Contains(own, "your post") || strings.Contains(own, "review") || strings.Contains(own, "check") {
		t.Errorf("the talent reads %q: the own share only", own)
	}
	if got := clientDate(line, locale.For("id", "Asia/Manila")); !strings.Contains(got.Why, "peninjauan Anda") || got.Minutes != d.Minutes {
		t.Errorf("the client's page says %+v", got)
	}
}

func TestCause_OnlyTheClientsOwnLatenessOfMoreThan48WorkingHours(t *testing.T) {
	for hours, contested := range map[time.Duration]bool{16: false, 63: false, 65: true, 80: true} {
		f := somePiece()
		f.deliverable.BookingID = "b"
		shown := f.version("v1", 16*time.Hour) // the window is 16 working hours
		f.approval = review.Approval{VersionID: "v1", At: f.hours.client.AddWorking(shown, hours*time.Hour)}
		steps := planOf(f)
		d, err := campaign.DelayOf(steps, f.approval.At.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		lines := []DelayLine{{Deliverable: f.deliverable, Steps: steps, Delay: d}}
		if _, late := clientLatest(lines, "b"); (late > contestAfter) != contested {
			t.Errorf("%d working hours on a draft: %d minutes late", hours, late)
		}
		if _, late := clientLatest(lines, "other"); late != 0 {
			t.Errorf("another booking is late by %d", late)
		}
		if _, late := clientLatest(lines, ""); (late > contestAfter) != contested {
			t.Errorf("over the whole campaign %d minutes", late)
		}
	}
}
