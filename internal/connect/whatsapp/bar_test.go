package whatsapp_test

import (
	"fmt"
	"hash/fnv"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/sandbox"
	"kolega/internal/testkit"
)

// dies is a way to WhatsApp on which the sender sometimes dies: before the call or after
// it. The job's panic stands for the death of the program: nothing of what came after the
// last commit is kept.
type dies struct {
	next  http.RoundTripper
	mu    sync.Mutex
	rand  *rand.Rand
	kills int
	on    bool
}

func (d *dies) RoundTrip(r *http.Request) (*http.Response, error) {
	d.mu.Lock()
	n := d.rand.Intn(100)
	if !d.on {
		n = 99
	}
	if n < 6 {
		d.kills++
	}
	d.mu.Unlock()
	if n < 3 {
		panic("killed before the call")
	}
	w, err := d.next.RoundTrip(r)
	if n < 6 {
		panic("killed after the call")
	}
	return w, err
}

// TestBar_ManyMessagesNoneLostNoneTwiceNoneAstray sends many messages while WhatsApp
// misbehaves, senders die and callbacks are lost, doubled and shuffled: each is with its
// own receiver or openly with a person, and none of them goes twice but for the one
// that a kill may cost. KOLEGA_MESSAGES says how many.
func TestBar_ManyMessagesNoneLostNoneTwiceNoneAstray(t *testing.T) {
	n := 150
	if s := os.Getenv("KOLEGA_MESSAGES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	d := testkit.SQLite(t)
	way := &dies{rand: rand.New(rand.NewSource(7))}
	s := newScene(t, d, func(rt http.RoundTripper) http.RoundTripper { way.next = rt; return way })
	s.approve("next")
	way.on = true
	s.cloud.Fate = fate
	to := map[string]string{}
	for i := range n {
		phone := fmt.Sprintf("+62811%07d", i)
		if i%4 != 0 {
			s.cloud.Write(phone, "", "Orang "+strconv.Itoa(i), "halo") // the others go as templates
		}
		l := letter(fmt.Sprintf("bar-%d", i), phone)
		l.Text = fmt.Sprintf("Untuk %s", phone)
		to[s.send(l)] = phone[1:]
		if i%50 == 49 {
			s.shuffled(way)
		}
	}
	decided := s.carryAll(way, n)
	s.judge(t, to, way.kills, decided)
	t.Logf("%d messages in %v: %d kills, %d decided by a person, %d taken by WhatsApp", n, time.Since(began).Round(time.Second), way.kills, decided, len(s.cloud.Got()))
	if way.kills < n/50 {
		t.Errorf("only %d kills: the test proves little", way.kills)
	}
}

// fate gives a tenth of the messages a trouble of their own.
func fate(outID string) sandbox.Trouble {
	h := fnv.New32a()
	_, _ = h.Write([]byte(outID))
	all := []sandbox.Trouble{sandbox.TooFast, sandbox.PairTooFast, sandbox.LostAnswer, sandbox.LostBefore, sandbox.Disturbed, sandbox.Unreadable, sandbox.TwiceEach, sandbox.LateAndTurned, sandbox.ReadAtOnce, sandbox.WindowLate, sandbox.NoSuchNumber}
	if n := h.Sum32() % 40; int(n) < len(all) {
		return all[n]
	}
	return sandbox.Good
}

// judge compares what WhatsApp took with what the house says of each message.
func (s scene) judge(t *testing.T, to map[string]string, kills, decided int) {
	t.Helper()
	took := map[string]int{}
	for _, g := range s.cloud.Got() {
		if want, ours := to[g.OutID]; ours {
			took[g.OutID]++
			if g.To != want || g.Text != "" && g.Text != "Untuk +"+want {
				t.Errorf("%s went to %s with %q", want, g.To, g.Text)
			}
		}
	}
	states, twice := map[message.OutState]int{}, 0
	for id := range to {
		o := s.out(id)
		states[o.State]++
		most := 1
		if fate(id) == sandbox.WindowLate {
			most = 2 // the free text failed at the receiver, the template did not
		}
		twice += max(0, took[id]-most)
		switch o.State {
		case message.Sent, message.Delivered, message.Read, message.Accepted:
			if took[id] == 0 {
				t.Errorf("lost: %s is %s and WhatsApp never had it", o.Place, o.State)
			}
		case message.Failed:
			if o.Reason != "no-whatsapp" {
				t.Errorf("failed: %s, %s %s after %d tries", o.Place, o.Reason, o.Detail, o.Tries)
			}
		default:
			t.Errorf("stuck: %s is %s (%s)", o.Place, o.State, o.Reason)
		}
	}
	t.Logf("states %v, twice %d", states, twice)
	if twice > kills+decided {
		t.Errorf("%d went twice at %d kills", twice, kills)
	}
}

// carryAll goes on until nothing is under way: by seconds while messages wait, by minutes
// while only words about them are missing. A person decides what stays unclear.
func (s scene) carryAll(way *dies, n int) (decided int) {
	s.t.Helper()
	for round := range 50 * (n/50 + 40) {
		s.shuffled(way)
		states := s.states()
		switch {
		case states[message.Queued] > 0:
			s.clock.Advance(10 * time.Second)
			continue
		case states[message.Sending] > 0 || round%20 != 0:
			s.clock.Advance(7 * time.Minute)
			s.cloud.Write("+628119999999", "", "Lain", "ya")
			s.send(letter(fmt.Sprint("pulse-", round), "+628119999999"))
			continue
		case states[message.Unclear] == 0:
			return decided
		}
		decided += s.settleUnclear()
	}
	return decided
}

func (s scene) states() (out map[message.OutState]int64) {
	s.t.Helper()
	if err := s.d.Read(s.ctx, func(tx *db.Tx) (err error) { out, err = message.CountStates(s.ctx, tx); return err }); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// settleUnclear lets a person decide what nobody can know: each goes again.
func (s scene) settleUnclear() (n int) {
	s.t.Helper()
	in, err := s.Inbox(s.ctx, ae, message.Pick{Limit: 1})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, o := range in.Unclear {
		if err := s.SendAgain(s.ctx, ae, o.ID); err != nil {
			s.t.Fatal(err)
		}
		n++
	}
	return n
}

// shuffled carries out what is due, and brings the callbacks late, twice and in any
// order; some never come.
func (s scene) shuffled(way *dies) {
	s.t.Helper()
	if err := s.runner.Drain(s.ctx); err != nil {
		s.t.Fatal(err)
	}
	calls := s.cloud.Calls()
	way.rand.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	for i, c := range calls {
		if i%97 == 0 {
			continue // lost
		}
		for range 1 + i%11/10 {
			if err := s.Callback(s.ctx, c.Body, c.Signature); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	if err := s.runner.Drain(s.ctx); err != nil {
		s.t.Fatal(err)
	}
}
