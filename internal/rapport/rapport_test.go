package rapport_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/rapport"
	"kolega/internal/task"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

func staff(id string, r access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: "Rani Kusuma"}, Role: r, Lang: "id", Zone: "Asia/Jakarta"}
}

var ae, boss = staff("ae", access.SeniorAE), staff("ma", access.Manager)

// scene is an agency with one past client, on the Monday of testkit.Start.
type scene struct {
	*rapport.Service
	t   *testing.T
	d   *db.DB
	ctx context.Context
}

const party = "Hari Apresiasi Klien"

func newScene(t *testing.T, d *db.DB) scene {
	t.Helper()
	testkit.Booked(t, d, "{}")
	s := scene{rapport.New(d), t, d, context.Background()}
	s.exec(`UPDATE contact SET phone = '+628120000001', email = 'sari@melati.example' WHERE id = 'co'`)
	s.exec(`UPDATE campaign SET closed_at = $1`, testkit.Start.Add(-24*time.Hour).UnixMicro())
	s.holiday("h1", "2026-11-25", party)
	return s
}

func (s scene) exec(sql string, args ...any) {
	s.t.Helper()
	if err := s.d.Write(s.ctx, func(tx *db.Tx) error { _, err := tx.Exec(s.ctx, sql, args...); return err }); err != nil {
		s.t.Fatal(err)
	}
}

func (s scene) holiday(id, day, name string) {
	testkit.Put(s.t, s.d, "holiday", map[string]any{"id": id, "country": "ID", "on_day": day, "name_id": name, "name_en": "Client Day", "kind": "greeting_only"})
}

func (s scene) choose(contact string, names ...string) {
	s.t.Helper()
	var list []string
	for _, n := range names {
		list = append(list, "ID/"+n)
	}
	if err := s.Choose(s.ctx, ae, contact, list); err != nil {
		s.t.Fatal(err)
	}
}

func (s scene) prepare() rapport.Board {
	s.t.Helper()
	for range 2 { // the second changes nothing
		if err := s.Prepare(s.ctx, ae); err != nil {
			s.t.Fatal(err)
		}
	}
	b, err := s.Board(s.ctx, ae)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func (s scene) tasks() []task.View {
	s.t.Helper()
	all, err := task.New(s.d).Tasks(s.ctx, boss, task.Filter{Open: true, Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func (s scene) day(n int) { testkit.ClockOf(s.d).Set(testkit.Start.AddDate(0, 0, n)) }

func TestGreeting_TwoDaysBeforeInTheContactsLanguage(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		testkit.Put(t, d, "contact", map[string]any{"id": "c2", "client_id": "cl", "name": "Grace Tan", "phone": "+6281200003001", "lang": "en", "zone": "Asia/Jakarta"})
		s.choose("co", party)
		s.choose("c2", party)
		testkit.ClockOf(d).Set(testkit.Start.AddDate(0, 0, -1))
		if b := s.prepare(); len(b.Greetings) != 0 {
			t.Fatalf("three days before there are %d", len(b.Greetings))
		}
		s.day(0)
		b := s.prepare()
		if len(b.Greetings) != 2 || len(s.tasks()) != 1 {
			t.Fatalf("%d greetings and %d tasks, want two and one", len(b.Greetings), len(s.tasks()))
		}
		words := map[string]string{}
		for _, g := range b.Greetings {
			words[g.ContactID] = g.Text
		}
		if want := "Halo Sari, selamat merayakan " + party + " untuk"; words["co"][:len(want)] != want {
			t.Error(words["co"])
		}
		if want := "Hello Grace, best wishes for Client Day to"; words["c2"][:len(want)] != want {
			t.Error(words["c2"])
		}
	})
}

func TestGreeting_TwoExecutivesOnOneClientGetOneTask(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.exec(`INSERT INTO campaign SELECT 'cb', client_id, brand_id, 'Older', market, playbook, currency, '2026-09-01', '2026-10-01', 'sp', specialist_id, decider_id, objective, er_formula, er_actions, started_at, kicked_off_at, closed_at, terms, version, fold FROM campaign WHERE id = 'ca'`)
		s.choose("co", party)
		s.prepare()
		if got := s.tasks(); len(got) != 1 || got[0].DoerID != "ae" {
			t.Errorf("tasks %+v", got)
		}
	})
}

func TestGreeting_AMovedDateMovesTheGreeting(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.choose("co", party)
		s.prepare()
		s.exec(`UPDATE holiday SET on_day = '2026-11-27' WHERE id = 'h1'`)
		s.day(3) // the old day is over, the new one is not
		if b := s.prepare(); len(b.Greetings) != 1 || b.Greetings[0].On != worktime.Date("2026-11-27") {
			t.Errorf("%+v", b.Greetings)
		}
		s.day(5)
		if b := s.prepare(); len(b.Greetings) != 0 {
			t.Error("a greeting outlives its day")
		}
	})
}

