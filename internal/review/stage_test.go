package review

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/blob/partial"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// stage is one campaign with one committed booking of one reel: what this room's
// use cases need around them.
type stage struct {
	*testing.T
	db     *db.DB
	s      *Service
	clock  *testkit.Clock
	runner *job.Runner
	reel   Deliverable

	specialist, ae, senior, trainee, finance access.Actor
	dewi, budi, stranger                     access.Actor // decider, reviewer, another client
	maya, other                              access.Actor // the talent, another talent
}

func staff(id, name string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: name, Via: "web"}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func contact(id, name, clientID string) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "client", ID: id, Name: name, Via: "link:1"}, Role: access.Client, Lang: "id",
		CampaignID: "camp", ClientID: clientID, ContactID: id, LinkID: "l-" + id}
}

func talentActor(id, name string) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "talent", ID: id, Name: name, Via: "link:2"}, Role: access.Talent, Lang: "id", CampaignID: "camp", TalentID: id, LinkID: "l-" + id}
}

// put inserts a row; every column that is not named gets the given zero.
func put(t testing.TB, tx *db.Tx, table string, row map[string]any) {
	t.Helper()
	var cols, marks []string
	var args []any
	for c := range row {
		cols = append(cols, c)
	}
	slices.Sort(cols)
	for i, c := range cols {
		marks = append(marks, fmt.Sprintf("$%d", i+1))
		args = append(args, row[c])
	}
	_, err := tx.Exec(context.Background(), "INSERT INTO "+table+" ("+strings.Join(cols, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...)
	if err != nil {
		panic(err) // inside a change a test cannot be ended, only its change
	}
}

// with fills a row with empty texts and then with what is given.
func with(row map[string]any, empty ...string) map[string]any {
	for _, c := range empty {
		row[c] = ""
	}
	return row
}

func each2(t *testing.T, test func(st *stage)) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) { test(newStage(t, d)) })
}

func newStage(t *testing.T, d *db.DB) *stage {
	t.Helper()
	blobs, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	spool, err := partial.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	st := &stage{T: t, db: d, s: New(d, blobs, spool), clock: testkit.ClockOf(d),
		specialist: staff("p-spec", "Bagas", access.Specialist), ae: staff("p-ae", "Rani", access.AE), senior: staff("p-sen", "Sari", access.SeniorAE),
		trainee: staff("p-tra", "Tio", access.Trainee), finance: staff("p-fin", "Fitri", access.Finance),
		dewi: contact("k-dewi", "Dewi", "cl"), budi: contact("k-budi", "Budi", "cl"), stranger: contact("k-x", "Xena", "cl2"),
		maya: talentActor("tal", "Maya"), other: talentActor("tal2", "Nina")}
	st.furnish()
	reg := job.NewRegistry()
	Register(reg, st.s)
	st.runner = job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
	st.write(func(tx *db.Tx) {
		if err := job.Enqueue(context.Background(), tx, casting.Committed{BookingID: "book"}); err != nil {
			t.Fatal(err)
		}
	})
	st.drain()
	st.read(func(tx *db.Tx) error {
		list, err := ListDeliverables(context.Background(), tx, "camp")
		if err == nil && len(list) != 1 {
			t.Fatalf("%d deliverables", len(list))
		}
		st.reel = list[0]
		return err
	})
	return st
}

