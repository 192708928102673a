package audit

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"kolega/internal/db"
)

const columns = `seq, at, who_kind, who_id, who_name, via, verb, subject, subject_id,
	COALESCE(campaign_id, ''), COALESCE(client_id, ''), COALESCE(talent_id, ''),
	before_doc, after_doc, reason, request_id, prev_hash, hash`

// Record appends an entry to the trail, in the change's own commit.
func Record(ctx context.Context, tx *db.Tx, who Who, e Entry) error {
	before, err := document(e.Before)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Verb, err)
	}
	after, err := document(e.After)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Verb, err)
	}
	l := Line{At: tx.Now(), Who: who, Verb: e.Verb, Subject: e.Subject, ID: e.ID, Campaign: e.Campaign, Client: e.Client, Talent: e.Talent,
		Before: before, After: after, Reason: e.Reason, RequestID: RequestOf(ctx)}
	if l.Seq, l.Prev, err = end(ctx, tx); err != nil {
		return fmt.Errorf("read the trail's end: %w", err)
	}
	l.Seq++
	l.Hash = l.seal()
	_, err = tx.Exec(ctx, `INSERT INTO audit (seq, at, who_kind, who_id, who_name, via, verb, subject, subject_id,
			campaign_id, client_id, talent_id, before_doc, after_doc, reason, request_id, prev_hash, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		l.Seq, db.At(l.At), who.Kind, who.ID, who.Name, who.Via, l.Verb, l.Subject, l.ID,
		null(l.Campaign), null(l.Client), null(l.Talent), l.Before, l.After, l.Reason, l.RequestID, l.Prev, l.Hash)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Verb, err)
	}
	tx.Note(endNote, trailEnd{l.Seq, l.Hash})
	return nil
}

// trailEnd is the newest entry, as the changes of one commit hand it on.
type trailEnd struct {
	seq  int64
	hash string
}

const endNote = "audit.end"

// end gives number and hash of the newest entry, none of them when there is none.
func end(ctx context.Context, tx *db.Tx) (seq int64, hash string, err error) {
	if e, ok := tx.Noted(endNote).(trailEnd); ok {
		return e.seq, e.hash, nil
	}
	err = tx.QueryRow(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&seq, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return seq, hash, err
}

func null(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// Version is the number of the newest entry that concerns a campaign, 0 when
// there is none. Whatever is made from a campaign's facts alone is still true
// while this number stands.
func Version(ctx context.Context, tx *db.Tx, campaign string) (int64, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT seq FROM audit WHERE campaign_id = $1 ORDER BY seq DESC LIMIT 1`, campaign).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

// End is the number of the newest entry of all, 0 when there is none.
func End(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit`).Scan(&n)
	return n, err
}

// NamesVersion is the number of the newest entry about what many campaigns share:
// clients, brands, people of the agency, countries and their holidays; 0 when there is
// none.
func NamesVersion(ctx context.Context, tx *db.Tx) (int64, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT seq FROM audit WHERE subject IN ('client', 'brand', 'person', 'agency', 'country', 'holiday') ORDER BY seq DESC LIMIT 1`).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

// History gives the entries of one thing that is of no campaign, oldest first. What is
// of a campaign stands among that campaign's entries, see Of.
func History(ctx context.Context, tx *db.Tx, subject, id string) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE subject = $1 AND subject_id = $2 AND campaign_id IS NULL ORDER BY seq`, subject, id)
	return db.Collect(rows, err, scan)
}

// Of gives up to limit entries that concern a campaign and are older than
// before (0 for the newest), newest first.
func Of(ctx context.Context, tx *db.Tx, campaign string, before int64, limit int) ([]Line, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE campaign_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`, campaign, before, limit)
	return db.Collect(rows, err, scan)
}

// WithVerbs gives all entries of two verbs about one kind of subject, the oldest first, for
// comparing what is kept with what was done.
func WithVerbs(ctx context.Context, tx *db.Tx, subject, verb, other string) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE subject = $1 AND verb IN ($2, $3) ORDER BY seq`, subject, verb, other)
	return db.Collect(rows, err, scan)
}

// Acts gives up to limit entries about a campaign that are newer than seq and than an
// instant, newest first, of people other than one. They come without what was before
// and after.
func Acts(ctx context.Context, tx *db.Tx, campaign string, seq int64, since time.Time, others string, limit int) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT seq, at, who_kind, who_id, who_name, verb FROM audit WHERE campaign_id = $1 AND seq > $2 AND at > $3 AND who_kind <> 'system' AND who_id <> $4
		ORDER BY seq DESC LIMIT $5`, campaign, seq, db.At(since), others, limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Line, error) {
		l, at := Line{Campaign: campaign}, db.Time{}
		err := r.Scan(&l.Seq, &at, &l.Who.Kind, &l.Who.ID, &l.Who.Name, &l.Verb)
		l.At = at.Time
		return l, err
	})
}

// After gives up to limit entries that are newer than seq, oldest first.
func After(ctx context.Context, tx *db.Tx, seq int64, limit int) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`, seq, limit)
	return db.Collect(rows, err, scan)
}

func scan(r *sql.Rows) (l Line, err error) {
	var at db.Time
	err = r.Scan(&l.Seq, &at, &l.Who.Kind, &l.Who.ID, &l.Who.Name, &l.Who.Via, &l.Verb, &l.Subject, &l.ID,
		&l.Campaign, &l.Client, &l.Talent, &l.Before, &l.After, &l.Reason, &l.RequestID, &l.Prev, &l.Hash)
	l.At = at.Time
	return l, err
}

// Break is a place where the trail does not hold.
type Break struct {
	Seq  int64
	What string // "hash", "chain" or "gap"
}

// verifyStep is how many entries are read at once.
const verifyStep = 5000

// Verify reads the whole trail and gives each place where it was tampered with,
// and the number and hash of its end, which may be kept elsewhere. An entry whose
// words a later entry says were redacted, to just what stands there, holds.
func Verify(ctx context.Context, tx *db.Tx) (breaks []Break, end Line, err error) {
	open := altered{}
	for {
		lines, err := After(ctx, tx, end.Seq, verifyStep)
		if err != nil {
			return nil, end, fmt.Errorf("verify the trail: %w", err)
		}
		for _, l := range lines {
			switch seal := l.seal(); {
			case seal != l.Hash:
				open[l.Seq] = seal
			default:
				if err := open.settle(l); err != nil {
					return nil, end, err
				}
			}
			switch {
			case l.Seq != end.Seq+1:
				breaks = append(breaks, Break{l.Seq, "gap"})
			case l.Prev != end.Hash:
				breaks = append(breaks, Break{l.Seq, "chain"})
			}
			end = l
		}
		if len(lines) < verifyStep {
			break
		}
	}
	for seq := range open {
		breaks = append(breaks, Break{seq, "hash"})
	}
	slices.SortFunc(breaks, func(a, b Break) int { return cmp.Compare(a.Seq, b.Seq) })
	return breaks, end, nil
}
