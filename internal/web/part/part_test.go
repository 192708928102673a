package part

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

type colour string

func (c colour) String() string { return "the colour " + string(c) }

func TestOf_WritesThroughPiecesInOneBuffer(t *testing.T) {
	leaf := Of(func(ctx Context, b *Buffer) error {
		inside, ctx := Children(ctx)
		Write(b, "<b>")
		err := inside.Render(ctx, b)
		Write(b, "</b>")
		return err
	})
	page := Of(func(ctx Context, b *Buffer) error {
		Text(b, `<&"> `)
		Text(b, 7)
		Text(b, colour("red"))
		within := Of(func(ctx Context, b *Buffer) error {
			if in, _ := Children(ctx); in.Render(ctx, b) != nil { // nothing stands inside it
				t.Error("what stands inside does not end")
			}
			URL(b, "javascript:alert(1)")
			URL(b, templ.SafeURL("?a=1&b=2"))
			return leaf.Render(ctx, b)
		})
		return leaf.Render(templ.WithChildren(ctx, within), b)
	})
	var out strings.Builder
	if err := page.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	const want = `&lt;&amp;&#34;&gt; 7the colour red<b>about:invalid#TemplFailedSanitizationURL?a=1&amp;b=2<b></b></b>`
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestOf_TellsTheFirstError(t *testing.T) {
	many := Of(func(_ Context, b *Buffer) error {
		for range 10_000 {
			Write(b, "text")
		}
		return nil
	})
	if err := many.Render(context.Background(), broken{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a closed connection gives %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := many.Render(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended request gives %v", err)
	}
}