func (st *stage) furnish() {
	due := db.At(testkit.Start.Add(72 * time.Hour))
	for _, p := range []access.Actor{st.specialist, st.ae, st.senior, st.trainee} {
		testkit.Put(st, st.db, "person", with(map[string]any{"id": p.ID, "email": p.ID, "name": p.Name, "role": string(p.Role), "made_at": 1, "failed_tries": 0, "version": 1}, "lang", "zone", "theme", "password", "totp"))
	}
	for _, id := range []string{"cl", "cl2"} {
		testkit.Put(st, st.db, "client", with(map[string]any{"id": id, "name": id, "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "po_required": false,
			"withholds_pph23": false, "payment_days": 14, "made_at": 1, "version": 1, "fold": id}, "legal_name", "address", "tax_id", "note"))
	}
	testkit.Put(st, st.db, "brand", map[string]any{"id": "br", "client_id": "cl", "name": "Wardah", "category": "beauty", "rivals": "[]", "version": 1, "fold": "wardah"})
	for _, k := range []access.Actor{st.dewi, st.budi} {
		testkit.Put(st, st.db, "contact", with(map[string]any{"id": k.ID, "client_id": "cl", "name": k.Name, "lang": "id", "zone": "Asia/Jakarta", "version": 1, "fold": k.ID}, "title", "email", "phone"))
	}
	testkit.Put(st, st.db, "campaign", with(map[string]any{"id": "camp", "client_id": "cl", "brand_id": "br", "name": "Two Way Cake", "market": "ID", "playbook": "exclusive-launch",
		"currency": "IDR", "start_on": "2026-11-02", "end_on": "2026-12-12", "ae_id": "p-ae", "specialist_id": "p-spec", "decider_id": "k-dewi", "objective": "{}",
		"er_formula": "reach", "er_actions": "[]", "started_at": 1, "terms": `{"RevisionLimit":2,"ReviewHours":16}`, "version": 1}, "fold"))
	st.write(func(tx *db.Tx) {
		st.brief(tx, 1, `[{"ID":"logo","Number":1,"Kind":"must","Text":"Show the logo"},{"ID":"rival","Number":2,"Kind":"must_not","Text":"No other brand"}]`)
	})
	testkit.Put(st, st.db, "talent", with(map[string]any{"id": "tal", "name": "Maya", "name_key": "maya", "kind": "creator", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "languages": "[]",
		"currency": "IDR", "tax_kind": "individual", "has_tax_id": true, "status": "active", "tags": "[]", "categories": "[]", "made_at": 1, "changed_at": 1, "seq": 1, "version": 1},
		"city", "status_reason", "born_on", "guardian_name", "guardian_phone", "manager_name", "manager_phone", "phone", "email", "bio", "note"))
	testkit.Put(st, st.db, "slot", map[string]any{"id": "slot", "campaign_id": "camp", "number": 1, "deliverables": "[]", "conditions": "{}"})
	testkit.Put(st, st.db, "talent_account", map[string]any{"id": "acc", "talent_id": "tal", "platform": "instagram", "handle": "maya", "account_key": "maya"})
	testkit.Put(st, st.db, "candidate", with(map[string]any{"id": "cand", "campaign_id": "camp", "client_id": "cl", "slot_id": "slot", "talent_id": "tal", "cost_minor": 1, "cost_currency": "IDR",
		"home_minor": 1, "home_currency": "IDR", "price_minor": 2, "price_currency": "IDR", "rank": 1, "added_at": 1, "account_id": "acc", "version": 1}, "rate", "rate_source", "why", "note", "replaces_id", "added_by", "gone"))
	testkit.Put(st, st.db, "offer", with(map[string]any{"id": "off", "campaign_id": "camp", "client_id": "cl", "slot_id": "slot", "candidate_id": "cand", "talent_id": "tal", "fee_minor": 1, "fee_currency": "IDR",
		"home_minor": 1, "home_currency": "IDR", "price_minor": 1, "price_currency": "IDR", "asked_minor": 0, "pieces": "[]", "rights": "{}", "dates": "[]", "reserve": 0, "sent_at": 1, "expires_at": 2,
		"ineligible": false, "account_id": "acc", "version": 1}, "asked_currency", "note", "talent_note", "sent_by", "booking_id"))
	testkit.Put(st, st.db, "booking", with(map[string]any{"id": "book", "campaign_id": "camp", "client_id": "cl", "slot_id": "slot", "offer_id": "off", "candidate_id": "cand", "talent_id": "tal",
		"fee_minor": 5_000_000, "fee_currency": "IDR", "home_minor": 5_000_000, "home_currency": "IDR", "price_minor": 8_000_000, "price_currency": "IDR",
		"pieces": `[{"Platform":"instagram","Format":"reel","Count":1}]`, "rights": "{}", "draft_due_at": due, "draft_due_zone": "Asia/Jakarta", "post_due_at": due, "post_due_zone": "Asia/Jakarta",
		"reserve": 0, "committed_at": 1, "account_id": "acc", "version": 1}, "draft_due_text", "turn_due_zone", "turn_due_text", "post_due_text", "post_on", "drop_kind", "drop_reason"))
}

// brief puts an accepted version of the brief, acknowledged by the talent.
func (st *stage) brief(tx *db.Tx, n int64, points string) {
	put(st, tx, "brief", with(map[string]any{"campaign_id": "camp", "number": n, "lang": "en", "points": points, "questions": "[]", "created_at": 1, "shared_at": 1, "accepted_at": 1, "version": 1},
		"reason", "created_by", "shared_by", "accepted_by", "accepted_by_id", "accepted_via"))
	if n == 1 {
		st.acknowledge(tx, n)
	}
}

