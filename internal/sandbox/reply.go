package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// trouble is how an answer fails to reach the caller.
type trouble int

const (
	fine   trouble = iota
	hangs          // no answer within the caller's patience
	cuts           // the connection breaks in the middle of the answer
	resets         // the connection breaks before anything is read
	lies           // the certificate is wrong: no connection
)

// reply is an answer before it travels.
type reply struct {
	status int
	body   []byte
	header map[string]string
	how    trouble
}

func text(status int, body string) reply { return reply{status: status, body: []byte(body)} }

func doc(status int, v any) reply {
	b, err := json.Marshal(v)
	if err != nil {
		return text(http.StatusInternalServerError, "{}")
	}
	return reply{status: status, body: b}
}

// ask is a request as the stand-ins see it.
type ask struct {
	method, path string
	query        url.Values
	header       http.Header
	form         url.Values
	body         []byte
}

// serve answers for one provider.
func (b *Bank) serve(p Provider, a ask) reply {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tick()
	if user := a.header.Get("Authorization"); !strings.HasPrefix(user, "Basic ") || len(user) < 10 {
		return refusal(p, http.StatusUnauthorized, "INVALID_API_KEY")
	}
	if p == Flip {
		return b.flip(a)
	}
	return b.xendit(a)
}

// refusal is an error in the provider's form.
func refusal(p Provider, status int, code string) reply {
	if p == Xendit {
		return doc(status, map[string]any{"error_code": code, "message": code, "errors": []any{}})
	}
	if status == http.StatusUnprocessableEntity {
		return doc(status, map[string]any{"code": "VALIDATION_ERROR", "errors": []any{map[string]any{"attribute": "account_number", "code": json.Number(code), "message": "refused"}}})
	}
	return doc(status, map[string]any{"name": http.StatusText(status), "message": "refused", "status": status})
}

// create is what all stand-ins do with a new order: the behaviours of accepting.
func (b *Bank) create(p Provider, key string, o order, fee int64, abroad func(*transfer), show func(*transfer) reply) reply {
	if key == "" {
		return refusal(p, http.StatusUnprocessableEntity, "1001")
	}
	how := b.pick(o.account, key, true)
	b.calls[string(p)+key]++
	if r, over := b.unaccepted(p, how, key, o, fee, abroad); over {
		return r
	}
	t, same := b.accept(p, key, o, fee, how, abroad)
	if !same || how == KeyOtherBody && b.calls[string(p)+key] > 1 {
		if p == Xendit {
			return refusal(p, http.StatusConflict, "DUPLICATE_ERROR")
		}
		return refusal(p, http.StatusUnprocessableEntity, "2002")
	}
	r := show(t)
	switch how {
	case AnswerLost, AskFails, KeyOtherBody, KeyForgotten:
		r.how = hangs
	case AnswerCut:
		r.how = cuts
	case AnswerError:
		return refusal(p, http.StatusInternalServerError, "SERVER_ERROR")
	case Garbage:
		return garbage(b.calls[string(p)+key] + len(b.all))
	}
	return r
}

// unaccepted are the behaviours that accept nothing now.
func (b *Bank) unaccepted(p Provider, how Behaviour, key string, o order, fee int64, abroad func(*transfer)) (reply, bool) {
	first := b.calls[string(p)+key] == 1
	switch how {
	case ResetBefore:
		if first {
			return reply{how: resets}, true
		}
	case WrongCertificate:
		if first {
			return reply{how: lies}, true
		}
	case Refuse:
		if p == Xendit {
			return refusal(p, http.StatusBadRequest, "RECIPIENT_ACCOUNT_NUMBER_ERROR"), true
		}
		return refusal(p, http.StatusUnprocessableEntity, "1025"), true
	case WrongSecret:
		if b.calls[string(p)+key] <= 2 {
			return refusal(p, http.StatusUnauthorized+2*(b.calls[string(p)+key]-1), "INVALID_API_KEY"), true
		}
	case TooManyCalls:
		if first {
			r := refusal(p, http.StatusTooManyRequests, "RATE_LIMIT_EXCEEDED")
			r.header = map[string]string{"Retry-After": "7"}
			return r, true
		}
	case Slow:
		if first {
			b.late = append(b.late, lateOrder{b.now().Add(time.Minute), func() { b.accept(p, key, o, fee, Honest, abroad) }})
			return reply{how: hangs}, true
		}
	case NoBalance:
		if p == Flip && b.calls[string(p)+key] <= 2 {
			return doc(http.StatusUnprocessableEntity, map[string]any{"code": "BALANCE_INSUFFICIENT", "errors": []any{}}), true
		}
	}
	return reply{}, false
}

// garbage is what no client should believe.
func garbage(n int) reply {
	switch n % 4 {
	case 0:
		return text(http.StatusOK, "<html><body><h1>Maintenance</h1></body></html>")
	case 1:
		return text(http.StatusOK, `{"id":"`+strings.Repeat("9", 2<<20)+`"}`)
	case 2:
		return text(http.StatusOK, "{\"id\":\"\xff\xfe\",\"status\":\"DONE\"}")
	}
	return text(http.StatusOK, strings.Repeat(`{"a":`, 20_000)+"1"+strings.Repeat("}", 20_000))
}
