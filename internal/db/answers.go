package db

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"
)

// answers are what was said and is not in the database yet.
type answers struct {
	mu    sync.Mutex
	by    map[Key]Answer
	queue []said
}

// said is one answer as it is kept among others of its moment. The key's own row is
// there already, unless the request changed nothing.
type said struct {
	Owner, Key string
	Answer     Answer
	hash       string
	claimed    bool
}

func (s said) key() Key { return Key{s.Owner, s.Key, s.hash} }

func (a *answers) of(k Key) (Answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w, ok := a.by[k]
	return w, ok
}

func (a *answers) put(s said) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.by == nil {
		a.by = map[Key]Answer{}
	}
	if _, twice := a.by[s.key()]; twice {
		return
	}
	a.by[s.key()] = s.Answer
	a.queue = append(a.queue, s)
}

// all gives those that wait, the longest first.
func (a *answers) all() []said {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.queue)
}

// forget lets go of the first n of the queue, which the database has now.
func (a *answers) forget(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range a.queue[:n] {
		delete(a.by, s.key())
	}
	a.queue = a.queue[n:]
}

// KeepAnswer stores what was answered to the key that the context carries. It does not
// wait for the disk: the answer joins a later commit, and is known here at once.
// When the program dies before, a repeat is told that the change was made.
func (d *DB) KeepAnswer(ctx context.Context, a Answer) {
	k, _ := ctx.Value(keyCtx{}).(*keyState)
	if k == nil {
		return
	}
	d.answers.put(said{Owner: k.Owner, Key: k.Key.Key, Answer: a, hash: k.BodyHash, claimed: k.claimed})
	d.turn.soon()
}

// answersAtOnce is how many answers share a row.
const answersAtOnce = 64

// writeAnswers keeps all the answers that wait, those of a moment in one row.
func (d *DB) writeAnswers(tx *Tx) error {
	list := d.answers.all()
	n := len(list)
	tx.AfterCommit(func() { d.answers.forget(n) })
	for part := range slices.Chunk(list, answersAtOnce) {
		if err := tx.keepAnswers(part); err != nil {
			d.log.Error("keep answers", "err", err)
			return err
		}
	}
	return nil
}

func (tx *Tx) keepAnswers(part []said) error {
	ctx := context.Background()
	for _, s := range part {
		if s.claimed {
			continue
		}
		if _, err := tx.Exec(ctx, keepKey, s.Owner, s.Key, s.hash, At(tx.Now())); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `INSERT INTO idempotency_answers (at, said)
		SELECT CASE WHEN COALESCE(MAX(at), 0) >= $1 THEN MAX(at) + 1 ELSE $1 END, CAST($2 AS TEXT) FROM idempotency_answers`, At(tx.Now()), JSON[[]said]{part})
	return err
}

// An answer is looked for in what was said so long after its key was kept, a few rows
// at a time: it is almost always in the first.
const (
	answerWithin = time.Hour
	answerRows   = 8
)

// findAnswer gives what was said to a key that was kept at an instant; an answer without
// status when nothing was.
func findAnswer(ctx context.Context, tx *Tx, k Key, at time.Time) (*Answer, error) {
	from, until := at.UnixMicro(), at.Add(answerWithin).UnixMicro()
	for {
		rows, err := tx.Query(ctx, `SELECT at, said FROM idempotency_answers WHERE at >= $1 AND at < $2 ORDER BY at LIMIT $3`, from, until, answerRows)
		list, err := Collect(rows, err, func(r *sql.Rows) (list []said, err error) {
			var doc JSON[[]said]
			err = r.Scan(&from, &doc)
			return doc.V, err
		})
		if err != nil {
			return nil, err
		}
		for _, row := range list {
			for _, s := range row {
				if s.Owner == k.Owner && s.Key == k.Key {
					return &s.Answer, nil
				}
			}
		}
		if len(list) < answerRows {
			return &Answer{}, nil
		}
		from++
	}
}