// acknowledge ticks every binding point of a version for the talent.
func (st *stage) acknowledge(tx *db.Tx, n int64) {
	b := must(campaign.LoadBrief(context.Background(), tx, "camp", n))
	for _, p := range b.Points {
		if p.Binding() {
			_, err := tx.Exec(context.Background(), `INSERT INTO acknowledgement (campaign_id, talent_id, point_id, number, lang, hash, at, via)
				VALUES ('camp', 'tal', $1, $2, 'en', $3, 1, '') ON CONFLICT DO NOTHING`, p.ID, n, p.Hash("en", "en"))
			if err != nil {
				panic(err)
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (st *stage) write(fn func(tx *db.Tx)) {
	st.Helper()
	if err := st.db.Write(context.Background(), func(tx *db.Tx) error { fn(tx); return nil }); err != nil {
		st.Fatal(err)
	}
}

func (st *stage) read(fn func(tx *db.Tx) error) {
	st.Helper()
	if err := st.db.Read(context.Background(), fn); err != nil {
		st.Fatal(err)
	}
}

func (st *stage) drain() {
	st.Helper()
	if err := st.runner.Drain(context.Background()); err != nil {
		st.Fatal(err)
	}
	st.read(func(tx *db.Tx) error {
		var n int64
		var why string
		err := tx.QueryRow(context.Background(), `SELECT COUNT(*), COALESCE(MAX(reason), '') FROM job WHERE reason <> ''`).Scan(&n, &why)
		if err == nil && n > 0 {
			st.Fatalf("a job failed: %s", why)
		}
		return err
	})
}

var ctx = context.Background()

// film is a small file that is an MP4 by its first bytes; n makes its content differ.
func take(n int) []byte {
	head := []byte{0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 0, 0, 0, 0, 'm', 'p', '4', '2', 'i', 's', 'o', 'm'}
	return append(head, []byte(fmt.Sprintf("frames of take %d", n))...)
}

// upload sends take n as the talent.
func (st *stage) upload(n int) Version {
	st.Helper()
	in, err := st.s.KeepFile(ctx, st.maya, st.reel.ID, fmt.Sprintf("take%d.mp4", n), bytes.NewReader(take(n)))
	if err != nil {
		st.Fatal(err)
	}
	v, err := st.s.UploadDraft(ctx, st.maya, UploadDraft{DeliverableID: st.reel.ID, UploadID: in.ID, Caption: "Halo", Hashtags: "#wardah"})
	if err != nil {
		st.Fatal(err)
	}
	st.clock.Advance(time.Minute)
	return v
}

// show turns both keys of v and shows it.
func (st *stage) show(v Version) Version {
	st.Helper()
	for _, k := range []struct {
		by  access.Actor
		key Key
	}{{st.specialist, KeySpecialist}, {st.ae, KeyAE}} {
		if _, err := st.s.CheckDraft(ctx, k.by, CheckDraft{VersionID: v.ID, Key: k.key, Answers: st.answers(v), Show: true}); err != nil {
			st.Fatal(err)
		}
		st.clock.Advance(time.Minute)
	}
	return st.version(v.ID)
}

// answers meets every binding point of the version's brief.
func (st *stage) answers(v Version) (out []PointAnswer) {
	st.read(func(tx *db.Tx) error {
		points, err := pointsAt(ctx, tx, "camp", v.BriefVersion, "")
		for _, p := range points {
			out = append(out, PointAnswer{PointID: p.ID, Answer: IsMet, Where: "0:03"})
		}
		return err
	})
	return out
}

func (st *stage) version(id string) (v Version) {
	st.Helper()
	st.read(func(tx *db.Tx) (err error) { v, err = LoadVersion(ctx, tx, id); return err })
	return v
}

func (st *stage) standing() (s Standing) {
	st.Helper()
	st.read(func(tx *db.Tx) (err error) { s, err = LoadStanding(ctx, tx, st.reel.ID); return err })
	return s
}

// round asks for changes to v, rules them by the letters and sends the round on.
func (st *stage) round(v Version, classes string) (Round, Parting) {
	st.Helper()
	req := RequestRound{VersionID: v.ID}
	for _, c := range classes {
		req.Items = append(req.Items, NewItem{Text: "please change: " + string(c), AtMS: 3000, UntilMS: -1})
	}
	r, err := st.s.RequestRound(ctx, st.dewi, req)
	if err != nil {
		st.Fatal(err)
	}
	var items []Item
	st.read(func(tx *db.Tx) (err error) { items, err = ListRoundItems(ctx, tx, r.ID); return err })
	var rulings []ItemRuling
	for n, c := range classes {
		x := ItemRuling{ItemID: items[n].ID, Class: Class(string(c))}
		if c == 'F' {
			x.PointID = "logo"
		}
		rulings = append(rulings, x)
	}
	if err := st.s.RuleRound(ctx, st.ae, r.ID, rulings); err != nil {
		st.Fatal(err)
	}
	st.clock.Advance(time.Minute)
	p, err := st.s.SendRoundOn(ctx, st.ae, r.ID)
	if err != nil {
		st.Fatal(err)
	}
	st.clock.Advance(time.Minute)
	return r, p
}

// openChange gives the open change request of the reel.
func (st *stage) openChange() ChangeRequest {
	st.Helper()
	c := st.standing().Change
	if c.ID == "" {
		st.Fatal("no open change request")
	}
	return c
}

func (st *stage) offer() Offer {
	due := func(h int) worktime.Deadline {
		return worktime.Deadline{At: st.clock.Now().Add(time.Duration(h) * time.Hour), Zone: "Asia/Jakarta", Entered: "x"}
	}
	return Offer{Price: money.IDR(2_000_000), Fee: money.IDR(1_000_000), DraftDue: due(48), PostDue: due(96), Note: "new scene"}
}

// stepUp passes a code for the actor's link.
func (st *stage) stepUp(a access.Actor) {
	st.Helper()
	var code string
	st.write(func(tx *db.Tx) { code = must(access.AskStepUp(ctx, tx, a, StepUpChange, "dewi@example.com")) })
	if err := access.New(st.db, nil).AnswerStepUp(ctx, a, StepUpChange, code); err != nil {
		st.Fatal(err)
	}
}