func TestGreeting_ADateThatIsMissingIsAskedForOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.choose("co", party)
		s.exec(`DELETE FROM holiday WHERE id = 'h1'`)
		if b := s.prepare(); len(b.Greetings) != 0 {
			t.Error("a greeting without a date")
		}
		s.day(1)
		s.prepare()
		if got := s.tasks(); len(got) != 1 || got[0].DoerID != "ma" || got[0].Title != "Isi tanggal "+party+" (ID) tahun 2026" {
			t.Errorf("tasks %+v", got)
		}
	})
}

func TestGreeting_WhoGetsNone(t *testing.T) {
	for name, change := range map[string]func(s scene){
		"the contact left":       func(s scene) { s.exec(`UPDATE contact SET left_at = 1 WHERE id = 'co'`) },
		"nothing was chosen":     func(s scene) { s.choose("co") },
		"the contact wants none": func(s scene) { s.unwanted() },
		"the day is not near":    func(s scene) { s.exec(`UPDATE holiday SET on_day = '2026-12-20' WHERE id = 'h1'`) },
		"the year has one already": func(s scene) {
			s.prepare()
			b, _ := s.Board(s.ctx, ae)
			if err := s.DropGreeting(s.ctx, ae, b.Greetings[0].ID); err != nil {
				s.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.EachDB(t, func(t *testing.T, d *db.DB) {
				s := newScene(t, d)
				s.choose("co", party)
				change(s)
				if b := s.prepare(); len(b.Greetings) != 0 {
					t.Errorf("%+v", b.Greetings)
				}
			})
		})
	}
}

func (s scene) unwanted() {
	testkit.Put(s.t, s.d, "message_thread", map[string]any{"id": "th", "channel": "whatsapp", "phone": "+628120000001", "party": "client", "person_id": "co", "name": "Sari", "lang": "id", "zone": "Asia/Jakarta",
		"stopped_at": 1, "stopped_how": "word", "stop_token": "x", "version": 1})
}

func TestGreeting_AYoungComplaintAsksFirst(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.choose("co", party)
		testkit.Put(t, d, "client_issue", map[string]any{"id": "i", "client_id": "cl", "what": "Paket", "opened_at": testkit.Start.Add(-time.Hour).UnixMicro()})
		b := s.prepare()
		if len(b.Greetings) != 1 || !b.Greetings[0].Asked || len(s.tasks()) != 0 {
			t.Errorf("%+v with %d tasks", b.Greetings, len(s.tasks()))
		}
	})
	if !rapport.Young(testkit.Start, testkit.Start.Add(71*time.Hour)) || rapport.Young(testkit.Start, testkit.Start.Add(72*time.Hour)) {
		t.Error("three days are not three days")
	}
}

func TestGreeting_ABatchGoesOnceAndCanBeTakenBack(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		for i := range 40 {
			id := fmt.Sprint("k", i)
			testkit.Put(t, d, "contact", map[string]any{"id": id, "client_id": "cl", "name": "Orang " + id, "phone": fmt.Sprintf("+62812000%05d", i), "lang": "id", "zone": "Asia/Jakarta"})
			s.choose(id, party)
		}
		testkit.Put(t, d, "message_channel", map[string]any{"id": "whatsapp", "settings": "{}", "active": true, "version": 1})
		send := func() (string, error) {
			var list []rapport.Text
			b := s.prepare()
			for _, g := range b.Greetings {
				list = append(list, rapport.Text{ID: g.ID, Words: g.Text + " Salam."})
			}
			return s.SendGreetings(s.ctx, ae, list)
		}
		if _, err := s.SendGreetings(s.ctx, ae, nil); !errors.Is(err, rapport.ErrNobody) {
			t.Errorf("nothing ticked: %v", err)
		}
		batch, err := send()
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.TakeBack(s.ctx, ae, batch); err != nil || n != 40 {
			t.Fatalf("taken back %d, %v", n, err)
		}
		if _, err := send(); err != nil {
			t.Fatal(err)
		}
		states := map[message.OutState]int64{}
		if err := d.Read(s.ctx, func(tx *db.Tx) (err error) { states, err = message.CountStates(s.ctx, tx); return err }); err != nil || states[message.Queued] != 40 || states[message.Stopped] != 40 {
			t.Errorf("%v, %v", states, err)
		}
		if b := s.prepare(); len(b.Greetings) != 0 {
			t.Error("sent greetings wait again")
		}
		s.day(31)
		b := s.prepare()
		if len(b.Results) != 40 {
			t.Fatalf("asked of %d results", len(b.Results))
		}
		if err := s.Say(s.ctx, ae, "greeting", b.Results[0].ID, "meeting"); err != nil {
			t.Fatal(err)
		}
		if err := s.Say(s.ctx, ae, "greeting", b.Results[0].ID, "nothing"); !errors.Is(err, rapport.ErrGone) {
			t.Errorf("a second result: %v", err)
		}
		if err := s.Say(s.ctx, ae, "greeting", b.Results[1].ID, "love"); !errors.Is(err, rapport.ErrResult) {
			t.Errorf("another result: %v", err)
		}
	})
}

