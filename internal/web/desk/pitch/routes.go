// Package pitch is the part of the staff app in which a pitch is made: brainstorms, proofs,
// service sheets, decks with their versions and readers, and the designers' queue.
package pitch

import (
	"net/http"

	"kolega/internal/proof"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	var all []web.Route
	for _, part := range [][]web.Route{d.deckRoutes(), d.ideaRoutes(), d.libraryRoutes(), d.designRoutes(), d.experimentRoutes()} {
		all = append(all, part...)
	}
	return all
}

func (d rooms) deckRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/decks", Verb: "deck.see", Handle: d.decks},
		{Method: "GET", Pattern: "/decks/new", Verb: "deck.edit", Handle: d.newDeck},
		{Method: "POST", Pattern: "/decks", Verb: "deck.edit", Handle: d.makeDeck},
		{Method: "GET", Pattern: "/decks/{id}", Verb: "deck.see", Handle: d.deck},
		{Method: "GET", Pattern: "/decks/{id}/edit", Verb: "deck.edit", Handle: d.editDeck},
		{Method: "POST", Pattern: "/decks/{id}", Verb: "deck.edit", Handle: d.saveDeck},
		{Method: "POST", Pattern: "/decks/{id}/ripe", Verb: "deck.ripen", Handle: d.ripen},
		{Method: "POST", Pattern: "/decks/{id}/template", Verb: "deck.edit", Handle: d.useTemplate},
		{Method: "POST", Pattern: "/decks/{id}/lesson", Verb: "deck.edit", Handle: d.lesson},
		{Method: "POST", Pattern: "/decks/{id}/order", Verb: "deck.edit", Handle: d.order},
		{Method: "GET", Pattern: "/decks/{id}/parts/new", Verb: "deck.edit", Handle: d.newPart},
		{Method: "POST", Pattern: "/decks/{id}/parts", Verb: "deck.edit", Handle: d.addPart},
		{Method: "GET", Pattern: "/decks/{id}/parts/{part}", Verb: "deck.edit", Handle: d.partForm},
		{Method: "POST", Pattern: "/decks/{id}/parts/{part}", Verb: "deck.edit", Handle: d.savePart},
		{Method: "POST", Pattern: "/decks/{id}/parts/{part}/drop", Verb: "deck.edit", Handle: d.dropPart},
		{Method: "POST", Pattern: "/decks/{id}/versions", Verb: "deck.edit", Handle: d.propose},
		{Method: "GET", Pattern: "/decks/{id}/versions/{version}", Verb: "deck.see", Handle: d.preview},
		{Method: "GET", Pattern: "/decks/{id}/versions/{version}/files/{format}", Verb: "deck.see", Handle: d.versionFile},
		{Method: "POST", Pattern: "/decks/{id}/versions/{version}/approve", Verb: "deck.approve", Handle: d.approve},
		{Method: "POST", Pattern: "/decks/{id}/versions/{version}/refuse", Verb: "deck.approve", Handle: d.refuse},
		{Method: "GET", Pattern: "/decks/{id}/versions/{version}/send", Verb: "deck.send", Handle: d.sendForm},
		{Method: "POST", Pattern: "/decks/{id}/versions/{version}/send", Verb: "deck.send", Handle: d.send},
		{Method: "POST", Pattern: "/decks/{id}/shares/{share}/revoke", Verb: "deck.send", Handle: d.revoke},
	}
}

// maxUpload bounds the files of one form, in bytes.
const maxUpload = 100 << 20

// upload reads a form with files; the caller calls done.
func upload(w http.ResponseWriter, r *http.Request, field string) (files []proof.File, done func(), err error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return nil, func() {}, web.ErrForm.Wrap(err)
	}
	var open []func() error
	done = func() {
		for _, c := range open {
			_ = c()
		}
		_ = r.MultipartForm.RemoveAll()
	}
	for _, head := range r.MultipartForm.File[field] {
		f, err := head.Open()
		if err != nil {
			return nil, done, err
		}
		open = append(open, f.Close)
		files = append(files, proof.File{Name: head.Filename, Data: f})
	}
	return files, done, nil
}

// first is the one file of a form, empty when none was given.
func first(files []proof.File) proof.File {
	if len(files) == 0 {
		return proof.File{}
	}
	return files[0]
}
