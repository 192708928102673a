package web

import (
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Handler answers a request or gives the error that the door answers with.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line of a door's table. The tables are the source of the mux, of
// the matrix of rights and of the test of every route as every role.
type Route struct {
	Method  string      // GET or POST; GET changes nothing
	Pattern string      // "/campaigns/{id}/brief"
	Verb    access.Verb // the right that the use case asks for; "" on pages for everybody
	Handle  Handler
}

// Door is a way into the house: who may come in by it, and how they are told no.
type Door struct {
	Name      string
	Prefix    string // "" for the desk, "/c/{token}" and "/t/{token}" for links
	Recognise func(w http.ResponseWriter, r *http.Request) (access.Actor, error)
	Fail      func(w http.ResponseWriter, r *http.Request, err error) // answers an error as a page
	Routes    []Route
}

// Mount puts a door's routes on the mux.
func (p *Plumbing) Mount(mux *http.ServeMux, d Door) {
	for _, rt := range d.Routes {
		pattern := rt.Method + " " + d.Prefix + rt.Pattern
		mux.Handle(strings.TrimSuffix(pattern, "/{$}")+exact(pattern), p.handle(d, rt))
	}
}

// Otherwise answers what no route of the mux matches below a prefix, in the words
// of a door: the same answer as for a thing that is not there.
func (p *Plumbing) Otherwise(mux *http.ServeMux, prefix string, fail func(w http.ResponseWriter, r *http.Request, err error)) {
	mux.HandleFunc(prefix, func(w http.ResponseWriter, r *http.Request) {
		fail(w, withReader(r, access.Actor{}), db.ErrNotFound)
	})
}

// exact keeps "/{$}" where a pattern means one path alone.
func exact(pattern string) string {
	if strings.HasSuffix(pattern, "/{$}") {
		return "/{$}"
	}
	return ""
}

// handle recognises the actor, checks the right in general and runs the handler.
// Whose the thing is, is asked by the use case.
func (p *Plumbing) handle(d Door, rt Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := p.enter(w, &r, d, rt)
		if err == nil {
			err = rt.Handle(w, r)
		}
		if err != nil {
			p.answer(w, r, d, err)
		}
	})
}

func (p *Plumbing) enter(w http.ResponseWriter, r **http.Request, d Door, rt Route) error {
	actor, err := d.Recognise(w, *r)
	if err != nil {
		*r = withReader(*r, access.Actor{})
		return err
	}
	*r = withReader(*r, actor)
	if rt.Verb != "" && !actor.Can(rt.Verb) {
		return actor.Require(rt.Verb, access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID, TalentID: actor.TalentID})
	}
	if (*r).Method == http.MethodPost {
		return p.onceOnly(w, r, actor)
	}
	return nil
}
