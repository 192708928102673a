package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Provider names a stand-in.
type Provider string

// The stand-ins.
const (
	Flip   Provider = "flip"
	Xendit Provider = "xendit"
)

// keyKept is how long a key is known.
const keyKept = 24 * time.Hour

// status of a transfer, in no provider's words.
type status int

const (
	pending status = iota
	done
	failed
	returned
)

// change is what becomes of a transfer at an instant.
type change struct {
	at     time.Time
	to     status
	reason string
}

// transfer is what a provider made of an order.
type transfer struct {
	provider Provider
	id       string
	key      string
	order    order
	fee      int64
	rate     string
	debit    int64 // rupiah, of a transfer abroad
	made     time.Time
	changed  time.Time
	now      status
	reason   string
	next     []change
	seenFrom time.Time // asked before, it is not there
	quiet    bool      // no callback
	times    int       // how often each callback comes
	how      Behaviour
}

// order is what a caller asks for, as it is compared with one of the same key.
type order struct {
	account, bank, holder, currency, amount string
}

// Bank is the books behind all stand-ins. Make one with New.
type Bank struct {
	now func() time.Time
	// Pace is how long a transfer is on its way.
	Pace time.Duration
	// Fate, when it is set, chooses the behaviour of each key instead of the account.
	Fate func(key string) Behaviour

	mu       sync.Mutex
	byKey    map[string]*transfer // provider + key, while the key is known
	byID     map[string]*transfer
	all      []*transfer
	asked    map[string]Behaviour // control: match to behaviour
	left     map[string]int       // how often a match still counts; none is for ever
	calls    map[string]int       // of a key, for behaviours that differ by call
	late     []lateOrder
	holders  map[string]string
	due      []Call
	balances map[string]int64
	abroad   map[string]bool
}

type lateOrder struct {
	at time.Time
	do func()
}

// New makes an empty bank that tells the time by now.
func New(now func() time.Time) *Bank {
	return &Bank{now: now, Pace: 5 * time.Second, byKey: map[string]*transfer{}, byID: map[string]*transfer{}, asked: map[string]Behaviour{}, left: map[string]int{}, calls: map[string]int{},
		holders: map[string]string{}, abroad: map[string]bool{"PHL": true, "SGP": true, "MYS": true},
		balances: map[string]int64{"flip": 5_000_000_000_000, "xendit-IDR": 5_000_000_000_000, "xendit-PHP": 5_000_000_000_000}}
}

// Behave makes orders misbehave whose account ends with match ("*" for all), so
// many times, 0 for ever.
func (b *Bank) Behave(match string, how Behaviour, times int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked[match] = how
	delete(b.left, match)
	if times > 0 {
		b.left[match] = times
	}
}

// Register tells under which name an account is held.
func (b *Bank) Register(account, holder string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holders[account] = holder
}

// SetBalance sets what an account of the agency holds, in minor units: "flip",
// "xendit-IDR", "xendit-PHP".
func (b *Bank) SetBalance(account string, minor int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.balances[account] = minor
}

// pick says how an order to an account under a key is treated; count uses one of the times up.
func (b *Bank) pick(account, key string, count bool) Behaviour {
	if b.Fate != nil {
		return b.Fate(key)
	}
	var matches []string
	for m := range b.asked {
		if m == "*" || strings.HasSuffix(account, m) {
			matches = append(matches, m)
		}
	}
	if len(matches) == 0 {
		return chosen(account)
	}
	longest := slices.MaxFunc(matches, func(x, y string) int { return cmp.Compare(len(x), len(y)) })
	how := b.asked[longest]
	if n, limited := b.left[longest]; limited && count {
		if b.left[longest]--; n <= 1 {
			delete(b.asked, longest)
			delete(b.left, longest)
		}
	}
	return how
}

