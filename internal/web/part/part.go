// Package part is what generated views run on: a piece of a page writes itself into
// the page's buffer.
//
// templ writes the same thirty lines into every piece and asks after an error behind
// every text; tools/slim takes both out of what it generated and calls this room
// instead. A buffer keeps its first error and gives it when it is flushed, so nothing
// is lost but code: a third of the views' size and a part of their time.
//
// It imports templ and nothing of Kolega.
package part

import (
	"context"
	"fmt"
	"io"

	"github.com/a-h/templ"
	templruntime "github.com/a-h/templ/runtime"
)

// Buffer is what a page is written into. It keeps its first error.
type Buffer = templruntime.Buffer

// Context and Component spare generated files two imports.
type (
	Context   = context.Context
	Component = templ.Component
)

// Of is a piece of a page.
type Of func(ctx Context, b *Buffer) error

// Render writes the piece, into the page's buffer where it is inside one.
func (f Of) Render(ctx context.Context, w io.Writer) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	b, inside := templruntime.GetBuffer(w)
	if !inside {
		defer func() {
			if flushed := templruntime.ReleaseBuffer(b); err == nil {
				err = flushed
			}
		}()
	}
	return f(templ.InitializeContext(ctx), b)
}

// Children gives what stands inside the element of this piece, and a context in which the
// pieces below have nothing inside.
func Children(ctx Context) (Component, Context) {
	inside := templ.GetChildren(ctx)
	if inside == nil {
		inside = templ.NopComponent
	}
	return inside, templ.ClearChildren(ctx)
}

// Write writes markup. The buffer keeps an error.
func Write(b *Buffer, markup string) { _, _ = b.WriteString(markup) }

// Text writes a value as text.
func Text[T ~string | ~bool | ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64](b *Buffer, value T) {
	if s, ok := any(value).(string); ok {
		escape(b, s)
		return
	}
	escape(b, fmt.Sprint(value))
}

// URL writes an address, harmless unless the program says that it is safe.
func URL[T ~string](b *Buffer, address T) {
	if s, ok := any(address).(templ.SafeURL); ok {
		escape(b, string(s))
		return
	}
	escape(b, string(templ.URL(string(address))))
}

func escape(b *Buffer, s string) { _, _ = b.WriteString(templ.EscapeString(s)) }
