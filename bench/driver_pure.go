//go:build !cgo

package main

import _ "modernc.org/sqlite" // no C compiler: the peers use what the product uses

const (
	driver     = "sqlite"
	driverName = "SQLite in Go"
)

func dsn(path string) string {
	return "file:" + path + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-8192)"
}
