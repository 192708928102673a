package db

import (
	"encoding/binary"
	"errors"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite writes each page of a commit to its log with two calls to the system, a head
// of 24 bytes and the page. logVFS gathers what one commit appends and writes it with
// one call: before the log is synced, and in any case before SQLite tells readers of
// the commit, because the head of a commit's last page says so.
const logVFS = "kolega-log"

// logRoom bounds what is gathered; a larger commit takes several calls. SQLite writes
// no more than this at once.
const logRoom = 1<<17 - 1

// Lengths by which writes to the log are told apart.
const (
	logHead   = 32
	frameHead = 24
)

// logFile is what is gathered for one open log.
type logFile struct {
	methods  *sqlite3.Tsqlite3_io_methods // of the file itself
	ours     uintptr                      // the calls that SQLite makes instead
	room     uintptr
	size     int
	used     int
	at       int64 // where what is gathered belongs
	lastPage bool  // the page to come ends a commit
}

var (
	logFiles sync.Map // address of an open file to *logFile
	plainVFS sqlite3.Tsqlite3_vfs
	plainAt  uintptr
)

// useLogVFS makes the way of opening files known to SQLite, once.
var useLogVFS = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	if plainAt = sqlite3.Xsqlite3_vfs_find(tls, 0); plainAt == 0 {
		return errors.New("SQLite knows no way to open files")
	}
	peek(plainAt, &plainVFS)
	ours := plainVFS
	name, err := libc.CString(logVFS)
	if err != nil {
		return err
	}
	ours.FzName, ours.FpNext, ours.FxOpen = name, 0, entry(openLog)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, kept(tls, &ours), 0); rc != sqlite3.SQLITE_OK {
		return &liteError{rc, "register files"}
	}
	return nil
})

// peek copies a structure of SQLite's.
func peek[T any](from uintptr, to *T) {
	copy(unsafe.Slice((*byte)(unsafe.Pointer(to)), unsafe.Sizeof(*to)), libc.GoBytes(from, int(unsafe.Sizeof(*to))))
}

// poke changes one.
func poke[T any](at uintptr, v *T) {
	copy(libc.GoBytes(at, int(unsafe.Sizeof(*v))), unsafe.Slice((*byte)(unsafe.Pointer(v)), unsafe.Sizeof(*v)))
}

// kept gives SQLite a structure that stays for ever.
func kept[T any](tls *libc.TLS, v *T) uintptr {
	at := sqlite3.Xsqlite3_malloc64(tls, uint64(unsafe.Sizeof(*v)))
	poke(at, v)
	return at
}

// entry is the address by which SQLite calls a function, and called the function at
// such an address.
func entry(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

func called[F any](at uintptr) F {
	return *(*F)(unsafe.Pointer(&at))
}

// Shapes of SQLite's calls.
type (
	openCall  = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	writeCall = func(tls *libc.TLS, file, from uintptr, n int32, at int64) int32
	sizeCall  = func(tls *libc.TLS, file uintptr, size int64) int32
	askCall   = func(tls *libc.TLS, file, into uintptr) int32
	syncCall  = func(tls *libc.TLS, file uintptr, flags int32) int32
	closeCall = func(tls *libc.TLS, file uintptr) int32
)

// openLog opens any file as SQLite would, and puts itself before the calls to a log.
func openLog(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	rc := called[openCall](plainVFS.FxOpen)(tls, plainAt, name, file, flags, out)
	if rc != sqlite3.SQLITE_OK || flags&sqlite3.SQLITE_OPEN_WAL == 0 {
		return rc
	}
	var first uintptr // a file begins with the address of its calls
	peek(file, &first)
	l := &logFile{methods: &sqlite3.Tsqlite3_io_methods{}}
	peek(first, l.methods)
	ours := *l.methods
	ours.FxWrite, ours.FxRead, ours.FxSync, ours.FxTruncate = entry(logWrite), entry(logRead), entry(logSync), entry(logTruncate)
	ours.FxFileSize, ours.FxClose = entry(logSize), entry(logClose)
	at := kept(tls, &ours)
	poke(file, &at)
	l.ours = at
	logFiles.Store(file, l)
	return rc
}

func logOf(file uintptr) *logFile {
	l, _ := logFiles.Load(file)
	return l.(*logFile)
}

// logWrite gathers what follows on what is gathered, and writes a whole commit.
func logWrite(tls *libc.TLS, file, from uintptr, n int32, at int64) int32 {
	l := logOf(file)
	if l.used > 0 && (at != l.at+int64(l.used) || l.used+int(n) > l.size) {
		if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	if l.room == 0 {
		if l.room = sqlite3.Xsqlite3_malloc64(tls, logRoom); l.room == 0 {
			return sqlite3.SQLITE_NOMEM
		}
		l.size = logRoom
	}
	if int(n) > l.size {
		return called[writeCall](l.methods.FxWrite)(tls, file, from, n, at)
	}
	if l.used == 0 {
		l.at = at
	}
	data := libc.GoBytes(from, int(n))
	copy(libc.GoBytes(l.room+uintptr(l.used), int(n)), data)
	l.used += int(n)
	if n == frameHead {
		l.lastPage = binary.BigEndian.Uint32(data[4:8]) != 0
		return sqlite3.SQLITE_OK
	}
	if n == logHead || l.lastPage {
		return l.flush(tls, file)
	}
	return sqlite3.SQLITE_OK
}

// flush writes what is gathered. What cannot be written is let go of: SQLite is told,
// and undoes the commit.
func (l *logFile) flush(tls *libc.TLS, file uintptr) int32 {
	n := l.used
	l.used, l.lastPage = 0, false
	if n == 0 {
		return sqlite3.SQLITE_OK
	}
	return called[writeCall](l.methods.FxWrite)(tls, file, l.room, int32(n), l.at)
}

func logRead(tls *libc.TLS, file, into uintptr, n int32, at int64) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return called[writeCall](l.methods.FxRead)(tls, file, into, n, at)
}

func logSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return called[syncCall](l.methods.FxSync)(tls, file, flags)
}

func logTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return called[sizeCall](l.methods.FxTruncate)(tls, file, size)
}

func logSize(tls *libc.TLS, file, into uintptr) int32 {
	l := logOf(file)
	if rc := l.flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return called[askCall](l.methods.FxFileSize)(tls, file, into)
}

func logClose(tls *libc.TLS, file uintptr) int32 {
	l := logOf(file)
	rc := l.flush(tls, file)
	logFiles.Delete(file)
	if closed := called[closeCall](l.methods.FxClose)(tls, file); rc == sqlite3.SQLITE_OK {
		rc = closed
	}
	if l.room != 0 {
		sqlite3.Xsqlite3_free(tls, l.room)
	}
	sqlite3.Xsqlite3_free(tls, l.ours)
	return rc
}
