package db

import (
	"context"
	"database/sql/driver"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite carries its log into the file when the log is long. Done by the writer, that
// is a wait of many commits for all who stand behind it. Here another connection carries
// it, while commits go on; the writer then carries only what came meanwhile, and begins
// the log anew.

// Lengths of the log in pages: when it is carried, and when the writer carries it itself
// because the other connection does not keep up.
const (
	longLog    = 8000
	longestLog = 30_000
)

// settler carries the log of one database.
type settler struct {
	path   string
	length atomic.Int64 // of the log, after the last commit
	ready  atomic.Bool  // the other connection is done: the writer may finish
	mu     sync.Mutex
	at     bool // a goroutine carries
	closed bool
	own    driver.Conn // the other connection, once there was need of it
	work   sync.WaitGroup
}

// entry is the address by which SQLite calls a function.
func entry(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

// logLengths holds the settler of each writing connection, by its handle.
var logLengths sync.Map

// watch lets SQLite tell how long the log is after each commit of a connection,
// instead of carrying it.
func (s *settler) watch(c *liteConn) {
	logLengths.Store(c.handle, s)
	sqlite3.Xsqlite3_wal_hook(c.tls, c.handle, entry(noteLog), c.handle)
}

func noteLog(_ *libc.TLS, arg, _, _ uintptr, pages int32) int32 {
	if s, ok := logLengths.Load(arg); ok {
		s.(*settler).length.Store(int64(pages))
	}
	return sqlite3.SQLITE_OK
}

// unwatch forgets a connection that ends.
func (s *settler) unwatch(c *liteConn) { logLengths.Delete(c.handle) }

// afterCommit is called by the writer between changes.
func (s *settler) afterCommit(c *liteConn) error {
	n := s.length.Load()
	if s.ready.Swap(false) || n > longestLog {
		s.length.Store(0)
		return c.script("PRAGMA wal_checkpoint(PASSIVE)")
	}
	if n > longLog {
		s.carry()
	}
	return nil
}

// carry starts the work of the other connection, unless it is under way or done.
func (s *settler) carry() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at || s.closed || s.ready.Load() {
		return
	}
	s.at = true
	s.work.Go(func() {
		err := s.carryNow()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.at = false
		s.ready.Store(err == nil)
	})
}

// carryNow carries what it can without holding anybody up. One goroutine at a time.
func (s *settler) carryNow() (err error) {
	if s.own == nil {
		if s.own, err = (&lite{s.path, pragmas}).Connect(context.Background()); err != nil {
			return err
		}
	}
	return s.own.(*liteConn).script("PRAGMA wal_checkpoint(PASSIVE)")
}

// close waits for the work under way.
func (s *settler) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.work.Wait()
	if s.own != nil {
		_ = s.own.Close()
	}
}
