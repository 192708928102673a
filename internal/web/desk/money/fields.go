package money

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

// each gives the fields with their shared part changed; a pair is opened.
func each(fields []templ.Component, change func(ui.Field) ui.Field) []templ.Component {
	out := make([]templ.Component, len(fields))
	for n, x := range fields {
		switch f := x.(type) {
		case pair:
			x = pair(each(f, change))
		case ui.Input:
			x = ui.Input(change(ui.Field(f)))
		case ui.Textarea:
			x = ui.Textarea(change(ui.Field(f)))
		case ui.Select:
			f.Field = change(f.Field)
			x = f
		case ui.DateField:
			f.Field = change(f.Field)
			x = f
		case ui.FileField:
			f.Field = change(f.Field)
			x = f
		}
		out[n] = x
	}
	return out
}

// filled gives the fields again as they were typed, each with its fault.
func filled(fields []templ.Component, typed url.Values, errs map[string]string) []templ.Component {
	out := each(fields, func(f ui.Field) ui.Field {
		if v := typed[f.Name]; len(v) > 0 {
			f.Value = v[0]
		}
		f.Error = errs[f.Name]
		return f
	})
	for n, x := range out {
		if c, ok := x.(ui.Checkbox); ok {
			c.Checked = slices.Contains(typed[c.Name], c.Value) || (c.Value == "" && typed.Get(c.Name) != "")
			out[n] = c
		}
	}
	return out
}

// kept fills the form that was refused with what was typed and what is wrong.
func kept(r *http.Request, blocks []block, errs map[string]string) {
	for _, b := range blocks {
		for n, f := range b.Forms {
			if r.Method == http.MethodPost && f.Action == r.URL.Path && sameHidden(f.Fields, r.PostForm) {
				b.Forms[n].Open, b.Forms[n].Fields = true, filled(f.Fields, r.PostForm, errs)
			}
		}
	}
}

// sameHidden tells two forms with one action apart by what they carry unseen; a
// version may have moved on.
func sameHidden(fields []templ.Component, typed url.Values) bool {
	for _, x := range fields {
		if h, ok := x.(ui.Hidden); ok && h.Name != "version" && typed.Get(h.Name) != h.Value {
			return false
		}
	}
	return true
}

// apart gives fields of one name in several forms of a page their own ids.
func apart(blocks ...[]block) {
	seen := map[string]int{}
	for _, list := range blocks {
		for _, b := range list {
			for n := range b.Forms {
				b.Forms[n].Fields = each(b.Forms[n].Fields, func(f ui.Field) ui.Field {
					if seen[f.Name]++; seen[f.Name] > 1 {
						f.ID = f.Name + "-" + strconv.Itoa(seen[f.Name])
					}
					return f
				})
			}
		}
	}
}
