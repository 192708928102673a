package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/house"

	"github.com/danielgtaylor/huma/v2"
)

// API holds the house, the table of operations and their description.
type API struct {
	*house.House
	doc *huma.OpenAPI
	mux *http.ServeMux
	Ops []Op
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
	registerSearch,
	registerTalents,
	registerMatches,
	registerTasks,
	registerMessages,
	registerMeetings,
	registerCalendars,
	registerOpportunities,
	registerIdeas,
	registerProofs,
	registerDecks,
	registerDesigns,
	registerClients,
	registerCustom,
	registerCare,
	registerCampaigns,
	registerBriefs,
	registerProposals,
	registerSlots,
	registerCandidates,
	registerLineUp,
	registerOffers,
	registerAsks,
	registerHandovers,
	registerIncidents,
	registerParcels,
	registerCastingOutside,
	registerDeliverables,
	registerConcepts,
	registerPosts,
	registerDomino,
	registerReports,
	registerLooks,
	registerAnalytics,
	registerBenchmarks,
	registerLinks,
	registerParked,
	registerAgreements,
	registerInvoices,
	registerPayouts,
}

// New makes the API on a mux of its own.
func New(h *house.House) (*API, *http.ServeMux) {
	a := &API{House: h, doc: newDescription(), mux: http.NewServeMux()}
	for _, register := range resources {
		register(a)
	}
	a.mux.HandleFunc("GET /api/openapi.json", a.describe)
	return a, a.mux
}

// Handler serves the API; its table is built at the first request, so that a
// start does not wait for it.
func Handler(h *house.House, p *web.Plumbing) http.Handler {
	mux := sync.OnceValue(func() *http.ServeMux { _, m := New(h); return m })
	return recognise(h, p, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux().ServeHTTP(w, r) }))
}

// op registers an operation. Its function gets the actor; its error becomes a
// problem document. A POST answers 201. What is generic ends here: one core reads
// the request into I and writes B, whatever they are, so that an operation more
// costs the program a few hundred bytes.
func op[I, B any](a *API, method, path string, verb access.Verb, summary string, do func(ctx context.Context, actor access.Actor, in *I) (B, error)) {
	a.add(Op{method, path, verb, summary}, reflect.TypeFor[I](), reflect.TypeFor[B](), func(ctx context.Context, actor access.Actor, in any) (any, error) {
		return do(ctx, actor, in.(*I)) //nolint:forcetypeassert // add makes it of this type
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

func problemOf(ctx context.Context, err error) *problem {
	l := locale.From(ctx)
	p := &problem{Type: "about:blank", Status: web.StatusOf(err), Detail: l.Fault(err), Code: fault.CodeOf(err)}
	p.Title = http.StatusText(p.Status)
	if f, ok := fault.As(err); ok && f.Kind != fault.Internal {
		p.Fields = f.Fields
	}
	return p
}
