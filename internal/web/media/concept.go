package media

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

// ConceptForm is a concept as it was typed.
type ConceptForm struct {
	Text     string `form:"text"`
	Promises string `form:"promises"`
}

// SendConcept reads the form of a concept with its pictures, which go to the file store as
// they come, and sends it. The form comes back as it was typed.
func SendConcept(r *http.Request, h *house.House, deliverableID string) (f ConceptForm, err error) {
	ids, err := readPictures(r, h, deliverableID)
	typed, formErr := web.Form[ConceptForm](r)
	if err == nil {
		err = formErr
	}
	if err == nil {
		_, err = h.Review.SendConcept(r.Context(), web.ActorOf(r), deliverableID, review.NewConcept{Text: typed.Text, Promises: typed.Promises, PictureIDs: ids})
	}
	return typed, err
}

// readPictures keeps the pictures of a form and leaves its texts in r.Form.
func readPictures(r *http.Request, h *house.House, deliverableID string) (ids []string, err error) {
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil, r.ParseForm()
	}
	if err != nil {
		return nil, web.ErrForm.Wrap(err)
	}
	values := url.Values{}
	defer func() { r.Form, r.PostForm = values, values }()
	for range maxFields {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return ids, nil
		}
		if err != nil {
			return nil, web.ErrForm.Wrap(err)
		}
		if p.FormName() != "pictures" {
			if err := readField(p, values); err != nil {
				return nil, err
			}
			continue
		}
		if p.FileName() == "" {
			continue
		}
		kept, err := h.Review.KeepPicture(r.Context(), web.ActorOf(r), deliverableID, p.FileName(), p)
		if err != nil {
			drain(parts, values)
			return nil, err
		}
		ids = append(ids, kept.ID)
	}
	return nil, web.ErrForm
}

// ServePicture shows the picture {picture} of the concept {concept} to whoever may see it.
func ServePicture(h *house.House) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, f, err := h.Review.OpenPicture(r.Context(), web.ActorOf(r), r.PathValue("concept"), r.PathValue("picture"))
		if err != nil {
			return err
		}
		defer f.Close()
		return serve(w, r, f, p.Type, p.SHA256, "inline", "concept"+extensions[p.Type])
	}
}

// ConceptProps is a concept as one party reads it; Base is the address of its pictures.
type ConceptProps struct {
	Concept review.Concept
	Base    string
}

func (p ConceptProps) picture(id string) string { return p.Base + "/" + p.Concept.ID + "/" + id }

// lines are the paragraphs of a text.
func lines(text string) (out []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// NewConceptProps is the form of a concept, filled with what was typed or sent before.
type NewConceptProps struct {
	Action, Key string
	Form        ConceptForm
	Errors      map[string]string
}

// FormOf fills the form with the concept that came back, for the next one.
func FormOf(c review.Concept) ConceptForm {
	promises := make([]string, len(c.Promises))
	for i, p := range c.Promises {
		promises[i] = p.Text
	}
	return ConceptForm{Text: c.Text, Promises: strings.Join(promises, "\n")}
}
