package media

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"kolega/internal/web"
	"kolega/internal/web/house"
)

// maxField bounds one text of a form, maxFields their number.
const (
	maxField  = 64 << 10
	maxFields = 400
)

// ReadDraftForm reads a form that may carry a file, in one pass and without holding
// the file: its bytes go to the file store as they come. The texts stand in r.Form
// afterwards; the file that was kept is named by its upload id. A form that was sent
// without a file carries the id of a finished resumable upload in the field "upload".
func ReadDraftForm(r *http.Request, h *house.House, deliverableID string) (uploadID string, err error) {
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		if err := r.ParseForm(); err != nil {
			return "", web.ErrForm.Wrap(err)
		}
		return r.Form.Get("upload"), nil
	}
	if err != nil {
		return "", web.ErrForm.Wrap(err)
	}
	values := url.Values{}
	for range maxFields {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			r.Form, r.PostForm = values, values
			return first(uploadID, values.Get("upload")), nil
		}
		if err != nil {
			return "", web.ErrForm.Wrap(err)
		}
		if p.FileName() != "" {
			in, err := h.Review.KeepFile(r.Context(), web.ActorOf(r), deliverableID, p.FileName(), p)
			if err != nil {
				drain(parts, values)
				r.Form, r.PostForm = values, values
				return "", err
			}
			uploadID = in.ID
			continue
		}
		if err := readField(p, values); err != nil {
			return "", err
		}
	}
	return "", web.ErrForm
}

func readField(p *multipart.Part, values url.Values) error {
	b, err := io.ReadAll(io.LimitReader(p, maxField+1))
	if err != nil || len(b) > maxField {
		return web.ErrForm.Wrap(err)
	}
	values.Add(p.FormName(), string(b))
	return nil
}

// drain reads the texts that stand behind a refused file, so that the form can be
// shown again as it was filled. What follows a file of any size is not waited for.
func drain(parts *multipart.Reader, values url.Values) {
	for range maxFields {
		p, err := parts.NextPart()
		if err != nil || p.FileName() != "" || readField(p, values) != nil {
			return
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