// accept makes a transfer, or gives the one of the key; false when the key is that
// of another order.
func (b *Bank) accept(p Provider, key string, o order, fee int64, how Behaviour, abroad func(*transfer)) (*transfer, bool) {
	now := b.now()
	k := string(p) + "/" + key
	if t, ok := b.byKey[k]; ok && now.Sub(t.made) < keyKept {
		return t, t.order == o
	}
	t := &transfer{provider: p, key: key, order: o, fee: fee, made: now, changed: now, times: 1, id: b.newID(p), how: how}
	if abroad != nil {
		abroad(t)
	}
	arrives := now.Add(b.Pace)
	switch how {
	case ThreeDays:
		arrives = now.Add(72 * time.Hour)
	case CallbackFirst:
		arrives = now
	}
	t.next = []change{{arrives, done, ""}}
	switch how {
	case Cancel:
		t.next = []change{{arrives, failed, "INACTIVE_ACCOUNT"}}
	case ComesBack:
		t.next = append(t.next, change{arrives.Add(5 * 24 * time.Hour), returned, "INVALID_DESTINATION"})
	case NoBalance:
		if p == Flip {
			break // it says so at once, and takes the order once there is enough
		}
		t.next = []change{{arrives, failed, "INSUFFICIENT_BALANCE"}}
	case UnseenAtFirst:
		t.seenFrom = now.Add(10 * time.Minute)
	case AskFails:
		t.seenFrom = now.Add(30 * time.Minute)
	case KeyForgotten:
		t.seenFrom = now.Add(keyKept + time.Hour)
	case NoCallback, CallbackUnknown, CallbackDiffers:
		t.quiet = true
	case FiveCallbacks:
		t.times = 5
	}
	b.byKey[k], b.byID[string(p)+"/"+t.id] = t, t
	b.all = append(b.all, t)
	b.advance(t, now)
	if how == CallbackUnknown || how == CallbackDiffers {
		b.lie(t, how)
	}
	return t, true
}

// newID makes an id in the provider's form: 19 digits, or disb- and 24 hex digits.
func (b *Bank) newID(p Provider) string {
	n := len(b.all) + 1
	if p == Flip {
		return fmt.Sprintf("92233720%011d", n) // beyond what a 64-bit float holds exactly
	}
	return fmt.Sprintf("disb-%024x", n)
}

// advance lets what is due by now happen to a transfer.
func (b *Bank) advance(t *transfer, now time.Time) {
	for len(t.next) > 0 && !t.next[0].at.After(now) {
		t.now, t.reason, t.changed = t.next[0].to, t.next[0].reason, t.next[0].at
		t.next = t.next[1:]
		if !t.quiet {
			for range t.times {
				b.due = append(b.due, b.callback(t))
			}
		}
	}
}

// tick lets everything happen that is due: late orders and changes.
func (b *Bank) tick() {
	now := b.now()
	for len(b.late) > 0 && !b.late[0].at.After(now) {
		do := b.late[0].do
		b.late = b.late[1:]
		do()
	}
	for _, t := range b.all {
		if len(t.next) > 0 {
			b.advance(t, now)
		}
	}
}

// find gives a transfer by key or id, as one who asks now sees it.
func (b *Bank) find(p Provider, key, id string) (t *transfer, hidden bool) {
	if id != "" {
		t = b.byID[string(p)+"/"+id]
	} else if t = b.byKey[string(p)+"/"+key]; t != nil && b.now().Sub(t.made) >= keyKept {
		t = nil
	}
	if t == nil {
		return nil, false
	}
	b.advance(t, b.now())
	return t, b.now().Before(t.seenFrom)
}

// Count is what the bank really did for keys that begin with prefix.
type Count struct {
	Made    int // transfers that left
	OnWay   int
	Landed  int // arrived and still there
	Back    int // failed or returned
	Landing int64
}

// Count counts transfers by the beginning of their key: the judge of whether
// something was paid twice, or not at all.
func (b *Bank) Count(prefix string) (c Count) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tick()
	for _, t := range b.all {
		if !strings.HasPrefix(t.key, prefix) {
			continue
		}
		c.add(t)
	}
	return c
}

func (c *Count) add(t *transfer) {
	c.Made++
	switch t.now {
	case pending:
		c.OnWay++
	case done:
		c.Landed++
	default:
		c.Back++
	}
}

// shown is the id as the provider writes it: Flip's transfers abroad have one digit less.
func (t *transfer) shown() string {
	if t.provider == Flip && t.rate != "" {
		return t.id[1:]
	}
	return t.id
}

// Refs gives the ids of the transfers by the first n letters of their key, the last
// made of each, as the provider's statement shows them.
func (b *Bank) Refs(n int) map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[string]string{}
	for _, t := range b.all {
		out[t.key[:min(n, len(t.key))]] = t.shown()
	}
	return out
}

// Counts groups Count by the first n letters of the key.
func (b *Bank) Counts(n int) map[string]Count {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tick()
	out := map[string]Count{}
	for _, t := range b.all {
		k := t.key[:min(n, len(t.key))]
		c := out[k]
		c.add(t)
		out[k] = c
	}
	return out
}

// Forget drops all transfers and keys, for simulations that have judged them. Ids
// go on.
func (b *Bank) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.byKey)
	clear(b.byID)
	clear(b.calls)
	for i := range b.all {
		b.all[i] = &transfer{}
	}
	b.due, b.late = nil, nil
}
