// Package home is the part of the staff app about whose move it is: the inbox, a
// campaign's board, and finding anything.
package home

import (
	"sync"

	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct {
	*house.House
	rows *rowCache
}

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h, &rowCache{kept: map[reader]*rowSet{}}}
	return []web.Route{
		{Method: "GET", Pattern: "/inbox", Verb: "access.self", Handle: d.inbox},
		{Method: "GET", Pattern: "/campaigns/{id}", Verb: "campaign.see", Handle: d.board},
		{Method: "GET", Pattern: "/campaigns/{id}/share", Verb: "access.links", Handle: d.share},
		{Method: "POST", Pattern: "/campaigns/{id}/share", Verb: "access.links", Handle: d.prepare},
		{Method: "POST", Pattern: "/campaigns/{id}/messages/{message}/sent", Verb: "access.links", Handle: d.markSent},
		{Method: "POST", Pattern: "/campaigns/{id}/messages/{message}/unsent", Verb: "access.links", Handle: d.unmarkSent},
		{Method: "GET", Pattern: "/notifications", Verb: "audit.see", Handle: d.notifications},
		{Method: "GET", Pattern: "/help", Verb: "access.self", Handle: d.help},
		{Method: "POST", Pattern: "/codes/{code}/sent", Verb: "access.links", Handle: d.markCodeSent},
		{Method: "GET", Pattern: "/search", Verb: "access.self", Handle: d.search},
	}
}

// reader is for whom rows were painted: everything of a reader that changes them.
type reader struct {
	campaign, lang, zone, role, filter string
}

// rowSet are painted rows and the version of the facts they show.
type rowSet struct {
	version report.Version
	html    []byte
}

// rowCache keeps the painted rows of boards. A row is painted again as soon as its
// campaign's facts, a talent or the minute change; who may see it is asked before.
type rowCache struct {
	mu   sync.Mutex
	kept map[reader]*rowSet
}

// most bounds the painted boards in memory, about 50 KB each.
const most = 300

func (c *rowCache) get(k reader, v report.Version) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.kept[k]; s != nil && s.version == v {
		return s.html
	}
	return nil
}

func (c *rowCache) put(k reader, v report.Version, html []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= most {
		clear(c.kept)
	}
	c.kept[k] = &rowSet{v, html}
}
