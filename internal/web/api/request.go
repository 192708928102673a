package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"kolega/internal/worktime"

	"github.com/danielgtaylor/huma/v2"
)

// param is a field that is read from the path or the query.
type param struct {
	name, in, preset string
	required         bool
	explode          bool // a list that comes as the same name many times, else with commas
	field            []int
	schema           *huma.Schema
}

// body is the field that holds what a request carries.
type body struct {
	field    []int
	schema   *huma.Schema
	optional bool // a pointer: it may be left out
}

// findParams finds the fields with path or query, those of embedded structs too.
func findParams(r huma.Registry, t reflect.Type, at []int) (out []param) {
	for i := range t.NumField() {
		f := t.Field(i)
		where := append(append([]int(nil), at...), i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			out = append(out, findParams(r, f.Type, where)...)
			continue
		}
		p := param{field: where, preset: f.Tag.Get("default"), required: f.Tag.Get("required") == "true"}
		if p.name = f.Tag.Get("path"); p.name != "" {
			p.in, p.required = "path", true
		} else if p.name = f.Tag.Get("query"); p.name != "" {
			p.in = "query"
			p.name, _, p.explode = strings.Cut(p.name, ",explode")
		} else {
			continue
		}
		p.schema = huma.SchemaFromField(r, f, "")
		if _, err := parse(f.Type, "", nil); errors.Is(err, errParam) {
			panic(fmt.Sprintf("%s.%s: %v", t, f.Name, err))
		}
		out = append(out, p)
	}
	return out
}

func (p param) describe() *huma.Param {
	d := &huma.Param{Name: p.name, In: p.in, Required: p.required, Schema: p.schema, Description: p.schema.Description}
	if p.in == "query" {
		d.Explode = &p.explode
	}
	return d
}

func findBody(r huma.Registry, t reflect.Type, operation string) *body {
	f, ok := t.FieldByName("Body")
	if !ok {
		return nil
	}
	hint := operation + "Request"
	if t.Name() != "" {
		hint = t.Name() + "Body"
	}
	b := &body{field: f.Index, schema: huma.SchemaFromField(r, f, hint)}
	b.schema.PrecomputeMessages()
	b.optional = f.Type.Kind() == reflect.Pointer
	preset(reflect.New(f.Type).Elem()) // a default that does not fit its field is found at start
	return b
}

// bodyWithin is how long a JSON body may take to come.
const bodyWithin = 5 * time.Second

// read fills in from the request; what does not fit is refused with all that is wrong.
func (o *operation) read(w http.ResponseWriter, r *http.Request, in reflect.Value) *huma.ErrorModel {
	res, path := &huma.ValidateResult{}, huma.NewPathBuffer(make([]byte, 0, 64), 0)
	if len(o.params) > 0 {
		query := r.URL.Query()
		for _, p := range o.params {
			o.readParam(p, r, query, in.FieldByIndex(p.field), path, res)
		}
	}
	status := http.StatusUnprocessableEntity
	if o.body != nil {
		code, refused := o.readBody(w, r, in.FieldByIndex(o.body.field), path, res)
		if refused != nil {
			return refused
		}
		status = code
	}
	if len(res.Errors) == 0 {
		return nil
	}
	return refusal(status, "validation failed", res.Errors...)
}

// refusal words what is wrong with a request as huma does.
func refusal(status int, text string, errs ...error) *huma.ErrorModel {
	m := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: text}
	for _, err := range errs {
		m.Add(err)
	}
	return m
}

