package testkit

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kolega/internal/db"
)

// Postgres opens a fresh, migrated PostgreSQL database that goes with the test.
// The server is thrown away with the test program; KOLEGA_TEST_POSTGRES names
// another one ("postgres://…", with the right to create databases).
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return opened(t, PostgresAddress(t))
}

// PostgresAddress is the address of such a database, for a program that opens it itself.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	c, err := cluster()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("PostgreSQL is needed under CI=true: %v", err)
		}
		t.Skipf("SKIPPED, no PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), c.count.Add(1))
	if err := c.exec("CREATE DATABASE " + name + " TEMPLATE " + c.template + " STRATEGY FILE_COPY"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	return c.address(name)
}

type server struct {
	base     string // address up to the database's name
	template string
	admin    *sql.DB
	mu       sync.Mutex // a template cannot be copied twice at once
	count    atomic.Int64
}

func (s *server) address(name string) string {
	return strings.Replace(s.base, "/postgres?", "/"+name+"?", 1)
}

func (s *server) exec(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.admin.Exec(text)
	return err
}

var cluster = sync.OnceValues(func() (*server, error) {
	address := os.Getenv("KOLEGA_TEST_POSTGRES")
	if address == "" {
		var err error
		if address, err = startCluster(); err != nil {
			return nil, err
		}
	}
	if !strings.Contains(address, "?") {
		address += "?"
	}
	s := &server{base: address, template: "kolega_template_" + strconv.Itoa(os.Getpid())}
	var err error
	if s.admin, err = sql.Open("postgres", address); err != nil {
		return nil, err
	}
	if err := s.exec("CREATE DATABASE " + s.template); err != nil {
		return nil, err
	}
	d, err := open(s.address(s.template))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return s, db.Migrate(context.Background(), d)
})

// startCluster makes a server in a temporary folder on a loopback port. It dies
// with this program: the kernel signals it when the starting thread ends.
func startCluster() (string, error) {
	bin, err := binDir()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "kolega-pg-")
	if err != nil {
		return "", err
	}
	attr, err := unprivileged(dir)
	if err != nil {
		return "", err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "kolega", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: attr}
	initdb.Dir = dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %v: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	post := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port, "-k", dir,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB")
	post.SysProcAttr = &syscall.SysProcAttr{Credential: attr, Pdeathsig: syscall.SIGINT}
	post.Dir = dir
	if err := startHeld(post); err != nil {
		return "", err
	}
	address := "postgres://kolega@127.0.0.1:" + port + "/postgres?sslmode=disable"
	return address, waitReady(address)
}

// startHeld starts the command from a thread that lives as long as the program.
func startHeld(c *exec.Cmd) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		started <- c.Start()
		select {}
	}()
	return <-started
}

func waitReady(address string) error {
	a, err := sql.Open("postgres", address)
	if err != nil {
		return err
	}
	defer a.Close()
	for range 200 {
		if err = a.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("server does not answer: %w", err)
}

func binDir() (string, error) {
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dir := strings.TrimSpace(string(out))
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", fmt.Errorf("no PostgreSQL server programs found (pg_config --bindir)")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged picks a user who may run the server: PostgreSQL refuses root.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, fmt.Errorf("running as root and found no user postgres or nobody")
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}
