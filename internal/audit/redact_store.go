package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"kolega/internal/db"
)

// RedactVerb is the verb of the entries that say which others were redacted.
const RedactVerb = "audit.redact"

// Resealed is an entry from which words were taken out: the hash of what it says now.
// Its own hash stays, so that the chain holds over the erased words too.
type Resealed struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// Found are entries that a search of the trail came upon, and how far it went.
type Found struct {
	Seqs    []int64
	Through int64
}

// Find goes on searching the trail from where an earlier search ended. A long trail is
// searched in a snapshot first, so that the change itself reads only what came since.
func Find(ctx context.Context, tx *db.Tx, f Found, hit func(Line) bool) (Found, error) {
	for {
		lines, err := After(ctx, tx, f.Through, verifyStep)
		if err != nil {
			return f, fmt.Errorf("search the trail: %w", err)
		}
		for _, l := range lines {
			if f.Through = l.Seq; hit(l) {
				f.Seqs = append(f.Seqs, l.Seq)
			}
		}
		if len(lines) < verifyStep {
			return f, nil
		}
	}
}

// Redact takes words out of kept entries, for a person who is erased (B11): change
// gets each entry and may alter its name, documents and reason; nothing else is kept. An
// entry of RedactVerb says for ever which entries it were, who did it and what hash
// they have since, so that Verify tells an erasure from tampering.
func Redact(ctx context.Context, tx *db.Tx, who Who, e Entry, f Found, change func(l *Line)) error {
	done := make([]Resealed, 0, len(f.Seqs))
	for _, seq := range f.Seqs {
		rows, err := tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE seq = $1`, seq)
		lines, err := db.Collect(rows, err, scan)
		if err != nil {
			return fmt.Errorf("redact entry %d: %w", seq, err)
		}
		for _, l := range lines {
			to := l
			change(&to)
			l.Who.Name, l.Before, l.After, l.Reason = to.Who.Name, to.Before, to.After, to.Reason
			if _, err := tx.Exec(ctx, `UPDATE audit SET who_name = $2, before_doc = $3, after_doc = $4, reason = $5 WHERE seq = $1`,
				seq, l.Who.Name, l.Before, l.After, l.Reason); err != nil {
				return fmt.Errorf("redact entry %d: %w", seq, err)
			}
			done = append(done, Resealed{seq, l.seal()})
		}
	}
	e.Verb, e.After = RedactVerb, done
	return Record(ctx, tx, who, e)
}

// altered are the entries found so far whose hash is not that of what they say, with
// the hash of what they say: tampered with, unless a later entry says that they
// were redacted to just that.
type altered map[int64]string

// settle takes out what an entry of RedactVerb explains.
func (a altered) settle(l Line) error {
	if l.Verb != RedactVerb || l.After == "" {
		return nil
	}
	var list []Resealed
	if err := json.Unmarshal([]byte(l.After), &list); err != nil {
		return fmt.Errorf("read redaction %d: %w", l.Seq, err)
	}
	for _, r := range list {
		if a[r.Seq] == r.Hash {
			delete(a, r.Seq)
		}
	}
	return nil
}
