package web

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"kolega/internal/fault"
)

// maxForm bounds a form without files; uploads have their own way.
const maxForm = 2 << 20

// ErrForm is the answer to a body that is no form, or too large a one.
var ErrForm = fault.New(fault.Invalid, "form.unreadable")

// Form reads a form into a struct by its `form:"name"` tags. Kinds of fields:
// string (trimmed), []string, bool ("on", "true", "1"), int64 and int. A number that is
// none gives the fault "form.number" at its field; the other fields are filled
// all the same, so that the form can be shown again.
func Form[T any](r *http.Request) (T, error) {
	var out T
	if r.Form == nil {
		r.Body = http.MaxBytesReader(nil, r.Body, maxForm)
		if err := parse(r); err != nil {
			return out, ErrForm.Wrap(err)
		}
	}
	wrong := fault.Fields{}
	fill(reflect.ValueOf(&out).Elem(), r.Form, wrong)
	return out, wrong.Err()
}

func parse(r *http.Request) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return r.ParseMultipartForm(maxForm)
	}
	return r.ParseForm()
}

func fill(v reflect.Value, form map[string][]string, wrong fault.Fields) {
	t := v.Type()
	for i := range t.NumField() {
		if t.Field(i).Anonymous {
			fill(v.Field(i), form, wrong)
			continue
		}
		name := t.Field(i).Tag.Get("form")
		values, sent := form[name]
		if name == "" || !sent || len(values) == 0 {
			continue
		}
		set(v.Field(i), name, values, wrong)
	}
}

func set(f reflect.Value, name string, values []string, wrong fault.Fields) {
	first := strings.TrimSpace(values[len(values)-1])
	switch f.Kind() {
	case reflect.String:
		f.SetString(strings.ReplaceAll(first, "\r\n", "\n"))
	case reflect.Bool:
		f.SetBool(first == "on" || first == "true" || first == "1")
	case reflect.Int64, reflect.Int:
		if first == "" {
			return
		}
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			wrong[name] = "form.number"
			return
		}
		f.SetInt(n)
	case reflect.Slice:
		for _, s := range values {
			f.Set(reflect.Append(f, reflect.ValueOf(strings.TrimSpace(s)).Convert(f.Type().Elem())))
		}
	}
}
