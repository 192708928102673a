package review

import (
	"context"
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

type remarkForm struct {
	Version string `form:"version"`
	Text    string `form:"text"`
	Frame   string `form:"frame"`
	Strokes string `form:"strokes"`
}

// remark keeps a word between the agency's people about a version.
func (d rooms) remark(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[remarkForm](r)
	if err != nil {
		return err
	}
	at, until, err := review.ParseSpan(f.Frame)
	if err == nil {
		_, err = d.Review.AddRemark(r.Context(), web.ActorOf(r), f.Version, review.NewItem{Text: f.Text, AtMS: at, UntilMS: until, Drawing: f.Strokes})
	}
	return d.done(w, r, err, "review.toast.remark")
}

func (d rooms) removeRemark(w http.ResponseWriter, r *http.Request) error {
	return d.done(w, r, d.Review.RemoveRemark(r.Context(), web.ActorOf(r), r.PathValue("remark")), "review.toast.remark.gone")
}

// other is the version beside which the room's is compared; zero for none.
func (p roomPage) other(ctx context.Context) ui.Player {
	for _, v := range p.Room.Versions {
		if v.ID != p.With || v.ID == p.Room.Version.ID {
			continue
		}
		out := p.player(ctx, v)
		out.Title, out.DownloadHref = locale.T(ctx, "review.compare.with", "label", v.Label()), ""
		if v.SHA256 == "" {
			out.Src = ""
		}
		return out
	}
	return ui.Player{}
}
