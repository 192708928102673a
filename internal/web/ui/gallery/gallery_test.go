package gallery

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/web/asset"
)

func pages(lang, theme string) map[string]templ.Component {
	return map[string]templ.Component{
		"/board": Board(lang, theme), "/gallery": Gallery(lang, theme), "/client": Client(lang, theme),
		"/talent": Talent(lang, theme), "/sign-in": SignIn(lang, theme), "/report": Report(lang, theme), "/inbox": Inbox(lang, theme),
	}
}

func render(t *testing.T, lang string, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(locale.With(context.Background(), locale.For(lang, jakarta)), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// strict is the policy every page is served under; see internal/web.
const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

var (
	forbidden = regexp.MustCompile(`\sstyle="|\shx-on|\son[a-z]+="|<style|<script(?: type="module" src="/assets/[^"]+"></script>)?`)
	openKey   = regexp.MustCompile(`\bui\.[a-z]+(\.[a-z]+)*\b`)
	idAttr    = regexp.MustCompile(`\sid="([^"]+)"`)
)

func TestPages_ObeyTheLaws(t *testing.T) {
	for _, lang := range []string{"id", "en", "fil"} {
		for path, c := range pages(lang, "auto") {
			t.Run(lang+path, func(t *testing.T) {
				html := render(t, lang, c)
				for _, m := range forbidden.FindAllString(html, -1) {
					if !strings.HasPrefix(m, `<script type="module"`) {
						t.Errorf("the policy blocks %q", m)
					}
				}
				if k := openKey.FindString(html); k != "" {
					t.Errorf("text %q has no translation", k)
				}
				seen := map[string]bool{}
				for _, m := range idAttr.FindAllStringSubmatch(html, -1) {
					if seen[m[1]] {
						t.Errorf("id %q stands twice", m[1])
					}
					seen[m[1]] = true
				}
			})
		}
	}
}

// TestPages_Serve lets people look: KOLEGA_GALLERY=127.0.0.1:8099 go test -run Serve -timeout 0
func TestPages_Serve(t *testing.T) {
	addr := os.Getenv("KOLEGA_GALLERY")
	if addr == "" {
		t.Skip("KOLEGA_GALLERY names no address")
	}
	mux := http.NewServeMux()
	mux.Handle(asset.Prefix, asset.Handler())
	for path := range pages("id", "auto") {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			lang := r.URL.Query().Get("lang")
			if !locale.Known(lang) {
				lang = "id"
			}
			w.Header().Set("Content-Security-Policy", strict)
			ctx := locale.With(r.Context(), locale.For(lang, jakarta))
			templ.Handler(pages(lang, r.URL.Query().Get("theme"))[path]).ServeHTTP(w, r.WithContext(ctx))
		})
	}
	t.Fatal(http.ListenAndServe(addr, mux))
}
