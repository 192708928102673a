package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/tus/tusd/v2/pkg/filestore"
	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	"golang.org/x/exp/slog"
)

// servePeer runs one yardstick until it is killed: `bench peer NAME ADDR FILE SIZE`.
func servePeer(name, addr, file, size string) error {
	mux := http.NewServeMux()
	switch name {
	case "append":
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		mux.HandleFunc("GET /board", appendBoard(n))
	case "template":
		d, err := openBoard(file)
		if err != nil {
			return err
		}
		mux.HandleFunc("GET /board", templateBoard(d))
	case "full", "group":
		w, err := openWriter(file)
		if err != nil {
			return err
		}
		if name == "full" {
			mux.HandleFunc("POST /approve", w.each)
		} else {
			go w.loop()
			mux.HandleFunc("POST /approve", w.grouped)
		}
	case "tusd":
		t, err := tusdIn(file)
		if err != nil {
			return err
		}
		mux.Handle("/files/", http.StripPrefix("/files/", t))
	case "bitmap", "scan", "sqlite":
		if err := talentPeer(mux, name, file, size); err != nil {
			return err
		}
	default:
		return fmt.Errorf("no peer %q", name)
	}
	mux.HandleFunc("GET /up", func(w http.ResponseWriter, _ *http.Request) {})
	s := &http.Server{Addr: addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return s.ListenAndServe()
}

// boardRow is what a board shows of one talent, and of each of the deliverables.
type boardRow struct {
	ID                                                 int
	Talent, Handle, Pieces, State, Detail, Move, Since string
	Due, ER                                            string
	Parts                                              []boardPart
}

type boardPart struct{ Format, State, Due string }

func someRow(campaign, i int) boardRow {
	r := boardRow{ID: campaign*perBoard + i, Talent: fmt.Sprintf("Talent Nomor %d", i), Handle: fmt.Sprintf("@talent%d · 412 rb", i), Pieces: "1 TikTok · 2 Story", State: "Draf v2 siap dicek",
		Detail: "TikTok · putaran 1 dari 2", Move: "KOL specialist", Since: "1 hari 4 jam", Due: "2 jam lagi · 18.00 WIB", ER: "4,8%"}
	for p := range perTalent {
		r.Parts = append(r.Parts, boardPart{"Story", "disetujui", fmt.Sprintf("2%d Nov", p)})
	}
	return r
}

// appendBoard is the limit: a page of n bytes appended by hand from rows in memory.
func appendBoard(n int) http.HandlerFunc {
	all := make([][]boardRow, boards)
	for c := range all {
		for i := range perBoard {
			all[c] = append(all[c], someRow(c, i))
		}
	}
	return func(w http.ResponseWriter, r *http.Request) {
		c, _ := strconv.Atoi(r.URL.Query().Get("c"))
		b := make([]byte, 0, n+1024)
		b = append(b, "<!doctype html><html><body><table>"...)
		for i := 0; len(b) < n; i++ {
			b = appendRow(b, &all[c%boards][i%perBoard])
		}
		b = append(b, "</table></body></html>"...)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(b)
	}
}

func appendRow(b []byte, r *boardRow) []byte {
	b = append(b, `<tr id="d`...)
	b = strconv.AppendInt(b, int64(r.ID), 10)
	for _, s := range [...]string{r.Talent, r.Handle, r.Pieces, r.State, r.Detail, r.Move, r.Since, r.Due, r.ER} {
		b = append(b, `<td class="c">`...)
		b = append(b, s...)
		b = append(b, "</td>"...)
	}
	for i := range r.Parts {
		p := &r.Parts[i]
		b = append(append(append(append(append(append(append(b, "<li>"...), p.Format...), "<i>"...), p.State...), "</i><b>"...), p.Due...), "</b></li>"...)
	}
	return append(b, "</tr>"...)
}

var page = template.Must(template.New("").Parse(`<!doctype html><html lang="id"><head><title>{{.Name}}</title></head><body><h1>{{.Name}}</h1><table class="board">{{range .Rows}}<tr class="row" id="slot-{{.ID}}">` +
	`<th class="c-person" scope="row"><a class="person" href="/talents/{{.ID}}"><span class="avatar"></span><span class="name">{{.Talent}}</span><span class="meta">{{.Handle}}</span></a></th>` +
	`<td class="c-nowrap c-hide"><span>{{.Pieces}}</span><ul class="pips">{{range .Parts}}<li class="pip {{.State}}"><span>{{.Format}}</span><i>{{.State}}</i><time>{{.Due}}</time></li>{{end}}</ul></td>` +
	`<td class="c-left c-nowrap"><span class="status wait">{{.State}}</span><span class="meta">{{.Detail}}</span></td><td class="c-end c-ball"><span class="ball us">{{.Move}}</span><span class="meta">{{.Since}}</span></td>` +
	`<td class="c-right c-due"><time class="due">{{.Due}}</time></td><td class="c-left c-er"><span class="bar"></span>{{.ER}}</td>` +
	`<td class="c-act"><form method="post" action="/approve"><input type="hidden" name="i" value="{{.ID}}"><button class="button small">Periksa</button></form></td></tr>{{end}}</table></body></html>`))

func openBoard(file string) (*sql.DB, error) {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return nil, err
	}
	d.SetMaxOpenConns(4)
	d.SetMaxIdleConns(4)
	if _, err := d.Exec(`CREATE TABLE r (campaign INTEGER, n INTEGER, part INTEGER, id INTEGER, talent TEXT, handle TEXT, pieces TEXT, state TEXT, detail TEXT, move TEXT, since TEXT, due TEXT, er TEXT,
		pformat TEXT, pstate TEXT, pdue TEXT, PRIMARY KEY (campaign, n, part))`); err != nil {
		return nil, err
	}
	tx, err := d.Begin()
	if err != nil {
		return nil, err
	}
	for c := range boards {
		for i := range perBoard {
			r := someRow(c, i)
			for p, x := range r.Parts {
				if _, err := tx.Exec(`INSERT INTO r VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, c, i, p, r.ID, r.Talent, r.Handle, r.Pieces, r.State, r.Detail, r.Move, r.Since, r.Due, r.ER, x.Format, x.State, x.Due); err != nil {
					return nil, err
				}
			}
		}
	}
	return d, tx.Commit()
}

func templateBoard(d *sql.DB) http.HandlerFunc {
	st, err := d.Prepare(`SELECT n, id, talent, handle, pieces, state, detail, move, since, due, er, pformat, pstate, pdue FROM r WHERE campaign = ? ORDER BY n, part`)
	return func(w http.ResponseWriter, r *http.Request) {
		var list []boardRow
		rows, qerr := (*sql.Rows)(nil), err
		if qerr == nil {
			rows, qerr = st.Query(r.URL.Query().Get("c"))
		}
		if qerr != nil {
			http.Error(w, qerr.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		last := -1
		for rows.Next() {
			var b boardRow
			var p boardPart
			var n int
			if err := rows.Scan(&n, &b.ID, &b.Talent, &b.Handle, &b.Pieces, &b.State, &b.Detail, &b.Move, &b.Since, &b.Due, &b.ER, &p.Format, &p.State, &p.Due); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			if n != last {
				list, last = append(list, b), n
			}
			list[len(list)-1].Parts = append(list[len(list)-1].Parts, p)
		}
		var out bytes.Buffer
		if err := page.Execute(&out, map[string]any{"Name": "Peluncuran", "Rows": list}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(out.Bytes())
	}
}

// writer keeps decisions in raw SQLite: a status and an audit row, durable before
// the answer; one commit each, or one for all that wait.
type writer struct {
	d     *sql.DB
	queue chan *decision

	up, put *sql.Stmt
}

type decision struct {
	n    int
	done chan error
}

const decisions = 20_000

func openWriter(file string) (*writer, error) {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return nil, err
	}
	d.SetMaxOpenConns(1)
	for _, q := range []string{`CREATE TABLE d (id INTEGER PRIMARY KEY, status TEXT, rev INTEGER)`, `CREATE TABLE audit (id INTEGER PRIMARY KEY, d INTEGER, at INTEGER, who TEXT, what TEXT)`,
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO d SELECT i, 'shown', 0 FROM n`, decisions)} {
		if _, err := d.Exec(q); err != nil {
			return nil, err
		}
	}
	w := &writer{d: d, queue: make(chan *decision, 256)}
	if w.up, err = d.Prepare(`UPDATE d SET status = 'approved', rev = rev + 1 WHERE id = ?`); err != nil {
		return nil, err
	}
	w.put, err = d.Prepare(`INSERT INTO audit (d, at, who, what) VALUES (?, ?, ?, ?)`)
	return w, err
}

func apply(tx *sql.Tx, up, put *sql.Stmt, n int) error {
	if _, err := tx.Stmt(up).Exec(n % decisions); err != nil {
		return err
	}
	_, err := tx.Stmt(put).Exec(n%decisions, time.Now().UnixMicro(), "client", "approved")
	return err
}

func number(r *http.Request) int { n, _ := strconv.Atoi(r.URL.Query().Get("i")); return n }

func (w *writer) each(rw http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	w.commit([]*decision{{number(r), done}})
	answer(rw, <-done)
}

func (w *writer) grouped(rw http.ResponseWriter, r *http.Request) {
	c := &decision{number(r), make(chan error, 1)}
	w.queue <- c
	answer(rw, <-c.done)
}

func answer(rw http.ResponseWriter, err error) {
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.WriteHeader(http.StatusCreated)
	_, _ = rw.Write([]byte(`{"done":true}`))
}

func (w *writer) loop() {
	for first := range w.queue {
		batch := []*decision{first}
		for len(w.queue) > 0 && len(batch) < 128 {
			batch = append(batch, <-w.queue)
		}
		w.commit(batch)
	}
}

func (w *writer) commit(batch []*decision) {
	err := func() error {
		tx, err := w.d.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback() //nolint:errcheck // nothing after a commit
		for _, c := range batch {
			if err := apply(tx, w.up, w.put, c.n); err != nil {
				return err
			}
		}
		return tx.Commit()
	}()
	for _, c := range batch {
		c.done <- err
	}
}

// tusdIn is tusd as it is used by others: files in a folder, neither hashed nor synced.
func tusdIn(dir string) (http.Handler, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	c := handler.NewStoreComposer()
	filestore.New(dir).UseIn(c)
	memorylocker.New().UseIn(c)
	return handler.NewHandler(handler.Config{StoreComposer: c, BasePath: "/files/", Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
}
