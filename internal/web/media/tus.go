package media

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	xslog "golang.org/x/exp/slog"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

// Tus answers the resumable upload protocol (tus 1.0, by tusd) below a door's path
// "/uploads". The metadata names the deliverable; size and type are judged before
// the first byte; the bytes are kept by review, which asks for the right at each step.
type Tus struct{ tusd *handler.UnroutedHandler }

// NewTus makes the handler. A configuration that tusd refuses is a defect.
func NewTus(h *house.House) *Tus {
	s := store{h.Review}
	c := handler.NewStoreComposer()
	c.UseCore(s)
	c.UseTerminater(s)
	memorylocker.New().UseIn(c)
	t, err := handler.NewUnroutedHandler(handler.Config{StoreComposer: c, BasePath: "/uploads/", DisableDownload: true, DisableConcatenation: true,
		Cors: &handler.CorsConfig{Disable: true}, Logger: xslog.New(discard{})})
	if err != nil {
		panic(err)
	}
	return &Tus{t}
}

// Routes are the lines of the protocol for a door's table.
func (t *Tus) Routes() []web.Route {
	line := func(method, pattern string, do http.HandlerFunc) web.Route {
		return web.Route{Method: method, Pattern: pattern, Verb: "draft.upload", Handle: t.handle(do)}
	}
	return []web.Route{
		line("OPTIONS", "/uploads", func(http.ResponseWriter, *http.Request) {}),
		line("POST", "/uploads", t.tusd.PostFile),
		line("HEAD", "/uploads/{upload}", t.tusd.HeadFile),
		line("PATCH", "/uploads/{upload}", t.tusd.PatchFile),
		line("DELETE", "/uploads/{upload}", t.tusd.DelFile),
	}
}

func (t *Tus) handle(do http.HandlerFunc) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		base, id, _ := strings.Cut(r.URL.Path, "/uploads")
		in := r.Clone(r.Context())
		in.URL.Path = id
		t.tusd.Middleware(do).ServeHTTP(&located{ResponseWriter: w, base: base}, in)
		return nil
	}
}

// located puts the door's own path into the Location of a new upload.
type located struct {
	http.ResponseWriter
	base string
}

// Unwrap lets deadlines reach the connection.
func (l *located) Unwrap() http.ResponseWriter { return l.ResponseWriter }

// WriteHeader sends the head with the Location below the door.
func (l *located) WriteHeader(status int) {
	if at := l.Header().Get("Location"); at != "" {
		l.Header().Set("Location", l.base+at[strings.Index(at, "/uploads/"):])
	}
	l.ResponseWriter.WriteHeader(status)
}

// store gives tusd this house's uploads. The actor travels in the context.
type store struct{ review *review.Service }

// NewUpload begins an upload for the deliverable that the metadata names.
func (s store) NewUpload(ctx context.Context, info handler.FileInfo) (handler.Upload, error) {
	if info.SizeIsDeferred || info.IsPartial || info.IsFinal {
		return nil, refusal(ctx, review.ErrUploadSize)
	}
	in, err := s.review.BeginUpload(ctx, web.ActorIn(ctx), review.BeginUpload{
		DeliverableID: info.MetaData["deliverable"], FileName: info.MetaData["filename"], Type: info.MetaData["filetype"], Size: info.Size})
	if err != nil {
		return nil, refusal(ctx, err)
	}
	return piece{s.review, in}, nil
}

// GetUpload finds an upload of the actor. One whose bytes all came before the program
// ended is finished now, so that a sender who asks is never told of a whole that is none.
func (s store) GetUpload(ctx context.Context, id string) (handler.Upload, error) {
	in, err := s.review.Upload(ctx, web.ActorIn(ctx), id)
	if err == nil && in.Received == in.Size && !in.Whole() {
		in, err = s.review.FinishUpload(ctx, web.ActorIn(ctx), id)
	}
	if err != nil {
		return nil, refusal(ctx, err)
	}
	return piece{s.review, in}, nil
}

// AsTerminatableUpload lets a sender take an upload back.
func (s store) AsTerminatableUpload(u handler.Upload) handler.TerminatableUpload { return u.(piece) }

// piece is one upload to tusd.
type piece struct {
	review *review.Service
	in     review.Incoming
}

// WriteChunk appends what arrives; a cut keeps what came.
func (p piece) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	n, err := p.review.Receive(ctx, web.ActorIn(ctx), p.in.ID, offset, src)
	if err != nil && n == 0 {
		return 0, refusal(ctx, err)
	}
	return n, err
}

// GetInfo says how far the upload is.
func (p piece) GetInfo(context.Context) (handler.FileInfo, error) {
	return handler.FileInfo{ID: p.in.ID, Size: p.in.Size, Offset: p.in.Received, MetaData: handler.MetaData{"filename": p.in.FileName}}, nil
}

// GetReader is not offered: files are played by their draft.
func (p piece) GetReader(context.Context) (io.ReadCloser, error) { return nil, handler.ErrNotFound }

// FinishUpload hashes the whole file and keeps it by its content.
func (p piece) FinishUpload(ctx context.Context) error {
	_, err := p.review.FinishUpload(ctx, web.ActorIn(ctx), p.in.ID)
	if err != nil {
		return refusal(ctx, err)
	}
	return nil
}

// Terminate forgets the upload.
func (p piece) Terminate(ctx context.Context) error {
	if err := p.review.CancelUpload(ctx, web.ActorIn(ctx), p.in.ID); err != nil {
		return refusal(ctx, err)
	}
	return nil
}

// refusal says a fault in the protocol's way: status, code and a text for people.
func refusal(ctx context.Context, err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return handler.ErrNotFound
	}
	if errors.Is(err, review.ErrUploadOffset) {
		return handler.ErrMismatchOffset
	}
	if fault.KindOf(err) == fault.Internal {
		slog.ErrorContext(ctx, "upload failed", "err", err)
		return handler.NewError("internal", locale.From(ctx).T("fault.internal"), http.StatusInternalServerError)
	}
	return handler.NewError(fault.CodeOf(err), locale.From(ctx).Fault(err), web.StatusOf(err))
}

// discard drops tusd's own log lines: the door writes one for each request.
type discard struct{}

func (discard) Enabled(context.Context, xslog.Level) bool  { return false }
func (discard) Handle(context.Context, xslog.Record) error { return nil }
func (d discard) WithAttrs([]xslog.Attr) xslog.Handler     { return d }
func (d discard) WithGroup(string) xslog.Handler           { return d }
