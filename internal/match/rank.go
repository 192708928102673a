package match

import (
	"sync"

	"kolega/internal/money"
)

// Row is what a ranked list shows of a talent: no more than a list needs.
type Row struct {
	TalentID   string
	Name       string
	Country    string
	City       string
	Categories []string
	AccountID  string // "" none is known
	Platform   string
	Handle     string
	Followers  int64 // -1 unknown
	ERBp       int64 // -1 unknown
}

// Ranked is a row with its fit and fee.
type Ranked struct {
	*Row
	Fit   int64 // thousandths of a point; 0 without a brief
	Parts []Measure
	Fee   money.Amount // none: unknown
}

// Ranking is a part of a ranked list.
type Ranking struct {
	Rows    []Ranked
	Total   int
	All     int
	Next    string
	Facets  map[Facet][]Value
	Removed []Removal
}

// mostRows bounds the rows that are kept decoded.
const mostRows = 16_384

// rowKey is a talent by one of its accounts.
type rowKey struct {
	id      string
	account uint32
}

// rowCache keeps rows decoded until their talent changes. era moves with every
// change, so that a row read before it is not put in after it.
type rowCache struct {
	mu   sync.Mutex
	era  int64
	rows map[rowKey]*Row
	of   map[string][]rowKey // by talent
}

func newRowCache() *rowCache {
	return &rowCache{rows: map[rowKey]*Row{}, of: map[string][]rowKey{}}
}

// forget drops the rows of talents that changed.
func (c *rowCache) forget(ids []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.era++
	for _, id := range ids {
		for _, k := range c.of[id] {
			delete(c.rows, k)
		}
		delete(c.of, id)
	}
}

// get gives the rows that are kept; nil for the others, whose places are missing.
func (c *rowCache) get(hits []Hit) (rows []*Row, missing []int, era int64) {
	rows = make([]*Row, len(hits))
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, h := range hits {
		if rows[i] = c.rows[rowKey{h.TalentID, h.account}]; rows[i] == nil {
			missing = append(missing, i)
		}
	}
	return rows, missing, c.era
}

// put keeps rows that were read in an era, when it is still that one.
func (c *rowCache) put(hits []Hit, rows []*Row, places []int, era int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if era != c.era {
		return
	}
	if len(c.rows)+len(places) > mostRows {
		clear(c.rows)
		clear(c.of)
	}
	for _, i := range places {
		if rows[i] == nil {
			continue
		}
		k := rowKey{hits[i].TalentID, hits[i].account}
		c.rows[k] = rows[i]
		c.of[k.id] = append(c.of[k.id], k)
	}
}
