package sandbox

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// Call is a callback that is to be made: to the door of an account, with the raw
// body that the provider would send.
type Call struct {
	Provider Provider
	Account  string // "flip", "xendit-PHP"
	Type     string
	Body     []byte
	Token    string // for the header of a provider that puts it there
}

// Token is what the stand-ins prove their callbacks with.
const Token = "sandbox-callback-token"

// Secret is the key that the demo opens the stand-ins with; the currency of an
// account is part of it.
const Secret = "sandbox-secret-key-"

// callback words what became of a transfer. Flip writes ids and amounts as text.
func (b *Bank) callback(t *transfer) Call {
	if t.provider == Flip {
		d := disbursementDoc(t)
		if t.rate != "" {
			d = remittanceDoc(t)
		}
		d["id"], d["amount"] = fmt.Sprint(d["id"]), fmt.Sprint(d["amount"])
		if t.rate == "" {
			delete(d, "idempotency_key")
			delete(d, "beneficiary_email")
		}
		return flipCall(d)
	}
	event := map[status]string{pending: "payout.requested", done: "payout.succeeded", failed: "payout.failed", returned: "payout.reversed"}[t.now]
	return xenditCall(t, event, payoutDoc(t))
}

func flipCall(d map[string]any) Call {
	body, err := json.Marshal(d)
	if err != nil {
		return Call{}
	}
	return Call{Provider: Flip, Account: "flip", Type: "application/x-www-form-urlencoded", Body: []byte(url.Values{"data": {string(body)}, "token": {Token}}.Encode())}
}

func xenditCall(t *transfer, event string, d map[string]any) Call {
	body, err := json.Marshal(map[string]any{"event": event, "business_id": "5f27a14a9bf05c73dd040bc8", "created": d["updated"], "data": d})
	if err != nil {
		return Call{}
	}
	return Call{Provider: Xendit, Account: "xendit-" + t.order.currency, Type: "application/json", Body: body, Token: Token}
}

// lie makes a callback of an id that nobody ordered, or of another amount.
func (b *Bank) lie(t *transfer, how Behaviour) {
	false_ := *t
	false_.now = done
	if how == CallbackUnknown {
		false_.id, false_.key = b.newID(t.provider)[:len(t.id)-3]+"999", "nobody-ordered-this"
	} else {
		false_.order.amount, false_.order.account = "77777", "0000000000"
	}
	b.due = append(b.due, b.callback(&false_))
}

// Calls gives the callbacks that are to be made now, and forgets them.
func (b *Bank) Calls() []Call {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tick()
	out := b.due
	b.due = nil
	return out
}
