package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"kolega/internal/app/command"
	"kolega/internal/fault"
	"kolega/internal/locale"
)

// Version is set by the build: -ldflags "-X kolega/internal/app.Version=1.2.3".
var Version = "dev"

// Exit codes: 0 done, 1 something is wrong (a check failed, rows were refused),
// 2 the command line or the input cannot be used, 3 the data folder cannot be used.
const (
	exitDone = iota
	exitWrong
	exitUsage
	exitData
)

// commands is the command line.
type commands struct {
	Common

	Serve   serveCmd   `cmd:"" help:"Start the program and answer in the browser."`
	Migrate migrateCmd `cmd:"" help:"Bring the database up to this program's schema, after a backup."`
	Import  importCmd  `cmd:"" help:"Take data in from files."`
	Report  reportCmd  `cmd:"" help:"Write a campaign's report for its client to a file."`
	Backup  backupCmd  `cmd:"" help:"Write rows, keys and files to one file; the program may go on meanwhile."`
	Restore restoreCmd `cmd:"" help:"Make a data folder from a backup, on either database."`
	Verify  verifyCmd  `cmd:"" help:"Check the audit chain, the books and every stored file."`
	Sandbox sandboxCmd `cmd:"" help:"Serve stand-ins of Flip and Xendit, to try paying without moving money, and of Instagram, TikTok and YouTube."`
	Doctor  doctorCmd  `cmd:"" help:"Check the set-up and say what to do."`
}

// Common is what every command knows.
type Common struct {
	Data     string `help:"Data folder: database, keys and files. Default: kolega-data here; for --demo a fresh one that goes with the program." env:"KOLEGA_DATA" type:"path" placeholder:"DIR"`
	Database string `help:"Database address; default is a SQLite file in the data folder." env:"KOLEGA_DATABASE_URL" placeholder:"postgres://…"`
	Lang     string `help:"Language of messages: id or en." default:"en" enum:"id,en" env:"KOLEGA_LANG"`
	LogLevel string `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"KOLEGA_LOG_LEVEL"`
	given    bool   // the data folder was named
}

// outputs is where a command speaks.
type outputs struct{ out, err io.Writer }

// runner is a command that can be carried out.
type runner interface {
	Run(ctx context.Context, c *Common, out *outputs) error
}

// Run carries out one command line and gives the exit code.
func Run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(512 << 20)
	}
	var c commands
	chosen, err := program(stdout).Parse(&c, args)
	if errors.Is(err, command.ErrAnswered) {
		return exitDone
	}
	do, ok := chosen.(runner)
	if err == nil && !ok {
		err = fmt.Errorf("%T cannot be run", chosen)
	}
	if err != nil {
		fmt.Fprintf(stderr, "kolega: %v\nRun \"kolega --help\" for what there is.\n", err)
		return exitUsage
	}
	if c.given = c.Data != ""; !c.given {
		if c.Data, err = filepath.Abs("kolega-data"); err != nil {
			return c.exit(stderr, err)
		}
	}
	return c.exit(stderr, do.Run(ctx, &c.Common, &outputs{stdout, stderr}))
}

func program(out io.Writer) *command.Program {
	return &command.Program{Name: "kolega", Version: Version, Out: out, Lookup: os.LookupEnv,
		About: "Kolega runs an influencer marketing agency from the first call to the closed books.\nTry it: kolega serve --demo"}
}

// exit says what went wrong in the person's language and gives the code for it.
func (c *Common) exit(stderr io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	text := err.Error()
	if f, ok := fault.As(err); ok && f.Kind != fault.Internal {
		text = locale.For(c.Lang, "Asia/Jakarta").Fault(err)
	}
	fmt.Fprintln(stderr, "kolega:", text)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound:
		return exitUsage
	case fault.Unavailable:
		return exitData
	}
	return exitWrong
}

func (c *Common) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
