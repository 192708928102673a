package db

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
)

// Row is at most one row; Scan reads it and closes it.
type Row struct {
	std   *sql.Row // on PostgreSQL
	lite  *liteStmt
	found bool
	err   error
}

// Scan copies the columns into places as database/sql does. It gives sql.ErrNoRows
// when there is no row, and the fault of the statement itself.
func (r *Row) Scan(into ...any) error {
	switch {
	case r.err != nil:
		return r.err
	case r.std != nil:
		return r.std.Scan(into...)
	}
	defer r.lite.reset()
	if !r.found {
		return sql.ErrNoRows
	}
	return r.lite.scan(into)
}

// scan copies the present row into places.
func (s *liteStmt) scan(into []any) error {
	if len(into) != len(s.columns) {
		return fmt.Errorf("scan: %d columns into %d places", len(s.columns), len(into))
	}
	for i, place := range into {
		if err := s.copyTo(i, place); err != nil {
			return fmt.Errorf("scan column %s: %w", s.columns[i], err)
		}
	}
	return nil
}

func (s *liteStmt) copyTo(i int, place any) error {
	v := s.value(i)
	switch p := place.(type) {
	case sql.Scanner:
		return p.Scan(v)
	case *string:
		if text, ok := v.(string); ok {
			*p = text
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*p = n
			return nil
		}
	case *bool:
		if n, ok := v.(int64); ok {
			*p = n != 0
			return nil
		}
	case *any:
		*p = v
		return nil
	}
	return assign(v, place)
}

// assign is for places of other kinds, such as named texts, and for values of a kind
// other than the place's.
func assign(v driver.Value, place any) error {
	to := reflect.ValueOf(place)
	if to.Kind() != reflect.Pointer || to.IsNil() {
		return fmt.Errorf("%T is no place", place)
	}
	to = to.Elem()
	if to.Kind() == reflect.Pointer {
		if v == nil {
			to.SetZero()
			return nil
		}
		to.Set(reflect.New(to.Type().Elem()))
		return assign(v, to.Interface())
	}
	text, isText := v.(string)
	if b, ok := v.([]byte); ok {
		text, isText = string(b), true
	}
	n, isNumber := v.(int64)
	f, isFloat := v.(float64)
	switch kind := to.Kind(); {
	case v == nil && kind == reflect.Slice:
		to.SetZero()
	case kind == reflect.String && isText:
		to.SetString(text)
	case kind == reflect.String && isNumber:
		to.SetString(strconv.FormatInt(n, 10))
	case kind == reflect.Slice && to.Type().Elem().Kind() == reflect.Uint8 && isText:
		to.SetBytes([]byte(text))
	case to.CanInt() && isNumber && !to.OverflowInt(n):
		to.SetInt(n)
	case to.CanUint() && isNumber && n >= 0 && !to.OverflowUint(uint64(n)):
		to.SetUint(uint64(n))
	case to.CanFloat() && isFloat:
		to.SetFloat(f)
	case to.CanFloat() && isNumber:
		to.SetFloat(float64(n))
	case kind == reflect.Bool && isNumber:
		to.SetBool(n != 0)
	default:
		return fmt.Errorf("cannot put %T into %T", v, place)
	}
	return nil
}
