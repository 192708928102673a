package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/film"
	"kolega/internal/job"
	"kolega/internal/review"
	"kolega/internal/scan"
	"kolega/internal/worktime"
)

// errProblems is the answer of verify and doctor when something is wrong.
var errProblems = fault.New(fault.Conflict, "verify.problems")

// check is one thing that must hold; it gives a line for each place where it does not.
type check struct {
	name string
	run  func(ctx context.Context, tx *db.Tx) ([]string, error)
}

type verifyCmd struct{}

// Run checks the trail, every slice's own invariants and every stored file.
func (v *verifyCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	bad, err := h.verify(ctx, out.out)
	if err != nil {
		return err
	}
	if bad > 0 {
		return errProblems.With("n", bad)
	}
	return nil
}

func (h *Hall) verify(ctx context.Context, w io.Writer) (bad int, err error) {
	for _, c := range h.checks() {
		var found []string
		err := h.DB.Read(ctx, func(tx *db.Tx) (err error) { found, err = c.run(ctx, tx); return err })
		if err != nil {
			return bad, fmt.Errorf("check %s: %w", c.name, err)
		}
		bad += say(w, c.name, found)
	}
	var found []string
	err = h.Blob.Walk(ctx, func(e blob.Entry) error {
		if err := h.Blob.Verify(ctx, e.SHA256); err != nil {
			found = append(found, e.SHA256+": "+err.Error())
		}
		return nil
	})
	if err != nil {
		return bad, err
	}
	lost, err := h.lostFinals(ctx)
	return bad + say(w, "files", append(found, lost...)), err
}

// lostFinals names the approved versions whose content is not in the file store.
func (h *Hall) lostFinals(ctx context.Context) (out []string, err error) {
	var frozen map[string]string
	if err := h.DB.Read(ctx, func(tx *db.Tx) (err error) { frozen, err = review.FrozenFiles(ctx, tx); return err }); err != nil {
		return nil, err
	}
	for id, sha := range frozen {
		f, err := h.Blob.Open(ctx, sha)
		if errors.Is(err, blob.ErrAbsent) {
			out = append(out, "approved draft "+id+": "+sha+" is gone")
			continue
		}
		if err != nil {
			return out, err
		}
		f.Close()
	}
	slices.Sort(out)
	return out, nil
}

func say(w io.Writer, name string, found []string) int {
	if len(found) == 0 {
		fmt.Fprintf(w, "ok    %s\n", name)
		return 0
	}
	for _, f := range found {
		fmt.Fprintf(w, "WRONG %s: %s\n", name, f)
	}
	return len(found)
}

// trail checks the audit chain.
func trail(ctx context.Context, tx *db.Tx) (out []string, err error) {
	breaks, end, err := audit.Verify(ctx, tx)
	for _, b := range breaks {
		out = append(out, fmt.Sprintf("entry %d: %s", b.Seq, b.What))
	}
	_ = end
	return out, err
}

// drafts compares what was approved with what is kept (I-12).
func drafts(ctx context.Context, tx *db.Tx) (out []string, err error) {
	problems, err := review.CheckFrozen(ctx, tx)
	if err != nil {
		return nil, err
	}
	decided, err := review.CheckDecided(ctx, tx)
	for _, p := range append(problems, decided...) {
		out = append(out, fmt.Sprintf("approved draft %s: %s", p.VersionID, p.What))
	}
	return out, err
}

// parked lists jobs that wait for a person.
func parked(ctx context.Context, tx *db.Tx) (out []string, err error) {
	stuck, err := job.Parked(ctx, tx)
	for _, s := range stuck {
		out = append(out, fmt.Sprintf("%s (%s): %s", s.Kind, s.Subscriber, s.Reason))
	}
	return out, err
}

type doctorCmd struct{}

// Run looks at the set-up as well as at the data and says what to do.
func (d *doctorCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	fmt.Fprintf(out.out, "data folder   %s\n", c.Data)
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	schema, program, err := db.SchemaVersions(ctx, h.DB)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.out, "schema        %d of %d\n", schema, program)
	if schema < program {
		fmt.Fprintln(out.out, "  do: kolega migrate")
		return errProblems.With("n", 1)
	}
	films := "absent: videos are shown as they were sent"
	if tool, ok := film.Find(); ok {
		films = tool.Path()
	}
	fmt.Fprintf(out.out, "ffmpeg        %s\n", films)
	shots := "absent: figures of screenshots are typed"
	if tool, ok := scan.Find(); ok {
		shots = tool.Path()
	}
	fmt.Fprintf(out.out, "tesseract     %s\n", shots)
	bad := keysAreSafe(out.out, filepath.Join(c.Data, partKeys))
	n, err := h.verify(ctx, out.out)
	if err != nil {
		return err
	}
	bad += n
	var stuck []string
	if err := h.DB.Read(ctx, func(tx *db.Tx) (err error) { stuck, err = parked(ctx, tx); return err }); err != nil {
		return err
	}
	if bad += say(out.out, "jobs", stuck); bad > 0 {
		return errProblems.With("n", bad)
	}
	return nil
}

func keysAreSafe(w io.Writer, path string) int {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 == 0 {
		return say(w, "keys", nil)
	}
	return say(w, "keys", []string{"others on this machine can read " + path + "; do: chmod 600"})
}
