package payout_test

import (
	"fmt"
	"hash/fnv"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/connect/payouts"
	"kolega/internal/db"
	"kolega/internal/payout"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

// leaseOver is when a turn is over, whatever became of its sender.
const leaseOver = 3 * time.Minute

// atOnce is how many payouts share a house of the simulation.
const atOnce = 100

// TestSimulation pays many payouts through stand-ins that misbehave at random,
// while senders die before and after their calls, callbacks are lost, doubled,
// shuffled and forged, and people settle what cannot be found out. None is paid
// twice, none is lost, none is stuck unseen. KOLEGA_SIMULATE says how many.
func TestSimulation(t *testing.T) {
	n := atOnce
	if s := os.Getenv("KOLEGA_SIMULATE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	var sum tally
	began := time.Now()
	for seed := int64(1); sum.payouts < n; seed++ {
		if !t.Run(fmt.Sprint("seed-", seed), func(t *testing.T) { sum.add(simulate(t, seed)) }) {
			t.Fatalf("seed %d: %+v", seed, sum)
		}
		if seed%20 == 0 {
			t.Logf("%v: %+v", time.Since(began).Round(time.Second), sum)
		}
	}
	t.Logf("in %v: %+v", time.Since(began).Round(time.Second), sum)
	if sum.crashes < sum.payouts/20 || sum.again == 0 || sum.decided == 0 {
		t.Errorf("too little went wrong to prove much: %+v", sum)
	}
}

// tally is what a simulation saw.
type tally struct {
	payouts, arrived, ended, decided, again, crashes, callbacks int
	twice, lost, unseen                                         int
}

func (s *tally) add(x tally) {
	s.payouts, s.arrived, s.ended, s.decided, s.again = s.payouts+x.payouts, s.arrived+x.arrived, s.ended+x.ended, s.decided+x.decided, s.again+x.again
	s.crashes, s.callbacks, s.twice, s.lost, s.unseen = s.crashes+x.crashes, s.callbacks+x.callbacks, s.twice+x.twice, s.lost+x.lost, s.unseen+x.unseen
}

// dies is a way to the stand-in on which the sender sometimes dies: before the call
// or after it. The job's panic stands for the death of the program.
type dies struct {
	next http.RoundTripper
	sim  *sim
}

func (d dies) RoundTrip(r *http.Request) (*http.Response, error) {
	die := d.sim.chance(100)
	if die < 4 {
		d.sim.died()
		panic("died before the call")
	}
	w, err := d.next.RoundTrip(r)
	if die < 8 {
		d.sim.died()
		panic("died after the call")
	}
	return w, err
}

// sim is one house of the simulation.
type sim struct {
	*till
	bank *sandbox.Bank
	mu   sync.Mutex
	rand *rand.Rand
	calm bool // nothing dies any more
	tally
}

func (s *sim) chance(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calm {
		return n
	}
	return s.rand.Intn(n)
}

func (s *sim) died() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.crashes++
}

// fate gives each key a behaviour of its own, two thirds of them bad.
func fate(seed int64) func(key string) sandbox.Behaviour {
	return func(key string) sandbox.Behaviour {
		h := fnv.New64a()
		fmt.Fprint(h, seed, strings.ReplaceAll(key, "-", ""))
		n := h.Sum64()
		if n%3 == 0 {
			return sandbox.Honest
		}
		all := sandbox.Behaviours()
		return all[n/3%uint64(len(all))]
	}
}

func simulate(t *testing.T, seed int64) tally {
	d := testkit.SQLite(t)
	s := &sim{till: newTill(t, d), rand: rand.New(rand.NewSource(seed))}
	s.bank = sandbox.New(d.Now)
	s.bank.Fate = fate(seed)
	way := payouts.Way{Sandbox: "http://sandbox", Now: d.Now, Transport: map[string]http.RoundTripper{
		payout.KindFlip: dies{stripped{s.bank.Transport(sandbox.Flip)}, s}, payout.KindXendit: dies{stripped{s.bank.Transport(sandbox.Xendit)}, s}}}
	s.s.Connect(&payout.Providers{Box: secret.New([32]byte{9}), Open: way.Open, Sandbox: true})
	s.must(d.Loosely(ctx, func() error { s.play(); return nil }))
	return s.tally
}

func (s *sim) play() {
	for _, in := range []payout.EditProvider{{Kind: payout.KindFlip}, {Kind: payout.KindXendit, Currency: "PHP"}} {
		in.Mode, in.Secret, in.Token, in.Active = payout.ModeSandbox, sandbox.Secret+string(in.Currency), sandbox.Token, true
		_, err := s.s.SaveProvider(ctx, s.dina, in)
		s.must(err)
	}
	s.earn()
	s.payouts = atOnce
	s.hand()
	s.day()
	s.judge(false)
	s.people()
	s.calm = true
	s.day()
	for range 12 {
		s.step(24 * time.Hour)
	}
	s.judge(true)
	s.sound()
}

// earn makes the payouts: half to a bank at home, half to a wallet in Manila.
func (s *sim) earn() {
	home, err := s.talents.Create(ctx, s.made, talent.NewTalent{Talent: talent.Talent{Name: "Sari Dewi", Kind: talent.KindCreator, Country: "ID", Zone: "Asia/Jakarta", Currency: "IDR", TaxKind: talent.TaxIndividual, Status: talent.StatusFree}})
	s.must(err)
	sari := access.Actor{Who: audit.Who{Kind: "talent", ID: home.ID, Name: home.Name}, Role: access.Talent, TalentID: home.ID}
	for _, r := range []struct {
		who access.Actor
		in  talent.SetRoute
	}{{s.bea, talent.SetRoute{TalentID: s.bea.TalentID, Method: talent.RouteAbroad, Bank: "BPI", BankCountry: "PH", Number: "9876501234", AccountName: "Bea Santillan", Currency: "PHP"}},
		{sari, talent.SetRoute{TalentID: home.ID, Method: talent.RouteBank, Bank: "BCA", BankCountry: "ID", Number: "0012345678", AccountName: "Sari Dewi", Currency: "IDR"}}} {
		_, err := s.talents.SetRoute(ctx, r.who, r.in)
		s.must(err)
	}
	s.book(1_000_00)
	var ids []string
	s.write(func(tx *db.Tx) {
		for i := range atOnce {
			row := map[string]any{"id": tx.NewID(), "booking_id": "bo", "cause_id": fmt.Sprint("c", i), "talent_id": s.bea.TalentID, "campaign_id": "camp", "number": 1, "count": 1, "milestone": "posted", "share_bp": 10_000,
				"fee_minor": 1_000_00, "currency": "PHP", "gross_up": false, "days": 7, "tax_id": false, "tax_earlier": 0, "tax_gross": 0, "tax_base": 0, "tax_minor": 0, "net_minor": 0, "made_at": 1, "version": 1}
			if i%2 == 0 {
				row["talent_id"], row["currency"], row["fee_minor"] = home.ID, "IDR", 100_000+i
			}
			put(s, tx, "payout", texts(row, "earned_how reason due_on tax_kind tax_rule tax_month tax_proof"))
			ids = append(ids, row["id"].(string))
		}
	})
	for _, id := range ids {
		s.must(s.s.Waive(ctx, s.made, id, "simulated"))
	}
}

// mine are the simulated payouts as they stand.
func (s *sim) mine() (out []payout.Line) {
	list, err := s.s.Payouts(ctx, s.dina, payout.Filter{Limit: 1000})
	s.must(err)
	for _, l := range list {
		if l.CauseID != "" {
			out = append(out, l)
		}
	}
	return out
}

// hand prepares, releases and hands over whatever is due or came back.
func (s *sim) hand() (n int) {
	var ids []string
	for _, l := range s.mine() {
		if l.State == payout.Due || l.State == payout.Returned {
			ids = append(ids, l.ID)
		}
	}
	if len(ids) == 0 {
		return 0
	}
	b, err := s.s.Prepare(ctx, s.dina, payout.PrepareRequest{IDs: ids})
	s.must(err)
	_, err = s.s.Release(ctx, s.joko, b.Batch.ID, nil)
	s.must(err)
	flip, err := s.s.Dispatch(ctx, s.dina, b.Batch.ID, "flip")
	s.must(err)
	if flip == 0 {
		s.Errorf("nothing went to the first provider")
	}
	return len(ids)
}

// day lets a little more than a day pass.
func (s *sim) day() {
	for _, d := range []time.Duration{0, 11 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 3 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute} {
		s.step(d)
	}
	for range 25 {
		s.step(time.Hour)
	}
}

// step moves the clock, brings callbacks as a bad network would, and lets two
// workers do what is due.
func (s *sim) step(d time.Duration) {
	testkit.ClockOf(s.d).Advance(d)
	calls := s.bank.Calls()
	s.rand.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	for _, c := range calls {
		for range []int{0, 1, 1, 1, 2}[s.rand.Intn(5)] {
			s.callbacks++
			s.must(s.s.Callback(ctx, c.Account, payout.Callback{Body: c.Body, Token: c.Token}))
		}
		if s.s.Callback(ctx, c.Account, payout.Callback{Body: []byte(strings.Replace(string(c.Body), sandbox.Token, "forged", 1)), Token: "forged"}) == nil {
			s.Error("a forged callback was taken")
		}
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := s.runner.Drain(ctx); err != nil {
				s.Error(err)
			}
		})
	}
	both.Wait()
}

