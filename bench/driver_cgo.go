//go:build cgo

package main

import _ "github.com/mattn/go-sqlite3" // the peers use C SQLite: the harder yardstick

const (
	driver     = "sqlite3"
	driverName = "C SQLite"
)

func dsn(path string) string {
	return "file:" + path + "?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=10000&_cache_size=-8192"
}
