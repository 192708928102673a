// Command bare is the least a program with a page from SQLite can be: the
// yardstick for start, idle memory and size.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "modernc.org/sqlite"
)

func main() {
	d, err := sql.Open("sqlite", "file:"+os.Args[1]+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := d.Exec(`CREATE TABLE IF NOT EXISTS hit (n INTEGER)`); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /sign-in", func(w http.ResponseWriter, r *http.Request) {
		var n int
		if err := d.QueryRowContext(r.Context(), `SELECT COUNT(*) FROM hit`).Scan(&n); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(w, "<!doctype html><title>bare</title><p>%d</p>", n)
	})
	log.Fatal(http.ListenAndServe(os.Args[2], nil))
}
