// Package partial keeps files that are still arriving in pieces.
//
// Words. A piece is appended at an offset that the caller knows to be durable;
// what lies behind it (the tail of a cut connection or a crash) is dropped first.
//
// Laws. A piece that Append has counted survives a crash and a power cut. Memory
// does not grow with the file. Names are ids made by the program, never a
// person's file names.
//
// Slices that take uploads may import partial. It imports fault alone.
package partial

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kolega/internal/fault"
)

// Faults of a folder of arriving files.
var (
	ErrAbsent = fault.New(fault.NotFound, "upload.absent")
	ErrOffset = fault.New(fault.Conflict, "upload.offset") // less is there than the caller believes
)

// Folder keeps arriving files in one folder of this machine.
type Folder struct{ root *os.Root }

// Open makes the folder if need be. Names cannot leave it (os.Root).
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make upload folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open upload folder: %w", err)
	}
	return &Folder{root: root}, nil
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }

func known(id string) bool {
	for i := range len(id) {
		if c := id[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(id) >= 16 && len(id) <= 64
}

// Append writes what r gives behind offset, at most most bytes, and into sum, and
// tells how many are durable now. A reader that fails midway is no loss: the count
// holds for what came, and the reader's error is returned beside it. Memory stays
// bounded.
func (f *Folder) Append(ctx context.Context, id string, offset, most int64, r io.Reader, sum io.Writer) (int64, error) {
	if !known(id) {
		return 0, ErrAbsent
	}
	file, err := f.root.OpenFile(id, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("append to upload: %w", err)
	}
	defer file.Close()
	if err := rewind(file, offset); err != nil {
		return 0, err
	}
	n, readErr := io.Copy(&both{file, sum}, &cut{ctx, io.LimitReader(r, most)})
	if err := file.Sync(); err != nil {
		return 0, fmt.Errorf("make upload durable: %w", err)
	}
	if offset == 0 {
		if err := f.syncSelf(); err != nil {
			return 0, err
		}
	}
	return n, readErr
}

// both writes to a file, and to the hash what the file took, also when the disk is full
// midway.
type both struct{ file, sum io.Writer }

func (b *both) Write(p []byte) (int, error) {
	n, err := b.file.Write(p)
	_, _ = b.sum.Write(p[:n]) // a hash never fails
	return n, err
}

// rewind drops what lies behind offset and refuses a hole before it.
func rewind(file *os.File, offset int64) error {
	info, err := file.Stat()
	switch {
	case err != nil:
		return fmt.Errorf("look at upload: %w", err)
	case info.Size() < offset:
		return ErrOffset
	}
	if err := file.Truncate(offset); err != nil {
		return fmt.Errorf("cut upload: %w", err)
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return fmt.Errorf("seek in upload: %w", err)
	}
	return nil
}

func (f *Folder) syncSelf() error {
	d, err := f.root.Open(".")
	if err != nil {
		return fmt.Errorf("make upload durable: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("make upload durable: %w", err)
	}
	return nil
}

// cut stops reading when the context ends.
type cut struct {
	ctx context.Context
	r   io.Reader
}

func (c *cut) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// Read gives the first size bytes of a file. Faults: upload.absent, upload.offset
// when less is there.
func (f *Folder) Read(id string, size int64) (io.ReadCloser, error) {
	if !known(id) {
		return nil, ErrAbsent
	}
	file, err := f.root.Open(id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	if info, err := file.Stat(); err != nil || info.Size() < size {
		file.Close()
		return nil, ErrOffset
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(file, size), file}, nil
}

// Path is where a file lies on this machine.
func (f *Folder) Path(id string) string { return filepath.Join(f.root.Name(), id) }

// Remove deletes a file; an absent one is no error.
func (f *Folder) Remove(id string) error {
	if !known(id) {
		return nil
	}
	if err := f.root.Remove(id); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove upload: %w", err)
	}
	return nil
}

// Sweep removes files last written before then and tells how many went.
func (f *Folder) Sweep(before time.Time) (int, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return 0, fmt.Errorf("sweep uploads: %w", err)
	}
	n := 0
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			continue
		}
		if err := f.Remove(e.Name()); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
