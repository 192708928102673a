package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is one that exists
	return z
}}

// compress zips pages and JSON for readers who take it. Files, streams and what is
// compressed already pass as they are; so do small answers to a HEAD.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Method == http.MethodHead || r.Header.Get("Range") != "" {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

// zipped decides at the first byte whether the answer is worth zipping.
type zipped struct {
	http.ResponseWriter
	zip     *gzip.Writer
	decided bool
}

func (z *zipped) decide() {
	if z.decided {
		return
	}
	z.decided = true
	h := z.Header()
	kind := h.Get("Content-Type")
	worth := strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "application/problem+json") || strings.HasPrefix(kind, "text/csv")
	if !worth || h.Get("Content-Encoding") != "" {
		return
	}
	h.Set("Content-Encoding", "gzip")
	h.Add("Vary", "Accept-Encoding")
	h.Del("Content-Length")
	z.zip = zippers.Get().(*gzip.Writer)
	z.zip.Reset(z.ResponseWriter)
}

// WriteHeader decides before the headers leave.
func (z *zipped) WriteHeader(status int) {
	if status != http.StatusNoContent && status != http.StatusNotModified && status >= 200 {
		z.decide()
	}
	z.ResponseWriter.WriteHeader(status)
}

// Write zips when that was decided.
func (z *zipped) Write(b []byte) (int, error) {
	z.decide()
	if z.zip != nil {
		return z.zip.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection; streams are never zipped.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipped) close() {
	if z.zip != nil {
		_ = z.zip.Close() // the reader has gone, or everything is out
		zippers.Put(z.zip)
	}
}
