package media

import (
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

// playable are the types a browser may show in place; all others are offered to keep.
var playable = map[string]bool{
	"video/mp4": true, "video/quicktime": true, "video/webm": true, "video/x-m4v": true,
	"image/jpeg": true, "image/png": true, "image/webp": true,
}

// extensions name a file for people who were not its sender.
var extensions = map[string]string{
	"video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm", "video/x-m4v": ".m4v", "video/3gpp": ".3gp",
	"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/heic": ".heic", "image/heif": ".heif",
}

// ServeDraft plays the file of the draft version {version} to whoever may see it,
// with ranges, so that a phone can seek. A client gets a name without the sender's words.
func ServeDraft(h *house.House) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		actor := web.ActorOf(r)
		if part := r.URL.Query().Get("as"); part == "play" || part == "poster" {
			return servePart(w, r, h, part)
		}
		v, f, err := h.Review.OpenFile(r.Context(), actor, r.PathValue("version"))
		if err != nil {
			return err
		}
		defer f.Close()
		name := v.FileName
		if !actor.IsStaff() && !actor.IsTalent() {
			name = "draft-v" + clientLabel(v) + extensions[v.Type]
		}
		show := "inline"
		if !playable[v.Type] || r.URL.Query().Has("download") {
			show = "attachment"
		}
		return serve(w, r, f, v.Type, v.SHA256, show, name)
	}
}

// serve gives bytes that never change under their address.
func serve(w http.ResponseWriter, r *http.Request, f io.ReadSeeker, mediaType, sha, show, name string) error {
	head := w.Header()
	head.Set("Content-Type", contentType(mediaType))
	head.Set("Content-Disposition", mime.FormatMediaType(show, map[string]string{"filename": name}))
	head.Set("Cache-Control", "private, max-age=3600")
	head.Set("ETag", `"`+sha+`"`)
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// ServeFinal gives the file of the approved version {version} while a right to use it runs.
func ServeFinal(h *house.House) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, f, err := h.Review.TakeFinal(r.Context(), web.ActorOf(r), r.PathValue("version"))
		if err != nil {
			return err
		}
		defer f.Close()
		head := w.Header()
		head.Set("Content-Type", contentType(v.Type))
		head.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "final-v" + clientLabel(v) + extensions[v.Type]}))
		head.Set("Cache-Control", "no-store")
		head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		http.ServeContent(w, r, "", time.Time{}, f)
		return nil
	}
}

// servePart shows the copy for phones or the poster of a version; what was sent, where the
// machine could make no copy.
func servePart(w http.ResponseWriter, r *http.Request, h *house.House, part string) error {
	p, f, err := h.Review.OpenPlay(r.Context(), web.ActorOf(r), r.PathValue("version"), part)
	if err != nil {
		return err
	}
	defer f.Close()
	show := "inline"
	if !playable[p.Type] {
		show = "attachment"
	}
	head := w.Header()
	head.Set("Content-Type", contentType(p.Type))
	head.Set("Content-Disposition", mime.FormatMediaType(show, map[string]string{"filename": part + "-v" + clientLabel(p.Version) + extensions[p.Type]}))
	head.Set("Cache-Control", "private, max-age=60")
	head.Set("ETag", `"`+p.SHA256+`"`)
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

func clientLabel(v review.Version) string { return strings.Split(v.Label(), ".")[0] }

func contentType(t string) string {
	if playable[t] {
		return t
	}
	return "application/octet-stream"
}