func (o *operation) readParam(p param, r *http.Request, query url.Values, to reflect.Value, path *huma.PathBuffer, res *huma.ValidateResult) {
	path.Reset()
	path.Push(p.in)
	path.Push(p.name)
	text := r.PathValue(p.name)
	if p.in == "query" {
		text = query.Get(p.name)
	}
	if text == "" {
		text = p.preset
	}
	if text == "" {
		if p.required {
			res.Add(path, "", "required "+p.in+" parameter is missing")
		}
		return
	}
	list := strings.Split(text, ",")
	if p.explode {
		list = query[p.name]
	}
	value, err := parse(to.Type(), text, list)
	if err != nil {
		res.Add(path, text, err.Error())
		return
	}
	to.Set(reflect.ValueOf(value).Convert(to.Type()))
	huma.Validate(o.schema, p.schema, path, huma.ModeWriteToServer, value, res)
}

// errParam is a field of a kind that no address holds.
var errParam = errors.New("a parameter is a text, a whole number, yes or no, or a list of texts")

func parse(t reflect.Type, text string, list []string) (any, error) {
	switch t.Kind() {
	case reflect.String:
		return text, nil
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, errors.New("invalid integer")
		}
		return n, nil
	case reflect.Bool:
		yes, err := strconv.ParseBool(text)
		if err != nil {
			return nil, errors.New("invalid boolean")
		}
		return yes, nil
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return list, nil
		}
	}
	return nil, errParam
}

// readBody reads, checks and decodes a JSON body. The status is that of what it found wrong;
// a body that cannot be read at all is refused at once.
func (o *operation) readBody(w http.ResponseWriter, r *http.Request, to reflect.Value, path *huma.PathBuffer, res *huma.ValidateResult) (status int, refused *huma.ErrorModel) {
	raw, refused := wholeBody(w, r)
	switch {
	case refused != nil:
		return 0, refused
	case len(raw) == 0 && o.body.optional:
		return http.StatusUnprocessableEntity, nil
	case len(raw) == 0:
		return 0, refusal(http.StatusBadRequest, "request body is required")
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return 0, refusal(http.StatusUnsupportedMediaType, "validation failed", &huma.ErrorDetail{Location: "body", Message: "unknown content type: " + kind})
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		res.Errors = append(res.Errors, &huma.ErrorDetail{Location: "body", Message: err.Error(), Value: string(raw)})
		return http.StatusBadRequest, nil //nolint:nilerr // it is told in res
	}
	before := len(res.Errors)
	path.Reset()
	path.Push("body")
	huma.Validate(o.schema, o.body.schema, path, huma.ModeWriteToServer, plain, res)
	if len(res.Errors) > before {
		return http.StatusUnprocessableEntity, nil
	}
	if err := json.Unmarshal(raw, to.Addr().Interface()); err != nil {
		res.Errors = append(res.Errors, &huma.ErrorDetail{Location: "body", Message: err.Error(), Value: string(raw)})
	}
	preset(to)
	return http.StatusUnprocessableEntity, nil
}

func wholeBody(w http.ResponseWriter, r *http.Request) ([]byte, *huma.ErrorModel) {
	_ = http.NewResponseController(w).SetReadDeadline(worktime.System().Now().Add(bodyWithin)) // a recorder in tests has none
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var late net.Error
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, refusal(http.StatusRequestEntityTooLarge, fmt.Sprintf("request body is too large limit=%d bytes", long.Limit))
	case errors.As(err, &late) && late.Timeout():
		return nil, refusal(http.StatusRequestTimeout, "request body read timeout")
	case err != nil:
		return nil, refusal(http.StatusBadRequest, "cannot read request body", err)
	}
	return raw, nil
}

// preset gives the fields of a body that were left out what their default says: texts and
// whole numbers, in the body and in structs inside it. Another default is a defect and panics.
func preset(v reflect.Value) {
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		f, t := v.Field(i), v.Type().Field(i)
		if f.Kind() == reflect.Struct && t.IsExported() {
			preset(f)
		}
		text := t.Tag.Get("default")
		if text == "" || !f.IsZero() {
			continue
		}
		value, err := parse(t.Type, text, strings.Split(text, ","))
		if err != nil {
			panic(fmt.Sprintf("default of %s: %v", t.Name, err))
		}
		f.Set(reflect.ValueOf(value).Convert(t.Type))
	}
}
