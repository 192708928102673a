package result

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// ReadingsLimit is how many readings one call may bring.
const ReadingsLimit = 50_000

// BringReadings keeps the readings of a CSV file, all of them or none: columns "post"
// (its id), "at" (RFC 3339 or seconds since 1970; the full hour counts) and any metric;
// an empty cell is unknown. What was kept of the same post and hour is replaced. It
// tells how many were kept. Right: insight.enter, of staff. Faults: reading.*, with
// the line as "row".
func (s *Service) BringReadings(ctx context.Context, actor access.Actor, file io.Reader) (int, error) {
	if err := actor.Require("insight.enter", access.Owner{}); err != nil {
		return 0, err
	}
	lines, err := readReadings(file, s.db.Now())
	if err != nil || len(lines.list) == 0 {
		return 0, err
	}
	var kept []Reading
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		numbers, fresh, err := s.number(ctx, tx, lines)
		if err != nil {
			return err
		}
		kept = slices.Clone(lines.list)
		for i := range kept {
			kept[i].Post = numbers[kept[i].Post]
		}
		kept = settle(kept)
		r, err := insertRun(ctx, tx, 0, 0, true)
		if err != nil {
			return err
		}
		if err := insertPages(ctx, tx, r.id, kept); err != nil {
			return err
		}
		if r.id%foldAt == 0 {
			if err := job.Enqueue(ctx, tx, FoldReadings{}, job.Unique(strconv.FormatInt(r.id, 10))); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { s.numbers.keep(fresh) })
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "reading.bring", Subject: "reading", ID: strconv.FormatInt(r.id, 10), After: map[string]any{"read": len(lines.list), "kept": len(kept)}})
	})
	return len(kept), err
}

// readingLines are the readings of a file and the posts they name.
type readingLines struct {
	list  []Reading // Post is an index into posts
	posts []string
	row   []int // where each post was named first
}

func readReadings(file io.Reader, now time.Time) (out readingLines, err error) {
	c := csv.NewReader(bufio.NewReaderSize(file, 64<<10))
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return out, ErrReadingHead
	}
	cols, err := readingColumns(head)
	if err != nil {
		return out, err
	}
	places := map[string]int64{}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		row, _ := c.FieldPos(0)
		if err != nil {
			return out, ErrReadingCell.With("row", row, "column", "")
		}
		if len(out.list) == ReadingsLimit {
			return out, ErrReadingMany.With("most", ReadingsLimit)
		}
		r, err := cols.read(cells, row, now)
		if err != nil {
			return out, err
		}
		place, known := places[cells[cols.post]]
		if !known {
			id := strings.Clone(cells[cols.post])
			place = int64(len(out.posts))
			places[id] = place
			out.posts, out.row = append(out.posts, id), append(out.row, row)
		}
		r.Post = place
		out.list = append(out.list, r)
	}
}

// readingColumns says where the columns of a file stand.
type readingCols struct {
	post, at int
	metrics  []int // metric of each column, -1 for the others
}

func readingColumns(head []string) (c readingCols, err error) {
	c.post, c.at, c.metrics = -1, -1, make([]int, len(head))
	found := 0
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		c.metrics[i] = slices.Index(Metrics, Metric(name))
		switch {
		case name == "post":
			c.post = i
		case name == "at":
			c.at = i
		case c.metrics[i] >= 0:
			found++
		default:
			return c, ErrReadingHead.With("column", name)
		}
	}
	if c.post < 0 || c.at < 0 || found == 0 {
		return c, ErrReadingHead
	}
	return c, nil
}

func (c readingCols) read(cells []string, row int, now time.Time) (Reading, error) {
	r := Reading{counts: unknownCounts}
	at, err := readingAt(cells[c.at])
	if err != nil {
		return r, ErrReadingCell.With("row", row, "column", "at")
	}
	r.Hour = at / 3600
	for i, m := range c.metrics {
		if m < 0 || cells[i] == "" {
			continue
		}
		if r.counts[m], err = strconv.ParseInt(cells[i], 10, 64); err != nil || r.counts[m] < 0 {
			return r, ErrReadingCell.With("row", row, "column", string(Metrics[m]))
		}
	}
	return r, r.check(row, now)
}

// readingAt gives the seconds since 1970.
func readingAt(text string) (int64, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
		return n, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err == nil && t.Unix() < 0 {
		err = strconv.ErrRange
	}
	return t.Unix(), err
}

// number gives the short numbers of the posts, and apart those that were not at hand.
func (s *Service) number(ctx context.Context, tx *db.Tx, lines readingLines) (numbers []int64, fresh map[string]int64, err error) {
	numbers, missing := s.numbers.find(lines.posts)
	fresh = make(map[string]int64, len(missing))
	if err := numbersOf(ctx, tx, missing, fresh); err != nil {
		return nil, nil, err
	}
	for i, id := range lines.posts {
		if numbers[i] != 0 {
			continue
		}
		if fresh[id] == 0 {
			n, err := insertNumber(ctx, tx, id)
			if err != nil {
				return nil, nil, err
			}
			if n == 0 {
				return nil, nil, ErrReadingUnknown.With("row", lines.row[i])
			}
			fresh[id] = n
		}
		numbers[i] = fresh[id]
	}
	return numbers, fresh, nil
}

// numberCache keeps the short numbers of posts that were asked for lately. A number
// never changes, so it is never stale.
type numberCache struct {
	mu   sync.Mutex
	have map[string]int64
}

const numbersKept = 50_000

func (c *numberCache) find(posts []string) (numbers []int64, missing []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	numbers = make([]int64, len(posts))
	for i, id := range posts {
		if numbers[i] = c.have[id]; numbers[i] == 0 {
			missing = append(missing, id)
		}
	}
	return numbers, missing
}

func (c *numberCache) keep(fresh map[string]int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.have == nil || len(c.have)+len(fresh) > numbersKept {
		c.have = make(map[string]int64, len(fresh))
	}
	for id, n := range fresh {
		c.have[id] = n
	}
}

// Readings gives the readings of a post in a span of time, oldest first. Right:
// insight.see. Fault: not-found.
func (s *Service) Readings(ctx context.Context, actor access.Actor, postID string, from, to time.Time) (list []Reading, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := LoadPost(ctx, tx, postID)
		if err != nil {
			return err
		}
		if err := actor.Require("insight.see", ownerOf(actor, p.CampaignID, p.ClientID, p.TalentID)); err != nil {
			return err
		}
		list, err = ListReadings(ctx, tx, postID, from.Unix()/3600, to.Unix()/3600)
		return err
	})
	return list, err
}
