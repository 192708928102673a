package locale

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// DefaultLang and DefaultZone speak where nobody has said otherwise: the agency's own.
const (
	DefaultLang = "id"
	DefaultZone = "Asia/Jakarta"
)

// Loc is one reader: a language and a zone. It is read-only and shared; get one from For.
type Loc struct {
	Lang string
	Zone *time.Location

	messages map[string]entry
	fallback map[string]entry // English for Filipino, else nil
	style    *style
}

type locKey struct{ lang, zone string }

var locs sync.Map // locKey -> *Loc, only for languages and zones that exist

// For gives the reader's Loc, one per language and zone. A language or zone that does
// not exist is the default one: settings are checked where they are saved.
func For(lang, zone string) *Loc {
	if l, ok := locs.Load(locKey{lang, zone}); ok {
		return l.(*Loc)
	}
	if !Known(lang) {
		return For(DefaultLang, zone)
	}
	loc, err := worktime.Zone(zone)
	if err != nil {
		return For(lang, DefaultZone)
	}
	l := &Loc{Lang: lang, Zone: loc, messages: catalogue(lang), style: styles[lang]}
	if lang == "fil" {
		l.fallback = catalogue("en")
	}
	kept, _ := locs.LoadOrStore(locKey{lang, zone}, l)
	return kept.(*Loc)
}

// Known says whether lang is a language of the interface.
func Known(lang string) bool {
	_, ok := styles[lang]
	return ok
}

type ctxKey struct{}

// With puts the reader into ctx.
func With(ctx context.Context, l *Loc) context.Context { return context.WithValue(ctx, ctxKey{}, l) }

// From takes the reader out of ctx; without one it is the default reader.
func From(ctx context.Context) *Loc {
	if l, ok := ctx.Value(ctxKey{}).(*Loc); ok {
		return l
	}
	return For(DefaultLang, DefaultZone)
}

// T is the text of key for the reader in ctx; args alternate name and value.
func T(ctx context.Context, key string, args ...any) string { return From(ctx).T(key, args...) }

// Has says whether the reader's own language has the key: Filipino answers false
// where it would speak English.
func (l *Loc) Has(key string) bool {
	_, ok := l.messages[key]
	return ok
}

// T is the text of key; args alternate name and value. A count named n picks
// "key.one" or "key.other". Whole numbers, amounts, dates and texts are written as the
// language writes them. A missing key is returned itself; a missing argument shows as {name}.
func (l *Loc) T(key string, args ...any) string {
	m, ok := l.find(key, args)
	if !ok {
		return key
	}
	if len(m.names) == 0 {
		return m.text
	}
	var b strings.Builder
	b.Grow(len(m.text) + 16*len(m.names))
	for i, name := range m.names {
		b.WriteString(m.pieces[i])
		b.WriteString(l.argument(name, args))
	}
	b.WriteString(m.pieces[len(m.names)])
	return b.String()
}

// find gives the key's text, in the form that the argument n asks for. Indonesian has
// one form and so needs only "other"; English one is 1 exactly.
func (l *Loc) find(key string, args []any) (*message, bool) {
	e, ok := l.messages[key]
	if !ok {
		if e, ok = l.fallback[key]; !ok {
			return nil, false
		}
	}
	if e.one != nil {
		if n, ok := count(args); ok && n == 1 {
			return e.one, true
		}
	}
	return &e.message, true
}

// count finds the argument n.
func count(args []any) (int64, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "n" {
			return integer(args[i+1])
		}
	}
	return 0, false
}

func integer(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case uint32:
		return int64(n), true
	}
	return 0, false
}

func (l *Loc) argument(name string, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return l.value(args[i+1])
		}
	}
	return "{" + name + "}"
}

// value writes one argument as the language does.
func (l *Loc) value(v any) string {
	if n, ok := integer(v); ok {
		return l.Int(n)
	}
	switch x := v.(type) {
	case string:
		return x
	case money.Amount:
		return l.Money(x)
	case worktime.Date:
		return l.Date(x)
	case time.Time:
		return l.DateTime(x, l.Zone.String())
	case bool:
		return strconv.FormatBool(x)
	case fmt.Stringer:
		return x.String()
	}
	return fmt.Sprint(v)
}

// Fault is what the reader is told about err. An error that is no fault, and a fault
// without a text, are told as an internal one: causes are for the log.
func (l *Loc) Fault(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return l.T("fault.internal")
	}
	return l.Code(f.Code, f.Args...)
}

// Code is the text of a fault's code, as for one form field.
func (l *Loc) Code(code string, args ...any) string {
	key := "fault." + code
	if _, ok := l.find(key, args); !ok {
		return l.T("fault.internal")
	}
	return l.T(key, args...)
}
