package desk

import (
	"net/http"
	"net/url"
	"strconv"

	"kolega/internal/locale"
	"kolega/internal/web/ui"
)

// pageRows is how many rows a long list shows at once.
const pageRows = 100

// Window is the part of a list of n rows that the address asks for (?from=100), with
// the way to the parts before and after it; the pager is zero when all rows fit.
func Window(r *http.Request, n int) (from, to int, p ui.Pager) {
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil || from < 0 || from >= n {
		from = 0
	}
	to = min(from+pageRows, n)
	if n <= pageRows {
		return from, to, p
	}
	p.Text = locale.T(r.Context(), "ui.pager.part", "from", from+1, "to", to, "n", n)
	at := func(from int) string {
		q := url.Values{}
		for k, v := range r.URL.Query() {
			q[k] = v
		}
		q.Del("part")
		q.Set("from", strconv.Itoa(from))
		return r.URL.Path + "?" + q.Encode()
	}
	if from > 0 {
		p.PrevHref = at(max(from-pageRows, 0))
	}
	if to < n {
		p.NextHref = at(to)
	}
	return from, to, p
}
