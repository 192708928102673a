package talent

import (
	"net/url"
	"strings"
	"time"

	"kolega/internal/fault"
)

// View is a named address of the list of talents: its filter, text and order. The
// address is the view; what it finds is found anew each time.
type View struct {
	ID      string
	OwnerID string
	Name    string
	Query   string // of the address, without "?"
	Shared  bool   // everybody sees it; only its owner changes it
	MadeAt  time.Time
	Version int64
}

// The faults of a view.
var (
	FaultViewName  = fault.Field("name", "talent.view-name")
	FaultViewQuery = fault.Field("query", "talent.view-query")
	FaultViewMany  = fault.New(fault.Conflict, "talent.view-many") // arg limit
)

// MostViews bounds the views of one person.
const MostViews = 30

// NewView makes a view of an address' query. A place in the list is no part of it.
func NewView(name, query string, shared bool) (View, error) {
	v := View{Name: strings.Join(strings.Fields(name), " "), Shared: shared}
	if v.Name == "" || len([]rune(v.Name)) > 60 {
		return v, FaultViewName
	}
	values, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil || len(query) > 2_000 {
		return v, FaultViewQuery
	}
	values.Del("after")
	if v.Query = values.Encode(); v.Query == "" {
		return v, FaultViewQuery
	}
	return v, nil
}
