package casting

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// weightsPage is the agency's weights of the fit (R18).
type weightsPage struct {
	Page    ui.Page
	Values  map[match.Part]string // as typed
	Version int64
	Sum     int64
	Errors  map[string]string
	Key     string
}

func (d rooms) weights(w http.ResponseWriter, r *http.Request) error {
	now, err := d.Match.Weights(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	p := weightsPage{Values: map[match.Part]string{}, Version: now.Version}
	for i, part := range match.Parts() {
		p.Values[part], p.Sum = strconv.FormatInt(now.Weights[i], 10), p.Sum+now.Weights[i]
	}
	return d.showWeights(w, r, http.StatusOK, p)
}

func (d rooms) showWeights(w http.ResponseWriter, r *http.Request, status int, p weightsPage) (err error) {
	p.Key = desk.NewKey(r)
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "settings", Title: locale.T(r.Context(), "weights.title")}); err != nil {
		return err
	}
	return web.Render(w, r, status, weightsView(p))
}

type weightsForm struct {
	Version     int64  `form:"version"`
	Persona     string `form:"persona"`
	Audience    string `form:"audience"`
	ER          string `form:"er"`
	Price       string `form:"price"`
	Reliability string `form:"reliability"`
	Past        string `form:"past"`
	Default     bool   `form:"default"`
}

// weights reads the fields in the order of match.Parts; what is no whole number counts
// as below zero, which is refused.
func (f weightsForm) weights() (w match.Weights, typed map[match.Part]string) {
	typed = map[match.Part]string{}
	for i, text := range []string{f.Persona, f.Audience, f.ER, f.Price, f.Reliability, f.Past} {
		typed[match.Parts()[i]] = text
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if w[i] = n; err != nil {
			w[i] = -1
		}
	}
	if f.Default {
		w = match.DefaultWeights()
	}
	return w, typed
}

func (d rooms) saveWeights(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[weightsForm](r)
	if err != nil {
		return err
	}
	weights, typed := f.weights()
	err = d.Match.SetWeights(r.Context(), web.ActorOf(r), match.WeightSetting{Weights: weights, Version: f.Version})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showWeights(w, r, http.StatusUnprocessableEntity, weightsPage{Values: typed, Version: f.Version, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/fit", "weights.saved")
}