// talentThatFits puts a profile and a new talent who agreed to be shown.
func (s scene) talentThatFits() {
	testkit.Put(s.t, s.d, "brand_profile", map[string]any{"id": "bp", "brand_id": "br", "no": 1, "persona": `["mahasiswi","ibu muda","kulit sensitif"]`})
	s.exec(`UPDATE talent SET tags = '["Mahasiswi","kulit sensitif"]', made_at = $1, phone = '' WHERE id = 't1'`, testkit.Start.Add(-time.Hour).UnixMicro())
	testkit.Put(s.t, s.d, "talent_consent", map[string]any{"talent_id": "t1", "given_at": 1, "how": "WhatsApp", "version": 1})
}

func TestPrompt_ANewTalentThatFits(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.talentThatFits()
		b := s.prepare()
		if len(b.Talents) != 1 || b.Talents[0].Why != "mahasiswi, kulit sensitif" || b.Talents[0].Talent != "Bea Santillan" {
			t.Fatalf("%+v", b.Talents)
		}
		if err := s.Dismiss(s.ctx, ae, b.Talents[0].ID); err != nil {
			t.Fatal(err)
		}
		s.day(15)
		if b := s.prepare(); len(b.Talents) != 0 {
			t.Error("a dismissed prompt came back")
		}
	})
}

func TestPrompt_WhenThereIsNone(t *testing.T) {
	for name, change := range map[string]func(s scene){
		"no consent":             func(s scene) { s.exec(`DELETE FROM talent_consent`) },
		"consent withdrawn":      func(s scene) { s.exec(`UPDATE talent_consent SET withdrawn_at = 2`) },
		"too little in common":   func(s scene) { s.exec(`UPDATE talent SET tags = '["kulit sensitif","gamer"]' WHERE id = 't1'`) },
		"no campaign is over":    func(s scene) { s.exec(`UPDATE campaign SET closed_at = NULL`) },
		"the contact wants none": func(s scene) { s.unwanted() },
		"seen with a rival": func(s scene) {
			s.exec(`UPDATE brand SET rivals = '["Anggrek"]' WHERE id = 'br'`)
			testkit.Put(s.t, s.d, "talent_rival", map[string]any{"id": "rv", "talent_id": "t1", "brand": "Anggrek", "brand_key": "anggrek", "seen_on": "2026-11-20"})
		},
		"another talent a week ago": func(s scene) {
			testkit.Put(s.t, s.d, "prompt", map[string]any{"id": "p0", "kind": "talent", "client_id": "cl", "contact_id": "co", "talent_id": "t2", "doer_id": "ae", "made_at": testkit.Start.Add(-7 * 24 * time.Hour).UnixMicro(), "ended_at": 1, "outcome": "dismissed"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.EachDB(t, func(t *testing.T, d *db.DB) {
				s := newScene(t, d)
				s.talentThatFits()
				change(s)
				if b := s.prepare(); len(b.Talents) != 0 {
					t.Errorf("%+v", b.Talents)
				}
			})
		})
	}
}

func TestPrompt_TheNextConversationOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		b := s.prepare()
		if len(b.Next) != 1 || b.Next[0].Text == "" {
			t.Fatalf("%+v", b.Next)
		}
		if _, err := s.SendPrompt(s.ctx, ae, b.Next[0].ID, b.Next[0].Text); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SendPrompt(s.ctx, ae, b.Next[0].ID, "lagi"); !errors.Is(err, rapport.ErrGone) {
			t.Errorf("twice: %v", err)
		}
		if b := s.prepare(); len(b.Next) != 0 {
			t.Error("asked again")
		}
		if err := s.Prepare(s.ctx, staff("sp", access.Specialist)); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a specialist prepares: %v", err)
		}
		if err := s.Choose(s.ctx, ae, "co", []string{"ID/Hari Karangan"}); !errors.Is(err, rapport.ErrOccasion) {
			t.Errorf("an occasion that is none: %v", err)
		}
	})
}
