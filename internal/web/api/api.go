package api

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/house"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// API holds the house and the table of operations.
type API struct {
	*house.House
	huma huma.API
	mux  *http.ServeMux
	Ops  []Op
}

// Op is one line of the table of operations; the matrix of rights walks it.
type Op struct {
	Method, Path string
	Verb         access.Verb
	Summary      string
}

// resources are the parts of the API, one a file.
var resources = []func(*API){
	registerMe,
	registerTalents,
	registerClients,
	registerCampaigns,
	registerBriefs,
	registerSlots,
	registerCandidates,
	registerOffers,
	registerAsks,
	registerHandovers,
	registerIncidents,
	registerCastingOutside,
	registerDeliverables,
	registerPosts,
	registerReports,
	registerLinks,
	registerAgreements,
	registerInvoices,
	registerPayouts,
}

// New makes the API on a mux of its own.
func New(h *house.House) (*API, *http.ServeMux) {
	mux := http.NewServeMux()
	c := huma.DefaultConfig("Kolega", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/openapi", "", ""
	c.CreateHooks = nil // no $schema in answers
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	c.Security = []map[string][]string{{"token": {}}}
	a := &API{House: h, huma: humago.New(mux, c), mux: mux}
	for _, register := range resources {
		register(a)
	}
	return a, mux
}

// Handler serves the API; its table is built at the first request, so that a
// start does not wait for it.
func Handler(h *house.House, p *web.Plumbing) http.Handler {
	mux := sync.OnceValue(func() *http.ServeMux { _, m := New(h); return m })
	return recognise(h, p, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux().ServeHTTP(w, r) }))
}

// answer is the envelope huma wants around a body.
type answer[B any] struct{ Body B }

// op registers an operation. Its function gets the actor; its error becomes a
// problem document. A POST answers 201.
func op[I, B any](a *API, method, path string, verb access.Verb, summary string, do func(ctx context.Context, actor access.Actor, in *I) (B, error)) {
	a.Ops = append(a.Ops, Op{method, path, verb, summary})
	o := huma.Operation{OperationID: operationID(method, path), Method: method, Path: "/api/v1" + path, Summary: summary,
		Tags: []string{strings.Split(path, "/")[1]}, Description: "Right: " + string(verb), MaxBodyBytes: maxBody}
	o.DefaultStatus = http.StatusOK
	if method == http.MethodPost {
		o.DefaultStatus = http.StatusCreated
	}
	huma.Register(a.huma, o, func(ctx context.Context, in *I) (*answer[B], error) {
		actor := web.ActorIn(ctx)
		if verb != "" && !actor.Can(verb) {
			return nil, problemOf(ctx, actor.Require(verb, access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID, TalentID: actor.TalentID}))
		}
		body, err := do(ctx, actor, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return &answer[B]{body}, nil
	})
}

// maxBody bounds a JSON body. Files have their own ways in.
const maxBody = 2 << 20

func operationID(method, path string) string {
	return strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path)
}

// problem is RFC 9457 with Kolega's stable code, fields and request id.
type problem struct {
	Type   string            `json:"type"`
	Title  string            `json:"title"`
	Status int               `json:"status"`
	Detail string            `json:"detail"`
	Code   string            `json:"code"`
	Fields map[string]string `json:"fields,omitempty"`
}

// Error makes a problem an error.
func (p *problem) Error() string { return p.Code }

// GetStatus tells huma the status.
func (p *problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *problem) ContentType(string) string { return "application/problem+json" }

func problemOf(ctx context.Context, err error) *problem {
	l := locale.From(ctx)
	p := &problem{Type: "about:blank", Status: web.StatusOf(err), Detail: l.Fault(err), Code: fault.CodeOf(err)}
	p.Title = http.StatusText(p.Status)
	if f, ok := fault.As(err); ok && f.Kind != fault.Internal {
		p.Fields = f.Fields
	}
	return p
}
