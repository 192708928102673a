package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// fillTalents makes the file of the raw SQLite engine: FTS5 and a covering index.
func fillTalents(file string, n int) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	for _, q := range []string{`CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, handle TEXT, country INTEGER, platform INTEGER, region INTEGER, lang INTEGER, tier INTEGER, cats INTEGER, followers INTEGER, er INTEGER, rate INTEGER, bio TEXT)`,
		`CREATE VIRTUAL TABLE words USING fts5(bio, content='', detail=none)`} {
		if _, err := d.Exec(q); err != nil {
			return err
		}
	}
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	row, err := tx.Prepare(`INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`)
	if err != nil {
		return err
	}
	text, err := tx.Prepare(`INSERT INTO words (rowid, bio) VALUES (?,?)`)
	if err != nil {
		return err
	}
	for i := range n {
		p := personAt(i)
		if _, err := row.Exec(p.no, p.name, p.handle, p.country, p.platform, p.region, p.lang, p.tier, p.cats, p.followers, p.er, p.rate, p.bio); err != nil {
			return err
		}
		if _, err := text.Exec(p.no, p.bio); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`CREATE INDEX w1 ON t (country, platform, followers, er, cats, rate, region, lang, tier)`); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = d.Exec(`ANALYZE`)
	return err
}

// lite is raw SQLite: one statement a search, and one for the rows.
type lite struct {
	d       *sql.DB
	medians [5][5]int64
}

func openLite(file string) (*lite, error) {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return nil, err
	}
	d.SetMaxOpenConns(4)
	d.SetMaxIdleConns(4)
	l := &lite{d: d}
	rows, err := d.Query(`SELECT platform, tier, er FROM (SELECT platform, tier, er, ROW_NUMBER() OVER w AS k, COUNT(*) OVER (PARTITION BY platform, tier) AS n FROM t WINDOW w AS (PARTITION BY platform, tier ORDER BY er)) WHERE k = (n + 1) / 2`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p, t int
		var er int64
		if err := rows.Scan(&p, &t, &er); err != nil {
			return nil, err
		}
		l.medians[p][t] = er
	}
	return l, rows.Err()
}

// statement is the whole search. Ties of the last place are cut by name, so the rows
// at or above the fiftieth are looked up, and no others.
func (l *lite) statement(q brief) string {
	bit := func(c int) string { return fmt.Sprintf("((cats>>%d)&1)", c) }
	text := ""
	if q.wordNo >= 0 {
		text = " AND id IN (SELECT rowid FROM words WHERE words MATCH '" + q.word + "')"
	}
	var median strings.Builder
	for t, m := range l.medians[q.platform] {
		rated := "500"
		if m > 0 {
			rated = fmt.Sprintf("min(1000,500*er/%d)", m)
		}
		fmt.Fprintf(&median, " WHEN %d THEN %s", t, rated)
	}
	priced := "500"
	if e := q.engagements(); e > 0 {
		asked := q.budget * 1000 * 1000 / e
		priced = fmt.Sprintf("CASE WHEN followers*er/10000=0 THEN 0 WHEN rate*1000000/(followers*er/10000)<=%d THEN 1000 ELSE 1000*%d/(rate*1000000/(followers*er/10000)) END", asked, asked)
	}
	cats := make([]string, 20)
	for k := range cats {
		cats[k] = fmt.Sprintf("SELECT %d AS k, sum((cats>>%d)&1) AS c FROM m", k, k)
	}
	return fmt.Sprintf(`WITH m AS MATERIALIZED (SELECT id,region,lang,tier,cats,rate, 30*(1000*(%s+%s+%s)/3)+20*(CASE tier%s END)+15*(%s)+%d AS s
		FROM t WHERE country=%d AND platform=%d AND followers BETWEEN %d AND %d AND er BETWEEN %d AND %d AND (cats & %d)<>0%s),
		cut AS MATERIALIZED (SELECT s,rate FROM m ORDER BY s DESC,rate LIMIT 1 OFFSET 49),
		top AS MATERIALIZED (SELECT m.id,m.s,m.rate FROM m WHERE NOT EXISTS (SELECT 1 FROM cut) OR (m.s,-m.rate) >= (SELECT s,-rate FROM cut)),
		page AS MATERIALIZED (SELECT top.id,top.s FROM top JOIN t ON t.id=top.id ORDER BY top.s DESC,top.rate,lower(t.name),top.id LIMIT 50)
		SELECT 0,id,s FROM page UNION ALL SELECT 1,region,count(*) FROM m GROUP BY region UNION ALL SELECT 2,lang,count(*) FROM m GROUP BY lang UNION ALL SELECT 3,tier,count(*) FROM m GROUP BY tier
		UNION ALL SELECT 4,k,c FROM (%s) UNION ALL SELECT 5,0,count(*) FROM m`,
		bit(q.cats[0]), bit(q.cats[1]), bit(q.cats[2]), median.String(), priced, unsaid, q.country, q.platform, q.least, q.most, q.erLeast, q.erMost, q.mask(), text, strings.Join(cats, " UNION ALL "))
}

func (l *lite) search(q brief) (found, error) {
	a := found{Region: map[int]int{}, Lang: map[int]int{}, Tier: map[int]int{}, Cat: map[int]int{}}
	rows, err := l.d.Query(l.statement(q))
	if err != nil {
		return a, err
	}
	defer rows.Close()
	var ids []string
	at := map[int]int{}
	for rows.Next() {
		var kind, k int
		var n sql.NullInt64
		if err := rows.Scan(&kind, &k, &n); err != nil {
			return a, err
		}
		switch kind {
		case 0:
			at[k] = len(a.Rows)
			ids, a.Rows = append(ids, fmt.Sprint(k)), append(a.Rows, shown{No: k, Fit: n.Int64})
		case 5:
			a.Total = int(n.Int64)
		default:
			if n.Int64 > 0 {
				[]map[int]int{a.Region, a.Lang, a.Tier, a.Cat}[kind-1][k] = int(n.Int64)
			}
		}
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return a, err
	}
	return a, l.shown(&a, ids, at)
}

func (l *lite) shown(a *found, ids []string, at map[int]int) error {
	rows, err := l.d.Query(`SELECT id,name,handle,platform,followers,er,rate,cats,region FROM t WHERE id IN (` + strings.Join(ids, ",") + `)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x shown
		var platform int
		if err := rows.Scan(&x.No, &x.Name, &x.Handle, &platform, &x.Followers, &x.ER, &x.Rate, &x.Cats, &x.Region); err != nil {
			return err
		}
		x.Platform, x.Fit = platforms[platform], a.Rows[at[x.No]].Fit
		a.Rows[at[x.No]] = x
	}
	return rows.Err()
}

// talentPeer puts one raw engine of W1 on the mux.
func talentPeer(mux *http.ServeMux, name, file, size string) error {
	if name == "sqlite" {
		l, err := openLite(file)
		if err != nil {
			return err
		}
		mux.HandleFunc("GET /s", serveFound(l.search))
		return nil
	}
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	m := newLimit(n)
	mux.HandleFunc("GET /s", serveFound(func(q brief) (found, error) { return m.search(q, name == "scan"), nil }))
	return nil
}
