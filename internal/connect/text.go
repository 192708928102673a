package connect

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"kolega/internal/money"
	"kolega/internal/secret"
)

// Text is a figure or an id that a service writes as a number or as text: it is
// kept as written, since ids have more digits than numbers hold.
type Text string

// UnmarshalJSON takes a string, a number or null.
func (t *Text) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case bytes.Equal(b, []byte("null")):
		*t = ""
		return nil
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = Text(strings.TrimSpace(s))
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	*t = Text(n.String())
	return nil
}

// Amount reads a decimal figure in a currency. What is no plain decimal of that
// currency, an exponent or a negative one, is an error.
func (t Text) Amount(c money.Currency) (money.Amount, error) {
	a, err := money.ParseDecimal(string(t), c)
	if err == nil && a.Sign() < 0 {
		err = money.ErrUnreadable
	}
	return a, err
}

// Count reads a whole count of at least zero; false when there is none.
func (t Text) Count() (int64, bool) {
	n, err := strconv.ParseInt(string(t), 10, 64)
	return n, err == nil && n >= 0
}

// maxID bounds an id: a megabyte of it is no id.
const maxID = 100

// ID gives a service's id, "" when it is none.
func (t Text) ID() string {
	if len(t) > maxID {
		return ""
	}
	return string(t)
}

// End is the last four characters of an account's number.
func (t Text) End() string {
	if len(t) < 4 {
		return string(t)
	}
	return string(t[len(t)-4:])
}

// ErrJSON is a body that is no JSON of the expected shape.
var ErrJSON = errors.New("no usable JSON")

// Decode reads a JSON body whole: valid UTF-8, not too deep, nothing behind it.
func Decode(body []byte, into any) error {
	if !utf8.Valid(body) || deep(body) {
		return ErrJSON
	}
	if err := json.Unmarshal(body, into); err != nil {
		return errors.Join(ErrJSON, err)
	}
	return nil
}

// deepest is how many levels a body may have.
const deepest = 32

func deep(body []byte) bool {
	level, quoted, escaped := 0, false, false
	for _, c := range body {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if level++; level > deepest {
				return true
			}
		case c == '}' || c == ']':
			level--
		}
	}
	return false
}

// Same compares a proof with a secret in constant time; an empty secret proves nothing.
func Same(given string, want secret.Hidden) bool {
	return !want.IsZero() && subtle.ConstantTimeCompare([]byte(given), []byte(want.Reveal())) == 1
}
