package match

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// mostRead is how many talents are read at a time while the index catches up.
const mostRead = 4_096

// mark is where reading the change sequence has come to.
type mark struct {
	seq int64
	id  string
}

// readChanged reads the talents changed after a mark, at most mostRead. An erased
// one has an id and nothing else.
func readChanged(ctx context.Context, tx *db.Tx, from mark) (list []known, to mark, err error) {
	return readTalents(ctx, tx, from, `WHERE (seq, id) > ($1, $2) ORDER BY seq, id LIMIT $3`, from.seq, from.id, mostRead)
}

// readJudged reads the talents of whom a fact was kept after a number of the change
// sequence, at most mostRead after an id. A fact alone leaves its talent's row as it is.
func readJudged(ctx context.Context, tx *db.Tx, after int64, from mark) (list []known, to mark, err error) {
	return readTalents(ctx, tx, from, `WHERE id > $2 AND id IN (SELECT talent_id FROM talent_fact WHERE seq > $1) ORDER BY id LIMIT $3`, after, from.id, mostRead)
}

// readTalents reads the talents that a condition picks, with what other tables know of them.
func readTalents(ctx context.Context, tx *db.Tx, from mark, where string, args ...any) (list []known, to mark, err error) {
	rows, err := tx.Query(ctx, `SELECT seq, id, name, country, city, status, languages, tags, categories, manager_name, phone, bio, note, made_at
		FROM talent `+where, args...)
	to = from
	list, err = db.Collect(rows, err, func(r *sql.Rows) (k known, err error) {
		var languages, tags, categories db.JSON[[]string]
		var made db.Time
		t := &k.talent
		err = r.Scan(&to.seq, &to.id, &t.Name, &t.Country, &t.City, &t.Status, &languages, &tags, &categories, &t.ManagerName, &t.Phone, &t.Bio, &t.Note, &made)
		t.ID, t.Languages, t.Tags, t.Categories, t.CreatedAt = to.id, languages.V, tags.V, categories.V, made.Time
		return k, err
	})
	if err != nil || len(list) == 0 {
		return nil, to, err
	}
	at := make(map[string]*known, len(list))
	ids := make([]string, 0, len(list))
	for i := range list {
		if id := list[i].talent.ID; !list[i].talent.Gone() {
			at[id], ids = &list[i], append(ids, id)
		}
	}
	if err := readHeard(ctx, tx, ids, at); err != nil {
		return nil, to, err
	}
	return list, to, readParts(ctx, tx, ids, at)
}

// readHeard reads who watches the talents' accounts.
func readHeard(ctx context.Context, tx *db.Tx, ids []string, at map[string]*known) error {
	return inParts(ctx, tx, `SELECT a.talent_id, u.account_id, u.kind, u.value, u.share_bp, u.on_day FROM talent_audience u JOIN talent_account a ON a.id = u.account_id
		WHERE a.talent_id IN (LIST) ORDER BY u.account_id, u.kind, u.share_bp DESC, u.value`, ids, func(r *sql.Rows) error {
		var who, account string
		var kind talent.AudienceKind
		var share talent.Share
		var on worktime.Date
		err := r.Scan(&who, &account, &kind, &share.Value, &share.Bp, &on)
		k := at[who]
		if k.heard == nil {
			k.heard = map[string]talent.Audience{}
		}
		a := k.heard[account]
		if a.Shares == nil {
			a = talent.Audience{AccountID: account, Shares: map[talent.AudienceKind][]talent.Share{}, On: map[talent.AudienceKind]worktime.Date{}}
		}
		a.Shares[kind], a.On[kind] = append(a.Shares[kind], share), on
		k.heard[account] = a
		return err
	})
}

// readParts reads what other tables know of the talents.
func readParts(ctx context.Context, tx *db.Tx, ids []string, at map[string]*known) error {
	for _, read := range []struct {
		text string
		scan func(r *sql.Rows) error
	}{
		{`SELECT talent_id, id, platform, handle, platform_id, followers, er_bp, audience_country FROM talent_account WHERE talent_id IN (LIST) ORDER BY followers DESC, platform, account_key`, func(r *sql.Rows) error {
			var a talent.Account
			err := r.Scan(&a.TalentID, &a.ID, &a.Platform, &a.Handle, &a.PlatformID, &a.Followers, &a.ERBp, &a.AudienceCountry)
			k := at[a.TalentID]
			k.accounts = append(k.accounts, a)
			return err
		}},
		{`SELECT talent_id, platform, format, amount_minor, amount_currency, valid_from, valid_to FROM talent_rate WHERE talent_id IN (LIST)`, func(r *sql.Rows) error {
			var x talent.Rate
			err := r.Scan(&x.TalentID, &x.Platform, &x.Format, &x.Amount.Minor, &x.Amount.Currency, &x.ValidFrom, &x.ValidTo)
			at[x.TalentID].card = append(at[x.TalentID].card, x)
			return err
		}},
		{`SELECT talent_id, currency FROM talent_route WHERE talent_id IN (LIST)`, func(r *sql.Rows) error {
			var x talent.Route
			err := r.Scan(&x.TalentID, &x.Currency)
			at[x.TalentID].route = x
			return err
		}},
		{`SELECT talent_id, from_on, to_on FROM talent_absence WHERE talent_id IN (LIST)`, func(r *sql.Rows) error {
			var x talent.Absence
			err := r.Scan(&x.TalentID, &x.From, &x.To)
			at[x.TalentID].away = append(at[x.TalentID].away, x)
			return err
		}},
		{`SELECT talent_id, met, at, excused, contested_at, settled_at FROM talent_fact WHERE talent_id IN (LIST)`, func(r *sql.Rows) error {
			var x talent.Fact
			var made, contested, settled db.Time
			err := r.Scan(&x.TalentID, &x.Met, &made, &x.Excused, &contested, &settled)
			x.At, x.ContestedAt, x.SettledAt = made.Time, contested.Time, settled.Time
			at[x.TalentID].facts = append(at[x.TalentID].facts, x)
			return err
		}},
	} {
		if err := inParts(ctx, tx, read.text, ids, read.scan); err != nil {
			return err
		}
	}
	return nil
}

// inParts runs a query with LIST for at most 100 ids at a time.
func inParts(ctx context.Context, tx *db.Tx, text string, ids []string, scan func(*sql.Rows) error) error {
	const most = 100
	for len(ids) > 0 {
		n := min(len(ids), most)
		args := make([]any, n)
		var b strings.Builder
		for i, id := range ids[:n] {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("$" + strconv.Itoa(i+1))
			args[i] = id
		}
		ids = ids[n:]
		rows, err := tx.Query(ctx, strings.Replace(text, "LIST", b.String(), 1), args...)
		if _, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) { return struct{}{}, scan(r) }); err != nil {
			return err
		}
	}
	return nil
}
