package db

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite's page cache remembers the highest page number that it has held, so that the
// commit which drops the pages behind the file's end need not look at all. Where pages
// change places in a tree, one of them bears the number of the page that is never used
// (at 1 GiB) for two moves of the hand. That number was remembered, and each commit went
// through the whole cache for pages that cannot be there: 0.25 ms with 8,000 of them.
//
// So rekey is wrapped: the highest number is what it was before a page took that number.

// neverUsed is the number of the page at SQLite's lock byte, with pages of 4 KiB.
const neverUsed = 1<<30/4096 + 1

// cacheRekey is the cache's own rekey, by its address; rekeys counts the pages that took
// the number of the one that is never used.
var (
	cacheRekey uintptr
	rekeys     atomic.Int64
)

// tuneCache is done once, before SQLite is first used.
var tuneCache = sync.OnceFunc(func() {
	tls := libc.NewTLS()
	defer tls.Close()
	m := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_pcache_methods2{})))
	list := libc.Xcalloc(tls, 1, 8)
	if m == 0 || list == 0 {
		return // no memory: SQLite keeps its own
	}
	defer libc.Xfree(tls, list)
	defer libc.Xfree(tls, m) // SQLite copies it
	if sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_GETPCACHE2, libc.VaList(list, m)) != sqlite3.SQLITE_OK {
		return
	}
	methods := (*sqlite3.Tsqlite3_pcache_methods2)(at(m))
	cacheRekey = methods.FxRekey
	methods.FxRekey = entry(rekey)
	sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_PCACHE2, libc.VaList(list, m))
})

// at is a place in SQLite's memory, which Go's does not move or free.
func at(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

func rekey(tls *libc.TLS, cache, page uintptr, before, after uint32) {
	highest := &(*sqlite3.TPCache1)(at(cache)).FiMaxKey
	was := *highest
	(*(*func(*libc.TLS, uintptr, uintptr, uint32, uint32))(unsafe.Pointer(&struct{ uintptr }{cacheRekey})))(tls, cache, page, before, after)
	if after == neverUsed {
		*highest = was
		rekeys.Add(1)
	}
}
