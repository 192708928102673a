package app

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Faults of backups.
var (
	errNotEmpty = fault.New(fault.Conflict, "backup.not-empty")
	errArchive  = fault.New(fault.Invalid, "backup.unreadable")
	errThere    = fault.New(fault.Conflict, "backup.there")
)

// Names inside a backup: a gzipped tar.
const (
	partRows  = "rows.jsonl"
	partKeys  = "keys"
	partFiles = "files/"
)

type backupCmd struct {
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes rows, keys and files. The file holds the keys: keep it as safe as the data folder.
func (b *backupCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	n, err := h.backup(ctx, b.File)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.out, "%s: %d rows\n", b.File, n)
	return nil
}

// backup writes to a temporary file first and renames it when it is whole.
func (h *Hall) backup(ctx context.Context, file string) (rows int64, err error) {
	if _, err := os.Stat(file); err == nil {
		return 0, errThere.With("file", file)
	}
	f, err := os.OpenFile(file+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer os.Remove(file + ".part") //nolint:errcheck // gone already when all went well
	zip := gzip.NewWriter(f)
	archive := tar.NewWriter(zip)
	if rows, err = h.writeParts(ctx, archive); err == nil {
		err = errors.Join(archive.Close(), zip.Close(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return 0, err
	}
	return rows, os.Rename(file+".part", file)
}

func (h *Hall) writeParts(ctx context.Context, archive *tar.Writer) (int64, error) {
	dump, err := os.CreateTemp(h.data, "rows-")
	if err != nil {
		return 0, err
	}
	defer os.Remove(dump.Name()) //nolint:errcheck // a temporary file
	defer dump.Close()
	rows, err := db.Dump(ctx, h.DB, dump)
	if err != nil {
		return 0, err
	}
	if err := addFile(archive, partRows, dump); err != nil {
		return 0, err
	}
	keys, err := os.Open(filepath.Join(h.data, partKeys))
	if err != nil {
		return 0, err
	}
	defer keys.Close()
	if err := addFile(archive, partKeys, keys); err != nil {
		return 0, err
	}
	return rows, h.Blob.Walk(ctx, func(e blob.Entry) error {
		r, err := h.Blob.Open(ctx, e.SHA256)
		if err != nil {
			return err
		}
		defer r.Close()
		return add(archive, partFiles+e.SHA256, e.Size, r)
	})
}

func addFile(archive *tar.Writer, name string, f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return add(archive, name, size, f)
}

func add(archive *tar.Writer, name string, size int64, r io.Reader) error {
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: time.Unix(0, 0)}); err != nil {
		return err
	}
	_, err := io.Copy(archive, r)
	return err
}

type restoreCmd struct {
	File string `arg:"" help:"Backup to read." type:"existingfile"`
}

// Run fills a new data folder. A folder or database with anybody in it is refused.
func (r *restoreCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	if _, err := os.Stat(filepath.Join(c.Data, partKeys)); !errors.Is(err, fs.ErrNotExist) {
		return errNotEmpty.With("dir", c.Data)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	if err := extractKeys(r.File, filepath.Join(c.Data, partKeys)); err != nil {
		return err
	}
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	rows, err := h.restore(ctx, r.File)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.out, "%d rows restored to %s; now run: kolega verify --data %s\n", rows, c.Data, c.Data)
	return nil
}

// eachPart reads a backup from its beginning.
func eachPart(file string, visit func(name string, r io.Reader) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return errArchive.Wrap(err)
	}
	archive := tar.NewReader(zip)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errArchive.Wrap(err)
		}
		if err := visit(path.Clean(head.Name), archive); err != nil {
			return err
		}
	}
}

func extractKeys(file, to string) error {
	found := false
	err := eachPart(file, func(name string, r io.Reader) error {
		if name != partKeys {
			return nil
		}
		found = true
		b, err := io.ReadAll(io.LimitReader(r, 1<<20))
		if err != nil {
			return errArchive.Wrap(err)
		}
		return os.WriteFile(to, b, 0o600)
	})
	if err == nil && !found {
		return errArchive
	}
	return err
}

func (h *Hall) restore(ctx context.Context, file string) (rows int64, err error) {
	if err := db.Migrate(ctx, h.DB); err != nil {
		return 0, err
	}
	if empty, err := db.IsEmpty(ctx, h.DB); err != nil || !empty {
		return 0, errors.Join(err, errNotEmpty.With("dir", h.data))
	}
	err = eachPart(file, func(name string, r io.Reader) (err error) {
		sha, isFile := strings.CutPrefix(name, partFiles)
		switch {
		case name == partRows:
			rows, err = db.Load(ctx, h.DB, r)
		case isFile:
			ref, perr := h.Blob.Put(ctx, r)
			if err = perr; err == nil && ref.SHA256 != sha {
				err = errArchive.Wrap(fmt.Errorf("file %s has other bytes", sha))
			}
		}
		return err
	})
	return rows, err
}