// judge compares what the house believes with what the bank did.
func (s *sim) judge(last bool) {
	made := s.bank.Counts(26)
	called := s.called()
	s.arrived, s.ended = 0, 0
	for _, l := range s.mine() {
		c := made[l.ID]
		if c.Landed+c.OnWay > 1 {
			s.twice++
			s.Errorf("paid twice: %s %+v", l.ID, c)
		}
		switch l.State {
		case payout.Arrived:
			s.arrived++
			if last && c.Landed != 1 {
				s.lost++
				s.Errorf("believed arrived: %s %+v %+v %s", l.ID, c, l.Attempts, s.orders(l))
			}
		case payout.Returned:
			s.ended++
			if c.Landed+c.OnWay > 0 {
				s.lost++
				s.Errorf("believed back: %s %+v %+v", l.ID, c, l.Attempts)
			}
		case payout.Unclear:
			if !called[l.ID] {
				s.unseen++
				s.Errorf("stuck unseen: %s", l.ID)
			}
		default:
			s.unseen++
			s.Errorf("a day later it is %s: %s %+v", l.State, l.ID, l.Attempts)
		}
	}
}

// orders are what the house knows of the orders of a payout's last attempt.
func (s *sim) orders(l payout.Line) (out string) {
	a, _ := l.Last()
	s.must(s.d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT state || ' ' || ref || ' ' || reason || ' sends ' || CAST(sends AS TEXT) || ' asks ' || CAST(asks AS TEXT) || ' done ' || CAST(done_at AS TEXT) || ' next ' || COALESCE(CAST(next_at AS TEXT), '-')
			FROM payout_order WHERE attempt_id = $1`, a.ID).Scan(&out)
	}))
	return out
}

// called are the payouts about which people were called.
func (s *sim) called() map[string]bool {
	out := map[string]bool{}
	s.must(s.d.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `SELECT args FROM job WHERE kind = 'payout.went-unclear'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var args string
			if err := rows.Scan(&args); err != nil {
				return err
			}
			_, rest, _ := strings.Cut(args, `"PayoutID":"`)
			out[rest[:26]] = true
		}
		return rows.Err()
	}))
	return out
}

// people settle by the bank's statement what could not be found out, and pay again
// what came back or never left.
func (s *sim) people() {
	testkit.ClockOf(s.d).Advance(leaseOver) // of a sender that died in its last turn
	made, refs := s.bank.Counts(26), s.bank.Refs(26)
	for _, l := range s.mine() {
		a, ok := l.Last()
		if !ok || l.State != payout.Unclear {
			continue
		}
		c := made[l.ID]
		v, ref := payout.Rejected, ""
		switch {
		case c.OnWay > 0:
			continue // on its way: the provider will say
		case c.Landed > 0:
			v, ref = payout.Landed, refs[l.ID]
		case c.Back > 0:
			v, ref = payout.Fell, refs[l.ID]
		case !a.Parts[0].SentAt.IsZero():
			continue
		}
		if ref != "" && a.ID[25]%4 == 0 {
			ref = "mistyped-" + ref
		}
		if err := s.s.Decide(ctx, s.joko, a.ID, 1, v, ref, "read on the statement"); err != nil {
			s.Errorf("decide %s %s: %v", l.ID, v, err)
		}
		s.decided++
	}
	s.again += s.hand()
}
