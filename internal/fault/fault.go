package fault

import (
	"errors"
	"sort"
	"strings"
)

// Kind says what sort of answer a fault deserves. The set is closed.
type Kind uint8

// The kinds, from the reader's own mistake to ours.
const (
	Internal        Kind = iota // a defect or an unknown error: logged, never explained outside
	Invalid                     // the input cannot be accepted as it is
	NotFound                    // absent, or not yours: the same answer
	Conflict                    // the state has moved on, or the same thing was done already
	Forbidden                   // a right of staff is missing
	Unauthenticated             // nobody is signed in
	TooMany                     // slow down
	Unavailable                 // an outside service or the machine cannot serve now
)

var kindNames = [...]string{"internal", "invalid", "not-found", "conflict", "forbidden", "unauthenticated", "too-many", "unavailable"}

// String returns the kind in lower case with hyphens.
func (k Kind) String() string { return kindNames[k] }

// Error is a fault: what went wrong in a form that can be answered in any language.
type Error struct {
	Kind   Kind
	Code   string            // dotted and stable; the catalogue key is "fault." + Code
	Args   []any             // alternating name and value for the text
	Fields map[string]string // form field -> code of its own text
	Err    error             // the cause, for the log only
}

// New makes a fault. Used for sentinels beside a rule and for one-off answers.
func New(kind Kind, code string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Args: args}
}

// Field makes an Invalid fault that points at one form field.
func Field(field, code string, args ...any) *Error {
	return &Error{Kind: Invalid, Code: code, Args: args, Fields: map[string]string{field: code}}
}

// With returns a copy of a sentinel with values for its text.
// errors.Is still finds the sentinel, because faults compare by code.
func (e *Error) With(args ...any) *Error {
	c := *e
	c.Args = append(append([]any{}, e.Args...), args...)
	return &c
}

// At returns a copy that points at a form field as well.
func (e *Error) At(field string) *Error {
	c := *e
	c.Fields = map[string]string{field: e.Code}
	for f, code := range e.Fields {
		c.Fields[f] = code
	}
	return &c
}

// Wrap returns a copy that keeps the cause for the log.
func (e *Error) Wrap(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// Error is the log's text: the code, the fields in order and the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	names := make([]string, 0, len(e.Fields))
	for f := range e.Fields {
		names = append(names, f)
	}
	sort.Strings(names)
	for _, f := range names {
		b.WriteString(" " + f + "=" + e.Fields[f])
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes two faults equal when their codes are.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// As finds the first fault in err's chain.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// KindOf gives the kind of the first fault in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	if f, ok := As(err); ok {
		return f.Kind
	}
	return Internal
}

// CodeOf gives the code of the first fault in err's chain, "internal" if there is none.
func CodeOf(err error) string {
	if f, ok := As(err); ok {
		return f.Code
	}
	return "internal"
}

// Fields collects what is wrong with a form, one code a field.
type Fields map[string]string

// Err is nil when nothing was collected, else an Invalid fault "form.invalid".
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "form.invalid", Fields: f}
}
