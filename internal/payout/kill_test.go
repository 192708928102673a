package payout_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kolega/internal/blob"
	"kolega/internal/connect/payouts"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/payout"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// The sender of the kill tests is this test binary itself, told so by its
// environment.
func TestMain(m *testing.M) {
	if os.Getenv("KOLEGA_SENDER_DB") != "" {
		if err := sendAsChild(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// houseAt is a payout service on a database, paying through stand-ins at an address.
func houseAt(d *db.DB, dir, address string) (*payout.Service, *job.Runner, error) {
	files, err := blob.Folder(dir)
	if err != nil {
		return nil, nil, err
	}
	s := payout.New(d, talent.New(d, secret.New([32]byte{7}), files), files)
	way := payouts.Way{Sandbox: address, Now: d.Now}
	s.Connect(&payout.Providers{Box: secret.New([32]byte{9}), Open: way.Open, Sandbox: true})
	registry := job.NewRegistry()
	s.Work(registry)
	return s, job.NewRunner(d, registry, slog.New(slog.DiscardHandler)), nil
}

// sendAsChild does what is due in the database it is given, as the program would.
func sendAsChild() error {
	now, err := time.Parse(time.RFC3339Nano, os.Getenv("KOLEGA_SENDER_NOW"))
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, os.Getenv("KOLEGA_SENDER_DB"), db.Options{Clock: worktime.MovingAt(now), Logger: slog.New(slog.DiscardHandler), Readers: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	_, runner, err := houseAt(d, os.Getenv("KOLEGA_SENDER_DIR"), os.Getenv("KOLEGA_SENDER_SANDBOX"))
	if err != nil {
		return err
	}
	return runner.Drain(ctx)
}

// durable are the system calls by which the sender changes the world.
const durable = "write,pwrite64,fsync,fdatasync,connect,sendto"

// stride is how many system calls the short loop goes on by; KOLEGA_KILL_EACH kills
// at every one.
func stride(n int) int {
	if os.Getenv("KOLEGA_KILL_EACH") != "" || n < 6 {
		return n + 1
	}
	return n + 3
}

// TestKill_AtTheSystemCallsOfSending kills the sender at its N-th system call, for N
// from the first to the last: whatever was on the disk and the wire by then, the
// money goes once, and the books say so.
func TestKill_AtTheSystemCallsOfSending(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("strace is missing: tools/install installs it")
		}
		t.Skip("strace is missing here: the sender is not killed at its system calls")
	}
	for _, name := range []string{"sqlite", "postgres"} {
		if name == "postgres" && os.Getenv("KOLEGA_TEST_DB") == "sqlite" {
			continue
		}
		for _, how := range []sandbox.Behaviour{sandbox.Honest, sandbox.AnswerError, sandbox.AnswerCut} {
			t.Run(fmt.Sprintf("%s-%d", name, how), func(t *testing.T) { killLoop(t, strace, name, how) })
		}
	}
}

func killLoop(t *testing.T, strace, name string, how sandbox.Behaviour) {
	dir := t.TempDir()
	address := "sqlite:" + filepath.Join(dir, "kill.db")
	if name == "postgres" {
		address = testkit.PostgresAddress(t)
	}
	d, err := db.Open(ctx, address, db.Options{Clock: testkit.NewClock(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := db.Migrate(ctx, d); err != nil {
		t.Fatal(err)
	}
	bank := sandbox.New(d.Now)
	server := httptest.NewServer(bank.Handler())
	defer server.Close()
	x := newTill(t, d)
	s, runner, err := houseAt(d, dir, server.URL)
	x.must(err)
	x.s, x.runner = s, runner
	_, err = s.SaveProvider(ctx, x.dina, payout.EditProvider{Kind: payout.KindXendit, Currency: "PHP", Mode: payout.ModeSandbox, Secret: sandbox.Secret + "PHP", Token: sandbox.Token, Active: true})
	x.must(err)
	x.book(1_000_00)
	x.account(how)
	killed, alive, n := 0, 0, 1
	for ; ; n = stride(n) {
		k := x.oneMore(n)
		env := append(os.Environ(), "KOLEGA_SENDER_DB="+address, "KOLEGA_SENDER_DIR="+dir, "KOLEGA_SENDER_SANDBOX="+server.URL, "KOLEGA_SENDER_NOW="+d.Now().Format(time.RFC3339Nano), "GOMAXPROCS=1")
		c := exec.Command(strace, "-f", "-o", os.DevNull, "-e", "inject="+durable+":signal=KILL:when="+strconv.Itoa(n), os.Args[0])
		c.Env = env
		out, err := c.CombinedOutput()
		if made := bank.Count(k).Made; made > 1 {
			t.Fatalf("killed at call %d: paid %d times", n, made)
		}
		for range 12 { // the next start
			testkit.ClockOf(d).Advance(3 * time.Minute)
			x.drain()
		}
		if c := bank.Count(k); c.Made != 1 || c.Landed != 1 {
			t.Fatalf("killed at call %d: the provider made %+v", n, c)
		}
		x.sound()
		var exit *exec.ExitError
		if err == nil { // calls are counted by thread, and none came so far: perhaps the next time
			if alive++; alive == 8 {
				break
			}
			continue
		}
		alive = 0
		if !errors.As(err, &exit) || strings.Contains(string(out), "FAIL") {
			t.Fatalf("call %d: %v\n%s", n, err, out)
		}
		if killed++; n > 2000 {
			t.Fatal("the sender never came to its end")
		}
	}
	if killed == 0 {
		t.Error("never killed: the test proves nothing")
	}
	if p, err := s.Payouts(ctx, x.dina, payout.Filter{Limit: 1000}); err != nil || !allArrived(p) {
		t.Errorf("not all arrived: %v", err)
	}
	t.Logf("killed %d times, at calls up to %d: each paid once", killed, n)
}

func allArrived(list []payout.Line) bool {
	for _, l := range list {
		if l.CauseID != "" && l.State != payout.Arrived {
			return false
		}
	}
	return true
}

// oneMore makes a payout, releases it and hands it over; it gives its key.
func (x *till) oneMore(n int) string {
	x.Helper()
	id := ""
	x.write(func(tx *db.Tx) {
		id = tx.NewID()
		put(x, tx, "payout", texts(map[string]any{"id": id, "booking_id": "bo", "cause_id": fmt.Sprint("c", n), "talent_id": x.bea.TalentID, "campaign_id": "camp", "number": 1, "count": 1, "milestone": "posted", "share_bp": 10_000,
			"fee_minor": 1_000_00, "currency": "PHP", "gross_up": false, "days": 7, "tax_id": false, "tax_earlier": 0, "tax_gross": 0, "tax_base": 0, "tax_minor": 0, "net_minor": 0, "made_at": 1, "version": 1},
			"earned_how reason due_on tax_kind tax_rule tax_month tax_proof"))
	})
	x.must(x.s.Waive(ctx, x.made, id, "test"))
	x.drain()
	b, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{id}})
	x.must(err)
	_, err = x.s.Release(ctx, x.joko, b.Batch.ID, nil)
	x.must(err)
	_, err = x.s.Dispatch(ctx, x.dina, b.Batch.ID, "xendit-PHP")
	x.must(err)
	return b.Batch.Attempts[0].Key
}
