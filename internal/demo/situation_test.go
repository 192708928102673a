package demo_test

import (
	"slices"
	"testing"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/audit"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/payout"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// moves are the boards' words that each campaign must show.
var moves = map[string][]string{
	"wardah":    {"first", "second", "decide", "draft-late", "price", "revise", "to-post", "measured"},
	"grab":      {"offered", "counter", "at-risk", "revise", "upload"},
	"executive": {"measured"},
	"xonce":     {"to-share"},
	"disney":    {"picking"},
	"focallure": {"guarantee-missed", "insight-verify", "insight-missing", "measured"},
}

// inspect looks for every situation that the demo promises.
func inspect(t *testing.T, h *app.Hall, cast *demo.Cast, boss access.Actor) {
	t.Helper()
	for script, want := range moves {
		b, err := h.Boards.Board(t.Context(), boss, cast.IDs[script])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range b.Lines {
			got = append(got, l.Move.Key)
			for _, m := range l.Moves {
				got = append(got, m.Key)
			}
		}
		for _, key := range want {
			if !slices.Contains(got, key) {
				t.Errorf("%s: nobody is at %q: %v", script, key, got)
			}
		}
	}
	err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		inspectBeginning(t, tx, cast)
		inspectBookings(t, tx, cast)
		inspectMoney(t, tx, cast)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(cast.OnePerRole()); n != len(access.StaffRoles) {
		t.Errorf("sign-ins for %d roles of %d", n, len(access.StaffRoles))
	}
	for _, l := range cast.Shown() {
		open := h.Access.OpenLink
		if l.Party == demo.DeckReader {
			open = h.Pitch.OpenShare
		}
		if _, err := open(t.Context(), l.Token); err != nil {
			t.Errorf("link of %s: %v", l.Name, err)
		}
	}
}

// load fails the test on an error, so that the looks below stay short.
func load[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func inspectBeginning(t *testing.T, tx *db.Tx, cast *demo.Cast) {
	t.Helper()
	briefs := load[[]campaign.Brief](t)(campaign.ListBriefs(t.Context(), tx, cast.IDs["xonce"]))
	if b := briefs[len(briefs)-1]; b.SharedAt.IsZero() || b.Accepted() {
		t.Error("no brief waits for its client")
	}
	shown := 0
	for _, c := range load[[]casting.Candidate](t)(casting.ListCandidates(t.Context(), tx, cast.IDs["disney"])) {
		if c.Shown() {
			shown++
		}
	}
	if shown != 31 {
		t.Errorf("%d candidates are shown, want 31", shown)
	}
	sheet := load[casting.Sheet](t)(casting.LoadSheet(t.Context(), tx, cast.IDs["disney"]))
	if !sheet.SentAt.IsZero() {
		t.Error("the picks were sent")
	}
	inspectDesk(t, tx, cast)
	done := load[campaign.Campaign](t)(campaign.LoadCampaign(t.Context(), tx, cast.IDs["executive"]))
	sent := load[[]report.Sent](t)(report.ListSent(t.Context(), tx, done.ID))
	if done.Open() || len(sent) != 1 {
		t.Errorf("closed %v with %d reports", !done.Open(), len(sent))
	}
}

// inspectDesk looks for what waits inside the agency: a list at the specialist
// with an open question, a trainee's act at the supervisor.
func inspectDesk(t *testing.T, tx *db.Tx, cast *demo.Cast) {
	t.Helper()
	hands := load[[]casting.Handover](t)(casting.ListHandovers(t.Context(), tx, cast.IDs["xonce"]))
	if len(hands) != 1 || !hands[0].ReadyAt.IsZero() {
		t.Fatalf("hand-overs under way: %+v", hands)
	}
	asked := load[[]casting.HandoverQuestion](t)(casting.ListHandoverQuestions(t.Context(), tx, hands[0].ID))
	if casting.OpenQuestions(asked) != 1 || len(asked) != 2 {
		t.Errorf("questions of the specialist: %+v", asked)
	}
	asks := load[[]casting.Ask](t)(casting.ListAsks(t.Context(), tx, ""))
	if len(asks) != 1 || !asks[0].For(casting.ForTrainee) {
		t.Errorf("acts that wait for a supervisor: %+v", asks)
	}
	log := load[[]casting.Incident](t)(casting.ListIncidents(t.Context(), tx, cast.IDs["grab"]))
	if len(log) != 1 || log[0].Open() || log[0].Told == "" {
		t.Errorf("incidents: %+v", log)
	}
}

func inspectBookings(t *testing.T, tx *db.Tx, cast *demo.Cast) {
	t.Helper()
	dropped, reserve := 0, 0
	for _, b := range load[[]casting.Booking](t)(casting.ListBookings(t.Context(), tx, cast.IDs["grab"])) {
		if !b.Active() {
			dropped++
		} else if b.Reserve > 0 {
			reserve++
		}
	}
	if dropped != 1 || reserve != 1 {
		t.Errorf("%d dropped, %d taken over by a reserve", dropped, reserve)
	}
	open := 0
	for _, c := range load[[]review.ChangeRequest](t)(review.ListChanges(t.Context(), tx, cast.IDs["wardah"])) {
		if c.Open() && c.PricedAt.IsZero() {
			open++
		}
	}
	if open != 1 {
		t.Errorf("%d change requests wait for a price", open)
	}
	for script, want := range map[string]result.State{"wardah": result.Met, "focallure": result.Missed} {
		g := load[result.Guarantee](t)(result.LoadGuarantee(t.Context(), tx, cast.IDs[script]))
		if !slices.ContainsFunc(g.Verdicts, func(v result.Verdict) bool { return v.State == want }) {
			t.Errorf("%s: no guarantee is %s", script, want)
		}
	}
}

func inspectMoney(t *testing.T, tx *db.Tx, cast *demo.Cast) {
	t.Helper()
	zone, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	today := worktime.DateOf(tx.Now(), zone)
	states := map[payout.State]int{}
	for _, p := range load[[]payout.Payout](t)(payout.ListPayouts(t.Context(), tx, payout.Filter{CampaignID: cast.IDs["focallure"]})) {
		if p.Fee.Currency == "PHP" {
			states[p.State(tx.Now(), today)]++
		}
	}
	for _, want := range []payout.State{payout.Arrived, payout.Sent, payout.Prepared, payout.Held} {
		if states[want] == 0 {
			t.Errorf("no payout abroad is %s: %v", want, states)
		}
	}
	overdue := load[[]billing.Open](t)(billing.OpenInvoices(t.Context(), tx, "", cast.IDs["grab"]))
	if len(overdue) != 1 || !overdue[0].Invoice.DueOn.Before(today) {
		t.Errorf("overdue: %+v", overdue)
	}
	partly := load[[]billing.Open](t)(billing.OpenInvoices(t.Context(), tx, "", cast.IDs["wardah"]))
	if len(partly) != 1 || partly[0].Received.IsZero() || partly[0].Balance.IsZero() {
		t.Errorf("partly paid: %+v", partly)
	}
}

// sound holds the house's own invariants against what was played.
func sound(t *testing.T, h *app.Hall) {
	t.Helper()
	err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		breaks, _, err := audit.Verify(t.Context(), tx)
		if err != nil || len(breaks) > 0 {
			t.Errorf("trail: %v %v", breaks, err)
		}
		for name, check := range map[string]func() ([]ledger.Problem, error){
			"ledger":  func() ([]ledger.Problem, error) { return ledger.Check(t.Context(), tx) },
			"billing": func() ([]ledger.Problem, error) { return billing.Check(t.Context(), tx) },
			"payout":  func() ([]ledger.Problem, error) { return payout.Check(t.Context(), tx) },
		} {
			if found, err := check(); err != nil || len(found) > 0 {
				t.Errorf("%s: %v %v", name, found, err)
			}
		}
		if frozen, err := review.CheckFrozen(t.Context(), tx); err != nil || len(frozen) > 0 {
			t.Errorf("frozen drafts: %v %v", frozen, err)
		}
		if damaged, err := report.Check(t.Context(), tx); err != nil || len(damaged) > 0 {
			t.Errorf("reports: %v %v", damaged, err)
		}
		if stuck, err := job.Parked(t.Context(), tx); err != nil || len(stuck) > 0 {
			t.Errorf("jobs: %v %v", stuck, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
