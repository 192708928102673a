package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/web"

	"github.com/danielgtaylor/huma/v2"
)

// operation is one line of the table, made ready: how its request is read, what is
// called, how its answer is written.
type operation struct {
	op     Op
	in     reflect.Type
	params []param
	body   *body // nil: the operation takes none
	schema huma.Registry
	status int
	do     func(ctx context.Context, actor access.Actor, in any) (any, error)
}

// add describes an operation and puts it on the mux. A type that cannot be read from a
// request is a defect and panics.
func (a *API) add(op Op, in, out reflect.Type, do func(ctx context.Context, actor access.Actor, in any) (any, error)) {
	o := &operation{op: op, in: in, schema: a.doc.Components.Schemas, status: http.StatusOK, do: do}
	if op.Method == http.MethodPost {
		o.status = http.StatusCreated
	}
	d := &huma.Operation{OperationID: operationID(op.Method, op.Path), Method: op.Method, Path: "/api/v1" + op.Path, Summary: op.Summary,
		Tags: []string{strings.Split(op.Path, "/")[1]}, Description: "Right: " + string(op.Verb), MaxBodyBytes: maxBody, DefaultStatus: o.status}
	o.params = findParams(o.schema, in, nil)
	for _, p := range o.params {
		d.Parameters = append(d.Parameters, p.describe())
	}
	if o.body = findBody(o.schema, in, d.OperationID); o.body != nil {
		d.RequestBody = &huma.RequestBody{Required: !o.body.optional, Content: map[string]*huma.MediaType{"application/json": {Schema: o.body.schema}}}
	}
	answer := &huma.Response{Description: http.StatusText(o.status), Content: map[string]*huma.MediaType{"application/json": {Schema: o.schema.Schema(out, true, answerName(out, d.OperationID))}}}
	refusal := &huma.Response{Description: "Error", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: o.schema.Schema(reflect.TypeFor[huma.ErrorModel](), true, "ErrorModel")}}}
	d.Responses = map[string]*huma.Response{strconv.Itoa(o.status): answer, "default": refusal}
	a.doc.AddOperation(d)
	a.Ops = append(a.Ops, op)
	a.mux.Handle(op.Method+" "+d.Path, o)
}

// answerName names the schema of an answer whose type has no name.
func answerName(t reflect.Type, operation string) string {
	if t == reflect.TypeFor[struct{}]() {
		return "Nothing"
	}
	return operation + "Response"
}

// ServeHTTP reads the request, asks for the right, calls the use case and writes its answer.
func (o *operation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := reflect.New(o.in)
	if refused := o.read(w, r, in.Elem()); refused != nil {
		write(w, "application/problem+json", refused.Status, refused)
		return
	}
	ctx, actor := r.Context(), web.ActorOf(r)
	if s, ok := in.Interface().(streamed); ok {
		s.stream(r.Body)
	}
	var out any
	var err error
	if verb := o.op.Verb; verb != "" && !actor.Can(verb) {
		err = actor.Require(verb, access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID, TalentID: actor.TalentID})
	} else {
		out, err = o.do(ctx, actor, in.Interface())
	}
	if err != nil {
		p := problemOf(ctx, err)
		write(w, "application/problem+json", p.Status, p)
		return
	}
	write(w, "application/json", o.status, out)
}

// streamed is a request whose body is read while it comes, whatever its size.
type streamed interface{ stream(body io.Reader) }

// write sends a document. One that cannot be written as JSON is a defect and panics, which
// the plumbing answers.
func write(w http.ResponseWriter, kind string, status int, doc any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(doc); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// newDescription is an OpenAPI document without operations.
func newDescription() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: "Kolega", Version: "1"},
		Components: &huma.Components{
			Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
			SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}},
		},
		Security: []map[string][]string{{"token": {}}},
	}
}

// describe answers the OpenAPI document.
func (a *API) describe(w http.ResponseWriter, _ *http.Request) {
	write(w, "application/openapi+json", http.StatusOK, a.doc)
}
