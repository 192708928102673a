package ui

import (
	"context"

	"github.com/a-h/templ"
)

// FormProps describes a form. Key is the idempotency key of this showing of the form (hidden field "_key"): the same
// key and the same body is the same act. Target makes the answer replace a part of the page (htmx) instead of it all.
type FormProps struct {
	Action    string
	Key       string
	Method    string // "post" when empty; "get" for filters
	ID        string
	Class     string
	Multipart bool
	Target    string // CSS selector
	Swap      string // htmx swap of Target; "outerMorph" when empty
	Star      bool   // most fields may stay empty: mark the needed ones instead of the others
	Guard     bool   // keep what is typed in this browser until it is sent (long forms on a phone)
	Attrs     templ.Attributes
}

type starKey struct{}

// star says that in this form the needed fields are marked, not the others.
func star(ctx context.Context, on bool) context.Context {
	return context.WithValue(ctx, starKey{}, on)
}

func starred(ctx context.Context) bool { on, _ := ctx.Value(starKey{}).(bool); return on }

func (f FormProps) method() string { return orText(f.Method, "post") }

func (f FormProps) attrs() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range f.Attrs {
		a[k] = v
	}
	if f.ID != "" {
		a["id"] = f.ID
	}
	if f.Multipart {
		a["enctype"] = "multipart/form-data"
	}
	if f.Guard {
		a["data-guard"] = orText(f.ID, f.Action)
	}
	if f.Target != "" {
		verb := "hx-post"
		if f.method() == "get" {
			verb = "hx-get"
		}
		a[verb], a["hx-target"], a["hx-swap"] = f.Action, f.Target, orText(f.Swap, "outerMorph")
	}
	return a
}

// Field is what every control of a form shares. Error is the code of a fault (or a whole sentence); Value is kept as
// typed, so that a refused form comes back filled.
type Field struct {
	Name     string
	ID       string // tells fields of one name on one page apart; the name when empty
	Label    string
	Hint     string
	Value    string
	Error    string
	Optional bool   // says so beside the label; fields are needed unless marked
	Type     string // of an Input: "text" when empty, "email", "password", "tel", "url", "number", "search" …
	Place    string // placeholder: an example, never the label
	Mode     string // inputmode: "numeric", "decimal", "email" …
	Complete string // autocomplete token
	Prefix   string // stands before the value inside the frame: "Rp", "@"
	Suffix   string // after it: "%", "hari kerja"
	Rows     int    // of a Textarea
	MaxLen   int
	Short    bool // a narrow field
	HideLab  bool // label for screen readers only
	ReadOnly bool
	Focus    bool
	Attrs    templ.Attributes
}

func (f Field) id() string     { return "f-" + orText(f.ID, f.Name) }
func (f Field) hintID() string { return "h-" + orText(f.ID, f.Name) }
func (f Field) errID() string  { return "e-" + orText(f.ID, f.Name) }

func (f Field) class() string {
	return cx("field", when(f.Short, "field-s"), when(f.Error != "", "has-err"))
}

// bind ties the control to its hint and error for screen readers and adds what the field asks for.
func (f Field) bind() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	for k, v := range f.Attrs {
		a[k] = v
	}
	about := cx(when(f.Error != "", f.errID()), when(f.Hint != "", f.hintID()))
	for k, v := range map[string]string{
		"aria-describedby": about, "placeholder": f.Place, "inputmode": f.Mode, "autocomplete": f.Complete,
		"aria-invalid": when(f.Error != "", "true"), "maxlength": when(f.MaxLen > 0, itoa(f.MaxLen)),
	} {
		if v != "" {
			a[k] = v
		}
	}
	a["aria-required"] = when(!f.Optional, "true")
	if f.Optional {
		delete(a, "aria-required")
	}
	if f.ReadOnly {
		a["readonly"] = true
	}
	if f.Focus {
		a["autofocus"] = true
	}
	return a
}

// Option is one choice of a Select, Radios or Checks.
type Option struct {
	Value, Label string
	Hint         string
	Group        string // of a Select: options of the same group stand together
	Disabled     bool
}

type optionGroup struct {
	Name    string
	Options []Option
}

// grouped keeps the order of first appearance.
func grouped(list []Option) []optionGroup {
	var out []optionGroup
	at := map[string]int{}
	for _, o := range list {
		i, ok := at[o.Group]
		if !ok {
			i = len(out)
			at[o.Group] = i
			out = append(out, optionGroup{Name: o.Group})
		}
		out[i].Options = append(out[i].Options, o)
	}
	return out
}

// FieldError names a refused field for the summary at the top of a form.
type FieldError struct{ Name, Label, Error string }

// ErrorsOf gathers the refused fields in the order they are shown.
func ErrorsOf(fields ...Field) []FieldError {
	var out []FieldError
	for _, f := range fields {
		if f.Error != "" {
			out = append(out, FieldError{f.Name, f.Label, f.Error})
		}
	}
	return out
}

func (e FieldError) text(ctx context.Context) string { return faultText(ctx, e.Error) }
