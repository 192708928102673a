// Package deckpage shows a pitch deck's document: the client's link and the staff app's
// preview are the same page, painted once here. It reads without scripts, and counts nobody
// by itself.
package deckpage

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/pitch"
	"kolega/internal/proof"
)

// View is a document with where its files are.
type View struct {
	Document pitch.Document
	Files    string // front of the files' addresses, with a slash at the end
	Design   bool   // there is a designer's file
	Logo     string // address of the client's logo; "" for none
}

// Path is the address of a deck's page by its secret.
func Path(token string) string { return "/d/" + token }

// loc writes the document in its own language, whatever its reader's is.
func (v View) loc() *locale.Loc { return v.Document.Loc() }

func anchor(i int) string { return "s" + strconv.Itoa(i+1) }

func quoted(s pitch.Section) bool {
	return s.Proof != nil && (s.Proof.Kind == proof.Testimonial || s.Proof.Kind == proof.Expert)
}

// SendFile answers with a file to be saved. What it holds is somebody else's: the browser
// never shows it as a page of ours.
func SendFile(w http.ResponseWriter, r *http.Request, f io.ReadSeekCloser, name, kind string) error {
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// Sheet is the small style sheet that gives a page its client's colour; both themes keep the
// contrast of words.
func Sheet(agency, client paper.Look) []byte {
	l := agency
	if client.Color != "" {
		l.Color = client.Color
	}
	if l.Color == "" {
		return nil
	}
	ground, on, words := l.Readable()
	return []byte(".deck-cover{background:#" + ground + ";color:#" + on + "}.deck-cover .meta,.deck-cover h1{color:#" + on + "}\n" +
		"@media print{.deck{--brand:#" + words + "}}:root[data-theme=light] .deck{--brand:#" + words + "}\n@media (prefers-color-scheme:light){:root:not([data-theme=dark]) .deck{--brand:#" + words + "}}\n")
}
