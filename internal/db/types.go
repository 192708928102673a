package db

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// Time is an instant in a row: whole microseconds since 1970 UTC, NULL when zero.
type Time struct{ time.Time }

// At makes a Time for a query's argument.
func At(t time.Time) Time { return Time{t} }

// Value gives the microseconds, or NULL for the zero time.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMicro(), nil
}

// Scan reads microseconds or NULL.
func (t *Time) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		t.Time = time.Time{}
	case int64:
		t.Time = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("instant: cannot read %T", v)
	}
	return nil
}

// JSON keeps a document as text that SQL never looks into.
type JSON[T any] struct{ V T }

// Value gives the document as JSON text.
func (j JSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

// Scan reads JSON text; NULL and "" leave the zero value.
func (j *JSON[T]) Scan(v any) error {
	var zero T
	j.V = zero
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return json.Unmarshal([]byte(v), &j.V)
	case []byte:
		return json.Unmarshal(v, &j.V)
	}
	return fmt.Errorf("document: cannot read %T", v)
}

const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID makes an id of 26 characters: 10 of the millisecond, 16 of chance.
// Ids made later sort later; those of one millisecond in no order.
func NewID(now time.Time) string {
	var chance [16]byte
	if _, err := rand.Read(chance[:]); err != nil {
		panic(err) // the system has no randomness: nothing may be named
	}
	var id [26]byte
	ms := uint64(now.UnixMilli())
	for i := 9; i >= 0; i-- {
		id[i] = idAlphabet[ms&31]
		ms >>= 5
	}
	for i, b := range chance {
		id[10+i] = idAlphabet[b&31]
	}
	return string(id[:])
}
