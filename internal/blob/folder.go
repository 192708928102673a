package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/gabriel-vasile/mimetype"
)

// incoming holds files that are not yet whole. It begins with a letter that no hash has.
const incoming = "incoming"

// sniffSize is how many first bytes decide the type.
const sniffSize = 3072

// FolderStore keeps content in one folder: AB/ABCD…, read-only files.
type FolderStore struct {
	root *os.Root
	step func(string) // tests stop the program between steps
}

// Folder opens a store in dir, which it makes if need be. Names cannot leave the folder,
// not even through links (os.Root).
func Folder(dir string) (*FolderStore, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		root.Close()
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	return &FolderStore{root: root, step: func(string) {}}, nil
}

// Close releases the folder.
func (s *FolderStore) Close() error { return s.root.Close() }

func place(sha string) string { return path.Join(sha[:2], sha) }

// Put writes to a temporary file, hashes on the way, makes the bytes durable, then gives
// them their name and makes the name durable. Each step leaves either no content or
// whole content.
func (s *FolderStore) Put(ctx context.Context, r io.Reader) (Ref, error) {
	temp := path.Join(incoming, rand.Text())
	ref, err := s.receive(ctx, temp, r)
	if err != nil {
		s.root.Remove(temp)
		return Ref{}, err
	}
	if err := s.settle(temp, ref); err != nil {
		s.root.Remove(temp)
		return Ref{}, fmt.Errorf("keep content: %w", err)
	}
	return ref, nil
}

// Adopt moves the file in; from another file system it copies. The file keeps its own name
// until the content has its hash's: who is ended in between finds one of the two.
func (s *FolderStore) Adopt(ctx context.Context, file string, ref Ref) error {
	temp := path.Join(incoming, rand.Text())
	if err := os.Link(file, filepath.Join(s.root.Name(), filepath.FromSlash(temp))); err != nil {
		return s.copyIn(ctx, file, ref)
	}
	if err := s.root.Chmod(temp, 0o400); err != nil {
		return fmt.Errorf("keep content: %w", err)
	}
	s.step("adopted")
	if err := s.settle(temp, ref); err != nil {
		return fmt.Errorf("keep content: %w", err)
	}
	if err := os.Remove(file); err != nil {
		return fmt.Errorf("keep content: %w", err)
	}
	return nil
}

func (s *FolderStore) copyIn(ctx context.Context, file string, ref Ref) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("keep content: %w", err)
	}
	defer f.Close()
	got, err := s.Put(ctx, f)
	if err == nil && got.SHA256 != ref.SHA256 {
		err = ErrDamaged.With("sha", ref.SHA256)
	}
	if err != nil {
		return err
	}
	return os.Remove(file)
}

// Sniff tells the type of content from its first bytes.
func Sniff(r io.Reader) (string, error) {
	first := &head{}
	if _, err := io.CopyN(first, r, sniffSize); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read content: %w", err)
	}
	return mimetype.Detect(first.bytes).String(), nil
}

// receive streams r into temp, durable, and says what came.
func (s *FolderStore) receive(ctx context.Context, temp string, r io.Reader) (Ref, error) {
	f, err := s.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if err != nil {
		return Ref{}, fmt.Errorf("receive content: %w", err)
	}
	defer f.Close()
	s.step("created")
	hash, head := sha256.New(), &head{}
	size, err := io.Copy(io.MultiWriter(f, hash, head), &interruptible{ctx, r})
	if err != nil {
		return Ref{}, fmt.Errorf("receive content: %w", err)
	}
	s.step("written")
	if err := f.Sync(); err != nil {
		return Ref{}, fmt.Errorf("receive content: %w", err)
	}
	s.step("synced")
	if err := f.Close(); err != nil {
		return Ref{}, fmt.Errorf("receive content: %w", err)
	}
	return Ref{hex.EncodeToString(hash.Sum(nil)), size, mimetype.Detect(head.bytes).String()}, nil
}

// settle gives the temporary file its name. Content that is there already, in its full
// size, wins; its name may not be durable yet, so the folder is synced in both cases.
func (s *FolderStore) settle(temp string, ref Ref) error {
	dir, sha := ref.SHA256[:2], ref.SHA256
	if err := s.root.Mkdir(dir, 0o700); err == nil {
		if err := s.syncDir("."); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	s.step("placed")
	if info, err := s.root.Lstat(place(sha)); err == nil && info.Mode().IsRegular() && info.Size() == ref.Size {
		if err := s.root.Remove(temp); err != nil {
			return err
		}
	} else if err := s.root.Rename(temp, place(sha)); err != nil {
		return err
	}
	s.step("renamed")
	err := s.syncDir(dir)
	s.step("durable")
	return err
}

func (s *FolderStore) syncDir(dir string) error {
	d, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Open gives the content. Fault: blob.absent.
func (s *FolderStore) Open(_ context.Context, sha string) (io.ReadSeekCloser, error) {
	if !isSHA(sha) {
		return nil, ErrAbsent
	}
	f, err := s.root.Open(place(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("open content: %w", err)
	}
	return f, nil
}

// Has says whether the content is there.
func (s *FolderStore) Has(_ context.Context, sha string) (bool, error) {
	if !isSHA(sha) {
		return false, nil
	}
	_, err := s.root.Lstat(place(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for content: %w", err)
	}
	return true, nil
}

// Walk calls f for each content in order of its hash.
func (s *FolderStore) Walk(ctx context.Context, f func(Entry) error) error {
	return fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("walk content: %w", err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if d.IsDir() && d.Name() == incoming {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() || !isSHA(d.Name()) || name != place(d.Name()) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("walk content: %w", err)
		}
		return f(Entry{d.Name(), info.Size(), info.ModTime()})
	})
}

// Verify reads the content and compares it with its name. Faults: blob.absent, blob.damaged.
func (s *FolderStore) Verify(ctx context.Context, sha string) error {
	f, err := s.Open(ctx, sha)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, &interruptible{ctx, f}); err != nil {
		return fmt.Errorf("verify content: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sha {
		return ErrDamaged.With("sha", sha)
	}
	return nil
}

// Remove deletes content durably; what is absent is no error.
func (s *FolderStore) Remove(_ context.Context, sha string) error {
	if !isSHA(sha) {
		return nil
	}
	err := s.root.Remove(place(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = s.syncDir(sha[:2])
	}
	if err != nil {
		return fmt.Errorf("remove content: %w", err)
	}
	return nil
}

// Sweep removes temporary files last written before then: what a crash left behind. It
// says how many went.
func (s *FolderStore) Sweep(ctx context.Context, before time.Time) (int, error) {
	list, err := fs.ReadDir(s.root.FS(), incoming)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	swept := 0
	for _, d := range list {
		if ctx.Err() != nil {
			return swept, ctx.Err()
		}
		info, err := d.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue
		}
		if err := s.root.Remove(path.Join(incoming, d.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return swept, fmt.Errorf("sweep: %w", err)
		}
		swept++
	}
	return swept, nil
}

// interruptible stops reading when the context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// head keeps the first bytes for sniffing.
type head struct{ bytes []byte }

func (h *head) Write(p []byte) (int, error) {
	if room := sniffSize - len(h.bytes); room > 0 {
		h.bytes = append(h.bytes, p[:min(room, len(p))]...)
	}
	return len(p), nil
}
