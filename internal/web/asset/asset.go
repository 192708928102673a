package asset

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Prefix is the path under which Handler must be mounted.
const Prefix = "/assets/"

//go:embed dist
var dist embed.FS

var (
	names = readManifest()
	files = readFiles()
)

type file struct {
	kind        string
	etag        string
	raw, gz, br []byte
}

// URL gives the address of a built file by its stable name ("app.css", "icons.svg"). It panics on a name that
// was not built: that is a slip in our own code, and the first render in a test shows it.
func URL(name string) string {
	hashed, ok := names[name]
	if !ok {
		panic(fmt.Sprintf("asset: %q is not in dist/manifest.json", name))
	}
	return Prefix + hashed
}

// Handler answers GET and HEAD below Prefix with the precompressed file the browser accepts, to be kept for ever.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	f, ok := files[strings.TrimPrefix(r.URL.Path, Prefix)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, encoding := f.pick(r.Header.Get("Accept-Encoding"))
	etag := `"` + f.etag + encoding + `"`
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", etag)
	h.Set("X-Content-Type-Options", "nosniff")
	if matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // the browser went away; nothing is left to tell
}

func (f *file) pick(accept string) (body []byte, encoding string) {
	if f.br != nil && accepts(accept, "br") {
		return f.br, "br"
	}
	if f.gz != nil && accepts(accept, "gzip") {
		return f.gz, "gzip"
	}
	return f.raw, ""
}

// accepts reads an Accept-Encoding header; a coding with q=0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !found {
			return true
		}
		v, err := strconv.ParseFloat(q, 64)
		return err == nil && v > 0
	}
	return false
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if p := strings.TrimPrefix(strings.TrimSpace(part), "W/"); p == etag || p == "*" {
			return true
		}
	}
	return false
}

func readManifest() map[string]string {
	b, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		panic(fmt.Errorf("asset: %w", err))
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		panic(fmt.Errorf("asset: manifest.json: %w", err))
	}
	return m
}

// types are fixed here, since mime.TypeByExtension depends on the machine.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".png": "image/png",
}

func readFiles() map[string]*file {
	all := map[string]*file{}
	entries, err := fs.ReadDir(dist, "dist")
	if err != nil {
		panic(fmt.Errorf("asset: %w", err))
	}
	for _, e := range entries {
		name := e.Name()
		ext := path.Ext(name)
		if ext == ".gz" || ext == ".br" || ext == ".json" {
			continue
		}
		f := &file{kind: types[ext], etag: strings.TrimSuffix(name, ext), raw: content(name)}
		if f.kind == "" {
			f.kind = mime.TypeByExtension(ext)
		}
		f.gz, f.br = content(name+".gz"), content(name+".br")
		all[name] = f
	}
	return all
}

// content is nil when the file is not there: fonts have no compressed twin.
func content(name string) []byte {
	b, err := dist.ReadFile("dist/" + name)
	if err != nil {
		return nil
	}
	return b
}

// Text gives the content of a built text file by its stable name, for files that stand
// alone, such as a report written to disk.
func Text(name string) (string, error) {
	f, ok := files[names[name]]
	if !ok {
		return "", fmt.Errorf("asset: %q is not in dist/manifest.json", name)
	}
	return string(f.raw), nil
}
