// Package insightform is the form of typed numbers beside their screenshots, which
// people of the agency and talents fill alike: numbers are read in any of the forms
// people write, shown back, and kept only when confirmed (R7). Screenshots are stored
// at the first step; what was stored is carried in the form under seal.
package insightform

import (
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

// Intake is the form as it was filled and as it was read.
type Intake struct {
	Texts     map[result.Metric]string
	Frames    string
	TakenAt   string // local date and time; empty is now
	Reason    string
	Sealed    string                   // the kept screenshots, under seal
	Confirmed bool                     // the reader saw the numbers read back
	Scan      bool                     // the machine was asked to read the screenshots
	Scanned   map[result.Metric]string // what it read of them

	Counts   result.Counts
	Read     map[result.Metric]string // as understood, in the reader's language
	List     []int64                  // the frames
	Evidence []result.Evidence
	Warnings []result.Warning
	at       time.Time
}

// Shown says whether there is a reading to show back.
func (in Intake) Shown() bool { return len(in.Read) > 0 }

// Request is the intake for a deliverable.
func (in Intake) Request(deliverableID string) result.EnterInsight {
	return result.EnterInsight{DeliverableID: deliverableID, TakenAt: in.at, Counts: in.Counts, Frames: in.List, Evidence: in.Evidence, Reason: in.Reason,
		Scanned: result.Scanned(in.Scanned, in.Texts)}
}

// maxBody bounds a form with several screenshots.
const maxBody = 8*result.EvidenceLimit + 1<<20

// Read reads the form: texts, numbers, and screenshots, which are kept at once.
// Its error is an Invalid fault with fields, or the store's.
func Read(r *http.Request, h *house.House, deliverableID string) (Intake, error) {
	in := Intake{Texts: map[result.Metric]string{}, Scanned: map[result.Metric]string{}}
	if err := parse(r); err != nil {
		return in, err
	}
	for _, m := range result.Metrics {
		in.Texts[m] = strings.TrimSpace(r.Form.Get(string(m)))
		if text := r.Form.Get("scanned." + string(m)); text != "" {
			in.Scanned[m] = text
		}
	}
	in.Frames, in.TakenAt, in.Reason = r.Form.Get("frames"), r.Form.Get("taken_at"), strings.TrimSpace(r.Form.Get("reason"))
	steps := r.Form["step"] // the hidden one, then the button's
	edit := len(steps) > 0 && steps[len(steps)-1] == "edit"
	in.Scan = len(steps) > 0 && steps[len(steps)-1] == "scan"
	in.Confirmed = len(steps) > 0 && !edit && !in.Scan
	if err := in.unseal(r, h, deliverableID); err != nil {
		return in, err
	}
	if err := in.files(r, h, deliverableID); err != nil {
		return in, err
	}
	if in.Scan {
		return in, in.scan(r, h)
	}
	l := locale.From(r.Context())
	var err error
	if in.Counts, in.List, in.Read, err = result.ReadNumbers(in.Texts, in.Frames, l.Lang); err != nil {
		in.Read = nil
		return in, err
	}
	if in.TakenAt != "" {
		if in.at, err = time.ParseInLocation("2006-01-02T15:04", in.TakenAt, l.Zone); err != nil {
			return in, fault.Field("taken_at", "date.unreadable", "text", in.TakenAt)
		}
	}
	if edit {
		in.Read = nil
		return in, nil
	}
	return in, in.complete()
}

// scan lets the machine read the screenshots into the fields that are still empty; a
// person looks at them before anything is kept.
func (in *Intake) scan(r *http.Request, h *house.House) error {
	found, err := h.Result.ScanEvidence(r.Context(), web.ActorOf(r), in.Evidence)
	for m, text := range found {
		if in.Texts[m] == "" {
			in.Texts[m], in.Scanned[m] = text, text
		}
	}
	return err
}

// complete asks for what is missing before the numbers are read back.
func (in *Intake) complete() error {
	wrong := fault.Fields{}
	if len(in.Counts) == 0 {
		wrong[string(result.Reach)] = result.ErrInsightEmpty.Code
	}
	if len(in.Evidence) == 0 {
		wrong["evidence"] = result.ErrEvidenceMissing.Code
	}
	if len(wrong) > 0 {
		in.Read = nil
	}
	return wrong.Err()
}

// Keep turns a refused saving back into the form: with the warnings when it only
// wants a reason.
func (in *Intake) Keep(i result.Insight, err error) {
	if err == nil {
		return
	}
	in.Warnings = i.Warnings
	if fault.CodeOf(err) != result.ErrReasonMissing.Code {
		in.Read, in.Confirmed = nil, false
	}
}

func parse(r *http.Request) error {
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	err := r.ParseMultipartForm(1 << 20)
	if errors.Is(err, http.ErrNotMultipart) {
		err = r.ParseForm()
	}
	if err != nil {
		return web.ErrForm.Wrap(err)
	}
	return nil
}

// files keeps the screenshots that came with the form, and seals what is kept.
func (in *Intake) files(r *http.Request, h *house.House, deliverableID string) error {
	if r.MultipartForm != nil {
		for _, f := range r.MultipartForm.File["evidence"] {
			e, err := keep(r, h, f)
			if err != nil {
				return err
			}
			in.Evidence = append(in.Evidence, e)
		}
	}
	if len(in.Evidence) == 0 {
		return nil
	}
	b, err := json.Marshal(in.Evidence)
	if err != nil {
		return err
	}
	in.Sealed, err = h.Box.Seal(string(b), seal(deliverableID))
	return err
}

func keep(r *http.Request, h *house.House, f *multipart.FileHeader) (result.Evidence, error) {
	file, err := f.Open()
	if err != nil {
		return result.Evidence{}, web.ErrForm.Wrap(err)
	}
	defer file.Close()
	e, err := h.Result.KeepEvidence(r.Context(), web.ActorOf(r), f.Filename, file)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return e, fault.Field("evidence", fault.CodeOf(err))
	}
	return e, err
}

func seal(deliverableID string) string { return "evidence/" + deliverableID }

func (in *Intake) unseal(r *http.Request, h *house.House, deliverableID string) error {
	if in.Sealed = r.Form.Get("kept"); in.Sealed == "" {
		return nil
	}
	text, err := h.Box.Unseal(in.Sealed, seal(deliverableID))
	if err != nil {
		return web.ErrForm.Wrap(err)
	}
	return json.Unmarshal([]byte(text), &in.Evidence)
}

// Serve shows a screenshot in place, never as a page.
func Serve(w http.ResponseWriter, r *http.Request, f io.ReadSeeker, e result.Evidence) {
	w.Header().Set("Content-Type", e.Type)
	w.Header().Set("Cache-Control", "private, max-age=86400, immutable")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(w, r, "", time.Time{}, f)
}
